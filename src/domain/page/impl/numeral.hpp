// Numerals as they are printed: 1,100.9, ２４．５ (normalised before), 一万五千亿, 三十二点五,
// 1亿2千万, 三十万多亿, 十几, 上百, 数十, 七八十. Private to the folder; pure.
#pragma once

#include <optional>
#include <string_view>

#include "base/decimal.hpp"

namespace wutong::page {

// What the numeral itself says about how exact it is.
enum class Spread {
  none,
  odd,       // 十余, 二十多, 十几: over the number, up to the next step
  at_least,  // 上百
  range      // 三五, 七八十, 数十: `high` is the other end
};

struct Numeral {
  Decimal value;         // with its 万 and 亿
  Decimal step;          // place value of the last printed digit, with its 万 and 亿
  Decimal round_step;    // place value of the last digit that is not zero
  Decimal leading_step;  // place value of the first digit
  size_t length = 0;     // characters
  bool is_chinese = false;
  bool has_large_unit = false;  // ends in 万 or 亿
  Spread spread = Spread::none;
  Decimal high;  // of a range
  bool is_high_closed = true;

  void scale(int64_t factor);
};

// The numeral that begins at text[at]; what stands before it is looked at (近万 is one, 万 alone is
// none). nullopt if there is none.
std::optional<Numeral> read_numeral(std::u32string_view text, size_t at);

bool is_digit(char32_t c);
bool is_letter(char32_t c);
// A comma that groups digits by three.
bool is_group_comma(std::u32string_view text, size_t at);

}  // namespace wutong::page
