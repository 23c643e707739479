#include "base/spoken.hpp"

#include <gtest/gtest.h>

namespace wutong {
namespace {

std::string said(const char* value, const char* unit) {
  const Spoken words = spoken(*Decimal::parse(value), *Unit::from_code(unit));
  return words.zh + " | " + words.en;
}

TEST(Spoken, MoneyIsToldInTheWordsOfItsSize) {
  EXPECT_EQ(said("73940000000", "CNY"), "739.4亿元 | 73.94 billion yuan");
  EXPECT_EQ(said("1500000000000.00", "CNY"), "1.5万亿元 | 1.5 trillion yuan");
  EXPECT_EQ(said("4900000", "CNY"), "490万元 | 4.9 million yuan");
  EXPECT_EQ(said("-21418000000", "CNY"), "-214.18亿元 | -21.418 billion yuan");
  EXPECT_EQ(said("812.50", "CNY"), "812.5元 | 812.5 yuan");
}

TEST(Spoken, EverythingElseIsToldAsItIs) {
  EXPECT_EQ(said("8.0", "percent"), "8.0% | 8.0%");
  EXPECT_EQ(said("1.2", "percentage_points"), "1.2个百分点 | 1.2 percentage points");
  EXPECT_EQ(said("298", "items"), "298件 | 298 items");
}

}  // namespace
}  // namespace wutong
