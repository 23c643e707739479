// Decimal: exact fixed-point numbers. value = mantissa × 10^-scale, mantissa a 128-bit integer,
// scale 0..18. Nothing here rounds unless a rounding rule is named; what does not fit is nullopt,
// never a wrong value. Pure values, safe on any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wutong {

__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

// domain.md 2.1. half_up: 四舍五入, on the absolute value, sign last (statistical forms and
// releases). half_even: 四舍六入五成双, GB/T 8170-2008 (measurement). down and up bound intervals
// (towards -inf, +inf).
enum class Rounding { half_up, half_even, down, up };

class Decimal {
 public:
  static constexpr int kScaleMax = 18;

  constexpr Decimal() = default;
  constexpr Decimal(int64_t integer) : mantissa_(integer) {}  // NOLINT: integers are decimals
  static constexpr Decimal from_parts(int128 mantissa, int scale) {
    Decimal d;
    d.mantissa_ = mantissa;
    d.scale_ = scale;
    return d;
  }
  // "-12.50" keeps scale 2. Optional sign, digits, optional point with digits; nothing else (no
  // exponent, no separators, no spaces). nullopt if malformed, over 18 places, or over 38 digits.
  static std::optional<Decimal> parse(std::string_view text);

  constexpr int128 mantissa() const { return mantissa_; }
  constexpr int scale() const { return scale_; }
  constexpr bool is_zero() const { return mantissa_ == 0; }
  constexpr bool is_negative() const { return mantissa_ < 0; }
  bool is_integer() const;

  // Exactly `scale` places are printed: from_parts(1250, 2) is "12.50".
  std::string to_string() const;
  // Without trailing zeros after the point: "12.5", "12".
  std::string to_string_short() const;

  // The same value at another scale; nullopt if it does not fit or would lose digits.
  std::optional<Decimal> rescaled(int scale) const;
  // Rounded to `places` after the point; negative places round to tens, hundreds … (scale 0 then).
  std::optional<Decimal> rounded(int places, Rounding rule) const;
  Decimal normalized() const;  // smallest scale with the same value
  Decimal negated() const;
  Decimal absolute() const;

  // Numeric comparison across scales: 1.0 == 1.00. Never overflows.
  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b);

 private:
  int128 mantissa_ = 0;
  int scale_ = 0;
};

// Exact; nullopt on overflow (or, for mul, when over 18 places remain after dropping trailing
// zeros).
std::optional<Decimal> add(const Decimal& a, const Decimal& b);
std::optional<Decimal> sub(const Decimal& a, const Decimal& b);
std::optional<Decimal> mul(const Decimal& a, const Decimal& b);
// a / b rounded once to `places` (0..18). nullopt if b is zero or the result does not fit. Exact
// inside (256-bit intermediate), so there is no double rounding.
std::optional<Decimal> div(const Decimal& a, const Decimal& b, int places, Rounding rule);
// a × b / c rounded once; for rates: mul_div(part, 100, whole, 1, half_up).
std::optional<Decimal> mul_div(const Decimal& a, const Decimal& b, const Decimal& c, int places,
                               Rounding rule);
std::string to_string(int128 value);

}  // namespace wutong
