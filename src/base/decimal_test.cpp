#include "base/decimal.hpp"

#include <gtest/gtest.h>

#include "base/crypto.hpp"

namespace wutong {
namespace {

Decimal d(std::string_view text) { return *Decimal::parse(text); }

struct RoundingCase {
  const char* value;
  int places;
  const char* half_even;
  const char* half_up;
};

TEST(Decimal, RoundsByBothRules) {  // domain.md 2.1, 12
  constexpr RoundingCase kCases[] = {
      {"12.1498", 0, "12", "12"},
      {"12.1498", 1, "12.1", "12.1"},
      {"1268", -2, "1300", "1300"},
      {"10.5002", 0, "11", "11"},
      {"1.050", 1, "1.0", "1.1"},
      {"0.35", 1, "0.4", "0.4"},
      {"2500", -3, "2000", "3000"},
      {"3500", -3, "4000", "4000"},
      {"-0.0365", 3, "-0.036", "-0.037"},
      {"0.125", 2, "0.12", "0.13"},
      {"0.375", 2, "0.38", "0.38"},
      {"2.345", 2, "2.34", "2.35"},
      {"12.25", 1, "12.2", "12.3"},
      {"12.35", 1, "12.4", "12.4"},
      {"-2.5", 0, "-2", "-3"},
      {"15.4546", 0, "15", "15"},
      {"16.50", 0, "16", "17"},
  };
  for (const RoundingCase& c : kCases) {
    EXPECT_EQ(d(c.value).rounded(c.places, Rounding::half_even)->to_string(), c.half_even);
    EXPECT_EQ(d(c.value).rounded(c.places, Rounding::half_up)->to_string(), c.half_up);
  }
}

Decimal in_steps(std::string_view value, int64_t factor, int places) {
  Decimal scaled = *mul(d(value), Decimal(factor));
  return div(*scaled.rounded(places, Rounding::half_even), Decimal(factor), 1, Rounding::half_even)
      ->normalized();
}

TEST(Decimal, RoundsToHalvesAndFifths) {  // domain.md 2.1
  EXPECT_EQ(in_steps("60.25", 2, 0), d("60.0"));
  EXPECT_EQ(in_steps("60.28", 2, 0), d("60.5"));
  EXPECT_EQ(in_steps("-60.75", 2, 0), d("-61"));
  EXPECT_EQ(in_steps("830", 5, -2), d("840"));
  EXPECT_EQ(in_steps("842", 5, -2), d("840"));
  EXPECT_EQ(in_steps("-930", 5, -2), d("-920"));
}

TEST(Decimal, ParsesExactlyAndRefusesTheRest) {
  EXPECT_EQ(d("-12.50").to_string(), "-12.50");
  EXPECT_EQ(d("+0.05").to_string(), "0.05");
  EXPECT_EQ(d("-12.50").to_string_short(), "-12.5");
  for (const char* bad : {"", "-", ".", "1.", ".5", "1.2.3", "1e5", " 1", "1,000", "abc", "--1",
                          "0.1234567890123456789", "999999999999999999999999999999999999999"}) {
    EXPECT_FALSE(Decimal::parse(bad).has_value()) << bad;
  }
}

TEST(Decimal, ComparesAcrossScalesWithoutOverflow) {
  EXPECT_EQ(d("1.0"), d("1.00"));
  EXPECT_LT(d("-1"), d("0.000000000000000001"));
  EXPECT_GT(d("170141183460469231731687303715884105727"), d("0.000000000000000001"));
  EXPECT_LT(d("-2"), d("-1.999999999999999999"));
}

TEST(Decimal, SaysNothingRatherThanAWrongValue) {
  Decimal large = d("170141183460469231731687303715884105727");
  EXPECT_FALSE(add(large, Decimal(1)).has_value());
  EXPECT_FALSE(mul(large, Decimal(2)).has_value());
  EXPECT_FALSE(large.rescaled(1).has_value());
  EXPECT_FALSE(div(Decimal(1), Decimal(0), 2, Rounding::half_up).has_value());
  EXPECT_FALSE(d("1.25").rescaled(1).has_value());
  EXPECT_EQ(mul_div(large, large, large, 0, Rounding::half_up), large);
}

TEST(Decimal, DividesWithoutDoubleRounding) {
  EXPECT_EQ(div(d("1"), d("3"), 4, Rounding::half_up)->to_string(), "0.3333");
  EXPECT_EQ(div(d("2"), d("3"), 4, Rounding::half_up)->to_string(), "0.6667");
  EXPECT_EQ(div(d("-1"), d("3"), 2, Rounding::down)->to_string(), "-0.34");
  EXPECT_EQ(div(d("-1"), d("3"), 2, Rounding::up)->to_string(), "-0.33");
  EXPECT_EQ(mul_div(d("115.25"), d("100"), d("96.2"), 1, Rounding::half_up)->to_string(), "119.8");
}

TEST(Decimal, HoldsItsLawsForRandomValues) {
  SeededRandom random(7);
  for (int i = 0; i < 20'000; ++i) {
    auto value = [&] {
      auto mantissa = static_cast<int128>(static_cast<int64_t>(random.next())) >>
                      static_cast<int>(random.below(60));
      return Decimal::from_parts(mantissa, static_cast<int>(random.below(10)));
    };
    Decimal a = value(), b = value();
    EXPECT_EQ(sub(*add(a, b), b), a);
    EXPECT_EQ(Decimal::parse(a.to_string())->to_string(), a.to_string());
    if (b.is_zero()) continue;
    auto low = div(a, b, 6, Rounding::down);
    auto high = div(a, b, 6, Rounding::up);
    if (!low || !high) continue;
    Decimal product_low = *mul(*low, b), product_high = *mul(*high, b);
    EXPECT_LE(std::min(product_low, product_high), a);
    EXPECT_GE(std::max(product_low, product_high), a);
  }
}

}  // namespace
}  // namespace wutong
