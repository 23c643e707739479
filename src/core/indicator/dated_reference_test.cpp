// What random programs found (docs/oracle.md), each as its smallest history.
#include "core/indicator/test_zone.hpp"

namespace wutong::indicator {
namespace {

constexpr const char* kGroup = R"(register: grp
title: {zh: 集团, en: Group}
key: [code]
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  tier: {type: code, codes: [a, b], title: {zh: 层级, en: Tier}}
)";
constexpr const char* kFirm = R"(register: firm
title: {zh: 企业, en: Firm}
key: [code]
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  grp: {type: ref, to: grp, effective: true, title: {zh: 集团, en: Group}}
)";
constexpr const char* kFact = R"(register: fact
title: {zh: 事项, en: Fact}
key: [code]
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  firm: {type: ref, to: firm, title: {zh: 企业, en: Firm}}
  done_on: {type: date, title: {zh: 日期, en: Day}}
  until: {type: date, title: {zh: 截止, en: Until}}
  amount: {type: money, unit: CNY, title: {zh: 数额, en: Amount}}
)";
constexpr const char* kTotal = R"(indicator: total
title: {zh: 总额, en: Total}
unit: CNY
from: fact
measure: sum(amount)
where: "firm.grp.tier == 'a'"
time: done_on
)";
constexpr const char* kLatest = R"(indicator: latest
title: {zh: 最近一次, en: Latest}
unit: CNY
from: fact
measure: last(amount)
time: done_on
by: {grp: firm.grp}
)";
constexpr const char* kHeld = R"(indicator: held
title: {zh: 持有, en: Held}
unit: items
decimals: 0
from: fact
measure: count()
where: "amount > 0"
time: {from: done_on, until: until}
)";

pack::Files files() {
  pack::Files out;
  out.add("packs/test/registers/grp.yaml", kGroup);
  out.add("packs/test/registers/firm.yaml", kFirm);
  out.add("packs/test/registers/fact.yaml", kFact);
  out.add("packs/test/indicators/total.yaml", kTotal);
  out.add("packs/test/indicators/latest.yaml", kLatest);
  out.add("packs/test/indicators/held.yaml", kHeld);
  return out;
}

class DatedReference : public testing::Test {
 protected:
  RecordId group(const char* code, const char* tier) {
    return zone_.create("grp", {{"code", std::string(code)}, {"tier", std::string(tier)}});
  }
  RecordId fact(const char* code, RecordId firm, const char* on, const char* amount) {
    return zone_.create("fact", {{"code", std::string(code)},
                                 {"firm", firm},
                                 {"done_on", day(on)},
                                 {"amount", number(amount)}});
  }
  TestZone zone_{files()};
};

TEST_F(DatedReference, FollowsWhatARecordReferredToOnEarlierDaysOnly) {
  const RecordId first = group("g0", "b");
  const RecordId second = group("g1", "b");
  const RecordId firm = zone_.create("firm", {{"code", std::string("f")}, {"grp", first}});
  fact("x", firm, "2024-01-15", "7");
  zone_.amend("firm", firm, {{"grp", second}}, day("2024-07-01"));
  zone_.amend("grp", first, {{"tier", std::string("a")}});
  EXPECT_EQ(zone_.value("total/2024-01"), "7.00");
  EXPECT_EQ(zone_.difference_to_recomputed(), "");
}

TEST_F(DatedReference, TakesAnEarlierReferenceInBesideALaterOne) {
  const RecordId groups[] = {group("g0", "a"), group("g1", "a"), group("g2", "b")};
  const RecordId firm = zone_.create("firm", {{"code", std::string("f")}, {"grp", groups[0]}});
  fact("x", firm, "2024-08-15", "7");
  zone_.amend("firm", firm, {{"grp", groups[1]}}, day("2024-07-01"));
  zone_.amend("firm", firm, {{"grp", groups[2]}}, day("2024-01-01"));
  const auto index = *zone_.schema().index_of("firm");
  EXPECT_TRUE(zone_.state().referring(index, 1, groups[2]).empty());
  EXPECT_EQ(zone_.state().referring(index, 1, groups[1]).size(), 1U);
  zone_.amend("firm", firm, {{"grp", groups[0]}}, day("2024-07-01"));
  EXPECT_EQ(zone_.state().referring(index, 1, groups[0]).size(), 1U);
  zone_.amend("grp", groups[2], {{"tier", std::string("a")}});
  EXPECT_EQ(zone_.value("total/2024-08"), "7.00");
  EXPECT_EQ(zone_.difference_to_recomputed(), "");
}

TEST_F(DatedReference, TheLastOfAMonthIsThatOfTheLatestDay) {
  const RecordId firm =
      zone_.create("firm", {{"code", std::string("f")}, {"grp", group("g0", "a")}});
  fact("x", firm, "2024-01-20", "7");
  fact("y", firm, "2024-01-05", "3");
  EXPECT_EQ(zone_.value("latest/2024-01"), "7.00");
  EXPECT_EQ(zone_.value("latest/2024-01?grp=g0"), "7.00");
}

TEST_F(DatedReference, AStockIsRecordedFromTheDayOnWhichItWasFirstHeld) {
  const RecordId firm = zone_.create("firm", {{"code", std::string("f")}});
  const Seq before = zone_.position();
  const RecordId row = fact("x", firm, "2024-01-20", "7");
  const Seq held = zone_.position();
  EXPECT_EQ(zone_.value("held/@2024-01-19"), "no_records");
  EXPECT_EQ(zone_.value("held/@2024-01-20"), "1");
  zone_.amend("fact", row, {{"until", day("2024-01-25")}});
  EXPECT_EQ(zone_.value("held/@2024-01-25"), "0");
  EXPECT_EQ(zone_.value("held/@2024-01-25?as_of=" + std::to_string(held.value)), "1");
  EXPECT_EQ(zone_.value("held/@2024-01-25?as_of=" + std::to_string(before.value)), "no_records");
  // What does not count any more was never held.
  zone_.amend("fact", row, {{"amount", number("-7")}});
  EXPECT_EQ(zone_.value("held/@2024-01-25"), "no_records");
}

}  // namespace
}  // namespace wutong::indicator
