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

std::string root(const Exact& value, int degree, int places, Rounding rule = Rounding::half_up) {
  const auto out = value.root_percent(degree, places, rule);
  return out ? out->to_string() : "none";
}

TEST(Root, RoundsByComparingPowers) {
  EXPECT_EQ(root(*multiply(exact("1.351"), exact("0.865")), 2, 1), "8.1") << "domain.md 1.7";
  EXPECT_EQ(root(exact("1.721"), 2, 1), "31.2") << "domain.md 1.7";
  EXPECT_EQ(root(quotient("1", "3"), 3, 4), "-30.6639");
  EXPECT_EQ(root(exact("2"), 2, 18), "41.421356237309504880");
  EXPECT_EQ(root(exact("1.331"), 3, 3), "10.000");
  EXPECT_EQ(root(exact("0"), 5, 1), "-100.0");
  EXPECT_EQ(root(exact("-1"), 3, 1), "none");
  EXPECT_EQ(root(exact("1.05"), 1, 1), "5.0");
}

TEST(Root, TiesFollowTheRule) {
  const Exact up = exact("1.0025");  // 0.25 percent, exactly
  const Exact above = *multiply(up, up);
  EXPECT_EQ(root(above, 2, 1), "0.3");
  EXPECT_EQ(root(above, 2, 1, Rounding::half_even), "0.2");
  EXPECT_EQ(root(above, 2, 1, Rounding::down), "0.2");
  EXPECT_EQ(root(above, 2, 1, Rounding::up), "0.3");
  const Exact down = exact("0.9975");
  const Exact below = *multiply(down, down);
  EXPECT_EQ(root(below, 2, 1), "-0.3") << "by the absolute value";
  EXPECT_EQ(root(below, 2, 1, Rounding::half_even), "-0.2");
  EXPECT_EQ(root(below, 2, 1, Rounding::down), "-0.3") << "towards -inf";
}

TEST(Root, AHairBesideATieIsNotATie) {
  // 1.0025^2 = 1.00500625; one unit in the 18th place less or more.
  EXPECT_EQ(root(exact("1.005006249999999999"), 2, 1), "0.2");
  EXPECT_EQ(root(exact("1.005006250000000001"), 2, 1, Rounding::half_even), "0.3");
}

}  // namespace
}  // namespace wutong::indicator
