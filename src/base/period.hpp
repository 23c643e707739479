// Period: the time a figure speaks of. Printed and parsed as in a figure's identity:
//   2024-09  2024-Q3  2024-H1  2024  2024-01..09 (1–9月累计)  @2024-07-31 (截至)  2021.. (since)
// Also 2024-09-30 for a single day. Values; safe on any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/calendar.hpp"

namespace wutong {

enum class PeriodKind { day, month, quarter, half, year, cumulative, as_of, since };

// domain.md 1.7: where January and February are reported together there is no monthly point 01 or
// 02; the first period of a year is 01..02. `separate` has all twelve months.
enum class JanuaryFebruary { joint, separate };

class Period {
 public:
  Period() = default;  // the month 1970-01
  static Period of_day(Date day);
  static Period of_month(Month month);
  static std::optional<Period> of_quarter(int year, int quarter);
  static std::optional<Period> of_half(int year, int half);
  static Period of_year(int year);
  static std::optional<Period> cumulative(int year, int last_month);  // 1..last_month
  static Period as_of(Date day);
  static Period since(
      Date first);  // from that day on, open end; prints 2021.. when it is 1 January
  static std::optional<Period> parse(std::string_view text);

  PeriodKind kind() const { return kind_; }
  Date first_day() const { return first_; }
  Date last_day() const {
    return last_;
  }  // as_of: the day itself; since: the last day of year 9999
  int year() const { return last_.year(); }
  Month first_month() const { return Month::of(first_); }
  Month last_month() const { return Month::of(last_); }
  std::string to_string() const;
  std::string zh() const;  // 2024年1—9月, 2024年第三季度, 截至2024年7月31日
  std::string en() const;

  // The same period n years earlier (29 February becomes 28). nullopt for since.
  std::optional<Period> years_earlier(int n) const;
  // The period before, of the same kind: month → month before; cumulative 1–n → 1–(n-1), and the
  // first of a year → the whole year before; under `joint` the month before March is 1–2 and
  // 1–3's is 1–2. nullopt where there is none.
  std::optional<Period> previous(JanuaryFebruary rule) const;
  // False for points that the rule forbids (a single January or February, 01..01 under `joint`).
  bool is_reportable(JanuaryFebruary rule) const;
  bool contains(Date day) const { return first_ <= day && day <= last_; }
  bool contains(const Period& other) const {
    return first_ <= other.first_ && other.last_ <= last_;
  }
  friend bool operator==(const Period&, const Period&) = default;

 private:
  PeriodKind kind_ = PeriodKind::month;
  Date first_;
  Date last_ = Date::from_days(30);
};

}  // namespace wutong
