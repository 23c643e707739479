// Measure: the line on which a clock counts, as whole numbers: ends of days, or milliseconds. What
// lies in (after, until] is counted; `reach` is the other way round. Pure.
#pragma once

#include "base/clock.hpp"
#include "base/work_calendar.hpp"
#include "core/record/deadline.hpp"

namespace wutong::deadline {

class Measure {
 public:
  Measure(const record::Deadline& deadline, const WorkCalendar& calendar);

  // What of the line has passed at an instant.
  int64_t passed(Instant at) const;
  // Where counting begins when the clock starts at an instant: its day is not counted.
  int64_t start(Instant at) const;
  int64_t amount(int64_t after, int64_t until) const;
  // The first place after `after` with which `need` is reached, and at which a limit may end.
  int64_t reach(int64_t after, int64_t need) const;
  // A last day that is given: moved as the rule says.
  int64_t last(Date day) const;
  int64_t limit(int units) const { return is_days_ ? units : units * int64_t{3'600'000}; }
  Date day(int64_t place) const;  // in which a place lies
  Instant late_from(int64_t place) const;
  bool uses_calendar() const { return uses_calendar_; }

 private:
  int64_t office_ms(int64_t ms) const;
  int64_t after_office_ms(int64_t total) const;

  const record::Deadline& deadline_;
  const WorkCalendar& calendar_;
  bool is_days_;
  bool uses_calendar_;
  int64_t office_day_ms_ = 0;
};

}  // namespace wutong::deadline
