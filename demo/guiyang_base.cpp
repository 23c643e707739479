// Places, offices, universities with their agreements, platforms, programmes and their three sides,
// enterprises and their registrations, free space.
#include <algorithm>

#include "demo/cast.hpp"
#include "demo/guiyang_parts.hpp"
#include "demo/making.hpp"
#include "demo/rows.hpp"

namespace wutong::demo::guiyang {

namespace {

using record::Act;

constexpr size_t kFirmsUpToPage = 246;
constexpr const char* kUniversityNames[kUniversities] = {"北京工商大学",
                                                         "贵州大学",
                                                         "贵州财经大学",
                                                         "贵州商学院",
                                                         "贵州工商职业学院",
                                                         "黔中科技学院（演示）",
                                                         "筑城外国语学院（演示）",
                                                         "南明职业技术学院（演示）",
                                                         "云岩师范学院（演示）",
                                                         "乌江经贸学院（演示）",
                                                         "花溪电子商务学院（演示）",
                                                         "清水江大学（演示）",
                                                         "苗岭民族学院（演示）"};

void add_places(std::vector<TimedRequest>& acts) {
  const std::vector<std::vector<std::string>> kAreas = {
      {"china", "全国", "我国", "nation", ""},
      {"guizhou", "贵州省", "贵州\x1F全省", "province", "china"},
      {"guiyang_city", "贵阳市", "贵阳\x1F全市", "city", "guizhou"},
      {"guiyang_cbz", "贵阳综合保税区", "", "county", "guiyang_city"},
      {"guian", "贵安综合保税区", "", "county", "guiyang_city"},
      {"zunyi", "遵义综合保税区", "", "county", "guizhou"}};
  for (const auto& cells : kAreas) {
    Rows row("area", {"code", "name", "short_names", "level", "parent"});
    row.add(cells);
    acts.push_back(row.act(Act::create, "2019-01-02T09:00", "officer"));
  }
  Rows offices("organisation", {"code", "name", "short_names", "kind"});
  offices.add({"committee", "贵阳综合保税区管委会", "管委会", "committee"});
  offices.add({"personnel", "组织人事部", "", "department"});
  for (size_t i = 0; i < kUniversities; ++i) {
    offices.add({university(i), kUniversityNames[i], "", "university"});
  }
  acts.push_back(offices.act(Act::create, "2019-01-02T09:20", "officer"));
  Rows parks("park", {"code", "name", "short_names", "kind", "area", "operator"});
  parks.add({kPark, "跨境电商产业园", "电商产业园", "e_commerce_park", "guiyang_cbz", "committee"});
  parks.add({"gy-lp", "国际陆港基地", "陆港", "port", "guiyang_cbz", "committee"});
  parks.add({kIncubator, "跨境电商孵化中心", "孵化中心", "incubator", "guiyang_cbz", "committee"});
  acts.push_back(parks.act(Act::create, "2019-01-02T09:40", "officer"));
}

void add_agreements(std::vector<TimedRequest>& acts) {
  for (size_t i = 0; i < kUniversities; ++i) {
    Date day = workday(day_of(2019, 3, 6).plus_days(static_cast<int>(i * 22)));
    std::string code = numbered("GY-XY-", i + 1, 2);
    Rows row("agreement",
             {"code", "kind", "title", "organisation", "park", "signed_on", "content"});
    row.add({code, "strategic", "战略合作协议", university(i), kPark, day.to_string(),
             "共建实训平台，按企业订单培养"});
    acts.push_back(row.act(Act::create, at_hour(day, "10:00"), "officer"));
    acts.push_back(row.move(at_hour(day, "11:00"), "officer", "officer", "sign", 1));
  }
  constexpr const char* kKinds[] = {"practice_teaching", "talent_training", "practice_teaching",
                                    "order_class",       "talent_training", "industry_college",
                                    "joint_laboratory",  "talent_training"};
  constexpr const char* kNames[] = {"校外实践教学基地", "人才培养基地", "实训教学基地",
                                    "订单班基地",       "直播人才基地", "产业学院",
                                    "联合实验室",       "关务人才基地"};
  for (size_t i = 0; i < std::size(kKinds); ++i) {
    Date day = workday(day_of(2019, 9, 16).plus_days(static_cast<int>(i * 13)));
    Rows row("training_platform",
             {"code", "name", "kind", "university", "park", "agreement", "places", "opened_on"});
    row.add({numbered("GY-LY-", i + 1, 2),
             std::string(kNames[i]) + "（" + kUniversityNames[i] + "）", kKinds[i], university(i),
             i == 7 ? "gy-lp" : kPark, numbered("GY-XY-", i + 1, 2), std::to_string(60 + i * 20),
             day.to_string()});
    acts.push_back(row.act(Act::create, at_hour(day, "10:00"), "training_officer"));
  }
  Rows title("designation",
             {"code", "programme", "short_names", "level", "scope", "role", "designated_on"});
  title.add({"GY-RC-1", "贵阳市跨境电商人才示范基地", "人才示范基地", "city", "guiyang_city",
             "建设单位", "2020-11-06"});
  acts.push_back(title.act(Act::create, "2020-11-09T10:00", "officer"));
  Rows briefing("event", {"code", "kind", "name", "held", "park", "host"});
  briefing.add(
      {"2024-talents", "press_briefing", "人才培养情况介绍会", "2024-10-30", kPark, "committee"});
  acts.push_back(briefing.act(Act::create, "2024-10-28T10:00", "officer"));
}

void add_programmes(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms) {
  struct Programme {
    const char* code;
    const char* name;
    const char* kind;
  };
  constexpr Programme kProgrammes[] = {{"sx", "跨境电商人才实训计划", "practical_training"},
                                       {"cy", "创业辅导计划", "startup_coaching"},
                                       {"kc", "订单课程计划", "course"},
                                       {"zz", "在职技能培训计划", "staff_training"},
                                       {"yx", "研学计划", "study_class"},
                                       {"ds", "竞赛练兵计划", "contest"},
                                       {"sj", "大学生实习计划", "internship"}};
  Rows rows("talent_programme", {"code", "name", "kind", "organiser", "began_on"});
  Rows parties("programme_party",
               {"programme", "number", "side", "organisation", "enterprise", "duty", "joined_on"});
  for (const Programme& programme : kProgrammes) {
    rows.add({programme.code, programme.name, programme.kind, "committee", "2019-09-01"});
    parties.add({programme.code, "1", "government", "committee", "", "牵头与统筹", "2019-09-01"});
    for (size_t i = 0; i < kUniversities; ++i) {
      parties.add({programme.code, std::to_string(i + 2), "school", university(i), "", "组织培养",
                   "2019-09-01"});
    }
    for (size_t i = 0; i < 12; ++i) {
      parties.add({programme.code, std::to_string(kUniversities + 2 + i), "enterprise", "",
                   firms[i].uscc, "按岗位开单", "2019-09-01"});
    }
  }
  acts.push_back(rows.act(Act::create, "2019-08-30T10:00", "training_officer"));
  acts.push_back(parties.act(Act::create, "2019-09-02T10:00", "training_officer"));
}

void add_space(std::vector<TimedRequest>& acts) {
  // 28 rooms free of rent, 2,100 square metres together; some more against rent.
  Rows rooms("premises",
             {"code", "park", "building", "room", "use", "floor_area", "available_from"});
  Rows used("allocation", {"code", "premises", "tenant", "floor_area", "from_on", "monthly_rent"});
  for (size_t i = 0; i < 36; ++i) {
    bool is_free = i < 28;
    std::string code = numbered("GY-F-", i + 1, 2), area = std::to_string(60 + i % 4 * 10);
    if (!is_free) area = "120";
    Date day = workday(day_of(2020, 4, 7).plus_days(static_cast<int>(i * 31)));
    rooms.add({code, kIncubator, i < 18 ? "A座" : "B座", std::to_string(301 + i), "office", area,
               "2020-03-01"});
    used.add({numbered("GY-SY-", i + 1, 2), code, "创业团队" + std::to_string(i + 1), area,
              day.to_string(), is_free ? "0" : "3600"});
  }
  acts.push_back(rooms.act(Act::create, "2020-03-02T10:00", "officer"));
  acts.push_back(used.act(Act::import, "2023-06-05T10:00", "officer"));
}

void add_mentors(std::vector<TimedRequest>& acts) {
  Rows mentors("person", {"code", "name", "degree"});
  for (size_t i = 0; i < 52; ++i) {
    mentors.add({numbered(i < 40 ? "GY-M" : "GY-J", i + 1, 3), made_up_person(70'000 + i),
                 i % 3 == 0 ? "doctor" : "master"});
  }
  acts.push_back(mentors.act(Act::import, "2019-08-28T10:00", "training_officer"));
}

void add_firms(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms,
               const Terms& terms) {
  size_t next = 0;
  for (Month month = Month::of(2018, 12); month.first_day() <= terms.until; month = month.plus(1)) {
    Rows rows("enterprise", {"uscc", "name", "short_names", "sector", "industry", "settled_on",
                             "park", "origin"});
    Rows roles("ecommerce_registration", {"enterprise", "role", "customs_number", "registered_on"});
    for (; next < firms.size() && firms[next].registered_on <= month.last_day(); ++next) {
      const Firm& firm = firms[next];
      std::string settled = firm.registered_on.plus_days(-40).to_string();
      rows.add({firm.uscc, firm.name, firm.short_name, "services", next % 3 == 0 ? "I64" : "F51",
                settled, kPark, next % 4 == 0 ? "grown" : "introduced"});
      std::string number = numbered("5201660", next, 3);
      roles.add({firm.uscc, "seller", number, firm.registered_on.to_string()});
      constexpr const char* kOthers[] = {"platform", "payer", "carrier", "broker", "warehouse"};
      if (next % 8 < 5) {
        roles.add({firm.uscc, kOthers[next % 8], number, firm.registered_on.to_string()});
      }
    }
    if (rows.empty()) continue;
    Date day = workday(month.plus(1).first_day().plus_days(1));
    if (month == Month::of(2024, 10)) day = month.last_day();
    acts.push_back(rows.act(Act::import, at_hour(day, "10:00"), "officer"));
    acts.push_back(roles.act(Act::import, at_hour(day, "10:30"), "officer"));
  }
}

}  // namespace

std::vector<Firm> make_firms(const Terms& terms) {
  std::vector<Firm> firms;
  auto add = [&](Date day) {
    size_t index = firms.size();
    Firm firm;
    firm.uscc = credit_code("520191", index * 7);
    firm.short_name = firm_word(index * 3) + (index % 2 == 0 ? "跨境" : "国际贸易");
    firm.name = "贵州" + firm.short_name + "有限公司（演示）";
    firm.registered_on = day;
    firms.push_back(firm);
  };
  for (size_t i = 0; i < 44; ++i) add(day_of(2016, 5, 10).plus_days(static_cast<int>(i * 21)));
  for (size_t i = 44; i < kFirmsUpToPage; ++i) {
    add(day_of(2019, 1, 14).plus_days(static_cast<int>((i - 44) * 2'080 / (kFirmsUpToPage - 44))));
  }
  for (Date day = day_of(2024, 11, 12); day <= terms.until; day = day.plus_days(25)) add(day);
  return firms;
}

size_t firms_before(const std::vector<Firm>& firms, Date day) {
  auto end = std::lower_bound(firms.begin(), firms.end(), day,
                              [](const Firm& firm, Date d) { return firm.registered_on < d; });
  return static_cast<size_t>(end - firms.begin());
}

std::string university(size_t index) { return numbered("gy-u", index % kUniversities + 1, 2); }

void add_base(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms, const Terms& terms) {
  add_places(acts);
  add_firms(acts, firms, terms);
  add_agreements(acts);
  add_programmes(acts, firms);
  add_mentors(acts);
  add_space(acts);
}

}  // namespace wutong::demo::guiyang
