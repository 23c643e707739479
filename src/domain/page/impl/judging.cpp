#include "domain/page/impl/judging.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace wutong::page {

using indicator::Definition;

namespace {

// Units of discrete things: 件 项 个 条 may stand for any of them but persons.
bool is_counted_thing(std::string_view unit) {
  constexpr std::string_view kNot[] = {"persons", "persons_1e4", "person_times",
                                       "enterprise_times"};
  return std::find(std::begin(kNot), std::end(kNot), unit) == std::end(kNot);
}

std::string_view code_of(const Claim& claim) {
  const bool is_occasion = claim.measure == Measure::count && claim.unit == "times";
  return is_occasion ? std::string_view("occasions") : std::string_view(claim.unit);
}

std::optional<Unit> unit_of(const Claim& claim) { return Unit::from_code(code_of(claim)); }

bool is_expected(const Claim& claim) {
  return claim.qualifier == Qualifier::expected || claim.qualifier == Qualifier::target;
}

// What the words ask for where nothing is recorded.
record::Title needed_for(const Claim& claim) {
  if (claim.measure == Measure::ordinal && claim.unit == "rank") {
    return {"“首家”需要各园区达到该数的时间表，没有记录",
            "\"the first\" needs the table of when each area got there; it is not recorded"};
  }
  if (claim.measure == Measure::rank || claim.against == Against::peers) {
    return {"位次、唯一、最快需要可比的全部名单，没有记录",
            "a place, \"the only\" or \"the fastest\" needs the table of all that are compared; it "
            "is not recorded"};
  }
  if (claim.unit == "parties") {
    return {"合作各方没有登记；与文中所列是否一致见 findings",
            "the sides are not recorded; see the findings on whether they agree with the list"};
  }
  return {"读出了数，但没有指标对应这些词", "the number is read, but no indicator has these words"};
}

}  // namespace

ZoneJudge::ZoneJudge(const ZoneRecords& records, const Reading& reading, const Subjects& subjects,
                     std::vector<std::optional<Date>> days)
    : records_(records),
      reading_(reading),
      subjects_(subjects),
      names_(records),
      candidates_(names_, records, reading),
      days_(std::move(days)) {
  if (!records.entry_times.empty()) last_day_ = records.entry_times.back().day();
}

bool ZoneJudge::suits_amount(const Definition& definition, const Claim& claim) const {
  if (claim.against == Against::peers || definition.unit.code() == code_of(claim)) return true;
  if (claim.measure == Measure::count) {
    const bool is_thing = definition.kind != indicator::Kind::ratio &&
                          definition.unit.factor_numerator() == Decimal(1) &&
                          is_counted_thing(definition.unit.code()) && !definition.is_date();
    constexpr std::string_view kMeasured[] = {
        "money",          "area",       "mass",  "duration_days", "duration_months",
        "duration_years", "proportion", "batch", "rank",          "multiple"};
    const bool is_measured = std::find(std::begin(kMeasured), std::end(kMeasured),
                                       definition.unit.dimension()) != std::end(kMeasured);
    if (claim.unit == "items" && is_thing && !is_measured) return true;
  }
  const auto unit = unit_of(claim);
  return unit && is_convertible(*unit, definition.unit);
}

// Could these words speak of this indicator?
bool ZoneJudge::suits(const Definition& definition, const Claim& claim) const {
  const bool is_ratio = definition.kind == indicator::Kind::ratio;
  const bool is_percent = definition.unit.dimension() == "proportion";
  const std::string_view dimension = definition.unit.dimension();
  if (definition.is_date()) return claim.measure == Measure::ordinal && claim.unit == "rank";
  switch (claim.measure) {
    case Measure::money:
    case Measure::area:
    case Measure::count:
    case Measure::level:
      return suits_amount(definition, claim);
    case Measure::rate:
      return definition.unit.code() == claim.unit;
    case Measure::share:
      return claim.against == Against::area ? !is_ratio : is_percent;
    case Measure::yoy:
    case Measure::pp_change:
    case Measure::pp_gap:
      return !is_ratio;
    case Measure::multiple:
    case Measure::rank:
      return true;
    case Measure::duration:
      return claim.against == Against::years_running || dimension.starts_with("duration");
    case Measure::ordinal:
      return claim.unit == "batch" ? dimension == "batch" : claim.unit == "rank";
    case Measure::date:
    case Measure::period:
      break;
  }
  return false;
}

// Several indicators where the clause says something of all of them.
std::optional<std::vector<const Definition*>> ZoneJudge::all_named(const Claim& claim) const {
  if (claim.against != Against::each_quarter) return std::nullopt;
  std::vector<const Definition*> out;
  for (const FoundIndicator& found : names_.indicators_in(claim.before)) {
    if (suits(*found.definition, claim)) out.push_back(found.definition);
  }
  return out.size() > 1 ? std::optional(out) : std::nullopt;
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

std::optional<ZoneJudge::Wanted> ZoneJudge::wanted(const Candidate& candidate,
                                                   const Subject& subject) const {
  Wanted out{candidate.definition, candidate.values, false};
  if (subject.kind == Subject::Kind::zone) return out;
  if (subject.kind == Subject::Kind::unknown) return std::nullopt;
  const record::State& state = *records_.state;
  const std::string& name = state.schema().registers()[subject.register_index].name;
  if (!names_.has_dimension(*candidate.definition, name)) return std::nullopt;
  out.dimensions[name] = state.key_text(subject.register_index, subject.record);
  out.is_of_record = true;
  return out;
}

// What is said of a firm is never the zone's figure.
bool ZoneJudge::stands_alone(const Subject& subject) const {
  if (subject.kind == Subject::Kind::unknown) return true;
  if (subject.kind == Subject::Kind::zone) return false;
  return records_.state->schema().registers()[subject.register_index].owner_is_self;
}

std::vector<ZoneJudge::Answer> ZoneJudge::answers(size_t index, const Wanted& asked,
                                                  Judgement& out) const {
  const Claim& claim = reading_.claims[index];
  std::vector<const Definition*> possible = instead_of(*asked.definition, claim);
  possible.insert(possible.begin(), asked.definition);
  std::vector<const Period*> periods;
  for (const Period& period : claim.periods) periods.push_back(&period);
  if (periods.empty()) periods.push_back(nullptr);
  std::vector<Answer> out_answers;
  for (const Definition* definition : possible) {
    Wanted each = asked;
    each.definition = definition;
    for (const Period* period : periods) {
      if (auto given = answer(index, each, period, out)) out_answers.push_back(std::move(*given));
    }
  }
  return out_answers;
}

// Persons and person-times, firms and firm-times are never the same number (capabilities, rule 5).
bool ZoneJudge::is_of_other_unit(size_t index, const std::vector<Candidate>& named,
                                 Judgement& out) const {
  const Claim& claim = reading_.claims[index];
  if (claim.measure != Measure::count) return false;
  constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"persons", "person_times"}, {"enterprises", "enterprise_times"}};
  for (const Candidate& each : named) {
    constexpr size_t kLengthMin = 9;  // three characters: a shorter name may mean anything
    if (!each.is_local || each.length < kLengthMin) continue;
    const std::string_view own = each.definition->unit.code();
    for (const auto& [one, times] : kPairs) {
      const bool differs =
          (own == one && claim.unit == times) || (own == times && claim.unit == one);
      if (!differs) continue;
      out.indicator = each.definition->name;
      out.verdict = Verdict::contradicted;
      out.reason = {"“" + each.definition->title.zh + "”的单位是“" +
                        std::string(each.definition->unit.zh()) + "”，与文中的单位不是一回事",
                    "\"" + each.definition->title.en + "\" counts " +
                        std::string(each.definition->unit.en()) +
                        ", which is not what the text counts"};
      return true;
    }
  }
  return false;
}

// Units that hardly anything is counted in: the one indicator that has it needs no name in the
// words.
std::vector<Candidate> ZoneJudge::by_unit(size_t index) const {
  const Claim& claim = reading_.claims[index];
  constexpr std::string_view kRare[] = {"enterprise_times", "product_kinds", "parties"};
  std::vector<Candidate> out;
  if (std::find(std::begin(kRare), std::end(kRare), claim.unit) == std::end(kRare)) return out;
  for (const Definition& definition : records_.catalog->indicators->all()) {
    if (definition.unit.code() == claim.unit) out.push_back({&definition, {}, true, 0});
  }
  if (out.size() > 1) out.clear();
  return out;
}

std::optional<Area> ZoneJudge::area_of(size_t index) const {
  const Claim& claim = reading_.claims[index];
  const bool compares = claim.measure == Measure::rank || claim.measure == Measure::ordinal ||
                        claim.measure == Measure::multiple || claim.measure == Measure::pp_gap ||
                        claim.against == Against::peers || claim.against == Against::area;
  if (compares) return std::nullopt;
  const Subjects::Before before = subjects_.before(index);
  return names_.subject_area(before.text, before.named);
}

// What is said of the whole city is never held against the zone's own figure.
Judgement ZoneJudge::judge_area(size_t index, const std::vector<Candidate>& all,
                                const Area& area) const {
  Judgement out;
  for (const Candidate& candidate : all) {
    Judgement judged;
    judged.subject = area.name;
    judged.indicator = candidate.definition->name;
    judged.reason = {"所说的是" + area.name + "，不是本区；“" + candidate.definition->title.zh +
                         "”没有" + area.name + "的记录",
                     "this speaks of " + area.name + " as a whole, not of the zone; \"" +
                         candidate.definition->title.en + "\" is not recorded for it"};
    Wanted asked{candidate.definition, candidate.values, false};
    asked.dimensions["area"] = area.code;
    const auto given = area.code.empty() ? std::vector<Answer>{} : answers(index, asked, judged);
    const bool is_found = std::any_of(given.begin(), given.end(),
                                      [](const Answer& each) { return each.figure.has_value(); });
    if (is_found) conclude(reading_.claims[index], given, index, judged);
    if (is_found) return judged;
    if (out.indicator.empty()) out = std::move(judged);
  }
  return out;
}

Judgement ZoneJudge::judge_number(size_t index, const std::vector<Subject>& about) const {
  const Claim& claim = reading_.claims[index];
  Judgement out;
  if (claim.is_change) {
    out.reason = {"所说的是变动额，不是数额；变动额没有单独记录，可由两期的数额相减核对",
                  "this is by how much something changed, not how much there is; changes are not "
                  "recorded on their own, subtract the two levels to check it"};
    return out;
  }
  auto all =
      candidates_.of(claim, [&](const Definition& definition) { return suits(definition, claim); });
  if (all.empty()) all = by_unit(index);
  if (all.empty()) {
    if (is_of_other_unit(index, candidates_.named(claim), out)) return out;
    out.reason = needed_for(claim);
    return out;
  }
  if (const auto area = area_of(index)) return judge_area(index, all, *area);
  std::optional<Judgement> first;
  for (const Candidate& candidate : all) {
    if (first && candidate.is_local != all.front().is_local) break;
    for (const Subject& subject : about) {
      const auto asked = wanted(candidate, subject);
      if (!asked && !stands_alone(subject)) continue;
      Judgement judged;
      judged.indicator = candidate.definition->name;
      judged.subject = subject.name;
      judged.reason = {
          "“" + subject.name + "”的“" + candidate.definition->title.zh + "”没有单独记录",
          "\"" + candidate.definition->title.en + "\" is not recorded for " + subject.name};
      bool is_found = false;
      if (asked) {
        const auto given = answers(index, *asked, judged);
        if (!given.empty()) conclude(claim, given, index, judged);
        is_found = std::any_of(given.begin(), given.end(),
                               [](const Answer& each) { return each.figure.has_value(); });
      }
      if (is_found) return judged;
      if (!first) first = std::move(judged);
      break;
    }
  }
  return first ? *first : out;
}

Judgement ZoneJudge::judge(size_t index, const std::vector<Subject>& about) const {
  const Claim& claim = reading_.claims[index];
  Judgement out;
  if (claim.measure == Measure::period) {
    out.reason = {"报告期，界定其后的数", "a reporting period; it scopes the figures after it"};
  } else if (subjects_.is_about_person(index)) {
    out.reason = {"所说的是个人，个人的事不与记录核对",
                  "this speaks of a person, who is not held against records"};
  } else if (claim.measure == Measure::date) {
    out = judge_date(index, about);
  } else if (judge_window(index, about, out)) {
    // a span that scopes another figure
  } else if (judge_first(index, about, out)) {
    // the first to pass a mark
  } else if (auto several = all_named(claim)) {
    out = judge_several(index, *several);
  } else {
    out = judge_number(index, about);
  }
  out.zone = records_.catalog->zone.zone;
  if (out.subject.empty()) out.subject = records_.catalog->zone.name.zh;
  if (is_expected(claim) && out.verdict == Verdict::not_recorded && out.indicator.empty()) {
    out.reason = {"预计或目标没有记录", "no forecast or target of this is recorded"};
  }
  return out;
}

}  // namespace wutong::page
