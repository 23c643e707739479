// The talent fund: budgets of each year, seven kinds of subsidy, the applications of each quarter
// from the draft to the payment of every instalment.
#include <deque>
#include <map>

#include "demo/making.hpp"
#include "demo/qingyuan_parts.hpp"
#include "demo/rows.hpp"

namespace wutong::demo::qingyuan {

namespace {

using record::Act;

constexpr int64_t kBudget = 50'000'000;
constexpr const char* kFund = "talent-fund";

struct Kind {
  const char* code;
  const char* name;
  const char* category;
  int64_t amount;
  int instalments;
  bool is_once;
  int age_max;
  int contract_months;
  int insured_months;
  int share;  // of 100 applications
};
constexpr Kind kKinds[] = {
    {"home", "购房补贴", "home_purchase", 150'000, 3, true, 45, 36, 12, 14},
    {"living", "生活补助", "living", 24'000, 1, false, 40, 36, 6, 38},
    {"skill", "技术技能人才扶持", "skilled_staff", 12'000, 1, true, 50, 24, 6, 17},
    {"study", "学历教育补贴", "degree_study", 10'000, 1, true, 40, 24, 6, 8},
    {"work", "就业扶持", "employment", 6'000, 1, true, 35, 12, 3, 12},
    {"venture", "自主创业补贴", "startup", 50'000, 2, true, 40, 0, 0, 4},
    {"first-home", "购买首套住房金融扶持", "first_home_finance", 60'000, 2, true, 45, 36, 12, 7}};

struct Application {
  size_t kind;
  std::string person, period, firm;
  int age, contract_months, insured_months;
  int64_t approved;
  const char* refusal;  // nullptr: entitled
};

struct Instalment {
  std::string kind, person, period;
  int number;
  int64_t amount;
  bool is_last;
};

class Fund {
 public:
  Fund(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms, const Terms& terms)
      : acts_(acts), firms_(firms), random_(terms.seed + 71), until_(terms.until) {}

  void add_kinds();
  void add_budget(int year);
  void add_quarter(int year, int quarter, int count);

 private:
  std::vector<Application> applications(Date day, int count);
  void file(const std::vector<Application>& all, Date day);
  void decide(const std::vector<Application>& all, Date day);
  void pay(const std::vector<Instalment>& all, Date day);
  std::string applicant(size_t kind, Date day, Rows& people);
  // The key fields of applications for which `is_meant` holds, ready for a move.
  template <typename Meant>
  void move(const std::vector<Application>& all, const std::string& at, const char* role,
            const char* name, Meant is_meant) {
    Rows rows("subsidy_application", {"kind", "person", "benefit_period"});
    for (const Application& one : all) {
      if (is_meant(one)) rows.add({kKinds[one.kind].code, one.person, one.period});
    }
    if (!rows.empty()) acts_.push_back(rows.move(at, role, role, name, 3));
  }

  std::vector<TimedRequest>& acts_;
  const std::vector<Firm>& firms_;
  SeededRandom random_;
  Date until_;
  size_t persons_ = 0;
  std::deque<std::pair<std::string, int>> living_;  // with a yearly benefit, and of which year
  std::map<int, int64_t> left_;                     // of a year's budget, not yet promised
  std::map<std::pair<int, int>, std::vector<Instalment>> due_;  // by year and quarter
};

void Fund::add_kinds() {
  Rows fund("fund", {"code", "name", "short_names", "policy", "established_on"});
  fund.add({kFund, "人才发展专项资金", "人才专项资金", "young-talents", "2020-08-18"});
  acts_.push_back(fund.act(Act::create, "2020-08-18T11:00", "finance"));
  Rows rows("subsidy_kind", {"code", "name", "fund", "category", "standard_max", "instalments",
                             "once_per_life", "age_max", "contract_months_min",
                             "insured_months_min", "service_years", "valid_from"});
  for (const Kind& kind : kKinds) {
    rows.add({kind.code, kind.name, kFund, kind.category, std::to_string(kind.amount),
              std::to_string(kind.instalments), kind.is_once ? "true" : "false",
              std::to_string(kind.age_max), std::to_string(kind.contract_months),
              std::to_string(kind.insured_months), "3", "2020-09-01"});
  }
  acts_.push_back(rows.act(Act::create, "2020-08-20T10:00", "talent_officer"));
}

void Fund::add_budget(int year) {
  Date day = year == 2020 ? day_of(2020, 8, 19) : workday(day_of(year, 1, 14));
  Rows row("fund_budget", {"fund", "year_end", "amount", "approved_by", "approved_on"});
  row.add({kFund, day_of(year, 12, 31).to_string(), std::to_string(kBudget), "管委会",
           day.to_string()});
  acts_.push_back(row.act(Act::create, at_hour(day, "14:00"), "finance"));
  acts_.push_back(row.move(at_hour(day, "15:00"), "finance_lead", "finance_lead", "approve", 2));
  if (year == 2020) return;
  Rows closed("fund_budget", {"fund", "year_end"});
  closed.add({kFund, day_of(year - 1, 12, 31).to_string()});
  acts_.push_back(
      closed.move(at_hour(day.plus_days(60), "10:00"), "finance", "finance", "close", 2));
}

// A person new to the fund, or one who had the yearly benefit in an earlier year.
std::string Fund::applicant(size_t kind, Date day, Rows& people) {
  constexpr const char* kDegrees[] = {"bachelor", "bachelor", "master", "college", "bachelor"};
  bool is_yearly = !kKinds[kind].is_once;
  if (is_yearly && !living_.empty() && living_.front().second < day.year() &&
      random_.below(2) == 0) {
    std::string person = living_.front().first;
    living_.pop_front();
    living_.emplace_back(person, day.year());
    return person;
  }
  size_t index = persons_++;
  std::string person = numbered("QY-T", index + 1, 5);
  people.add(
      {person, made_up_person(2000 + index), firms_[index * 37 % 430].uscc, kDegrees[index % 5]});
  if (is_yearly) living_.emplace_back(person, day.year());
  return person;
}

std::vector<Application> Fund::applications(Date day, int count) {
  std::vector<Application> all;
  Rows people("person", {"code", "name", "employer", "degree"});
  constexpr const char* kRefusals[] = {"社保缴纳月数不足", "申请材料与核查情况不符"};
  for (int i = 0; i < count; ++i) {
    Application one;
    int draw = static_cast<int>(random_.below(100));
    for (one.kind = 0; draw >= kKinds[one.kind].share; ++one.kind) draw -= kKinds[one.kind].share;
    const Kind& kind = kKinds[one.kind];
    one.person = applicant(one.kind, day, people);
    one.period = kind.is_once ? "once" : std::to_string(day.year());
    one.firm = firms_[random_.below(430)].uscc;
    one.age = 23 + static_cast<int>(random_.below(11));
    one.contract_months = kind.contract_months + static_cast<int>(random_.below(24));
    bool is_short = random_.below(12) == 0 && kind.insured_months > 3;
    one.insured_months = is_short ? kind.insured_months - 2
                                  : kind.insured_months + static_cast<int>(random_.below(40));
    one.approved = kind.amount * (random_.below(4) == 0 ? 8 : 10) / 10;
    one.refusal = is_short ? kRefusals[0] : (random_.below(33) == 0 ? kRefusals[1] : nullptr);
    all.push_back(one);
  }
  acts_.push_back(people.act(Act::import, at_hour(day, "09:00"), "talent_officer"));
  return all;
}

void Fund::file(const std::vector<Application>& all, Date day) {
  Rows rows("subsidy_application",
            {"kind", "person", "benefit_period", "enterprise", "applied_on", "age",
             "contract_months", "insured_months", "papers", "requested"});
  for (const Application& one : all) {
    rows.add({kKinds[one.kind].code, one.person, one.period, one.firm, day.to_string(),
              std::to_string(one.age), std::to_string(one.contract_months),
              std::to_string(one.insured_months), "劳动合同\x1F社保记录\x1F学历或技能证书",
              std::to_string(one.approved)});
  }
  acts_.push_back(rows.act(Act::import, at_hour(day, "10:00"), "enterprise"));
  move(all, at_hour(day, "17:00"), "enterprise", "submit", [](const Application&) { return true; });
}

void Fund::decide(const std::vector<Application>& all, Date day) {
  Date checked = workday(day.plus_days(9)), noticed = workday(checked.plus_days(1));
  Date decided = workday(noticed.plus_days(9));
  auto amend = [&](Date at, const char* hour, const std::vector<std::string>& fields, auto cells_of,
                   bool is_entitled) {
    std::vector<std::string> names{"kind", "person", "benefit_period"};
    names.insert(names.end(), fields.begin(), fields.end());
    Rows rows("subsidy_application", names);
    for (const Application& one : all) {
      if ((one.refusal == nullptr) != is_entitled) continue;
      std::vector<std::string> cells{kKinds[one.kind].code, one.person, one.period};
      for (const std::string& cell : cells_of(one)) cells.push_back(cell);
      rows.add(cells);
    }
    if (!rows.empty()) acts_.push_back(rows.act(Act::amend, at_hour(at, hour), "talent_officer"));
  };
  using Cells = std::vector<std::string>;
  auto is_entitled = [](const Application& one) { return one.refusal == nullptr; };
  amend(
      checked, "14:00", {"checked_on", "public_notice_on", "approved_amount"},
      [&](const Application& one) {
        return Cells{checked.to_string(), noticed.to_string(), std::to_string(one.approved)};
      },
      true);
  move(all, at_hour(checked, "16:00"), "talent_officer", "check", is_entitled);
  amend(
      checked, "16:10", {"decided_on", "refusal"},
      [&](const Application& one) {
        return Cells{checked.to_string(), one.refusal};
      },
      false);
  move(all, at_hour(checked, "16:20"), "talent_officer", "refuse",
       [](const Application& one) { return one.refusal != nullptr; });
  move(all, at_hour(noticed, "09:00"), "talent_officer", "notice", is_entitled);
  amend(
      decided, "09:00", {"decided_on"},
      [&](const Application&) { return Cells{decided.to_string()}; }, true);
  move(all, at_hour(decided, "10:00"), "talent_lead", "approve", is_entitled);
}

void Fund::pay(const std::vector<Instalment>& all, Date day) {
  if (all.empty()) return;
  Rows rows("subsidy_payment", {"application", "instalment", "amount"});
  Rows paid("subsidy_payment", {"application", "instalment", "paid_on"});
  Rows settled("subsidy_application", {"kind", "person", "benefit_period"});
  for (const Instalment& one : all) {
    std::string application = one.kind + "/" + one.person + "/" + one.period;
    rows.add({application, std::to_string(one.number), std::to_string(one.amount)});
    paid.add({application, std::to_string(one.number), day.to_string()});
    if (one.is_last) settled.add({one.kind, one.person, one.period});
  }
  acts_.push_back(rows.act(Act::import, at_hour(day.plus_days(-1), "10:00"), "finance"));
  acts_.push_back(paid.act(Act::amend, at_hour(day, "10:00"), "finance"));
  acts_.push_back(paid.move(at_hour(day, "10:05"), "finance", "finance", "pay", 2));
  acts_.push_back(settled.move(at_hour(day, "11:00"), "finance", "finance", "settle", 3));
}

void Fund::add_quarter(int year, int quarter, int count) {
  Date day = workday(day_of(year, quarter * 3 - 2, 12));
  std::vector<Application> all = applications(day, count);
  for (int due = year; due <= year + 2; ++due) left_.try_emplace(due, kBudget);
  // Promised only what each year's budget still holds.
  for (Application& one : all) {
    const Kind& kind = kKinds[one.kind];
    if (one.refusal != nullptr) continue;
    int64_t part = one.approved / kind.instalments;
    for (int k = 0; k < kind.instalments; ++k) {
      left_[year + k] -= part;
      CHECK(left_[year + k] >= 0);
      bool is_last = k + 1 == kind.instalments;
      due_[{year + k, quarter}].push_back(
          {kind.code, one.person, one.period, k + 1, part, is_last});
    }
  }
  file(all, day);
  decide(all, day);
  pay(due_[{year, quarter}], workday(day.plus_days(33)));
}

}  // namespace

void add_fund(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms, const Terms& terms) {
  Fund fund(acts, firms, terms);
  fund.add_kinds();
  for (int year = 2020; day_of(year, 1, 1) <= terms.until; ++year) {
    fund.add_budget(year);
    for (int quarter = 1; quarter <= 4; ++quarter) {
      Date begin = day_of(year, quarter * 3 - 2, 1);
      if (begin < day_of(2020, 9, 1) || begin > terms.until) continue;
      bool is_later = begin > page_day();
      fund.add_quarter(year, quarter, is_later ? 40 : 150 + (year - 2020) * 12 + quarter * 4);
    }
  }
}

}  // namespace wutong::demo::qingyuan
