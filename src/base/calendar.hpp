// Date: a day of the Gregorian calendar, without time and zone. PartialDate: a date known only to
// the ten days (旬), month, quarter or year. Values; safe on any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wutong {

class Date {
 public:
  constexpr Date() = default;  // 1970-01-01
  static constexpr Date from_days(int32_t days_since_1970) {
    Date d;
    d.days_ = days_since_1970;
    return d;
  }
  static std::optional<Date> from_ymd(int year, int month, int day);  // nullopt: no such day
  static std::optional<Date> parse(std::string_view text);            // YYYY-MM-DD, real days only
  constexpr int32_t days() const { return days_; }
  int year() const;
  int month() const;    // 1..12
  int day() const;      // 1..31
  int weekday() const;  // 1 Monday .. 7 Sunday
  std::string to_string() const;
  Date plus_days(int n) const { return from_days(days_ + n); }
  // The same day of the month n months on, or the last of that month where it has no such day.
  Date plus_months(int n) const;
  friend constexpr auto operator<=>(Date, Date) = default;

 private:
  int32_t days_ = 0;
};

int days_in_month(int year, int month);

// A calendar month as a dense index: year * 12 + month - 1. Fits a column and a cell key.
struct Month {
  int32_t index = 0;
  static constexpr Month of(int year, int month) { return {year * 12 + month - 1}; }
  static Month of(Date date) { return of(date.year(), date.month()); }
  static std::optional<Month> parse(std::string_view text);  // YYYY-MM
  constexpr int year() const { return index / 12; }
  constexpr int month() const { return index % 12 + 1; }
  constexpr Month plus(int n) const { return {index + n}; }
  Date first_day() const;
  Date last_day() const;
  std::string to_string() const;
  friend constexpr auto operator<=>(Month, Month) = default;
};

enum class DatePrecision { day, ten_days, month, quarter, year };

// first..last are the days that it may be: 10月中旬 2024 is 2024-10-11..2024-10-20.
struct PartialDate {
  Date first;
  DatePrecision precision = DatePrecision::day;
  Date last() const;
  // 2024-10-11, 2024-10-2X (X = 1, 2, 3: first, middle, last ten days, written "2024-10-D2"),
  // 2024-10, 2024-Q4, 2024.
  static std::optional<PartialDate> parse(std::string_view text);
  std::string to_string() const;
  friend bool operator==(const PartialDate&, const PartialDate&) = default;
};

}  // namespace wutong
