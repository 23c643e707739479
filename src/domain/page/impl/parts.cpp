// Parts of a whole and the like: structures, ratios, fractions, tenths, halves, doublings.
#include "base/text.hpp"
#include "domain/page/impl/sentence.hpp"

namespace wutong::page {

// 4.5∶43.9∶51.6: shares that make up a whole.
bool SentenceReader::read_structure(const Quantity& first) {
  const auto is_colon = [&](size_t at) { return char_at(at) == U'∶' || char_at(at) == U':'; };
  std::vector<Quantity> parts{first};
  Decimal sum = first.numeral.value;
  while (parts.size() < 8 && is_colon(parts.back().to) && !parts.back().numeral.is_chinese) {
    const auto next = numeral_at(parts.back().to + 1);
    if (!next || next->is_chinese) return false;
    Quantity part;
    part.from = parts.back().to + 1;
    part.to = part.from + next->length;
    part.numeral = *next;
    sum = add(sum, next->value).value_or(sum);
    parts.push_back(std::move(part));
  }
  const bool is_whole = sum >= Decimal(99) && sum <= Decimal(101);
  if (parts.size() < 3 || !is_whole) return false;
  for (Quantity& part : parts) {
    part.unit = "percent";
    part.measure = Measure::share;
    add_quantity(part);
  }
  return true;
}

// 2.3∶1: how many to one, where the words say that it is a ratio.
bool SentenceReader::read_ratio(Quantity& quantity) {
  constexpr std::u32string_view kRatio[] = {U"比", U"倍率", U"优于", U"按"};
  const bool is_one = quantity.numeral.value == Decimal(1) && !quantity.numeral.is_chinese;
  const auto other = is_one && (char_at(quantity.to) == U'∶' || char_at(quantity.to) == U':')
                         ? numeral_at(quantity.to + 1)
                         : std::nullopt;
  constexpr std::u32string_view kOneTo[] = {U"比", U"率", U"按", U"为", U"达"};
  if (other && !other->is_chinese && other->value > Decimal(1) &&
      contains_any(segment(quantity.from), kOneTo)) {  // 1∶9
    quantity.to += 1 + other->length;
    quantity.numeral = *other;
    quantity.unit = "ratio";
    quantity.measure = Measure::level;
    return true;
  }
  const bool is_to_one = (char_at(quantity.to) == U'∶' || char_at(quantity.to) == U':') &&
                         char_at(quantity.to + 1) == U'1' && !is_digit(char_at(quantity.to + 2)) &&
                         char_at(quantity.to + 2) != U'.';
  if (!is_to_one || !contains_any(segment(quantity.from), kRatio)) return false;
  quantity.to += 2;
  quantity.unit = "ratio";
  quantity.measure = Measure::level;
  return true;
}

// 三分之一, 三分一: a part of a whole, to the whole percent.
bool SentenceReader::read_fraction(Quantity& quantity) {
  const bool is_short =
      quantity.numeral.is_chinese && quantity.numeral.length == 1 &&
      (rest(quantity.to).starts_with(U"分一") || rest(quantity.to).starts_with(U"分二")) &&
      quantity.numeral.value >= Decimal(3) && char_at(quantity.to + 2) != U'十';
  if (is_short) {
    quantity.to -= 1;  // as if 之 stood there
  } else if (!rest(quantity.to).starts_with(U"分之")) {
    return false;
  }
  auto part = numeral_at(quantity.to + 2);
  const Decimal whole = quantity.numeral.value;
  bool is_part = part && !whole.is_zero() && part->value.is_integer() && whole.is_integer() &&
                 part->value < whole && !part->value.is_zero();
  if (!is_part) return false;
  auto percent = mul_div(part->value, Decimal(100), whole, 2, Rounding::half_up);
  if (!percent) return false;
  quantity.to += 2 + part->length;
  quantity.numeral = *part;
  quantity.numeral.value = percent->normalized();
  quantity.numeral.step = quantity.numeral.round_step = quantity.numeral.leading_step = Decimal(1);
  quantity.unit = "percent";
  quantity.measure = Measure::share;
  return true;
}

// 三成, 四成五, 两成多; 八五折 is 85 percent
bool SentenceReader::read_tenths(Quantity& quantity) {
  Numeral& numeral = quantity.numeral;
  constexpr std::u32string_view kNoPrice[] = {U"折叠", U"折旧", U"折算", U"折合", U"折子", U"折桂"};
  const bool is_price = char_at(quantity.to) == U'折' && numeral.value < Decimal(100) &&
                        !starts_with_any(rest(quantity.to), kNoPrice);
  if (is_price) {
    if (numeral.spread == Spread::range) {  // 八五 alone is not 八至五
      return false;
    }
    if (numeral.value < Decimal(10)) numeral.scale(10);
    quantity.to += 1;
    quantity.unit = "percent";
    quantity.measure = Measure::share;
    return true;
  }
  if (!is_tenth(rest(quantity.to)) || !(numeral.value < Decimal(10)) || numeral.length > 2) {
    return false;
  }
  quantity.to += 1;
  numeral.scale(10);
  auto ones = numeral_at(quantity.to);
  if (ones && ones->length == 1 && ones->value < Decimal(10) && numeral.spread == Spread::none) {
    numeral.value = add(numeral.value, ones->value).value_or(numeral.value);
    numeral.step = numeral.round_step = Decimal(1);
    quantity.to += 1;
  }
  if (char_at(quantity.to) == U'多' || char_at(quantity.to) == U'余') {
    numeral.spread = Spread::odd;
    quantity.to += 1;
  }
  quantity.unit = "percent";
  quantity.measure = Measure::rate;
  return true;
}

// 近一半, 过半, 半数以上; 半年, 半个月, 半小时.
bool SentenceReader::read_half(size_t at) {
  struct Half {
    std::u32string_view word;
    const char* unit;
    Measure measure;
  };
  constexpr Half kHalves[] = {{U"一半", "percent", Measure::share},
                              {U"半数", "percent", Measure::share},
                              {U"半个月", "months", Measure::duration},
                              {U"半个多月", "months", Measure::duration},
                              {U"半年", "years", Measure::duration},
                              {U"半小时", "hours", Measure::duration},
                              {U"半个小时", "hours", Measure::duration},
                              {U"半天", "days", Measure::duration},
                              {U"半个百分点", "percentage_points", Measure::pp_change},
                              {U"半", "percent", Measure::share}};
  char32_t previous = char_before(at);
  if (char_at(at) != U'半' && char_at(at) != U'一') return false;
  if (is_digit(previous) || previous == U'上' || previous == U'下' || previous == U'前' ||
      previous == U'后' || previous == U'大') {
    return false;
  }
  for (const Half& half : kHalves) {
    if (!rest(at).starts_with(half.word)) continue;
    bool is_bare = half.word == U"半";
    bool is_share_word = previous == U'近' ||
                         (previous == U'过' &&
                          (holds_cue(before(at), Cue::share) || holds_cue(before(at), Cue::rate)));
    if (is_bare && !is_share_word) return false;
    constexpr std::u32string_view kOther[] = {U"半年来", U"半天下来"};
    if (starts_with_any(rest(at), kOther)) return false;
    Quantity quantity;
    quantity.from = at;
    quantity.to = at + half.word.size();
    quantity.unit = half.unit;
    quantity.measure = half.measure;
    bool is_share = half.measure == Measure::share;
    quantity.numeral.is_chinese = true;
    quantity.numeral.value = is_share ? Decimal(50) : Decimal::from_parts(5, 1);
    quantity.numeral.step = is_share ? Decimal(10) : Decimal::from_parts(1, 1);
    quantity.numeral.round_step = quantity.numeral.step;
    quantity.numeral.leading_step = quantity.numeral.step;
    add_quantity(std::move(quantity));
    return true;
  }
  return false;
}

// 翻番, 翻一番, 翻了近两番: twice, four times.
bool SentenceReader::read_doubling(size_t at) {
  if (char_at(at) != U'番') return false;
  std::u32string_view clause = before(at);
  size_t turn = clause.rfind(U'翻');
  if (turn == std::u32string_view::npos || clause.size() - turn > 6) return false;
  std::u32string_view between = clause.substr(turn + 1);
  constexpr std::u32string_view kCounts = U"一两三四五";
  size_t power = between.empty() ? 0 : kCounts.find(between.back());
  if (power == std::u32string_view::npos) power = 0;
  Quantity quantity;
  quantity.from = at - between.size() - 1;
  quantity.to = at + 1;
  quantity.unit = "times";
  quantity.measure = Measure::multiple;
  if (char_at(quantity.to) == U'多') {  // 翻了一番多
    quantity.numeral.spread = Spread::odd;
    ++quantity.to;
  }
  quantity.numeral.value = Decimal(int64_t{2} << power);
  quantity.numeral.step = quantity.numeral.round_step = Decimal(1);
  quantity.numeral.leading_step = Decimal::from_parts(8 << power, 1);
  if (contains(between, U"近")) quantity.numeral.leading_step = quantity.numeral.value;
  add_quantity(std::move(quantity));
  return true;
}

}  // namespace wutong::page
