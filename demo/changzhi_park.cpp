// The park from its decision on: premises, signings, entries, the chain, policies, visits.
#include "demo/changzhi.hpp"

namespace wutong::demo {

namespace {

constexpr const char* kPark = "xinchuang_park";
constexpr const char* kChain = "xinchuang";

void record_foundation(Script& script) {
  script.create("2020-11-26T10:00", "officer", "meeting", {"code", "title", "held_on", "decisions"},
                {{"2020-19", "管委会主任办公会", "2020-11-25", "投资建设信创产业园"}});
  script.create(
      "2021-01-05T10:00", "officer", "decision",
      {"code", "subject", "reasons", "decided_by", "decided_on", "amount", "park", "meeting"},
      {{"2020-07", "投资建设信创产业园", joined({"承接产业转移", "振兴制造业", "推动数字化转型"}),
        "committee", "2020-11", "320000000", kPark, "2020-19"}});
  script.create("2021-02-23T09:00", "officer", "task_force",
                {"code", "name", "short_names", "purpose", "leader", "organisation",
                 "industry_chain", "park", "started_on"},
                {{"build", "信创产业园建设工作专班", "工作专班", "建园区、引项目、谈合作", "w01",
                  "science", kChain, kPark, "2021"},
                 {"service", "信创工作专班", "信创专班", "为信创企业提供服务、对接市场", "w01",
                  "science", kChain, kPark, "2022-03"}});
  script.create("2021-02-23T09:30", "officer", "task_force_member",
                {"task_force", "person", "organisation", "duty", "from_on"},
                {{"build", "w01", "science", "牵头", "2021-02-23"},
                 {"build", "w03", "investment", "招商", "2021-02-23"},
                 {"build", "w04", "planning", "建设", "2021-02-23"},
                 {"build", "w05", "approval", "手续代办", "2021-02-23"},
                 {"service", "w02", "science", "企业联络", "2022-03-01"}});
  script.create("2021-12-20T09:00", "officer", "designation",
                {"code", "programme", "short_names", "level", "scope", "batch", "role",
                 "designated_on", "given_by"},
                {{"kechuang", "科创中国试点园区", "“科创中国”试点园区\x1F试点园区", "national",
                  "shanxi", "1", "建设单位", "2021", ""}});
  script.create("2022-06-20T09:00", "officer", "milestone",
                {"code", "kind", "name", "happened", "park", "enterprise"},
                {{"park-launch", "launch", "信创产业园启动建设", "2021", kPark, ""},
                 {"park-open", "opening", "信创产业园开园", "2022", kPark, ""}});
}

void record_premises(Script& script) {
  std::vector<Row> rows;
  for (int i = 0; i < 24; ++i) {
    std::string building(1, static_cast<char>('A' + i / 4));
    bool is_office = i % 4 == 3;
    rows.push_back({building + "-" + number(i % 4 + 1), kPark, building + "座",
                    number(i % 4 + 1) + "层", is_office ? "office" : "production",
                    number(script.between(1800, 3600)), i < 8 ? "2021-06-01" : "2022-03-01"});
  }
  script.create("2021-05-10T09:00", "officer", "premises",
                {"code", "park", "building", "floor", "use", "floor_area", "available_from"}, rows);
}

// One firm: lead, letter of intent, premises, lines, production.
void settle(Script& script, const Company& firm, size_t i) {
  std::string serial = two_digits(static_cast<int64_t>(i) + 1), lead = "X" + serial;
  Date entered = firm.settled_on;
  Date found = entered.plus_days(-140), intent = entered.plus_days(-80),
       contract = entered.plus_days(-24), began = day(firm.production_began);
  script.create(
      at(found, "10:00"), "investment_officer", "promotion_lead",
      {"code", "target", "tier", "industry_chain", "owner", "found_on", "investment", "next_step"},
      {{lead, firm.name, firm.tier, kChain, "w03", found.to_string(),
        number(script.between(8, i == 0 ? 120 : 60) * 1'000'000), "邀请来访"}});
  script.move(at(found.plus_days(10), "10:00"), "investment_officer", "promotion_lead", "talk",
              {"code"}, {{lead}});
  script.create(
      at(intent, "14:00"), "officer", "agreement",
      {"code", "kind", "title", "enterprise", "park", "signed_on"},
      {{"YX" + serial, "letter_of_intent", "合作意向书", firm.uscc, kPark, intent.to_string()}});
  script.move(at(intent, "15:00"), "officer", "agreement", "sign", {"code"}, {{"YX" + serial}});
  script.amend(at(contract, "15:00"), "investment_officer", "promotion_lead",
               {"code", "intent_on", "contract_on", "settled_on", "enterprise"},
               {{lead, intent.to_string(), contract.to_string(), entered.to_string(), firm.uscc}});
  script.move(at(contract, "15:10"), "investment_officer", "promotion_lead", "intend", {"code"},
              {{lead}});
  script.move(at(contract, "15:20"), "investment_officer", "promotion_lead", "contract", {"code"},
              {{lead}});
  script.move(at(entered, "09:30"), "investment_officer", "promotion_lead", "settle", {"code"},
              {{lead}});
  std::string room = std::string(1, static_cast<char>('A' + i / 2)) + "-" + number(i % 2 + 1);
  if (!firm.park.empty()) {
    script.create(at(entered, "10:00"), "officer", "allocation",
                  {"code", "premises", "enterprise", "floor_area", "from_on", "monthly_rent"},
                  {{"ZL" + serial, room, firm.uscc, number(script.between(1200, 1800)),
                    entered.to_string(), number(i % 3 == 0 ? 0 : script.between(8, 20) * 1000)}});
  }
  script.create(at(entered, "11:00"), "officer", "onboarding",
                {"code", "enterprise", "line", "park", "task_force", "signed_on", "premises_on"},
                {{"LD" + serial, firm.uscc, i == 0 ? "主板生产线" : firm.short_name + "产线",
                  firm.park, "build", contract.to_string(), entered.to_string()}});
  script.move(at(entered, "11:10"), "officer", "onboarding", "enter", {"code"}, {{"LD" + serial}});
  script.amend(
      at(began, "10:00"), "officer", "onboarding",
      {"code", "equipment_on", "permits_on", "trial_on", "production_on"},
      {{"LD" + serial, entered.plus_days(35).to_string(), entered.plus_days(50).to_string(),
        began.plus_days(-20).to_string(), began.to_string()}});
  script.move(at(began, "10:10"), "officer", "onboarding", "try", {"code"}, {{"LD" + serial}});
  script.move(at(began, "10:20"), "officer", "onboarding", "produce", {"code"}, {{"LD" + serial}});
  script.move(at(began, "16:00"), "investment_officer", "promotion_lead", "produce", {"code"},
              {{lead}});
}

void record_chain(Script& script, const std::vector<Company>& firms) {
  struct Link {
    const char* code;
    const char* name;
    const char* stage;
    const char* layer;
    const char* feeds;
  };
  constexpr Link kLinks[] = {{"application", "行业应用软件", "downstream", "application", ""},
                             {"integration", "系统集成", "service", "integration", "application"},
                             {"system", "整机与服务器", "midstream", "board", "integration"},
                             {"software", "基础软件", "midstream", "database", "application"},
                             {"security", "安全产品", "midstream", "security", "integration"},
                             {"board", "主板与固件", "upstream", "board", "system"},
                             {"peripheral", "外设", "upstream", "peripheral", "system"},
                             {"parts", "电源与结构件", "upstream", "board", "system"}};
  int64_t order = std::size(kLinks);
  for (const Link& link : kLinks) {
    script.create(
        "2021-03-08T09:" + two_digits(60 - order * 2), "officer", "chain_node",
        {"code", "industry_chain", "name", "stage", "layer", "feeds", "number", "added_on"},
        {{link.code, kChain, link.name, link.stage, link.layer, link.feeds, number(order),
          "2021-03-08"}});
    --order;
  }
  constexpr const char* kPlaces[] = {"board",       "application", "parts",   "software",
                                     "system",      "security",    "parts",   "integration",
                                     "peripheral",  "system",      "board",   "application",
                                     "application", "system",      "software"};
  for (size_t i = 0; i < firms.size(); ++i) {
    script.create(at(firms[i].settled_on, "15:00"), "officer", "chain_place",
                  {"chain_node", "enterprise", "from_on"},
                  {{kPlaces[i], firms[i].uscc, firms[i].settled_on.to_string()}});
  }
  script.create("2022-12-20T10:00", "officer", "research_centre",
                {"code", "name", "kind", "level", "enterprise", "industry_chain", "approved_on"},
                {{"centre", "山西省信创技术创新中心（演示）", "innovation_centre", "provincial",
                  firms[13].uscc, kChain, "2022-12-08"}});
  script.create("2022-12-20T10:10", "officer", "chain_resource",
                {"code", "chain_node", "kind", "name", "organisation", "enterprise", "from_on"},
                {{"ZY1", "board", "platform", "国产化技术创新中心", "", firms[13].uscc, "2022-12"},
                 {"ZY2", "software", "laboratory", "适配测试实验室", "laboratory", "", "2022"},
                 {"ZY3", "application", "fund", "信创产业基金", "fund", "", "2022"}});
}

void record_policy(Script& script, const std::vector<Company>& firms) {
  script.create("2022-04-11T09:00", "officer", "policy",
                {"code", "title", "short_names", "is_trial", "issued_by", "issued_on", "expires_on",
                 "industry_chain"},
                {{"xc2022", "关于加快信创产业发展的若干措施（试行）", "若干措施", "true",
                  "committee", "2022-04", "2025-04-30", kChain}});
  script.move("2022-04-11T09:10", "officer", "policy", "issue", {"code"}, {{"xc2022"}});
  script.create("2022-04-11T09:20", "officer", "policy_clause",
                {"policy", "number", "support", "content", "amount_max"},
                {{"xc2022", "1", "equity", "对重点项目给予股权投资", "50000000"},
                 {"xc2022", "2", "innovation", "支持研发平台和适配认证", "3000000"},
                 {"xc2022", "3", "talent", "引进人才安家与薪酬补贴", "1000000"},
                 {"xc2022", "4", "rent", "房租减免与补贴", "600000"}});
  script.create("2022-09-05T10:00", "finance", "equity_stake",
                {"code", "enterprise", "investor", "clause", "amount", "share", "from_on"},
                {{"GQ1", firms[0].uscc, "fund", "xc2022/1", "30000000", "12.5", "2022-09-01"},
                 {"GQ2", firms[4].uscc, "fund", "xc2022/1", "12000000", "9.8", "2023-03-20"}});
  for (size_t i = 0; i < 10; ++i) {
    const Company& firm = firms[i * 3 % firms.size()];
    Date applied = day("2022-11-15").plus_days(static_cast<int>(i) * 65);
    std::string code = "SB" + two_digits(static_cast<int64_t>(i) + 1);
    int64_t asked = script.between(20, 58) * 10'000, given = asked * script.between(70, 100) / 100;
    script.create(at(applied, "10:00"), "enterprise", "policy_application",
                  {"code", "clause", "enterprise", "applied_on", "requested"},
                  {{code, "xc2022/" + number(2 + static_cast<int64_t>(i) % 3), firm.uscc,
                    applied.to_string(), number(asked)}});
    script.amend(at(applied.plus_days(30), "10:00"), "officer", "policy_application",
                 {"code", "approved", "decided_on"},
                 {{code, number(given), applied.plus_days(30).to_string()}});
    script.move(at(applied.plus_days(30), "10:30"), "officer", "policy_application", "approve",
                {"code"}, {{code}});
    script.create(at(applied.plus_days(45), "10:00"), "finance", "policy_payout",
                  {"application", "number", "paid_on", "amount"},
                  {{code, "1", applied.plus_days(45).to_string(), number(given)}});
    script.move(at(applied.plus_days(45), "10:30"), "finance", "policy_application", "pay",
                {"code"}, {{code}});
  }
}

void record_plan(Script& script) {
  constexpr const char* kBeams[] = {"龙头引领", "软件适配", "平台支撑", "人才支撑"};
  constexpr const char* kPillars[] = {"整机制造", "主板固件", "基础软件", "行业应用",
                                      "创新中心", "产业基金", "研学育才", "市场推介"};
  script.create("2021-03-15T09:00", "officer", "plan",
                {"code", "name", "kind", "owner", "starts_on", "due"},
                {{"frame", "信创产业“四梁八柱”框架", "frame", "science", "2021", "2025"}});
  std::vector<Row> beams, pillars;
  for (int64_t i = 0; i < 4; ++i)
    beams.push_back({"B" + number(i + 1), kBeams[i], "beam", "frame", "science", ""});
  for (int64_t i = 0; i < 8; ++i) {
    pillars.push_back({"P" + number(i + 1), kPillars[i], "pillar", "B" + number(i / 2 + 1),
                       "science", number(55 + i * 5)});
  }
  const Names kFields{"code", "name", "kind", "parent", "owner", "progress"};
  script.create("2021-03-15T09:10", "officer", "plan", kFields, beams);
  script.create("2021-03-15T09:20", "officer", "plan", kFields, pillars);
  script.move("2021-03-16T09:00", "officer", "plan", "start", {"code"}, {{"frame"}});
  script.create("2024-10-14T09:00", "officer", "plan", {"code", "name", "kind", "owner", "target"},
                {{"goal", "建成华北地区重要的信创产业高地", "goal", "science", "不设数值"}});
}

void record_meetings(Script& script, const std::vector<Company>& firms) {
  script.create("2022-05-06T09:00", "officer", "event_series", {"code", "name", "host"},
                {{"matching", "信创产品对接会", "science"}});
  Month month = Month::of(2022, 6);
  for (int64_t edition = 1; month.last_day() <= script.until(); month = month.plus(3), ++edition) {
    Date held = month.first_day().plus_days(16);
    std::string code = "DJ" + two_digits(edition);
    script.create(at(held, "09:00"), "officer", "event",
                  {"code", "kind", "name", "event_series", "edition", "held", "place", "park",
                   "host", "theme"},
                  {{code, "matching", "第" + number(edition) + "期信创产品对接会", "matching",
                    number(edition), held.to_string(), "园区路演厅", kPark, "science",
                    edition % 2 == 0 ? "政务应用" : "行业替代"}});
    std::vector<Row> present;
    for (size_t i = 0; i < firms.size(); ++i) {
      if (firms[i].settled_on > held || (i + static_cast<size_t>(edition)) % 4 == 0) continue;
      present.push_back({code, number(static_cast<int64_t>(present.size()) + 1), held.to_string(),
                         firms[i].uscc, "participant", "寻求订单", firms[i].short_name});
    }
    script.create(at(held, "16:00"), "officer", "attendance",
                  {"event", "number", "attended_on", "enterprise", "role", "need", "offer"},
                  present);
  }
}

void record_visits(Script& script, const std::vector<Company>& firms) {
  script.create(
      "2024-10-23T15:00", "officer", "visit",
      {"code", "kind", "visited", "enterprise", "guests", "guest_count", "host", "purpose"},
      {{"2024-press-6", "press", "2024-10-23", firms[0].uscc, "科技类报纸采访组", "2", "science",
        "采访信创产业"}});
  script.create(
      "2024-10-23T16:00", "officer", "media",
      {"code", "file", "caption", "source", "credit", "enterprise", "taken_on", "may_publish"},
      {{"YX-1023", "line-1023.jpg", "企业生产车间", "reporter", "采访组摄", firms[0].uscc,
        "2024-10-23", "true"}});
  int64_t serial = 1;
  for (Month month = Month::of(2022, 3); month.last_day() <= script.until();
       month = month.plus(1)) {
    Date visited = month.first_day().plus_days(static_cast<int>(script.between(3, 24)));
    bool is_investor = serial % 3 != 0;
    script.create(at(visited, "17:00"), "officer", "visit",
                  {"code", "kind", "visited", "park", "guests", "guest_count", "host", "purpose",
                   "follow_up"},
                  {{"LF" + number(serial++), is_investor ? "investor" : "delegation",
                    visited.to_string(), kPark, is_investor ? "信创企业考察组" : "外地考察团",
                    number(script.between(4, 18)), "investment", "考察园区", "建立联系"}});
  }
}

void record_classes(Script& script) {
  for (int year = 2022; year <= 2025; ++year) {
    Date starts = *Date::from_ymd(year, 7, 11);
    script.create(at(starts, "09:00"), "officer", "study_class",
                  {"code", "name", "university", "industry_chain", "subject", "starts_on",
                   "ends_on", "students", "mentors", "employed_here"},
                  {{"YX" + number(year), number(year) + "年信创研学班",
                    year % 2 == 0 ? "university_1" : "university_2", kChain, "软件适配与测试",
                    starts.to_string(), starts.plus_days(32).to_string(),
                    number(36 + (year - 2022) * 6), "5", number(9 + (year - 2022) * 2)}});
  }
}

}  // namespace

void record_park(Script& script, const std::vector<Company>& firms) {
  record_foundation(script);
  record_premises(script);
  record_chain(script, firms);
  for (size_t i = 0; i < firms.size(); ++i) settle(script, firms[i], i);
  record_policy(script, firms);
  record_plan(script);
  record_classes(script);
  record_visits(script, firms);
  record_meetings(script, firms);
}

}  // namespace wutong::demo
