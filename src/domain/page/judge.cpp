#include "domain/page/judge.hpp"

#include <algorithm>
#include <set>

#include "base/text.hpp"
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

// The zone whose records a story is held against: named in its heading, else anywhere in it.
const ZoneJudge* zone_of(const Story& story, const std::vector<ZoneJudge>& zones) {
  for (const std::string* text : {&story.heading, &story.text}) {
    for (const ZoneJudge& zone : zones) {
      if (zone.names().names_zone(*text)) return &zone;
    }
  }
  return nullptr;
}

void add_list_findings(const Reading& reading, std::vector<Finding>& findings) {
  for (const NameList& list : reading.lists) {
    std::set<std::string> seen;
    for (const std::string& name : list.names) {
      if (seen.insert(name).second) continue;
      findings.push_back({"duplicate_name",
                          list.claims,
                          {"“分别”之前的名称“" + name + "”出现两次，各数不能一一对应，请核对名称",
                           "the name \"" + name +
                               "\" stands twice in a list by position; the values "
                               "cannot be told apart, check the names"}});
    }
    if (list.names.size() == list.claims.size()) continue;
    std::string names = std::to_string(list.names.size());
    std::string values = std::to_string(list.claims.size());
    findings.push_back({"list_mismatch",
                        list.claims,
                        {"“分别”之前有 " + names + " 个名称，之后有 " + values + " 个数",
                         "a list by position has " + names + " names and " + values + " values"}});
  }
}

}  // namespace

Checked check(const Reading& reading, std::span<const ZoneRecords> zones) {
  Checked checked;
  std::vector<ZoneJudge> judges;
  std::optional<Date> day = day_of(reading);
  for (const ZoneRecords& records : zones) judges.emplace_back(records, reading, day);
  std::vector<const ZoneJudge*> by_story;
  for (const Story& story : reading.stories) by_story.push_back(zone_of(story, judges));
  for (size_t i = 0; i < reading.claims.size(); ++i) {
    const ZoneJudge* judge = by_story[reading.claims[i].story];
    if (judge != nullptr) {
      checked.judgements.push_back(judge->judge(i));
      checked.is_synthetic |= judge->records().catalog->zone.synthetic;
      continue;
    }
    Judgement judgement;
    judgement.reason = {"文中没有提到有记录的园区",
                        "the story names no zone that has records here"};
    checked.judgements.push_back(std::move(judgement));
  }
  add_list_findings(reading, checked.findings);
  return checked;
}

}  // namespace wutong::page
