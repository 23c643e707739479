// Numerals as they are printed: 1,100.9, ２４．５ (normalised before), 一万五千, 十余, 两,
// 百分之七十. Private to the folder; pure.
#pragma once

#include <optional>
#include <string_view>

#include "base/decimal.hpp"

namespace wutong::page {

struct Numeral {
  Decimal value;         // with its 万 and 亿
  Decimal step;          // place value of the last printed digit, with its 万 and 亿
  Decimal round_step;    // place value of the last digit that is not zero
  Decimal leading_step;  // place value of the first digit
  size_t length = 0;     // characters
  bool is_chinese = false;
};

// The numeral that begins at `at`, with following 千 百 万 亿. nullopt if there is none.
std::optional<Numeral> read_numeral(std::u32string_view text, size_t at);

}  // namespace wutong::page
