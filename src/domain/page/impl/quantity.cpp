// A number with its unit: ranges, fractions, tenths, halves, doublings, spans of time.
#include <algorithm>

#include "base/text.hpp"
#include "domain/page/impl/sentence.hpp"

namespace wutong::page {

namespace {

constexpr std::u32string_view kDashes = U"—-~至到";

bool is_dash(char32_t c) { return c != 0 && kDashes.find(c) != std::u32string_view::npos; }

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
    if (!numeral && rest(at + 3).starts_with(U"百")) {  // 百分之百
      numeral.emplace();
      numeral->value = Decimal(100);
      numeral->step = numeral->round_step = numeral->leading_step = Decimal(1);
      numeral->length = 1;
    }
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
  if (read_structure(quantity)) return true;
  bool is_read = read_ratio(quantity) || read_fraction(quantity) || read_tenths(quantity);
  if (!is_read) {
    read_range(quantity);
    is_read = read_unit(quantity);
  }
  bool is_name = is_read && (is_article(quantity) || is_enclosed(quantity.from, quantity.to));
  is_name = is_name || (is_read && is_part_of_name(quantity, previous));
  at_ = is_read ? quantity.to : after_number;
  if (is_read && !is_name) add_quantity(std::move(quantity));
  return true;
}

// 千万箱级, 88号3幢, 两个千亿元台阶, 2025届, 二期项目, 13时28分, 五周年, 五年来: no figures.
bool SentenceReader::is_part_of_name(const Quantity& quantity, char32_t previous) const {
  constexpr std::u32string_view kAfter[] = {U"俱乐部", U"级"};
  constexpr std::u32string_view kHeld[] = {U"办",   U"办了", U"共",   U"计",   U"续", U"展",
                                           U"展了", U"第",   U"出了", U"行了", U"每", U"满"};
  constexpr std::u32string_view kAdverbs[] = {U"来", U"间", U"前", U"后", U"里"};
  const std::u32string_view next = rest(quantity.to);
  const Numeral& numeral = quantity.numeral;
  if (starts_with_any(next, kAfter) || previous == U'号' || previous == U'时') return true;
  if (previous == U'个' && quantity.measure == Measure::money) return true;
  const std::u32string_view word =
      text(std::min(quantity.from + numeral.length, quantity.to), quantity.to);
  const bool is_year = numeral.value >= Decimal(1900) && numeral.value < Decimal(2100);
  if (word == U"届" && is_year) return true;
  const bool is_small =
      numeral.is_chinese && numeral.value <= Decimal(10) && char_at(quantity.from) != U'两';
  if (word == U"期" && is_small && !ends_with_any(before(quantity.from), kHeld)) return true;
  if (word.starts_with(U"周年")) return true;
  // 16—59岁 is who is counted.
  if (word == U"岁" && is_dash(previous)) return true;
  constexpr std::u32string_view kBeside = U"比较在";
  const bool is_first = quantity.from <= clause_at(quantity.from).from ||
                        (previous != 0 && kBeside.find(previous) != std::u32string_view::npos);
  return is_first && word == U"年" && numeral.is_chinese && starts_with_any(next, kAdverbs);
}

// 为-1.2%: a sign, not a dash. 减负1亿元: no sign.
bool SentenceReader::is_negative(size_t at) const {
  char32_t sign = char_before(at);
  constexpr std::u32string_view kNoSign = U"减担肩抱背自胜欠抵";
  if (sign == U'负') return kNoSign.find(char_before(at - 1)) == std::u32string_view::npos;
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
  const size_t source = left.find_last_of(U"从由");
  bool is_change = (char_at(dash) == U'至' || char_at(dash) == U'到') &&
                   source != std::u32string_view::npos &&
                   left.find_first_of(U"至到", source) == std::u32string_view::npos;
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
    if (!is_alike && !has_point && !quantity.numeral.has_large_unit) return nullptr;
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
  static constexpr Noun kNouns[] = {{U"人口", {U"人", "persons", Measure::count}},
                                    {U"票房", {U"元", "CNY", Measure::money}},
                                    {U"善款", {U"元", "CNY", Measure::money}},
                                    {U"销售额", {U"元", "CNY", Measure::money}},
                                    {U"成交额", {U"元", "CNY", Measure::money}},
                                    {U"营收", {U"元", "CNY", Measure::money}},
                                    {U"投资额", {U"元", "CNY", Measure::money}},
                                    {U"人次", {U"人次", "person_times", Measure::count}},
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

// 商务活动指数51.6, 收入比由2.45降至2.39: numbers without a unit that their noun explains.
bool SentenceReader::read_index(Quantity& quantity) const {
  constexpr std::u32string_view kIndexes[] = {U"指数", U"指数为", U"指数达", U"指数达到",
                                              U"指数是"};
  constexpr std::u32string_view kRatios[] = {U"收入比", U"收入比为", U"收入比由", U"收入比从",
                                             U"倍率",   U"倍率为",   U"倍率达",   U"供求比为"};
  constexpr std::u32string_view kMoved[] = {U"降至", U"降到", U"降为",   U"缩小至", U"缩小到",
                                            U"升至", U"升到", U"提高到", U"扩大到", U"上升到"};
  constexpr std::u32string_view kEnds = U"，。、；,;)）降缩升提扩上";
  const char32_t next = char_at(quantity.to);
  const bool is_end = next == 0 || kEnds.find(next) != std::u32string_view::npos;
  if (!is_end || quantity.numeral.is_chinese || quantity.numeral.has_large_unit) return false;
  const std::u32string_view left = before(quantity.from), own = segment(quantity.from);
  const bool goes_on =
      starts_with_any(own, kMoved) && own.size() <= 3 && reading_.claims.size() > first_claim_;
  std::string unit = goes_on ? reading_.claims.back().unit : std::string();
  if (unit != "index" && unit != "ratio") unit.clear();
  if (ends_with_any(left, kIndexes)) unit = "index";
  if (ends_with_any(left, kRatios)) unit = "ratio";
  if (unit.empty()) return false;
  quantity.unit = unit;
  quantity.measure = Measure::level;
  return true;
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
  if (read_open_span(quantity) || read_best(quantity) || read_spoken(quantity)) return true;
  if (rest(quantity.to).starts_with(U" ")) ++quantity.to;
  const UnitWord* word = unit_at(rest(quantity.to));
  bool is_share_of_unit =
      word == nullptr || (word->word == U"个" && !quantity.numeral.value.is_integer());
  if (is_share_of_unit) word = shared_unit(quantity);
  if (word == nullptr) word = unit_of_noun(quantity);
  if (word == nullptr) return read_index(quantity);
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
                                               U"斤", U"米", U"亩", U"吨",   U"元",   U"块"};
  std::u32string_view next = rest(quantity.to);
  bool may_be_odd = quantity.numeral.spread == Spread::none && ends_with_any(word.word, kOddUnits);
  constexpr std::u32string_view kNotMany[] = {U"多家", U"多元", U"多个", U"多项", U"多种",
                                              U"多次", U"多收", U"多产", U"多赚"};
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
