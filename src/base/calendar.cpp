#include "base/calendar.hpp"

#include <algorithm>

namespace wutong {

namespace {

// Civil days after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
int32_t days_from_civil(int y, int m, int d) {
  y -= m <= 2;
  int era = (y >= 0 ? y : y - 399) / 400;
  int year_of_era = y - era * 400;
  int day_of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

struct Civil {
  int year, month, day;
};

Civil civil_from_days(int32_t days) {
  days += 719468;
  int era = (days >= 0 ? days : days - 146096) / 146097;
  int day_of_era = days - era * 146097;
  int year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int month_index = (5 * day_of_year + 2) / 153;
  int month = month_index + (month_index < 10 ? 3 : -9);
  int year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  return {year, month, day_of_year - (153 * month_index + 2) / 5 + 1};
}

std::optional<int> number(std::string_view text, size_t digits) {
  int value = 0;
  if (text.size() != digits) return std::nullopt;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::string padded(int value, size_t width) {
  std::string text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

}  // namespace

int days_in_month(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && is_leap ? 29 : kDays[month - 1];
}

std::optional<Date> Date::from_ymd(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12) return std::nullopt;
  if (day < 1 || day > days_in_month(year, month)) return std::nullopt;
  return from_days(days_from_civil(year, month, day));
}

std::optional<Date> Date::parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  auto year = number(text.substr(0, 4), 4);
  auto month = number(text.substr(5, 2), 2);
  auto day = number(text.substr(8, 2), 2);
  if (!year || !month || !day) return std::nullopt;
  return from_ymd(*year, *month, *day);
}

int Date::year() const { return civil_from_days(days_).year; }
int Date::month() const { return civil_from_days(days_).month; }
int Date::day() const { return civil_from_days(days_).day; }
int Date::weekday() const {
  int32_t index = (days_ + 3) % 7;  // 1970-01-01 was a Thursday
  return (index < 0 ? index + 7 : index) + 1;
}

Date Date::plus_months(int n) const {
  const Month month = Month::of(*this).plus(n);
  const int last = days_in_month(month.year(), month.month());
  return *from_ymd(month.year(), month.month(), std::min(day(), last));
}

std::string Date::to_string() const {
  Civil civil = civil_from_days(days_);
  return padded(civil.year, 4) + "-" + padded(civil.month, 2) + "-" + padded(civil.day, 2);
}

std::optional<Month> Month::parse(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  auto year = number(text.substr(0, 4), 4);
  auto month = number(text.substr(5, 2), 2);
  if (!year || !month || *year < 1 || *month < 1 || *month > 12) return std::nullopt;
  return of(*year, *month);
}

Date Month::first_day() const { return Date::from_days(days_from_civil(year(), month(), 1)); }
Date Month::last_day() const {
  return Date::from_days(days_from_civil(year(), month(), days_in_month(year(), month())));
}
std::string Month::to_string() const { return padded(year(), 4) + "-" + padded(month(), 2); }

Date PartialDate::last() const {
  Month month = Month::of(first);
  switch (precision) {
    case DatePrecision::day:
      return first;
    case DatePrecision::ten_days:
      return first.day() == 21 ? month.last_day() : first.plus_days(9);
    case DatePrecision::month:
      return month.last_day();
    case DatePrecision::quarter:
      return month.plus(2).last_day();
    case DatePrecision::year:
      return Month::of(first.year(), 12).last_day();
  }
  return first;
}

std::optional<PartialDate> PartialDate::parse(std::string_view text) {
  if (auto date = Date::parse(text)) return PartialDate{*date, DatePrecision::day};
  if (text.size() == 10 && text.substr(7, 2) == "-D" && text[9] >= '1' && text[9] <= '3') {
    auto month = Month::parse(text.substr(0, 7));
    if (!month) return std::nullopt;
    return PartialDate{month->first_day().plus_days((text[9] - '1') * 10), DatePrecision::ten_days};
  }
  if (auto month = Month::parse(text)) {
    return PartialDate{month->first_day(), DatePrecision::month};
  }
  auto year = number(text.substr(0, std::min<size_t>(4, text.size())), 4);
  if (!year || *year < 1) return std::nullopt;
  if (text.size() == 4) return PartialDate{Month::of(*year, 1).first_day(), DatePrecision::year};
  if (text.size() == 7 && text.substr(4, 2) == "-Q" && text[6] >= '1' && text[6] <= '4') {
    int month = (text[6] - '1') * 3 + 1;
    return PartialDate{Month::of(*year, month).first_day(), DatePrecision::quarter};
  }
  return std::nullopt;
}

std::string PartialDate::to_string() const {
  Month month = Month::of(first);
  switch (precision) {
    case DatePrecision::day:
      return first.to_string();
    case DatePrecision::ten_days:
      return month.to_string() + "-D" + std::to_string((first.day() - 1) / 10 + 1);
    case DatePrecision::month:
      return month.to_string();
    case DatePrecision::quarter:
      return padded(first.year(), 4) + "-Q" + std::to_string((first.month() - 1) / 3 + 1);
    case DatePrecision::year:
      return padded(first.year(), 4);
  }
  return {};
}

}  // namespace wutong
