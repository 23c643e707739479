// Dates and periods: days of events and milestones against recorded dates, each with its precision.
#include <algorithm>

#include "base/text.hpp"
#include "domain/page/impl/judging.hpp"

namespace wutong::page {

using indicator::Definition;

namespace {

// What a recorded date, known to its precision, says of the days that the words allow.
Verdict compare(const PartialDate& recorded, const Claim& claim) {
  const Date first = *claim.first, last = claim.last.value_or(recorded.last());
  if (recorded.first >= first && recorded.last() <= last) return Verdict::verified;
  const bool is_apart = recorded.last() < first || recorded.first > last;
  return is_apart ? Verdict::contradicted : Verdict::ambiguous;
}

}  // namespace

// Indicators that are dates, as the words name them: those after the date first (2021年启动), then
// those of the whole sentence.
std::vector<const Definition*> ZoneJudge::dates_named(const Claim& claim) const {
  std::vector<const Definition*> out;
  const std::string& sentence = reading_.sentences[claim.sentence];
  const size_t at = sentence.find(claim.quote + claim.after);
  const std::string rest = at == std::string::npos ? "" : sentence.substr(at);
  for (const std::string* text : {&claim.after, &claim.before, &rest}) {
    for (const FoundIndicator& found : names_.indicators_in(*text)) {
      const bool is_known = std::find(out.begin(), out.end(), found.definition) != out.end();
      if (found.definition->is_date() && !is_known) out.push_back(found.definition);
    }
  }
  return out;
}

// The one date that is kept of records of this register: the day of an event.
std::optional<ZoneJudge::Wanted> ZoneJudge::date_of_record(const Subject& subject) const {
  if (subject.kind != Subject::Kind::record) return std::nullopt;
  std::optional<Wanted> out;
  for (const Definition& definition : records_.catalog->indicators->all()) {
    if (!definition.is_date()) continue;
    auto asked = wanted({&definition, {}, false, 0}, subject);
    if (!asked) continue;
    if (out) return std::nullopt;
    out = std::move(asked);
  }
  return out;
}

// Within the days that the text names, where something is recorded there; else as it stands today.
std::optional<ZoneJudge::Answer> ZoneJudge::answer_date(const Claim& claim,
                                                        const Wanted& wanted) const {
  std::optional<Answer> out;
  std::vector<Period> periods;
  if (claim.last && *claim.first == *claim.last) periods.push_back(Period::of_day(*claim.first));
  if (claim.last) periods.insert(periods.end(), claim.periods.begin(), claim.periods.end());
  // On the day of the text; then as the records stand now, where its own day may be what is wrong.
  const Date day = std::max(day_of(claim), claim.last.value_or(day_of(claim)));
  const size_t decisive = periods.size();
  periods.push_back(Period::as_of(day));
  periods.push_back(Period::as_of(std::max(day, last_day_)));
  constexpr int kAhead = 366;  // days: events are noted ahead of their day
  periods.push_back(Period::as_of(std::max(day, last_day_).plus_days(kAhead)));
  for (const Period& period : periods) {
    Answer given = ask(claim, wanted, period, {});
    if (!given.figure) {
      if (!out) out = std::move(given);
      continue;
    }
    const bool decides = &period >= &periods[decisive];
    if (decides || compare(indicator::date_of(given.figure->value), claim) == Verdict::verified) {
      return given;
    }
  }
  return out;
}

void ZoneJudge::conclude_date(const Claim& claim, const Answer& given, Judgement& out) const {
  const Definition* definition = records_.catalog->indicators->find(given.question.indicator);
  out.indicator = definition->name;
  out.figure = indicator::identity(given.question);
  if (!given.figure) {
    out.reason = {"“" + definition->title.zh + "”没有记录",
                  "\"" + definition->title.en + "\" is not recorded"};
    return;
  }
  out.recorded = given.figure->value;
  out.unit = given.figure->unit;
  const PartialDate recorded = indicator::date_of(given.figure->value);
  out.verdict = compare(recorded, claim);
  const std::string text = recorded.to_string();
  const bool is_open = out.verdict == Verdict::ambiguous;
  const bool holds = out.verdict == Verdict::verified;
  out.reason = {"“" + definition->title.zh + "”记录为 " + text +
                    (is_open ? "，不足以判断"
                     : holds ? "，与文中相符"
                             : "，与文中不符"),
                "\"" + definition->title.en + "\" is recorded as " + text +
                    (is_open ? ", which does not decide it"
                     : holds ? ", as in the text"
                             : ", unlike the text")};
}

// Records of a register with names and one date, where no indicator is kept of it.
bool ZoneJudge::judge_named_event(const Claim& claim, Judgement& out) const {
  const record::State& state = *records_.state;
  const std::string sentence = fold_name(reading_.sentences[claim.sentence]);
  for (size_t r = 0; r < state.schema().registers().size(); ++r) {
    const record::Register& home = state.schema().registers()[r];
    for (size_t f = 0; f < home.fields.size() && !home.name_fields.empty(); ++f) {
      if (home.fields[f].kind != record::FieldKind::partial_date) continue;
      for (uint32_t i = 0; i < state.size(r); ++i) {
        const std::string name =
            wutong::to_string(state.value(r, home.name_fields[0], RecordId{i}));
        const Value value = state.value(r, f, RecordId{i});
        const auto* date = std::get_if<PartialDate>(&value);
        const bool is_named =
            date != nullptr && !name.empty() && sentence.find(fold_name(name)) != std::string::npos;
        if (!is_named) continue;
        out.verdict = compare(*date, claim);
        out.subject = name;
        out.reason = {
            "“" + name + "”的“" + home.fields[f].title.zh + "”记录为 " + date->to_string(),
            home.fields[f].title.en + " of \"" + name + "\" is recorded as " + date->to_string()};
        return true;
      }
      break;  // its first date is the one that the name stands for
    }
  }
  return false;
}

// An event, policy or agreement that the sentence names, of which one date is kept.
bool ZoneJudge::judge_event(size_t index, const std::vector<Subject>& about, Judgement& out) const {
  const Claim& claim = reading_.claims[index];
  for (const Subject& subject : subjects_.in_sentence(index)) {
    const bool is_ours = std::any_of(about.begin(), about.end(), [&](const Subject& other) {
      return other.kind != Subject::Kind::unknown && other.zone == subject.zone;
    });
    if (!is_ours || subjects_.is_place_or_firm(subject)) continue;
    const auto asked = date_of_record(subject);
    if (!asked) continue;
    const auto given = answer_date(claim, *asked);
    if (!given->figure) continue;
    conclude_date(claim, *given, out);
    out.subject = subject.name;
    return true;
  }
  return false;
}

Judgement ZoneJudge::judge_date(size_t index, const std::vector<Subject>& about) const {
  const Claim& claim = reading_.claims[index];
  Judgement out;
  out.reason = {"没有同名活动或大事的记录", "no event or milestone of that name is recorded"};
  if (judge_event(index, about, out)) return out;
  for (const Definition* definition : dates_named(claim)) {
    for (const Subject& subject : about) {
      const auto asked = wanted({definition, {}, false, 0}, subject);
      if (!asked) continue;
      const auto given = answer_date(claim, *asked);
      if (out.indicator.empty() || given->figure) conclude_date(claim, *given, out);
      out.subject = subject.name;
      if (given->figure) return out;
      break;
    }
  }
  if (!out.indicator.empty()) return out;
  judge_named_event(claim, out);
  return out;
}

void ZoneJudge::judge_period(size_t index, const std::vector<Subject>& about,
                             std::vector<Judgement>& all) const {
  const Claim& claim = reading_.claims[index];
  Judgement& out = all[index];
  const Date first = *claim.first, last = claim.last.value_or(day_of(claim));
  const auto is_in = [&](size_t i) {
    const Claim& other = reading_.claims[i];
    if (i == index || other.story != claim.story || all[i].verdict != Verdict::verified) {
      return false;
    }
    if (other.measure == Measure::date) return *other.first >= first && other.last <= last;
    if (other.measure == Measure::period || all[i].figure.empty()) return false;
    const auto question = indicator::parse_identity(all[i].figure);
    return question && question->period.last_day() == last &&
           (question->period.first_day() == first ||
            (!claim.periods.empty() && claim.periods.front() == question->period));
  };
  std::optional<size_t> found;
  for (size_t i = 0; i < reading_.claims.size(); ++i) {
    const bool is_nearer = !found || (reading_.claims[i].sentence == claim.sentence &&
                                      reading_.claims[*found].sentence != claim.sentence);
    if (is_nearer && is_in(i)) found = i;
  }
  if (found) {
    out.verdict = Verdict::verified;
    out.figure = all[*found].figure;
    out.indicator = all[*found].indicator;
    out.reason = {"以此为期的“" + reading_.claims[*found].quote + "”与记录相符",
                  "the figure \"" + reading_.claims[*found].quote +
                      "\" of this period agrees with the records"};
    return;
  }
  Judgement dated = judge_date(index, about);
  if (dated.verdict != Verdict::verified) return;
  dated.zone = out.zone;
  out = std::move(dated);
}

}  // namespace wutong::page
