#include <gtest/gtest.h>

#include <array>
#include <random>

#include "engine/cell/bag.hpp"
#include "engine/cell/groups.hpp"
#include "engine/cell/table.hpp"

namespace wutong::cell {
namespace {

constexpr Month kMay = Month::of(2024, 5);
constexpr Month kJune = Month::of(2024, 6);

Table::View at(Seq position) { return {kNewestVersion, position}; }

std::array<Amount, 1> one(int64_t sum) { return {Amount{sum, 1}}; }

TEST(Table, AddsUpMonthsAndLanes) {
  Table table(1, std::make_shared<Versions>());
  table.add(0, kMay, 0, one(5), 1);
  table.add(0, kMay, 3, one(7), 1);
  table.add(0, kJune, 0, one(11), 1);
  table.add(1, kMay, 0, one(100), 1);
  table.commit(Seq{1});
  EXPECT_EQ(table.read(0, kMay, kJune, {}, 0, {}), (Amount{23, 3}));
  EXPECT_EQ(table.read(0, kMay, kMay, {0, 2}, 0, {}), (Amount{5, 1}));
  EXPECT_EQ(table.read(7, kMay, kJune, {}, 0, {}), Amount{});
}

TEST(Table, TellsWhatStoodAtAnEarlierPosition) {
  Table table(1, std::make_shared<Versions>());
  table.add(0, kMay, 0, one(5), 1);
  table.commit(Seq{3});
  table.add(0, kMay, 0, one(5), -1);
  table.add(0, kMay, 0, one(8), 1);
  table.commit(Seq{7});
  EXPECT_EQ(table.read(0, kMay, kMay, {}, 0, at(Seq{2})), Amount{});
  EXPECT_EQ(table.read(0, kMay, kMay, {}, 0, at(Seq{3})), (Amount{5, 1}));
  EXPECT_EQ(table.read(0, kMay, kMay, {}, 0, at(Seq{6})), (Amount{5, 1}));
  EXPECT_EQ(table.read(0, kMay, kMay, {}, 0, at(Seq{7})), (Amount{8, 1}));
}

TEST(Table, KeepsNoTraceOfWhatCameBackToTheSame) {
  Table table(1, std::make_shared<Versions>());
  table.add(0, kMay, 0, one(5), 1);
  table.commit(Seq{1});
  table.add(0, kMay, 0, one(5), -1);
  table.add(0, kMay, 0, one(5), 1);
  table.commit(Seq{2});
  std::vector<Seq> positions;
  table.positions(0, kMay, kMay, {}, 0, {}, positions);
  EXPECT_EQ(positions, (std::vector<Seq>{Seq{1}}));
}

TEST(Table, EveryPositionReadsAsItStoodThenForRandomHistories) {
  std::mt19937 random(7);
  Table table(2, std::make_shared<Versions>());
  std::vector<std::array<Amount, 2>> history(1);
  for (uint64_t position = 1; position <= 200; ++position) {
    std::array<Amount, 2> now = history.back();
    for (int i = 0; i < 3; ++i) {
      const std::array<Amount, 2> change{Amount{random() % 5, 1}, Amount{random() % 2, 1}};
      const int sign = random() % 2 == 0 ? 1 : -1;
      table.add(0, kMay.plus(static_cast<int>(random() % 3)), static_cast<uint8_t>(random() % 4),
                change, sign);
      for (size_t m = 0; m < 2; ++m) now[m].add(change[m], sign);
    }
    table.commit(Seq{position});
    history.push_back(now);
  }
  for (uint64_t position = 0; position <= 200; ++position) {
    for (size_t m = 0; m < 2; ++m) {
      EXPECT_EQ(table.read(0, kMay, kMay.plus(2), {}, m, at(Seq{position})), history[position][m]);
    }
  }
}

Counts read(const Bag& bag, Month first, Month last, std::optional<Seq> as_of) {
  Counts counts;
  bag.read(0, first, last, {}, {kNewestVersion, as_of}, counts);
  drop_gone(counts);
  return counts;
}

TEST(Bag, ForgetsAValueOnlyWithItsLastOccurrence) {
  Bag bag(std::make_shared<Versions>());
  bag.add(0, kMay, 0, {0, 42}, 2);
  bag.add(0, kJune, 0, {0, 43}, 1);
  bag.commit(Seq{1});
  bag.add(0, kMay, 0, {0, 42}, -1);
  bag.commit(Seq{2});
  EXPECT_EQ(read(bag, kMay, kJune, std::nullopt).size(), 2U);
  bag.add(0, kMay, 0, {0, 42}, -1);
  bag.commit(Seq{3});
  EXPECT_EQ(read(bag, kMay, kJune, std::nullopt).size(), 1U);
  EXPECT_EQ(read(bag, kMay, kJune, Seq{2}).size(), 2U);
  EXPECT_EQ(read(bag, kMay, kMay, Seq{1}).begin()->second, 2);
  EXPECT_TRUE(read(bag, kMay, kMay, Seq{0}).empty());
}

TEST(Groups, ARecordAddsToItsValuesAndToEachRollUp) {
  Groups groups(3, 1U, std::make_shared<Versions>());
  const std::array<uint32_t, 3> values{groups.intern(0, "own"), groups.intern(1, "C39"),
                                       groups.intern(2, "true")};
  EXPECT_EQ(groups.groups_of(groups.combination(values)).size(), 4U);
  EXPECT_EQ(groups.size(), 4U);
  const std::array<uint32_t, 3> other{0, groups.intern(1, "C40"), 0};
  groups.combination(other);
  const std::array<uint32_t, 3> by_industry{0, 0, Groups::kOpen};
  EXPECT_EQ(groups.select(by_industry).size(), 1U);
  const std::array<uint32_t, 3> open{Groups::kOpen, Groups::kOpen, Groups::kOpen};
  EXPECT_EQ(groups.select(open).size(), 2U) << "not kept: both finest groups";
  EXPECT_EQ(groups.text(groups.select(by_industry)[0]),
            "own\x1f"
            "C39\x1f\x1e");
}

}  // namespace
}  // namespace wutong::cell
