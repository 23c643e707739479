// Value and Column: the form in which data moves between parts. A Value is one cell at an edge (a
// form, a JSON body, an explanation); a Column is n cells of one type and is what everything inside
// works on. A cell may be absent ("unknown" to expressions). Plain data; safe to share once no
// longer changed.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/calendar.hpp"
#include "base/decimal.hpp"
#include "base/id.hpp"
#include "base/numbers.hpp"
#include "base/period.hpp"

namespace wutong {

// Numbers are in stored bytes: never renumber, only add.
enum class ValueType : uint8_t {
  boolean = 1,
  integer = 2,
  decimal = 3,  // number × 10^-scale, one scale a column
  text = 4,
  date = 5,          // days since 1970
  partial_date = 6,  // days × 8 + precision
  month = 7,         // Month::index
  period = 8,        // kept as its canonical text
  reference = 9,     // RecordId in the target register
  text_list = 10     // elements joined by U+001F, which may not stand in an element
};
std::string_view to_string(ValueType type);

// std::monostate: absent.
using Value = std::variant<std::monostate, bool, int64_t, Decimal, std::string, Date, PartialDate,
                           Month, Period, RecordId, std::vector<std::string>>;
inline bool is_absent(const Value& value) { return value.index() == 0; }
std::string to_string(const Value& value);  // canonical text; absent is ""

// Numbers (boolean … reference) lie in `numbers`, texts (text, period, text_list) in `texts`; the
// other vector stays empty. `present` has one byte a row, 0 or 1; an absent row holds 0 or "".
struct Column {
  ValueType type = ValueType::integer;
  int scale = 0;  // decimal only
  Numbers numbers;
  std::vector<std::string> texts;
  std::vector<uint8_t> present;

  size_t size() const { return present.size(); }
  bool is_text() const {
    return type == ValueType::text || type == ValueType::period || type == ValueType::text_list;
  }
  void reserve(size_t rows);
  void append_absent();
  void append_number(int64_t number);
  void append_text(std::string text);
  // False and unchanged if the value is of another type, or does not fit the scale exactly.
  bool append(const Value& value);
  Value value(size_t row) const;
  // The same cell: type and scale must be alike.
  bool is_same_cell(size_t row, const Column& other, size_t other_row) const;
  Column take(std::span<const size_t> rows) const;
  void resize_absent(size_t rows);
  bool operator==(const Column&) const = default;
};

int64_t pack_partial_date(const PartialDate& date);
PartialDate unpack_partial_date(int64_t number);
std::string join_list(const std::vector<std::string>& elements);
std::vector<std::string> split_list(std::string_view joined);

}  // namespace wutong
