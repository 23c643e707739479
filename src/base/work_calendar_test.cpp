#include "base/work_calendar.hpp"

#include <gtest/gtest.h>

namespace wutong {
namespace {

Date day(const char* text) { return *Date::parse(text); }

TEST(WorkCalendar, CountsMondayToFridayLessFixedHolidaysWithoutANotice) {
  const WorkCalendar calendar;
  EXPECT_TRUE(calendar.is_working(day("2030-10-04")));   // a Friday
  EXPECT_FALSE(calendar.is_working(day("2030-10-01")));  // National Day
  EXPECT_FALSE(calendar.is_working(day("2030-10-05")));
  EXPECT_TRUE(calendar.is_provisional(day("2030-10-01"), day("2030-10-04")));
}

TEST(WorkCalendar, ANoticeMovesDaysOffAndOn) {
  const WorkCalendar::Exception days[] = {{day("2031-10-01"), true, "国庆节"},
                                          {day("2031-10-08"), true, "国庆节"},
                                          {day("2031-09-28"), false, "国庆节"}};
  const WorkCalendar calendar(days, {2031});
  EXPECT_TRUE(calendar.is_working(day("2031-09-28")));  // a Sunday that is worked
  EXPECT_FALSE(calendar.is_working(day("2031-10-08")));
  EXPECT_TRUE(calendar.is_working(day("2031-10-02")));  // the notice is all that counts
  EXPECT_FALSE(calendar.is_provisional(day("2030-12-31"), day("2031-12-31")));
  EXPECT_TRUE(calendar.is_provisional(day("2031-12-31"), day("2032-01-01")));
}

TEST(WorkCalendar, CountingAndGoingAgree) {
  const WorkCalendar calendar;
  const Date start = day("2024-02-28");
  for (int n = 1; n < 400; ++n) {
    const Date found = calendar.nth_working_day(start, n);
    ASSERT_TRUE(calendar.is_working(found));
    ASSERT_EQ(calendar.working_days(start, found), n);
    ASSERT_EQ(calendar.working_days(found, start), -n);
  }
}

}  // namespace
}  // namespace wutong
