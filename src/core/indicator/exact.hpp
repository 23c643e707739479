// Exact: a quotient of two decimals that is not rounded until it is published. Levels, ratios and
// growth are carried in it from the cells to the end. Every operation gives nullopt where a part
// would not fit 38 digits; nothing is ever rounded or wrapped in between. Pure values; safe on any
// thread.
#pragma once

#include <optional>

#include "base/decimal.hpp"

namespace wutong::indicator {

class Exact {
 public:
  Exact() = default;
  explicit Exact(const Decimal& value) : numerator_(value.normalized()) {}
  // nullopt if `denominator` is zero. The sign is kept in the numerator.
  static std::optional<Exact> quotient(const Decimal& numerator, const Decimal& denominator);

  const Decimal& numerator() const { return numerator_; }
  const Decimal& denominator() const { return denominator_; }
  bool is_zero() const { return numerator_.is_zero(); }
  bool is_negative() const { return numerator_.is_negative(); }
  std::optional<Decimal> rounded(int places, Rounding rule) const;
  // Unrounded where that is finite in 18 places, else with the most places that fit.
  Decimal to_decimal() const;

  // 100 × (this^(1/degree) - 1), rounded by comparing integer powers; never through an irrational
  // number. `degree` 1..100. nullopt if this is negative or the result does not fit.
  std::optional<Decimal> root_percent(int degree, int places, Rounding rule) const;

  friend std::optional<Exact> add(const Exact& a, const Exact& b, int sign_of_b);
  friend std::optional<Exact> multiply(const Exact& a, const Exact& b);
  friend std::optional<Exact> divide(const Exact& a, const Exact& b);  // nullopt also if b is zero
  friend std::optional<std::strong_ordering> compare(const Exact& a, const Exact& b);

 private:
  Decimal numerator_;
  Decimal denominator_ = Decimal(1);
};

std::optional<Exact> add(const Exact& a, const Exact& b, int sign_of_b = 1);
std::optional<Exact> multiply(const Exact& a, const Exact& b);
std::optional<Exact> divide(const Exact& a, const Exact& b);
std::optional<std::strong_ordering> compare(const Exact& a, const Exact& b);

}  // namespace wutong::indicator
