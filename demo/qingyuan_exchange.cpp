// Places and offices; policies; work with universities; salons; doctors of the workstations and
// what they went on to do.
#include "demo/making.hpp"
#include "demo/qingyuan_parts.hpp"
#include "demo/rows.hpp"

namespace wutong::demo::qingyuan {

namespace {

using record::Act;

void add_organisations(std::vector<TimedRequest>& acts) {
  const std::vector<std::vector<std::string>> kRows = {
      {kCommittee, "清远高新区管委会", "管委会", "committee", ""},
      {kOffice, "人才工作办公室", "人才办", "department", kCommittee},
      {"sysu", "中山大学", "", "university", ""},
      {"scnu", "华南师范大学", "", "university", ""},
      {"scut", "华南理工大学", "", "university", ""},
      {"xjtu", "西安交通大学", "", "university", ""},
      {"gdut", "岭南工学院（演示）", "", "university", ""},
      {"gdpu", "珠江药科学院（演示）", "", "university", ""}};
  for (const auto& cells : kRows) {
    Rows row("organisation", {"code", "name", "short_names", "kind", "parent"});
    row.add(cells);
    acts.push_back(row.act(Act::create, at_hour(first_day(), "09:20"), "officer"));
  }
}

void add_policies(std::vector<TimedRequest>& acts) {
  struct Policy {
    const char* code;
    const char* title;
    const char* short_name;
    const char* issued;
    bool is_trial;
  };
  constexpr Policy kPolicies[] = {
      {"station-rules", "博士后科研工作站管理办法", "工作站管理办法", "2018-06-15", false},
      {"young-talents", "激励优秀青年人才创业就业试行办法", "青年人才试行办法", "2020-08-10", true},
      {"talent-work", "加强新时代人才工作的若干措施", "人才工作若干措施", "2022-11-08", false}};
  for (const Policy& policy : kPolicies) {
    auto issued = *Date::parse(policy.issued);
    Date day = issued < first_day() ? first_day().plus_days(1) : issued;
    Rows row("policy", {"code", "title", "short_names", "is_trial", "issued_by", "issued_on"});
    row.add({policy.code, policy.title, policy.short_name, policy.is_trial ? "true" : "false",
             kCommittee, policy.issued});
    acts.push_back(row.act(Act::create, at_hour(day, "10:00"), "officer"));
    acts.push_back(row.move(at_hour(day, "10:30"), "officer", "officer", "issue", 1));
  }
}

// Doctors work at the doctor workstations; a doctor workstation takes in no postdocs.
void add_doctors(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms) {
  Rows people("person", {"code", "name", "degree", "employer"});
  Rows profiles("talent_profile", {"person", "talent_class", "degree", "discipline", "university",
                                   "enterprise", "arrived_on"});
  constexpr const char* kFields[] = {"药学", "材料科学与工程", "化学工程", "电气工程", "机械工程"};
  constexpr size_t kDoctors = 74;
  for (size_t i = 0; i < kDoctors; ++i) {
    const Firm& firm = firms[31 + i % 22 * 13];
    std::string code = numbered("QY-D", i + 1, 3);
    people.add({code, made_up_person(i), "doctor", firm.uscc});
    Date arrived = workday(day_of(2016, 3, 1).plus_days(static_cast<int>(i * 18)));
    profiles.add({code, i % 12 == 0 ? "leading" : "doctor_postdoc", "doctor",
                  kFields[i % std::size(kFields)], kUniversities[i % std::size(kUniversities)],
                  firm.uscc, arrived.to_string()});
  }
  acts.push_back(
      people.act(Act::import, at_hour(first_day().plus_days(1), "14:00"), "talent_officer"));
  acts.push_back(
      profiles.act(Act::import, at_hour(first_day().plus_days(1), "14:30"), "talent_officer"));
}

void add_cooperation(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms) {
  const std::vector<std::string> kAgreement{"code", "kind", "title", "organisation", "signed_on"};
  constexpr const char* kSigned[] = {"2020-06-18", "2021-04-22", "2021-10-14",
                                     "2022-06-09", "2023-03-16", "2023-09-21"};
  constexpr const char* kSubjects[] = {"药物制剂", "半导体器件", "先进材料",
                                       "动力电池", "智能装备",   "中药质量"};
  for (size_t i = 0; i < std::size(kUniversities); ++i) {
    auto day = *Date::parse(kSigned[i]);
    std::string number = std::to_string(i + 1);
    Rows agreement("agreement", kAgreement);
    agreement.add({"QY-XY-" + number, "strategic", "产学研合作协议", kUniversities[i], kSigned[i]});
    acts.push_back(agreement.act(Act::create, at_hour(day, "10:00"), "officer"));
    acts.push_back(agreement.move(at_hour(day, "11:00"), "officer", "officer", "sign", 1));
    Rows training("joint_training", {"code", "enterprise", "university", "station", "subject",
                                     "began_on", "persons"});
    const Firm& firm = firms[2 + i * 9];
    training.add({"QY-LP-" + number, firm.uscc, kUniversities[i], numbered("QY-PD-01-", i + 1, 2),
                  std::string(kSubjects[i]) + "方向研究生联合培养", day.plus_days(70).to_string(),
                  std::to_string(3 + i)});
    acts.push_back(
        training.act(Act::create, at_hour(day.plus_days(70), "10:00"), "talent_officer"));
    Rows team("talent_team",
              {"code", "name", "leader", "enterprise", "university", "field", "formed_on"});
    team.add({"QY-TD-" + number, std::string(kSubjects[i]) + "创新团队",
              numbered("QY-D", 1 + i * 5, 3), firm.uscc, kUniversities[i], kSubjects[i],
              day.plus_days(110).to_string()});
    acts.push_back(team.act(Act::create, at_hour(day.plus_days(110), "10:00"), "talent_officer"));
    Rows project("research_project", {"code", "title", "field", "enterprise", "university", "level",
                                      "funding", "began_on"});
    project.add({"QY-KY-" + number, std::string(kSubjects[i]) + "产业化关键技术", kSubjects[i],
                 firm.uscc, kUniversities[i], i % 2 == 0 ? "provincial" : "city",
                 std::to_string(600'000 + i * 250'000), day.plus_days(150).to_string()});
    acts.push_back(
        project.act(Act::create, at_hour(day.plus_days(150), "10:00"), "innovation_officer"));
    Rows members("project_member", {"project", "person", "role", "joined_on"});
    for (size_t k = 0; k < 4; ++k) {
      members.add({"QY-KY-" + number, numbered("QY-D", 1 + i * 5 + k, 3),
                   k == 0 ? "leader" : "member", day.plus_days(150).to_string()});
    }
    acts.push_back(
        members.act(Act::create, at_hour(day.plus_days(150), "10:10"), "innovation_officer"));
  }
}

// Those who stayed after leaving the station, and how they rose.
void add_posts(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms) {
  constexpr const char* kTitles[] = {"研发工程师", "项目主管", "研发中心副主任"};
  for (const Postdoc& postdoc : postdocs()) {
    if (!postdoc.stayed || std::string(postdoc.end) != "completed") continue;
    auto left = *Date::parse(postdoc.left);
    const std::string& firm = firms[2 + static_cast<size_t>(postdoc.substation - 1) * 9].uscc;
    for (int step = 0; step < 3; ++step) {
      Date from = left.plus_days(10 + step * 420);
      Rows row("post",
               {"person", "number", "enterprise", "title", "department", "from_on", "team_size"});
      row.add({person_of(postdoc), std::to_string(step + 1), firm, kTitles[step], "研发中心",
               from.to_string(), std::to_string(1 + step * 4)});
      Date day = from < first_day() ? first_day().plus_days(4) : from;
      acts.push_back(row.act(Act::create, at_hour(day, "10:00"), "talent_officer"));
    }
  }
}

struct Salon {
  const char* held;
  const char* recorded;
  const char* theme;
};
constexpr Salon kSalons[] = {{"2020-11-20", "2020-11-23", "聚才聚智"},
                             {"2021-05-21", "2021-05-24", "新材料与新能源"},
                             {"2021-11-12", "2021-11-15", "生物医药"},
                             {"2022-10-27", "2022-10-31", "绿色制造"},
                             {"2023-05-19", "2023-05-22", "智能装备"},
                             {"2023-10-20", "2023-10-23", "成果转化"},
                             {"2024-05-17", "2024-05-20", "青年博士谈"},
                             {"2024-10-D2", "2024-10-21", "博采众长 共创未来"},
                             {"2025-05-16", "2025-05-19", "人工智能与制造"},
                             {"2025-10-17", "2025-10-20", "中试与量产"},
                             {"2026-05-15", "2026-05-18", "出海与标准"},
                             {"2026-10-16", "2026-10-19", "青年博士谈"}};

void add_salons(std::vector<TimedRequest>& acts) {
  Rows series("event_series", {"code", "name", "short_names", "host", "purpose"});
  series.add({"salon", "博士、博士后沙龙", "博士博士后沙龙\x1F博士后沙龙", kOffice,
              "学术交流、经验分享、技术合作"});
  acts.push_back(series.act(Act::create, "2020-10-12T10:00", "talent_officer"));
  size_t edition = 0;
  for (const Salon& salon : kSalons) {
    std::string code = numbered("QY-SL-", ++edition, 2);
    Rows event("event", {"code", "kind", "name", "event_series", "edition", "held", "place", "park",
                         "host", "theme", "aims"});
    std::string held = salon.held;
    bool is_spring = held[6] == '5';
    event.add({code, "salon",
               held.substr(0, 4) + "年" + (is_spring ? "春季" : "") + "博士、博士后沙龙", "salon",
               std::to_string(edition), held, "科技园报告厅", "hn863", kOffice, salon.theme,
               "学术交流\x1F经验分享\x1F技术合作"});
    acts.push_back(
        event.act(Act::create, std::string(salon.recorded) + "T10:00", "talent_officer"));
    Rows present("attendance", {"event", "number", "attended_on", "person", "role"});
    size_t count = 34 + edition * 5 % 17;
    for (size_t i = 0; i < count; ++i) {
      present.add({code, std::to_string(i + 1), held,
                   numbered("QY-D", 1 + (i * 2 + edition) % 74, 3),
                   i < 3 ? "speaker" : "participant"});
    }
    acts.push_back(
        present.act(Act::import, std::string(salon.recorded) + "T10:30", "talent_officer"));
    Rows said("feedback", {"code", "given_on", "person", "event", "about", "rating", "content"});
    said.add({"QY-FK-" + std::to_string(edition), salon.recorded, numbered("QY-D", 5 + edition, 3),
              code, "人才服务", "very_satisfied", "交流充分，服务及时"});
    acts.push_back(said.act(Act::create, std::string(salon.recorded) + "T15:00", "talent_officer"));
  }
}

}  // namespace

void add_base(std::vector<TimedRequest>& acts) {
  const std::vector<std::vector<std::string>> kAreas = {
      {"china", "全国", "我国", "nation", ""},
      {"guangdong", "广东省", "广东\x1F全省", "province", "china"},
      {"qingyuan_city", "清远市", "清远\x1F全市", "city", "guangdong"},
      {"qingyuan_htz", "清远高新区", "", "county", "qingyuan_city"}};
  for (const auto& cells : kAreas) {
    Rows row("area", {"code", "name", "short_names", "level", "parent"});
    row.add(cells);
    acts.push_back(row.act(Act::create, at_hour(first_day(), "09:00"), "officer"));
  }
  add_organisations(acts);
  Rows park("park", {"code", "name", "short_names", "kind", "area", "operator"});
  park.add(
      {"hn863", "华南863科技创新园", "863科技创新园", "science_park", "qingyuan_htz", kCommittee});
  acts.push_back(park.act(Act::create, at_hour(first_day(), "09:40"), "officer"));
  add_policies(acts);
}

void add_exchange(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms) {
  add_doctors(acts, firms);
  add_cooperation(acts, firms);
  add_posts(acts, firms);
  add_salons(acts);
}

}  // namespace wutong::demo::qingyuan
