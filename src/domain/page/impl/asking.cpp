// From words to questions: comparison and period of a claim, and what is recorded for them.
#include <algorithm>

#include "base/text.hpp"
#include "domain/page/impl/judging.hpp"

namespace wutong::page {

using indicator::Comparison;
using indicator::ComparisonKind;
using indicator::Definition;

namespace {

bool holds_word(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

// The number that a unit of the claim has in another of its dimension; months and years of a
// duration convert by 12, days by the mean month of the calendar (30.436875 days).
std::optional<Decimal> in_unit_of(const Claim& claim, const indicator::Figure& figure) {
  const Decimal& value = figure.value;
  const std::string_view code = claim.unit, have = figure.unit.code();
  // Growth of 1.5倍 stays in percent: Claim::allows reads it so.
  if (claim.measure == Measure::yoy && code == "times") return value;
  if (code == have || claim.measure != Measure::duration) {
    const auto to = Unit::from_code(code);
    const bool converts = to && !(*to == figure.unit) && is_convertible(figure.unit, *to) &&
                          figure.unit.dimension() != "date" && !to->is_plain();
    return converts ? convert(value, figure.unit, *to, 9, Rounding::half_up) : value;
  }
  const auto days_per = [](std::string_view unit) -> std::optional<Decimal> {
    if (unit == "days") return Decimal(1);
    if (unit == "months") return Decimal::from_parts(30'436'875, 6);
    if (unit == "years") return Decimal::from_parts(3'652'425, 4);
    return std::nullopt;
  };
  const auto from = days_per(have), to = days_per(code);
  return from && to ? mul_div(value, *from, *to, 9, Rounding::half_up) : value;
}

bool says_so_far(std::string_view text) {
  constexpr std::string_view kWords[] = {"累计", "共", "已", "先后", "目前", "截至", "近年来"};
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view word) { return holds_word(text, word); });
}

bool says_yearly(std::string_view text) {
  constexpr std::string_view kWords[] = {"每年", "年投入", "年均", "年产", "全年", "年度"};
  return std::any_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view word) { return holds_word(text, word); });
}

}  // namespace

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

// “连续三年保持了年均50%以上”: over how many years the mean goes.
std::optional<int> ZoneJudge::years_averaged(size_t index) const {
  const Claim& claim = reading_.claims[index];
  if (claim.basis != Basis::annual_average) return std::nullopt;
  for (const Claim& other : reading_.claims) {
    const bool is_span = other.sentence == claim.sentence && other.value &&
                         other.measure == Measure::duration && other.unit == "years";
    if (is_span && other.value->is_integer() && *other.value > Decimal(0) &&
        *other.value <= Decimal(100)) {
      return static_cast<int>(other.value->normalized().mantissa());
    }
  }
  return std::nullopt;
}

// A place: of a record among its like, of the zone among the areas beside it.
std::optional<Comparison> ZoneJudge::place_of(const Claim& claim, const Wanted& wanted,
                                              Judgement& out) const {
  Comparison comparison;
  comparison.kind = ComparisonKind::rank;
  const bool is_early = wanted.definition->is_date();
  const bool is_low_first = is_early || holds_word(claim.quote, "最快") ||
                            holds_word(claim.quote, "最短") || holds_word(claim.quote, "最低");
  if (wanted.is_of_record) {
    comparison.argument = is_low_first ? "by:low" : "by";
    return comparison;
  }
  if (claim.measure == Measure::ordinal || is_low_first) {
    out.reason = {"要按先后或快慢排名，需要可比的全部名单",
                  "an order by time needs the table of all that are compared"};
    return std::nullopt;
  }
  comparison.argument = names_.own_level();
  return comparison;
}

std::optional<Comparison> ZoneJudge::comparison_of_level(size_t index, const Wanted& wanted,
                                                         Judgement& out) const {
  const Claim& claim = reading_.claims[index];
  Comparison comparison;
  const bool is_stated = wanted.definition->name.find("expected") == std::string::npos &&
                         wanted.definition->name.find("forecast") == std::string::npos;
  if (claim.qualifier == Qualifier::expected && is_stated) {
    comparison.kind = ComparisonKind::forecast;
  } else if (claim.qualifier == Qualifier::target && is_stated) {
    comparison.kind = ComparisonKind::target;
  }
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
}

std::optional<Comparison> ZoneJudge::comparison_of(size_t index, const Wanted& wanted,
                                                   const Period* period, Judgement& out) const {
  const Claim& claim = reading_.claims[index];
  Comparison comparison;
  bool is_whole_quarters = period != nullptr && period->kind() != PeriodKind::quarter &&
                           period->kind() != PeriodKind::month;
  switch (claim.measure) {
    case Measure::yoy:
      comparison.kind = ComparisonKind::yoy;
      if (claim.qualifier == Qualifier::expected || claim.qualifier == Qualifier::target) {
        comparison.kind = claim.qualifier == Qualifier::expected ? ComparisonKind::forecast
                                                                 : ComparisonKind::target;
        comparison.argument = "yoy";
      } else if (claim.basis == Basis::period_before) {
        comparison.kind = ComparisonKind::mom;
      } else if (claim.basis == Basis::two_year_average) {
        comparison.kind = ComparisonKind::two_year_average;
      } else if (const auto years = years_averaged(index)) {
        comparison.kind = ComparisonKind::cagr;
        comparison.argument = std::to_string(*years);
      } else if (claim.against == Against::each_quarter && is_whole_quarters) {
        comparison.kind = ComparisonKind::minimum;
        comparison.argument = "quarter";
      }
      return comparison;
    case Measure::pp_change:
      if (claim.against == Against::year_before) break;
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
      if (claim.against == Against::area) {
        return against_area(ComparisonKind::share, claim.reference, out);
      }
      return comparison;
    case Measure::rank:
      return place_of(claim, wanted, out);
    case Measure::ordinal:
      if (claim.unit == "rank") return place_of(claim, wanted, out);
      return comparison;
    case Measure::duration:
      if (claim.against == Against::years_running) comparison.kind = ComparisonKind::streak;
      return comparison;
    case Measure::money:
    case Measure::area:
    case Measure::count:
    case Measure::level:
    case Measure::rate:
      return comparison_of_level(index, wanted, out);
    case Measure::date:
    case Measure::period:
      break;
  }
  out.reason = {"没有登记簿记录这类说法", "no register records a statement of this kind"};
  return std::nullopt;
}

ZoneJudge::Answer ZoneJudge::ask(const Claim& claim, const Wanted& wanted, const Period& period,
                                 const Comparison& comparison) const {
  indicator::Question question;
  question.zone = records_.catalog->zone.zone;
  question.indicator = wanted.definition->name;
  question.period = period;
  question.comparison = comparison;
  question.dimensions = wanted.dimensions;
  return ask(claim, std::move(question));
}

ZoneJudge::Answer ZoneJudge::ask(const Claim& claim, Question question) const {
  Answer out;
  out.question = std::move(question);
  auto figure = records_.figures->figure(*records_.state, out.question);
  if (!figure) {
    out.missing = {figure.error().zh, figure.error().en};
  } else if (figure->status == indicator::Status::value) {
    out.value = in_unit_of(claim, *figure);
    out.figure = std::move(*figure);
  } else {
    out.missing = figure->missing.zh.empty() ? figure->words : figure->missing;
  }
  return out;
}

// Periods that end by the day of the text, the newest first.
std::vector<Period> ZoneJudge::newest_periods(Date day) const {
  constexpr int kMonths = 14, kYears = 8;
  std::vector<Period> out;
  Month month = Month::of(day);
  if (day != month.last_day()) month = month.plus(-1);
  for (int back = 0; back < kMonths; ++back) {
    Month at = month.plus(-back);
    out.push_back(*Period::cumulative(at.year(), at.month()));
    out.push_back(Period::as_of(at.last_day()));
    if (at.month() == 12) out.push_back(Period::of_year(at.year()));
  }
  for (int back = 1; back < kYears; ++back) out.push_back(Period::of_year(day.year() - back));
  return out;
}

// What is said without a date: of a stock and of what is counted what stands on the day of the
// text, of what is spent every year the last whole year, else the newest that is recorded.
std::vector<Period> ZoneJudge::periods_without_date(const Claim& claim,
                                                    const Wanted& wanted) const {
  std::vector<Period> out;
  const Date day = day_of(claim);
  const Definition& definition = *wanted.definition;
  const bool is_of_records =
      definition.kind == indicator::Kind::records || definition.kind == indicator::Kind::derived;
  const bool counts = claim.measure == Measure::count || claim.measure == Measure::area ||
                      claim.measure == Measure::duration || claim.measure == Measure::rank ||
                      claim.measure == Measure::ordinal;
  if (says_yearly(claim.before)) {
    out.push_back(Period::of_year(day.year() - 1));
  }
  const bool goes_on =
      claim.against == Against::years_running || claim.basis == Basis::annual_average;
  const bool is_ahead =
      claim.qualifier == Qualifier::expected || claim.qualifier == Qualifier::target;
  if (says_yearly(claim.before) || goes_on || is_ahead) out.push_back(Period::of_year(day.year()));
  if (claim.unit.ends_with("_per_day")) out.push_back(Period::of_day(day));
  const bool is_so_far =
      definition.is_stock || definition.is_date() ||
      (is_of_records && (counts || wanted.is_of_record)) ||
      (claim.measure == Measure::money && is_of_records && says_so_far(claim.before));
  if (is_so_far) out.push_back(Period::as_of(day));
  const auto newest = newest_periods(day);
  out.insert(out.end(), newest.begin(), newest.end());
  return out;
}

std::optional<ZoneJudge::Answer> ZoneJudge::newest_answer(size_t index, const Wanted& wanted,
                                                          Judgement& out) const {
  std::optional<Answer> first;
  const Claim& claim = reading_.claims[index];
  for (const Period& period : periods_without_date(claim, wanted)) {
    auto comparison = comparison_of(index, wanted, &period, out);
    if (!comparison) return std::nullopt;
    const bool is_yearly =
        comparison->kind == ComparisonKind::streak || comparison->kind == ComparisonKind::cagr;
    if (is_yearly && period.kind() != PeriodKind::year) continue;
    Answer answer = ask(claim, wanted, period, *comparison);
    if (answer.figure) return answer;
    if (!first) first = std::move(answer);
  }
  return first;
}

std::optional<ZoneJudge::Answer> ZoneJudge::answer(size_t index, const Wanted& wanted,
                                                   const Period* period, Judgement& out) const {
  const Claim& claim = reading_.claims[index];
  if (period == nullptr) return newest_answer(index, wanted, out);
  const bool is_open = period->kind() == PeriodKind::since && wanted.definition->is_stock;
  const Period asked = is_open ? Period::as_of(day_of(claim)) : *period;
  auto comparison = comparison_of(index, wanted, &asked, out);
  if (!comparison) return std::nullopt;
  Answer given = ask(claim, wanted, asked, *comparison);
  bool is_other_time = !given.figure && claim.is_period_carried;
  return is_other_time ? newest_answer(index, wanted, out) : std::optional(given);
}

// "The only one over T": its own number must be over T and nobody else's.
bool ZoneJudge::is_only_one(size_t index, const Answer& given) const {
  const Claim& claim = reading_.claims[index];
  Comparison comparison;
  comparison.kind = ComparisonKind::only_one_above;
  comparison.argument = names_.own_level();
  comparison.threshold = *claim.value;
  const Wanted wanted{records_.catalog->indicators->find(given.question.indicator), {}, false};
  Answer only = ask(claim, wanted, given.question.period, comparison);
  return only.figure && only.figure->value == Decimal(1);
}

Verdict ZoneJudge::verdict_of(size_t index, const Answer& given) const {
  const Claim& claim = reading_.claims[index];
  if (!given.figure || !given.value) return Verdict::not_recorded;
  if (!claim.allows(*given.value)) return Verdict::contradicted;
  bool is_only = claim.measure == Measure::share && claim.value && holds_word(claim.before, "唯一");
  if (is_only && !is_only_one(index, given)) return Verdict::contradicted;
  return Verdict::verified;
}

}  // namespace wutong::page
