// A number with its unit: ranges, fractions, tenths, halves, doublings, spans of time.
#include <algorithm>

#include "base/text.hpp"
#include "domain/page/impl/sentence.hpp"

namespace wutong::page {

namespace {

constexpr std::u32string_view kDashes = U"—-~至到";

bool is_dash(char32_t c) { return c != 0 && kDashes.find(c) != std::u32string_view::npos; }

// Exact halves are one tenth's worth of the next place: 两年半 is 2.5.
Numeral plus_half(const Numeral& numeral) {
  Numeral out = numeral;
  out.value = add(numeral.value, Decimal::from_parts(5, 1)).value_or(numeral.value);
  out.step = Decimal::from_parts(5, 1);
  out.round_step = out.step;
  return out;
}

}  // namespace

bool SentenceReader::read_quantity(size_t at) {
  char32_t c = char_at(at), previous = char_before(at);
  bool is_inside = is_digit(c) && (is_digit(previous) || is_letter(previous) || previous == U'.' ||
                                   previous == U'/');
  Quantity quantity;
  quantity.from = at;
  auto numeral = is_inside ? std::nullopt : numeral_at(at);
  if (rest(at).starts_with(U"百分之") || rest(at).starts_with(U"千分之")) {
    numeral = numeral_at(at + 3);
    if (!numeral) return false;
    quantity.unit = c == U'百' ? "percent" : "per_mille";
    quantity.measure = Measure::rate;
    quantity.numeral = *numeral;
    quantity.to = at + 3 + numeral->length;
    add_quantity(std::move(quantity));
    return true;
  }
  if (!numeral) return false;
  quantity.numeral = *numeral;
  quantity.to = at + numeral->length;
  size_t after_number = quantity.to;
  if (is_negative(at)) {
    quantity.numeral.value = quantity.numeral.value.negated();
    --quantity.from;
  }
  bool is_read = read_fraction(quantity) || read_tenths(quantity);
  if (!is_read) {
    read_range(quantity);
    is_read = read_unit(quantity);
  }
  bool is_name = is_read && (is_article(quantity) || is_enclosed(quantity.from, quantity.to));
  // 88号3幢 is an address.
  is_name = is_name || rest(quantity.to).starts_with(U"俱乐部") || previous == U'号';
  at_ = is_read ? quantity.to : after_number;
  if (is_read && !is_name) add_quantity(std::move(quantity));
  return true;
}

// 为-1.2%: a sign, not a dash.
bool SentenceReader::is_negative(size_t at) const {
  char32_t sign = char_before(at);
  if (sign == U'负') return true;
  if (sign != U'-' && sign != U'−' && sign != U'—') return false;
  char32_t previous = char_before(at - 1);
  constexpr std::u32string_view kBefore = U"为是达至到(，、速幅率长";
  return previous != 0 && kBefore.find(previous) != std::u32string_view::npos;
}

// 一家 is an article; 一个月 and 一年 are spans where the words around make them so.
bool SentenceReader::is_article(const Quantity& quantity) const {
  const Numeral& numeral = quantity.numeral;
  bool is_one = numeral.is_chinese && numeral.value == Decimal(1) && !quantity.upper &&
                numeral.spread == Spread::none && char_at(quantity.from) == U'一';
  if (!is_one) return false;
  if (quantity.unit == "times" && quantity.measure == Measure::multiple) return false;
  if (quantity.unit == "percent" || quantity.unit == "percentage_points") return false;
  if (numeral.length > 1) return false;
  if (quantity.measure != Measure::duration) return true;
  constexpr std::u32string_view kSpans[] = {U"时间", U"多", U"左右", U"之内", U"以内", U"内"};
  constexpr std::u32string_view kBefore[] = {U"不到", U"近",   U"约", U"不足", U"超过", U"仅用",
                                             U"只用", U"短短", U"仅", U"只需", U"提前"};
  return !quantity.is_within && !starts_with_any(rest(quantity.to), kSpans) &&
         !ends_with_any(before(quantity.from), kBefore);
}

// 三分之一: a part of a whole, to the whole percent.
bool SentenceReader::read_fraction(Quantity& quantity) {
  if (!rest(quantity.to).starts_with(U"分之")) return false;
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

// 三成, 四成五, 两成多
bool SentenceReader::read_tenths(Quantity& quantity) {
  Numeral& numeral = quantity.numeral;
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
  constexpr Half kHalves[] = {
      {U"一半", "percent", Measure::share},      {U"半数", "percent", Measure::share},
      {U"半个月", "months", Measure::duration},  {U"半个多月", "months", Measure::duration},
      {U"半年", "years", Measure::duration},     {U"半小时", "hours", Measure::duration},
      {U"半个小时", "hours", Measure::duration}, {U"半天", "days", Measure::duration},
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
    bool is_share_word =
        previous == U'近' || (previous == U'过' && holds_cue(before(at), Cue::share));
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
  quantity.numeral.value = Decimal(int64_t{2} << power);
  quantity.numeral.step = quantity.numeral.round_step = Decimal(1);
  quantity.numeral.leading_step = Decimal::from_parts(8 << power, 1);
  if (contains(between, U"近")) quantity.numeral.leading_step = quantity.numeral.value;
  add_quantity(std::move(quantity));
  return true;
}

// 5%—8%, 三至五天, 2—3万元, 100万元至150万元.
void SentenceReader::read_range(Quantity& quantity) {
  size_t end = quantity.to;
  const UnitWord* first_unit = unit_at(rest(end));
  size_t dash = end;
  if (!is_dash(char_at(dash)) && first_unit != nullptr) dash = end + first_unit->word.size();
  bool has_unit = dash != end;
  if (!is_dash(char_at(dash))) return;
  size_t second = dash + 1;
  if (char_at(second) == U'—' || char_at(second) == U'-') ++second;
  auto upper = numeral_at(second);
  if (!upper || upper->spread != Spread::none) return;
  std::u32string_view left = before(quantity.from);
  bool is_change = (char_at(dash) == U'至' || char_at(dash) == U'到') &&
                   (contains(left, U"从") || contains(left, U"由"));
  if (is_change) return;
  if (has_unit) {
    const UnitWord* second_unit = unit_at(rest(second + upper->length));
    if (second_unit == nullptr || second_unit->unit != first_unit->unit) return;
  }
  Numeral lower = quantity.numeral;
  if (!has_unit && !lower.has_large_unit && upper->has_large_unit) {
    size_t last = second + upper->length;
    for (size_t i = last; i > second && (char_at(i - 1) == U'万' || char_at(i - 1) == U'亿'); --i) {
      lower.scale(char_at(i - 1) == U'万' ? 10'000 : 100'000'000);
    }
  }
  if (!(upper->value > lower.value)) return;
  quantity.numeral = lower;
  quantity.upper = upper;
  quantity.to = second + upper->length;
}

// 3个多月, 一个半月, 两年半, 一个多小时.
bool SentenceReader::read_open_span(Quantity& quantity) {
  struct Span {
    std::u32string_view word;
    std::string_view unit;
  };
  constexpr Span kOdd[] = {
      {U"个多月", "months"}, {U"个多小时", "hours"}, {U"个多星期", "weeks"}, {U"个余月", "months"}};
  constexpr Span kHalf[] = {
      {U"个半月", "months"}, {U"个半小时", "hours"}, {U"年半", "years"}, {U"天半", "days"}};
  for (const auto& [word, unit] : kOdd) {
    if (!rest(quantity.to).starts_with(word)) continue;
    quantity.numeral.spread = Spread::odd;
    quantity.unit = unit;
    quantity.measure = Measure::duration;
    quantity.to += word.size();
    return true;
  }
  for (const auto& [word, unit] : kHalf) {
    if (!rest(quantity.to).starts_with(word)) continue;
    quantity.numeral = plus_half(quantity.numeral);
    quantity.unit = unit;
    quantity.measure = Measure::duration;
    quantity.to += word.size();
    return true;
  }
  return false;
}

// 4.6和3.1个百分点: the unit stands after the last number.
const UnitWord* SentenceReader::shared_unit(Quantity& quantity) const {
  constexpr size_t kNumbersMax = 8;
  constexpr std::u32string_view kJoints = U"、和与及";
  if (quantity.numeral.is_chinese || quantity.upper) return nullptr;
  size_t at = quantity.to + (char_at(quantity.to) == U'个' ? 1 : 0);
  bool has_point = quantity.numeral.value.scale() > 0;
  for (size_t n = 0; n < kNumbersMax; ++n) {
    char32_t joint = char_at(at);
    if (joint == 0 || kJoints.find(joint) == std::u32string_view::npos) return nullptr;
    auto next = is_digit(char_at(at + 1)) ? numeral_at(at + 1) : std::nullopt;
    if (!next) return nullptr;
    at += 1 + next->length;
    const UnitWord* unit = unit_at(rest(at));
    if (unit == nullptr) continue;
    bool is_alike = unit->unit == "percentage_points" || unit->unit == "percent" ||
                    unit->unit == "times" || unit->measure == Measure::money;
    if (!is_alike && !has_point) return nullptr;
    bool is_scaled = next->has_large_unit && !quantity.numeral.has_large_unit;
    for (size_t i = at; is_scaled && (char_at(i - 1) == U'万' || char_at(i - 1) == U'亿'); --i) {
      quantity.numeral.scale(char_at(i - 1) == U'万' ? 10'000 : 100'000'000);
    }
    return unit;
  }
  return nullptr;
}

// 出游人次达5.01亿: a large number whose unit the noun before it says.
const UnitWord* SentenceReader::unit_of_noun(const Quantity& quantity) const {
  struct Noun {
    std::u32string_view word;
    UnitWord unit;
  };
  static constexpr Noun kNouns[] = {{U"人次", {U"人次", "person_times", Measure::count}},
                                    {U"人数", {U"人", "persons", Measure::count}},
                                    {U"播放量", {U"次", "times", Measure::count}},
                                    {U"阅读量", {U"次", "times", Measure::count}},
                                    {U"浏览量", {U"次", "times", Measure::count}},
                                    {U"点击量", {U"次", "times", Measure::count}}};
  std::u32string_view left = segment(quantity.from);
  constexpr size_t kNear = 12;
  if (left.size() > kNear) left.remove_prefix(left.size() - kNear);
  char32_t next = char_at(quantity.to);
  constexpr std::u32string_view kEnds = U"，、。；,;)”";
  bool is_end = next == 0 || kEnds.find(next) != std::u32string_view::npos;
  if (!quantity.numeral.has_large_unit || !is_end) return nullptr;
  for (const Noun& noun : kNouns) {
    if (contains(left, noun.word)) return &noun.unit;
  }
  return nullptr;
}

// 前50名: a place not behind the fiftieth.
bool SentenceReader::read_best(Quantity& quantity) {
  constexpr std::u32string_view kPlaces[] = {U"名", U"位", U"强"};
  bool is_best = char_before(quantity.from) == U'前' && starts_with_any(rest(quantity.to), kPlaces);
  if (!is_best) return false;
  quantity.to += 1;
  quantity.unit = "rank";
  quantity.measure = Measure::rank;
  return true;
}

bool SentenceReader::read_unit(Quantity& quantity) {
  if (read_open_span(quantity) || read_best(quantity)) return true;
  if (rest(quantity.to).starts_with(U" ")) ++quantity.to;
  const UnitWord* word = unit_at(rest(quantity.to));
  bool is_share_of_unit =
      word == nullptr || (word->word == U"个" && !quantity.numeral.value.is_integer());
  if (is_share_of_unit) word = shared_unit(quantity);
  if (word == nullptr) word = unit_of_noun(quantity);
  if (word == nullptr) return false;
  bool is_point = word->word == U"分" && quantity.numeral.is_chinese;
  bool is_case = word->word == U"起" && char_at(quantity.to - 1) == U'月';
  if (is_point || is_case) return false;
  quantity.measure = word->measure;
  std::u32string_view counter = word->word;
  if (rest(quantity.to).starts_with(counter)) quantity.to += counter.size();
  quantity.unit = word->unit.empty() ? counted_unit(quantity, counter) : std::string(word->unit);
  read_unit_tail(quantity, *word);
  return !quantity.unit.empty();
}

// What may stand after the unit: 多 of 两年多, 内 of 一年内, 人民币.
void SentenceReader::read_unit_tail(Quantity& quantity, const UnitWord& word) {
  constexpr std::u32string_view kOddUnits[] = {U"年", U"倍", U"天", U"公里", U"小时", U"周",
                                               U"斤", U"米", U"亩", U"吨",   U"元"};
  std::u32string_view next = rest(quantity.to);
  bool may_be_odd = quantity.numeral.spread == Spread::none && ends_with_any(word.word, kOddUnits);
  constexpr std::u32string_view kNotMany[] = {U"多家", U"多元", U"多个", U"多项", U"多种", U"多次"};
  if (may_be_odd && next.starts_with(U"多") && !starts_with_any(next, kNotMany)) {
    quantity.numeral.spread = Spread::odd;
    ++quantity.to;
    next = rest(quantity.to);
  }
  if (quantity.measure != Measure::duration) return;
  constexpr std::u32string_view kWithin[] = {U"时间内", U"内", U"时间以内"};
  constexpr std::u32string_view kNotWithin[] = {U"内地", U"内部", U"内容"};
  quantity.is_within = word.word == U"日内" ||
                       (starts_with_any(next, kWithin) && !starts_with_any(next, kNotWithin));
}

// What a counter counts: the noun after it, else the one before, else what the counter suggests.
std::string SentenceReader::counted_unit(const Quantity& quantity,
                                         std::u32string_view counter) const {
  constexpr size_t kAfter = 12, kBefore = 40;
  constexpr std::u32string_view kMoved[] = {U"提升", U"前移", U"上升", U"下降", U"后移", U"跃升"};
  if (counter == U"位" && ends_with_any(before(quantity.from), kMoved)) return "places";
  if (counter == U"名" || counter == U"位") return "persons";
  std::u32string_view after = rest(quantity.to);
  if (after.starts_with(U"“")) {  // 8个“…”平台: what stands in quotes is a name
    size_t close = after.substr(0, 30).find(U'”');
    if (close != std::u32string_view::npos) after.remove_prefix(close + 1);
  }
  after = after.substr(0, kAfter);
  size_t end = after.find_first_of(U"，,、。；;：:（(）)0123456789");
  if (const NounWord* noun = noun_at_or_after(after.substr(0, end))) return std::string(noun->unit);
  std::u32string_view clause = before(quantity.from);
  if (clause.size() > kBefore) clause.remove_prefix(clause.size() - kBefore);
  size_t mark = clause.find_last_of(U"、0123456789");
  if (mark != std::u32string_view::npos) clause.remove_prefix(mark + 1);
  const NounWord* noun = noun_in(clause);
  if (noun != nullptr && counter != U"条") return std::string(noun->unit);
  if (counter == U"家" || counter == U"户") return "enterprises";
  if (counter == U"所") return "universities";
  return "items";
}

}  // namespace wutong::page
