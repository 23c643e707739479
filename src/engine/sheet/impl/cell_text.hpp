// What the digits of a number cell say, by its style. Private to the module.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/sheet/csv.hpp"

namespace wutong::sheet {

enum class DateSystem { from_1900, from_1904 };

// What a number format shows (ECMA-376 part 1, 18.8.30 and 18.8.31, with the built-in formats of
// zh-CN): number, percent, date, or month (year and month without a day).
CellKind kind_of_format(std::string_view format_code);
std::optional<CellKind> kind_of_builtin(int format_id);

struct NumberText {
  std::string text;
  CellKind kind = CellKind::number;
};
// Plain decimal digits of "1.1000000000000001", "-1.5E-3": rounded half up to 15 significant
// digits, without trailing zeros. number_inexact: a whole number of more than 15 digits. nullopt:
// no number.
std::optional<NumberText> number_text(std::string_view text);
// A serial day as a date (with the time of day where it has one), or as a month where the first of
// the month is meant. What is no day stays a number: 1900-02-29 (serial 60), day 0, negative days.
NumberText date_text(const NumberText& number, CellKind kind, DateSystem system);

// _x000D_ and the like: how the format writes characters that XML cannot hold (ST_Xstring).
std::string unescape(std::string_view text);
std::string escape(std::string_view text);

}  // namespace wutong::sheet
