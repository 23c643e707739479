// What a number means: its measure, sign, qualifier and what it is compared with.
#include <algorithm>

#include "base/text.hpp"
#include "domain/page/impl/sentence.hpp"

namespace wutong::page {

namespace {

constexpr std::u32string_view kPerTenThousand[] = {U"每万人",     U"每万名",     U"万人有效",
                                                   U"万人发明",   U"万人高价值", U"万人拥有",
                                                   U"万人均有效", U"万人口"};
constexpr std::u32string_view kDaily[] = {U"日产", U"每天", U"每日", U"日均产"};
constexpr std::u32string_view kGap[] = {U"高于", U"低于", U"高出", U"超出", U"领先",
                                        U"快于", U"慢于", U"优于", U"跑赢", U"落后"};
constexpr std::u32string_view kBelow[] = {U"低于", U"慢于", U"落后"};

bool is_change(Cue cue) { return cue != Cue::share && cue != Cue::rate; }

// Without the qualifier and 了 at its end.
std::u32string_view without_qualifier(std::u32string_view clause) {
  while (!clause.empty()) {
    const QualifierWord* word = qualifier_before(clause);
    if (clause.ends_with(U"了")) {
      clause.remove_suffix(1);
    } else if (word != nullptr && clause.ends_with(word->word)) {
      clause.remove_suffix(word->word.size());
    } else {
      break;
    }
  }
  return clause;
}

// 六成受访者, 30%游客: a part of what stands next.
bool is_of_next(std::u32string_view next) {
  constexpr std::u32string_view kNoNoun = U"和及与以左上之到至起()%的，、。；：:,;\"” —-~";
  return !next.empty() && kNoNoun.find(next.front()) == std::u32string_view::npos;
}

// 比 of 同比, 占比, 比重.
bool is_part_of_word(std::u32string_view text, size_t than) {
  constexpr std::u32string_view kFirst = U"同环占按对";
  constexpr std::u32string_view kSecond = U"重例如";
  bool follows = than > 0 && kFirst.find(text[than - 1]) != std::u32string_view::npos;
  bool precedes =
      than + 1 < text.size() && kSecond.find(text[than + 1]) != std::u32string_view::npos;
  return follows || precedes;
}

// 占消费支出的比重(恩格尔系数)为: what stands before the brackets, where they end near the number.
std::u32string_view before_bracket(std::u32string_view clause) {
  size_t close = clause.rfind(U')');
  size_t open = clause.rfind(U'(');
  bool is_near = close != std::u32string_view::npos && open != std::u32string_view::npos &&
                 open < close && clause.size() - close <= 4;
  return is_near ? clause.substr(0, open) : clause;
}

}  // namespace

// The clause between the number before and this one.
std::u32string_view SentenceReader::segment(size_t from) const {
  std::u32string_view clause = before(from);
  size_t own = from > last_end_ ? from - last_end_ : 0;
  if (own < clause.size()) clause.remove_prefix(clause.size() - own);
  return clause;
}

std::optional<Cue> SentenceReader::governing_cue(size_t from) const {
  std::u32string_view own = without_qualifier(segment(from));
  std::u32string_view main = before_bracket(own);
  if (auto cue = last_cue(main); cue && main.size() < own.size()) return cue->cue;
  auto cue = last_cue(own);
  // 占比提升3.8个百分点至54.9%: where it stands now, said of the noun.
  bool is_new_level = !cue && last_end_ > clause_at(from).from && own.size() <= 3 &&
                      (own.starts_with(U"至") || own.starts_with(U"到") || own.starts_with(U"达"));
  if (is_new_level) cue = last_noun_cue(before(from));
  if (!cue) cue = last_cue(before(from));
  return cue ? std::optional(cue->cue) : std::nullopt;
}

Mood SentenceReader::mood_at(size_t at) const {
  Mood mood = carried_.mood;
  for (const FoundMood& found : moods_) {
    if (found.at >= at) break;
    mood = found.mood;
  }
  return mood;
}

Qualifier SentenceReader::qualifier_of(const Quantity& quantity) const {
  bool is_range = quantity.upper || quantity.numeral.spread == Spread::range;
  if (is_range) return Qualifier::range;
  bool is_goal =
      contains(segment(quantity.from), U"目标的") || contains(segment(quantity.from), U"计划的");
  Mood mood = is_goal ? Mood::fact : mood_at(quantity.from);
  if (mood == Mood::expected) return Qualifier::expected;
  if (mood == Mood::target) return Qualifier::target;
  if (quantity.measure == Measure::rank) return Qualifier::at_most;
  if (quantity.numeral.spread == Spread::odd) return Qualifier::odd;
  if (quantity.numeral.spread == Spread::at_least) return Qualifier::at_least;
  if (const QualifierWord* word = qualifier_after(rest(quantity.to))) return word->qualifier;
  const bool is_part = quantity.unit == "percent";
  if (is_part && char_before(quantity.from) == U'前') return Qualifier::at_most;  // 前20%
  if (is_part && char_at(quantity.to) == U'强') return Qualifier::odd;            // 四分之三强
  std::u32string_view clause = segment(quantity.from);
  if (quantity.measure == Measure::multiple && char_at(quantity.from) == U'翻') {
    clause = text(quantity.from, quantity.to - 1);
    while (!clause.empty() && !qualifier_before(clause)) clause.remove_suffix(1);
  }
  const QualifierWord* word = qualifier_before(clause);
  if (word == nullptr) return Qualifier::exact;
  constexpr std::u32string_view kVerbs[] = {U"通过", U"经过", U"超过预期", U"达过", U"来过"};
  bool is_gap = quantity.unit == "percentage_points" && clause.ends_with(word->word) &&
                std::find(std::begin(kGap), std::end(kGap), word->word) != std::end(kGap);
  return is_gap || ends_with_any(clause, kVerbs) ? Qualifier::exact : word->qualifier;
}

void SentenceReader::set_measure(Claim& claim, const Quantity& quantity) const {
  std::u32string_view clause = before(quantity.from);
  if (claim.measure == Measure::share) {
    // 成本下降约三分之一
    const std::u32string_view own = without_qualifier(segment(quantity.from));
    const auto cue = last_cue(own);
    const bool is_growth = contains(text(quantity.from, quantity.to), U"分") && cue &&
                           is_change(cue->cue) && own.size() == cue->to;
    if (is_growth) claim.measure = Measure::yoy;
    return;
  }
  if (claim.unit == "percent" || claim.unit == "per_mille") {
    set_percent(claim, quantity);
  } else if (claim.measure == Measure::pp_change) {
    constexpr std::u32string_view kJoints = U"、和与及以";
    bool goes_on = segment(quantity.from).find_first_not_of(kJoints) == std::u32string_view::npos &&
                   reading_.claims.size() > first_claim_ &&
                   reading_.claims.back().unit == claim.unit;
    if (goes_on) {
      claim.measure = reading_.claims.back().measure;
    } else if (is_gap(quantity.from)) {
      claim.measure = Measure::pp_gap;
    }
  } else if (claim.unit == "times" && claim.measure == Measure::multiple) {
    if (char_at(quantity.from) == U'翻') return;
    auto cue = last_cue(without_qualifier(segment(quantity.from)));
    std::u32string_view own = without_qualifier(segment(quantity.from));
    bool is_growth = cue && is_change(cue->cue) && own.size() - cue->to <= 2;
    if (is_growth) claim.measure = Measure::yoy;
  } else if (claim.unit == "items" && contains_any(clause, kPerTenThousand)) {
    claim.measure = Measure::rate;
    claim.unit = "items_per_10k_persons";
  } else if (contains_any(clause, kDaily) && (claim.unit == "tonnes" || claim.unit == "kg")) {
    claim.unit += "_per_day";
  }
}

void SentenceReader::set_percent(Claim& claim, const Quantity& quantity) const {
  constexpr std::u32string_view kGrowthAfter[] = {U"增幅", U"增速", U"增长", U"涨幅", U"速度"};
  std::u32string_view next = after(quantity.to).substr(0, 10);
  next = next.substr(0, next.find_first_of(U"，。；、,;"));
  if (next.starts_with(U"的") && contains_any(next, kGrowthAfter)) {
    claim.measure = Measure::yoy;
    return;
  }
  // 30%、30%、40%的比例: the noun stands behind the last of them.
  size_t end = quantity.to;
  constexpr size_t kListMax = 60;  // characters
  while (end < quantity.to + kListMax && (char_at(end) == U'、' || char_at(end) == U'和') &&
         numeral_at(end + 1)) {
    end += 1 + numeral_at(end + 1)->length;
    if (char_at(end) == U'%') ++end;
  }
  if (end > quantity.to && rest(end).starts_with(U"的比例")) {
    claim.measure = Measure::share;
    return;
  }
  std::u32string_view own = without_qualifier(segment(quantity.from));
  bool is_rate_after = contains(next, U"率");
  constexpr std::u32string_view kOf[] = {U"的", U"是", U"为", U"以上的", U"以上是", U"左右的"};
  bool is_part = !last_cue(own) && starts_with_any(next, kOf) && !is_rate_after;
  const TimeWord* time = own.size() > 1 ? time_at(quantity.from - 2) : nullptr;
  bool is_after_time = time != nullptr && time->is_origin;  // 由2020年的38%
  if ((own.ends_with(U"的") && !is_after_time) || is_part) {
    claim.measure = Measure::share;
    return;
  }
  if (auto cue = governing_cue(quantity.from)) {
    claim.measure = *cue == Cue::share  ? Measure::share
                    : *cue == Cue::rate ? Measure::rate
                                        : Measure::yoy;
  } else if (contains_any(next, kGrowthAfter)) {
    claim.measure = Measure::yoy;
  } else if (is_of_next(next)) {
    claim.measure = Measure::share;
  } else if (!follows_percent(claim) || is_tenths(quantity)) {
    if (is_tenths(quantity)) claim.measure = Measure::share;  // 收获八成五
  }
}

bool SentenceReader::is_tenths(const Quantity& quantity) const {
  return contains(text(quantity.from, quantity.to), U"成");
}

// Without a word of its own it is what the percentage before it in the sentence is.
bool SentenceReader::follows_percent(Claim& claim) const {
  for (size_t i = reading_.claims.size(); i > first_claim_; --i) {
    const Claim& last = reading_.claims[i - 1];
    if (last.unit != "percent") continue;
    claim.measure = last.measure;
    return true;
  }
  return false;
}

bool SentenceReader::follows_fall() const {
  for (size_t i = reading_.claims.size(); i > first_claim_; --i) {
    const Claim& last = reading_.claims[i - 1];
    if (last.unit == "percent") return last.value && last.value->is_negative();
  }
  return false;
}

// 高于全国, 比全省高: two subjects; 高于去年, 比上月高: two times of one.
bool SentenceReader::is_gap(size_t from) const {
  for (std::u32string_view part : {segment(from), before(from)}) {
    size_t begin = from - part.size();
    size_t gap = std::u32string_view::npos;
    for (auto word : kGap) {
      size_t at = part.rfind(word);
      if (at != std::u32string_view::npos && (gap == std::u32string_view::npos || at > gap)) {
        gap = at;
      }
    }
    if (gap != std::u32string_view::npos) {
      constexpr std::u32string_view kTimes[] = {U"去年", U"上年", U"上月", U"同期", U"上半年"};
      return time_at(begin + gap + 2) == nullptr && !starts_with_any(part.substr(gap + 2), kTimes);
    }
    const size_t with = part.find_last_of(U"与和同");
    const bool is_beside =
        with != std::u32string_view::npos && contains(part.substr(with), U"相比");
    if (is_beside) {  // 与企业相比仍有近40个百分点
      const TimeWord* time = time_at(begin + with + 1);
      return time == nullptr;
    }
    constexpr std::u32string_view kMore[] = {U"高", U"低", U"快", U"慢", U"多"};
    constexpr std::u32string_view kMoves[] = {U"提高", U"降低", U"加快", U"增多", U"放慢"};
    std::u32string_view words = without_qualifier(part);
    size_t than = part.find_last_of(U"比较");
    while (than != std::u32string_view::npos && is_part_of_word(part, than)) {
      than = than == 0 ? std::u32string_view::npos : part.substr(0, than).find_last_of(U"比较");
    }
    bool is_compared = than != std::u32string_view::npos && ends_with_any(words, kMore) &&
                       !ends_with_any(words, kMoves);
    if (is_compared) {
      const TimeWord* time = time_at(begin + than);
      bool is_plan_period = contains(part.substr(than), U"五”");
      return !is_plan_period && (time == nullptr || !time->is_baseline);
    }
    if (last_cue(part)) return false;
  }
  return false;
}

void SentenceReader::set_sign(Claim& claim, const Quantity& quantity) const {
  bool is_printed = claim.value && claim.value->is_negative();
  if (is_printed) return;
  bool is_growth = claim.measure == Measure::yoy && char_at(quantity.from) != U'翻';
  bool falls = false;
  auto cue = governing_cue(quantity.from);
  std::u32string_view clause = before(quantity.from);
  if (is_growth) {
    falls = cue && (*cue == Cue::fall || *cue == Cue::fall_amount || *cue == Cue::narrow);
    if (!cue) falls = follows_fall();
  } else if (claim.measure == Measure::pp_gap) {
    falls =
        contains_any(clause, kBelow) || without_qualifier(segment(quantity.from)).ends_with(U"低");
  } else if (claim.measure == Measure::pp_change && cue) {
    constexpr std::u32string_view kRises[] = {U"涨幅", U"增幅", U"增速", U"升幅", U"差距"};
    const bool is_of_fall = contains(clause, U"降幅") || contains(clause, U"跌幅") ||
                            (!contains_any(clause, kRises) && follows_fall());  // 下降5%，较…收窄
    falls = *cue == Cue::fall || *cue == Cue::fall_amount || (*cue == Cue::narrow && !is_of_fall) ||
            (*cue == Cue::widen && is_of_fall);
  }
  claim.is_change = is_amount_of_change(claim, quantity);
  falls = falls || (claim.is_change && cue && *cue == Cue::fall);
  if (!falls) return;
  if (claim.value) claim.value = claim.value->negated();
  claim.interval = negated(claim.interval);
}

// 比上年减少46.3亿元, 较上年末增加1.04万人: by how much, not how much there is.
bool SentenceReader::is_amount_of_change(const Claim& claim, const Quantity& quantity) const {
  const bool is_amount = claim.measure == Measure::money || claim.measure == Measure::area ||
                         claim.measure == Measure::count || claim.measure == Measure::level ||
                         claim.measure == Measure::duration;
  if (!is_amount) return false;
  const std::u32string_view own = without_qualifier(segment(quantity.from));
  const auto cue = last_cue(own);
  const bool is_direct =
      cue && own.size() == cue->to && (cue->cue == Cue::rise || cue->cue == Cue::fall);
  if (!is_direct) return false;
  constexpr std::u32string_view kFalls[] = {U"减少", U"减产", U"增产", U"便宜了", U"便宜"};
  if (ends_with_any(own, kFalls)) return true;
  const std::u32string_view clause = before(quantity.from);
  size_t than = clause.find_last_of(U"比较");
  while (than != std::u32string_view::npos && is_part_of_word(clause, than)) {
    than = than == 0 ? std::u32string_view::npos : clause.substr(0, than).find_last_of(U"比较");
  }
  constexpr std::u32string_view kThan[] = {U"同比", U"环比"};
  return than != std::u32string_view::npos || contains_any(own, kThan);
}

void SentenceReader::set_basis(Claim& claim, std::u32string_view clause) const {
  constexpr std::u32string_view kPeriodBefore[] = {U"环比", U"比上月", U"较上月", U"比上季度"};
  constexpr std::u32string_view kAverage[] = {U"年均", U"年平均", U"年复合"};
  if (claim.measure != Measure::yoy) return;
  claim.basis = Basis::year_before;
  if (contains_any(clause, kPeriodBefore)) claim.basis = Basis::period_before;
  if (contains_any(clause, kAverage)) claim.basis = Basis::annual_average;
  if (contains(clause, U"两年平均")) claim.basis = Basis::two_year_average;
}

void SentenceReader::set_against(Claim& claim, const Quantity& quantity) const {
  std::u32string_view clause = before(quantity.from);
  set_basis(claim, clause);
  if (claim.measure == Measure::pp_change) {
    claim.against = Against::month_before;
    constexpr std::u32string_view kYear[] = {U"同比",   U"去年同期", U"上年同期", U"比上年",
                                             U"较上年", U"比去年",   U"较去年",   U"上年末"};
    if (contains_any(clause, kYear)) claim.against = Against::year_before;
    if (contains(clause, U"上半年")) claim.against = Against::half_before;
    if (contains(clause, U"季度")) claim.against = Against::quarter_before;
  } else if (claim.measure == Measure::pp_gap || claim.measure == Measure::multiple) {
    claim.against = Against::area;
    claim.reference = claim.before;
  } else if (claim.measure == Measure::share && contains(clause, U"占")) {
    size_t at = clause.rfind(U"占");
    claim.reference = to_utf8(clause.substr(at));
    constexpr std::u32string_view kWholes[] = {U"全国", U"全省", U"全市", U"省", U"市", U"总数"};
    if (contains_any(clause.substr(at), kWholes)) claim.against = Against::area;
  } else if (claim.measure == Measure::yoy && contains(clause, U"均") &&
             claim.basis == Basis::year_before) {
    claim.against = Against::each_quarter;
  } else if (claim.measure == Measure::duration && clause.ends_with(U"连续")) {
    claim.against = Against::years_running;
  }
}

}  // namespace wutong::page
