// Reading a clock: a pure function of a record's history of states, its day fields and the
// calendar.
//
// Rules (Administrative Licensing Law, articles 42, 45 and 82; Civil Code, article 203). The day on
// which a clock starts is not counted. A day counts when the clock runs at its end (24:00, +08:00),
// so that a pause takes away the days whose end lies in it. The last day is the one with which the
// limit is reached; of calendar days ending on a day off it is the next working day. It is late
// from 24:00 of the last day on. Hours count to the millisecond, working hours within the office
// hours of working days. An extension counts once a run, and only if the state is entered in time.
//
// No I/O, no clock: `now` is told. Any thread.
#pragma once

#include <optional>
#include <span>

#include "base/clock.hpp"
#include "base/work_calendar.hpp"
#include "core/record/deadline.hpp"

namespace wutong::deadline {

using record::Deadline;

struct StateEvent {
  Instant at;
  size_t state = 0;  // of the register
};

struct History {
  std::span<const StateEvent> events;  // ascending
  // The record's day fields that the clock names; of a partial date or month its last day.
  std::optional<Date> from, on, until;
};

enum class Status { idle, running, paused, ended };
std::string_view to_string(Status status);

struct Reading {
  Status status = Status::idle;
  int run = 0;  // 1 for the first time that it started
  Date start_day;
  std::optional<Date> due;        // the last day; none while it is paused or idle
  std::optional<Instant> due_at;  // the moment from which it is late
  std::optional<Instant> ended_at;
  std::optional<Instant> paused_since;
  // Days, or milliseconds of a clock in hours. Full days only: today counts when it is over.
  int64_t limit = 0;  // with what was extended
  int64_t worked = 0;
  int64_t remaining = 0;  // negative: over the limit
  bool is_late = false;   // open and late, or ended late
  bool is_provisional = false;
  bool is_open() const { return status == Status::running || status == Status::paused; }
};
bool counts_days(record::DeadlineUnit unit);

Reading read(const Deadline& deadline, const History& history, const WorkCalendar& calendar,
             Instant now);

}  // namespace wutong::deadline
