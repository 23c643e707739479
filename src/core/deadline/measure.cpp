#include "core/deadline/measure.hpp"

#include <algorithm>

namespace wutong::deadline {

using record::DeadlineUnit;

namespace {

constexpr int64_t kMinuteMs = 60'000;
constexpr Date kBeforeAll = Date::from_days(-1);

bool is_days(DeadlineUnit unit) {
  return unit == DeadlineUnit::working_days || unit == DeadlineUnit::days;
}

}  // namespace

Measure::Measure(const record::Deadline& deadline, const WorkCalendar& calendar)
    : deadline_(deadline),
      calendar_(calendar),
      is_days_(is_days(deadline.unit)),
      uses_calendar_(deadline.unit == DeadlineUnit::working_days ||
                     deadline.unit == DeadlineUnit::working_hours ||
                     deadline.moves_to_working_day) {
  for (const record::OfficeHours& hours : deadline.office) {
    office_day_ms_ += (hours.until - hours.from) * kMinuteMs;
  }
}

int64_t Measure::passed(Instant at) const { return is_days_ ? at.day().days() - 1 : at.ms; }
int64_t Measure::start(Instant at) const { return is_days_ ? at.day().days() : at.ms; }

int64_t Measure::office_ms(int64_t ms) const {
  const Date today = Instant{ms}.day();
  const int64_t days = calendar_.working_days(kBeforeAll, today.plus_days(-1));
  int64_t out = days * office_day_ms_;
  if (!calendar_.is_working(today)) return out;
  const int64_t within = ms - Instant::start_of(today).ms;
  for (const record::OfficeHours& hours : deadline_.office) {
    out += std::clamp(within - hours.from * kMinuteMs, int64_t{0},
                      (hours.until - hours.from) * kMinuteMs);
  }
  return out;
}

// The first instant at which `total` has passed since the first day.
int64_t Measure::after_office_ms(int64_t total) const {
  const int64_t full = (total - 1) / office_day_ms_;
  int64_t rest = total - full * office_day_ms_;
  const Date day = calendar_.nth_working_day(kBeforeAll, static_cast<int>(full + 1));
  for (const record::OfficeHours& hours : deadline_.office) {
    const int64_t length = (hours.until - hours.from) * kMinuteMs;
    if (rest <= length) return Instant::start_of(day).ms + hours.from * kMinuteMs + rest;
    rest -= length;
  }
  return Instant::start_of(day.plus_days(1)).ms;
}

int64_t Measure::amount(int64_t after, int64_t until) const {
  if (until <= after) return 0;
  switch (deadline_.unit) {
    case DeadlineUnit::working_days:
      return calendar_.working_days(Date::from_days(static_cast<int32_t>(after)),
                                    Date::from_days(static_cast<int32_t>(until)));
    case DeadlineUnit::working_hours:
      return office_ms(until) - office_ms(after);
    case DeadlineUnit::days:
    case DeadlineUnit::hours:
      break;
  }
  return until - after;
}

int64_t Measure::reach(int64_t after, int64_t need) const {
  const int64_t wanted = std::max<int64_t>(need, 1);
  switch (deadline_.unit) {
    case DeadlineUnit::working_days:
      return calendar_
          .nth_working_day(Date::from_days(static_cast<int32_t>(after)), static_cast<int>(wanted))
          .days();
    case DeadlineUnit::working_hours:
      return after_office_ms(office_ms(after) + wanted);
    case DeadlineUnit::days:
      return last(Date::from_days(static_cast<int32_t>(after + wanted)));
    case DeadlineUnit::hours:
      break;
  }
  return after + wanted;
}

int64_t Measure::last(Date day) const {
  if (!is_days_) return Instant::start_of(day.plus_days(1)).ms;
  return deadline_.moves_to_working_day ? calendar_.working_day_from(day).days() : day.days();
}

Date Measure::day(int64_t place) const {
  return is_days_ ? Date::from_days(static_cast<int32_t>(place)) : Instant{place - 1}.day();
}

Instant Measure::late_from(int64_t place) const {
  return is_days_ ? Instant::start_of(day(place).plus_days(1)) : Instant{place};
}

}  // namespace wutong::deadline
