// Cells: what a node gives: a column of its own, a borrowed one, or one cell that stands for every
// row. Numbers between the steps of an expression may need 128 bits; only the end must fit a
// column. Private to the folder.
#pragma once

#include <optional>
#include <span>
#include <type_traits>
#include <vector>

#include "base/column.hpp"

namespace wutong::expression {

class Cells {
 public:
  static Cells borrow(const Column& column);   // which must outlive this
  static Cells repeat(const Column& one_row);  // which must outlive this
  static Cells own(Column column);
  // Kept in 64 bits where all numbers fit. An absent row holds 0.
  static Cells own(ValueType type, int scale, std::vector<int128> numbers,
                   std::vector<uint8_t> present);
  Cells(Cells&&) = default;  // the views point into the heap, which stays
  Cells& operator=(Cells&&) = default;

  ValueType type() const { return type_; }
  int scale() const { return scale_; }
  bool is_wide() const { return !wide_.empty(); }
  bool is_text() const { return texts_ != nullptr; }
  uint8_t present(size_t row) const { return present_[row * step_]; }
  // T is int64_t (only where not wide) or int128.
  template <typename T = int64_t>
  T number(size_t row) const {
    if constexpr (std::is_same_v<T, int128>) {
      if (is_wide()) return wide_[row * step_];
    }
    return numbers_[row * step_];
  }
  Decimal decimal(size_t row) const { return Decimal::from_parts(number<int128>(row), scale_); }
  const std::string& text(size_t row) const { return texts_[row * step_]; }

  // What does not fit becomes unknown.
  Column to_column(size_t rows) &&;

 private:
  Cells() = default;
  void view(const Column& column, size_t step);

  ValueType type_ = ValueType::integer;
  int scale_ = 0;
  size_t step_ = 1;
  bool is_own_ = false;
  const uint8_t* present_ = nullptr;
  const int64_t* numbers_ = nullptr;
  const std::string* texts_ = nullptr;
  std::vector<int64_t> widened_;  // of a borrowed column that keeps its numbers in four bytes
  std::vector<int128> wide_;
  Column owned_;
};

constexpr int64_t power_of_ten(int exponent) {  // 0..18
  int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

inline uint8_t all_present(std::span<const Cells> cells, size_t row) {
  uint8_t known = 1;
  for (const Cells& each : cells) known &= each.present(row);
  return known;
}

// A column of numbers of 64 bits: give(row) where all arguments are known, else unknown.
template <typename Give>
Cells map_known(ValueType type, std::span<const Cells> arguments, size_t rows, Give&& give) {
  Column out;
  out.type = type;
  out.resize_absent(rows);
  std::vector<int64_t>& numbers = out.numbers.widened();
  for (size_t i = 0; i < rows; ++i) {
    if (all_present(arguments, i) == 0) continue;
    out.present[i] = 1;
    numbers[i] = static_cast<int64_t>(give(i));
  }
  return Cells::own(std::move(out));
}

// The same where give(row) is an optional mantissa of up to 128 bits.
template <typename Give>
Cells map_wide(ValueType type, int scale, std::span<const Cells> arguments, size_t rows,
               Give&& give) {
  std::vector<int128> numbers(rows, 0);
  std::vector<uint8_t> present(rows, 0);
  for (size_t i = 0; i < rows; ++i) {
    if (all_present(arguments, i) == 0) continue;
    std::optional<int128> number = give(i);
    if (!number) continue;
    present[i] = 1;
    numbers[i] = *number;
  }
  return Cells::own(type, scale, std::move(numbers), std::move(present));
}

}  // namespace wutong::expression
