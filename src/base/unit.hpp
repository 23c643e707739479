// Unit: what a number counts or measures. A unit has a dimension and an exact factor to the base
// unit of its dimension; only units of one dimension convert. Counted things (firms, persons,
// person-times) are dimensions of their own and never convert into each other (domain.md 1.6, 2.5).
// Immutable, built in; safe on any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.hpp"

namespace wutong {

class Unit {
 public:
  struct Row;                  // one line of the table in unit.cpp
  constexpr Unit() = default;  // "1": a plain number

  // By code ("CNY", "CNY_1e8", "percent", "m2", "persons"). nullopt if unknown.
  static std::optional<Unit> from_code(std::string_view code);
  // By the Chinese or English name it has in print: 亿元, 万元, 千元, 元, 亩, 公顷, 平方米,
  // 平方公里, 吨, 吨标准煤, %, 百分点, 家, 家次, 家(次), 人, 人次, 件, 项, 个, 篇, 条, 期, 次, 种,
  // 倍 … nullopt if unknown.
  static std::optional<Unit> from_name(std::string_view name);
  static std::span<const Row> all();
  static std::vector<std::string> codes();

  std::string_view code() const;       // "CNY_1e8"
  std::string_view zh() const;         // "亿元"
  std::string_view en() const;         // "100 million yuan"
  std::string_view dimension() const;  // "money"
  Decimal factor_numerator() const;    // base units in one of these: numerator / denominator
  Decimal factor_denominator() const;  // 亩 = 2000/3 m² has denominator 3
  Unit base() const;                   // CNY for CNY_1e8
  bool is_plain() const { return row_ == nullptr; }
  friend bool operator==(Unit a, Unit b) { return a.row_ == b.row_; }

 private:
  const Row* row_ = nullptr;
};

bool is_convertible(Unit from, Unit to);
// Exact: nullopt if the dimensions differ, or the result is not exact in 18 places, or overflows.
std::optional<Decimal> convert(const Decimal& value, Unit from, Unit to);
// The same rounded once to `places`.
std::optional<Decimal> convert(const Decimal& value, Unit from, Unit to, int places, Rounding rule);

}  // namespace wutong
