#include "demo/changzhi.hpp"

namespace wutong::demo {

namespace {

constexpr size_t kChainFirms = 15;
constexpr size_t kTenants = 12;  // of the park; the others stand elsewhere in the zone

constexpr Trade kChainTrades[] = {
    {"industry", "C39", "信息", "xinchuang"}, {"software", "I65", "软件", "xinchuang"},
    {"industry", "C39", "电子", "xinchuang"}, {"software", "I65", "数据", "xinchuang"},
    {"industry", "C38", "电源", "xinchuang"}, {"software", "I65", "网安", "xinchuang"}};
constexpr Trade kOtherTrades[] = {{"industry", "C35", "矿山装备", "equipment"},
                                  {"industry", "C39", "光电", "photoelectric"},
                                  {"industry", "C27", "制药", ""},
                                  {"industry", "C38", "电气", "equipment"},
                                  {"industry", "C14", "食品", ""},
                                  {"services", "M74", "检测", ""},
                                  {"services", "G59", "仓储", ""}};

void record_bodies(Script& script) {
  record_places(script, "2020-01-06T09:00",
                {{"china", "全国", "我国", "nation", ""},
                 {"shanxi", "山西省", "山西\x1F全省", "province", "china"},
                 {"changzhi_city", "长治市", "长治\x1F全市", "city", "shanxi"},
                 {"changzhi_htz", "长治高新区", "", "county", "changzhi_city"}});
  script.create("2020-01-06T10:00", "officer", "organisation",
                {"code", "name", "short_names", "kind", "parent"},
                {{"committee", "长治高新区管委会", "管委会", "committee", ""}});
  script.create("2020-01-06T10:05", "officer", "organisation",
                {"code", "name", "short_names", "kind", "parent"},
                {{"science", "科技创新部", "", "department", "committee"},
                 {"investment", "招商合作部", "", "department", "committee"},
                 {"planning", "规划建设部", "", "department", "committee"},
                 {"approval", "行政审批局", "", "department", "committee"},
                 {"finance", "财政金融部", "", "department", "committee"},
                 {"operator", "高新园区运营公司（演示）", "运营公司", "operator", "committee"},
                 {"fund", "高新产业投资公司（演示）", "产投公司", "operator", "committee"},
                 {"laboratory", "信创适配测试中心（演示）", "适配中心", "institute", "committee"},
                 {"university_1", "并州理工大学（演示）", "", "university", ""},
                 {"university_2", "太行信息学院（演示）", "", "university", ""}});
  script.create("2020-01-06T10:10", "officer", "industry_chain",
                {"code", "name", "short_names", "leader", "started_on"},
                {{"xinchuang", "信创产业链", "信创\x1F信创产业", "科技创新部", "2021"},
                 {"equipment", "高端装备产业链", "高端装备", "招商合作部", "2018"},
                 {"photoelectric", "光电产业链", "光电", "招商合作部", "2017"}});
  record_officers(script, "2020-03-02T09:00",
                  {{"w01", "science", "部长"},
                   {"w02", "science", "项目专员"},
                   {"w03", "investment", "招商专员"},
                   {"w04", "planning", "建设专员"},
                   {"w05", "approval", "代办员"},
                   {"w06", "operator", "园区经理"}});
}

std::vector<Company> make_chain_firms(Script& script) {
  std::vector<Company> firms =
      invent_companies(script, "长治", "140499", kChainTrades, kChainFirms, 2021, 2024);
  for (size_t i = 0; i < firms.size(); ++i) {
    // Three a year before the park was full, none after the summer of 2024.
    Date entered = day(number(2021 + static_cast<int64_t>(i) / 4) + "-" +
                       two_digits(2 + static_cast<int64_t>(i) * 5 % 6) + "-18");
    firms[i].settled_on = entered;
    if (i < kTenants) firms[i].park = "xinchuang_park";
  }
  firms[0].name = "长治市卓怡恒通信息安全有限公司（演示）";
  firms[0].short_name = "卓怡恒通公司\x1F卓怡恒通";
  firms[0].settled_on = day("2021-07-05");
  firms[0].production_began = "2021-10-08";
  firms[0].tier = "head";
  firms[0].origin = "introduced";
  firms[0].industry = "C39";
  firms[12].name = "山西自定义科技有限公司（演示）";
  firms[12].short_name = "自定义科技";
  firms[12].sector = "software";
  firms[12].industry = "I65";
  firms[12].origin = "grown";
  firms[12].settled_on = day("2021-09-10");
  firms[13].name = "中兵长智科技有限公司（演示）";
  firms[13].short_name = "中兵长智公司\x1F中兵长智";
  firms[13].settled_on = day("2021-05-20");
  firms[14].settled_on = day("2023-11-06");
  // From entry to production: the leading firm three months, the others four to nine.
  for (size_t i = 1; i < firms.size(); ++i) {
    Month began = Month::of(firms[i].settled_on).plus(static_cast<int>(4 + i * 7 % 6));
    firms[i].production_began = began.first_day().plus_days(19).to_string();
  }
  return firms;
}

}  // namespace

std::vector<TimedRequest> changzhi_acts(const Terms& terms) {
  Script script(terms);
  script.part(101);
  record_bodies(script);
  script.create(
      "2020-12-18T09:00", "officer", "park",
      {"code", "name", "short_names", "kind", "area", "industry_chain", "operator", "floor_area",
       "launched_on", "opened_on"},
      {{"xinchuang_park", "长治信创产业园", "信创产业园\x1F信创产业园区", "industrial_park",
        "changzhi_htz", "xinchuang", "operator", "86000", "2021", "2022"}});
  std::vector<Company> firms = make_chain_firms(script);
  std::vector<Company> others =
      invent_companies(script, "上党", "140411", kOtherTrades, 58, 2012, 2023);
  record_companies(script, "2020-12-21T09:00", others);
  record_companies(script, "2021-02-22T09:00", firms);
  script.create("2021-09-13T10:00", "enterprise", "enterprise_site",
                {"enterprise", "number", "city", "kind"},
                {{firms[12].uscc, "1", "长治", "headquarters"},
                 {firms[12].uscc, "2", "太原", "research"},
                 {firms[12].uscc, "3", "北京", "branch"}});
  script.amend("2021-09-13T10:10", "enterprise", "enterprise", {"uscc", "business_lines"},
               {{firms[12].uscc, joined({"大模型", "智慧政务", "智慧社区", "智慧文旅"})}});
  record_working_days(script);
  script.part(102);
  record_park(script, firms);
  script.part(103);
  record_rights(script, firms, others);
  script.part(104);
  record_adaptation(script, firms);
  script.part(105);
  record_scenic_spots(script);
  script.part(107);
  record_services(script, firms);
  script.part(106);
  record_output(script, firms);
  return script.take();
}

}  // namespace wutong::demo
