// Findings about what is counted: persons and person-times, things and those whom they belong to.
#include <algorithm>
#include <map>

#include "domain/page/impl/findings.hpp"

namespace wutong::page {

namespace {

using indicator::Definition;

const Definition* definition_of(const Findings& findings, size_t claim) {
  const Judgement& judgement = findings.judgements[claim];
  for (const ZoneRecords& zone : findings.zones) {
    if (zone.catalog->zone.zone != judgement.zone) continue;
    return zone.catalog->indicators->find(judgement.indicator);
  }
  return nullptr;
}

const record::Schema* schema_of(const Findings& findings, size_t claim) {
  for (const ZoneRecords& zone : findings.zones) {
    if (zone.catalog->zone.zone == findings.judgements[claim].zone) return &zone.state->schema();
  }
  return nullptr;
}

// One finding a story: persons and person-times in one sentence are easily taken for each other
// (capabilities, rule 5).
void find_units_mixed(Findings& findings) {
  constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"persons", "person_times"}, {"enterprises", "enterprise_times"}};
  const auto& claims = findings.reading.claims;
  for (const auto& [one, times] : kPairs) {
    std::map<size_t, std::vector<size_t>> by_story;
    for (size_t i = 0; i < claims.size(); ++i) {
      for (size_t k = 0; k < claims.size(); ++k) {
        const bool is_pair = claims[i].sentence == claims[k].sentence && claims[i].unit == one &&
                             claims[k].unit == times;
        if (!is_pair) continue;
        auto& found = by_story[claims[i].story];
        found.push_back(k);
        found.push_back(i);
      }
    }
    for (auto& [story, found] : by_story) {
      std::sort(found.begin(), found.end());
      found.erase(std::unique(found.begin(), found.end()), found.end());
      const bool are_persons = one == "persons";
      findings.add("units_mixed", Weight::note, found,
                   are_persons ? "文中“人次”与“人”并用，两者不能相加，也不能当作同一人数比较"
                               : "文中“家次”与“家”并用，两者不能相加，也不能当作同一家数比较",
                   are_persons ? "person-times and persons stand side by side; they neither add up "
                                 "nor compare as the same persons"
                               : "firm-times and firms stand side by side; they neither add up nor "
                                 "compare as the same firms");
    }
  }
}

// Does a record of `thing` name one of `owner`?
bool belongs_to(const record::Schema& schema, const Definition& thing, const Definition& owner) {
  if (thing.register_index == owner.register_index) return false;
  const std::string& name = schema.registers()[owner.register_index].name;
  const auto& fields = schema.registers()[thing.register_index].fields;
  return std::any_of(fields.begin(), fields.end(), [&](const record::Field& field) {
    return field.target == name && field.required;
  });
}

// More things than persons to whom they belong: one of them has two (the pigeonhole). Said where
// one each would be expected: fewer than half as many again.
void find_more_than_owners(Findings& findings) {
  const auto& claims = findings.reading.claims;
  for (size_t i = 0; i < claims.size(); ++i) {
    for (size_t k = 0; k < claims.size(); ++k) {
      const bool are_counts = claims[i].story == claims[k].story &&
                              claims[i].measure == Measure::count &&
                              claims[k].measure == Measure::count && claims[i].value &&
                              claims[k].value && claims[k].unit == "persons";
      if (!are_counts || i == k) continue;
      const Definition* thing = definition_of(findings, i);
      const Definition* owner = definition_of(findings, k);
      const record::Schema* schema = schema_of(findings, i);
      const bool are_records = thing != nullptr && owner != nullptr && schema != nullptr &&
                               thing->kind == indicator::Kind::records &&
                               owner->kind == indicator::Kind::records &&
                               findings.judgements[i].zone == findings.judgements[k].zone;
      if (!are_records || !belongs_to(*schema, *thing, *owner)) continue;
      const Decimal things = *claims[i].value, owners = *claims[k].value;
      const auto limit = mul(owners, Decimal::from_parts(15, 1));
      if (things <= owners || !limit || things >= *limit) continue;
      const std::string n = things.to_string_short(), m = owners.to_string_short();
      findings.add(
          "more_than_owners", Weight::note, {k, i},
          "“" + thing->title.zh + "” " + n + "，“" + owner->title.zh + "” " + m +
              "：至少有一人不止一项，或有一项不属于这些人",
          thing->title.en + ": " + n + " for " + m + " (" + owner->title.en +
              "); at least one of them has more than one, or one belongs to somebody else");
    }
  }
}

}  // namespace

void find_in_counts(Findings& findings) {
  find_units_mixed(findings);
  find_more_than_owners(findings);
}

}  // namespace wutong::page
