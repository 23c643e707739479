// Orders of enterprises and who was placed on them; other ways to work; founders and their
// start-ups; internships of each year.
#include <algorithm>
#include <map>

#include "demo/guiyang_parts.hpp"
#include "demo/making.hpp"
#include "demo/rows.hpp"

namespace wutong::demo::guiyang {

namespace {

using record::Act;

constexpr size_t kPlacedAfterPractice = 2174;  // of 3,120
constexpr size_t kPractised = 3120;
constexpr size_t kFounders = 2537;  // of 2,680
constexpr size_t kCoached = 2680;
constexpr const char* kPositions[] = {"运营专员", "直播助理",   "报关员",   "仓储文员",
                                      "美工",     "小语种客服", "运营助理", "数据专员"};
constexpr const char* kKinds[] = {"operation", "live_stream", "customs",   "logistics",
                                  "design",    "language",    "operation", "technical"};

struct Job {
  Trainee trainee;
  Group group;
  std::string channel;
  bool is_ordered() const { return channel == "practical_training" || channel == "order_class"; }
};

class Jobs {
 public:
  Jobs(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms, const Terms& terms)
      : acts_(acts), firms_(firms) {
    for (Group group : {kPractice, kCourse}) {
      for (const Trainee& trainee : trainees(group, terms.until)) {
        std::string channel = channel_of(group, trainee);
        if (!channel.empty() && channel != "internship") {
          by_month_[trainee.month].push_back({trainee, group, channel});
        }
      }
    }
  }
  void add_all() {
    for (auto& [month, jobs] : by_month_) add_month(month, jobs);
  }

 private:
  void add_month(Month month, const std::vector<Job>& jobs);
  void add_demands(Month month, const std::vector<size_t>& ordered);

  std::vector<TimedRequest>& acts_;
  const std::vector<Firm>& firms_;
  std::map<Month, std::vector<Job>> by_month_;
};

size_t firm_of(const std::vector<Firm>& firms, Month month, size_t number) {
  size_t count = firms_before(firms, month.first_day().plus_days(-40));
  return (static_cast<size_t>(month.index) * 7 + number * 3) % count;
}
std::string demand_code(Month month, size_t number) {
  return numbered("DD-" + month.to_string() + "-", number + 1, 2);
}

// `ordered`: how many were placed on each demand. Some ask for a few more than they got.
void Jobs::add_demands(Month month, const std::vector<size_t>& ordered) {
  Rows rows("talent_demand", {"code", "enterprise", "position", "talent_kind", "places",
                              "degree_min", "skills", "monthly_pay", "opened_on", "due_on"});
  Rows filled("talent_demand", {"code", "closed_on"});
  Rows links("plan_order", {"plan", "demand", "places"});
  Date opened = workday(month.first_day()), closed = followed_on(month);
  for (size_t i = 0; i < ordered.size(); ++i) {
    std::string code = demand_code(month, i);
    size_t places = ordered[i] + (i % 3 == 0 ? 1 + i % 2 : 0);
    rows.add({code, firms_[firm_of(firms_, month, i)].uscc, kPositions[i % 8], kKinds[i % 8],
              std::to_string(places), i % 4 == 0 ? "bachelor" : "college", "平台规则\x1F办公软件",
              std::to_string(4200 + i % 7 * 300), opened.to_string(),
              month.plus(1).last_day().to_string()});
    filled.add({code, closed.to_string()});
    links.add({plan_code(kPractice, month), code, std::to_string(ordered[i])});
  }
  acts_.push_back(rows.act(Act::import, at_hour(opened, "10:00"), "enterprise"));
  acts_.push_back(rows.move(at_hour(opened, "10:30"), "enterprise", "enterprise", "open", 1));
  acts_.push_back(
      links.act(Act::import, at_hour(opened.plus_days(3), "10:00"), "training_officer"));
  acts_.push_back(
      rows.move(at_hour(opened.plus_days(3), "10:30"), "school", "school", "accept", 1));
  acts_.push_back(filled.act(Act::amend, at_hour(closed, "16:00"), "training_officer"));
  acts_.push_back(
      filled.move(at_hour(closed, "16:30"), "training_officer", "training_officer", "fill", 1));
}

void Jobs::add_month(Month month, const std::vector<Job>& jobs) {
  size_t ordered_count = static_cast<size_t>(
      std::count_if(jobs.begin(), jobs.end(), [](const Job& job) { return job.is_ordered(); }));
  std::vector<size_t> ordered(std::max<size_t>(1, ordered_count / 9));
  Rows rows("placement", {"person", "enterprise", "placed_on", "channel", "demand", "plan",
                          "university", "position", "talent_kind", "monthly_pay"});
  Rows ledger("talent_ledger", {"person", "programme", "outcome"});
  Date day = followed_on(month);
  size_t next = 0;
  for (const Job& job : jobs) {
    size_t demand = next % ordered.size();
    bool is_ordered = job.is_ordered();
    if (is_ordered) {
      ++ordered[demand];
      ++next;
    }
    size_t firm = firm_of(firms_, month, is_ordered ? demand : 100 + job.trainee.person);
    Date placed = day.plus_days(-1 - static_cast<int>(job.trainee.person % 12));
    bool is_on_plan = is_ordered && job.group == kPractice;
    rows.add({person_code(job.trainee.person), firms_[firm].uscc, placed.to_string(), job.channel,
              is_ordered ? demand_code(month, demand) : "",
              is_on_plan ? plan_code(kPractice, month) : "", university(job.trainee.person),
              kPositions[demand % 8], kKinds[demand % 8],
              std::to_string(4000 + job.trainee.person % 9 * 250)});
    ledger.add({person_code(job.trainee.person), job.group == kPractice ? "sx" : "kc", "employed"});
  }
  if (ordered_count == 0) ordered.clear();
  if (!ordered.empty()) add_demands(month, ordered);
  acts_.push_back(rows.act(Act::import, at_hour(day, "10:00"), "training_officer"));
  acts_.push_back(rows.move(at_hour(day, "10:30"), "enterprise", "enterprise", "employ", 3));
  acts_.push_back(
      ledger.act(Act::amend, at_hour(day, "11:00"), "training_officer", day.to_string()));
}

// One or two founders a start-up; now and then one who is no graduate joins.
void add_startup_month(std::vector<TimedRequest>& acts, Month month,
                       const std::vector<Trainee>& founders, size_t& number) {
  constexpr const char* kFields[] = {"农特产品出海", "手工艺品", "食品饮料", "家居用品",
                                     "直播服务",     "独立站",   "选品服务", "包装设计"};
  Rows startups("startup", {"code", "name", "form", "field", "registered_on"});
  Rows rows("startup_founder",
            {"startup", "person", "university", "is_graduate", "joined_on", "role"});
  Date day = followed_on(month);
  for (size_t i = 0; i < founders.size();) {
    std::string code = numbered("CY-", ++number, 4);
    Date registered = day.plus_days(-1 - static_cast<int>(number * 5 % 13));
    startups.add({code, firm_word(number * 7) + kFields[number % 8] + "（演示" + code + "）",
                  number % 3 == 0 ? "enterprise" : "self_employed", kFields[number % 8],
                  registered.to_string()});
    size_t size = std::min<size_t>(1 + number % 2, founders.size() - i);
    for (size_t k = 0; k < size; ++k, ++i) {
      rows.add({code, person_code(founders[i].person), university(founders[i].person), "true",
                registered.to_string(), k == 0 ? "founder" : "partner"});
    }
    if (number % 25 == 0) {
      rows.add({code, person_code(15'600 + number / 25), "", "false", registered.to_string(),
                "partner"});
    }
  }
  if (startups.empty()) return;
  acts.push_back(startups.act(Act::import, at_hour(day, "14:00"), "training_officer"));
  acts.push_back(rows.act(Act::import, at_hour(day, "14:30"), "training_officer"));
}

// The start-ups of a year that are taken into the incubator, two years at most.
void add_incubation(std::vector<TimedRequest>& acts, int year, size_t from, size_t to) {
  Rows rows("incubation", {"code", "startup", "park", "mentor", "entered_on"});
  Rows left("incubation", {"code", "graduated_on", "outcome"});
  Date entered = workday(day_of(year, 12, 27)), graduated = entered.plus_days(700);
  for (size_t number = from + 1; number <= to; ++number) {
    if (number % 14 != 0) continue;
    std::string code = numbered("FH-", number, 4);
    rows.add({code, numbered("CY-", number, 4), kIncubator, numbered("GY-M", 1 + number % 40, 3),
              entered.to_string()});
    left.add({code, graduated.to_string(), number % 4 == 0 ? "并入其他企业" : "独立经营"});
  }
  if (rows.empty()) return;
  acts.push_back(rows.act(Act::import, at_hour(entered, "10:00"), "training_officer"));
  acts.push_back(
      rows.move(at_hour(entered, "10:30"), "training_officer", "training_officer", "take", 1));
  acts.push_back(left.act(Act::amend, at_hour(graduated, "10:00"), "training_officer"));
  acts.push_back(left.move(at_hour(graduated, "10:30"), "training_officer", "training_officer",
                           "graduate", 1));
}

}  // namespace

std::string channel_of(Group group, const Trainee& trainee) {
  if (group == kPractice) {
    bool is_placed = is_chosen(trainee.place, kPlacedAfterPractice, kPractised);
    return is_placed ? "practical_training" : "";
  }
  if (group != kCourse) return "";
  size_t kind = trainee.place % 49;
  if (kind <= 1) return "internship";
  if (kind >= 7 && kind <= 10) return "order_class";
  if (kind >= 11 && kind <= 13) return "job_fair";
  if (kind == 14 || kind == 16) return "referral";
  return kind == 15 ? "order_class" : "";
}

void add_jobs(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms, const Terms& terms) {
  Jobs(acts, firms, terms).add_all();
}

void add_startups(std::vector<TimedRequest>& acts, const Terms& terms) {
  std::map<Month, std::vector<Trainee>> founders;
  for (const Trainee& trainee : trainees(kStartup, terms.until)) {
    if (is_chosen(trainee.place, kFounders, kCoached)) founders[trainee.month].push_back(trainee);
  }
  size_t number = 0, year_began = 0;
  int year = 2019;
  for (const auto& [month, in] : founders) {
    // Registered in the month after.
    if (month.plus(1).year() != year) {
      add_incubation(acts, year, year_began, number);
      year_began = number;
      year = month.plus(1).year();
    }
    add_startup_month(acts, month, in, number);
  }
}

}  // namespace wutong::demo::guiyang
