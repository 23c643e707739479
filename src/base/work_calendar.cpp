#include "base/work_calendar.hpp"

#include <algorithm>

namespace wutong {

namespace {

constexpr int kFirstYear = 1970, kLastYear = 2099;
constexpr int32_t kDays = 47482;  // 1970-01-01 .. 2099-12-31

}  // namespace

WorkCalendar::WorkCalendar(std::span<const Exception> exceptions, std::set<int> noticed)
    : noticed_(std::move(noticed)) {
  for (const Exception& each : exceptions) exceptions_.insert_or_assign(each.day, each);
  for (int year = kFirstYear; year <= kLastYear; ++year) {
    if (noticed_.contains(year)) continue;
    // Those of fixed date are known of every year.
    for (const auto& [month, day, name] :
         {std::tuple{1, 1, "元旦"}, std::tuple{5, 1, "劳动节"}, std::tuple{5, 2, "劳动节"},
          std::tuple{10, 1, "国庆节"}, std::tuple{10, 2, "国庆节"}, std::tuple{10, 3, "国庆节"}}) {
      const Date date = *Date::from_ymd(year, month, day);
      exceptions_.emplace(date, Exception{date, true, name});
    }
  }
  int32_t worked = 0;
  until_.reserve(kDays);
  auto next = exceptions_.lower_bound(Date::from_days(0));
  for (int32_t day = 0; day < kDays; ++day) {
    const Date date = Date::from_days(day);
    const bool breaks = next != exceptions_.end() && next->first == date;
    if (breaks ? !next->second.is_off : date.weekday() <= 5) ++worked;
    if (breaks) ++next;
    until_.push_back(worked);
  }
}

size_t WorkCalendar::index(Date day) const {
  return static_cast<size_t>(std::clamp(day.days(), 0, kDays - 1));
}

bool WorkCalendar::is_working(Date day) const {
  const size_t i = index(day);
  return until_[i] != (i == 0 ? 0 : until_[i - 1]);
}

const WorkCalendar::Exception* WorkCalendar::exception(Date day) const {
  auto found = exceptions_.find(day);
  return found == exceptions_.end() ? nullptr : &found->second;
}

bool WorkCalendar::is_provisional(Date after, Date until) const {
  for (int year = after.plus_days(1).year(); year <= until.year(); ++year) {
    if (!has_notice(year)) return true;
  }
  return false;
}

int WorkCalendar::working_days(Date after, Date until) const {
  return until_[index(until)] - until_[index(after)];
}

Date WorkCalendar::nth_working_day(Date after, int n) const {
  const int32_t wanted = until_[index(after)] + n;
  const auto found = std::lower_bound(until_.begin(), until_.end(), wanted);
  return Date::from_days(std::min(static_cast<int32_t>(found - until_.begin()), kDays - 1));
}

Date WorkCalendar::working_day_from(Date day) const {
  return is_working(day) ? day : nth_working_day(day, 1);
}

}  // namespace wutong
