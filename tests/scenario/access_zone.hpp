// A small zone with owners, parties, a chain, a life cycle, persons and statistics, in memory; its
// roles can be exchanged. For the matrix of rights.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "engine/store/simulated.hpp"
#include "surface/answer/answer.hpp"

namespace wutong::scenario {

constexpr std::pair<const char*, const char*> kAccessFiles[] = {
    {"packs/p/registers/area.yaml", R"(register: area
title: {zh: 地区, en: Area}
key: [code]
names: [code]
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  level: {type: code, codes: [nation, county], title: {zh: 级别, en: Level}}
  parent: {type: ref, to: area, title: {zh: 上级, en: Above}}
)"},
    {"packs/p/registers/enterprise.yaml", R"(register: enterprise
title: {zh: 企业, en: Enterprise}
key: [code]
owner: self
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  label: {type: text, title: {zh: 标记, en: Label}}
)"},
    {"packs/p/registers/person.yaml", R"(register: person
title: {zh: 人员, en: Person}
key: [code]
owner: self
person: true
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  name: {type: text, personal: true, title: {zh: 姓名, en: Name}}
)"},
    {"packs/p/registers/monthly.yaml", R"(register: monthly
title: {zh: 月报, en: Monthly}
key: [enterprise, month]
owner: enterprise
purpose: statistics
fields:
  enterprise: {type: ref, to: enterprise, required: true, title: {zh: 企业, en: Enterprise}}
  month: {type: month, required: true, title: {zh: 月份, en: Month}}
  output: {type: money, unit: CNY, title: {zh: 产值, en: Output}}
lifecycle:
  states:
    draft: {zh: 草稿, en: Draft}
    submitted: {zh: 已报, en: Submitted}
  moves:
    submit: {title: {zh: 上报, en: Submit}, from: [draft], to: submitted, by: [one, two]}
    return: {title: {zh: 退回, en: Return}, from: [draft, submitted], to: draft, by: [three]}
  clocks:
    report: {title: {zh: 报送期限, en: report}, days: 3, from: draft, until: [submitted], by: [one]}
)"},
    {"packs/p/registers/query.yaml", R"(register: query
title: {zh: 询问, en: Query}
key: [code]
owner: monthly
parties: [person]
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  monthly: {type: ref, to: monthly, title: {zh: 月报, en: Monthly}}
  person: {type: ref, to: person, title: {zh: 人员, en: Person}}
)"},
    {"packs/p/indicators/output.yaml", R"(indicator: output
title: {zh: 产值, en: Output}
unit: CNY
from: monthly
measure: sum(output)
time: month
by: {enterprise: enterprise}
)"},
    {"zones/z.yaml", "zone: z\nname: {zh: 甲区, en: Z}\narea: z\npacks: [p]\n"}};

class AccessZone {
 public:
  AccessZone() {
    auto host = zone::Host::open_on(log_, secrets_, {}, clock_, random_);
    EXPECT_TRUE(host.has_value());
    host_ = std::move(*host);
    for (const auto& [path, text] : kAccessFiles) files_.add(path, text);
    auto made = host_->create_zone("z", HashKind::sha256, files_, "test");
    EXPECT_TRUE(made.has_value()) << (made ? "" : describe_en(made.error().error));
    record("enterprise", R"({"code":"a"},{"code":"b"},{"code":"c"})");
    record("person", R"({"code":"p","name":"甲某"},{"code":"q","name":"乙某"})");
    record("monthly", R"({"enterprise":"a","month":"2024-08","output":"1"},)"
                      R"({"enterprise":"a","month":"2024-09","output":"2"},)"
                      R"({"enterprise":"b","month":"2024-09","output":"4"},)"
                      R"({"enterprise":"c","month":"2024-09","output":"8"})");
    record("query", R"({"code":"q1","monthly":"a/2024-08","person":"p"},)"
                    R"({"code":"q2","monthly":"b/2024-09"},{"code":"q3","person":"q"},)"
                    R"({"code":"q4"})");
  }

  zone::Host& host() { return *host_; }
  answer::Door local() { return answer::Door::local(*host_, "test"); }
  answer::Door door(std::vector<access::Grant> grants) {
    return {*host_, access::Principal{"somebody", std::move(grants), {}, false}};
  }
  // The zone with these roles: path → text.
  void set_roles(const std::vector<std::pair<std::string, std::string>>& roles) {
    pack::Files files = files_;
    for (const auto& [path, text] : roles) files.add(path, text);
    auto done = host_->adopt("z", files, "test", "");
    ASSERT_TRUE(done.has_value()) << describe_en(done.error().error);
  }

 private:
  void record(const std::string& home, const std::string& rows) {
    auto done = answer::perform_act(
        local(), "z",
        R"({"act":"record.create","register":")" + home + R"(","rows":[)" + rows + "]}",
        {"test", {}, "", false});
    EXPECT_TRUE(done.has_value()) << (done ? "" : describe_en(done.error().error));
  }

  SimulatedClock clock_{*Instant::parse("2024-10-28T09:00:00+08:00")};
  SeededRandom random_{11};
  store::SimulatedLog log_;
  store::SimulatedSecrets secrets_;
  pack::Files files_;
  std::unique_ptr<zone::Host> host_;
};

}  // namespace wutong::scenario
