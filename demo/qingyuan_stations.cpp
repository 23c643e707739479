// Stations, practice bases, doctor workstations and the substations of the committee's station;
// the way of each postdoc through it.
#include "demo/making.hpp"
#include "demo/qingyuan_parts.hpp"
#include "demo/rows.hpp"

namespace wutong::demo::qingyuan {

namespace {

using record::Act;

struct Station {
  std::string code, name, kind, level, parent;
  size_t host;  // firm; kNobody: the committee
  Date approved_on;
};
constexpr size_t kNobody = static_cast<size_t>(-1);

// Hosts settled before the first record.
size_t doctor_host(size_t index) { return 31 + index * 13; }
size_t substation_host(size_t index) { return 2 + index * 9; }

std::vector<Station> stations(const std::vector<Firm>& firms) {
  std::vector<Station> all;
  all.push_back({kStation, "清远高新区管委会博士后科研工作站", "postdoc_workstation", "national",
                 "", kNobody, day_of(2016, 10, 18)});
  constexpr size_t kOwn[] = {0, 44, 107};
  const Date kApproved[] = {day_of(2023, 11, 30), day_of(2024, 5, 24), day_of(2024, 9, 13)};
  for (size_t i = 0; i < 3; ++i) {
    all.push_back({numbered("QY-PD-", i + 2, 2), firms[kOwn[i]].short_name + "博士后科研工作站",
                   "postdoc_workstation", "national", "", kOwn[i], kApproved[i]});
  }
  const Date kBases[] = {day_of(2019, 7, 12), day_of(2022, 8, 26)};
  for (size_t i = 0; i < 2; ++i) {
    all.push_back({numbered("QY-PB-", i + 1, 2),
                   firms[15 + i * 40].short_name + "博士后创新实践基地", "practice_base",
                   "provincial", "", 15 + i * 40, kBases[i]});
  }
  const Date kSubstations[] = {day_of(2017, 5, 15), day_of(2017, 11, 20), day_of(2018, 6, 11),
                               day_of(2019, 3, 18), day_of(2019, 5, 27),  day_of(2020, 6, 15),
                               day_of(2021, 2, 8),  day_of(2021, 8, 16),  day_of(2022, 9, 5),
                               day_of(2023, 6, 12)};
  for (size_t i = 0; i < 10; ++i) {
    all.push_back({numbered("QY-PD-01-", i + 1, 2), firms[substation_host(i)].short_name + "分站",
                   "substation", "zone", kStation, substation_host(i), kSubstations[i]});
  }
  for (size_t i = 0; i < 22; ++i) {
    Date approved = day_of(2017, 4, 10).plus_days(static_cast<int>(i * 118));
    all.push_back({numbered("QY-DW-", i + 1, 2), firms[doctor_host(i)].short_name + "博士工作站",
                   "doctor_workstation", i % 4 == 0 ? "provincial" : "city", "", doctor_host(i),
                   workday(approved)});
  }
  return all;
}

// What happened before the first record is recorded on the third day.
std::string hour_of(Date day, const char* hour) {
  Date third = first_day().plus_days(2);
  return at_hour(day < third ? third : day, hour);
}

class Way {
 public:
  Way(std::vector<TimedRequest>& acts, std::string code) : acts_(acts), code_(std::move(code)) {}
  void step(Date day, const char* name, const std::vector<std::string>& fields,
            const std::vector<std::string>& values) {
    std::vector<std::string> names{"code"}, cells{code_};
    names.insert(names.end(), fields.begin(), fields.end());
    cells.insert(cells.end(), values.begin(), values.end());
    Rows row("postdoc", names);
    row.add(cells);
    if (!fields.empty()) {
      acts_.push_back(row.act(Act::amend, hour_of(day, "10:00"), "talent_officer"));
    }
    acts_.push_back(row.move(hour_of(day, "10:00"), "talent_officer", "talent_officer", name, 1));
  }

 private:
  std::vector<TimedRequest>& acts_;
  std::string code_;
};

const char* discipline_of(const std::string& topic) {
  for (const char* word : {"药", "制剂", "诊断"}) {
    if (topic.find(word) != std::string::npos) return "药学";
  }
  return "材料科学与工程";
}

void add_way(std::vector<TimedRequest>& acts, const Postdoc& postdoc,
             const std::vector<Firm>& firms) {
  auto entered = *Date::parse(postdoc.entered);
  Date applied = entered.plus_days(-61);
  auto host = substation_host(static_cast<size_t>(postdoc.substation - 1));
  Rows row("postdoc", {"code", "person", "station", "substation", "university", "discipline",
                       "kind", "age_at_entry", "applied_on"});
  row.add({postdoc.code, person_of(postdoc), kStation,
           numbered("QY-PD-01-", static_cast<size_t>(postdoc.substation), 2),
           kUniversities[postdoc.university], discipline_of(postdoc.topic), "full_time",
           std::to_string(postdoc.age), applied.to_string()});
  acts.push_back(row.act(Act::create, hour_of(applied, "10:00"), "talent_officer"));
  Way way(acts, postdoc.code);
  way.step(entered.plus_days(-27), "review", {}, {});
  way.step(entered, "enter", {"entered_on", "planned_until"},
           {entered.to_string(), entered.plus_days(730).to_string()});
  way.step(entered.plus_days(74), "open", {"opened_on"}, {entered.plus_days(74).to_string()});
  std::string end = postdoc.end;
  Date left = end.empty() ? entered.plus_days(742) : *Date::parse(postdoc.left);
  if (end != "withdrawn") {
    way.step(entered.plus_days(371), "check", {"midterm_on", "midterm"},
             {entered.plus_days(371).to_string(), postdoc.age % 3 == 0 ? "excellent" : "passed"});
    way.step(left, "complete", {"left_on", "report_title", "stayed_in_zone", "destination"},
             {left.to_string(), std::string(postdoc.topic) + "研究工作报告",
              postdoc.stayed ? "true" : "false", postdoc.stayed ? firms[host].uscc : ""});
  } else {
    way.step(left, "withdraw", {"left_on", "leave_reason"}, {left.to_string(), "本人申请"});
  }
}

// After the articles' day the enterprises' own stations take in their first.
std::vector<Postdoc> later_postdocs() {
  return {{"BH-2024-02", 3, 2, 31, "2024-12-09", "", "", true, "高导热封装材料"},
          {"BH-2025-01", 7, 1, 30, "2025-06-16", "", "", true, "微流控检测芯片"},
          {"BH-2026-01", 9, 4, 32, "2026-03-09", "", "", true, "储能电池热管理"}};
}

}  // namespace

std::vector<Postdoc> postdocs() {
  return {{"BH-2017-01", 1, 0, 33, "2017-09-11", "2019-09-20", "completed", true, "口服缓释制剂"},
          {"BH-2018-01", 2, 2, 31, "2018-03-05", "2020-03-16", "completed", true, "铝合金精密成形"},
          {"BH-2018-02", 3, 2, 34, "2018-10-15", "2020-11-02", "completed", false, "水性涂料树脂"},
          {"BH-2019-01", 4, 3, 30, "2019-06-10", "2021-06-21", "completed", true, "高压电缆绝缘料"},
          {"BH-2019-02", 5, 1, 32, "2019-09-02", "2020-05-11", "withdrawn", false, "生物基增塑剂"},
          {"BH-2020-01", 1, 0, 29, "2020-03-23", "2022-04-07", "completed", true, "吸入制剂递送"},
          {"BH-2020-02", 6, 5, 33, "2020-08-17", "2022-08-29", "completed", true, "多肽药物纯化"},
          {"BH-2021-01", 7, 2, 30, "2021-05-10", "2023-05-22", "completed", true, "体外诊断试剂"},
          {"BH-2021-02", 8, 3, 35, "2021-11-15", "2023-12-04", "completed", false, "铜箔表面处理"},
          {"BH-2022-01", 2, 4, 32, "2022-07-04", "2024-07-15", "completed", true, "轻量化车身连接"},
          {"BH-2022-02", 9, 2, 31, "2022-12-12", "", "", true, "固态电解质界面"},
          {"BH-2023-01", 10, 5, 30, "2023-09-18", "", "", true, "中药质量标志物"},
          {"BH-2024-01", 4, 0, 33, "2024-04-22", "", "", true, "柔性传感材料"}};
}

std::string person_of(const Postdoc& postdoc) { return "QY-" + std::string(postdoc.code); }

void add_stations(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms) {
  const std::vector<std::string> kFields{"code",        "name",       "short_names", "kind",
                                         "level",       "parent",     "host",        "host_name",
                                         "approved_by", "approved_on"};
  std::vector<Station> all = stations(firms);
  for (const Station& station : all) {
    bool is_own = station.host == kNobody;
    Rows row("station", kFields);
    row.add({station.code, station.name, is_own ? "管委会博士后科研工作站" : "", station.kind,
             station.level, station.parent, is_own ? "" : firms[station.host].uscc,
             is_own ? "管委会" : "", station.level == "national" ? "全国博士后管委会" : "人社部门",
             station.approved_on.to_string()});
    Date day = station.approved_on < first_day() ? first_day().plus_days(1) : station.approved_on;
    acts.push_back(row.act(Act::create, at_hour(day, "11:00"), "talent_officer"));
  }
}

void add_postdocs(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms,
                  const Terms& terms) {
  std::vector<Postdoc> all = postdocs();
  for (const Postdoc& later : later_postdocs()) all.push_back(later);
  size_t number = 0;
  for (size_t i = 0; i < all.size(); ++i) {
    const Postdoc& postdoc = all[i];
    auto entered = *Date::parse(postdoc.entered);
    if (entered.plus_days(-61) > terms.until) continue;
    Rows person("person", {"code", "name", "degree", "employer"});
    auto host = substation_host(static_cast<size_t>(postdoc.substation - 1));
    person.add({person_of(postdoc), made_up_person(900 + i), "doctor", firms[host].uscc});
    acts.push_back(
        person.act(Act::create, hour_of(entered.plus_days(-61), "09:30"), "talent_officer"));
    add_way(acts, postdoc, firms);
    auto add_topic = [&](const std::string& title, int after) {
      Rows topic("postdoc_topic", {"code", "postdoc", "title", "field", "opened_on"});
      topic.add({numbered("KT-", ++number, 2), postdoc.code, title, postdoc.topic,
                 entered.plus_days(after).to_string()});
      acts.push_back(
          topic.act(Act::create, hour_of(entered.plus_days(after), "16:00"), "talent_officer"));
    };
    add_topic(std::string(postdoc.topic) + "关键技术研究", 74);
    // One finished early and began a second.
    if (std::string(postdoc.code) == "BH-2020-01") add_topic("脂质体冻干工艺放大研究", 423);
  }
}

}  // namespace wutong::demo::qingyuan
