// Random cases against a clock that goes minute by minute: pauses, holidays, make-up days, changed
// terms and a notice that comes late.
#include <algorithm>
#include <random>

#include "core/deadline/reading.hpp"
#include "core/deadline/test_clocks.hpp"

namespace wutong::deadline {
namespace {

using record::ClockEffect;
using record::DeadlineUnit;

constexpr int64_t kMinute = 60'000;
constexpr size_t kStates = 5;  // draft, submitted, waiting, extended, done
constexpr int kWeeks = 3;

// What a clock says, told by stepping.
struct Told {
  Status status = Status::idle;
  int run = 0;
  int64_t limit = 0, worked = 0;
  std::optional<int64_t> late_from;  // minute
  bool is_late = false;
};

struct Case {
  Deadline deadline;
  const WorkCalendar* calendar = nullptr;
  std::vector<StateEvent> events;
  Date first;
};

class Stepper {
 public:
  explicit Stepper(const Case& what)
      : case_(what), deadline_(what.deadline), is_days_(counts_days(what.deadline.unit)) {}

  // Goes to `now`; then, if the clock runs and has not ended, on until it is due.
  Told run(int64_t now) {
    origin_ = Instant::start_of(case_.first).ms;
    begin_day();
    fill();
    size_t next = 0;
    for (;;) {
      for (; next < case_.events.size() && minute_of(case_.events[next].at) == minute_; ++next) {
        enter(case_.events[next].state);
      }
      if (minute_ == now) {
        if (told_.late_from && told_.status != Status::ended) told_.is_late = true;
        is_after_ = true;
      }
      const bool is_settled = told_.status != Status::running || told_.late_from.has_value();
      if (is_after_ && next >= case_.events.size() && is_settled) break;
      int64_t stop = (minute_ / 1440 + 1) * 1440;
      if (next < case_.events.size()) stop = std::min(stop, minute_of(case_.events[next].at));
      if (!is_after_) stop = std::min(stop, now);
      step_until(stop);
    }
    return told_;
  }

 private:
  int64_t minute_of(Instant at) const { return (at.ms - origin_) / kMinute; }
  bool is_days() const { return is_days_; }

  void begin_day() {
    const Date today = case_.first.plus_days(day_);
    is_working_ = case_.calendar->is_working(today);
  }

  void enter(size_t state) {
    const bool is_open = told_.status == Status::running || told_.status == Status::paused;
    switch (deadline_.effects[state]) {
      case ClockEffect::starts:
        if (!is_open) {
          ++told_.run;
          told_.limit = deadline_.limit * (is_days() ? 1 : 60);
          told_.worked = counted_ = 0;
          told_.late_from.reset();
          told_.is_late = false;
          start_day_ = day_;
          has_extended_ = false;
        }
        told_.status = Status::running;
        break;
      case ClockEffect::pauses:
        if (is_open) told_.status = Status::paused;
        break;
      case ClockEffect::ends:
        if (is_open) told_.status = Status::ended;
        if (is_open && told_.late_from) told_.is_late = true;
        break;
      case ClockEffect::extends:
        if (!is_open) break;
        told_.status = Status::running;
        if (!told_.late_from && !has_extended_) {
          told_.limit += deadline_.more[state] * (is_days() ? 1 : 60);
          has_extended_ = true;
        }
        break;
      case ClockEffect::none:
        if (is_open) told_.status = Status::running;
        break;
    }
  }

  // Which minutes of a day count, on working days and on others.
  void fill() {
    for (int working = 0; working < 2; ++working) {
      for (int minute = 0; minute < 1440; ++minute)
        counts_[working][minute] = counts(working, minute);
    }
  }
  uint8_t counts(int working, int minute) const {
    switch (deadline_.unit) {
      case DeadlineUnit::hours:
        return 1;
      case DeadlineUnit::working_hours:
        for (const record::OfficeHours& hours : deadline_.office) {
          if (working == 1 && minute >= hours.from && minute < hours.until) return 1;
        }
        return 0;
      case DeadlineUnit::working_days:
        return minute == 1439 && working == 1 ? 1 : 0;
      case DeadlineUnit::days:
        return minute == 1439 ? 1 : 0;
    }
    return 0;
  }

  // Minute by minute within a day.
  void step_until(int64_t stop) {
    const bool counts_today = !is_days() || day_ != start_day_;
    if (told_.status == Status::running && counts_today) {
      const uint8_t* counts = counts_[is_working_ ? 1 : 0];
      const bool waits = deadline_.moves_to_working_day && !is_working_;
      const int64_t limit = told_.limit;
      int64_t minute_of_day = minute_ % 1440, counted = counted_, reached = -1;
      for (int64_t minute = minute_; minute < stop; ++minute, ++minute_of_day) {
        counted += counts[minute_of_day];
        const bool may_end = !is_days_ || (minute_of_day == 1439 && !waits);
        if (reached < 0 && counted >= limit && may_end) reached = minute + 1;
      }
      counted_ = counted;
      if (reached >= 0 && !told_.late_from) told_.late_from = reached;
      if (!is_after_) told_.worked = counted_;
    }
    minute_ = stop;
    if (minute_ % 1440 != 0) return;
    ++day_;
    begin_day();
  }

  const Case& case_;
  const Deadline& deadline_;
  const bool is_days_;
  Told told_;
  int64_t origin_ = 0;
  int64_t counted_ = 0;
  int64_t minute_ = 0;
  int day_ = 0, start_day_ = 0;
  uint8_t counts_[2][1440] = {};
  bool is_working_ = false, has_extended_ = false, is_after_ = false;
};

class Maker {
 public:
  explicit Maker(uint64_t seed) : random_(seed) {}
  int pick(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }

  Deadline deadline() {
    Deadline out;
    out.unit = static_cast<DeadlineUnit>(pick(0, 3));
    out.limit = counts_days(out.unit) ? pick(1, 8) : pick(1, 40);
    out.effects = {ClockEffect::none, ClockEffect::starts, ClockEffect::pauses,
                   ClockEffect::extends, ClockEffect::ends};
    out.more.assign(kStates, 0);
    out.more[3] = pick(1, counts_days(out.unit) ? 4 : 12);
    out.moves_to_working_day = out.unit == DeadlineUnit::days && pick(0, 1) == 1;
    out.office = {{540, 720}, {pick(780, 840), pick(1000, 1080)}};
    return out;
  }

  // Some days off and on; the later notice adds to them.
  WorkCalendar calendar(Date first, bool is_late_notice) {
    if (exceptions_.empty() || !is_late_notice) exceptions_.clear();
    for (int n = pick(0, 6); n > 0; --n) {
      const Date off = first.plus_days(pick(0, 7 * kWeeks));
      exceptions_.push_back({off, pick(0, 2) != 0, "节"});
    }
    return WorkCalendar(exceptions_, {2024, 2025});
  }

  std::vector<StateEvent> events(Date first) {
    std::vector<StateEvent> out;
    int64_t minute = pick(0, 3 * 1440);
    for (int n = pick(1, 5); n > 0; --n) {
      const size_t state = out.empty() && pick(0, 4) != 0 ? 1 : static_cast<size_t>(pick(0, 4));
      out.push_back({Instant{Instant::start_of(first).ms + minute * kMinute}, state});
      minute += pick(0, 3) == 0 ? pick(0, 30) : pick(30, 3 * 1440);
    }
    return out;
  }

 private:
  std::mt19937_64 random_;
  std::vector<WorkCalendar::Exception> exceptions_;
};

std::string differs(const Case& what, int64_t now) {
  const Told told = Stepper(what).run(now);
  const Instant origin = Instant::start_of(what.first);
  const Instant at{origin.ms + now * kMinute};
  const Reading read = deadline::read(what.deadline, {what.events, {}, {}, {}}, *what.calendar, at);
  const int64_t unit = counts_days(what.deadline.unit) ? 1 : kMinute;
  std::optional<int64_t> late_from;
  if (read.due_at) late_from = (read.due_at->ms - origin.ms) / kMinute;
  std::string out;
  if (read.status != told.status) out += " status";
  if (read.run != told.run) out += " run";
  if (told.run == 0) return out;
  if (read.limit != told.limit * unit) out += " limit";
  if (read.worked != told.worked * unit) out += " worked";
  if (told.status != Status::ended && late_from != told.late_from) out += " due";
  if (told.status == Status::ended && told.late_from && late_from != told.late_from) out += " due";
  if (read.is_late != told.is_late) out += " late";
  return out;
}

TEST(ClockOracle, EqualsAClockThatGoesMinuteByMinute) {
  constexpr uint64_t kSeed = 1, kCases = 100'000;
  Maker make(kSeed);
  size_t late = 0, paused = 0;
  Date first;
  WorkCalendar before, after;
  for (uint64_t n = 0; n < kCases / 2; ++n) {
    if (n % 20 == 0) {  // a calendar for twenty cases: it takes longer to make than to ask
      first = day("2024-12-01").plus_days(make.pick(0, 45));
      before = make.calendar(first, false);
      after = make.calendar(first, true);
    }
    Case what;
    what.first = first;
    what.deadline = make.deadline();
    what.calendar = &before;
    what.events = make.events(what.first);
    const int64_t last = (what.events.back().at.ms - Instant::start_of(what.first).ms) / kMinute;
    const int64_t now = last + make.pick(0, 5 * 1440);
    ASSERT_EQ(differs(what, now), "") << "seed " << kSeed << ", case " << n;
    // The catalog is changed: other terms, or a notice that comes late, for the same history.
    if (make.pick(0, 1) == 1) what.deadline = make.deadline();
    what.calendar = &after;
    ASSERT_EQ(differs(what, now), "") << "seed " << kSeed << ", case " << n << " changed";
    const Reading read = deadline::read(what.deadline, {what.events, {}, {}, {}}, *what.calendar,
                                        Instant{Instant::start_of(what.first).ms + now * kMinute});
    late += read.is_late ? 1 : 0;
    paused += read.status == Status::paused ? 1 : 0;
  }
  EXPECT_GT(late, kCases / 50);  // the cases do reach what they are for
  EXPECT_GT(paused, kCases / 50);
}

}  // namespace
}  // namespace wutong::deadline
