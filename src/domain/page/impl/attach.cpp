// What a number means: its measure, sign, qualifier, comparison, period and list.
#include <algorithm>

#include "base/text.hpp"
#include "domain/page/impl/sentence.hpp"

namespace wutong::page {

namespace {

constexpr std::u32string_view kGrowth[] = {U"增长", U"增幅", U"增速", U"下降", U"减少", U"降低",
                                           U"同比", U"下跌", U"上涨", U"上升", U"回落", U"增加"};
constexpr std::u32string_view kFall[] = {U"下降", U"减少", U"降低", U"负增长",
                                         U"下跌", U"回落", U"下滑"};
constexpr std::u32string_view kShare[] = {U"占", U"比重", U"份额"};
constexpr std::u32string_view kGap[] = {U"高于", U"低于", U"高出", U"超出",
                                        U"领先", U"快于", U"慢于"};
constexpr std::u32string_view kBelow[] = {U"低于", U"慢于"};
constexpr std::u32string_view kPerTenThousand[] = {U"万人", U"万名"};
constexpr std::u32string_view kDaily[] = {U"日产", U"每天", U"每日"};
constexpr std::u32string_view kExpected[] = {U"预计", U"有望", U"预期"};
constexpr std::u32string_view kTarget[] = {U"力争", U"目标", U"计划", U"确保", U"到2030年"};
constexpr std::u32string_view kMilestones[] = {U"启动", U"开园", U"出台", U"签订", U"签约", U"成立",
                                               U"投产", U"来到", U"落户", U"开工", U"建成", U"印发",
                                               U"获批", U"揭牌", U"进站", U"出站", U"入驻"};

constexpr size_t kClausesMax = 12;  // how far back a claim looks for its indicator

bool is_discrete(const Claim& claim) {
  return claim.measure == Measure::count || claim.measure == Measure::rank ||
         claim.measure == Measure::ordinal;
}

}  // namespace

void SentenceReader::add(Quantity quantity) {
  Claim claim;
  claim.unit = quantity.unit;
  claim.measure = quantity.measure;
  claim.value = quantity.numeral.value;
  claim.before = to_utf8(before(quantity.from));
  size_t end = quantity.to;
  set_measure(claim, quantity);
  claim.qualifier = qualifier_of(quantity);
  if (const QualifierWord* after = qualifier_after(rest(quantity.to))) {
    end += after->word.size();
  }
  bool has_cap = claim.measure == Measure::share;
  claim.interval =
      interval_of(*claim.value, quantity.numeral, claim.qualifier, is_discrete(claim), has_cap);
  if (quantity.upper) {
    claim.qualifier = Qualifier::range;
    claim.interval = {claim.value, quantity.upper->value, true, true};
    claim.value.reset();
  }
  set_sign(claim);
  set_against(claim);
  if (claim.against == Against::years_running) {
    claim.interval = {claim.value, claim.value, true, true};
  }
  claim.end = end;
  at_ = end;
  finish(std::move(claim), quantity.from, end);
}

void SentenceReader::add_word(size_t from, size_t to, int64_t value, Measure measure,
                              std::string unit, Qualifier qualifier) {
  Claim claim;
  claim.measure = measure;
  claim.unit = std::move(unit);
  claim.value = Decimal(value);
  claim.qualifier = qualifier;
  claim.before = to_utf8(before(from));
  claim.interval = qualifier == Qualifier::at_least
                       ? Interval{claim.value, {}, true, false}
                       : Interval{claim.value, claim.value, true, true};
  if (measure == Measure::rank || claim.unit == "counties_and_districts") {
    claim.against = Against::peers;
  } else {
    set_against(claim);
  }
  at_ = to;
  finish(std::move(claim), from, to);
}

void SentenceReader::finish(Claim claim, size_t from, size_t to) {
  const std::vector<uint32_t>& places = paragraph_.text.places;
  claim.story = paragraph_.story;
  claim.start = places[from];
  claim.end = places[to - 1] + 1;
  claim.quote = paragraph_.text.slice(from, to);
  Span clause = clause_at(from);
  if (claim.before.empty()) claim.before = to_utf8(before(from));
  claim.after = to_utf8(text(to, std::max(to, clause.to)));
  claim.sentence = reading_.sentences.size() - 1;
  for (size_t i = clauses_.size(); i > 0 && claim.earlier.size() < kClausesMax; --i) {
    if (clauses_[i - 1].to > clause.from) continue;
    claim.earlier.push_back(to_utf8(text(clauses_[i - 1].from, clauses_[i - 1].to)));
  }
  for (const std::string& earlier : carried_.clauses) {
    if (claim.earlier.size() < kClausesMax) claim.earlier.push_back(earlier);
  }
  bool is_time = claim.measure == Measure::date || claim.measure == Measure::period;
  if (!is_time) set_periods(claim, from);
  reading_.claims.push_back(std::move(claim));
}

void SentenceReader::set_measure(Claim& claim, const Quantity& quantity) const {
  std::u32string_view clause = before(quantity.from);
  if (claim.unit == "percent" || claim.unit == "per_mille") {
    set_rate(claim);
  } else if (claim.unit == "percentage_points" && contains_any(clause, kGap)) {
    claim.measure = Measure::pp_gap;
  } else if (claim.unit == "items" && contains_any(clause, kPerTenThousand)) {
    claim.measure = Measure::rate;
    claim.unit = "items_per_10k_persons";
  } else if (claim.unit == "tonnes" && contains_any(clause, kDaily)) {
    claim.unit = "tonnes_per_day";
  }
}

void SentenceReader::set_rate(Claim& claim) const {
  std::u32string clause = to_code_points(claim.before);
  size_t growth = 0, share = 0;
  for (auto word : kGrowth) growth = std::max(growth, clause.rfind(word) + 1);
  for (auto word : kShare) share = std::max(share, clause.rfind(word) + 1);
  constexpr std::u32string_view kRises[] = {U"增至",   U"升至",   U"提高到",
                                            U"提高至", U"提升至", U"达到"};
  bool is_level = contains_any(clause, kRises);
  std::u32string after(rest(at_).substr(0, 14));
  size_t stop = after.find_first_of(U"，。；、");
  after.resize(std::min(after.size(), stop));
  constexpr std::u32string_view kAfter[] = {U"增幅", U"增速", U"增长"};
  bool grows_after = contains_any(after, kAfter);
  constexpr std::u32string_view kRates[] = {U"率", U"强度", U"程度", U"比例"};
  if (share > 0 && (share > growth || is_level)) {
    claim.measure = Measure::share;
  } else if (growth > 0 || grows_after) {
    claim.measure = Measure::yoy;
  } else if (contains_any(clause, kRates)) {
    claim.measure = Measure::rate;
  } else if (reading_.claims.size() > first_claim_) {
    for (size_t i = reading_.claims.size(); i > first_claim_; --i) {
      const Claim& last = reading_.claims[i - 1];
      if (last.unit != "percent") continue;
      claim.measure = last.measure;
      return;
    }
  }
}

Qualifier SentenceReader::qualifier_of(const Quantity& quantity) const {
  std::u32string_view clause = before(quantity.from);
  if (contains_any(clause, kExpected)) return Qualifier::expected;
  if (contains_any(clause, kTarget)) return Qualifier::target;
  if (quantity.is_odd) return Qualifier::odd;
  if (const QualifierWord* word = qualifier_after(rest(quantity.to))) return word->qualifier;
  if (const QualifierWord* word = qualifier_before(clause)) {
    bool is_gap =
        quantity.unit == "percentage_points" && (word->word == U"高于" || word->word == U"低于");
    if (!is_gap) return word->qualifier;
  }
  return Qualifier::exact;
}

void SentenceReader::set_sign(Claim& claim) const {
  std::u32string clause = to_code_points(claim.before);
  constexpr std::u32string_view kNarrower[] = {U"收窄", U"扩大", U"提高",
                                               U"提升", U"加快", U"回升"};
  bool falls = claim.measure == Measure::yoy && contains_any(clause, kFall);
  if (claim.measure == Measure::pp_gap) falls = contains_any(clause, kBelow);
  if (claim.measure == Measure::pp_change) {
    falls = contains_any(clause, kFall) && !contains_any(clause, kNarrower);
  }
  if (!falls || !claim.value) return;
  claim.value = claim.value->negated();
  Interval turned;
  if (claim.interval.high) turned.low = claim.interval.high->negated();
  if (claim.interval.low) turned.high = claim.interval.low->negated();
  turned.is_low_closed = claim.interval.is_high_closed;
  turned.is_high_closed = claim.interval.is_low_closed;
  claim.interval = turned;
}

void SentenceReader::set_against(Claim& claim) const {
  std::u32string clause = to_code_points(claim.before);
  if (claim.measure == Measure::pp_change) {
    claim.against = Against::month_before;
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
  } else if (claim.measure == Measure::yoy && contains(clause, U"均")) {
    claim.against = Against::each_quarter;
  } else if (claim.measure == Measure::duration && clause.ends_with(U"连续")) {
    claim.against = Against::years_running;
  }
}

void SentenceReader::set_periods(Claim& claim, size_t from) const {
  const TimeWord* nearest = nullptr;
  const TimeWord* first = nullptr;
  for (const TimeWord& time : times_) {
    if (time.is_baseline || time.is_date || time.from >= from) continue;
    if (first == nullptr) first = &time;
    nearest = &time;
  }
  if (nearest == nullptr) {
    if (carried_.period) claim.periods.push_back(*carried_.period);
    claim.is_period_carried = carried_.period.has_value();
    return;
  }
  if (nearest->has_scope_only) return;
  bool is_near = nearest->from >= clause_at(from).from;
  bool has_two_readings =
      !is_near && first != nearest && !first->has_scope_only && !(first->period == nearest->period);
  if (has_two_readings) claim.periods.push_back(first->period);
  claim.periods.push_back(nearest->period);
}

bool SentenceReader::is_milestone(const TimeWord& word) const {
  if (!word.has_year || word.period.kind() != PeriodKind::year) return false;
  size_t end = sentence_.to;
  for (const TimeWord& other : times_) {
    if (other.from > word.from) end = std::min(end, other.from);
  }
  Span clause = clause_at(word.from);
  for (size_t i = first_claim_; i < reading_.claims.size(); ++i) {
    const Claim& claim = reading_.claims[i];
    bool is_here = claim.start > paragraph_.text.places[word.from] &&
                   claim.end <= paragraph_.text.places[clause.to - 1] + 1;
    if (is_here && (claim.unit == "percent" || claim.measure == Measure::money)) return false;
  }
  return contains_any(text(word.to, end), kMilestones);
}

void SentenceReader::add_times() {
  for (const TimeWord& word : times_) {
    if (word.is_baseline || word.has_scope_only) continue;
    Claim claim;
    bool is_date = word.is_date || is_milestone(word);
    claim.measure = is_date ? Measure::date : Measure::period;
    claim.unit = is_date ? "date" : "period";
    claim.qualifier = word.is_about ? Qualifier::about : Qualifier::exact;
    claim.first = word.period.first_day();
    claim.last = word.is_about ? PartialDate{*claim.first, DatePrecision::ten_days}.last()
                               : word.period.last_day();
    if (word.period.kind() == PeriodKind::since) claim.last.reset();
    claim.periods = {word.period};
    finish(std::move(claim), word.from, word.to);
  }
}

// "甲、乙、丙分别…1、2、3": names and values by position.
void SentenceReader::add_lists() {
  std::u32string_view sentence = text(sentence_.from, sentence_.to);
  size_t at = sentence.find(U"分别");
  if (at == std::u32string_view::npos) return;
  at += sentence_.from;
  NameList list;
  std::u32string_view names = before(at);
  while (true) {
    size_t mark = names.find(U'、');
    list.names.push_back(to_utf8(names.substr(0, mark)));
    if (mark == std::u32string_view::npos) break;
    names.remove_prefix(mark + 1);
  }
  size_t end = clause_at(at).to;
  size_t from_place = paragraph_.text.places[at];
  size_t to_place = paragraph_.text.places[end - 1] + 1;
  for (size_t i = first_claim_; i < reading_.claims.size(); ++i) {
    const Claim& claim = reading_.claims[i];
    if (claim.start < from_place || claim.end > to_place) continue;
    if (claim.measure == Measure::date || claim.measure == Measure::period) continue;
    list.claims.push_back(i);
  }
  if (list.names.size() < 2 || list.claims.size() < 2) return;
  for (size_t position = 0; position < list.claims.size(); ++position) {
    Claim& claim = reading_.claims[list.claims[position]];
    claim.list = reading_.lists.size();
    if (position < list.names.size()) claim.list_name = list.names[position];
  }
  reading_.lists.push_back(std::move(list));
}

void SentenceReader::carry() {
  for (const TimeWord& time : times_) {
    if (time.is_baseline || time.is_date) continue;
    carried_.period.reset();
    if (!time.has_scope_only) carried_.period = time.period;
  }
  for (const Span& clause : clauses_) {
    carried_.clauses.insert(carried_.clauses.begin(), to_utf8(text(clause.from, clause.to)));
  }
  if (carried_.clauses.size() > kClausesMax) carried_.clauses.resize(kClausesMax);
}

}  // namespace wutong::page
