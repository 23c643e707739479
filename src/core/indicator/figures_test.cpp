// Worked by hand: every expected number here can be checked with pencil and paper.
#include "core/indicator/figures.hpp"

#include <gmock/gmock.h>

#include <functional>

#include "core/indicator/test_zone.hpp"

namespace wutong::indicator {
namespace {

using Row = TestZone::Row;

class FiguresTest : public testing::Test {
 protected:
  FiguresTest() : zone_(test_files()) {
    nation_ = area("nation", "nation", std::nullopt);
    city_ = area("city", "city", nation_);
    own_ = area("own", "zone", city_);
    east_ = area("east", "county", city_);
    west_ = area("west", "county", city_);
  }

  RecordId area(const std::string& code, const std::string& level, std::optional<RecordId> parent) {
    return zone_.create("area", {{"code", code},
                                 {"name", "地区" + code},
                                 {"level", level},
                                 {"parent", parent ? Value(*parent) : Value()}});
  }
  RecordId firm(const std::string& code, bool designated, bool hightech = false,
                const std::string& street = "north") {
    return zone_.create("enterprise", {{"code", code},
                                       {"name", "企业" + code},
                                       {"designated", designated},
                                       {"sector", std::string("industry")},
                                       {"hightech", hightech},
                                       {"street", street}});
  }
  RecordId report(RecordId firm, std::string_view when, std::string_view output,
                  std::string_view profit = "0", const std::string& status = "accepted") {
    return zone_.create("monthly_return", {{"enterprise", firm},
                                           {"month", month(when)},
                                           {"status", status},
                                           {"output", number(output)},
                                           {"profit", number(profit)}});
  }
  void designate(RecordId firm, bool designated, std::string_view from) {
    zone_.amend("enterprise", firm, {{"designated", designated}}, day(from));
  }
  RecordId fiscal(RecordId area, std::string_view when, std::string_view tax,
                  std::string_view other) {
    return zone_.create(
        "fiscal_month",
        {{"area", area}, {"month", month(when)}, {"tax", number(tax)}, {"other", number(other)}});
  }
  RecordId reference(RecordId area, const std::string& indicator, std::string_view period,
                     std::string_view value, std::string_view growth = "") {
    return zone_.create("reference",
                        {{"area", area},
                         {"indicator", indicator},
                         {"period", *Period::parse(period)},
                         {"value", value.empty() ? Value() : Value(number(value))},
                         {"growth", growth.empty() ? Value() : Value(number(growth))}});
  }
  RecordId patent(const std::string& name, RecordId holder, std::string_view from,
                  std::string_view until = "") {
    return zone_.create("patent", {{"number", name},
                                   {"holder", holder},
                                   {"granted_on", day(from)},
                                   {"lapsed_on", until.empty() ? Value() : Value(day(until))}});
  }
  void visit(const std::string& name, std::string_view on, const std::string& who,
             int64_t persons) {
    zone_.create("visit",
                 {{"number", name}, {"on", day(on)}, {"visitor", who}, {"persons", persons}});
  }

  TestZone zone_;
  RecordId nation_, city_, own_, east_, west_;
};

// domain.md 1.7: 27298.3 at +16.5 % though a year before 29047.6 was published.
TEST_F(FiguresTest, ComparableGrowthIsOfTheFirmsOfToday) {
  const RecordId stayed = firm("stayed", true);
  const RecordId entered = firm("entered", false);
  const RecordId left = firm("left", true);
  designate(entered, true, "2018-01-01");
  designate(left, false, "2018-01-01");
  report(stayed, "2017-05", "20000.0");
  report(entered, "2017-05", "3432.0");
  report(left, "2017-05", "9047.6");
  report(stayed, "2018-05", "24000.0");
  report(entered, "2018-05", "3298.3");
  EXPECT_EQ(zone_.value("output/2018-01..05"), "27298.30");
  EXPECT_EQ(zone_.value("output/2017-01..05"), "29047.60");
  EXPECT_EQ(zone_.value("output/2018-01..05/yoy"), "16.5");
  EXPECT_EQ(zone_.value("output/2018-01..05/yoy:naive"), "-6.0");
  const Explanation why = zone_.explain("output/2018-01..05/yoy");
  EXPECT_EQ(why.value_total, number("27298.3"));
  EXPECT_EQ(why.base_total, number("23432.0"));
  ASSERT_TRUE(why.naive);
  EXPECT_EQ(why.naive->value, number("-6.0"));
  EXPECT_EQ(zone_.difference_to_recomputed(), "");
}

TEST_F(FiguresTest, AFirmDesignatedFromJulyBringsItsWholeYearAndTheYearBefore) {
  const RecordId old_firm = firm("a", true);
  const RecordId young_firm = firm("b", false);
  designate(young_firm, true, "2024-07-15");
  for (const char* when : {"2023-03", "2023-09"}) {
    report(old_firm, when, "100");
    report(young_firm, when, "10");
  }
  for (const char* when : {"2024-03", "2024-09"}) {
    report(old_firm, when, "120");
    report(young_firm, when, "20");
  }
  EXPECT_EQ(zone_.value("output/2024-01..06"), "120.00");
  EXPECT_EQ(zone_.value("output/2024-01..09"), "280.00") << "140 + 140: March counts too";
  EXPECT_EQ(zone_.value("output/2024-01..09/yoy"), "27.3") << "280 against 220";
  EXPECT_EQ(zone_.value("output/2024-Q1"), "120.00") << "asked for March, b is not yet in";
  EXPECT_EQ(zone_.value("output/2023-01..09"), "200.00");
}

TEST_F(FiguresTest, ABackdatedRosterMovesOnlyItsOwnRecords) {
  const RecordId a = firm("a", true);
  const RecordId b = firm("b", true);
  report(a, "2023-09", "100");
  report(b, "2023-09", "50");
  report(a, "2024-09", "110");
  report(b, "2024-09", "70");
  EXPECT_EQ(zone_.value("output/2024-09/yoy"), "20.0");
  designate(b, false, "2022-09-01");
  EXPECT_EQ(zone_.value("output/2024-09"), "110.00");
  EXPECT_EQ(zone_.value("output/2024-09/yoy"), "10.0");
  EXPECT_EQ(zone_.value("output/2023-09"), "100.00");
  EXPECT_EQ(zone_.difference_to_recomputed(), "");
}

TEST_F(FiguresTest, ADayWithinAMonthIsAnsweredFromTheRecords) {
  const RecordId a = firm("a", false);
  designate(a, true, "2024-03-20");
  report(a, "2024-02", "7");
  EXPECT_EQ(zone_.value("output/@2024-03-10"), "no_records");
  EXPECT_EQ(zone_.value("output/@2024-03-25"), "7.00");
  EXPECT_EQ(zone_.value("output/2024.."), "7.00");
}

TEST_F(FiguresTest, SaysWordsWhereGrowthHasNoNumber) {
  struct Case {
    const char *then, *now, *expected;
  };
  const Case cases[] = {
      {"-5", "3", "base_not_positive 扭亏为盈"},
      {"5", "-3", "base_not_positive 由盈转亏"},
      {"-5", "-3", "base_not_positive 减亏"},
      {"-5", "-8", "base_not_positive 增亏"},
      {"-5", "-5", "base_not_positive 持平"},
      {"0", "3", "base_not_positive 上年同期为零"},
      {"5", "0", "-100.0"},
      {"5", "5.001", "0.0"},
  };
  for (const Case& c : cases) {
    TestZone fresh(test_files());
    zone_ = std::move(fresh);
    const RecordId a = firm("a", true);
    const auto report_profit = [&](const char* when, const char* amount) {
      report(a, when, "1", number(amount).rounded(2, Rounding::half_up)->to_string());
    };
    report_profit("2023-06", c.then);
    report_profit("2024-06", c.now);
    EXPECT_EQ(zone_.value("profit/2024-06/yoy"), c.expected) << c.then << " " << c.now;
  }
}

TEST_F(FiguresTest, ARecordedZeroIsNotTheSameAsNothingRecorded) {
  const RecordId a = firm("a", true, false);
  report(a, "2024-06", "5");
  EXPECT_EQ(zone_.value("output/2024-06?hightech=true"), "0.00");
  EXPECT_EQ(zone_.value("output/2024-07?hightech=true"), "no_records");
  EXPECT_EQ(zone_.value("output/2024-06/yoy"), "incomplete");
  EXPECT_NE(zone_.ask("output/2024-06/yoy").missing.zh.find("2023年6月"), std::string::npos);
  EXPECT_EQ(zone_.value("hightech_share/2024-06"), "0.0");
}

TEST_F(FiguresTest, ChangeSubtractsRatesAsPublished) {
  const RecordId a = firm("a", true);
  report(a, "2023-01", "1000");
  report(a, "2023-02", "1000");
  report(a, "2024-01", "1104.4");
  report(a, "2024-02", "1147.6");
  // 1: 10.44 → 10.4; 1–2: 12.60 → 12.6. Published difference 2.2, exact 2.16.
  EXPECT_EQ(zone_.value("output/2024-01/yoy"), "10.4");
  EXPECT_EQ(zone_.value("output/2024-01..02/yoy"), "12.6");
  const Figure change = zone_.ask("output/2024-01..02/change_pp:month");
  EXPECT_EQ(change.value, number("2.2"));
  EXPECT_EQ(change.exact, number("2.16"));
  EXPECT_EQ(change.unit.code(), "percentage_points");
}

TEST_F(FiguresTest, ChangeComparesWithThePreviousCumulativePeriod) {
  const RecordId a = firm("a", true);
  const char* months[] = {"01", "02", "03", "04", "05", "06", "07", "08", "09"};
  for (int m = 0; m < 9; ++m) {
    report(a, std::string("2023-") + months[m], "100");
    report(a, std::string("2024-") + months[m], m < 6 ? "110" : m < 8 ? "120" : "150");
  }
  // 1–9: 660+240+150 = 1050 → 16.7; 1–8: 900 → 12.5; 1–6: 10.0.
  EXPECT_EQ(zone_.value("output/2024-01..09/change_pp:month"), "4.2");
  EXPECT_EQ(zone_.value("output/2024-01..09/change_pp:half"), "6.7");
  EXPECT_EQ(zone_.value("output/2024-01..09/change_pp:quarter"), "6.7");
  EXPECT_EQ(zone_.value("output/2024-Q3/change_pp:quarter"), "20.0") << "30.0 - 10.0";
  EXPECT_EQ(zone_.value("output/2024-01..09/minimum:quarter"), "10.0");
  EXPECT_EQ(zone_.value("output/2024-09/mom"), "25.0");
  EXPECT_EQ(zone_.refusal("output/2024-Q3/change_pp:month"), "figure.comparison_unsuitable");
  EXPECT_EQ(zone_.refusal("output/2024-01..08/minimum:quarter"), "figure.comparison_unsuitable");
}

TEST_F(FiguresTest, JanuaryAndFebruaryStandTogetherWhereTheyAreReportedTogether) {
  const RecordId a = firm("a", false);
  report(a, "2024-02", "15000");
  report(a, "2024-03", "5000");
  EXPECT_EQ(zone_.value("all_output/2024-02"), "not_reportable");
  EXPECT_EQ(zone_.value("all_output/2024-01..02"), "1.50") << "in 万元";
  EXPECT_EQ(zone_.value("all_output/2024-01..03"), "2.00");
  EXPECT_EQ(zone_.value("output/2024-02"), "no_records") << "a is not designated";
}

TEST_F(FiguresTest, OtherAggregatesFollowCorrections) {
  const RecordId a = firm("a", true);
  const RecordId b = firm("b", true);
  const RecordId big = report(a, "2024-01", "30");
  report(b, "2024-01", "20");
  report(a, "2024-02", "10");
  EXPECT_EQ(zone_.value("average_output/2024-01..02"), "20.00");
  EXPECT_EQ(zone_.value("largest_output/2024-01..02"), "30.00");
  EXPECT_EQ(zone_.value("reporting/2024-01..02"), "2");
  EXPECT_EQ(zone_.value("reporting/2024-02"), "1");
  zone_.amend("monthly_return", big, {{"output", number("5")}});
  EXPECT_EQ(zone_.value("largest_output/2024-01..02"), "20.00");
  zone_.amend("monthly_return", big, {{"enterprise", b}});
  EXPECT_EQ(zone_.value("reporting/2024-01"), "1") << "both are b's now";
  EXPECT_EQ(zone_.difference_to_recomputed(), "");
}

TEST_F(FiguresTest, PersonsAndPersonTimesAreNeverMixed) {
  visit("1", "2024-05-01", "anna", 3);
  visit("2", "2024-05-20", "anna", 4);
  visit("3", "2024-06-02", "bert", 5);
  EXPECT_EQ(zone_.value("visits/2024-05"), "7");
  EXPECT_EQ(zone_.value("visitors/2024-05"), "1");
  EXPECT_EQ(zone_.value("visitors/2024"), "2");
  EXPECT_EQ(zone_.value("visits/2024-05-20"), "4");
  EXPECT_EQ(zone_.value("visits/@2024-05-20"), "7");
  EXPECT_EQ(zone_.value("visits/2024-05-20.."), "9");
  EXPECT_EQ(zone_.value("last_visit/2024"), "5");
  EXPECT_EQ(zone_.value("last_visit/2024-05"), "4");
}

TEST_F(FiguresTest, StocksCountWhatIsHeldOnTheLastDay) {
  const RecordId a = firm("a", true, true);
  patent("p1", a, "2022-03-01", "2024-06-30");
  const RecordId p2 = patent("p2", a, "2023-03-01");
  EXPECT_EQ(zone_.value("patents/2022"), "1");
  EXPECT_EQ(zone_.value("patents/2023"), "2");
  EXPECT_EQ(zone_.value("patents/@2024-06-29"), "2");
  EXPECT_EQ(zone_.value("patents/@2024-06-30"), "1") << "held before `until`";
  EXPECT_EQ(zone_.value("patents/2023/yoy"), "100.0");
  EXPECT_EQ(zone_.value("patents/2021"), "no_records");
  zone_.amend("enterprise", a, {{"hightech", false}}, day("2024-01-01"));
  EXPECT_EQ(zone_.value("patents/2023?hightech=true"), "2");
  EXPECT_EQ(zone_.value("patents/@2024-05-01?hightech=true"), "0");
  EXPECT_EQ(zone_.value("patents/@2024-05-01?hightech=false"), "2");
  zone_.amend("patent", p2, {{"lapsed_on", day("2023-04-01")}});
  EXPECT_EQ(zone_.value("patents/2023"), "1");
  EXPECT_EQ(zone_.difference_to_recomputed(), "");
  EXPECT_EQ(zone_.refusal("patents/2023.."), "figure.period_unsuitable");
}

TEST_F(FiguresTest, RatiosAndSumsUseExactParts) {
  for (const auto& [who, tax, other] : {std::tuple{own_, "80.4", "19.6"},
                                        std::tuple{east_, "2", "1"}, std::tuple{west_, "1", "1"}}) {
    fiscal(who, "2024-08", tax, other);
  }
  EXPECT_EQ(zone_.value("budget_revenue/2024-08"), "100.00");
  EXPECT_EQ(zone_.value("tax_share/2024-08"), "80.4");
  EXPECT_EQ(zone_.value("tax_share/2024-08?area=east"), "66.7");
  EXPECT_EQ(zone_.value("tax_share/2024-08/rank:county"), "1");
  EXPECT_EQ(zone_.value("tax_share/2024-08/only_one_above:80@county"), "1");
  EXPECT_EQ(zone_.value("tax_share/2024-08/only_one_above:66.6@county"), "2");
  EXPECT_EQ(zone_.value("tax_share/2024-08/rank:county?area=west"), "3");
  EXPECT_EQ(zone_.explain("tax_share/2024-08/only_one_above:80@county").parts.size(), 3U);
  const Explanation ratio = zone_.explain("tax_share/2024-08");
  ASSERT_EQ(ratio.parts.size(), 2U);
  EXPECT_EQ(ratio.parts[0].identity, "zone/tax/2024-08");
  EXPECT_EQ(ratio.parts[0].value, number("80.4"));
}

TEST_F(FiguresTest, TiesShareARankAndTheNextIsLeftOut) {
  for (const auto& [who, tax] :
       {std::pair{own_, "5"}, std::pair{east_, "9"}, std::pair{west_, "9"}}) {
    fiscal(who, "2024-08", tax, "0");
  }
  EXPECT_EQ(zone_.value("tax/2024-08/rank:county?area=east"), "1");
  EXPECT_EQ(zone_.value("tax/2024-08/rank:county?area=west"), "1");
  EXPECT_EQ(zone_.value("tax/2024-08/rank:county"), "3");
  EXPECT_EQ(zone_.value("tax/2024-09/rank:county"), "incomplete");
}

TEST_F(FiguresTest, GrowthOfDerivedFiguresIsOfTheirLevels) {
  fiscal(own_, "2023-08", "50", "10");
  fiscal(own_, "2024-08", "60", "12");
  EXPECT_EQ(zone_.value("budget_revenue/2024-08/yoy"), "20.0");
  EXPECT_EQ(zone_.value("tax_share/2024-08/yoy"), "0.0") << "a difference of levels";
  EXPECT_EQ(zone_.ask("tax_share/2024-08/yoy").unit.code(), "percentage_points");
}

TEST_F(FiguresTest, ReportedGrowthIsNeverRecomputed) {
  reference(own_, "gdp", "2024-01..09", "73940000000", "8.0");
  reference(own_, "gdp", "2023-01..09", "72000000000");
  EXPECT_EQ(zone_.value("gdp/2024-01..09"), "73940000000.00");
  EXPECT_EQ(zone_.value("gdp/2024-01..09/yoy"), "8.0");
  EXPECT_EQ(zone_.value("gdp/2024-01..09/yoy:naive"), "2.7") << "at current prices, if asked for";
  EXPECT_EQ(zone_.value("gdp/2023-01..09/yoy"), "incomplete");
  EXPECT_EQ(zone_.value("gdp/2024-H1"), "no_records");
}

TEST_F(FiguresTest, OtherAreasAreReadFromTheSeries) {
  const RecordId a = firm("a", true);
  report(a, "2023-09", "100");
  report(a, "2024-09", "119.8");
  reference(nation_, "output", "2024-09", "5000", "5.8");
  reference(city_, "output", "2024-09", "599");
  reference(city_, "output", "2023-09", "500");
  EXPECT_EQ(zone_.value("output/2024-09/gap_pp:nation"), "14.0");
  EXPECT_EQ(zone_.value("output/2024-09/gap_pp:city"), "0.0") << "19.8 - 19.8";
  EXPECT_EQ(zone_.value("output/2024-09/share:city"), "20.0");
  EXPECT_EQ(zone_.value("output/2024-09/multiple:city"), "0.2");
  EXPECT_EQ(zone_.value("output/2024-09?area=city"), "599.00");
  EXPECT_EQ(zone_.value("output/2024-08/gap_pp:nation"), "no_records");
  EXPECT_EQ(zone_.value("output/2023-09/share:nation"), "incomplete");
  EXPECT_EQ(zone_.refusal("output/2024-09/gap_pp:province"), "figure.no_area_level");
}

TEST_F(FiguresTest, ADenominatorOfTheYearServesItsStocks) {
  const RecordId a = firm("a", true);
  for (const char* name : {"1", "2", "3"}) patent(name, a, "2023-05-01");
  reference(own_, "population", "2023", "20000");
  EXPECT_EQ(zone_.value("patents_per_10k/2023"), "1.50");
  EXPECT_EQ(zone_.value("patents_per_10k/@2023-06-30"), "1.50");
}

TEST_F(FiguresTest, AStreakNeedsOneYearMoreThanItCounts) {
  const RecordId a = firm("a", true);
  const char* levels[] = {"10", "12", "11", "13", "14", "15"};
  for (int i = 0; i < 6; ++i) report(a, std::to_string(2019 + i) + "-05", levels[i]);
  EXPECT_EQ(zone_.value("output/2024/streak"), "3");
  EXPECT_EQ(zone_.value("output/2020/streak"), "1");
  EXPECT_EQ(zone_.value("output/2021/streak"), "0");
  EXPECT_EQ(zone_.value("output/2019/streak"), "incomplete") << "2018 is not recorded";
}

TEST_F(FiguresTest, ExplainsWhatWasLeftOutAndWhy) {
  const RecordId a = firm("a", true);
  const RecordId b = firm("b", false);
  report(a, "2024-05", "10");
  const RecordId draft = report(a, "2024-06", "20", "0", "draft");
  report(b, "2024-06", "40");
  const Explanation why = zone_.explain("output/2024-01..06");
  ASSERT_EQ(why.records.size(), 1U);
  EXPECT_EQ(why.records[0].key, "a/2024-05");
  EXPECT_EQ(why.records[0].title.zh, "企业a");
  ASSERT_EQ(why.left_out.size(), 2U);
  EXPECT_EQ(why.left_out[0].reason.en, "not accepted: status == 'accepted'");
  EXPECT_EQ(why.left_out[0].amount, number("20"));
  EXPECT_EQ(why.left_out[1].reason.en, "not on the roster: enterprise.designated");
  EXPECT_EQ(why.left_out[1].amount, number("40"));
  EXPECT_NE(why.definition_text.find("sum(output)"), std::string::npos);
  zone_.amend("monthly_return", draft, {{"status", std::string("accepted")}});
  const Explanation now = zone_.explain("output/2024-01..06", {0, 1});
  EXPECT_EQ(now.record_count, 2U);
  ASSERT_EQ(now.records.size(), 1U) << "one a page, the heaviest first";
  EXPECT_EQ(now.records[0].amount, number("20"));
  EXPECT_LT(now.records[0].created, now.records[0].changed);
  EXPECT_EQ(zone_.explain("output/2024-01..06", {1, 1}).records[0].amount, number("10"));
}

TEST_F(FiguresTest, TellsEarlierPositionsAndWhenAFigureChanged) {
  const RecordId a = firm("a", true);
  const RecordId first = report(a, "2024-05", "10");
  const Seq created = zone_.position();
  report(a, "2024-06", "99");
  zone_.amend("monthly_return", first, {{"output", number("12")}});
  const Seq corrected = zone_.position();
  zone_.amend("monthly_return", first, {{"output", number("12")}, {"profit", number("1")}});
  const auto question = *parse_identity("zone/output/2024-05");
  EXPECT_THAT(zone_.figures().changes(zone_.state(), question),
              testing::ElementsAre(created, corrected));
  EXPECT_EQ(zone_.value("output/2024-05"), "12.00");
  EXPECT_EQ(zone_.value("output/2024-05?as_of=" + std::to_string(created.value)), "10.00");
  EXPECT_EQ(zone_.value("output/2024-05?as_of=" + std::to_string(created.value - 1)), "no_records");
}

TEST_F(FiguresTest, FindsTheNewestFinishedPeriod) {
  const RecordId a = firm("a", true);
  for (const char* when : {"2023-12", "2024-08", "2024-09", "2024-10"}) report(a, when, "1");
  fiscal(own_, "2024-07", "1", "1");
  const auto newest = [&](const char* name, PeriodKind kind, const char* on) {
    const auto period = zone_.figures().newest(zone_.state(), name, kind, day(on));
    return period ? period->to_string() : "none";
  };
  EXPECT_EQ(newest("output", PeriodKind::month, "2024-10-28"), "2024-09");
  EXPECT_EQ(newest("output", PeriodKind::cumulative, "2024-10-31"), "2024-01..10");
  EXPECT_EQ(newest("output", PeriodKind::quarter, "2024-10-28"), "2024-Q3");
  EXPECT_EQ(newest("output", PeriodKind::year, "2024-10-28"), "2023");
  EXPECT_EQ(newest("tax_share", PeriodKind::month, "2024-10-28"), "2024-07");
  EXPECT_EQ(newest("gdp", PeriodKind::year, "2024-10-28"), "none");
  reference(own_, "gdp", "2022", "1");
  reference(own_, "gdp", "2023", "1");
  EXPECT_EQ(newest("gdp", PeriodKind::year, "2024-10-28"), "2023");
}

TEST_F(FiguresTest, NamesWhatItDoesNotKnow) {
  report(firm("a", true, true), "2024-05", "10");
  EXPECT_EQ(zone_.refusal("outputs/2024"), "figure.unknown_indicator");
  EXPECT_EQ(zone_.refusal("output/2024?hitech=true"), "figure.unknown_dimension");
  EXPECT_EQ(zone_.refusal("output/2024?hightech=yes"), "figure.unknown_value");
  EXPECT_EQ(zone_.refusal("output/2024?area=mars"), "figure.unknown_area");
  EXPECT_EQ(zone_.refusal("output/2024-05-03"), "figure.period_unsuitable");
  const auto wrong = zone_.figures().figure(zone_.state(), *parse_identity("zone/outptu/2024"));
  EXPECT_NE(wrong.error().en.find("did you mean 'output'"), std::string::npos);
}

TEST_F(FiguresTest, WorkPerChangeDoesNotGrowWithTheZone) {
  std::vector<uint64_t> corrections, reclassifications;
  std::vector<RecordId> firms;
  for (const int size : {10, 10000}) {
    while (firms.size() < static_cast<size_t>(size)) {
      firms.push_back(firm("f" + std::to_string(firms.size()), true));
      for (const char* when : {"2023-05", "2023-06", "2024-05", "2024-06"}) {
        report(firms.back(), when, "10");
      }
    }
    const auto work_of = [&](const std::function<void()>& act) {
      const Figures::Work before = zone_.figures().work();
      act();
      const Figures::Work after = zone_.figures().work();
      return after.cells - before.cells + after.records - before.records;
    };
    corrections.push_back(work_of([&] {
      zone_.amend("monthly_return", RecordId{2}, {{"output", number(std::to_string(size + 1))}});
    }));
    reclassifications.push_back(work_of([&] {
      zone_.amend("enterprise", firms[size > 10 ? 5 : 1], {{"hightech", true}}, day("2024-06-01"));
    }));
  }
  EXPECT_EQ(corrections[0], corrections[1]);
  EXPECT_EQ(reclassifications[0], reclassifications[1]);
  EXPECT_EQ(zone_.difference_to_recomputed(), "");
}

}  // namespace
}  // namespace wutong::indicator
