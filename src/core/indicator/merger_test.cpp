// One enterprise, one record: what merging, splitting, renaming and moving do to records and to the
// comparable base.
#include <random>

#include "base/text.hpp"
#include "core/indicator/test_zone.hpp"
#include "core/record/organisation.hpp"

namespace wutong::indicator {
namespace {

using record::Act;

constexpr const char* kFirm = R"(register: firm
title: {zh: 企业, en: Firm}
key: [uscc]
names: [name]
organisation: {code: uscc, successor: merged_into, successors: split_into, place: [park]}
fields:
  uscc: {type: text, required: true, title: {zh: 代码, en: Code}}
  name: {type: text, effective: true, title: {zh: 名称, en: Name}}
  industry: {type: code, codes: [C39, C27], effective: true, title: {zh: 行业, en: Industry}}
  designated: {type: bool, effective: true, title: {zh: 规上, en: Designated}}
  park: {type: text, effective: true, title: {zh: 园区, en: Park}}
  since: {type: date, title: {zh: 入驻, en: Since}}
  left: {type: date, title: {zh: 迁出, en: Left}}
  merged_into: {type: ref, to: firm, effective: true, title: {zh: 并入, en: Merged into}}
  split_into: {type: text_list, effective: true, title: {zh: 分立为, en: Split into}}
)";
constexpr const char* kReturn = R"(register: monthly_return
title: {zh: 月报, en: Return}
key: [firm, month]
fields:
  firm: {type: ref, to: firm, required: true, title: {zh: 企业, en: Firm}}
  month: {type: month, required: true, title: {zh: 月份, en: Month}}
  output: {type: money, unit: CNY, decimals: 0, title: {zh: 产值, en: Output}}
)";
constexpr const char* kOutput = R"(indicator: output
title: {zh: 产值, en: Output}
unit: CNY
decimals: 0
from: monthly_return
measure: sum(output)
where: firm.designated
time: month
base: comparable
by: {industry: firm.industry}
)";
constexpr const char* kFirms = R"(indicator: firms
title: {zh: 企业数, en: Firms}
unit: enterprises
decimals: 0
from: firm
measure: count()
where: designated
time: {from: since, until: left}
)";

pack::Files firm_files() {
  pack::Files out;
  out.add("packs/test/registers/firm.yaml", kFirm);
  out.add("packs/test/registers/monthly_return.yaml", kReturn);
  out.add("packs/test/indicators/output.yaml", kOutput);
  out.add("packs/test/indicators/firms.yaml", kFirms);
  return out;
}

using Cells = std::vector<std::pair<std::string, std::string>>;

class Mergers : public testing::Test {
 protected:
  Mergers() : zone_(firm_files()) {}

  // "ok", or the refusal.
  std::string act(Act what, const std::string& name, const Cells& cells,
                  const char* since = nullptr) {
    record::Request request;
    request.act = what;
    request.at = *Instant::parse("2024-12-01T09:00:00+08:00");
    request.actor = "test";
    request.register_name = name;
    if (since != nullptr) request.valid_from = day(since);
    for (const auto& [field, text] : cells) {
      record::InputColumn input{field, {}};
      input.column.type = ValueType::text;
      input.column.append_text(text);
      request.columns.push_back(std::move(input));
    }
    auto decision = record::decide(zone_.state(), request);
    if (!decision) {
      EXPECT_FALSE(decision.error().faults.front().zh.empty());
      EXPECT_FALSE(decision.error().faults.front().en.empty());
      return std::string(record::to_string(decision.error().code)) + " " +
             decision.error().faults.front().place.field;
    }
    zone_.apply(std::move(decision->changes));
    return "ok";
  }
  void firm(const char* code, const char* industry, const char* designated = "true") {
    ASSERT_EQ(act(Act::create, "firm",
                  {{"uscc", code},
                   {"name", std::string("N") + code},
                   {"industry", industry},
                   {"designated", designated},
                   {"since", "2020-01-01"}}),
              "ok");
  }
  void filed(const char* code, const char* month, const char* output) {
    ASSERT_EQ(
        act(Act::create, "monthly_return", {{"firm", code}, {"month", month}, {"output", output}}),
        "ok");
  }
  std::string held(const char* code, const char* field, const char* on) const {
    const auto index = *zone_.schema().index_of("firm");
    const auto record = zone_.state().find(index, code);
    return to_string(zone_.state().value(index, *zone_.schema().registers()[index].find(field),
                                         *record, day(on)));
  }
  TestZone zone_;
};

TEST_F(Mergers, ACodeIsOneRecordInWhateverSpelling) {
  firm("91A", "C39");
  EXPECT_EQ(act(Act::create, "firm", {{"uscc", "９１ａ"}}), "key_exists uscc");
  EXPECT_EQ(act(Act::create, "firm", {{"uscc", " 91-a "}}), "key_exists uscc");
  EXPECT_EQ(act(Act::create, "monthly_return", {{"firm", "91 a"}, {"month", "2024-01"}}), "ok");
  EXPECT_EQ(record::normal_code("９１１５ ０６００－ma0000103０"), "91150600MA00001030");
}

// The past of the merged firm stands in the base of the survivor; the naive ratio does not know it.
TEST_F(Mergers, TheBaseFollowsTheSurvivor) {
  firm("A", "C39");
  firm("B", "C27");
  for (const char* month : {"2023-08", "2024-05"}) filed("A", month, "100");
  for (const char* month : {"2023-08", "2024-05"}) filed("B", month, "50");
  EXPECT_EQ(act(Act::merge, "firm", {{"uscc", "B"}, {"into", "A"}}, "2024-07-01"), "ok");
  filed("A", "2024-08", "165");
  EXPECT_EQ(zone_.value("output/2024-08/yoy"), "10.0");
  EXPECT_EQ(zone_.value("output/2024-08/yoy?industry=C39"), "10.0");
  EXPECT_EQ(zone_.value("output/2024-08/yoy:naive?industry=C39"), "65.0");
  // Before the day nothing has changed.
  EXPECT_EQ(zone_.value("output/2024-05?industry=C27"), "50");
  EXPECT_EQ(zone_.value("output/2023-08?industry=C27"), "50");
  EXPECT_EQ(zone_.value("firms/@2024-06-30"), "2");
  EXPECT_EQ(zone_.value("firms/@2024-07-31"), "1");
  EXPECT_EQ(zone_.difference_to_recomputed(), "");
}

TEST_F(Mergers, TheMergedFollowsWhatTheSurvivorBecomes) {
  firm("A", "C39");
  firm("B", "C27");
  firm("C", "C27");
  filed("C", "2023-08", "10");
  EXPECT_EQ(act(Act::merge, "firm", {{"uscc", "C"}, {"into", "B"}}, "2024-03-01"), "ok");
  EXPECT_EQ(act(Act::merge, "firm", {{"uscc", "B"}, {"into", "A"}}, "2024-07-01"), "ok");
  EXPECT_EQ(held("C", "industry", "2024-06-30"), "C27");
  EXPECT_EQ(held("C", "industry", "2024-07-01"), "C39");
  // A change from before the mergers counts from them on; a later one from its own day.
  EXPECT_EQ(act(Act::amend, "firm", {{"uscc", "A"}, {"designated", "false"}}, "2024-01-01"), "ok");
  EXPECT_EQ(held("C", "designated", "2024-06-30"), "true");
  EXPECT_EQ(held("C", "designated", "2024-07-01"), "false");
  EXPECT_EQ(act(Act::amend, "firm", {{"uscc", "A"}, {"industry", "C27"}}, "2024-10-01"), "ok");
  EXPECT_EQ(held("C", "industry", "2024-09-30"), "C39");
  EXPECT_EQ(held("C", "industry", "2024-10-01"), "C27");
  EXPECT_EQ(act(Act::relocate, "firm", {{"uscc", "A"}, {"park", "东区"}}, "2024-11-01"), "ok");
  EXPECT_EQ(held("B", "park", "2024-11-01"), "东区");
  const auto index = *zone_.schema().index_of("firm");
  const auto c = *zone_.state().find(index, "C");
  EXPECT_EQ(zone_.state().key_text(index,
                                   record::survivor_of(zone_.state(), index, c, day("2024-07-01"))),
            "A");
  EXPECT_EQ(zone_.difference_to_recomputed(), "");
}

TEST_F(Mergers, SplittingSaysWhoKeepsThePast) {
  firm("F", "C39");
  firm("A", "C39");
  firm("B", "C27");
  filed("F", "2023-08", "100");
  EXPECT_EQ(act(Act::split, "firm", {{"uscc", "F"}, {"into", "A"}, {"base", "own"}}, "2024-07-01"),
            "ok");
  filed("A", "2023-08", "60");  // its own part of the past, recorded by itself
  filed("A", "2024-08", "66");
  EXPECT_EQ(zone_.value("output/2024-08/yoy"), "10.0");
  firm("G", "C39");
  filed("G", "2023-08", "40");
  EXPECT_EQ(act(Act::split, "firm", {{"uscc", "G"}, {"into", "B"}}, "2024-07-01"), "ok");
  filed("B", "2024-08", "44");
  EXPECT_EQ(zone_.value("output/2024-08/yoy?industry=C27"), "10.0");
  EXPECT_EQ(held("G", "split_into", "2024-07-01"), "B");
  EXPECT_EQ(zone_.difference_to_recomputed(), "");
}

TEST_F(Mergers, OldNamesStayWithTheirDays) {
  firm("A", "C39");
  EXPECT_EQ(act(Act::rename, "firm", {{"uscc", "A"}, {"name", "新名"}}, "2024-07-01"), "ok");
  EXPECT_EQ(held("A", "name", "2024-06-30"), "NA");
  EXPECT_EQ(held("A", "name", "2024-07-01"), "新名");
}

TEST_F(Mergers, WhatCannotBeIsRefused) {
  firm("A", "C39");
  firm("B", "C39");
  firm("C", "C39");
  EXPECT_EQ(act(Act::merge, "firm", {{"uscc", "B"}, {"into", "B"}}), "value_malformed into");
  EXPECT_EQ(act(Act::merge, "firm", {{"uscc", "B"}, {"into", "Z"}}), "row_not_found into");
  EXPECT_EQ(act(Act::merge, "monthly_return", {{"uscc", "B"}}), "unknown_register register");
  EXPECT_EQ(act(Act::merge, "firm", {{"uscc", "B"}, {"name", "x"}}), "unknown_field name");
  EXPECT_EQ(act(Act::split, "firm", {{"uscc", "B"}, {"into", "A"}, {"base", "half"}}),
            "value_malformed base");
  EXPECT_EQ(act(Act::rename, "firm", {{"uscc", "B"}}), "required_missing name");
  EXPECT_EQ(act(Act::merge, "firm", {{"uscc", "B"}, {"into", "A"}}, "2024-07-01"), "ok");
  EXPECT_EQ(act(Act::merge, "firm", {{"uscc", "B"}, {"into", "C"}}), "wrong_state uscc");
  EXPECT_EQ(act(Act::merge, "firm", {{"uscc", "A"}, {"into", "B"}}), "wrong_state into");
}

// The dated fields of a merged firm are the survivor's, whatever comes in whatever order.
TEST_F(Mergers, FollowInRandomHistories) {
  std::mt19937 random(7);
  const auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  const auto index = *zone_.schema().index_of("firm");
  const auto& home = zone_.schema().registers()[index];
  for (int i = 0; i < 8; ++i) firm(("F" + std::to_string(i)).c_str(), i % 2 == 0 ? "C39" : "C27");
  for (int n = 0; n < 400; ++n) {
    const std::string one = "F" + std::to_string(pick(8)), other = "F" + std::to_string(pick(8));
    const std::string since = Date::from_days(day("2023-01-01").days() + pick(700)).to_string();
    if (n % 40 == 39) {
      act(Act::merge, "firm", {{"uscc", one}, {"into", other}}, since.c_str());
    } else if (pick(3) == 0) {
      act(Act::amend, "firm", {{"uscc", one}, {"designated", pick(2) == 0 ? "true" : "false"}},
          since.c_str());
    } else if (pick(2) == 0) {
      act(Act::amend, "firm", {{"uscc", one}, {"industry", pick(2) == 0 ? "C39" : "C27"}},
          since.c_str());
    } else {
      act(Act::import, "monthly_return",
          {{"firm", one},
           {"month", Month::of(2023, 1).plus(pick(22)).to_string()},
           {"output", std::to_string(pick(1000))}});
    }
  }
  size_t merged = 0;
  for (uint32_t r = 0; r < 8; ++r) {
    for (int d = 0; d < 800; d += 5) {
      const Date on = day("2023-01-01").plus_days(d);
      const RecordId survivor = record::survivor_of(zone_.state(), index, RecordId{r}, on);
      if (survivor == RecordId{r}) continue;
      ++merged;
      for (const char* field : {"industry", "designated"}) {
        const size_t f = *home.find(field);
        ASSERT_EQ(to_string(zone_.state().value(index, f, RecordId{r}, on)),
                  to_string(zone_.state().value(index, f, survivor, on)))
            << "F" << r << " " << field << " on " << on.to_string();
      }
    }
  }
  EXPECT_GT(merged, 100u);
  EXPECT_EQ(zone_.difference_to_recomputed(), "");
}

}  // namespace
}  // namespace wutong::indicator
