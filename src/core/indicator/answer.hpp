// Answers: a question compared and rounded, with the formula that led to it. Built of levels.
// Reads only; any number at once while nobody changes the zone.
//
// Growth of a ratio is the difference of its published levels (percentage points where it is in
// percent).
#pragma once

#include <vector>

#include "core/indicator/figure.hpp"
#include "core/indicator/level.hpp"

namespace wutong::indicator {

struct Answer {
  Figure figure;
  record::Title formula;
  std::vector<Part> parts;
  std::optional<Exact> unrounded;  // of a published quotient; else the value itself is exact
};

class Answering {
 public:
  // `with_parts`: formula and parts are filled in as well.
  Answering(Levels levels, bool with_parts) : levels_(levels), with_parts_(with_parts) {}
  // Errors as Figures::figure.
  Result<Answer> answer(const Question& question) const;

 private:
  // One comparison being answered.
  struct Task {
    const Question* question;
    const Definition* definition;
    Answer* answer;
  };
  Result<void> answer_level(const Task& task) const;
  Result<void> answer_growth(const Task& task, const Period& base, bool is_naive) const;
  Result<void> answer_reported_growth(const Task& task, const Level& level) const;
  Result<void> answer_average_growth(const Task& task) const;
  // Growth as reported in each of the years, compounded; nullopt where it is not reported.
  Result<std::optional<Exact>> compounded(const Task& task, const Level& level) const;
  void add_base(const Task& task, const Period& period, const Level& base,
                bool is_comparable) const;
  Result<void> publish_root(const Task& task, const Exact& factor) const;
  // Fills in words and status where `value` against `base` has no rate.
  bool has_rate(const Task& task, const Exact& value, const Exact& base) const;
  Result<void> answer_difference(const Task& task, const Question& minuend,
                                 const Question& subtrahend) const;
  Result<void> answer_change(const Task& task) const;
  Result<void> answer_against_area(const Task& task) const;
  Result<void> answer_rank(const Task& task) const;
  Result<void> answer_rank_by(const Task& task) const;
  Result<std::string> dimension_among(const Task& task) const;
  Result<bool> has_place(const Definition& definition, const Fixed& fixed, const Period& period,
                         const Level& level) const;
  Result<void> answer_share_of_total(const Task& task) const;
  Result<void> answer_quotient(const Task& task, const Question& mine, const Question& whole,
                               record::Title formula) const;
  Result<void> answer_minimum(const Task& task) const;
  Result<void> answer_stated(const Task& task) const;
  Result<void> answer_completion(const Task& task) const;
  Result<void> answer_streak(const Task& task) const;
  Result<std::vector<std::pair<std::string, Level>>> peer_levels(const Task& task) const;

  Figure begin(const Question& question) const;
  void add_part(const Task& task, record::Title label, const Question& question,
                const Decimal& value, Unit unit) const;
  record::Title title(const Task& task, const Question& question) const;
  Result<void> publish(const Task& task, const Exact& value, int places, Unit unit) const;
  void leave_open(const Task& task, const Level& level, bool is_part) const;

  Levels levels_;
  bool with_parts_;
};

// The period that change_pp compares with: `argument` month, quarter or half. nullopt if there is
// none.
std::optional<Period> previous_period(const Period& period, std::string_view argument,
                                      JanuaryFebruary rule);
// domain.md 1.7: what is said instead of a rate where base or value is not positive; empty where a
// rate is given. The base is last year's period, or some other (`is_year_before` false).
record::Title growth_words(const Exact& value, const Exact& base, bool is_year_before = true);
// `joint` where the definition or anything that it is made of reports January and February
// together.
JanuaryFebruary january_february_of(const Definitions& definitions, const Definition& definition);
// (now / base - 1) × 100; nullopt where it does not fit.
std::optional<Exact> growth_percent(const Exact& now, const Exact& base);

}  // namespace wutong::indicator
