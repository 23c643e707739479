#include "base/clock.hpp"

#include <chrono>

namespace wutong {

namespace {

constexpr int64_t kDayMs = 86'400'000;
constexpr int64_t kChinaMs = 8 * 3'600'000;

int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

std::optional<int64_t> digits(std::string_view text, size_t at, size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int64_t value = 0;
  for (char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::string padded(int64_t value, size_t width) {
  std::string text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

// "Z" or "+08:00" to minutes.
std::optional<int64_t> zone_minutes(std::string_view text) {
  if (text == "Z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  auto hours = digits(text, 1, 2);
  auto minutes = digits(text, 4, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  int64_t total = *hours * 60 + *minutes;
  return text[0] == '-' ? -total : total;
}

}  // namespace

std::optional<Instant> Instant::parse(std::string_view text) {
  if (text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':') {
    return std::nullopt;
  }
  auto day = Date::parse(text.substr(0, 10));
  auto hour = digits(text, 11, 2);
  auto minute = digits(text, 14, 2);
  auto second = digits(text, 17, 2);
  if (!day || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59) {
    return std::nullopt;
  }
  text.remove_prefix(19);
  int64_t millisecond = 0;
  if (text.starts_with('.')) {
    auto fraction = digits(text, 1, 3);
    if (!fraction) return std::nullopt;
    millisecond = *fraction;
    text.remove_prefix(4);
  }
  auto zone = zone_minutes(text);
  if (!zone) return std::nullopt;
  int64_t ms = day->days() * kDayMs + ((*hour * 60 + *minute - *zone) * 60 + *second) * 1000;
  return Instant{ms + millisecond};
}

std::string Instant::to_string() const {
  int64_t local = ms + kChinaMs;
  int64_t day_ms = local - floor_div(local, kDayMs) * kDayMs;
  std::string out = day().to_string() + "T" + padded(day_ms / 3'600'000, 2) + ":" +
                    padded(day_ms / 60'000 % 60, 2) + ":" + padded(day_ms / 1000 % 60, 2);
  if (day_ms % 1000 != 0) out += "." + padded(day_ms % 1000, 3);
  return out + "+08:00";
}

Date Instant::day() const {
  return Date::from_days(static_cast<int32_t>(floor_div(ms + kChinaMs, kDayMs)));
}

Instant Instant::start_of(Date day) { return {day.days() * kDayMs - kChinaMs}; }
Instant Instant::end_of(Date day) { return {(day.days() + 1) * kDayMs - kChinaMs - 1}; }

Instant SystemClock::now() {
  auto now = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(now).count()};
}

}  // namespace wutong
