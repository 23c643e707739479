// One example of every other kind: falls, periods, lists, traditional characters, spoken amounts.
// What is read, with its period; grammar_test.cpp holds numerals and intervals.
#include <gtest/gtest.h>

#include <span>

#include "domain/page/claim.hpp"

namespace wutong::page {
namespace {

struct Row {
  const char* phrase;
  const char*
      read;  // "value unit measure qualifier [change] [@period]; …" without dates and periods
};

std::string told(std::string_view text) {
  const auto reading = read_text(text, {*Date::parse("2024-10-28")});
  if (!reading) return reading.error().code;
  std::string out;
  for (const Claim& claim : reading->claims) {
    if (claim.measure == Measure::date || claim.measure == Measure::period) continue;
    if (!out.empty()) out += "; ";
    out += claim.value ? claim.value->to_string_short() : "-";
    out += " " + claim.unit + " " + std::string(to_string(claim.measure));
    if (claim.qualifier != Qualifier::exact) out += " " + std::string(to_string(claim.qualifier));
    if (claim.is_change) out += " change";
    if (!claim.periods.empty()) out += " @" + claim.periods.front().to_string();
  }
  return out;
}

void expect_rows(std::span<const Row> rows) {
  for (const Row& row : rows) EXPECT_EQ(told(row.phrase), row.read) << row.phrase;
}

TEST(Constructs, FallsAndTurns) {
  constexpr Row kRows[] = {{"工业投资负增长3.2%。", "-3.2 percent yoy"},
                           {"企业由盈转亏，亏损2.3亿元。", "230000000 CNY money"},
                           {"出口降幅为5.6%，较上半年收窄2.1个百分点。",
                            "-5.6 percent yoy; 2.1 percentage_points pp_change"},
                           {"涨幅比上月收窄0.3个百分点。", "-0.3 percentage_points pp_change"},
                           {"降幅扩大0.4个百分点。", "-0.4 percentage_points pp_change"},
                           {"基金收入比上年减少46.3亿元。", "-4630000000 CNY money change"},
                           {"常住人口比上年末增加1.04万人。", "10400 persons count change"},
                           {"新增就业5.83万人。", "58300 persons count"},
                           {"为企业减负1亿3千万元。", "130000000 CNY money"},
                           {"仓储成本下降约三分之一。", "-33.33 percent yoy about"}};
  expect_rows(kRows);
}

TEST(Constructs, PeriodsInWords) {
  constexpr Row kRows[] = {
      {"今年以来，新签项目28个。", "28 projects count"},  // to an end that nobody says
      {"1—9月，完成产值316亿元。", "31600000000 CNY money @2024-01..09"},
      {"前三季度，完成产值316亿元。", "31600000000 CNY money @2024-01..09"},
      {"截至7月底，共有企业800余家。", "800 enterprises count odd @@2024-07-31"},
      {"2023年，税收12亿元，增长8%。", "1200000000 CNY money @2023; 8 percent yoy @2023"},
      {"国庆假期7天，接待游客12.5万人次。", "7 days duration; 125000 person_times count"},
      {"13时28分，试运行开始，五年来首次。", ""}};
  expect_rows(kRows);
}

TEST(Constructs, ListsSharesAndPlans) {
  constexpr Row kRows[] = {
      {"企业共有专利298件，其中发明专利10件。", "298 items count; 10 items count"},
      {"三次产业结构为4.3∶43.4∶52.3。",
       "4.3 percent share; 43.4 percent share; 52.3 percent share"},
      {"按30%、30%、40%的比例发放。", "30 percent share; 30 percent share; 40 percent share"},
      {"车桩比为2.3∶1。", "2.3 ratio level"},
      {"玉米收获八成五。", "85 percent share"},
      {"经济总量不足全市的5%。", "5 percent share less_than"},
      {"力争产值达到500亿元，已完成120亿元。",
       "50000000000 CNY money target; 12000000000 CNY money"},
      {"争取新增债券58.4亿元。", "5840000000 CNY money"},
      {"全区二期项目12个，2025届毕业生830人。", "12 projects count; 830 persons count"}};
  expect_rows(kRows);
}

TEST(Constructs, AmountsAsTheyAreSpoken) {
  constexpr Row kRows[] = {
      {"一斤能卖1块1毛5。", "1.15 CNY money"},
      {"省了300块，每度电便宜7分钱。", "300 CNY money; -0.07 CNY money change"},
      {"排队时间由2小时15分缩短到一刻钟。", "135 minutes duration; 15 minutes duration"},
      {"基金成立两年零四个月。", "28 months duration"},
      {"门票打八五折。", "85 percent share"},
      {"服务业商务活动指数51.6，收入比由2.45降至2.39。",
       "51.6 index level; 2.45 ratio level; 2.39 ratio level"},
      {"平均预期寿命81.2岁，18岁以下观众占两成。", "81.2 years_old level; 20 percent share"},
      {"单户最高100万元，到手两千元不到。", "1000000 CNY money at_most; 2000 CNY money less_than"}};
  expect_rows(kRows);
}

TEST(Constructs, TraditionalCharactersReadAsSimplified) {
  EXPECT_EQ(
      told("該區實現產值１，１００．９億元，同比增長百分之八點五，不少於300萬元的項目十二個。"),
      told("该区实现产值1,100.9亿元，同比增长百分之八点五，不少于300万元的项目十二个。"));
  EXPECT_NE(told("該區實現產值１，１００．９億元。"), "");
}

}  // namespace
}  // namespace wutong::page
