// Who is trained when: persons, sessions with attendance, coaching, practice with customs papers,
// the ledger of all programmes.
#include <algorithm>

#include "demo/guiyang_parts.hpp"
#include "demo/making.hpp"
#include "demo/rows.hpp"

namespace wutong::demo::guiyang {

namespace {

using record::Act;

// Of the ledger up to September 2024, without those who only took part in a contest.
constexpr size_t kCounts[kGroups] = {3120, 2680, 9800, 4900, 350};
constexpr size_t kFirstPerson[kGroups] = {0, 3120, 5800, 15'600, 20'500};
constexpr size_t kLaterAQuarter[kGroups] = {60, 36, 150, 70, 5};
constexpr size_t kSecondSessions = 1166;  // attendances beyond one a person
constexpr size_t kCoachedSingly = 588;
constexpr size_t kPracticeAttempts = 1404;
constexpr const char* kProgrammes[kGroups] = {"sx", "cy", "kc", "zz", "yx"};
constexpr const char* kKinds[] = {"operation", "live_stream", "customs",    "logistics",
                                  "design",    "language",    "management", "technical"};
constexpr const char* kMajors[] = {"国际经济与贸易", "电子商务", "跨境电子商务", "物流管理",
                                   "市场营销",       "商务英语", "视觉传达设计", "报关与国际货运"};

Month first_month() { return Month::of(2019, 9); }
Month last_month() { return Month::of(2024, 9); }

// More from year to year; little in the holidays.
size_t weight(Month month) {
  size_t growing = 100 + static_cast<size_t>(month.index - first_month().index) * 2;
  switch (month.month()) {
    case 2:
      return growing / 4;
    case 1:
    case 7:
    case 8:
      return growing / 2;
    case 3:
    case 4:
    case 5:
    case 10:
    case 11:
      return growing * 5 / 4;
    default:
      return growing;
  }
}

bool is_student(Group group) { return group != kStaff; }

Date session_day(Month month, size_t number) {
  return workday(month.first_day().plus_days(4 + static_cast<int>(number * 7 % 20)));
}

class Training {
 public:
  Training(std::vector<TimedRequest>& acts, const Terms& terms) : acts_(acts) {
    for (int g = 0; g < kGroups; ++g) {
      all_[g] = trainees(static_cast<Group>(g), terms.until);
    }
  }
  void add_month(Month month);

 private:
  void add_persons(Month month, const std::vector<Trainee>* in, const std::string& at);
  void add_plans(Month month);
  void add_sessions(Month month, Group group, const std::vector<Trainee>& in,
                    const std::string& at);
  void add_single(Month month, const std::vector<Trainee>& in, const std::string& at);
  void add_attempts(Month month, const std::vector<Trainee>& in, const std::string& at);
  void add_ledger(Month month, const std::vector<Trainee>* in, const std::string& at);

  std::vector<TimedRequest>& acts_;
  std::vector<Trainee> all_[kGroups];
  size_t next_[kGroups] = {};
};

void Training::add_persons(Month month, const std::vector<Trainee>* in, const std::string& at) {
  Rows people("person", {"code", "name", "degree"});
  Rows students("student", {"person", "university", "major", "degree", "enrolled_year",
                            "graduates_year", "registered_on"});
  for (int g = 0; g < kGroups; ++g) {
    for (const Trainee& trainee : in[g]) {
      std::string degree = trainee.person % 5 < 3 ? "bachelor" : "college";
      people.add({person_code(trainee.person), made_up_person(trainee.person), degree});
      if (!is_student(static_cast<Group>(g))) continue;
      int enrolled = month.year() - (g == kStartup ? 4 : 2) - static_cast<int>(trainee.person % 2);
      students.add({person_code(trainee.person), university(trainee.person),
                    kMajors[trainee.person % 8], degree, std::to_string(enrolled),
                    std::to_string(enrolled + (degree == "college" ? 3 : 4)),
                    month.first_day().to_string()});
    }
  }
  if (!people.empty()) acts_.push_back(people.act(Act::import, at, "training_officer"));
  if (!students.empty()) acts_.push_back(students.act(Act::import, at, "school"));
}

// A plan a quarter for practice and for founders, begun on its first day.
void Training::add_plans(Month month) {
  if (month.month() % 3 != 1 && month != first_month()) return;
  Month last = month.plus(2 - (month.month() - 1) % 3);
  for (Group group : {kPractice, kStartup}) {
    std::string code = plan_code(group, month);
    Rows row("training_plan", {"code", "name", "programme", "university", "park", "subject",
                               "places", "began_on", "ended_on"});
    row.add({code,
             std::to_string(month.year()) + "年第" + std::to_string((month.month() + 2) / 3) +
                 "季度" + (group == kPractice ? "实训" : "创业辅导") + "计划",
             kProgrammes[group], university(static_cast<size_t>(month.index)), kPark,
             group == kPractice ? "平台运营、直播、关务实操" : "路演、市场规划、营销",
             group == kPractice ? "600" : "400", month.first_day().to_string(),
             last.last_day().to_string()});
    Date day = workday(month.first_day());
    acts_.push_back(row.act(Act::create, at_hour(day, "08:40"), "training_officer"));
    for (const char* name : {"agree", "start"}) {
      acts_.push_back(
          row.move(at_hour(day, "08:50"), "training_officer", "training_officer", name, 1));
    }
    acts_.push_back(row.move(at_hour(recorded_on(last).plus_days(1), "17:00"), "training_officer",
                             "training_officer", "finish", 1));
  }
}

void Training::add_sessions(Month month, Group group, const std::vector<Trainee>& in,
                            const std::string& at) {
  if (in.empty()) return;
  constexpr const char* kPracticeKinds[] = {"practical", "customs", "practical"};
  constexpr const char* kStartupKinds[] = {"startup", "roadshow", "planning", "marketing"};
  size_t count = std::max<size_t>(2, (in.size() + 29) / 30);
  Rows sessions("training_session", {"code", "plan", "kind", "subject", "held_on", "hours", "park",
                                     "trainer", "capacity"});
  auto code_of = [&](size_t number) {
    return month.to_string() + "-" + kProgrammes[group] + "-" + std::to_string(number + 1);
  };
  for (size_t i = 0; i < count; ++i) {
    const char* kind = group == kPractice ? kPracticeKinds[i % 3] : kStartupKinds[i % 4];
    sessions.add({code_of(i), plan_code(group, month), kind,
                  group == kPractice ? "店铺运营与关务" : "从选品到成交",
                  session_day(month, i).to_string(), "6", kPark,
                  numbered("GY-M", 1 + (i + static_cast<size_t>(month.index)) % 40, 3), "60"});
  }
  acts_.push_back(sessions.act(Act::import, at, "training_officer"));
  Rows rows("session_attendance",
            {"session", "person", "attended_on", "university", "is_student", "score"});
  auto attend = [&](const Trainee& trainee, size_t number) {
    rows.add({code_of(number), person_code(trainee.person), session_day(month, number).to_string(),
              university(trainee.person), group == kPractice ? "true" : "false",
              std::to_string(62 + trainee.person * 7 % 37) + ".0"});
  };
  for (size_t i = 0; i < in.size(); ++i) {
    attend(in[i], i % count);
    bool is_again =
        group == kPractice && is_chosen(in[i].place, kSecondSessions, kCounts[kPractice]);
    if (is_again) attend(in[i], (i + 1) % count);
  }
  acts_.push_back(rows.act(Act::import, at, "training_officer"));
}

void Training::add_single(Month month, const std::vector<Trainee>& in, const std::string& at) {
  constexpr const char* kSubjects[] = {"选品与定价", "店铺开设", "资金与税务", "物流方案"};
  Rows rows("coaching", {"code", "person", "mentor", "programme", "held_on", "subject"});
  for (const Trainee& trainee : in) {
    if (!is_chosen(trainee.place, kCoachedSingly, kCounts[kStartup])) continue;
    rows.add({"FD-" + person_code(trainee.person), person_code(trainee.person),
              numbered("GY-M", 1 + trainee.person % 40, 3), "cy",
              session_day(month, trainee.place).to_string(), kSubjects[trainee.person % 4]});
  }
  if (!rows.empty()) acts_.push_back(rows.act(Act::import, at, "training_officer"));
}

void Training::add_attempts(Month month, const std::vector<Trainee>& in, const std::string& at) {
  Rows rows("practice_attempt", {"practice_case", "person", "attempt", "done_on", "minutes",
                                 "scanned", "found", "missed", "wrong", "score"});
  for (const Trainee& trainee : in) {
    if (!is_chosen(trainee.place, kPracticeAttempts, kCounts[kPractice])) continue;
    size_t found = 2 + trainee.person % 4, wrong = trainee.person % 3 == 0 ? 1 : 0;
    rows.add({numbered("AL-", 1 + trainee.person % 12, 2), person_code(trainee.person), "1",
              session_day(month, trainee.place).to_string(),
              std::to_string(18 + trainee.person % 22), "true", std::to_string(found),
              std::to_string(5 - found), std::to_string(wrong),
              std::to_string(found * 20 - wrong * 5)});
  }
  if (!rows.empty()) acts_.push_back(rows.act(Act::import, at, "training_officer"));
}

void Training::add_ledger(Month month, const std::vector<Trainee>* in, const std::string& at) {
  Rows rows("talent_ledger",
            {"person", "programme", "talent_kind", "university", "trained_on", "outcome"});
  for (int g = 0; g < kGroups; ++g) {
    for (const Trainee& trainee : in[g]) {
      rows.add({person_code(trainee.person), kProgrammes[g], kKinds[trainee.person % 8],
                g == kStaff ? "" : university(trainee.person),
                session_day(month, trainee.place).to_string(),
                g == kStaff ? "employed" : "in_training"});
    }
  }
  if (!rows.empty()) acts_.push_back(rows.act(Act::import, at, "training_officer"));
}

void Training::add_month(Month month) {
  std::vector<Trainee> in[kGroups];
  for (int g = 0; g < kGroups; ++g) {
    for (; next_[g] < all_[g].size() && all_[g][next_[g]].month == month; ++next_[g]) {
      in[g].push_back(all_[g][next_[g]]);
    }
  }
  add_plans(month);
  Date day = recorded_on(month);
  add_persons(month, in, at_hour(day, "09:00"));
  add_sessions(month, kPractice, in[kPractice], at_hour(day, "10:00"));
  add_sessions(month, kStartup, in[kStartup], at_hour(day, "10:30"));
  add_single(month, in[kStartup], at_hour(day, "11:00"));
  add_attempts(month, in[kPractice], at_hour(day, "11:30"));
  add_ledger(month, in, at_hour(day, "14:00"));
}

}  // namespace

std::string person_code(size_t person) { return numbered("GY-", person + 1, 6); }

std::string plan_code(Group group, Month month) {
  Month first = month.plus(-((month.month() - 1) % 3));
  if (first < first_month()) first = first_month();
  return "JH-" + first.to_string() + "-" + kProgrammes[group];
}

Date recorded_on(Month month) { return workday(month.plus(1).first_day().plus_days(2)); }
Date followed_on(Month month) { return workday(month.plus(1).first_day().plus_days(20)); }

std::vector<Trainee> trainees(Group group, Date until) {
  std::vector<Trainee> all;
  size_t total = 0, so_far = 0;
  for (Month m = first_month(); m <= last_month(); m = m.plus(1)) total += weight(m);
  for (Month m = first_month(); m <= last_month(); m = m.plus(1)) {
    so_far += weight(m);
    for (size_t end = kCounts[group] * so_far / total; all.size() < end;) {
      all.push_back({kFirstPerson[group] + all.size(), all.size(), m});
    }
  }
  size_t later = 0;
  for (Month m = last_month().plus(2); m.last_day() < until; m = m.plus(3)) {
    for (size_t i = 0; i < kLaterAQuarter[group]; ++i, ++later) {
      all.push_back({100'000 + static_cast<size_t>(group) * 20'000 + later, all.size(), m});
    }
  }
  return all;
}

void add_training(std::vector<TimedRequest>& acts, const Terms& terms) {
  Training training(acts, terms);
  for (Month month = first_month(); month.last_day() < terms.until; month = month.plus(1)) {
    training.add_month(month);
  }
}

}  // namespace wutong::demo::guiyang
