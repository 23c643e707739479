#include "core/indicator/exact.hpp"

#include <gtest/gtest.h>

namespace wutong::indicator {
namespace {

Exact exact(const char* text) { return Exact(*Decimal::parse(text)); }
Exact quotient(const char* above, const char* below) {
  return *Exact::quotient(*Decimal::parse(above), *Decimal::parse(below));
}

TEST(Exact, KeepsThirdsUntilTheyAreRounded) {
  const Exact third = quotient("1", "3");
  const auto sum = add(third, third);
  ASSERT_TRUE(sum);
  EXPECT_EQ(add(*sum, third)->to_decimal(), Decimal(1));
  EXPECT_EQ(third.rounded(2, Rounding::half_up)->to_string(), "0.33");
  EXPECT_EQ(third.to_decimal().to_string(), "0.333333333333333333");
}

TEST(Exact, RoundsOnceByTheRuleGiven) {
  EXPECT_EQ(quotient("154546", "10000").rounded(0, Rounding::half_up)->to_string(), "15");
  EXPECT_EQ(quotient("-1", "8").rounded(2, Rounding::half_up)->to_string(), "-0.13");
  EXPECT_EQ(quotient("1", "8").rounded(2, Rounding::half_even)->to_string(), "0.12");
  EXPECT_EQ(exact("1449").rounded(-2, Rounding::half_up)->to_string(), "1400");
  EXPECT_EQ(quotient("2899", "2").rounded(-2, Rounding::half_up)->to_string(), "1400");
}

TEST(Exact, ReducesSoThatLongProductsFit) {
  Exact value(Decimal(1));
  for (int i = 2; i < 60; ++i) {
    const auto up = multiply(value, Exact(Decimal(i)));
    ASSERT_TRUE(up) << i;
    const auto down = divide(*up, Exact(Decimal(i)));
    ASSERT_TRUE(down) << i;
    value = *down;
  }
  EXPECT_EQ(value.to_decimal(), Decimal(1));
}

TEST(Exact, SaysWhenItDoesNotFitOrDividesByZero) {
  Exact value = exact("99999999999999999999999999999999999999");
  EXPECT_FALSE(multiply(value, value));
  EXPECT_FALSE(divide(value, Exact()));
  EXPECT_FALSE(Exact::quotient(Decimal(1), Decimal()));
}

TEST(Exact, ComparesAcrossDenominators) {
  EXPECT_EQ(compare(quotient("1", "3"), quotient("2", "6")), std::strong_ordering::equal);
  EXPECT_EQ(compare(quotient("-1", "3"), quotient("1", "-4")), std::strong_ordering::less);
}

}  // namespace
}  // namespace wutong::indicator
