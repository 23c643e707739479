#include "base/unit.hpp"

#include <gtest/gtest.h>

#include "base/column.hpp"
#include "base/text.hpp"

namespace wutong {
namespace {

Unit unit(std::string_view name) { return *Unit::from_name(name); }
std::string converted(std::string_view value, std::string_view from, std::string_view to) {
  auto result = convert(*Decimal::parse(value), unit(from), unit(to));
  return result ? result->to_string_short() : "none";
}

TEST(Unit, ConvertsExactlyWithinADimension) {  // domain.md 1.6
  EXPECT_EQ(converted("1", "亿元", "万元"), "10000");
  EXPECT_EQ(converted("739.4", "亿元", "元"), "73940000000");
  EXPECT_EQ(converted("5000", "万元", "亿元"), "0.5");
  EXPECT_EQ(converted("3", "亩", "平方米"), "2000");
  EXPECT_EQ(converted("1", "亩", "平方米"), "none");
  EXPECT_EQ(convert(Decimal(1), unit("亩"), unit("平方米"), 2, Rounding::half_up)->to_string(),
            "666.67");
  EXPECT_EQ(converted("1", "平方公里", "公顷"), "100");
  EXPECT_EQ(converted("1.2", "万亿元", "元"), "1200000000000");
  EXPECT_EQ(converted("300", "吨/日", "公斤/日"), "300000");
}

TEST(Unit, NeverConvertsBetweenDimensions) {
  EXPECT_FALSE(is_convertible(unit("人"), unit("人次")));
  EXPECT_FALSE(is_convertible(unit("家"), unit("家次")));
  EXPECT_FALSE(is_convertible(unit("元"), unit("美元")));
  EXPECT_FALSE(is_convertible(unit("%"), unit("百分点")));
  EXPECT_EQ(converted("1", "人", "人次"), "none");
  EXPECT_EQ(Unit::from_code("CNY_1e8")->base().code(), "CNY");
  EXPECT_FALSE(Unit::from_code("CNX").has_value());
}

TEST(Text, FindsTheNearestName) {
  std::vector<std::string> names{"output", "revenue", "profit"};
  EXPECT_EQ(nearest_name("outptu", names), "output");
  EXPECT_EQ(nearest_name("revenues", names), "revenue");
  EXPECT_FALSE(nearest_name("employees", names).has_value());
  std::vector<std::string> chinese{"营业收入", "利润总额"};
  EXPECT_EQ(nearest_name("营业收人", chinese), "营业收入");
}

TEST(Text, MeasuresAndFoldsChinese) {
  EXPECT_EQ(display_width("高新区 HTZ"), 10);
  EXPECT_EQ(display_width("\x1b[31m园区\x1b[0m"), 4);
  EXPECT_EQ(fold("２４．５％ＧＤＰ"), "24.5%gdp");
  EXPECT_EQ(count_code_points("高新区"), 3u);
  EXPECT_FALSE(is_valid_utf8("\xc3\x28"));
  EXPECT_FALSE(is_valid_utf8("\xed\xa0\x80"));
  EXPECT_TRUE(is_valid_utf8("\xEF\xBF\xBD"));
  EXPECT_EQ(to_utf8(to_code_points("a\xffz")), "a\xEF\xBF\xBDz");
}

TEST(Column, KeepsValuesOfEveryType) {
  struct Case {
    ValueType type;
    int scale;
    Value value;
  };
  const Case cases[] = {
      {ValueType::boolean, 0, true},
      {ValueType::integer, 0, int64_t{-5}},
      {ValueType::decimal, 2, *Decimal::parse("12.50")},
      {ValueType::text, 0, std::string("园区")},
      {ValueType::date, 0, *Date::parse("2024-10-28")},
      {ValueType::partial_date, 0, *PartialDate::parse("1969-10-D2")},
      {ValueType::month, 0, *Month::parse("2024-09")},
      {ValueType::period, 0, *Period::parse("2024-01..09")},
      {ValueType::reference, 0, RecordId{7}},
      {ValueType::text_list, 0, std::vector<std::string>{"甲", "乙"}},
  };
  for (const Case& c : cases) {
    Column column;
    column.type = c.type;
    column.scale = c.scale;
    EXPECT_TRUE(column.append(c.value));
    EXPECT_TRUE(column.append(std::monostate{}));
    EXPECT_EQ(to_string(column.value(0)), to_string(c.value));
    EXPECT_TRUE(is_absent(column.value(1)));
  }
  Column decimals;
  decimals.type = ValueType::decimal;
  decimals.scale = 1;
  EXPECT_FALSE(decimals.append(*Decimal::parse("1.25")));
  EXPECT_EQ(decimals.size(), 0u);
}

}  // namespace
}  // namespace wutong
