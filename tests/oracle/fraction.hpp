// Fraction: the oracle's own exact numbers, numerator and denominator of 128 bits, and its own
// rounding. Amounts of random programs are small; what would not fit stops the oracle.
#pragma once

#include <cstdint>
#include <string>

namespace wutong::oracle {

__extension__ typedef __int128 Wide;

class Fraction {
 public:
  Fraction() = default;
  Fraction(Wide numerator, Wide denominator = 1);  // NOLINT: integers are fractions
  static Fraction decimal(Wide mantissa, int scale);

  Wide numerator() const { return numerator_; }
  bool is_zero() const { return numerator_ == 0; }
  int sign() const { return numerator_ > 0 ? 1 : numerator_ < 0 ? -1 : 0; }
  // With exactly `places` places; half up on the absolute value, or half to even.
  std::string rounded(int places, bool is_half_even) const;
  // The same as a number again.
  Fraction rounded_value(int places, bool is_half_even) const;

  friend Fraction operator+(const Fraction& a, const Fraction& b);
  friend Fraction operator-(const Fraction& a, const Fraction& b);
  friend Fraction operator*(const Fraction& a, const Fraction& b);
  friend Fraction operator/(const Fraction& a, const Fraction& b);  // b is not zero

 private:
  Wide scaled(int places, bool is_half_even) const;
  Wide numerator_ = 0;
  Wide denominator_ = 1;
};

}  // namespace wutong::oracle
