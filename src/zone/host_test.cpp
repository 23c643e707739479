#include "zone/host.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "engine/store/simulated.hpp"

namespace wutong::zone {
namespace {

constexpr const char* kArea = R"(register: area
title: {zh: 地区, en: Area}
key: [code]
names: [code]
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  level: {type: code, codes: [nation, county], title: {zh: 级别, en: Level}}
  parent: {type: ref, to: area, title: {zh: 上级, en: Above}}
)";
constexpr const char* kAmount = R"(register: amount
title: {zh: 数额, en: Amount}
key: [code, month]
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  month: {type: month, required: true, title: {zh: 月份, en: Month}}
  value: {type: money, unit: CNY, required: true, title: {zh: 数额, en: Amount}}
)";
constexpr const char* kTotal = R"(indicator: total
title: {zh: 总额, en: Total}
unit: CNY
from: amount
measure: sum(value)
time: month
)";
constexpr const char* kZone = R"(zone: z
name: {zh: 园区, en: Zone}
area: own
packs: [p]
)";

pack::Files files() {
  pack::Files out;
  out.add("packs/p/registers/area.yaml", kArea);
  out.add("packs/p/registers/amount.yaml", kAmount);
  out.add("packs/p/indicators/total.yaml", kTotal);
  out.add("zones/z.yaml", kZone);
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
  Outcome<Receipt> put(const std::string& code, const std::string& value) {
    record::Request request;
    request.act = record::Act::import;
    request.actor = "test";
    request.register_name = "amount";
    for (const auto& [field, text] :
         {std::pair{"code", code}, std::pair{"month", std::string("2024-09")},
          std::pair{"value", value}}) {
      request.columns.push_back({field, {}});
      request.columns.back().column.type = ValueType::text;
      request.columns.back().column.append_text(text);
    }
    return host_->act("z", std::move(request));
  }
  std::string total() const {
    std::string out;
    auto question = indicator::parse_identity("z/total/2024-09");
    auto read = host_->read("z", [&](const View& view) {
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

TEST_F(Zones, AnswerWhatWasWritten) {
  ASSERT_TRUE(put("a", "1.5").has_value());
  ASSERT_TRUE(put("b", "2").has_value());
  EXPECT_EQ(total(), "3.5");
  ASSERT_TRUE(put("a", "10").has_value());
  EXPECT_EQ(total(), "12");
  host_.reset();
  open();
  EXPECT_EQ(total(), "12");
}

TEST_F(Zones, ServeTheDurablePositionAfterAFailedWrite) {
  for (auto fault : {store::SimulatedLog::Fault::refuse, store::SimulatedLog::Fault::lose_sync,
                     store::SimulatedLog::Fault::store_only}) {
    store::SimulatedLog log;
    auto host = Host::open_on(log, secrets_, {}, clock_, random_);
    ASSERT_TRUE(host.has_value());
    host_ = std::move(*host);
    ASSERT_TRUE(host_->create_zone("z", HashKind::sha256, files(), "admin").has_value());
    ASSERT_TRUE(put("a", "1").has_value());
    log.fail_at(3, fault);
    EXPECT_EQ(put("a", "2").error().error.kind, ErrorKind::io);
    EXPECT_EQ(put("a", "3").error().error.kind, ErrorKind::unavailable);
    EXPECT_EQ(total(), "1");
    host_.reset();
  }
}

TEST_F(Zones, NeverShowHalfAGroup) {
  // Every act moves the total by 10; a reader never sees anything between.
  constexpr int kWriters = 4, kActs = 50;
  std::atomic<bool> is_done = false;
  std::atomic<int> odd = 0;
  std::thread reader([&] {
    while (!is_done) odd += (total().back() != '0') ? 1 : 0;
  });
  std::vector<std::thread> writers;
  std::atomic<int> accepted = 0;
  for (int w = 0; w < kWriters; ++w) {
    writers.emplace_back([&, w] {
      for (int i = 0; i < kActs; ++i) {
        accepted +=
            put("w" + std::to_string(w) + "-" + std::to_string(i), "10").has_value() ? 1 : 0;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  is_done = true;
  reader.join();
  EXPECT_EQ(accepted, kWriters * kActs);
  EXPECT_EQ(total(), std::to_string(kWriters * kActs * 10));
  EXPECT_EQ(odd, 0);
  auto equal = host_->compare_recomputed("z");
  ASSERT_TRUE(equal.has_value());
  EXPECT_FALSE(equal->has_value());
}

TEST_F(Zones, AnswerForEarlierPositionsAndDays) {
  ASSERT_TRUE(put("a", "1").has_value());
  clock_.set(*Instant::parse("2024-11-02T09:00:00+08:00"));
  auto second = put("a", "5");
  ASSERT_TRUE(second.has_value());
  std::string then;
  auto question = indicator::parse_identity("z/total/2024-09");
  auto read = host_->read_at("z", Seq{2}, [&](const View& view) {
    then = view.figures->figure(*view.state, *question)->value.to_string_short();
  });
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(then, "1");
  EXPECT_EQ(*host_->position_on("z", *Date::parse("2024-10-31")), Seq{2});
  EXPECT_EQ(*host_->position_on("z", *Date::parse("2024-11-02")), Seq{3});
  EXPECT_EQ(host_->position_on("z", *Date::parse("2024-10-27")).error().kind, ErrorKind::not_found);
  EXPECT_EQ(host_->read_at("z", Seq{99}, [](const View&) {}).error().kind, ErrorKind::not_found);
}

TEST_F(Zones, KeepTimeFromGoingBack) {
  clock_.set(*Instant::parse("2024-10-27T09:00:00+08:00"));
  auto receipt = put("a", "1");
  ASSERT_TRUE(receipt.has_value());
  EXPECT_EQ(receipt->at.to_string(), "2024-10-28T09:00:00+08:00");
}

TEST_F(Zones, AdoptAChangedCatalogAsAnEntry) {
  ASSERT_TRUE(put("a", "1").has_value());
  EXPECT_EQ(host_->adopt("z", files(), "admin", "").error().error.code, "zone.catalog_unchanged");
  pack::Files changed = files();
  std::string wider(kTotal);
  wider.replace(wider.find("sum(value)"), 10, "sum(value + value)");
  changed.add("packs/p/indicators/total.yaml", wider);
  ASSERT_TRUE(host_->adopt("z", changed, "admin", "口径调整").has_value());
  EXPECT_EQ(total(), "2");
  pack::Files broken = changed;
  broken.add("packs/p/indicators/total.yaml", "indicator: total\n");
  auto refused = host_->adopt("z", broken, "admin", "");
  ASSERT_FALSE(refused.has_value());
  EXPECT_FALSE(refused.error().faults.empty());
  pack::Files less = changed;
  std::string narrow(kAmount);
  narrow.replace(narrow.find("type: money"), 11, "type: text ");
  less.add("packs/p/registers/amount.yaml", narrow);
  EXPECT_FALSE(host_->adopt("z", less, "admin", "").has_value());
  EXPECT_EQ(total(), "2");
  host_.reset();
  open();
  EXPECT_EQ(total(), "2");
}

TEST_F(Zones, RefuseASecondZoneOfTheSameName) {
  EXPECT_EQ(host_->create_zone("z", HashKind::sha256, files(), "admin").error().error.kind,
            ErrorKind::conflict);
  EXPECT_EQ(host_->create_zone("q", HashKind::sha256, files(), "admin").error().error.kind,
            ErrorKind::not_found);
}

}  // namespace
}  // namespace wutong::zone
