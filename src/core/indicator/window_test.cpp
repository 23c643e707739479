// Windowed measures: worked by hand, then random histories against a plain reading of the records.
#include "core/indicator/window.hpp"

#include <random>

#include "core/indicator/test_zone.hpp"

namespace wutong::indicator {
namespace {

struct Text {
  const char* path;
  const char* text;
};
constexpr Text kFiles[] = {
    {"registers/firm.yaml", R"(register: firm
title: {zh: 企业, en: Firm}
key: [code]
names: [code]
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  began: {type: partial_date, title: {zh: 投产, en: Production began}}
  moved: {type: date, effective: true, title: {zh: 迁入, en: Moved in}}
  listed: {type: bool, effective: true, title: {zh: 在库, en: Listed}}
)"},
    {"registers/monthly.yaml", R"(register: monthly
title: {zh: 月报, en: Monthly}
key: [firm, month]
fields:
  firm: {type: ref, to: firm, required: true, title: {zh: 企业, en: Firm}}
  month: {type: month, required: true, title: {zh: 月份, en: Month}}
  output: {type: money, unit: CNY, decimals: 2, title: {zh: 产值, en: Output}}
)"},
    {"registers/shipment.yaml", R"(register: shipment
title: {zh: 发货, en: Shipment}
key: [number]
fields:
  number: {type: text, required: true, title: {zh: 编号, en: Number}}
  firm: {type: ref, to: firm, title: {zh: 企业, en: Firm}}
  on: {type: date, title: {zh: 日期, en: Day}}
  signed_in: {type: month, title: {zh: 签约月, en: Month signed}}
  value: {type: money, unit: CNY, decimals: 2, title: {zh: 金额, en: Value}}
)"},
    {"indicators/first_year.yaml", R"(indicator: first_year
title: {zh: 投产首年产值, en: Output of the first year}
unit: CNY
from: monthly
measure: sum(output)
where: "firm.listed"
window: {from: firm.began, months: 12}
time: month
base: comparable
)"},
    {"indicators/all_output.yaml", R"(indicator: all_output
title: {zh: 产值, en: Output}
unit: CNY
from: monthly
measure: sum(output)
where: "firm.listed"
time: month
)"},
    {"indicators/after_move.yaml", R"(indicator: after_move
title: {zh: 迁入后三月产值, en: Output of three months after moving in}
unit: CNY
from: monthly
measure: sum(output)
window: {from: firm.moved, months: 3}
time: month
)"},
    {"indicators/early_shipments.yaml", R"(indicator: early_shipments
title: {zh: 投产两月内发货, en: Shipments within two months}
unit: CNY
from: shipment
measure: sum(value)
window: {from: firm.began, months: 2}
time: "on"
)"},
    {"indicators/early_firms.yaml", R"(indicator: early_firms
title: {zh: 签约两月内发货的企业, en: Firms that shipped soon after signing}
unit: enterprises
decimals: 0
from: shipment
measure: count_distinct(firm)
window: {from: signed_in, months: 2}
time: "on"
)"},
    {"indicators/first_year_share.yaml", R"(indicator: first_year_share
title: {zh: 首年产值占比, en: Share of first years}
unit: percent
ratio: {of: first_year, to: all_output, per: 100}
)"},
};

pack::Files files() {
  pack::Files out;
  for (const Text& text : kFiles) out.add(std::string("packs/test/") + text.path, text.text);
  return out;
}

class WindowTest : public testing::Test {
 protected:
  WindowTest() : zone_(files()) {}
  RecordId firm(const std::string& code, const char* began) {
    return zone_.create("firm", {{"code", code}, {"began", date(began)}, {"listed", true}});
  }
  static Value date(const char* text) {
    return *text == 0 ? Value() : Value(*PartialDate::parse(text));
  }
  RecordId report(RecordId firm, const char* when, const char* output) {
    return zone_.create("monthly",
                        {{"firm", firm}, {"month", month(when)}, {"output", number(output)}});
  }
  RecordId ship(RecordId firm, const char* on, const char* value, const char* signed_in) {
    return zone_.create("shipment", {{"number", std::to_string(shipments_++)},
                                     {"firm", firm},
                                     {"on", day(on)},
                                     {"signed_in", month(signed_in)},
                                     {"value", number(value)}});
  }
  TestZone zone_;
  int shipments_ = 0;
};

TEST_F(WindowTest, CountsTheTwelveMonthsFromTheMilestone) {
  const RecordId a = firm("a", "2023-05-20");
  report(a, "2023-04", "1");
  report(a, "2023-05", "2");
  report(a, "2024-04", "4");
  report(a, "2024-05", "8");
  EXPECT_EQ(zone_.value("first_year/2023"), "2.00") << "May is the milestone's month, April before";
  EXPECT_EQ(zone_.value("first_year/2024"), "4.00") << "April 2024 is the twelfth month";
  EXPECT_EQ(zone_.value("first_year/2023.."), "6.00");
  EXPECT_EQ(zone_.value("first_year/2024/yoy"), "100.0");
  EXPECT_EQ(zone_.value("first_year_share/2024"), "33.33");
  const Explanation why = zone_.explain("first_year/2023..");
  ASSERT_EQ(why.left_out.size(), 1U);
  EXPECT_EQ(why.left_out[0].reason.en, "outside the window: firm.began + 12 months");
  EXPECT_EQ(why.left_out[0].records, 2U);
  EXPECT_EQ(why.left_out[0].amount, number("9"));
}

TEST_F(WindowTest, ByDaysWhereTheTimeIsADay) {
  const RecordId a = firm("a", "2023-12-31");
  ship(a, "2023-12-30", "1", "2023-12");
  ship(a, "2023-12-31", "2", "2023-12");
  ship(a, "2024-02-28", "4", "2023-12");
  ship(a, "2024-02-29", "8", "2024-01");
  EXPECT_EQ(zone_.value("early_shipments/2023"), "2.00");
  EXPECT_EQ(zone_.value("early_shipments/2024"), "4.00") << "open to 29 February, its last day";
  EXPECT_EQ(zone_.value("early_firms/2024"), "1");
  EXPECT_EQ(zone_.value("early_firms/2024-02"), "1") << "signed in January: to the end of February";
  EXPECT_EQ(day("2023-12-31").plus_months(2), day("2024-02-29"));
  EXPECT_EQ(day("2024-01-15").plus_months(12), day("2025-01-15"));
}

TEST_F(WindowTest, AMilestoneKnownToTheMonthOpensOnItsFirstDay) {
  const RecordId a = firm("a", "2023-Q3");
  ship(a, "2023-08-31", "1", "2023-09");
  ship(a, "2023-09-01", "2", "2023-09");
  ship(a, "2023-10-31", "4", "2023-09");
  ship(a, "2023-11-01", "8", "2023-09");
  EXPECT_EQ(zone_.value("early_shipments/2023"), "6.00");
}

TEST_F(WindowTest, AChangedMilestoneMovesWhatItOpens) {
  const RecordId a = firm("a", "");
  for (const char* when : {"2023-01", "2023-06", "2024-01"}) report(a, when, "1");
  EXPECT_EQ(zone_.value("first_year/2023"), "no_records");
  const Explanation none = zone_.explain("first_year/2023");
  EXPECT_EQ(none.left_out[0].reason.en, "no milestone for the window: firm.began + 12 months");
  EXPECT_EQ(none.left_out[0].amount, number("2"));
  zone_.amend("firm", a, {{"began", date("2023-01")}});
  EXPECT_EQ(zone_.value("first_year/2023"), "2.00");
  EXPECT_EQ(zone_.value("first_year/2024"), "no_records");
  zone_.amend("firm", a, {{"began", date("2023-02-10")}});
  EXPECT_EQ(zone_.value("first_year/2023"), "1.00");
  EXPECT_EQ(zone_.value("first_year/2024"), "1.00");
  EXPECT_EQ(zone_.difference_to_recomputed(), "");
}

// Every record by itself, as the header of window.hpp states the rule.
Decimal plain(const TestZone& zone, const char* milestone, int months, const Period& period,
              bool needs_listed) {
  const record::State& state = zone.state();
  const auto at = [&](const char* name, const char* field, RecordId row,
                      std::optional<Date> on = std::nullopt) {
    const auto index = *state.schema().index_of(name);
    return state.value(index, *state.schema().registers()[index].find(field), row, on);
  };
  Decimal sum;
  for (uint32_t i = 0; i < state.size(*state.schema().index_of("monthly")); ++i) {
    const RecordId row{i};
    const Month when = std::get<Month>(at("monthly", "month", row));
    if (when < period.first_month() || when > period.last_month()) continue;
    const RecordId firm = std::get<RecordId>(at("monthly", "firm", row));
    const Value listed = at("firm", "listed", firm, period.last_day());
    if (needs_listed && (is_absent(listed) || !std::get<bool>(listed))) continue;
    const Value began = at("firm", milestone, firm, period.last_day());
    if (is_absent(began)) continue;
    const auto* exact = std::get_if<Date>(&began);
    const Date last = exact != nullptr ? *exact : std::get<PartialDate>(began).last();
    const int offset = when.index - Month::of(last).index;
    if (offset < 0 || offset >= months) continue;
    sum = *add(sum, std::get<Decimal>(at("monthly", "output", row)));
  }
  return sum;
}

TEST_F(WindowTest, RandomHistoriesAgreeWithThePlainRule) {
  for (uint32_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const auto below = [&](uint32_t bound) { return static_cast<uint32_t>(random() % bound); };
    const auto any_day = [&] {
      return Month::of(2022, 1)
          .plus(static_cast<int>(below(36)))
          .first_day()
          .plus_days(static_cast<int>(below(28)));
    };
    TestZone fresh(files());
    zone_ = std::move(fresh);
    for (int i = 0; i < 4; ++i) firm("f" + std::to_string(i), "2022-06");
    for (uint32_t i = 0; i < 4; ++i) {
      for (int m = 0; m < 36; ++m) {
        if (below(3) > 0) continue;
        const std::string when = Month::of(2022, 1).plus(m).to_string();
        report(RecordId{i}, when.c_str(), std::to_string(1 + below(900)).c_str());
      }
    }
    for (int step = 0; step < 40; ++step) {
      const RecordId any{below(4)};
      if (below(3) == 0) {
        const Value began =
            below(6) == 0 ? Value() : Value(*PartialDate::parse(any_day().to_string()));
        zone_.amend("firm", any, {{"began", began}});
      } else if (below(2) == 0) {
        zone_.amend("firm", any, {{"moved", any_day()}}, any_day());
      } else {
        zone_.amend("firm", any, {{"listed", below(2) > 0}}, any_day());
      }
      ASSERT_EQ(zone_.difference_to_recomputed(), "");
      const Period period = below(2) == 0 ? Period::of_year(2022 + static_cast<int>(below(3)))
                                          : *Period::cumulative(2022 + static_cast<int>(below(3)),
                                                                1 + static_cast<int>(below(12)));
      for (const auto& [name, milestone, months, needs_listed] :
           {std::tuple{"first_year/", "began", 12, true}, {"after_move/", "moved", 3, false}}) {
        const std::string asked = name + period.to_string();
        const Decimal expected = plain(zone_, milestone, months, period, needs_listed);
        const Figure figure = zone_.ask(asked);
        EXPECT_EQ(figure.status == Status::value ? figure.value : Decimal(), expected) << asked;
        EXPECT_EQ(zone_.explain(asked).value_total, expected) << asked;
      }
    }
    if (testing::Test::HasFailure()) return;
  }
}

std::string faults(const std::string& window) {
  pack::Files all = files();
  all.add("packs/test/indicators/a.yaml",
          "indicator: a\ntitle: {zh: 甲, en: A}\nunit: CNY\nfrom: monthly\n"
          "measure: sum(output)\ntime: month\n" +
              window);
  Issues issues;
  const std::vector<std::string> packs{"test"};
  const auto schema = record::Schema::load(all, packs, issues);
  EXPECT_TRUE(schema);
  const auto definitions = Definitions::load(all, packs, *schema, issues);
  EXPECT_EQ(definitions.has_value(), issues.empty());
  std::string out;
  for (const Error& issue : issues) {
    out += std::to_string(issue.place.line) + ":" + std::to_string(issue.place.column) + " " +
           issue.code + " " + issue.en + "\n";
  }
  return out;
}

TEST(WindowFault, IsReportedWithItsPlace) {
  EXPECT_EQ(faults("window: {from: firm.began, months: 12}\n"), "");
  const std::string unknown = faults("window: {from: firm.begun, months: 12}\n");
  EXPECT_EQ(unknown.find("7:16 indicator.unknown_field"), 0U) << unknown;
  EXPECT_NE(unknown.find("did you mean began?"), std::string::npos) << unknown;
  EXPECT_EQ(faults("window: {from: firm.code, months: 12}\n").find("7:16 indicator.window"), 0U);
  EXPECT_EQ(faults("window: {from: firm.began, months: 0}\n").find("7:36 indicator.window"), 0U);
  EXPECT_EQ(faults("window: {from: firm.began, months: 1201}\n").find("7:36 indicator.window"), 0U);
  EXPECT_EQ(faults("window: {from: firm.began, months: 4294967308}\n").find("7:36"), 0U);
  EXPECT_NE(faults("window: {from: firm.began}\n"), "");
  EXPECT_NE(faults("series: true\nwindow: {from: firm.began, months: 1}\n"), "");
}

}  // namespace
}  // namespace wutong::indicator
