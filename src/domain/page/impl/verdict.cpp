// From answers to a verdict with its reason.
#include <algorithm>

#include "base/spoken.hpp"
#include "domain/page/impl/judging.hpp"

namespace wutong::page {

using indicator::Definition;

namespace {

// Periods that one may be taken for: the same of other years, then others of its own year.
std::vector<Period> beside(const Period& period) {
  constexpr int kYears = 2;
  std::vector<Period> out;
  const auto add = [&](const std::optional<Period>& other) {
    const bool is_new =
        other && *other != period && std::find(out.begin(), out.end(), *other) == out.end();
    if (is_new) out.push_back(*other);
  };
  for (int years = -kYears; years <= kYears; ++years) add(period.years_earlier(years));
  const int year = period.year();
  switch (period.kind()) {
    case PeriodKind::month:
      add(Period::of_month(period.first_month().plus(-1)));
      add(Period::of_month(period.first_month().plus(1)));
      add(Period::cumulative(year, period.first_month().month()));
      break;
    case PeriodKind::quarter:
    case PeriodKind::half:
    case PeriodKind::cumulative:
    case PeriodKind::year:
      for (int quarter = 1; quarter <= 4; ++quarter) {
        add(Period::cumulative(year, quarter * 3));
        add(Period::of_quarter(year, quarter));
      }
      add(Period::of_half(year, 1));
      add(Period::of_half(year, 2));
      add(Period::of_year(year));
      break;
    case PeriodKind::day:
    case PeriodKind::as_of:
    case PeriodKind::since:
      break;
  }
  return out;
}

}  // namespace

void ZoneJudge::explain(const Claim& claim, const Answer& given, Judgement& out) const {
  const Definition* definition = records_.catalog->indicators->find(given.question.indicator);
  std::string what_zh = given.question.period.zh() + definition->title.zh;
  std::string what_en = definition->title.en + ", " + given.question.period.en();
  if (!given.figure) {
    out.reason = {
        what_zh + "没有记录" + (given.missing.zh.empty() ? "" : "：" + given.missing.zh),
        what_en + " is not recorded" + (given.missing.en.empty() ? "" : ": " + given.missing.en)};
    return;
  }
  const Spoken recorded = spoken(given.figure->value, given.figure->unit);
  bool holds = given.value && claim.allows(*given.value);
  out.reason = {
      what_zh + "，记录为" + recorded.zh + (holds ? "，与文中相符" : "，与文中不符"),
      what_en + ": recorded " + recorded.en + (holds ? ", as in the text" : ", unlike the text")};
}

// Was it right at an earlier position, after the period was over?
void ZoneJudge::look_back(const Claim& claim, const Answer& given, Judgement& out) const {
  std::vector<Seq> changes = records_.figures->changes(*records_.state, given.question);
  for (size_t i = 0; i + 1 < changes.size(); ++i) {
    Seq seq = changes[i];
    bool is_after = seq.value >= 1 && seq.value <= records_.entry_times.size() &&
                    records_.entry_times[seq.value - 1].day() > given.question.period.last_day();
    if (!is_after) continue;
    indicator::Question then = given.question;
    then.as_of = seq;
    const Answer before_it = ask(claim, std::move(then));
    if (!before_it.value || !claim.allows(*before_it.value)) continue;
    out.verdict = Verdict::stale;
    out.changed_by = changes[i + 1];
    std::string entry = std::to_string(changes[i + 1].value);
    const Spoken before = spoken(before_it.figure->value, before_it.figure->unit);
    const Spoken now = out.recorded ? spoken(*out.recorded, out.unit) : Spoken{};
    out.reason = {"文中是更正前的数" + before.zh + "；第 " + entry + " 条记录更正后为" + now.zh,
                  "the text has the value before its correction, " + before.en + "; since entry " +
                      entry + " it is " + now.en};
  }
}

void ZoneJudge::conclude(const Claim& claim, const std::vector<Answer>& answers, size_t index,
                         Judgement& out) const {
  bool agrees = true;
  for (const Answer& each : answers) {
    Alternative alternative;
    alternative.figure = indicator::identity(each.question);
    alternative.verdict = verdict_of(index, each);
    if (each.figure) {
      alternative.recorded = each.figure->value;
      alternative.unit = each.figure->unit;
    }
    agrees = agrees && (out.readings.empty() || out.readings[0].verdict == alternative.verdict);
    out.readings.push_back(std::move(alternative));
  }
  const Answer& first = answers.front();
  out.figure = out.readings.front().figure;
  out.recorded = out.readings.front().recorded;
  out.unit = out.readings.front().unit;
  out.verdict = out.readings.front().verdict;
  explain(claim, first, out);
  bool is_only = out.verdict == Verdict::contradicted && first.figure && first.value &&
                 claim.allows(*first.value);
  if (is_only) {
    out.reason = {"超过这一界限的不止本区", "this zone is not the only one over that threshold"};
  }
  if (!agrees) {
    out.verdict = Verdict::ambiguous;
    out.reason = {"有几种读法，结论不同，见 readings",
                  "several readings are possible and differ; see readings"};
  } else if (out.verdict == Verdict::contradicted) {
    look_back(claim, first, out);
  }
  if (out.verdict == Verdict::not_recorded && !claim.periods.empty()) {
    look_around(index, first, out);
  }
  if (out.readings.size() == 1) out.readings.clear();
}

// Is what the words say of a period that is not recorded right of one beside it?
void ZoneJudge::look_around(size_t index, const Answer& given, Judgement& out) const {
  const Wanted wanted{records_.catalog->indicators->find(given.question.indicator),
                      given.question.dimensions, false};
  for (const Period& other : beside(given.question.period)) {
    const Answer there = ask(reading_.claims[index], wanted, other, given.question.comparison);
    if (verdict_of(index, there) != Verdict::verified) continue;
    out.elsewhere = indicator::identity(there.question);
    out.reason.zh += "；与" + other.zh() + "的记录相符，请核对时期";
    out.reason.en += "; it agrees with what is recorded for " + other.en() + ", check the period";
    return;
  }
  look_at_names(index, given, out);
}

namespace {

// Narrow enough that a figure which agrees does so for a reason: three digits at least, and one
// part in a hundred.
bool is_sharp(const Claim& claim) {
  const Interval& interval = claim.interval;
  if (!claim.value || !interval.low || !interval.high || claim.value->is_zero()) return false;
  const auto width = sub(*interval.high, *interval.low);
  const auto part = width ? mul(*width, Decimal(100)) : std::nullopt;
  return part && *part <= claim.value->absolute() &&
         claim.value->normalized().absolute().mantissa() >= 100;
}

}  // namespace

// Is what the words say of an indicator that is not recorded right of exactly one other of its
// unit, for the same zone and period?
bool ZoneJudge::look_at_names(size_t index, const Answer& given, Judgement& out) const {
  const Claim& claim = reading_.claims[index];
  if (!is_sharp(claim) || given.question.dimensions.contains("area")) return false;
  const Definition* own = records_.catalog->indicators->find(given.question.indicator);
  const Definition* found = nullptr;
  std::string figure;
  for (const Definition& other : records_.catalog->indicators->all()) {
    const bool is_alike = &other != own && other.unit == own->unit && suits(other, claim);
    if (!is_alike) continue;
    const Wanted wanted{&other, given.question.dimensions, false};
    const Answer there = ask(claim, wanted, given.question.period, given.question.comparison);
    if (verdict_of(index, there) != Verdict::verified) continue;
    if (found != nullptr) return false;  // two agree: by chance
    found = &other;
    figure = indicator::identity(there.question);
  }
  if (found == nullptr) return false;
  out.elsewhere = figure;
  out.other_name = found->title;
  out.reason.zh += "；与“" + found->title.zh + "”的记录相符，请核对名称";
  out.reason.en += "; it agrees with what is recorded for " + found->title.en + ", check the name";
  return true;
}

// One number said of several indicators: it must hold for each.
Judgement ZoneJudge::judge_several(size_t index, const std::vector<const Definition*>& all) const {
  const Claim& claim = reading_.claims[index];
  Judgement out;
  out.verdict = Verdict::verified;
  const Period* period = claim.periods.empty() ? nullptr : &claim.periods.front();
  for (const Definition* definition : all) {
    indicator::Comparison comparison;
    comparison.kind = indicator::ComparisonKind::yoy;
    const Wanted wanted{definition, {}, false};
    std::optional<Answer> given = period != nullptr
                                      ? std::optional(ask(claim, wanted, *period, comparison))
                                      : newest_answer(index, wanted, out);
    if (!given) continue;
    Alternative alternative{
        indicator::identity(given->question), {}, {}, verdict_of(index, *given)};
    if (given->figure) {
      alternative.recorded = given->figure->value;
      alternative.unit = given->figure->unit;
    }
    bool is_smaller =
        alternative.recorded && (!out.recorded || *alternative.recorded < *out.recorded);
    if (is_smaller || out.figure.empty()) {
      out.recorded = alternative.recorded;
      out.unit = alternative.unit;
      out.figure = alternative.figure;
      out.indicator = definition->name;
    }
    if (alternative.verdict != Verdict::verified && out.verdict != Verdict::contradicted) {
      out.verdict = alternative.verdict;
    }
    out.readings.push_back(std::move(alternative));
  }
  std::string count = std::to_string(all.size());
  const Spoken smallest = out.recorded ? spoken(*out.recorded, out.unit) : Spoken{};
  out.reason = {
      "逐一核对所说的 " + count + " 个指标，最小的记录为" + smallest.zh,
      "each of the " + count + " indicators was checked; the smallest recorded is " + smallest.en};
  return out;
}

}  // namespace wutong::page
