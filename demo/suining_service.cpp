// Joint guidance, errands, meetings over coffee and requests, from 2020 to the articles and on.
#include <algorithm>
#include <map>

#include "demo/suining.hpp"

namespace wutong::demo {

namespace {

// Up to the day of the articles; the open ones are closed soon after it.
constexpr int kGuidances = 156, kMajorErrands = 246, kOtherErrands = 131;
constexpr int kCoffeeTimes = 32, kCoffeeAttendances = 594;
constexpr int kRequestsClosed = 217, kRequestsOpen = 16;

const Date kLast = *Date::from_ymd(2024, 10, 18);

// Days spread evenly between two, each a little off.
Date spread(Script& script, Date from, Date to, int i, int count) {
  int span = to.days() - from.days();
  return from.plus_days(span * i / count +
                        static_cast<int>(script.below(std::max(span / count, 1))));
}

// What happened before 2024 was entered quarter by quarter from the paper files, what came later on
// its day.
Date entered(Date day) {
  if (day.year() >= 2024) return day;
  int last_month = (day.month() + 2) / 3 * 3;
  return Month::of(day.year(), last_month).last_day();
}

Date working(Date day) { return day.weekday() >= 6 ? day.plus_days(-2) : day; }

}  // namespace

void record_guidance(Script& script, const std::vector<Undertaking>& projects) {
  constexpr const char* kOffices[] = {"自然资源", "住建", "生态环境", "应急", "消防", "供电"};
  constexpr const char* kQuestions[] = {"选址与用地", "环评类别", "消防设计",
                                        "人防手续",   "用电报装", "施工许可要件"};
  std::map<Date, std::vector<Row>> entries;
  int serial = 0;
  auto guide = [&](const Undertaking& project, Date held) {
    size_t k = static_cast<size_t>(serial);
    std::vector<std::string> offices{kOffices[k % 6], kOffices[(k + 1 + k / 6 % 2) % 6]};
    if (k % 2 == 0) offices.push_back(kOffices[(k + 4) % 6]);
    entries[entered(held)].push_back({"LH" + number(1000 + serial), project.code, held.to_string(),
                                      joined(offices), kQuestions[k % 6], "一次告知要件与时限"});
    ++serial;
  };
  // Two or three a project, before its start.
  for (size_t i = 0; serial < kGuidances; ++i) {
    const Undertaking& project = projects[i % projects.size()];
    Date held =
        project.signed_on.plus_days(static_cast<int>(10 + i / projects.size() * 28 + i % 9));
    guide(project, std::min(working(held), kLast));
  }
  // A new project every other month after the articles, each with one guidance.
  int64_t later = 0;
  for (Month month = Month::of(2024, 11); month.last_day() <= script.until();
       month = month.plus(2), ++later) {
    std::string code = "XM-N" + two_digits(later + 1);
    Undertaking project{code, projects[static_cast<size_t>(later * 3) % projects.size()].uscc,
                        month.first_day().plus_days(5), later % 3 == 0};
    script.create(at(project.signed_on, "09:30"), "officer", "project",
                  {"code", "name", "class", "enterprise", "signed_on", "investment"},
                  {{code, "扩建项目" + number(later + 1), project.is_major ? "major" : "ordinary",
                    project.uscc, project.signed_on.to_string(),
                    number(script.between(20, 300) * 1'000'000)}});
    guide(project, working(month.first_day().plus_days(19)));
  }
  for (const auto& [day, rows] : entries) {
    script.create(at(day, "16:20"), "officer", "joint_guidance",
                  {"code", "project", "held_on", "offices", "questions", "opinions"}, rows);
  }
}

namespace {

// Errands entered on one day.
struct Errands {
  std::vector<Row> taken, done, keys;
};

void add_errand(Script& script, std::map<Date, Errands>& entries, const Undertaking& project,
                const std::string& code, Date taken, int64_t i) {
  constexpr const char* kItems[] = {"filing",       "land_planning", "works_planning",
                                    "construction", "environment",   "fire_design",
                                    "energy",       "civil_defence", "completion_filing"};
  bool acts = i % 3 != 0;
  Date done = working(taken.plus_days(static_cast<int>(script.between(2, 15))));
  done = std::max(done, taken);
  Errands& errands = entries[entered(done)];
  errands.taken.push_back({code, acts ? "act" : "help", project.uscc, project.code, kItems[i % 9],
                           "p" + two_digits(3 + i % 12), acts ? "WT-" + code : "",
                           taken.to_string()});
  errands.done.push_back({code, done.to_string(), "已办结"});
  errands.keys.push_back({code});
}

void enter(Script& script, const std::map<Date, Errands>& entries) {
  for (const auto& [day, errands] : entries) {
    script.create(at(day, "10:00"), "agent", "agency_service",
                  {"code", "mode", "enterprise", "project", "item", "agent", "mandate", "taken_on"},
                  errands.taken);
    script.amend(at(day, "15:00"), "agent", "agency_service", {"code", "done_on", "result"},
                 errands.done);
    script.move(at(day, "15:10"), "agent", "agency_service", "finish", {"code"}, errands.keys);
  }
}

}  // namespace

void record_errands(Script& script, const std::vector<Undertaking>& projects) {
  std::vector<const Undertaking*> major, ordinary;
  for (const Undertaking& project : projects)
    (project.is_major ? major : ordinary).push_back(&project);
  std::map<Date, Errands> entries;
  for (int i = 0; i < kMajorErrands + kOtherErrands; ++i) {
    bool is_major = i < kMajorErrands;
    const auto& from = is_major ? major : ordinary;
    const Undertaking& project = *from[static_cast<size_t>(i) % from.size()];
    int step = i / static_cast<int>(from.size());
    Date taken = working(project.signed_on.plus_days(12 + step * 15 % 160));
    add_errand(script, entries, project, "DB" + number(1000 + i), std::min(taken, kLast), i);
  }
  int64_t serial = 0;
  for (Month month = Month::of(2024, 11); month.plus(1).last_day() <= script.until();
       month = month.plus(1), ++serial) {
    const Undertaking& project = projects[static_cast<size_t>(serial * 7) % projects.size()];
    add_errand(script, entries, project, "DB" + number(2000 + serial),
               working(month.first_day().plus_days(12)), serial);
  }
  enter(script, entries);
}

void record_coffee_times(Script& script, const std::vector<Company>& firms) {
  script.create(
      "2021-09-01T09:00", "officer", "event_series",
      {"code", "name", "short_names", "host", "purpose"},
      {{"coffee", "高新咖啡时", "咖啡时\x1F“高新咖啡时”", "committee", "政企面对面交流"}});
  constexpr const char* kThemes[] = {"用工", "融资", "用能", "数字化", "政策", "物流"};
  constexpr const char* kNeeds[] = {"招工", "贷款", "用电", "改造", "申报", "货运"};
  auto hold = [&](int edition, Date held, int count) {
    std::string code = "KF" + two_digits(edition);
    size_t theme = static_cast<size_t>(edition) % 6;
    script.create(
        at(held, "09:00"), "officer", "event",
        {"code", "kind", "name", "event_series", "edition", "held", "place", "host", "theme"},
        {{code, "coffee_time", "第" + number(edition) + "期高新咖啡时", "coffee", number(edition),
          held.to_string(), "企业会客厅", "committee", kThemes[theme]}});
    std::vector<Row> present;
    for (int i = 0; i < count; ++i) {
      const Company& firm = firms[static_cast<size_t>(edition * 5 + i * 3) % firms.size()];
      present.push_back({code, number(i + 1), held.to_string(), firm.uscc, "participant",
                         i % 4 == 0 ? kNeeds[theme] : ""});
    }
    script.create(at(held, "16:30"), "officer", "attendance",
                  {"event", "number", "attended_on", "enterprise", "role", "need"}, present);
  };
  int left = kCoffeeAttendances;
  for (int i = 0; i < kCoffeeTimes; ++i) {
    int count = left / (kCoffeeTimes - i) + (i + 1 < kCoffeeTimes ? (i * 5 % 3) - 1 : 0);
    left -= count;
    hold(i + 1, working(spread(script, day("2021-09-08"), kLast, i, kCoffeeTimes)), count);
  }
  int edition = kCoffeeTimes;
  for (Month month = Month::of(2024, 11); month.last_day() <= script.until();
       month = month.plus(1)) {
    hold(++edition, working(month.first_day().plus_days(15)),
         static_cast<int>(script.between(15, 21)));
  }
}

namespace {

struct Asked {
  const char* category;
  const char* content;
  const char* office;
};
constexpr Asked kAsked[] = {{"labour", "招工困难，希望组织专场招聘", "labour"},
                            {"finance", "流动资金紧张，希望对接银行", "finance"},
                            {"utilities", "夏季用电负荷不足", "utilities"},
                            {"permits", "施工许可要件不清楚", "approval"},
                            {"land", "需要扩租仓库", "planning"},
                            {"policy", "技改补贴申报时间", "service"},
                            {"logistics", "货车通行证办理", "service"},
                            {"living", "增开通勤公交", "utilities"}};

// Requests that take their steps on one day: with all steps at its end for what was entered late.
struct Requests {
  std::vector<Row> raised, raised_keys, answered, answered_keys, closed, closed_keys;
};
using Entries = std::map<Date, Requests>;

// The whole way of a request; it is closed on `not_before` at the earliest.
void add_request(Script& script, Entries& entries, const Company& firm, const std::string& code,
                 Date raised, const std::string& event, int i, Date not_before = {}) {
  constexpr const char* kRatings[] = {"very_satisfied", "satisfied", "very_satisfied", "satisfied",
                                      "fair",           "satisfied", "dissatisfied"};
  const Asked& asked = kAsked[i % 8];
  std::string channel = i % 3 == 0 ? "hotline" : "visit";
  Date assigned = raised.plus_days(1);
  Date answered = assigned.plus_days(static_cast<int>(script.between(1, i % 11 == 0 ? 8 : 4)));
  Date closed = answered.plus_days(static_cast<int>(script.between(1, 3)));
  closed = std::max(closed, not_before);
  // All of one quarter's entries land together; a later one on the day of each step.
  Date late = entered(closed);
  bool is_late = late != closed;
  Requests& opening = entries[is_late ? late : assigned];
  opening.raised.push_back({code, firm.uscc, event.empty() ? channel : "coffee_time", event,
                            raised.to_string(), asked.category, asked.content, asked.office,
                            "p" + two_digits(3 + i % 12), assigned.to_string(),
                            assigned.plus_days(5).to_string()});
  opening.raised_keys.push_back({code});
  Requests& answering = entries[is_late ? late : answered];
  answering.answered.push_back({code, answered.to_string(), "已协调解决"});
  answering.answered_keys.push_back({code});
  Requests& closing = entries[is_late ? late : closed];
  closing.closed.push_back({code, closed.to_string(), kRatings[i % 7], closed.to_string()});
  closing.closed_keys.push_back({code});
}

void enter(Script& script, const Entries& entries) {
  for (const auto& [day, steps] : entries) {
    script.create(at(day, "09:00"), "service_officer", "request",
                  {"code", "enterprise", "channel", "event", "raised_on", "category", "content",
                   "office", "officer", "assigned_on", "due_on"},
                  steps.raised);
    script.move(at(day, "09:10"), "service_officer", "request", "assign", {"code"},
                steps.raised_keys);
    script.move(at(day, "11:00"), "office", "request", "take", {"code"}, steps.raised_keys);
    script.amend(at(day, "15:00"), "office", "request", {"code", "answered_on", "answer"},
                 steps.answered);
    script.move(at(day, "15:10"), "office", "request", "answer", {"code"}, steps.answered_keys);
    script.amend(at(day, "16:00"), "enterprise", "request",
                 {"code", "rated_on", "rating", "closed_on"}, steps.closed);
    script.move(at(day, "16:30"), "service_officer", "request", "close", {"code"},
                steps.closed_keys);
  }
}

// The last meeting over coffee that was surely held by then: one in less than 36 days.
std::string meeting_before(Date raised) {
  return "KF" + two_digits(std::max((raised.days() - day("2021-09-08").days()) / 37, 1));
}

}  // namespace

void record_requests(Script& script, const std::vector<Company>& firms) {
  const Date first = day("2021-10-12"), last = day("2024-10-06");
  Entries entries;
  for (int i = 0; i < kRequestsClosed; ++i) {
    Date raised = working(spread(script, first, last, i, kRequestsClosed));
    std::string event = i % 2 == 0 ? meeting_before(raised) : "";
    add_request(script, entries, firms[static_cast<size_t>(i * 7) % firms.size()],
                "SQ" + number(1000 + i), raised, event, i);
  }
  for (int i = 0; i < kRequestsOpen; ++i) {
    add_request(script, entries, firms[static_cast<size_t>(i * 11) % firms.size()],
                "SQ" + number(1500 + i), working(kLast.plus_days(-i % 9)), "", i,
                page_day().plus_days(2 + i % 4));
  }
  int serial = 0;
  // Two a week, so that some are on their way on whatever day one looks.
  for (Month month = Month::of(2024, 11); month.first_day() <= script.until();
       month = month.plus(1)) {
    for (int on : {2, 6, 9, 13, 16, 20, 23, 27}) {
      Date raised = working(month.first_day().plus_days(on - 1));
      add_request(script, entries, firms[static_cast<size_t>(serial * 13) % firms.size()],
                  "SQ" + number(2000 + serial), raised, "", serial);
      ++serial;
    }
  }
  enter(script, entries);
}

}  // namespace wutong::demo
