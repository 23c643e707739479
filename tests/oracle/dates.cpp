#include "tests/oracle/dates.hpp"

#include <algorithm>

namespace wutong::oracle {

namespace {

int digits(const std::string& text, size_t from, size_t count) {
  int out = 0;
  for (char c : text.substr(from, count)) out = out * 10 + (c - '0');
  return out;
}

std::string padded(int number, size_t width) {
  std::string out = std::to_string(number);
  return std::string(width > out.size() ? width - out.size() : 0, '0') + out;
}

std::string month_text(int year, int month) { return padded(year, 4) + "-" + padded(month, 2); }

std::string cumulative(int year, int month) {
  return month_text(year, 1) + ".." + padded(month, 2);
}

std::string day_before(const std::string& day) {
  int year = digits(day, 0, 4), month = digits(day, 5, 2), number = digits(day, 8, 2);
  if (number > 1) return day_text(year, month, number - 1);
  return month == 1 ? month_end(year - 1, 12) : month_end(year, month - 1);
}

std::string day_a_year_earlier(const std::string& day) {
  int year = digits(day, 0, 4) - 1, month = digits(day, 5, 2);
  return day_text(year, month, std::min(digits(day, 8, 2), last_day_of(year, month)));
}

}  // namespace

std::string day_text(int year, int month, int day) {
  return month_text(year, month) + "-" + padded(day, 2);
}

int last_day_of(int year, int month) {
  if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::string month_end(int year, int month) {
  return day_text(year, month, last_day_of(year, month));
}

Span span_of(const std::string& period) {
  Span out;
  if (period[0] == '@') {
    out = {"as_of", period.substr(1), period.substr(1), 0};
  } else if (period.ends_with("..")) {
    std::string from = period.substr(0, period.size() - 2);
    if (from.size() == 4) from += "-01";
    if (from.size() == 7) from += "-01";
    out = {"since", from, "9999-12-31", 0};
  } else {
    const int year = digits(period, 0, 4);
    if (period.size() == 4) {
      out = {"year", day_text(year, 1, 1), month_end(year, 12), 0};
    } else if (period[5] == 'Q' || period[5] == 'H') {
      const int width = period[5] == 'Q' ? 3 : 6;
      const int last = digits(period, 6, 1) * width;
      out = {width == 3 ? "quarter" : "half", day_text(year, last - width + 1, 1),
             month_end(year, last), 0};
    } else if (period.size() == 11) {
      out = {"cumulative", day_text(year, 1, 1), month_end(year, digits(period, 9, 2)), 0};
    } else if (period.size() == 10) {
      out = {"day", period, period, 0};
    } else {
      const int month = digits(period, 5, 2);
      out = {"month", day_text(year, month, 1), month_end(year, month), 0};
    }
  }
  out.year = digits(out.last, 0, 4);
  return out;
}

std::string year_earlier(const std::string& period) {
  const Span span = span_of(period);
  if (span.kind == "as_of") return "@" + day_a_year_earlier(span.last);
  if (span.kind == "day") return day_a_year_earlier(span.last);
  return padded(span.year - 1, 4) + period.substr(4);
}

std::optional<std::string> previous(const std::string& period, bool is_joint) {
  const Span span = span_of(period);
  const int year = span.year, month = digits(span.last, 5, 2);
  if (span.kind == "day") return day_before(period);
  if (span.kind == "month") {
    if (is_joint && month <= 2) return std::nullopt;
    if (is_joint && month == 3) return cumulative(year, 2);
    return month == 1 ? month_text(year - 1, 12) : month_text(year, month - 1);
  }
  if (span.kind == "quarter") {
    return month == 3 ? padded(year - 1, 4) + "-Q4"
                      : padded(year, 4) + "-Q" + std::to_string(month / 3 - 1);
  }
  if (span.kind == "half") {
    return month == 6 ? padded(year - 1, 4) + "-H2" : padded(year, 4) + "-H1";
  }
  if (span.kind == "year") return padded(year - 1, 4);
  if (span.kind == "cumulative") {
    if (month == (is_joint ? 2 : 1)) return padded(year - 1, 4);
    if (month == 1) return std::nullopt;
    return cumulative(year, month - 1);
  }
  if (span.kind == "as_of") return "@" + day_before(day_text(year, month, 1));
  return std::nullopt;
}

bool is_reportable(const std::string& period, bool is_joint) {
  if (!is_joint) return true;
  const Span span = span_of(period);
  const int month = digits(span.last, 5, 2);
  if (span.kind == "month") return month > 2;
  return span.kind != "cumulative" || month > 1;
}

}  // namespace wutong::oracle
