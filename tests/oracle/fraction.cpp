#include "tests/oracle/fraction.hpp"

#include <cstdlib>
#include <iostream>

namespace wutong::oracle {

namespace {

Wide common(Wide a, Wide b) {
  if (a < 0) a = -a;
  if (b < 0) b = -b;
  while (b != 0) {
    const Wide rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

Wide product(Wide a, Wide b) {
  Wide out;
  if (__builtin_mul_overflow(a, b, &out)) {
    std::cerr << "oracle: a number does not fit 128 bits" << std::endl;
    std::abort();
  }
  return out;
}

Wide power(int places) {
  Wide out = 1;
  for (int i = 0; i < places; ++i) out = product(out, 10);
  return out;
}

}  // namespace

Fraction::Fraction(Wide numerator, Wide denominator) {
  const Wide divisor = common(numerator, denominator);
  const Wide sign = denominator < 0 ? -1 : 1;
  numerator_ = sign * numerator / (divisor == 0 ? 1 : divisor);
  denominator_ = sign * denominator / (divisor == 0 ? 1 : divisor);
}

Fraction Fraction::decimal(Wide mantissa, int scale) { return Fraction(mantissa, power(scale)); }

Fraction operator+(const Fraction& a, const Fraction& b) {
  return Fraction(product(a.numerator_, b.denominator_) + product(b.numerator_, a.denominator_),
                  product(a.denominator_, b.denominator_));
}
Fraction operator-(const Fraction& a, const Fraction& b) {
  return a + Fraction(-b.numerator_, b.denominator_);
}
Fraction operator*(const Fraction& a, const Fraction& b) {
  const Fraction left(a.numerator_, b.denominator_), right(b.numerator_, a.denominator_);
  return Fraction(product(left.numerator_, right.numerator_),
                  product(left.denominator_, right.denominator_));
}
Fraction operator/(const Fraction& a, const Fraction& b) {
  return a * Fraction(b.denominator_, b.numerator_);
}

Wide Fraction::scaled(int places, bool is_half_even) const {
  const Wide wide = product(numerator_ < 0 ? -numerator_ : numerator_, power(places));
  Wide whole = wide / denominator_;
  const Wide twice = 2 * (wide % denominator_);
  const bool is_up =
      twice > denominator_ || (twice == denominator_ && (!is_half_even || whole % 2 == 1));
  if (is_up) ++whole;
  return numerator_ < 0 ? -whole : whole;
}

std::string Fraction::rounded(int places, bool is_half_even) const {
  Wide number = scaled(places, is_half_even);
  const bool is_negative = number < 0;
  if (is_negative) number = -number;
  std::string out;
  for (int i = 0; number > 0 || i <= places; ++i) {
    if (i == places && places > 0) out.insert(out.begin(), '.');
    out.insert(out.begin(), static_cast<char>('0' + static_cast<int>(number % 10)));
    number /= 10;
  }
  return (is_negative ? "-" : "") + out;
}

Fraction Fraction::rounded_value(int places, bool is_half_even) const {
  return decimal(scaled(places, is_half_even), places);
}

}  // namespace wutong::oracle
