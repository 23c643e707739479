// ZoneJudge: the claims of a text against one zone. Private to the folder; pure.
#pragma once

#include "domain/page/impl/candidates.hpp"
#include "domain/page/impl/subjects.hpp"

namespace wutong::page {

class ZoneJudge {
 public:
  // `days`: of each story the day on which it speaks.
  ZoneJudge(const ZoneRecords& records, const Reading& reading, const Subjects& subjects,
            std::vector<std::optional<Date>> days);

  // `about`: whom the claim may speak of, the likelier first.
  Judgement judge(size_t claim, const std::vector<Subject>& about) const;
  // Of a reporting period: it holds where figures that it scopes do. `all`: of all claims so far.
  void judge_period(size_t claim, const std::vector<Subject>& about,
                    std::vector<Judgement>& all) const;
  const ZoneRecords& records() const { return records_; }

 private:
  using Definition = indicator::Definition;
  using Question = indicator::Question;
  using Dimensions = std::map<std::string, std::string>;

  // How one number is asked for.
  struct Wanted {
    const Definition* definition = nullptr;
    Dimensions dimensions;
    bool is_of_record = false;  // of a firm, park …, not of the zone
  };
  struct Answer {
    Question question;
    std::optional<indicator::Figure> figure;
    std::optional<Decimal> value;  // of the figure, in the claim's unit
    record::Title missing;
  };

  bool suits(const Definition& definition, const Claim& claim) const;
  bool suits_amount(const Definition& definition, const Claim& claim) const;
  std::optional<std::vector<const Definition*>> all_named(const Claim& claim) const;
  std::vector<const Definition*> instead_of(const Definition& named, const Claim& claim) const;
  // nullopt: it cannot be asked of this subject.
  std::optional<Wanted> wanted(const Candidate& candidate, const Subject& subject) const;
  bool stands_alone(const Subject& subject) const;
  // The whole area that the claim speaks of: 全市共有.
  std::optional<Area> area_of(size_t claim) const;
  Judgement judge_area(size_t claim, const std::vector<Candidate>& all, const Area& area) const;
  Judgement judge_number(size_t claim, const std::vector<Subject>& about) const;
  std::vector<Answer> answers(size_t claim, const Wanted& wanted, Judgement& out) const;
  std::vector<Candidate> by_unit(size_t claim) const;
  bool is_of_other_unit(size_t claim, const std::vector<Candidate>& named, Judgement& out) const;
  Judgement judge_several(size_t claim, const std::vector<const Definition*>& all) const;

  // nullopt: the words ask for a comparison that has no meaning here; `reason` says why.
  std::optional<indicator::Comparison> comparison_of(size_t claim, const Wanted& wanted,
                                                     const Period* period, Judgement& out) const;
  std::optional<indicator::Comparison> comparison_of_level(size_t claim, const Wanted& wanted,
                                                           Judgement& out) const;
  std::optional<indicator::Comparison> place_of(const Claim& claim, const Wanted& wanted,
                                                Judgement& out) const;
  std::optional<indicator::Comparison> against_area(indicator::ComparisonKind kind,
                                                    const std::string& words, Judgement& out) const;
  std::optional<int> years_averaged(size_t claim) const;
  Date day_of(const Claim& claim) const { return days_[claim.story].value_or(last_day_); }
  std::vector<Period> newest_periods(Date day) const;
  std::vector<Period> periods_without_date(const Claim& claim, const Wanted& wanted) const;
  Answer ask(const Claim& claim, const Wanted& wanted, const Period& period,
             const indicator::Comparison& comparison) const;
  Answer ask(const Claim& claim, Question question) const;
  std::optional<Answer> answer(size_t claim, const Wanted& wanted, const Period* period,
                               Judgement& out) const;
  std::optional<Answer> newest_answer(size_t claim, const Wanted& wanted, Judgement& out) const;
  Verdict verdict_of(size_t claim, const Answer& answer) const;
  bool is_only_one(size_t claim, const Answer& answer) const;
  const Claim* threshold_of(size_t claim) const;
  void look_around(size_t claim, const Answer& answer, Judgement& out) const;
  bool look_at_names(size_t claim, const Answer& answer, Judgement& out) const;
  void look_back(const Claim& claim, const Answer& answer, Judgement& out) const;
  void conclude(const Claim& claim, const std::vector<Answer>& answers, size_t index,
                Judgement& out) const;
  void explain(const Claim& claim, const Answer& answer, Judgement& out) const;

  // dates.cpp
  Judgement judge_date(size_t claim, const std::vector<Subject>& about) const;
  std::vector<const Definition*> dates_named(const Claim& claim) const;
  std::optional<Wanted> date_of_record(const Subject& subject) const;
  std::optional<Answer> answer_date(const Claim& claim, const Wanted& wanted) const;
  void conclude_date(const Claim& claim, const Answer& answer, Judgement& out) const;
  bool judge_event(size_t claim, const std::vector<Subject>& about, Judgement& out) const;
  bool judge_named_event(const Claim& claim, Judgement& out) const;
  // marks.cpp
  std::optional<size_t> mark_of(size_t claim) const;
  const Definition* table_of_marks() const;
  bool judge_first(size_t claim, const std::vector<Subject>& about, Judgement& out) const;
  void conclude_place(const Claim& claim, Wanted asked, const std::string& dimension,
                      const std::vector<std::string>& peers, Judgement& out) const;
  // windows.cpp
  bool judge_window(size_t claim, const std::vector<Subject>& about, Judgement& out) const;

  const ZoneRecords& records_;
  const Reading& reading_;
  const Subjects& subjects_;
  Names names_;
  Candidates candidates_;
  std::vector<std::optional<Date>> days_;
  Date last_day_;  // of the records
};

}  // namespace wutong::page
