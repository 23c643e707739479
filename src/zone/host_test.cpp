#include "zone/host.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "zone/test_zones.hpp"

namespace wutong::zone {
namespace {

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

TEST_F(Zones, ShareOneSyncAmongManyCallers) {
  constexpr int kCallers = 8, kActs = 40;
  const size_t before = log_.commits();
  log_.before_commit([] { std::this_thread::sleep_for(std::chrono::milliseconds(2)); });
  std::atomic<int> accepted = 0;
  std::vector<std::thread> callers;
  for (int c = 0; c < kCallers; ++c) {
    callers.emplace_back([&, c] {
      for (int i = 0; i < kActs; ++i) {
        accepted += put(std::to_string(c) + "-" + std::to_string(i), "1").has_value() ? 1 : 0;
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(accepted, kCallers * kActs);
  EXPECT_LT(log_.commits() - before, static_cast<size_t>(kCallers * kActs / 2));
  EXPECT_EQ(total(), std::to_string(kCallers * kActs));
}

TEST_F(Zones, WriteManyZonesInOneTransaction) {
  create("y");
  const size_t before = log_.commits();
  std::vector<ZoneAct> acts{{"z", request_of("a", "1"), "k1"}, {"y", request_of("a", "2"), ""}};
  auto done = host_->act_many(acts);
  ASSERT_EQ(done.size(), 2u);
  ASSERT_TRUE(done[0] && done[1]);
  EXPECT_EQ(log_.commits() - before, 1u);
  EXPECT_EQ(total("z") + " " + total("y"), "1 2");
  EXPECT_EQ(done[1]->zone, "y");
  EXPECT_EQ(done[1]->rows_created, 1u);
  EXPECT_TRUE(acts[0].request.columns.empty());

  std::vector<ZoneAct> mixed{{"z", request_of("a", "9"), "k1"},  // seen before
                             {"y", request_of("b", "no number"), ""}};
  done = host_->act_many(mixed);
  EXPECT_TRUE(done[0]->is_repeated);
  EXPECT_EQ(done[1].error().faults.front().place.field, "value");
  EXPECT_EQ(total("z") + " " + total("y"), "1 2");

  std::vector<ZoneAct> dry{{"z", request_of("a", "9"), ""}};
  EXPECT_TRUE(host_->act_many(dry, {false, true})[0]->is_dry_run);
  EXPECT_EQ(total(), "1");
  host_.reset();
  open();
  EXPECT_EQ(total("z") + " " + total("y"), "1 2");
}

TEST_F(Zones, WriteEachPartOrAllOrNone) {
  create("y");
  for (bool is_all_or_nothing : {false, true}) {
    std::vector<ZoneAct> acts{{"z", request_of(is_all_or_nothing ? "all" : "each", "1"), ""},
                              {"y", request_of("b", "no number"), ""}};
    auto done = host_->act_many(acts, {is_all_or_nothing, false});
    EXPECT_EQ(done[0].has_value(), !is_all_or_nothing);
    EXPECT_FALSE(done[1].has_value());
    if (!is_all_or_nothing) continue;
    EXPECT_EQ(done[0].error().error.code, "zone.other_part_refused");
  }
  EXPECT_EQ(total("z"), "1");
  std::vector<ZoneAct> twice{{"z", request_of("c", "1"), ""}, {"z", request_of("d", "1"), ""}};
  EXPECT_EQ(host_->act_many(twice)[0].error().error.code, "zone.twice");
  std::vector<ZoneAct> unknown{{"z", request_of("c", "1"), ""}, {"q", request_of("d", "1"), ""}};
  EXPECT_EQ(host_->act_many(unknown)[0].error().error.code, "zone.unknown");
  EXPECT_EQ(total("z"), "1");
}

TEST_F(Zones, ForgetEveryPartOfAFailedWrite) {
  for (auto fault : {store::SimulatedLog::Fault::refuse, store::SimulatedLog::Fault::lose_sync}) {
    store::SimulatedLog log;
    host_ = std::move(*Host::open_on(log, secrets_, {}, clock_, random_));
    create("z");
    create("y");
    ASSERT_TRUE(put("a", "1").has_value());
    log.fail_at(log.commits() + 1, fault);
    std::vector<ZoneAct> acts{{"z", request_of("b", "2"), ""}, {"y", request_of("b", "2"), ""}};
    for (const auto& part : host_->act_many(acts))
      EXPECT_EQ(part.error().error.kind, ErrorKind::io);
    EXPECT_EQ(total("z"), "1");
    EXPECT_EQ(total("y"), "0");
    EXPECT_EQ(put("a", "3").error().error.kind, ErrorKind::unavailable);
    host_.reset();
  }
}

TEST_F(Zones, ShowAReaderOfAllZonesAllPartsOrNone) {
  create("y");
  create("x");
  std::atomic<bool> is_done = false;
  std::atomic<int> uneven = 0;
  std::thread reader([&] {
    while (!is_done) {
      host_->read_all([&](std::span<const View> views) {
        uneven += views[0].position.value != views[1].position.value ||
                          views[1].position.value != views[2].position.value
                      ? 1
                      : 0;
      });
    }
  });
  constexpr int kActs = 100;
  std::vector<std::thread> writers;
  for (int w = 0; w < 2; ++w) {
    writers.emplace_back([&, w] {
      for (int i = 0; i < kActs; ++i) {
        // In another order each time: nobody may wait for one who waits for him.
        std::vector<ZoneAct> acts;
        for (const char* zone : {"z", "y", "x"}) {
          acts.push_back({zone, request_of(std::to_string(w), std::to_string(i + 1)), ""});
        }
        std::rotate(acts.begin(), acts.begin() + (i + w) % 3, acts.end());
        for (const auto& part : host_->act_many(acts)) EXPECT_TRUE(part.has_value());
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  is_done = true;
  reader.join();
  EXPECT_EQ(uneven, 0);
  for (const char* zone : {"x", "y", "z"}) EXPECT_EQ(total(zone), std::to_string(2 * kActs));
}

TEST_F(Zones, LetReadersReadWhileAWriteWaitsForTheDisk) {
  ASSERT_TRUE(put("a", "1").has_value());
  std::promise<void> is_writing, may_end;
  log_.before_commit([&] {
    is_writing.set_value();
    may_end.get_future().wait();
  });
  std::thread writer([&] { EXPECT_TRUE(put("a", "2").has_value()); });
  is_writing.get_future().wait();
  EXPECT_EQ(total(), "1") << "not durable yet, so not shown; and nobody waits";
  may_end.set_value();
  writer.join();
  log_.before_commit({});
  EXPECT_EQ(total(), "2");
}

TEST_F(Zones, KeepWhatAReaderLooksAtWhileMuchIsWritten) {
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(put("f" + std::to_string(i), "1").has_value());
  const auto question = indicator::parse_identity("z/total/2024-09");
  ASSERT_TRUE(host_->read("z", [&](const View& view) {
    const auto sum = [&] {
      return view.figures->figure(*view.state, *question)->value.to_string_short();
    };
    ASSERT_EQ(sum(), "200");
    const size_t records = view.state->size(0);
    std::thread writer([&] {
      for (int i = 0; i < 400; ++i) {
        EXPECT_TRUE(put("f" + std::to_string(i), std::to_string(i + 2)).has_value());
      }
    });
    for (int i = 0; i < 50; ++i) EXPECT_EQ(sum(), "200");
    writer.join();
    EXPECT_EQ(sum(), "200");
    EXPECT_EQ(view.state->size(0), records);
  }));
  EXPECT_NE(total(), "200");
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
