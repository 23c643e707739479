// One food factory: its entry with the task force, its lines day by day, what it invests.
#include "demo/suining.hpp"

namespace wutong::demo {

namespace {

constexpr int kLines = 10;
constexpr int64_t kDailyTonnes = 300;  // of all lines, on the day that articles speak of exactly
constexpr int64_t kOff[] = {-4, 3, -2, 5, -1, 2, -3};  // on other days

struct Saved {
  const char* kind;
  const char* method;
  int64_t amount;
  const char* saved_on;
};
// What the task force saved the firm at its entry: just under two million.
constexpr Saved kSavings[] = {
    {"fee", "厂房免建防空地下室，减免易地建设费", 860'000, "2021-09-06"},
    {"time", "并联办理生产许可，提前投产的管理费用", 640'000, "2022-04-20"},
    {"advice", "由代办员办理，未付代理费", 120'000, "2022-04-20"},
    {"equipment", "共用园区蒸汽管网，免购锅炉", 340'000, "2022-03-10"}};

// Thousands of yuan for products, equipment and patents.
struct Invested {
  int year;
  int64_t product, equipment, patent;
};
constexpr Invested kInvested[] = {
    {2022, 1'480, 2'060, 240}, {2023, 2'120, 2'390, 390}, {2025, 2'260, 2'510, 400}};

void record_entry(Script& script, const Company& factory) {
  script.create(
      "2021-06-10T10:00", "agent", "permit",
      {"code", "item", "project", "enterprise", "authority", "applied_on", "accepted_on",
       "decided_on", "due_on", "number", "legal_days", "promised_days", "in_working_days"},
      {{"FS-civil", "civil_defence", "XM01", factory.uscc, "construction", "2021-06-08",
        "2021-06-10", "2021-06-18", "2021-07-08", "人防〔2021〕31号", "20", "10", "true"},
       {"FS-food", "food_production", "XM01", factory.uscc, "approval", "2022-03-07", "2022-03-09",
        "2022-03-30", "2022-04-06", "SC10351090400012", "20", "15", "true"}});
  for (const char* code : {"FS-civil", "FS-food"}) {
    std::string when = code == std::string("FS-civil") ? "2021-06-18" : "2022-03-30";
    script.move(when + "T09:00", "agent", "permit", "apply", {"code"}, {{code}});
    script.move(when + "T09:30", "authority", "permit", "accept", {"code"}, {{code}});
    script.move(when + "T15:00", "authority", "permit", "grant", {"code"}, {{code}});
  }
  std::vector<Row> rows, keys, confirmed;
  for (const Saved& saved : kSavings) {
    std::string code = "JY" + number(static_cast<int64_t>(rows.size()) + 1);
    rows.push_back({code, factory.uscc, "XM01", "projects", saved.kind, saved.method,
                    number(saved.amount), saved.saved_on});
    confirmed.push_back({code, "2022-05-20"});
    keys.push_back({code});
  }
  script.create(
      "2022-05-10T10:00", "officer", "saving",
      {"code", "enterprise", "project", "task_force", "kind", "method", "amount", "saved_on"},
      rows);
  script.amend("2022-05-20T10:00", "enterprise", "saving", {"code", "confirmed_on"}, confirmed);
  script.move("2022-05-20T10:10", "enterprise", "saving", "confirm", {"code"}, keys);
}

void record_lines(Script& script, const Company& factory) {
  std::vector<Row> rows;
  for (int i = 1; i <= kLines + 2; ++i) {
    rows.push_back({"FS-" + two_digits(i), factory.uscc, number(i) + "号产线",
                    i % 3 == 0 ? "调味食品" : "预制食品", i <= kLines ? "running" : "installing",
                    i <= kLines ? "2022-04-18" : "2024-09-02", "33"});
  }
  script.create("2022-04-18T09:00", "enterprise", "production_line",
                {"code", "enterprise", "name", "product", "status", "commissioned_on", "capacity"},
                rows);
  script.create("2024-09-20T10:00", "enterprise", "automation_survey",
                {"enterprise", "surveyed_on", "lines", "steps", "automated_steps", "method"},
                {{factory.uscc, "2024-09-20", "10", "120", "96", "逐工序现场核对"}});
}

// The lines of one day: shares of the total, the last line takes what is left.
std::vector<Row> output_of(Script& script, const Company& factory, Date day, int64_t tonnes) {
  std::vector<Row> rows;
  int64_t total = tonnes * 100, left = total;
  for (int i = 1; i <= kLines; ++i) {
    int64_t own = i == kLines ? left : total / kLines * script.between(960, 1040) / 1000;
    left -= own;
    rows.push_back({"FS-" + two_digits(i), day.to_string(), factory.uscc,
                    number(own / 100) + "." + two_digits(own % 100), "20"});
  }
  return rows;
}

void record_days(Script& script, const Company& factory) {
  const Names kFields{"line", "day", "enterprise", "output", "hours"};
  const Date visited = day("2024-10-22");
  for (Date today = day("2024-08-01"); today <= script.until(); today = today.plus_days(1)) {
    // After the articles one day a week.
    if (today > page_day() && today.weekday() != 3) continue;
    int64_t tonnes = kDailyTonnes + kOff[today.days() % 7];
    if (today == visited) tonnes = kDailyTonnes;
    script.create(at(today, "21:30"), "enterprise", "output_log", kFields,
                  output_of(script, factory, today, tonnes));
  }
}

void record_sales(Script& script, const Company& factory) {
  constexpr const char* kProvinces[] = {"530000", "520000", "510000", "500000", "450000"};
  for (Month month = Month::of(2024, 1); month.plus(1).first_day().plus_days(3) <= script.until();
       month = month.plus(1)) {
    std::vector<Row> rows;
    for (size_t i = 0; i < std::size(kProvinces); ++i) {
      int64_t weight = script.between(900, 2400);
      rows.push_back({factory.uscc, month.to_string(), kProvinces[i], number(weight),
                      number(weight * script.between(8200, 9800))});
    }
    script.create(at(month.plus(1).first_day().plus_days(3), "10:00"), "enterprise", "shipment",
                  {"enterprise", "month", "province", "weight", "value"}, rows);
  }
  for (const Invested& one : kInvested) {
    auto row = [&](const char* purpose, int64_t thousands) {
      return Row{factory.uscc, number(one.year), purpose, number(thousands * 1000)};
    };
    script.create(
        number(one.year + 1) + "-01-20T10:00", "enterprise", "firm_investment",
        {"enterprise", "period", "purpose", "amount"},
        {row("product", one.product), row("equipment", one.equipment), row("patent", one.patent)});
  }
}

}  // namespace

void record_food_factory(Script& script, const Company& factory) {
  record_entry(script, factory);
  record_lines(script, factory);
  record_days(script, factory);
  record_sales(script, factory);
  script.create(
      "2024-10-22T16:00", "officer", "visit",
      {"code", "kind", "visited", "enterprise", "guests", "guest_count", "host", "purpose"},
      {{"2024-press-3", "press", "2024-10-22", factory.uscc, "科技类报纸采访组", "2", "service",
        "采访营商环境"}});
  script.create("2024-10-22T17:00", "officer", "media",
                {"code", "file", "caption", "source", "credit", "enterprise", "may_publish"},
                {{"TP-1022", "workshop.jpg", "食品企业生产车间", "interviewee", "受访企业供图",
                  factory.uscc, "true"}});
  script.create("2024-10-08T09:00", "officer", "person", {"code", "name", "degree"},
                {{"expert-1", person_name(script), "doctor"}});
  script.create(
      "2024-10-08T10:00", "enterprise", "station_application",
      {"code", "kind", "enterprise", "expert", "team_size", "centre", "plan", "submitted_on"},
      {{"ZJZ-7", "expert", factory.uscc, "expert-1", "6", "食品研发中心",
        "专家带队，配合研发中心开发新品", "2024-10-09"}});
  script.move("2024-10-09T10:00", "enterprise", "station_application", "submit", {"code"},
              {{"ZJZ-7"}});
  // After the articles: visited and granted within its twenty working days.
  script.move("2024-10-29T10:00", "reviewer", "station_application", "check", {"code"},
              {{"ZJZ-7"}});
  script.amend("2024-10-31T16:00", "reviewer", "station_application", {"code", "visited_on"},
               {{"ZJZ-7", "2024-10-31"}});
  script.move("2024-10-31T16:10", "reviewer", "station_application", "visit", {"code"},
              {{"ZJZ-7"}});
  script.amend("2024-11-04T10:00", "officer", "station_application", {"code", "decided_on"},
               {{"ZJZ-7", "2024-11-04"}});
  script.move("2024-11-04T10:10", "officer", "station_application", "approve", {"code"},
              {{"ZJZ-7"}});
}

}  // namespace wutong::demo
