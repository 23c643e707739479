// Each construct of the grammar: what a phrase is read as. domain.md 2.2 to 2.5.
#include <gtest/gtest.h>

#include <span>

#include "domain/page/claim.hpp"

namespace wutong::page {
namespace {

std::string bounds(const Interval& interval) {
  std::string low = interval.low ? interval.low->to_string_short() : "-inf";
  std::string high = interval.high ? interval.high->to_string_short() : "inf";
  return (interval.is_low_closed ? "[" : "(") + low + "," + high +
         (interval.is_high_closed ? "]" : ")");
}

// "value unit measure qualifier interval", claims joined by " | "; days and periods left out.
std::string figures(std::string_view text) {
  auto reading = read_text(text);
  if (!reading) return reading.error().code;
  std::string out;
  for (const Claim& claim : reading->claims) {
    if (claim.measure == Measure::date || claim.measure == Measure::period) continue;
    if (!out.empty()) out += " | ";
    out += (claim.value ? claim.value->to_string_short() : "-") + " " + claim.unit + " " +
           std::string(to_string(claim.measure)) + " " + std::string(to_string(claim.qualifier)) +
           " " + bounds(claim.interval);
  }
  return out;
}

struct Row {
  const char* phrase;
  const char* read;
};

void expect_rows(std::span<const Row> rows) {
  for (const Row& row : rows) EXPECT_EQ(figures(row.phrase), row.read) << row.phrase;
}

TEST(Grammar, ReadsNumeralsOfEveryKind) {
  constexpr Row kRows[] = {
      {"融资规模为一万五千亿元。", "1500000000000 CNY money exact [1450000000000,1550000000000)"},
      {"社会融资规模二十万亿元。",
       "20000000000000 CNY money exact [15000000000000,25000000000000)"},
      {"余额为三十万多亿元。", "30000000000000 CNY money odd (30000000000000,40000000000000)"},
      {"产值1,100.9亿元。", "110090000000 CNY money exact [110085000000,110095000000)"},
      {"产值１，１００．９亿元。", "110090000000 CNY money exact [110085000000,110095000000)"},
      {"全镇有一万零十二人。", "10012 persons count exact [10012,10012]"},
      {"投资1亿2千万元。", "120000000 CNY money exact [115000000,125000000)"},
      {"投资三点五亿元。", "350000000 CNY money exact [345000000,355000000)"},
      {"总额4.93兆元。", "4930000000000 CNY money exact [4925000000000,4935000000000)"},
      {"走访企业两千三百家。", "2300 enterprises count exact [2300,2300]"},
      {"拥有专利一百零五件。", "105 items count exact [105,105]"}};
  expect_rows(kRows);
}

TEST(Grammar, ReadsPercentInFiguresAndWords) {
  constexpr Row kRows[] = {{"增长百分之七十。", "70 percent yoy exact [65,75)"},
                           {"增长百分之三十二点五。", "32.5 percent yoy exact [32.45,32.55)"},
                           {"增长２４．５％。", "24.5 percent yoy exact [24.45,24.55)"},
                           {"占比三分之一。", "33.33 percent share exact [32.83,33.83)"},
                           {"占比为三分之二以上。", "66.67 percent share at_least [66.67,inf)"},
                           {"占比为四成。", "40 percent share exact [35,45)"},
                           {"占比六成多。", "60 percent share odd (60,70)"},
                           {"占比近七成。", "70 percent share nearly [65,70)"},
                           {"占比逾八成。", "80 percent share more_than (80,100]"},
                           {"超六成受访者赞成。", "60 percent share more_than (60,100]"},
                           {"占比四成五。", "45 percent share exact [44.5,45.5)"},
                           {"占比近一半。", "50 percent share nearly [45,50)"},
                           {"占比过半。", "50 percent share more_than (50,100]"},
                           {"半数以上的员工。", "50 percent share at_least [50,inf)"},
                           {"死亡率为7.51‰。", "7.51 per_mille rate exact [7.505,7.515)"}};
  expect_rows(kRows);
}

TEST(Grammar, KeepsWhatModifiersAllow) {
  constexpr Row kRows[] = {{"约200家企业。", "200 enterprises count about [190,210]"},
                           {"200家左右企业。", "200 enterprises count about [190,210]"},
                           {"近600家企业。", "600 enterprises count nearly [550,600)"},
                           {"2万余人。", "20000 persons count odd (20000,30000)"},
                           {"1200余人。", "1200 persons count odd (1200,1300)"},
                           {"300多吨。", "300 tonnes level odd (300,400)"},
                           {"1000余人。", "1000 persons count odd (1000,2000)"},
                           {"十余家企业。", "10 enterprises count odd (10,20)"},
                           {"十几家企业。", "10 enterprises count odd (10,20)"},
                           {"二十余家企业。", "20 enterprises count odd (20,30)"},
                           {"百余家企业。", "100 enterprises count odd (100,200)"},
                           {"千余人。", "1000 persons count odd (1000,2000)"},
                           {"万余人。", "10000 persons count odd (10000,20000)"},
                           {"上百家企业。", "100 enterprises count at_least [100,inf)"},
                           {"超过100人。", "100 persons count more_than (100,inf)"},
                           {"突破100亿元。", "10000000000 CNY money over (10000000000,inf)"},
                           {"100人以上。", "100 persons count at_least [100,inf)"},
                           {"不少于100人。", "100 persons count at_least [100,inf)"},
                           {"不超过100人。", "100 persons count at_most (-inf,100]"},
                           {"100人以下。", "100 persons count at_most (-inf,100]"},
                           {"不足100人。", "100 persons count less_than (-inf,100)"},
                           {"近万人。", "10000 persons count nearly [5000,10000)"},
                           {"超亿元。", "100000000 CNY money more_than (100000000,inf)"},
                           {"多达100人。", "100 persons count as_much_as [100,100]"}};
  expect_rows(kRows);
}

TEST(Grammar, ReadsRanges) {
  constexpr Row kRows[] = {
      {"房价上涨5%—8%。", "- percent yoy range [5,8]"},
      {"增长6%—6.5%。", "- percent yoy range [6,6.5]"},
      {"需要三至五天。", "- days duration range [3,5]"},
      {"新建5到8个项目。", "- projects count range [5,8]"},
      {"投资2—3万元。", "- CNY money range [20000,30000]"},
      {"补贴100万元至150万元。", "- CNY money range [1000000,1500000]"},
      {"三五个项目。", "- projects count range [3,5]"},
      {"七八十家企业。", "- enterprises count range [70,90)"},
      {"数十家企业。", "- enterprises count range [20,100)"},
      {"几百人。", "- persons count range [200,1000)"},
      {"由5天至3天。", "5 days duration exact [4.5,5.5) | 3 days duration exact [2.5,3.5)"}};
  expect_rows(kRows);
}

TEST(Grammar, ReadsGrowthAndFall) {
  constexpr Row kRows[] = {{"同比增长8.0%。", "8 percent yoy exact [7.95,8.05)"},
                           {"同比下降3.2%。", "-3.2 percent yoy exact (-3.25,-3.15]"},
                           {"增速为-1.2%。", "-1.2 percent yoy exact (-1.25,-1.15]"},
                           {"增长1.5倍。", "1.5 times yoy exact [1.45,1.55)"},
                           {"是全省平均水平的3.2倍。", "3.2 times multiple exact [3.15,3.25)"},
                           {"增长到原来的3倍。", "3 times multiple exact [2.5,3.5)"},
                           {"产值翻番。", "2 times multiple exact [1.5,2.5)"},
                           {"产值翻一番。", "2 times multiple exact [1.5,2.5)"},
                           {"产值翻两番。", "4 times multiple exact [3.5,4.5)"},
                           {"产值翻了近两番。", "4 times multiple nearly [2,4)"},
                           {"增长近两成。", "20 percent yoy nearly [15,20)"},
                           {"以7.8%的增速领跑。", "7.8 percent yoy exact [7.75,7.85)"},
                           {"办理时间压缩七成以上。", "-70 percent yoy at_least (-inf,-70]"},
                           {"保持两位数以上增长。", "10 percent yoy at_least [10,inf)"}};
  expect_rows(kRows);
}

TEST(Grammar, HoldsGrowthInTimesAgainstPercent) {
  auto reading = read_text("出口增长1.5倍，进口增长8.0%。");
  ASSERT_TRUE(reading.has_value());
  ASSERT_EQ(reading->claims.size(), 2u);
  EXPECT_TRUE(reading->claims[0].allows(*Decimal::parse("148.2")));
  EXPECT_FALSE(reading->claims[0].allows(*Decimal::parse("1.5")));
  EXPECT_FALSE(reading->claims[0].allows(*Decimal::parse("250")));
  EXPECT_TRUE(reading->claims[1].allows(*Decimal::parse("8.04")));
}

TEST(Grammar, ReadsChangesAndGapsInPoints) {
  constexpr Row kRows[] = {
      {"增速较上半年提高1.2个百分点。", "1.2 percentage_points pp_change exact [1.15,1.25)"},
      {"增速比上月回落0.2个百分点。", "-0.2 percentage_points pp_change exact (-0.25,-0.15]"},
      {"同比下降3.2%，降幅较上半年收窄2.5个百分点。",
       "-3.2 percent yoy exact (-3.25,-3.15] | 2.5 percentage_points pp_change exact [2.45,2.55)"},
      {"降幅比1—11月扩大1.9个百分点。", "-1.9 percentage_points pp_change exact (-1.95,-1.85]"},
      {"高于全国增幅9.1个百分点。", "9.1 percentage_points pp_gap exact [9.05,9.15)"},
      {"低于全省0.5个百分点。", "-0.5 percentage_points pp_gap exact (-0.55,-0.45]"},
      {"比全省高0.3个百分点。", "0.3 percentage_points pp_gap exact [0.25,0.35)"},
      {"比去年同期高7.3个百分点。", "7.3 percentage_points pp_change exact [7.25,7.35)"},
      {"占比提升3.8个百分点至54.9%。",
       "3.8 percentage_points pp_change exact [3.75,3.85) | 54.9 percent share exact "
       "[54.85,54.95)"},
      {"分别比全市快4.6和3.1个百分点。",
       "4.6 percentage_points pp_gap exact [4.55,4.65) | 3.1 percentage_points pp_gap exact "
       "[3.05,3.15)"}};
  expect_rows(kRows);
}

TEST(Grammar, KeepsPlansApartFromResults) {
  constexpr Row kRows[] = {
      {"预计产值将达到10亿元。", "1000000000 CNY money expected [950000000,1050000000)"},
      {"有望突破75亿元。", "7500000000 CNY money expected [7450000000,7550000000)"},
      {"力争实现产值500亿元、同比增长15%。",
       "50000000000 CNY money target [49950000000,50050000000) | 15 percent yoy target "
       "[14.5,15.5)"},
      {"截至2024年，企业达80家；到2030年，企业达到120家。",
       "80 enterprises count exact [80,80] | 120 enterprises count target [120,120]"},
      {"完成全年目标的62%。", "62 percent share exact [61.5,62.5)"},
      {"力争建成5个平台，已建成3个平台。",
       "5 platforms count target [5,5] | 3 platforms count exact [3,3]"}};
  expect_rows(kRows);
}

TEST(Grammar, TakesItsYearFromWhatHappened) {
  const auto reading =
      read_text("2月4日发布：2025年春节接待游客12万人次。预计2026年收入突破8亿元。");
  ASSERT_TRUE(reading);
  ASSERT_FALSE(reading->claims.empty());
  EXPECT_EQ(reading->claims.front().first, Date::from_ymd(2025, 2, 4));
}

TEST(Grammar, ReadsSpansOfTime) {
  constexpr Row kRows[] = {
      {"短短三个月时间建成。", "3 months duration exact [2.5,3.5)"},
      {"投产后一年内产值翻番。", "1 years duration exact (0,1] | 2 times multiple exact [1.5,2.5)"},
      {"不到一个月就办好。", "1 months duration less_than (-inf,1)"},
      {"用了两年半。", "2.5 years duration exact [2.25,2.75)"},
      {"用了一个半月。", "1.5 months duration exact [1.25,1.75)"},
      {"用了3个多月。", "3 months duration odd (3,4)"},
      {"用了半年。", "0.5 years duration exact [0.45,0.55)"},
      {"连续六年增长。", "6 years duration exact [6,6]"},
      {"控制在60个工作日以内。", "60 working_days duration at_most (-inf,60]"}};
  expect_rows(kRows);
}

TEST(Grammar, LeavesNamesAlone) {
  for (const char* text : {"863计划和四梁八柱。",
                           "双循环格局下的一站式服务。",
                           "打通最后一公里。",
                           "拨打12345热线。",
                           "建设5G网络，C919首飞。",
                           "第十四届博览会。",
                           "国办发〔2024〕3号文件。",
                           "电话0796-8881234。",
                           "符合GB/T 8170-2008标准。",
                           "见https://example.org/2024/5人。",
                           "地址：青河路88号3幢。",
                           "“1+5+N”机制。",
                           "世界500强企业。",
                           "PM2.5治理。",
                           "7×24小时服务。",
                           "4A级景区。",
                           "三次产业结构。",
                           "推出人才“20条”。",
                           "《三年行动计划（2023—2025年）》印发。",
                           "入选8万亿元俱乐部。",
                           "第一、第二产业协调。",
                           "一批企业、一家公司、一位专家。",
                           "近年来，近三年来持续向好。",
                           "十分重要，千方百计，百花齐放。",
                           "五部门联合印发。"}) {
    EXPECT_EQ(figures(text), "") << text;
  }
}

TEST(Grammar, CountsWhatTheNounSays) {
  constexpr Row kRows[] = {
      {"近600家（次）企业参加。", "600 enterprise_times count nearly [550,600)"},
      {"接待游客612.35万人次。", "6123500 person_times count exact [6123500,6123500]"},
      {"新增2家博士后科研工作站。", "2 stations count exact [2,2]"},
      {"出游人次达5.01亿。", "501000000 person_times count exact [501000000,501000000]"},
      {"与13所高校签约。", "13 universities count exact [13,13]"},
      {"建成8个“人才联育”新平台。", "8 platforms count exact [8,8]"},
      {"每万人发明专利拥有量86.4件。", "86.4 items_per_10k_persons rate exact [86.35,86.45)"},
      {"日产量300吨。", "300 tonnes_per_day level exact [299.5,300.5)"},
      {"日产量300公斤。", "300 kg_per_day level exact [299.5,300.5)"},
      {"面积26万平方米。", "260000 m2 area exact [255000,265000)"},
      {"位列全省第二。", "2 rank rank exact [2,2]"},
      {"进入全国前50名。", "50 rank rank at_most (-inf,50]"}};
  expect_rows(kRows);
}

// The first is a place only where a mark is passed: 第一家, 率先.
TEST(Grammar, FirstToPassAMark) {
  const std::string first = "1 rank ordinal exact [1,1]", amount = "10000000000 CNY money over";
  for (const char* text : {"全省首家外贸突破100亿元的园区。", "全省第一家外贸突破100亿元的园区。",
                           "在全省率先突破百亿元。"}) {
    EXPECT_EQ(figures(text).find(first), 0u) << text << figures(text);
    EXPECT_NE(figures(text).find(amount), std::string::npos) << text << figures(text);
  }
  EXPECT_EQ(figures("率先建成的第一个园区。"), "");
}

TEST(Grammar, ReadsTraditionalCharactersAlike) {
  constexpr std::pair<const char*, const char*> kPairs[] = {
      {"產值達32.8億元，同比下降1.3%，降幅較上半年收窄0.9個百分點。",
       "产值达32.8亿元，同比下降1.3%，降幅较上半年收窄0.9个百分点。"},
      {"出口佔比約七成，員工2600餘人，措施66條。", "出口占比约七成，员工2600余人，措施66条。"},
      {"接待旅客三萬餘人次，翻兩番。", "接待旅客三万余人次，翻两番。"}};
  for (const auto& [traditional, simplified] : kPairs) {
    EXPECT_EQ(figures(traditional), figures(simplified)) << traditional;
    EXPECT_NE(figures(traditional), "");
  }
}

}  // namespace
}  // namespace wutong::page
