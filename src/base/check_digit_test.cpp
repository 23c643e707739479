#include "base/check_digit.hpp"

#include <gtest/gtest.h>

namespace wutong {
namespace {

TEST(CheckDigit, AgreesWithTheStandardsOnCreditCodes) {  // domain.md 1.4, 12
  EXPECT_EQ(uscc_check("91350100M000100Y4"), '3');
  EXPECT_EQ(uscc_check("91150600MA0000103"), '0');
  EXPECT_EQ(uscc_check("91150600MA000004X"), 'Y');
  EXPECT_EQ(uscc_check("91150600MA0000090"), 'A');
  EXPECT_EQ(organisation_code_check("M000100Y"), '4');
  EXPECT_TRUE(uscc_inner_holds("91350100M000100Y43"));
  EXPECT_TRUE(uscc_inner_holds("91150600MA0000090A"));
  EXPECT_EQ(*parse_uscc(" 91350100m000100y43 "), "91350100M000100Y43");
}

TEST(CheckDigit, NamesWhatIsWrongWithACreditCode) {
  EXPECT_EQ(parse_uscc("9135").error().code, "id.uscc_length");
  EXPECT_EQ(parse_uscc("91350100MO00100Y43").error().code, "id.uscc_letter");
  EXPECT_NE(parse_uscc("91350100MO00100Y43").error().en.find("perhaps 0"), std::string::npos);
  EXPECT_EQ(parse_uscc("91A50100M000100Y43").error().code, "id.uscc_area");
  EXPECT_EQ(parse_uscc("91350100M000100Y44").error().code, "id.uscc_check");
  EXPECT_FALSE(parse_uscc("统一社会信用代码统一社会信用代码一二").has_value());
}

TEST(CheckDigit, AgreesWithTheStandardOnCitizenIds) {  // domain.md 1.5
  EXPECT_EQ(citizen_id_check("11010519491231002"), 'X');
  EXPECT_EQ(citizen_id_check("44052418800101001"), '4');
  EXPECT_EQ(*parse_citizen_id("11010519491231002x"), "11010519491231002X");
  EXPECT_EQ(parse_citizen_id("110105194913310021").error().code, "id.citizen_birth");
  EXPECT_EQ(parse_citizen_id("110105194912310021").error().code, "id.citizen_check");
  EXPECT_EQ(parse_citizen_id("1101").error().code, "id.citizen_form");
}

TEST(CheckDigit, AgreesWithTheStandardOnPatents) {  // domain.md 9.2
  EXPECT_EQ(patent_check("200310102344"), '5');
  EXPECT_EQ(patent_check("201710601862"), '3');
  EXPECT_EQ(patent_check("201310699744"), '2');
  EXPECT_EQ(patent_check("95115608"), 'X');
  EXPECT_EQ(*parse_patent_number("ZL 2003 1 0102344.5"), "200310102344.5");
  EXPECT_EQ(*parse_patent_number("ＣＮ２００３１０１０２３４４"), "200310102344.5");
  EXPECT_EQ(*parse_patent_number("95115608.x"), "95115608.X");
  EXPECT_EQ(parse_patent_number("200310102344.6").error().code, "id.patent_check");
  EXPECT_EQ(parse_patent_number("2003").error().code, "id.patent_form");
}

}  // namespace
}  // namespace wutong
