#include "demo/network.hpp"

#include <span>

#include "demo/cast.hpp"

namespace wutong::demo {

namespace {

constexpr const char* kNetwork = "ai";
const std::string kFounded = "2024-10-21";

struct Member {
  const char* code;
  const char* name;
  const char* short_name;
  const char* role;
};
constexpr Member kMembers[] = {
    {"zhongguancun", "中关村国家自主创新示范区（演示）", "中关村示范区", "initiator"},
    {"zhangjiang", "上海张江高新区（演示）", "张江高新区", "co_initiator"},
    {"nanjing", "南京高新区（演示）", "南京高新区", "co_initiator"},
    {"yunchuan", "云川高新区（演示）", "云川高新区", "member"},
    {"jiangling", "江岭高新区（演示）", "江岭高新区", "member"},
    {"haiping", "海坪高新区（演示）", "海坪高新区", "member"},
    {"hedong", "鹤栋高新区（演示）", "鹤栋高新区", "member"},
    {"longtan", "龙滩高新区（演示）", "龙滩高新区", "member"},
    {"qingyan", "青岩湖高新区（演示）", "青岩湖高新区", "member"},
    {"beishan", "北杉高新区（演示）", "北杉高新区", "member"},
    {"lanshui", "澜水高新区（演示）", "澜水高新区", "member"}};

void record_bodies(Script& script) {
  record_places(script, "2024-09-02T09:00", {{"china", "全国", "我国", "nation", ""}});
  std::vector<Row> rows{{"ministry", "工业和信息化部（演示）", "工信部", "government"},
                        {"ministry_planning", "工业和信息化部规划司（演示）", "", "government"},
                        {"beijing", "北京市人民政府（演示）", "", "government"},
                        {"secretariat", "协同创新网络秘书处（演示）", "秘书处", "department"}};
  for (const Member& member : kMembers) {
    rows.push_back({member.code, member.name, member.short_name, "zone"});
  }
  script.create("2024-09-02T09:20", "officer", "organisation",
                {"code", "name", "short_names", "kind"}, rows);
  record_officers(script, "2024-09-02T09:40",
                  {{"p1", "secretariat", "秘书长"},
                   {"p2", "beijing", "副秘书长"},
                   {"p3", "ministry_planning", "副司长"}});
}

void record_launch(Script& script) {
  script.create("2024-10-18T09:00", "network_secretariat", "document",
                {"code", "title", "kind", "issued_by", "issued_on", "points"},
                {{"initiative", "人工智能产业协同创新中关村倡议（演示）", "initiative",
                  "secretariat", kFounded,
                  joined({"共建开放的算力与数据", "共同攻关关键技术", "互认测试与评价结果",
                          "相互开放应用场景", "共育人才与标准"})}});
  script.create(
      "2024-10-18T09:10", "network_secretariat", "event",
      {"code", "kind", "name", "short_names", "held", "place", "host", "theme"},
      {{"launch", "launch", "人工智能协同网络启动大会", "启动大会", kFounded,
        "中关村国家自主创新示范区展示中心", "zhongguancun", "汇聚高新力量，共创智能未来"}});
  script.create("2024-10-21T09:00", "network_secretariat", "network",
                {"code", "name", "short_names", "field", "guided_by", "founded_on", "initiative"},
                {{kNetwork, "国家高新区人工智能产业协同创新网络", "协同创新网络", "人工智能",
                  "ministry", kFounded, "initiative"}});
  std::vector<Row> members, signatures, present;
  for (const Member& member : kMembers) {
    members.push_back({kNetwork, member.code, member.role, kFounded});
    signatures.push_back({"initiative", member.code, kFounded});
    present.push_back({"launch", number(static_cast<int64_t>(present.size()) + 1), kFounded,
                       member.code, present.empty() ? "host" : "participant"});
  }
  script.create("2024-10-21T10:00", "network_secretariat", "membership",
                {"network", "organisation", "role", "from_on"}, members);
  script.create("2024-10-21T10:05", "network_secretariat", "signature",
                {"document", "organisation", "signed_on"}, signatures);
  script.create("2024-10-21T10:10", "network_secretariat", "attendance",
                {"event", "number", "attended_on", "organisation", "role"}, present);
  script.move("2024-10-21T10:20", "officer", "document", "issue", {"code"}, {{"initiative"}});
  script.create("2024-10-21T15:00", "network_secretariat", "speech",
                {"event", "number", "post", "points"},
                {{"launch", "1", "p2/1", joined({"突破核心技术", "推动数实融合", "构建产业生态"})},
                 {"launch", "2", "p3/1", joined({"加强政策引导", "促进资源汇聚"})}});
  script.create(
      "2024-10-21T15:10", "network_secretariat", "commitment",
      {"code", "event", "organisation", "content", "made_on", "due"},
      {{"c1", "launch", "ministry_planning", "会同有关部门加强政策引导", kFounded, "2025"},
       {"c2", "launch", "ministry_planning", "促进算力、数据等资源汇聚", kFounded, "2025"}});
}

void record_sharing(Script& script) {
  constexpr const char* kKinds[] = {"compute", "data_set", "laboratory", "model", "test_site"};
  constexpr const char* kNames[] = {"智算中心", "工业质检数据集", "人工智能评测实验室",
                                    "园区服务大模型", "自动驾驶测试区"};
  std::vector<Row> rows;
  for (size_t i = 0; i < std::size(kMembers); ++i) {
    for (size_t k = 0; k < 2; ++k) {
      size_t kind = (i + k * 2) % 5;
      rows.push_back({kMembers[i].code + std::string("-") + number(static_cast<int64_t>(k) + 1),
                      kNetwork, kMembers[i].code, kKinds[kind],
                      std::string(kMembers[i].short_name) + kNames[kind],
                      k == 0 ? "on_request" : "by_contract",
                      kind == 0 ? number(script.between(2, 30) * 100) : "",
                      kind == 0 ? "PFLOPS" : "", kFounded});
    }
  }
  script.create("2024-10-22T09:30", "network_secretariat", "shared_resource",
                {"code", "network", "owner", "kind", "name", "access", "quantity", "quantity_unit",
                 "offered_on"},
                rows);
  script.create(
      "2024-10-23T09:00", "network_secretariat", "joint_action",
      {"code", "network", "topic", "lead", "resource", "step", "proposed_on"},
      {{"a1", kNetwork, "算力互联与统一调度", "zhongguancun", "zhongguancun-1", "制定接口",
        "2024-10-23"},
       {"a2", kNetwork, "工业质检数据共建", "zhangjiang", "zhangjiang-1", "汇集样本", "2024-10-23"},
       {"a3", kNetwork, "评测结果互认", "nanjing", "nanjing-1", "比对方法", "2024-10-24"}});
  script.create("2024-10-24T10:00", "network_secretariat", "action_party",
                {"joint_action", "organisation", "contribution", "joined_on"},
                {{"a1", "zhangjiang", "算力", "2024-10-24"},
                 {"a1", "nanjing", "算力", "2024-10-24"},
                 {"a1", "yunchuan", "网络", "2024-10-24"},
                 {"a2", "jiangling", "样本", "2024-10-24"},
                 {"a2", "haiping", "标注", "2024-10-24"},
                 {"a3", "zhongguancun", "评测集", "2024-10-24"}});
  script.move("2024-10-25T10:00", "network_secretariat", "joint_action", "start", {"code"},
              {{"a1"}, {"a2"}});
}

// After the launch: a call every month, answered by two members, and heads that members witness.
void go_on(Script& script) {
  constexpr const char* kTopics[] = {"征集工业质检样本", "征集医疗影像评测", "征集园区巡检场景",
                                     "征集开源模型合作", "征集算力调峰伙伴", "征集联合培养导师"};
  Month month = Month::of(2024, 11);
  for (int64_t i = 0; month.last_day() <= script.until(); month = month.plus(1), ++i) {
    Date opens = month.first_day().plus_days(4), answered = opens.plus_days(9);
    std::string code = "call-" + month.to_string();
    auto member = [&](int64_t step) {
      return std::string(kMembers[static_cast<size_t>(i + step) % std::size(kMembers)].code);
    };
    script.create(at(opens, "09:30"), "member_zone", "collaboration_call",
                  {"code", "network", "organisation", "title", "need", "opens_on", "closes_on"},
                  {{code, kNetwork, member(0), kTopics[i % 6], "详见附件", opens.to_string(),
                    opens.plus_days(20).to_string()}});
    script.create(at(answered, "14:00"), "member_zone", "call_response",
                  {"collaboration_call", "organisation", "responded_on", "offer"},
                  {{code, member(3), answered.to_string(), "可提供数据与场地"},
                   {code, member(5), answered.to_string(), "可提供团队"}});
    script.amend(at(opens.plus_days(21), "10:00"), "member_zone", "collaboration_call",
                 {"code", "chosen"}, {{code, member(3)}});
    script.move(at(opens.plus_days(21), "10:10"), "member_zone", "collaboration_call", "match",
                {"code"}, {{code}});
    std::string root;
    for (int k = 0; k < 64; ++k) root += "0123456789abcdef"[script.below(16)];
    script.create(
        at(month.last_day(), "17:00"), "network_secretariat", "witnessed_head",
        {"organisation", "size", "root", "witness", "witnessed_on"},
        {{member(0), number(200 + i * 37), root, member(1), month.last_day().to_string()}});
  }
}

}  // namespace

std::vector<TimedRequest> network_acts(const Terms& terms) {
  Script script(terms);
  script.part(401);
  record_bodies(script);
  record_launch(script);
  record_sharing(script);
  script.part(402);
  go_on(script);
  return script.take();
}

}  // namespace wutong::demo
