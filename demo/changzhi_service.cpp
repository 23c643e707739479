// What the task force does for the firms of the chain: meetings with their tasks, cases, promotion
// of products, talks with others.
#include "demo/changzhi.hpp"

namespace wutong::demo {

namespace {

constexpr const char* kSubjects[] = {"落实厂房水电接入", "协调设备报关与运输", "组织软件适配测试",
                                     "对接省级采购目录", "办理人才公寓",       "协调银行授信"};
constexpr const char* kDuties[] = {"w02", "w03", "w04", "w05"};

// A meeting a month with two tasks; both are done within six weeks.
void meet(Script& script) {
  int64_t serial = 0;
  for (Month month = Month::of(2021, 3); month.last_day() <= script.until();
       month = month.plus(1)) {
    Date held = month.first_day().plus_days(8);
    std::string meeting = "LH-" + month.to_string();
    std::vector<Row> tasks, results, keys;
    std::vector<std::string> decisions;
    for (int i = 0; i < 2; ++i, ++serial) {
      std::string code = "RW" + number(100 + serial);
      const char* subject = kSubjects[serial % 6];
      decisions.push_back(subject);
      Date due = held.plus_days(21 + i * 14);
      tasks.push_back({code, subject, month < Month::of(2022, 3) ? "build" : "service", meeting,
                       kDuties[serial % 4], held.to_string(), due.to_string()});
      Date done = due.plus_days(static_cast<int>(script.between(-9, serial % 10 == 7 ? 12 : 0)));
      results.push_back({code, done.to_string(), "已落实"});
      keys.push_back({code});
    }
    script.create(at(held, "16:00"), "officer", "meeting",
                  {"code", "title", "task_force", "held_on", "chair", "decisions"},
                  {{meeting, "专班例会", tasks[0][2], held.to_string(), "w01", joined(decisions)}});
    script.create(at(held, "16:30"), "officer", "task",
                  {"code", "title", "task_force", "meeting", "owner", "given_on", "due_on"}, tasks);
    for (size_t i = 0; i < results.size(); ++i) {
      Date done = day(results[i][1]);
      script.amend(at(done, "15:00"), "officer", "task", {"code", "done_on", "result"},
                   {results[i]});
      script.move(at(done, "15:10"), "officer", "task", "finish", {"code"}, {keys[i]});
    }
  }
}

void serve(Script& script, const std::vector<Company>& firms) {
  int64_t serial = 0;
  for (Month month = Month::of(2022, 4); month.plus(1).last_day() <= script.until();
       month = month.plus(1), ++serial) {
    const Company& firm = firms[static_cast<size_t>(serial * 4) % firms.size()];
    Date opened = month.first_day().plus_days(static_cast<int>(script.between(2, 20)));
    if (firm.settled_on > opened) continue;
    Date closed = opened.plus_days(static_cast<int>(script.between(4, 25)));
    std::string code = "FW" + number(100 + serial);
    script.create(at(opened, "10:00"), "officer", "service_case",
                  {"code", "enterprise", "task_force", "subject", "opened_on", "officer"},
                  {{code, firm.uscc, "service", kSubjects[serial % 6], opened.to_string(), "w02"}});
    script.amend(at(closed, "15:00"), "officer", "service_case", {"code", "closed_on", "result"},
                 {{code, closed.to_string(), "已解决"}});
    script.move(at(closed, "15:10"), "officer", "service_case", "close", {"code"}, {{code}});
  }
}

void promote(Script& script) {
  constexpr const char* kKinds[] = {"fair", "launch", "media", "catalogue"};
  for (int64_t i = 0; i < 14; ++i) {
    Date held = day("2023-02-16").plus_days(static_cast<int>(i) * 44);
    script.create(
        at(held, "17:00"), "officer", "promotion",
        {"code", "product", "kind", "held_on", "reach", "orders"},
        {{"TJ" + two_digits(i + 1), "P" + number(1 + i % 6), kKinds[i % 4], held.to_string(),
          number(script.between(300, 5200)), number(script.between(0, 40) * 50'000)}});
  }
  constexpr const char* kPartners[] = {"university_1", "university_2", "laboratory", "fund"};
  for (int64_t i = 0; i < 24; ++i) {
    Date contacted = day("2022-05-10").plus_days(static_cast<int>(i) * 37);
    script.create(at(contacted, "11:30"), "officer", "contact_log",
                  {"code", "contacted_on", "organisation", "officer", "subject", "result"},
                  {{"DJL" + two_digits(i + 1), contacted.to_string(), kPartners[i % 4], "w02",
                    i % 2 == 0 ? "联合组建研学班" : "信创产品测试与推介", "已商定下一步"}});
  }
}

}  // namespace

void record_services(Script& script, const std::vector<Company>& firms) {
  meet(script);
  serve(script, firms);
  promote(script);
}

}  // namespace wutong::demo
