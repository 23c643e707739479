#include "core/deadline/reading.hpp"

#include <algorithm>

#include "core/deadline/measure.hpp"

namespace wutong::deadline {

using record::ClockEffect;
using record::DeadlineUnit;

std::string_view to_string(Status status) {
  switch (status) {
    case Status::idle:
      return "idle";
    case Status::running:
      return "running";
    case Status::paused:
      return "paused";
    case Status::ended:
      return "ended";
  }
  return "";
}

bool counts_days(DeadlineUnit unit) {
  return unit == DeadlineUnit::working_days || unit == DeadlineUnit::days;
}

namespace {

// Walks the events of a record; between two of them the clock runs or stands.
class Walk {
 public:
  Walk(const Deadline& deadline, const History& history, const WorkCalendar& calendar, Instant now)
      : deadline_(deadline),
        history_(history),
        calendar_(calendar),
        measure_(deadline, calendar),
        now_(now) {}

  Reading run() {
    if (!is_of_states()) begin_at_field();
    if (reading_.run == 0 && !is_of_states()) return {};
    for (const StateEvent& event : history_.events) {
      if (history_.until && event.at.day() > *history_.until) break;
      enter(event);
    }
    if (history_.until && reading_.is_open()) {
      const Instant done = Instant::start_of(*history_.until);
      advance(measure_.passed(done));
      end_at(done);
    }
    return finish();
  }

 private:
  // A state that the register has no more does nothing.
  ClockEffect effect(size_t state) const {
    return state < deadline_.effects.size() ? deadline_.effects[state] : ClockEffect::none;
  }
  bool is_of_states() const { return !deadline_.from_field && !deadline_.on_field; }

  void begin(Instant at, int64_t place) {
    ++reading_.run;
    reading_.status = Status::running;
    reading_.start_day = at.day();
    reading_.limit = measure_.limit(deadline_.limit);
    reading_.ended_at.reset();
    extended_.assign(deadline_.effects.size(), 0);
    counted_ = worked_ = 0;
    due_.reset();
    from_ = place;
  }

  void begin_at_field() {
    const auto& day = deadline_.on_field ? history_.on : history_.from;
    if (!day) return;
    begin(Instant::start_of(*day), counts_days(deadline_.unit)
                                       ? int64_t{day->days()}
                                       : Instant::start_of(day->plus_days(1)).ms);
    if (deadline_.on_field) due_ = measure_.last(*day);
  }

  // Counts what ran until a place of the line, and finds the last day if it lies there.
  void advance(int64_t until) {
    if (reading_.status == Status::running && until > from_) {
      if (!due_) {
        const int64_t found = measure_.reach(from_, reading_.limit - counted_);
        if (found <= until) due_ = found;
        counted_ += measure_.amount(from_, until);
      }
      worked_ += measure_.amount(from_, std::min(until, measure_.passed(now_)));
    }
    from_ = std::max(from_, until);
  }

  void pause(Instant at) {
    if (reading_.status != Status::paused) reading_.paused_since = at;
    reading_.status = Status::paused;
  }
  void go_on() {
    reading_.status = Status::running;
    reading_.ended_at.reset();
    reading_.paused_since.reset();
  }

  void enter(const StateEvent& event) {
    const ClockEffect what = effect(event.state);
    advance(measure_.passed(event.at));
    const bool is_open = reading_.is_open();
    const bool may_go_on = is_open || !is_of_states();
    switch (what) {
      case ClockEffect::starts:
        if (is_open) return go_on();
        return begin(event.at, measure_.start(event.at));
      case ClockEffect::pauses:
        if (may_go_on) pause(event.at);
        return;
      case ClockEffect::ends:
        if (is_open) end_at(event.at);
        return;
      case ClockEffect::extends:
        if (may_go_on) go_on();
        if (!may_go_on || due_ || extended_[event.state] != 0) return;
        extended_[event.state] = 1;
        reading_.limit += measure_.limit(deadline_.more[event.state]);
        return;
      case ClockEffect::none:
        if (may_go_on) go_on();
        return;
    }
  }

  void end_at(Instant at) {
    if (!due_ && reading_.status == Status::running) {
      due_ = measure_.reach(from_, reading_.limit - counted_);
    }
    reading_.status = Status::ended;
    reading_.ended_at = at;
    reading_.paused_since.reset();
  }

  Reading finish() {
    if (reading_.status == Status::running) {
      if (!due_) due_ = measure_.reach(from_, reading_.limit - counted_);
      worked_ += measure_.amount(from_, measure_.passed(now_));
    }
    reading_.worked = worked_;
    reading_.remaining = reading_.limit - worked_;
    if (deadline_.on_field) reading_.remaining = *due_ - measure_.passed(now_);
    if (due_) {
      reading_.due = measure_.day(*due_);
      reading_.due_at = measure_.late_from(*due_);
      const Instant reached = reading_.ended_at.value_or(now_);
      reading_.is_late = reached >= *reading_.due_at;
    }
    if (reading_.run > 0 && measure_.uses_calendar()) {
      const Date last = reading_.due.value_or(std::max(reading_.start_day, now_.day()));
      reading_.is_provisional = calendar_.is_provisional(reading_.start_day, last);
    }
    return reading_;
  }

  const Deadline& deadline_;
  const History& history_;
  const WorkCalendar& calendar_;
  const Measure measure_;
  const Instant now_;
  Reading reading_;
  std::vector<uint8_t> extended_;  // by state, in this run
  int64_t from_ = 0;               // up to here is counted
  int64_t counted_ = 0;
  int64_t worked_ = 0;  // up to now
  std::optional<int64_t> due_;
};

}  // namespace

Reading read(const Deadline& deadline, const History& history, const WorkCalendar& calendar,
             Instant now) {
  return Walk(deadline, history, calendar, now).run();
}

}  // namespace wutong::deadline
