// Claims with their words, intervals and periods.
#include <algorithm>

#include "base/text.hpp"
#include "domain/page/impl/sentence.hpp"

namespace wutong::page {

namespace {

constexpr std::u32string_view kMilestones[] = {
    U"启动", U"开园", U"出台", U"签订", U"签约", U"成立", U"投产", U"来到", U"落户", U"开工",
    U"建成", U"印发", U"获批", U"揭牌", U"进站", U"出站", U"入驻", U"封关", U"挂牌", U"开业"};

constexpr size_t kClausesMax = 12;  // how far back a claim looks for its indicator
constexpr size_t kClauseMax = 120;  // characters kept of each

bool is_discrete(const Claim& claim) {
  return claim.measure == Measure::count || claim.measure == Measure::rank ||
         claim.measure == Measure::ordinal;
}

}  // namespace

void SentenceReader::add_quantity(Quantity quantity) {
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
  bool has_cap = claim.measure == Measure::share && quantity.numeral.value <= Decimal(100);
  claim.interval = interval_of(quantity.numeral, claim.qualifier, is_discrete(claim), has_cap);
  bool is_amount = claim.measure == Measure::count || claim.measure == Measure::money;
  if (is_amount) claim.value = claim.value->normalized();
  if (claim.qualifier == Qualifier::range) {
    const Numeral& numeral = quantity.numeral;
    claim.interval = quantity.upper
                         ? Interval{claim.value, quantity.upper->value, true, true}
                         : Interval{claim.value, numeral.high, true, numeral.is_high_closed};
    claim.value.reset();
  }
  bool is_window = quantity.is_within && claim.qualifier == Qualifier::exact;
  if (is_window) claim.interval = {Decimal(0), claim.value, false, true};
  set_sign(claim, quantity);
  set_against(claim, quantity);
  if (claim.against == Against::years_running) {
    claim.interval = {claim.value, claim.value, true, true};
  }
  at_ = end;
  finish(std::move(claim), quantity.from, end);
  last_end_ = end;
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
  if (measure == Measure::rank || measure == Measure::count) claim.against = Against::peers;
  set_basis(claim, before(from));
  at_ = to;
  finish(std::move(claim), from, to);
  last_end_ = to;
}

void SentenceReader::finish(Claim claim, size_t from, size_t to) {
  const std::vector<uint32_t>& places = paragraph_.text.places;
  claim.story = paragraph_.story;
  claim.start = places[from];
  claim.end = places[to - 1] + 1;
  Span clause = clause_at(from);
  if (claim.before.empty()) claim.before = to_utf8(before(from));
  claim.after = to_utf8(after(to));
  claim.sentence = reading_.sentences.size() - 1;
  auto own = std::lower_bound(clauses_.begin(), clauses_.end(), clause.from,
                              [](const Span& each, size_t at) { return each.from < at; });
  for (; own != clauses_.begin() && claim.earlier.size() < kClausesMax; --own) {
    const Span& earlier = *(own - 1);
    size_t begin = std::max(earlier.from, earlier.to > kClauseMax ? earlier.to - kClauseMax : 0);
    claim.earlier.push_back(to_utf8(text(begin, earlier.to)));
  }
  for (const std::string& earlier : carried_.clauses) {
    if (claim.earlier.size() < kClausesMax) claim.earlier.push_back(earlier);
  }
  bool is_time = claim.measure == Measure::date || claim.measure == Measure::period;
  if (!is_time) set_periods(claim, from);
  reading_.claims.push_back(std::move(claim));
}

void SentenceReader::set_periods(Claim& claim, size_t from) const {
  const TimeWord* nearest = nullptr;
  const TimeWord* first = nullptr;
  for (const TimeWord& time : times_) {
    if (time.from >= from) break;
    bool is_past_origin = time.is_origin && last_end_ > time.to;
    if (time.is_baseline || time.is_date || is_past_origin) continue;
    if (first == nullptr) first = &time;
    nearest = &time;
  }
  if (nearest == nullptr) {
    if (carried_.period) claim.periods.push_back(*carried_.period);
    claim.is_period_carried = carried_.period.has_value();
    return;
  }
  claim.when = to_utf8(text(nearest->from, nearest->to));
  bool is_bare = nearest->has_scope_only && !nearest->is_past_year;
  if (is_bare || !nearest->period) return;
  bool is_near = nearest->from >= clause_at(from).from;
  bool has_two_readings = !is_near && first != nearest && !first->has_scope_only && first->period &&
                          first->period != nearest->period;
  if (has_two_readings) claim.periods.push_back(*first->period);
  claim.periods.push_back(*nearest->period);
}

bool SentenceReader::is_milestone(const TimeWord& word) const {
  if (!word.has_year || !word.period || word.period->kind() != PeriodKind::year) return false;
  size_t end = sentence_.to;
  for (const TimeWord& other : times_) {
    if (other.from > word.from) end = std::min(end, other.from);
  }
  Span clause = clause_at(word.from);
  for (size_t i = first_claim_; i < reading_.claims.size(); ++i) {
    const Claim& claim = reading_.claims[i];
    bool is_here = claim.start > place(word.from) && claim.end <= place(clause.to - 1) + 1;
    if (is_here && (claim.unit == "percent" || claim.measure == Measure::money)) return false;
  }
  return contains_any(text(word.to, end), kMilestones);
}

void SentenceReader::add_times() {
  constexpr size_t kMilestoneChecksMax = 100;  // of one sentence
  size_t checked = 0;
  for (const TimeWord& word : times_) {
    if (word.is_baseline || word.has_scope_only || !word.period) continue;
    Claim claim;
    bool is_date =
        word.is_date || (checked++ < kMilestoneChecksMax && !word.last && is_milestone(word));
    claim.measure = is_date && !word.last ? Measure::date : Measure::period;
    claim.unit = claim.measure == Measure::date ? "date" : "period";
    claim.qualifier = word.is_about ? Qualifier::about : Qualifier::exact;
    claim.first = word.period->first_day();
    claim.last = word.is_about ? PartialDate{*claim.first, DatePrecision::ten_days}.last()
                               : word.last.value_or(word.period->last_day());
    if (word.period->kind() == PeriodKind::since) claim.last.reset();
    if (!word.last) claim.periods = {*word.period};
    claim.when = to_utf8(text(word.from, word.to));
    finish(std::move(claim), word.from, word.to);
  }
}

}  // namespace wutong::page
