#include "base/period.hpp"

#include <algorithm>

namespace wutong {

namespace {

Date end_of_time() { return Month::of(9999, 12).last_day(); }

// The same day n years earlier; 29 February becomes the 28th.
Date earlier(Date day, int years) {
  int year = day.year() - years;
  return *Date::from_ymd(year, day.month(), std::min(day.day(), days_in_month(year, day.month())));
}

std::optional<int> digit(std::string_view text, char low, char high) {
  if (text.size() != 1 || text[0] < low || text[0] > high) return std::nullopt;
  return text[0] - '0';
}

std::string two(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

constexpr const char* kQuarterZh[] = {"一", "二", "三", "四"};
constexpr const char* kMonthEn[] = {"January",   "February", "March",    "April",
                                    "May",       "June",     "July",     "August",
                                    "September", "October",  "November", "December"};

std::string date_zh(Date day) {
  return std::to_string(day.year()) + "年" + std::to_string(day.month()) + "月" +
         std::to_string(day.day()) + "日";
}

}  // namespace

Period Period::of_day(Date day) {
  Period p;
  p.kind_ = PeriodKind::day;
  p.first_ = p.last_ = day;
  return p;
}

Period Period::of_month(Month month) {
  Period p;
  p.kind_ = PeriodKind::month;
  p.first_ = month.first_day();
  p.last_ = month.last_day();
  return p;
}

std::optional<Period> Period::of_quarter(int year, int quarter) {
  if (quarter < 1 || quarter > 4) return std::nullopt;
  Period p;
  p.kind_ = PeriodKind::quarter;
  p.first_ = Month::of(year, quarter * 3 - 2).first_day();
  p.last_ = Month::of(year, quarter * 3).last_day();
  return p;
}

std::optional<Period> Period::of_half(int year, int half) {
  if (half < 1 || half > 2) return std::nullopt;
  Period p;
  p.kind_ = PeriodKind::half;
  p.first_ = Month::of(year, half * 6 - 5).first_day();
  p.last_ = Month::of(year, half * 6).last_day();
  return p;
}

Period Period::of_year(int year) {
  Period p;
  p.kind_ = PeriodKind::year;
  p.first_ = Month::of(year, 1).first_day();
  p.last_ = Month::of(year, 12).last_day();
  return p;
}

std::optional<Period> Period::cumulative(int year, int last_month) {
  if (last_month < 1 || last_month > 12) return std::nullopt;
  Period p;
  p.kind_ = PeriodKind::cumulative;
  p.first_ = Month::of(year, 1).first_day();
  p.last_ = Month::of(year, last_month).last_day();
  return p;
}

Period Period::as_of(Date day) {
  Period p;
  p.kind_ = PeriodKind::as_of;
  p.first_ = p.last_ = day;
  return p;
}

Period Period::since(Date first) {
  Period p;
  p.kind_ = PeriodKind::since;
  p.first_ = first;
  p.last_ = end_of_time();
  return p;
}

std::optional<Period> Period::parse(std::string_view text) {
  if (text.starts_with('@')) {
    auto day = Date::parse(text.substr(1));
    return day ? std::optional(as_of(*day)) : std::nullopt;
  }
  if (text.ends_with("..")) {
    auto first = PartialDate::parse(text.substr(0, text.size() - 2));
    return first ? std::optional(since(first->first)) : std::nullopt;
  }
  if (text.size() == 11 && text.substr(7, 2) == "..") {
    auto first = Month::parse(text.substr(0, 7));
    auto last = Month::parse(std::string(text.substr(0, 5)) + std::string(text.substr(9, 2)));
    if (!first || !last || first->month() != 1) return std::nullopt;
    return cumulative(last->year(), last->month());
  }
  if (text.size() == 7 && (text[5] == 'Q' || text[5] == 'H') && text[4] == '-') {
    auto year = PartialDate::parse(text.substr(0, 4));
    auto part = digit(text.substr(6), '1', text[5] == 'Q' ? '4' : '2');
    if (!year || !part) return std::nullopt;
    return text[5] == 'Q' ? of_quarter(year->first.year(), *part)
                          : of_half(year->first.year(), *part);
  }
  if (auto month = Month::parse(text)) return of_month(*month);
  if (auto day = Date::parse(text)) return of_day(*day);
  auto year = PartialDate::parse(text);
  if (!year || year->precision != DatePrecision::year) return std::nullopt;
  return of_year(year->first.year());
}

std::string Period::to_string() const {
  std::string year_text = std::string(4, '0') + std::to_string(year());
  year_text = year_text.substr(year_text.size() - 4);
  switch (kind_) {
    case PeriodKind::day:
      return first_.to_string();
    case PeriodKind::month:
      return first_month().to_string();
    case PeriodKind::quarter:
      return year_text + "-Q" + std::to_string(last_.month() / 3);
    case PeriodKind::half:
      return year_text + "-H" + std::to_string(last_.month() / 6);
    case PeriodKind::year:
      return year_text;
    case PeriodKind::cumulative:
      return first_month().to_string() + ".." + two(last_.month());
    case PeriodKind::as_of:
      return "@" + last_.to_string();
    case PeriodKind::since:
      break;
  }
  bool is_new_year = first_.month() == 1 && first_.day() == 1;
  std::string first = first_.to_string();
  return (is_new_year ? first.substr(0, 4) : first) + "..";
}

std::string Period::zh() const {
  std::string year_text = std::to_string(year()) + "年";
  switch (kind_) {
    case PeriodKind::day:
      return date_zh(first_);
    case PeriodKind::month:
      return year_text + std::to_string(last_.month()) + "月";
    case PeriodKind::quarter:
      return year_text + "第" + kQuarterZh[last_.month() / 3 - 1] + "季度";
    case PeriodKind::half:
      return year_text + (last_.month() == 6 ? "上半年" : "下半年");
    case PeriodKind::year:
      return year_text;
    case PeriodKind::cumulative:
      return year_text + "1—" + std::to_string(last_.month()) + "月";
    case PeriodKind::as_of:
      return "截至" + date_zh(last_);
    case PeriodKind::since:
      break;
  }
  bool is_new_year = first_.month() == 1 && first_.day() == 1;
  return (is_new_year ? std::to_string(first_.year()) + "年" : date_zh(first_)) + "以来";
}

std::string Period::en() const {
  std::string year_text = std::to_string(year());
  switch (kind_) {
    case PeriodKind::day:
      return first_.to_string();
    case PeriodKind::month:
      return std::string(kMonthEn[last_.month() - 1]) + " " + year_text;
    case PeriodKind::quarter:
      return "Q" + std::to_string(last_.month() / 3) + " " + year_text;
    case PeriodKind::half:
      return (last_.month() == 6 ? "first half of " : "second half of ") + year_text;
    case PeriodKind::year:
      return year_text;
    case PeriodKind::cumulative:
      return "January to " + std::string(kMonthEn[last_.month() - 1]) + " " + year_text;
    case PeriodKind::as_of:
      return "as of " + last_.to_string();
    case PeriodKind::since:
      break;
  }
  return "since " + first_.to_string();
}

std::optional<Period> Period::years_earlier(int n) const {
  if (kind_ == PeriodKind::since || year() - n < 1) return std::nullopt;
  int then = year() - n;
  switch (kind_) {
    case PeriodKind::day:
      return of_day(earlier(first_, n));
    case PeriodKind::month:
      return of_month(last_month().plus(-12 * n));
    case PeriodKind::quarter:
      return of_quarter(then, last_.month() / 3);
    case PeriodKind::half:
      return of_half(then, last_.month() / 6);
    case PeriodKind::year:
      return of_year(then);
    case PeriodKind::cumulative:
      return cumulative(then, last_.month());
    case PeriodKind::as_of:
      return as_of(earlier(last_, n));
    case PeriodKind::since:
      break;
  }
  return std::nullopt;
}

std::optional<Period> Period::previous(JanuaryFebruary rule) const {
  if (year() <= 1) return std::nullopt;
  int month = last_.month();
  bool is_joint = rule == JanuaryFebruary::joint;
  switch (kind_) {
    case PeriodKind::day:
      return of_day(first_.plus_days(-1));
    case PeriodKind::month:
      if (is_joint && month <= 2) return std::nullopt;
      if (is_joint && month == 3) return cumulative(year(), 2);
      return of_month(last_month().plus(-1));
    case PeriodKind::quarter:
      return month == 3 ? of_quarter(year() - 1, 4) : of_quarter(year(), month / 3 - 1);
    case PeriodKind::half:
      return month == 6 ? of_half(year() - 1, 2) : of_half(year(), 1);
    case PeriodKind::year:
      return of_year(year() - 1);
    case PeriodKind::cumulative:
      if (month == (is_joint ? 2 : 1)) return of_year(year() - 1);
      if (month == 1) return std::nullopt;
      return cumulative(year(), month - 1);
    case PeriodKind::as_of:
      return as_of(last_month().first_day().plus_days(-1));
    case PeriodKind::since:
      break;
  }
  return std::nullopt;
}

bool Period::is_reportable(JanuaryFebruary rule) const {
  if (rule == JanuaryFebruary::separate) return true;
  if (kind_ == PeriodKind::month) return last_.month() > 2;
  if (kind_ == PeriodKind::cumulative) return last_.month() > 1;
  return true;
}

}  // namespace wutong
