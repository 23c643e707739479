// Instants and clocks. Only `zone` reads a clock; everything below is told the instant.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/calendar.hpp"

namespace wutong {

// Milliseconds since 1970-01-01T00:00:00Z.
struct Instant {
  int64_t ms = 0;
  static std::optional<Instant> parse(
      std::string_view text);       // 2024-10-28T09:30:00+08:00, …Z, .sss
  std::string to_string() const;    // in +08:00, seconds or milliseconds
  Date day() const;                 // the day in +08:00
  static Instant end_of(Date day);  // last millisecond of the day, +08:00
  static Instant start_of(Date day);
  friend constexpr auto operator<=>(Instant, Instant) = default;
};

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() = 0;  // may go back; `zone` keeps its entries from doing so
};
class SystemClock final : public Clock {  // any thread
 public:
  Instant now() override;
};
class SimulatedClock final : public Clock {  // one thread; demo and tests
 public:
  explicit SimulatedClock(Instant start) : now_(start) {}
  Instant now() override { return now_; }
  void set(Instant at) { now_ = at; }
  void advance_ms(int64_t ms) { now_.ms += ms; }

 private:
  Instant now_;
};

}  // namespace wutong
