#include "domain/page/impl/numeral.hpp"

#include <string>

namespace wutong::page {

namespace {

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

int chinese_digit(char32_t c) {
  constexpr std::u32string_view kDigits = U"零一二三四五六七八九";
  if (c == U'两') return 2;
  if (c == U'〇') return 0;
  size_t at = kDigits.find(c);
  return at == std::u32string_view::npos ? -1 : static_cast<int>(at);
}

int64_t small_unit(char32_t c) {
  if (c == U'十') return 10;
  if (c == U'百') return 100;
  if (c == U'千') return 1000;
  return 0;
}

int64_t large_unit(char32_t c) {
  if (c == U'万') return 10'000;
  if (c == U'亿') return 100'000'000;
  return 0;
}

Decimal times(const Decimal& a, int64_t b) {
  auto product = mul(a, Decimal(b));
  return product ? *product : a;
}

// 10^exponent for small exponents of either sign.
Decimal power_of_ten(int exponent) {
  int128 mantissa = 1;
  for (int i = 0; i < exponent; ++i) mantissa *= 10;
  return Decimal::from_parts(mantissa, exponent < 0 ? -exponent : 0);
}

void set_steps(Numeral& numeral, const Decimal& digits, int64_t factor) {
  Decimal printed = digits;
  numeral.value = times(digits, factor);
  numeral.step = times(power_of_ten(-printed.scale()), factor);
  std::string text = wutong::to_string(printed.absolute().mantissa());
  int zeros = 0;
  for (size_t i = text.size(); i > 1 && text[i - 1] == '0'; --i) ++zeros;
  numeral.round_step = times(power_of_ten(zeros - printed.scale()), factor);
  numeral.leading_step =
      times(power_of_ten(static_cast<int>(text.size()) - 1 - printed.scale()), factor);
}

std::optional<Numeral> read_arabic(std::u32string_view text, size_t at) {
  std::string digits;
  size_t i = at;
  bool has_point = false;
  while (i < text.size() && digits.size() < 30) {
    char32_t c = text[i];
    bool is_inner = i + 1 < text.size() && is_digit(text[i + 1]);
    bool is_group = c == U',' && !has_point && is_inner && i + 3 < text.size() &&
                    is_digit(text[i + 2]) && is_digit(text[i + 3]) &&
                    !(i + 4 < text.size() && is_digit(text[i + 4]));
    if (is_digit(c)) {
      digits += static_cast<char>(c);
    } else if (c == U'.' && !has_point && is_inner) {
      has_point = true;
      digits += '.';
    } else if (!is_group) {
      break;
    }
    ++i;
  }
  auto value = Decimal::parse(digits);
  if (!value) return std::nullopt;
  int64_t factor = 1;
  while (i < text.size()) {
    int64_t unit = large_unit(text[i]) != 0 ? large_unit(text[i]) : small_unit(text[i]);
    bool is_thousand_metre = text[i] == U'千' && i + 1 < text.size() && text[i + 1] != U'万' &&
                             text[i + 1] != U'亿' && text[i + 1] != U'元' && text[i + 1] != U'余' &&
                             text[i + 1] != U'多';
    if (unit == 0 || text[i] == U'十' || is_thousand_metre || factor > 100'000'000'000) break;
    if (text[i] == U'百' && i + 1 < text.size() && (text[i + 1] == U'分')) break;
    factor *= unit;
    ++i;
  }
  Numeral numeral;
  set_steps(numeral, *value, factor);
  numeral.length = i - at;
  return numeral;
}

std::optional<Numeral> read_chinese(std::u32string_view text, size_t at) {
  int64_t total = 0, section = 0, digit = 0;
  int64_t last_place = 1;
  bool has_digit = false;
  size_t i = at;
  for (; i < text.size() && i < at + 20; ++i) {
    int value = chinese_digit(text[i]);
    if (value >= 0) {
      if (has_digit && digit != 0) break;  // 二三: not one numeral
      digit = value;
      has_digit = true;
      if (value != 0) last_place = 1;
      continue;
    }
    int64_t unit = small_unit(text[i]);
    if (text[i] == U'百' && i + 1 < text.size() && text[i + 1] == U'分') break;
    if (unit != 0) {
      section += (has_digit && digit != 0 ? digit : 1) * unit;
      last_place = unit;
    } else if (large_unit(text[i]) != 0 && (i > at)) {
      int64_t large = large_unit(text[i]);
      total = (total + section + digit) * large;
      last_place = last_place * large;
      section = 0;
    } else {
      break;
    }
    digit = 0;
    has_digit = false;
  }
  if (i == at) return std::nullopt;
  Numeral numeral;
  set_steps(numeral, Decimal(total + section + digit), 1);
  numeral.step = Decimal(last_place);
  numeral.length = i - at;
  numeral.is_chinese = true;
  return numeral;
}

}  // namespace

std::optional<Numeral> read_numeral(std::u32string_view text, size_t at) {
  if (at >= text.size()) return std::nullopt;
  return is_digit(text[at]) ? read_arabic(text, at) : read_chinese(text, at);
}

}  // namespace wutong::page
