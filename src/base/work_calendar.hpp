// WorkCalendar: which days are worked. Monday to Friday, less the days off and with the make-up
// working days (调休) of each year's notice. A year without a notice is provisional: Monday to
// Friday less its statutory days (全国年节及纪念日放假办法, 13 since 2025) as far as they are
// known.
//
// Built once, immutable afterwards; any thread. Days run in +08:00. Limitations: counts from 1970
// to 2099; earlier and later days are taken as the first and the last of these.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/calendar.hpp"

namespace wutong {

class WorkCalendar {
 public:
  // A day that breaks the week, or a statutory day of a year whose notice is not out.
  struct Exception {
    Date day;
    bool is_off = true;
    std::string name;  // of the holiday
  };
  // `noticed`: years whose notice is known.
  WorkCalendar(std::span<const Exception> exceptions, std::set<int> noticed);
  WorkCalendar() : WorkCalendar({}, {}) {}

  bool is_working(Date day) const;
  // The holiday that a day off or a make-up working day belongs to, or nullptr.
  const Exception* exception(Date day) const;
  bool has_notice(int year) const { return noticed_.contains(year); }
  // No notice is known for a year in which one of the days after `after` up to `until` lies.
  bool is_provisional(Date after, Date until) const;
  // Working days after `after` up to and with `until`; negative where until lies before.
  int working_days(Date after, Date until) const;
  // The n-th working day after a day (n > 0).
  Date nth_working_day(Date after, int n) const;
  Date working_day_from(Date day) const;  // the day itself, or the next that is worked

 private:
  size_t index(Date day) const;
  std::map<Date, Exception> exceptions_;
  std::set<int> noticed_;
  std::vector<int32_t> until_;  // working days from the first day on up to and with each
};

}  // namespace wutong
