// Comparisons worked by hand: average growth, targets and forecasts, shares of the total,
// breakdowns.
#include <gtest/gtest.h>

#include "core/indicator/test_zone.hpp"

namespace wutong::indicator {
namespace {

pack::Files files() {
  pack::Files out = test_files();
  out.add("packs/test/registers/outlook.yaml", R"(register: outlook
title: {zh: 目标与预测, en: Outlook}
key: [area, indicator, period, status]
series:
  {area: area, indicator: indicator, period: period, value: value, growth: growth, status: status}
fields:
  area: {type: ref, to: area, required: true, title: {zh: 地区, en: Area}}
  indicator: {type: text, required: true, title: {zh: 指标, en: Indicator}}
  period: {type: period, required: true, title: {zh: 时期, en: Period}}
  status:
    {type: code, codes: [target, forecast, final], required: true, title: {zh: 性质, en: Status}}
  value: {type: decimal, decimals: 4, title: {zh: 数值, en: Value}}
  growth: {type: decimal, decimals: 4, title: {zh: 增速, en: Growth}}
)");
  out.add("packs/test/indicators/fees.yaml", R"(indicator: fees
title: {zh: 费用, en: Fees}
unit: CNY
decimals: 0
from: fiscal_month
measure: sum(tax)
time: month
by: {area_code: area.code}
)");
  out.add("packs/test/indicators/fines.yaml", R"(indicator: fines
title: {zh: 罚没, en: Fines}
unit: CNY
decimals: 0
from: fiscal_month
measure: sum(other)
time: month
)");
  out.add("packs/test/indicators/charges.yaml", R"(indicator: charges
title: {zh: 收费, en: Charges}
unit: CNY
decimals: 0
formula: fees + fines
)");
  return out;
}

class ComparisonTest : public testing::Test {
 protected:
  ComparisonTest() : zone_(files()) {
    city_ = area("city", Value());
    own_ = area("own", Value(city_));
    east_ = area("east", Value(city_));
    west_ = area("west", Value(city_));
  }
  RecordId area(const std::string& code, const Value& parent) {
    const std::string level = code == "city" ? "city" : code == "own" ? "zone" : "county";
    return zone_.create("area",
                        {{"code", code}, {"name", code}, {"level", level}, {"parent", parent}});
  }
  RecordId firm(const std::string& code, bool hightech = false) {
    return zone_.create("enterprise", {{"code", code},
                                       {"name", "企业" + code},
                                       {"designated", true},
                                       {"sector", std::string("industry")},
                                       {"hightech", hightech},
                                       {"street", std::string("north")}});
  }
  RecordId report(RecordId firm, const char* when, const char* output, const char* profit = "0") {
    return zone_.create("monthly_return", {{"enterprise", firm},
                                           {"month", month(when)},
                                           {"status", std::string("accepted")},
                                           {"output", number(output)},
                                           {"profit", number(profit)}});
  }
  static Value amount(const char* text) { return *text == 0 ? Value() : Value(number(text)); }
  RecordId state(const char* name, const char* period, const char* value, const char* growth = "",
                 std::optional<RecordId> area = std::nullopt) {
    return zone_.create("reference", {{"area", area.value_or(own_)},
                                      {"indicator", std::string(name)},
                                      {"period", *Period::parse(period)},
                                      {"value", amount(value)},
                                      {"growth", amount(growth)}});
  }
  RecordId outlook(const char* name, const char* period, const char* status, const char* value,
                   const char* growth = "") {
    return zone_.create("outlook", {{"area", own_},
                                    {"indicator", std::string(name)},
                                    {"period", *Period::parse(period)},
                                    {"status", std::string(status)},
                                    {"value", amount(value)},
                                    {"growth", amount(growth)}});
  }
  void fiscal(RecordId area, const char* when, const char* tax, const char* other) {
    zone_.create(
        "fiscal_month",
        {{"area", area}, {"month", month(when)}, {"tax", number(tax)}, {"other", number(other)}});
  }

  TestZone zone_;
  RecordId city_, own_, east_, west_;
};

// domain.md 1.7: +35.1 % after -13.5 % is 8.1 % a year; +72.1 % over two years is 31.2 % a year.
TEST_F(ComparisonTest, TwoYearAverageCompoundsReportedGrowth) {
  state("gdp", "2020-01..02", "90", "-13.5");
  state("gdp", "2021-01..02", "100", "35.1");
  EXPECT_EQ(zone_.value("gdp/2021-01..02/two_year_average"), "8.1");
  EXPECT_EQ(zone_.value("gdp/2021-01..02/cagr:2"), "8.1");
  EXPECT_EQ(zone_.value("gdp/2021-01..02/cagr:1"), "35.1");
  EXPECT_EQ(zone_.value("gdp/2021-01..02/cagr:3"), "incomplete") << "2019 is not reported";
  EXPECT_EQ(zone_.explain("gdp/2021-01..02/two_year_average").parts.size(), 2U);
  EXPECT_EQ(zone_.explain("gdp/2021-01..02/two_year_average").parts[1].value, number("-13.5"));
}

TEST_F(ComparisonTest, TwoYearAverageOfLevelsIsOnTheSamePeriodTwoYearsEarlier) {
  const RecordId a = firm("a");
  report(a, "2019-02", "1000", "1000");
  report(a, "2020-02", "900", "800");
  report(a, "2021-02", "1721", "1721");
  EXPECT_EQ(zone_.value("output/2021-01..02/two_year_average"), "31.2");
  EXPECT_EQ(zone_.value("output/2021-01..02/cagr:2"), "31.2");
  EXPECT_EQ(zone_.ask("output/2021-01..02/two_year_average").exact, number("31.186889588860974717"))
      << "the root in 18 places";
  EXPECT_EQ(zone_.value("output/2021-01..02/cagr:5"), "incomplete");
}

TEST_F(ComparisonTest, TheComparableBaseHoldsOverTwoYears) {
  const RecordId a = firm("a"), b = firm("b");
  zone_.amend("enterprise", b, {{"designated", false}}, day("2021-01-01"));
  for (const RecordId one : {a, b}) report(one, "2019-05", "100");
  report(a, "2021-05", "121");
  EXPECT_EQ(zone_.value("output/2021-05/two_year_average"), "10.0") << "b left: not in the base";
}

TEST_F(ComparisonTest, AverageGrowthSaysWordsWhereThereIsNoRate) {
  const RecordId a = firm("a");
  report(a, "2019-05", "1", "-10");
  report(a, "2020-05", "1", "0");
  report(a, "2021-05", "1", "5");
  report(a, "2022-05", "1", "-3");
  report(a, "2023-05", "0", "0");
  EXPECT_EQ(zone_.value("profit/2021-05/two_year_average"), "base_not_positive 扭亏为盈");
  EXPECT_EQ(zone_.value("profit/2022-05/two_year_average"), "base_not_positive 基期为零，本期为负");
  EXPECT_EQ(zone_.value("profit/2022-05/cagr:1"), "base_not_positive 由盈转亏");
  EXPECT_EQ(zone_.value("profit/2023-05/cagr:2"), "-100.0");
  EXPECT_EQ(zone_.value("output/2022-05/cagr:3"), "0.0");
  state("gdp", "2020", "1", "-100");
  state("gdp", "2021", "1", "4");
  EXPECT_EQ(zone_.value("gdp/2021/two_year_average").find("base_not_positive"), 0U);
  EXPECT_EQ(zone_.refusal("tax_share/2021/cagr:3"), "figure.comparison_unsuitable");
  EXPECT_EQ(zone_.refusal("output/2021../cagr:3"), "figure.comparison_unsuitable");
}

TEST_F(ComparisonTest, TargetsAndForecastsAreNeverLevels) {
  outlook("gdp", "2024", "target", "800", "8");
  outlook("gdp", "2024", "forecast", "790");
  EXPECT_EQ(zone_.value("gdp/2024"), "no_records");
  EXPECT_EQ(zone_.value("gdp/2024/yoy"), "incomplete");
  EXPECT_EQ(zone_.value("gdp/2024/target"), "800.00");
  EXPECT_EQ(zone_.value("gdp/2024/target:yoy"), "8.0");
  EXPECT_EQ(zone_.value("gdp/2024/forecast"), "790.00");
  EXPECT_EQ(zone_.value("gdp/2024/forecast:yoy"), "no_records");
  EXPECT_EQ(zone_.value("gdp/2024/completion"), "no_records");
  EXPECT_EQ(zone_.value("gdp/2023/target"), "no_records");
  EXPECT_FALSE(zone_.figures().newest(zone_.state(), "gdp", PeriodKind::year, day("2025-06-30")));
  state("gdp", "2022", "600");
  state("gdp", "2023", "700");
  const RecordId final = outlook("gdp", "2024", "final", "780", "7.5");
  EXPECT_EQ(zone_.value("gdp/2024"), "780.00") << "other codes of the status are levels";
  EXPECT_EQ(zone_.value("gdp/2024/yoy"), "7.5");
  EXPECT_EQ(zone_.value("gdp/2024/streak"), "2");
  EXPECT_EQ(zone_.value("gdp/2024/completion"), "97.5");
  zone_.amend("outlook", final, {{"status", std::string("forecast")}});
  EXPECT_EQ(zone_.value("gdp/2024"), "no_records");
  EXPECT_EQ(zone_.value("gdp/2024/forecast"), "780.00") << "the newer of two";
  EXPECT_EQ(zone_.difference_to_recomputed(), "");
}

TEST_F(ComparisonTest, CompletionIsOfTheTargetOfThePeriodOrTheYear) {
  const RecordId a = firm("a");
  for (const char* when : {"2024-01", "2024-06", "2024-09"}) report(a, when, "100", "-1");
  EXPECT_EQ(zone_.value("output/2024-01..09/completion"), "incomplete");
  EXPECT_NE(zone_.ask("output/2024-01..09/completion").missing.zh.find("目标"), std::string::npos);
  outlook("output", "2024", "target", "450");
  outlook("output", "2024-H1", "target", "150");
  outlook("profit", "2024", "target", "0");
  EXPECT_EQ(zone_.value("output/2024-01..09/completion:year"), "66.7");
  EXPECT_EQ(zone_.value("output/2024-H1/completion"), "133.3");
  EXPECT_EQ(zone_.value("profit/2024/completion").find("base_not_positive"), 0U);
  EXPECT_EQ(zone_.value("output/2024"), "300.00");
  const Explanation why = zone_.explain("output/2024-H1/completion");
  ASSERT_EQ(why.parts.size(), 2U);
  EXPECT_EQ(why.parts[1].identity, "zone/output/2024-H1/target");
}

TEST_F(ComparisonTest, ShareOfTheTotalIsOfAllDimensionValues) {
  const RecordId a = firm("a", true), b = firm("b", false);
  report(a, "2024-05", "1");
  report(b, "2024-05", "2");
  EXPECT_EQ(zone_.value("output/2024-05/share:total?hightech=true"), "33.3");
  EXPECT_EQ(zone_.value("output/2024-05/share:total?hightech=false"), "66.7");
  EXPECT_EQ(zone_.value("output/2024-05/share:total?hightech=true&street=north"), "33.3");
  EXPECT_EQ(zone_.value("output/2024-06/share:total?hightech=true"), "no_records");
  EXPECT_EQ(zone_.refusal("output/2024-05/share:total"), "figure.comparison_unsuitable");
  EXPECT_EQ(zone_.refusal("average_output/2024-05/share:total?hightech=true"),
            "figure.comparison_unsuitable");
  EXPECT_EQ(zone_.refusal("tax_share/2024-05/share:city"), "figure.comparison_unsuitable");
}

TEST_F(ComparisonTest, AShareOfANegativeWholeIsNoNumber) {
  const RecordId a = firm("a", true), b = firm("b", false);
  report(a, "2024-05", "1", "5");
  report(b, "2024-05", "2", "-9");
  EXPECT_EQ(zone_.value("profit/2024-05/share:total?hightech=true"), "incomplete");
  EXPECT_EQ(zone_.ask("profit/2024-05/share:total?hightech=true").missing.zh, "比较对象为负");
}

TEST_F(ComparisonTest, MonthOnMonthIsOfTheMonthBeforeAlone) {
  const RecordId a = firm("a");
  for (const char* when : {"2024-02", "2024-03", "2024-04"}) report(a, when, "10000");
  report(a, "2024-05", "12500");
  EXPECT_EQ(zone_.value("all_output/2024-05/mom"), "25.0");
  EXPECT_EQ(zone_.value("all_output/2024-03/mom").find("not_reportable"), 0U)
      << "January and February come together";
  EXPECT_EQ(zone_.value("output/2024-03/mom"), "0.0") << "reported apart";
  EXPECT_EQ(zone_.value("all_output/2024-01/mom"), "not_reportable");
  EXPECT_EQ(zone_.refusal("output/2024-01..05/mom"), "figure.comparison_unsuitable");
  EXPECT_EQ(zone_.value("output/2024-Q2/mom"), "12.5");
}

TEST_F(ComparisonTest, PartsThatDoNotAddUpAreSaidTo) {
  fiscal(own_, "2024-05", "1.4", "2.4");
  fiscal(east_, "2024-05", "1.4", "2.4");
  EXPECT_EQ(zone_.value("fees/2024-05"), "3");
  EXPECT_EQ(zone_.value("charges/2024-05"), "8") << "2.8 + 4.8 = 7.6";
  const Explanation terms = zone_.explain("charges/2024-05");
  ASSERT_EQ(terms.breakdowns.size(), 1U);
  EXPECT_EQ(terms.breakdowns[0].sum, number("8")) << "3 + 5";
  EXPECT_TRUE(terms.breakdowns[0].difference.is_zero());
  const Explanation values = zone_.explain("fees/2024-05");
  ASSERT_EQ(values.breakdowns.size(), 1U);
  EXPECT_EQ(values.breakdowns[0].dimension, "area_code");
  ASSERT_EQ(values.breakdowns[0].parts.size(), 2U);
  EXPECT_EQ(values.breakdowns[0].parts[0].value, number("1"));
  EXPECT_EQ(values.breakdowns[0].parts[0].identity, "zone/fees/2024-05?area_code=east");
  EXPECT_EQ(values.breakdowns[0].sum, number("2"));
  EXPECT_EQ(values.breakdowns[0].difference, number("1")) << "3 published, 1 + 1 in parts";
  fiscal(west_, "2024-05", "0.1", "0.4");
  EXPECT_EQ(zone_.explain("charges/2024-05").breakdowns[0].difference, number("0"));
  fiscal(city_, "2024-05", "0.5", "0.2");
  // Fees 3.4 → 3, fines 5.4 → 5, charges 8.8 → 9.
  EXPECT_EQ(zone_.value("charges/2024-05"), "9");
  EXPECT_EQ(zone_.explain("charges/2024-05").breakdowns[0].difference, number("1"));
}

TEST(SeriesStatus, MustHoldTargetOrForecast) {
  pack::Files all = test_files();
  all.add("packs/test/registers/outlook.yaml", R"(register: outlook
title: {zh: 目标与预测, en: Outlook}
key: [area, indicator, period]
series: {area: area, indicator: indicator, period: period, value: value, status: status}
fields:
  area: {type: ref, to: area, required: true, title: {zh: 地区, en: Area}}
  indicator: {type: text, required: true, title: {zh: 指标, en: Indicator}}
  period: {type: period, required: true, title: {zh: 时期, en: Period}}
  status: {type: code, codes: [taget, final], title: {zh: 性质, en: Status}}
  value: {type: decimal, decimals: 4, title: {zh: 数值, en: Value}}
)");
  Issues issues;
  const std::vector<std::string> packs{"test"};
  EXPECT_FALSE(record::Schema::load(all, packs, issues));
  ASSERT_EQ(issues.size(), 1U);
  EXPECT_EQ(issues[0].code, "record.series_status");
  EXPECT_EQ(issues[0].place.line, 4);
}

}  // namespace
}  // namespace wutong::indicator
