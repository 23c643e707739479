#include "domain/page/impl/numeral.hpp"

#include <string>

namespace wutong::page {

namespace {

constexpr std::u32string_view kDigits = U"零一二三四五六七八九";

int chinese_digit(char32_t c) {
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

constexpr int64_t kTrillion = 1'000'000'000'000;  // 兆, before 元 only

char32_t at_or_none(std::u32string_view text, size_t at) { return at < text.size() ? text[at] : 0; }

// 千 of 千瓦, 千米, 千克; 百 of 百分之, 百分点.
bool belongs_to_next(std::u32string_view text, size_t at) {
  constexpr std::u32string_view kThousands = U"瓦米克伏";
  char32_t next = at_or_none(text, at + 1);
  if (text[at] == U'千') return next != 0 && kThousands.find(next) != std::u32string_view::npos;
  return text[at] == U'百' && next == U'分';
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
  numeral.value = times(digits, factor);
  numeral.step = times(power_of_ten(-digits.scale()), factor);
  std::string text = wutong::to_string(digits.absolute().mantissa());
  int zeros = 0;
  for (size_t i = text.size(); i > 1 && text[i - 1] == '0'; --i) ++zeros;
  numeral.round_step = times(power_of_ten(zeros - digits.scale()), factor);
  numeral.leading_step =
      times(power_of_ten(static_cast<int>(text.size()) - 1 - digits.scale()), factor);
}

// 余, 多, 几 after the number, then 万 and 亿: 30多万.
void read_odd(std::u32string_view text, size_t at, Numeral& numeral) {
  char32_t c = at_or_none(text, at + numeral.length);
  char32_t next = at_or_none(text, at + numeral.length + 1);
  constexpr std::u32string_view kNotMany = U"元样种数边方";
  bool is_odd = c == U'余' ||
                (c == U'多' && (next == 0 || kNotMany.find(next) == std::u32string_view::npos ||
                                next == U'元' || next == U'种')) ||
                (c == U'来' && next != U'自' && next != U'源') ||
                (c == U'几' && numeral.is_chinese && text[at + numeral.length - 1] == U'十');
  if (!is_odd) return;
  numeral.spread = Spread::odd;
  ++numeral.length;
  for (int i = 0; i < 2; ++i) {
    char32_t unit = at_or_none(text, at + numeral.length);
    int64_t factor = large_unit(unit) != 0 ? large_unit(unit) : 0;
    if (i == 0 && factor == 0 && (unit == U'百' || unit == U'千')) factor = small_unit(unit);
    if (factor == 0 || belongs_to_next(text, at + numeral.length)) break;
    numeral.scale(factor);
    numeral.has_large_unit = large_unit(unit) != 0;
    ++numeral.length;
  }
}

// Digits of an Arabic numeral with commas and a point; `end` is moved past them.
std::optional<Decimal> arabic_digits(std::u32string_view text, size_t& end) {
  std::string digits;
  bool has_point = false;
  for (; end < text.size() && digits.size() < 30; ++end) {
    char32_t c = text[end];
    if (is_digit(c)) {
      digits += static_cast<char>(c);
    } else if (c == U'.' && !has_point && is_digit(at_or_none(text, end + 1))) {
      has_point = true;
      digits += '.';
    } else if (has_point || !is_group_comma(text, end)) {
      break;
    }
  }
  return Decimal::parse(digits);
}

// 万, 千万, 万亿 after digits; `end` is moved past them.
int64_t following_units(std::u32string_view text, size_t& end, bool& has_large) {
  int64_t factor = 1;
  while (end < text.size() && factor <= 100'000'000'000) {
    int64_t large = large_unit(text[end]);
    int64_t unit = large != 0 ? large : small_unit(text[end]);
    if (unit == 0 || text[end] == U'十' || belongs_to_next(text, end)) break;
    factor *= unit;
    has_large = large != 0;
    ++end;
  }
  if (factor == 1 && at_or_none(text, end) == U'兆' && at_or_none(text, end + 1) == U'元') {
    factor = kTrillion;
    has_large = true;
    ++end;
  }
  return factor;
}

std::optional<Numeral> read_arabic(std::u32string_view text, size_t at) {
  size_t end = at;
  auto value = arabic_digits(text, end);
  if (!value) return std::nullopt;
  Numeral numeral;
  int64_t factor = following_units(text, end, numeral.has_large_unit);
  set_steps(numeral, *value, factor);
  // 1亿2千万
  if (factor >= 10'000 && is_digit(at_or_none(text, end))) {
    size_t tail_end = end;
    bool has_large = false;
    auto tail = arabic_digits(text, tail_end);
    int64_t tail_factor = following_units(text, tail_end, has_large);
    if (tail && tail_factor > 1 && tail_factor < factor) {
      Numeral rest;
      set_steps(rest, *tail, tail_factor);
      if (auto sum = add(numeral.value, rest.value); sum && rest.value < Decimal(factor)) {
        numeral.value = *sum;
        numeral.step = rest.step;
        numeral.round_step = rest.round_step;
        numeral.has_large_unit = has_large;
        end = tail_end;
      }
    }
  }
  numeral.length = end - at;
  read_odd(text, at, numeral);
  return numeral;
}

struct ChineseValue {
  int128 value = 0;
  int64_t last_place = 1;  // of the last printed digit
};

// A run of numeral characters: 一万五千亿, 三十, 二〇二四. nullopt if it is too large.
std::optional<ChineseValue> chinese_value(std::u32string_view run) {
  constexpr int128 kMax = int128{1'000'000'000'000'000'000};
  bool is_spelled = run.size() > 1;  // digit by digit
  for (char32_t c : run) is_spelled = is_spelled && chinese_digit(c) >= 0;
  ChineseValue out;
  int128 hundred_millions = 0, ten_thousands = 0, section = 0, digit = 0;
  bool has_digit = false;
  for (char32_t c : run) {
    int value = chinese_digit(c);
    if (value >= 0) {
      digit = is_spelled ? digit * 10 + value : value;
      has_digit = digit != 0;
      out.last_place = 1;
    } else if (int64_t small = small_unit(c); small != 0) {
      section += (has_digit ? digit : 1) * small;
      out.last_place = small;
      digit = 0;
      has_digit = false;
    } else {
      section += digit;
      digit = 0;
      has_digit = false;
      int64_t large = large_unit(c);
      out.last_place = out.last_place < kMax / large ? out.last_place * large : large;
      if (large == 10'000) {
        ten_thousands = (ten_thousands + section) * large;
      } else {
        hundred_millions = (hundred_millions + ten_thousands + section) * large;
        ten_thousands = 0;
      }
      section = 0;
    }
    if (hundred_millions + ten_thousands + section + digit > kMax) return std::nullopt;
  }
  out.value = hundred_millions + ten_thousands + section + digit;
  return out;
}

bool is_numeral_char(std::u32string_view text, size_t at) {
  char32_t c = text[at];
  if (chinese_digit(c) >= 0 || large_unit(c) != 0) return true;
  return small_unit(c) != 0 && !belongs_to_next(text, at);
}

// Two neighbouring digits that say "between": 三五, 七八, 两三. Position of the first.
size_t pair_in(std::u32string_view run) {
  for (size_t i = 0; i + 1 < run.size(); ++i) {
    int a = chinese_digit(run[i]), b = chinese_digit(run[i + 1]);
    bool is_alone = (i == 0 || chinese_digit(run[i - 1]) < 0) &&
                    (i + 2 >= run.size() || chinese_digit(run[i + 2]) < 0);
    if (a > 0 && b > 0 && is_alone && (b == a + 1 || (a == 3 && b == 5))) return i;
  }
  return std::u32string_view::npos;
}

// 点五 after the run: its digits as a decimal of the run.
void read_point(std::u32string_view text, size_t at, Numeral& numeral) {
  size_t end = at + numeral.length;
  if (at_or_none(text, end) != U'点' || chinese_digit(at_or_none(text, end + 1)) < 0) return;
  Decimal value = numeral.value;
  int places = 0;
  for (++end; end < text.size() && places < 10; ++end) {
    int digit = chinese_digit(text[end]);
    if (digit < 0) break;
    auto sum = add(value, Decimal::from_parts(digit, ++places));
    if (!sum) return;
    value = *sum;
  }
  value = value.rescaled(places).value_or(value);
  int64_t factor = following_units(text, end, numeral.has_large_unit);
  set_steps(numeral, value, factor);
  numeral.length = end - at;
}

// 数十, 几百: 2 to under 10 of the unit; 上百: at least one.
std::optional<Numeral> read_several(std::u32string_view text, size_t at) {
  constexpr std::u32string_view kNotOver = U"以线网路晚会身之站迈登跃踏冲";
  char32_t c = text[at];
  size_t end = at + 1;
  while (end < text.size() && end < at + 4 && chinese_digit(text[end]) < 0 &&
         is_numeral_char(text, end)) {
    ++end;
  }
  if (end == at + 1) return std::nullopt;
  bool is_over = c == U'上';
  if (is_over && at > 0 && kNotOver.find(text[at - 1]) != std::u32string_view::npos) {
    return std::nullopt;
  }
  auto unit = chinese_value(U"一" + std::u32string(text.substr(at + 1, end - at - 1)));
  if (!unit) return std::nullopt;
  Numeral numeral;
  set_steps(numeral, Decimal::from_parts(unit->value, 0), 1);
  numeral.length = end - at;
  numeral.is_chinese = true;
  numeral.has_large_unit = large_unit(text[end - 1]) != 0;
  numeral.spread = is_over ? Spread::at_least : Spread::range;
  if (!is_over) {
    numeral.high = times(numeral.value, 10);
    numeral.value = times(numeral.value, 2);
    numeral.is_high_closed = false;
  }
  return numeral;
}

std::optional<Numeral> read_chinese(std::u32string_view text, size_t at) {
  constexpr std::u32string_view kApproximate = U"近上超逾约过破达";
  size_t end = at;
  while (end < text.size() && end < at + 20 && is_numeral_char(text, end)) ++end;
  if (end == at) return std::nullopt;
  std::u32string_view run = text.substr(at, end - at);
  // 百, 万 alone are numbers only where another word makes them so.
  bool is_unit_alone = run.size() == 1 && run[0] != U'十' && chinese_digit(run[0]) < 0;
  char32_t before = at > 0 ? text[at - 1] : 0;
  bool is_approximate = before != 0 && kApproximate.find(before) != std::u32string_view::npos;
  bool is_odd_next = at_or_none(text, end) == U'余' || at_or_none(text, end) == U'多';
  if (is_unit_alone && !is_approximate && !is_odd_next) return std::nullopt;
  bool begins_large = large_unit(run[0]) != 0 && run.size() > 1 && run != U"万亿";
  if (begins_large && !is_approximate) return std::nullopt;
  Numeral numeral;
  numeral.is_chinese = true;
  numeral.length = run.size();
  numeral.has_large_unit = large_unit(run.back()) != 0;
  std::u32string low(run);
  if (large_unit(run[0]) != 0) low.insert(low.begin(), U'一');
  size_t pair = pair_in(run);
  if (pair != std::u32string_view::npos) low.erase(pair + 1, 1);
  auto value = chinese_value(low);
  if (!value) return std::nullopt;
  set_steps(numeral, Decimal::from_parts(value->value, 0), 1);
  numeral.step = Decimal(value->last_place);
  if (pair != std::u32string_view::npos) {
    std::u32string high(run);
    high.erase(pair, 1);
    auto upper = chinese_value(high);
    if (!upper) return std::nullopt;
    numeral.spread = Spread::range;
    numeral.high = Decimal::from_parts(upper->value, 0);
    if (value->last_place > 1) {  // 七八十: up to 89
      numeral.high = Decimal::from_parts(upper->value + value->last_place, 0);
      numeral.is_high_closed = false;
    }
    return numeral;
  }
  read_point(text, at, numeral);
  read_odd(text, at, numeral);
  return numeral;
}

}  // namespace

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_letter(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

bool is_group_comma(std::u32string_view text, size_t at) {
  if (text[at] != U',' || at == 0 || !is_digit(text[at - 1])) return false;
  for (size_t i = 1; i <= 3; ++i) {
    if (!is_digit(at_or_none(text, at + i))) return false;
  }
  return !is_digit(at_or_none(text, at + 4));
}

void Numeral::scale(int64_t factor) {
  for (Decimal* part : {&value, &step, &round_step, &leading_step, &high}) {
    *part = times(*part, factor);
  }
}

std::optional<Numeral> read_numeral(std::u32string_view text, size_t at) {
  if (at >= text.size()) return std::nullopt;
  char32_t c = text[at];
  if (is_digit(c)) return read_arabic(text, at);
  if (c == U'数' || c == U'几' || c == U'上') return read_several(text, at);
  return read_chinese(text, at);
}

}  // namespace wutong::page
