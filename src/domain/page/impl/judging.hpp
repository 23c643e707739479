// ZoneJudge: the claims of a text against one zone. Private to the folder; pure.
#pragma once

#include "domain/page/impl/names.hpp"

namespace wutong::page {

class ZoneJudge {
 public:
  ZoneJudge(const ZoneRecords& records, const Reading& reading, std::optional<Date> day);

  Judgement judge(size_t claim) const;
  const Names& names() const { return names_; }
  const ZoneRecords& records() const { return records_; }

 private:
  using Definition = indicator::Definition;
  using Question = indicator::Question;

  Judgement judge_date(const Claim& claim) const;
  std::optional<std::vector<const Definition*>> definitions_of(const Claim& claim) const;
  bool suits(const Definition& definition, const Claim& claim) const;
  std::vector<const Definition*> instead_of(const Definition& named, const Claim& claim) const;

  // nullopt: the words ask for a comparison that has no meaning here; `reason` says why.
  std::optional<indicator::Comparison> comparison_of(size_t claim, const Definition& definition,
                                                     const Period* period, Judgement& out) const;
  std::optional<indicator::Comparison> against_area(indicator::ComparisonKind kind,
                                                    const std::string& words, Judgement& out) const;
  std::vector<Period> newest_periods() const;

  struct Answer {
    Question question;
    std::optional<indicator::Figure> figure;
    record::Title missing;
  };
  Answer ask(const Definition& definition, const Period& period,
             const indicator::Comparison& comparison) const;
  std::optional<Answer> answer(size_t claim, const Definition& definition, const Period* period,
                               Judgement& out) const;
  std::optional<Answer> newest_answer(size_t claim, const Definition& definition,
                                      Judgement& out) const;
  Verdict verdict_of(size_t claim, const Answer& answer) const;
  bool is_only_one(size_t claim, const Answer& answer) const;
  const Claim* threshold_of(size_t claim) const;
  void look_back(const Claim& claim, const Answer& answer, Judgement& out) const;
  void conclude(const Claim& claim, const std::vector<Answer>& answers, size_t index,
                Judgement& out) const;
  void explain(const Claim& claim, const Answer& answer, Judgement& out) const;
  Judgement judge_several(size_t index, const std::vector<const Definition*>& all) const;

  const ZoneRecords& records_;
  const Reading& reading_;
  Names names_;
  Date day_;
};

}  // namespace wutong::page
