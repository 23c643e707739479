// Findings: what the claims of a text say together. Private to the folder; pure.
#pragma once

#include "domain/page/impl/subjects.hpp"

namespace wutong::page {

// What all findings are made of.
struct Findings {
  const Reading& reading;
  const std::vector<Judgement>& judgements;
  const Subjects& subjects;
  std::span<const ZoneRecords> zones;
  std::optional<Date> day;
  std::vector<Finding> out;

  void add(std::string kind, Weight weight, std::vector<size_t> claims, std::string zh,
           std::string en);
};

// Lists by position, words that repeat a count.
void find_in_lists(Findings& findings);
// Days that do not exist, figures of another period, milestones in their natural order, streaks
// longer than there are years.
void find_in_times(Findings& findings);
// Persons beside person-times; more things than the persons whom they belong to.
void find_in_counts(Findings& findings);
// Formulas, ratios, growth, gaps, multiples and shares of the catalog, solved over intervals.
void find_by_solving(Findings& findings);

std::vector<Finding> find_findings(const Reading& reading, const std::vector<Judgement>& judgements,
                                   const Subjects& subjects, std::span<const ZoneRecords> zones,
                                   std::optional<Date> day);

}  // namespace wutong::page
