#include "domain/page/impl/judging.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace wutong::page {

using indicator::Comparison;
using indicator::ComparisonKind;
using indicator::Definition;
using indicator::Figure;

namespace {

bool holds_word(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

}  // namespace

ZoneJudge::ZoneJudge(const ZoneRecords& records, const Reading& reading, std::optional<Date> day)
    : records_(records), reading_(reading), names_(records) {
  Date last = records.entry_times.empty() ? Date() : records.entry_times.back().day();
  day_ = day ? *day : last;
}

// Could these words speak of this indicator?
bool ZoneJudge::suits(const Definition& definition, const Claim& claim) const {
  bool is_ratio = definition.kind == indicator::Kind::ratio;
  std::string_view unit = definition.unit.code();
  switch (claim.measure) {
    case Measure::money:
    case Measure::area:
    case Measure::count:
    case Measure::level:
      return claim.against == Against::peers || unit == claim.unit ||
             definition.unit.base().code() == claim.unit;
    case Measure::rate:
      return is_ratio && unit == claim.unit;
    case Measure::share:
      return claim.against == Against::area ? !is_ratio : is_ratio && unit == claim.unit;
    case Measure::yoy:
    case Measure::pp_change:
    case Measure::pp_gap:
      return !is_ratio;
    case Measure::multiple:
    case Measure::rank:
    case Measure::duration:
      return true;
    case Measure::ordinal:
    case Measure::date:
    case Measure::period:
      break;
  }
  return false;
}

// The indicator that the words name: by position in a list, in the clause itself, or in what came
// before it. Several where the clause says something of all of them.
std::optional<std::vector<const Definition*>> ZoneJudge::definitions_of(const Claim& claim) const {
  auto suiting = [&](std::string_view text) {
    std::vector<const Definition*> out;
    for (const FoundIndicator& found : names_.indicators_in(text)) {
      if (suits(*found.definition, claim)) out.push_back(found.definition);
    }
    return out;
  };
  if (!claim.list_name.empty()) {
    auto found = suiting(claim.list_name);
    if (!found.empty()) return std::vector{found.back()};
  }
  auto found = suiting(claim.before);
  if (found.size() > 1 && claim.against == Against::each_quarter) return found;
  if (!found.empty()) return std::vector{found.back()};
  for (const std::string& clause : claim.earlier) {
    found = suiting(clause);
    if (!found.empty()) return std::vector{found.back()};
  }
  return std::nullopt;
}

// Indicators of the same kind that a doubled name may have meant.
std::vector<const Definition*> ZoneJudge::instead_of(const Definition& named,
                                                     const Claim& claim) const {
  std::vector<const Definition*> out;
  if (!claim.list) return out;
  const NameList& list = reading_.lists[*claim.list];
  bool is_doubled = std::count(list.names.begin(), list.names.end(), claim.list_name) > 1;
  if (!is_doubled) return out;
  for (const Definition& other : records_.catalog->indicators->all()) {
    bool is_alike = &other != &named && other.kind == named.kind && other.unit == named.unit &&
                    other.register_index == named.register_index && suits(other, claim);
    if (!is_alike) continue;
    bool is_named = std::any_of(list.names.begin(), list.names.end(), [&](const std::string& name) {
      auto found = names_.indicators_in(name);
      return !found.empty() && found.back().definition == &other;
    });
    if (!is_named) out.push_back(&other);
  }
  return out;
}

std::optional<Comparison> ZoneJudge::against_area(ComparisonKind kind, const std::string& words,
                                                  Judgement& out) const {
  Comparison comparison;
  comparison.kind = kind;
  if (auto level = names_.level_in(words)) {
    comparison.argument = *level;
    return comparison;
  }
  out.reason = {"没有读出与哪个地区相比", "the area that it is compared with is not named"};
  return std::nullopt;
}

const Claim* ZoneJudge::threshold_of(size_t index) const {
  const Claim& claim = reading_.claims[index];
  for (size_t i = index + 1; i < reading_.claims.size() && i <= index + 2; ++i) {
    const Claim& next = reading_.claims[i];
    bool is_here = next.sentence == claim.sentence && next.unit == "percent" && next.value;
    if (is_here && holds_word(next.before, "唯一")) return &next;
  }
  return nullptr;
}

std::optional<Comparison> ZoneJudge::comparison_of(size_t index, const Definition& definition,
                                                   const Period* period, Judgement& out) const {
  const Claim& claim = reading_.claims[index];
  Comparison comparison;
  bool is_whole_quarters = period != nullptr && period->kind() != PeriodKind::quarter &&
                           period->kind() != PeriodKind::month;
  switch (claim.measure) {
    case Measure::yoy:
      comparison.kind = ComparisonKind::yoy;
      if (claim.against == Against::each_quarter && is_whole_quarters) {
        comparison.kind = ComparisonKind::minimum;
        comparison.argument = "quarter";
      }
      return comparison;
    case Measure::pp_change:
      comparison.kind = ComparisonKind::change_pp;
      comparison.argument = claim.against == Against::half_before      ? "half"
                            : claim.against == Against::quarter_before ? "quarter"
                                                                       : "month";
      return comparison;
    case Measure::pp_gap:
      return against_area(ComparisonKind::gap_pp, claim.reference, out);
    case Measure::multiple:
      return against_area(ComparisonKind::multiple, claim.reference, out);
    case Measure::share:
      if (claim.against != Against::area) return comparison;
      return against_area(ComparisonKind::share, claim.reference, out);
    case Measure::rank:
      comparison.kind = ComparisonKind::rank;
      comparison.argument = names_.own_level();
      return comparison;
    case Measure::duration:
      if (claim.against != Against::years_running) break;
      comparison.kind = ComparisonKind::streak;
      return comparison;
    case Measure::count:
      if (claim.against != Against::peers) return comparison;
      if (const Claim* threshold = threshold_of(index)) {
        comparison.kind = ComparisonKind::only_one_above;
        comparison.argument = names_.own_level();
        comparison.threshold = *threshold->value;
        return comparison;
      }
      out.reason = {"“唯一”需要一个界限和其他地区的数",
                    "\"the only one\" needs a threshold and the others"};
      return std::nullopt;
    case Measure::money:
    case Measure::area:
    case Measure::level:
    case Measure::rate:
      return comparison;
    case Measure::ordinal:
    case Measure::date:
    case Measure::period:
      break;
  }
  static_cast<void>(definition);
  out.reason = {"没有登记簿记录这类说法", "no register records a statement of this kind"};
  return std::nullopt;
}

ZoneJudge::Answer ZoneJudge::ask(const Definition& definition, const Period& period,
                                 const Comparison& comparison) const {
  Answer out;
  out.question.zone = records_.catalog->zone.zone;
  out.question.indicator = definition.name;
  out.question.period = period;
  out.question.comparison = comparison;
  auto figure = records_.figures->figure(*records_.state, out.question);
  if (!figure) {
    out.missing = {figure.error().zh, figure.error().en};
  } else if (figure->status == indicator::Status::value) {
    out.figure = std::move(*figure);
  } else {
    out.missing = figure->missing.zh.empty() ? figure->words : figure->missing;
  }
  return out;
}

// Periods that end by the day of the text, the newest first.
std::vector<Period> ZoneJudge::newest_periods() const {
  constexpr int kMonths = 14, kYears = 8;
  std::vector<Period> out;
  Month month = Month::of(day_);
  if (day_ != month.last_day()) month = month.plus(-1);
  for (int back = 0; back < kMonths; ++back) {
    Month at = month.plus(-back);
    out.push_back(*Period::cumulative(at.year(), at.month()));
    out.push_back(Period::as_of(at.last_day()));
    if (at.month() == 12) out.push_back(Period::of_year(at.year()));
  }
  for (int back = 1; back < kYears; ++back) out.push_back(Period::of_year(day_.year() - back));
  return out;
}

std::optional<ZoneJudge::Answer> ZoneJudge::newest_answer(size_t index,
                                                          const Definition& definition,
                                                          Judgement& out) const {
  std::optional<Answer> first;
  for (const Period& period : newest_periods()) {
    auto comparison = comparison_of(index, definition, &period, out);
    if (!comparison) return std::nullopt;
    bool is_year = period.kind() == PeriodKind::year;
    if (comparison->kind == ComparisonKind::streak && !is_year) continue;
    Answer answer = ask(definition, period, *comparison);
    if (answer.figure) return answer;
    if (!first) first = std::move(answer);
  }
  return first;
}

std::optional<ZoneJudge::Answer> ZoneJudge::answer(size_t index, const Definition& definition,
                                                   const Period* period, Judgement& out) const {
  const Claim& claim = reading_.claims[index];
  if (period == nullptr) return newest_answer(index, definition, out);
  auto comparison = comparison_of(index, definition, period, out);
  if (!comparison) return std::nullopt;
  Answer given = ask(definition, *period, *comparison);
  bool is_other_time = !given.figure && claim.is_period_carried;
  return is_other_time ? newest_answer(index, definition, out) : std::optional(given);
}

// "The only one over T": its own number must be over T and nobody else's.
bool ZoneJudge::is_only_one(size_t index, const Answer& given) const {
  const Claim& claim = reading_.claims[index];
  Comparison comparison;
  comparison.kind = ComparisonKind::only_one_above;
  comparison.argument = names_.own_level();
  comparison.threshold = *claim.value;
  const Definition* definition = records_.catalog->indicators->find(given.question.indicator);
  Answer only = ask(*definition, given.question.period, comparison);
  return only.figure && only.figure->value == Decimal(1);
}

Verdict ZoneJudge::verdict_of(size_t index, const Answer& given) const {
  const Claim& claim = reading_.claims[index];
  if (!given.figure) return Verdict::not_recorded;
  if (!claim.interval.contains(given.figure->value)) return Verdict::contradicted;
  bool is_only = claim.measure == Measure::share && claim.value && holds_word(claim.before, "唯一");
  if (is_only && !is_only_one(index, given)) return Verdict::contradicted;
  return Verdict::verified;
}

}  // namespace wutong::page
