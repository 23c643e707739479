#include "base/period.hpp"

#include <gtest/gtest.h>

#include "base/clock.hpp"

namespace wutong {
namespace {

std::string before(std::string_view text, JanuaryFebruary rule) {
  auto previous = Period::parse(text)->previous(rule);
  return previous ? previous->to_string() : "none";
}

TEST(Period, PrintsWhatItParses) {
  for (const char* text : {"2024-09", "2024-Q3", "2024-H1", "2024", "2024-01..09", "@2024-07-31",
                           "2021..", "2021-05-03..", "2024-09-30"}) {
    ASSERT_TRUE(Period::parse(text).has_value()) << text;
    EXPECT_EQ(Period::parse(text)->to_string(), text);
  }
  for (const char* bad : {"", "2024-13", "2024-Q5", "2024-H3", "2024-02..09", "2024-01..13",
                          "@2024", "2024-02-30", "abc", "..", "2024-01..", "20240101"}) {
    if (std::string_view(bad) == "2024-01..") continue;  // since January 2024
    EXPECT_FALSE(Period::parse(bad).has_value()) << bad;
  }
}

TEST(Period, GoesBackByKind) {
  auto joint = JanuaryFebruary::joint;
  EXPECT_EQ(before("2024-01..09", joint), "2024-01..08");
  EXPECT_EQ(before("2024-01..03", joint), "2024-01..02");
  EXPECT_EQ(before("2024-01..02", joint), "2023");
  EXPECT_EQ(before("2024-03", joint), "2024-01..02");
  EXPECT_EQ(before("2024-02", joint), "none");
  EXPECT_EQ(before("2024-03", JanuaryFebruary::separate), "2024-02");
  EXPECT_EQ(before("2024-01..01", JanuaryFebruary::separate), "2023");
  EXPECT_EQ(before("2024-Q1", joint), "2023-Q4");
  EXPECT_EQ(before("2024-H2", joint), "2024-H1");
  EXPECT_EQ(before("2024", joint), "2023");
}

TEST(Period, KnowsNoJanuaryOrFebruaryAlone) {  // domain.md 1.7
  auto joint = JanuaryFebruary::joint;
  EXPECT_FALSE(Period::parse("2024-01")->is_reportable(joint));
  EXPECT_FALSE(Period::parse("2024-02")->is_reportable(joint));
  EXPECT_FALSE(Period::parse("2024-01..01")->is_reportable(joint));
  EXPECT_TRUE(Period::parse("2024-01..02")->is_reportable(joint));
  EXPECT_TRUE(Period::parse("2024-03")->is_reportable(joint));
  EXPECT_TRUE(Period::parse("2024-01")->is_reportable(JanuaryFebruary::separate));
}

TEST(Period, FindsTheSameTimeInEarlierYears) {
  EXPECT_EQ(Period::parse("2024-01..09")->years_earlier(1)->to_string(), "2023-01..09");
  EXPECT_EQ(Period::parse("@2024-02-29")->years_earlier(1)->to_string(), "@2023-02-28");
  EXPECT_EQ(Period::parse("2024-Q3")->years_earlier(2)->to_string(), "2022-Q3");
  EXPECT_FALSE(Period::parse("2021..")->years_earlier(1).has_value());
}

TEST(Period, SpeaksBothLanguages) {
  EXPECT_EQ(Period::parse("2024-01..09")->zh(), "2024年1—9月");
  EXPECT_EQ(Period::parse("2024-Q3")->zh(), "2024年第三季度");
  EXPECT_EQ(Period::parse("@2024-07-31")->zh(), "截至2024年7月31日");
  EXPECT_EQ(Period::parse("2024-01..09")->en(), "January to September 2024");
  EXPECT_EQ(Period::parse("2021..")->zh(), "2021年以来");
}

TEST(Date, KnowsOnlyDaysThatExist) {
  EXPECT_TRUE(Date::parse("2024-02-29").has_value());
  for (const char* bad : {"2023-02-29", "2020-13-45", "2024-00-10", "2024-1-1", "0000-01-01"}) {
    EXPECT_FALSE(Date::parse(bad).has_value()) << bad;
  }
  EXPECT_EQ(Date::parse("2024-10-28")->weekday(), 1);
  EXPECT_EQ(Date::parse("1970-01-01")->days(), 0);
  for (int32_t days = -700'000; days < 700'000; days += 13) {
    Date date = Date::from_days(days);
    EXPECT_EQ(Date::from_ymd(date.year(), date.month(), date.day()), date);
  }
}

TEST(PartialDate, CoversTheDaysItMayBe) {
  auto middle = PartialDate::parse("2024-10-D2");
  ASSERT_TRUE(middle.has_value());
  EXPECT_EQ(middle->first.to_string(), "2024-10-11");
  EXPECT_EQ(middle->last().to_string(), "2024-10-20");
  EXPECT_EQ(PartialDate::parse("2024-02-D3")->last().to_string(), "2024-02-29");
  EXPECT_EQ(PartialDate::parse("2021")->last().to_string(), "2021-12-31");
  for (const char* text : {"2024-10-D2", "2024-10", "2024", "2024-Q4", "2024-10-11"}) {
    EXPECT_EQ(PartialDate::parse(text)->to_string(), text);
  }
}

TEST(Instant, ReadsAndPrintsChinaTime) {
  auto instant = Instant::parse("2024-10-28T09:30:00+08:00");
  ASSERT_TRUE(instant.has_value());
  EXPECT_EQ(*instant, *Instant::parse("2024-10-28T01:30:00Z"));
  EXPECT_EQ(instant->to_string(), "2024-10-28T09:30:00+08:00");
  EXPECT_EQ(Instant::parse("2024-10-27T18:00:00Z")->day().to_string(), "2024-10-28");
  EXPECT_EQ(Instant::end_of(*Date::parse("2024-10-28")).to_string(),
            "2024-10-28T23:59:59.999+08:00");
  EXPECT_FALSE(Instant::parse("2024-10-28").has_value());
}

}  // namespace
}  // namespace wutong
