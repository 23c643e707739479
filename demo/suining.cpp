#include "demo/suining.hpp"

#include <map>

namespace wutong::demo {

namespace {

constexpr Trade kTrades[] = {
    {"industry", "C13", "农品", "food"}, {"industry", "C39", "电子", "electronics"},
    {"industry", "C14", "食品", "food"}, {"industry", "C38", "锂电", "battery"},
    {"industry", "C35", "装备", ""},     {"industry", "C27", "生物", ""},
    {"services", "G59", "物流", ""},     {"software", "I65", "软件", "electronics"}};
constexpr size_t kFirms = 84;
constexpr size_t kProjects = 66;

void record_bodies(Script& script) {
  record_places(script, "2020-01-06T09:00",
                {{"china", "全国", "我国", "nation", ""},
                 {"sichuan", "四川省", "四川\x1F全省", "province", "china"},
                 {"suining_city", "遂宁市", "遂宁\x1F全市", "city", "sichuan"},
                 {"suining_htz", "遂宁高新区", "", "county", "suining_city"}});
  const Names kFields{"code", "name", "short_names", "kind", "parent"};
  script.create("2020-01-06T10:00", "officer", "organisation", kFields,
                {{"committee", "遂宁高新区管委会", "管委会", "committee", ""}});
  script.create("2020-01-06T10:05", "officer", "organisation", kFields,
                {{"service", "企业服务局", "", "department", "committee"},
                 {"approval", "行政审批局", "", "department", "committee"},
                 {"planning", "自然资源和规划分局", "", "department", "committee"},
                 {"construction", "住房和建设局", "", "department", "committee"},
                 {"environment", "生态环境分局", "", "department", "committee"},
                 {"labour", "人力资源局", "", "department", "committee"},
                 {"finance", "财政金融局", "", "department", "committee"},
                 {"utilities", "公用事业中心", "", "department", "committee"}});
  script.create("2020-01-06T10:10", "officer", "industry_chain",
                {"code", "name", "short_names", "leader"},
                {{"food", "绿色食品产业链", "绿色食品", "企业服务局"},
                 {"electronics", "电子信息产业链", "电子信息", "企业服务局"},
                 {"battery", "锂电产业链", "锂电", "企业服务局"}});
  script.create(
      "2020-01-06T10:20", "officer", "park",
      {"code", "name", "kind", "area", "floor_area", "opened_on"},
      {{"food_park", "绿色食品产业园", "industrial_park", "suining_htz", "210000", "2019"},
       {"electronics_park", "电子信息产业园", "industrial_park", "suining_htz", "340000", "2017"}});
  std::vector<Officer> officers{{"p01", "service", "局长"}, {"p02", "approval", "代办员"}};
  for (int64_t i = 3; i <= 14; ++i)
    officers.push_back({"p" + two_digits(i), i % 3 == 0 ? "approval" : "service", "项目秘书"});
  record_officers(script, "2020-03-02T09:00", officers);
  script.create(
      "2020-04-01T09:00", "officer", "task_force",
      {"code", "name", "short_names", "purpose", "leader", "organisation", "started_on"},
      {{"projects", "项目服务专班", "项目专班", "项目全程服务", "p01", "service", "2020-04"}});
  script.create(
      "2024-03-04T09:00", "officer", "plan",
      {"code", "name", "kind", "owner", "starts_on", "due", "progress"},
      {{"environment", "营商环境提升行动", "campaign", "service", "2024-03", "2025-12", "40"}});
  script.move("2024-03-04T09:10", "officer", "plan", "start", {"code"}, {{"environment"}});
}

std::vector<Company> make_firms(Script& script) {
  std::vector<Company> firms =
      invent_companies(script, "遂宁", "510904", kTrades, kFirms, 2016, 2022);
  for (Company& firm : firms) {
    if (firm.chain == "food") firm.park = "food_park";
    if (firm.chain == "electronics") firm.park = "electronics_park";
  }
  firms[2].name = "遂宁市凡是食品有限公司（演示）";
  firms[2].short_name = "凡是食品";
  firms[2].settled_on = day("2021-03-15");
  firms[2].production_began = "2022-04-18";
  firms[2].is_designated = true;
  return firms;
}

// Filed after three weeks, started after four months; entered at the end of each half-year.
void advance(Script& script, const std::vector<Undertaking>& projects) {
  struct Steps {
    std::vector<Row> filed, started, filed_keys, started_keys;
  };
  std::map<Date, Steps> halves;
  auto half_end = [](Date day) {
    return Month::of(day.year(), day.month() <= 6 ? 6 : 12).last_day();
  };
  for (const Undertaking& one : projects) {
    Date filed = one.signed_on.plus_days(20), started = one.signed_on.plus_days(110);
    halves[half_end(filed)].filed.push_back({one.code, filed.to_string()});
    halves[half_end(filed)].filed_keys.push_back({one.code});
    halves[half_end(started)].started.push_back({one.code, started.to_string()});
    halves[half_end(started)].started_keys.push_back({one.code});
  }
  for (const auto& [day, steps] : halves) {
    script.amend(at(day, "10:00"), "officer", "project", {"code", "filed_on"}, steps.filed);
    script.move(at(day, "10:10"), "officer", "project", "file", {"code"}, steps.filed_keys);
    script.amend(at(day, "11:00"), "officer", "project", {"code", "started_on"}, steps.started);
    script.move(at(day, "11:10"), "officer", "project", "start", {"code"}, steps.started_keys);
  }
}

std::vector<Undertaking> record_projects(Script& script, const std::vector<Company>& firms) {
  std::vector<Undertaking> all;
  std::vector<Row> rows, secretaries;
  for (size_t i = 0; i < kProjects; ++i) {
    const Company& firm = firms[i == 0 ? 2 : i * 5 % firms.size()];
    Date signed_on = day("2020-05-12").plus_days(static_cast<int>(i) * 24);
    if (i == 0) signed_on = day("2021-02-20");
    bool is_major = i % 5 < 2;
    std::string code = "XM" + two_digits(static_cast<int64_t>(i) + 1);
    rows.push_back({code, firm.short_name + "生产基地项目", is_major ? "major" : "ordinary",
                    firm.uscc, firm.park,
                    number(script.between(30, is_major ? 900 : 200) * 1'000'000),
                    signed_on.to_string()});
    secretaries.push_back({code, "p" + two_digits(3 + static_cast<int64_t>(i) % 12),
                           signed_on.plus_days(3).to_string()});
    all.push_back({code, firm.uscc, signed_on, is_major});
  }
  script.create("2020-05-11T09:00", "officer", "project",
                {"code", "name", "class", "enterprise", "park", "investment", "signed_on"}, rows);
  script.create("2020-05-11T10:00", "officer", "project_secretary",
                {"project", "person", "from_on"}, secretaries);
  advance(script, all);
  return all;
}

}  // namespace

std::vector<TimedRequest> suining_acts(const Terms& terms) {
  Script script(terms);
  script.part(201);
  record_bodies(script);
  std::vector<Company> firms = make_firms(script);
  record_companies(script, "2020-05-06T09:00", firms);
  std::vector<Undertaking> projects = record_projects(script, firms);
  record_working_days(script);
  script.part(202);
  record_food_factory(script, firms[2]);
  script.part(203);
  record_guidance(script, projects);
  script.part(207);
  record_contacts(script, projects);
  script.part(204);
  record_errands(script, projects);
  script.part(205);
  record_coffee_times(script, firms);
  script.part(206);
  record_requests(script, firms);
  return script.take();
}

}  // namespace wutong::demo
