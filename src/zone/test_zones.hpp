// Small zones over simulated stores, for the tests of this folder.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "engine/store/simulated.hpp"
#include "zone/host.hpp"

namespace wutong::zone {

inline constexpr const char* kArea = R"(register: area
title: {zh: 地区, en: Area}
key: [code]
names: [code]
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  level: {type: code, codes: [nation, county], title: {zh: 级别, en: Level}}
  parent: {type: ref, to: area, title: {zh: 上级, en: Above}}
)";
inline constexpr const char* kAmount = R"(register: amount
title: {zh: 数额, en: Amount}
key: [code, month]
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  month: {type: month, required: true, title: {zh: 月份, en: Month}}
  value: {type: money, unit: CNY, required: true, title: {zh: 数额, en: Amount}}
)";
inline constexpr const char* kTotal = R"(indicator: total
title: {zh: 总额, en: Total}
unit: CNY
from: amount
measure: sum(value)
time: month
)";
inline constexpr const char* kZone = R"(zone: z
name: {zh: 园区, en: Zone}
area: own
packs: [p]
)";

inline pack::Files files(const std::string& zone = "z") {
  pack::Files out;
  out.add("packs/p/registers/area.yaml", kArea);
  out.add("packs/p/registers/amount.yaml", kAmount);
  out.add("packs/p/indicators/total.yaml", kTotal);
  std::string file(kZone);
  file.replace(file.find("zone: z"), 7, "zone: " + zone);
  out.add("zones/" + zone + ".yaml", file);
  return out;
}

class Zones : public testing::Test {
 protected:
  void open() {
    auto host = Host::open_on(log_, secrets_, {}, clock_, random_);
    ASSERT_TRUE(host.has_value());
    host_ = std::move(*host);
  }
  void SetUp() override {
    open();
    ASSERT_TRUE(host_->create_zone("z", HashKind::sm3, files(), "admin").has_value());
  }
  static record::Request request_of(const std::string& code, const std::string& value,
                                    const std::string& month = "2024-09") {
    record::Request request;
    request.act = record::Act::import;
    request.actor = "test";
    request.register_name = "amount";
    for (const auto& [field, text] :
         {std::pair{"code", code}, std::pair{"month", month}, std::pair{"value", value}}) {
      request.columns.push_back({field, {}});
      request.columns.back().column.type = ValueType::text;
      request.columns.back().column.append_text(text);
    }
    return request;
  }
  Outcome<Receipt> put(const std::string& code, const std::string& value) {
    return host_->act("z", request_of(code, value));
  }
  void create(const std::string& zone) {
    ASSERT_TRUE(host_->create_zone(zone, HashKind::sha256, files(zone), "admin").has_value());
  }
  std::string total(const std::string& zone = "z") const {
    std::string out;
    auto question = indicator::parse_identity(zone + "/total/2024-09");
    auto read = host_->read(zone, [&](const View& view) {
      auto figure = view.figures->figure(*view.state, *question);
      out = figure ? figure->value.to_string_short() : figure.error().code;
    });
    return read ? out : read.error().code;
  }

  store::SimulatedLog log_;
  store::SimulatedSecrets secrets_;
  SimulatedClock clock_{*Instant::parse("2024-10-28T09:00:00+08:00")};
  SeededRandom random_{1};
  std::unique_ptr<Host> host_;
};

}  // namespace wutong::zone
