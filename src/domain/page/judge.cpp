#include "domain/page/judge.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <map>

#include "domain/page/impl/findings.hpp"
#include "domain/page/impl/judging.hpp"

namespace wutong::page {

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::verified:
      return "verified";
    case Verdict::contradicted:
      return "contradicted";
    case Verdict::ambiguous:
      return "ambiguous";
    case Verdict::stale:
      return "stale";
    case Verdict::not_recorded:
      return "not_recorded";
    case Verdict::not_understood:
      return "not_understood";
  }
  return "";
}

std::string_view to_string(Weight weight) {
  switch (weight) {
    case Weight::note:
      return "note";
    case Weight::caution:
      return "caution";
    case Weight::fault:
      return "fault";
  }
  return "";
}

namespace {

// The newest day that the text names: what 目前 speaks of.
std::optional<Date> day_of(const Reading& reading) {
  std::optional<Date> day;
  for (const Claim& claim : reading.claims) {
    if (claim.measure == Measure::date && claim.first && (!day || *claim.first > *day)) {
      day = claim.first;
    }
  }
  return day;
}

// The newest day that each story names; of those that name none the newest of the text.
std::vector<std::optional<Date>> days_of(const Reading& reading) {
  std::vector<std::optional<Date>> out(reading.stories.size());
  for (const Claim& claim : reading.claims) {
    const bool is_day = claim.measure == Measure::date && claim.last &&
                        claim.last->days() - claim.first->days() < 10;
    std::optional<Date>& day = out[claim.story];
    if (is_day && (!day || *claim.last > *day)) day = claim.last;
  }
  const auto newest = day_of(reading);
  for (std::optional<Date>& day : out) {
    if (!day) day = newest;
  }
  return out;
}

// The zone that a claim is held against; nullopt where none is named.
std::optional<size_t> zone_of(const std::vector<Subject>& about) {
  const auto first = std::find_if(about.begin(), about.end(), [](const Subject& subject) {
    return subject.kind != Subject::Kind::unknown;
  });
  return first == about.end() ? std::nullopt : std::optional(first->zone);
}

// Whom a claim may speak of in the zone that it is held against: that of the likeliest subject that
// is recorded anywhere.
std::vector<Subject> in_one_zone(std::vector<Subject> about) {
  const auto zone = zone_of(about);
  if (!zone) return {};
  std::erase_if(about, [&](const Subject& subject) {
    return subject.kind != Subject::Kind::unknown && subject.zone != *zone;
  });
  return about;
}

// Persons for person-times, firms for firm-times and the other way round. What is counted in 家
// need be no firm: a station, a zone.
constexpr auto kTakenFor = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"persons", "person_times"},
    {"person_times", "persons"},
    {"enterprises", "enterprise_times"},
    {"enterprise_times", "enterprises"},
    {"enterprise_times", "items"},
});

// Is a count that is not recorded in its unit right in one that it is easily taken for? Persons and
// person-times are never one number (capabilities, rule 5).
void look_in_other_units(const Reading& reading, std::span<const ZoneRecords> zones,
                         const Subjects& subjects, const std::vector<std::vector<Subject>>& about,
                         std::vector<Judgement>& judgements) {
  const auto is_open = [&](size_t i) {
    return judgements[i].verdict == Verdict::not_recorded && judgements[i].elsewhere.empty() &&
           zone_of(about[i]) && reading.claims[i].measure == Measure::count;
  };
  for (const auto& [said, meant] : kTakenFor) {
    std::vector<size_t> asked;
    for (size_t i = 0; i < reading.claims.size(); ++i) {
      if (reading.claims[i].unit == said && is_open(i)) asked.push_back(i);
    }
    if (asked.empty()) continue;
    Reading other = reading;
    for (size_t i : asked) other.claims[i].unit = meant;
    std::map<size_t, ZoneJudge> judges;
    for (size_t i : asked) {
      const size_t zone = *zone_of(about[i]);
      const auto judge =
          judges.try_emplace(zone, zones[zone], other, subjects, days_of(reading)).first;
      const Judgement there = judge->second.judge(i, about[i]);
      if (there.verdict != Verdict::verified || there.figure.empty()) continue;
      judgements[i].elsewhere = there.figure;
      judgements[i].other_unit = there.unit;
      const std::string zh(there.unit.zh()), en(there.unit.en());
      judgements[i].reason.zh += "；与以“" + zh + "”为单位的记录相符，请核对单位";
      judgements[i].reason.en += "; it agrees with what is recorded in " + en + ", check the unit";
    }
  }
}

}  // namespace

Checked check(const Reading& reading, std::span<const ZoneRecords> zones) {
  Checked checked;
  const Subjects subjects(reading, zones);
  const std::optional<Date> day = day_of(reading);
  const auto days = days_of(reading);
  std::deque<ZoneJudge> judges;
  for (const ZoneRecords& records : zones) judges.emplace_back(records, reading, subjects, days);
  std::vector<std::vector<Subject>> about;
  for (size_t i = 0; i < reading.claims.size(); ++i) {
    about.push_back(in_one_zone(subjects.of(i)));
    Judgement judgement;
    judgement.reason = {"文中没有提到有记录的园区",
                        "the story names no zone that has records here"};
    if (const auto zone = zone_of(about[i])) {
      judgement = judges[*zone].judge(i, about[i]);
      checked.is_synthetic |= zones[*zone].catalog->zone.synthetic;
    }
    checked.judgements.push_back(std::move(judgement));
  }
  look_in_other_units(reading, zones, subjects, about, checked.judgements);
  for (size_t i = 0; i < reading.claims.size(); ++i) {
    const auto zone = zone_of(about[i]);
    const bool is_period = reading.claims[i].measure == Measure::period && zone.has_value();
    if (is_period) judges[*zone].judge_period(i, about[i], checked.judgements);
  }
  checked.findings = find_findings(reading, checked.judgements, subjects, zones, day);
  return checked;
}

}  // namespace wutong::page
