#include "domain/page/impl/time.hpp"

#include <algorithm>

#include "domain/page/impl/lexicon.hpp"
#include "domain/page/impl/numeral.hpp"

namespace wutong::page {

namespace {

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

class TimeFinder {
 public:
  TimeFinder(const std::u32string& text, Span sentence, std::optional<int> year)
      : text_(text), sentence_(sentence), year_(year) {}

  std::vector<TimeWord> run() {
    for (at_ = sentence_.from; at_ < sentence_.to;) {
      size_t begin = at_;
      TimeWord word;
      if (read(word)) {
        word.from = begin;
        word.to = at_;
        finish(word);
        found_.push_back(word);
      } else {
        at_ = begin + 1;
      }
    }
    return std::move(found_);
  }

 private:
  std::u32string_view rest() const {
    return std::u32string_view(text_).substr(at_, sentence_.to - at_);
  }
  bool accept(std::u32string_view word) {
    if (!rest().starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  // Digits of a number of at most `length`, or a Chinese numeral.
  std::optional<int> number(size_t length) {
    if (at_ > sentence_.from && is_digit(text_[at_ - 1])) return std::nullopt;
    auto numeral = read_numeral(rest().substr(0, 8), 0);
    if (!numeral || numeral->length > length || !numeral->value.is_integer()) return std::nullopt;
    if (numeral->value > Decimal(9999)) return std::nullopt;
    at_ += numeral->length;
    return static_cast<int>(numeral->value.mantissa());
  }

  bool read(TimeWord& word) {
    if (accept(U"近年来") || accept(U"近三年") || accept(U"近日") || accept(U"日前")) {
      return false;
    }
    if (accept(U"较") || accept(U"比")) return baseline(word);
    if (accept(U"目前") || accept(U"截至目前")) {
      word.has_scope_only = true;
      word.period = Period::since(*Date::from_ymd(9999, 1, 1));  // no day is given
      return true;
    }
    std::optional<int> year = read_year(word);
    if (year) {
      word.has_year = !is_relative_;
      return in_year(word, *year);
    }
    if (!year_) return false;
    return part_of_year(word, *year_);
  }

  std::optional<int> read_year(TimeWord&) {
    size_t begin = at_;
    is_relative_ = true;
    if (year_ && (accept(U"今年") || accept(U"本年"))) return *year_;
    if (year_ && (accept(U"去年") || accept(U"上年"))) return *year_ - 1;
    is_relative_ = false;
    auto year = number(4);
    bool is_year = year && *year >= 1949 && *year <= 2100 && accept(U"年");
    if (!is_year) at_ = begin;
    return is_year ? year : std::nullopt;
  }

  // After a year: a part of it, or the year itself.
  bool in_year(TimeWord& word, int year) {
    accept(U"度");
    if (part_of_year(word, year)) return true;
    word.period = Period::of_year(year);
    if (accept(U"以来")) {
      word.period = Period::since(word.period.first_day());
      word.has_scope_only = is_relative_;
    } else if (is_relative_) {
      word.has_scope_only = true;
    }
    return true;
  }

  bool part_of_year(TimeWord& word, int year) {
    if (quarter(word, year)) return true;
    if (accept(U"上半年")) return set(word, Period::of_half(year, 1));
    if (accept(U"下半年")) return set(word, Period::of_half(year, 2));
    if (accept(U"全年")) return set(word, Period::of_year(year));
    size_t begin = at_;
    auto month = number(2);
    if (month && *month >= 1 && *month <= 12) {
      if (month_range(word, year, *month)) return true;
      if (accept(U"月")) return in_month(word, year, *month);
    }
    at_ = begin;
    return false;
  }

  bool quarter(TimeWord& word, int year) {
    size_t begin = at_;
    bool is_first_n = accept(U"前");
    if (!is_first_n) accept(U"第");
    auto quarter = number(1);
    bool is_quarter =
        quarter && *quarter >= 1 && *quarter <= 4 && (accept(U"个季度") || accept(U"季度"));
    if (!is_quarter) {
      at_ = begin;
      return false;
    }
    return set(word, is_first_n ? Period::cumulative(year, *quarter * 3)
                                : Period::of_quarter(year, *quarter));
  }

  bool month_range(TimeWord& word, int year, int first) {
    size_t begin = at_;
    accept(U"月");
    bool is_range = accept(U"—") || accept(U"-") || accept(U"~") || accept(U"至");
    accept(U"—");
    auto last = is_range ? number(2) : std::nullopt;
    bool is_whole =
        last && first == 1 && *last > 1 && *last <= 12 && (accept(U"月份") || accept(U"月"));
    if (!is_whole) {
      at_ = begin;
      return false;
    }
    return set(word, Period::cumulative(year, *last));
  }

  bool in_month(TimeWord& word, int year, int month) {
    Month index = Month::of(year, month);
    if (accept(U"底") || accept(U"末")) return set(word, Period::as_of(index.last_day()));
    constexpr std::u32string_view kTenDays[] = {U"上旬", U"中旬", U"下旬"};
    for (int i = 0; i < 3; ++i) {
      if (!accept(kTenDays[i])) continue;
      PartialDate days{index.first_day().plus_days(i * 10), DatePrecision::ten_days};
      word.is_date = word.is_about = true;
      return set(word, Period::of_day(days.first));
    }
    size_t begin = at_;
    auto day = number(2);
    if (day && (accept(U"日") || accept(U"号"))) {
      auto date = Date::from_ymd(year, month, *day);
      word.is_date = true;
      return date && set(word, Period::of_day(*date));
    }
    at_ = begin;
    accept(U"份");
    return set(word, Period::of_month(index));
  }

  bool baseline(TimeWord& word) {
    word.is_baseline = true;
    word.period = Period::of_month({});
    return accept(U"上月") || accept(U"上个月") || accept(U"上半年") || accept(U"一季度") ||
           accept(U"上季度") || accept(U"二季度") || accept(U"上年") || accept(U"去年");
  }

  static bool set(TimeWord& word, std::optional<Period> period) {
    if (period) word.period = *period;
    return period.has_value();
  }

  // 截至 before and 以来 after change what the words mean.
  void finish(TimeWord& word) {
    std::u32string_view before = std::u32string_view(text_).substr(0, word.from);
    bool is_until = before.ends_with(U"截至") || before.ends_with(U"截止");
    if (is_until && !word.has_scope_only) {
      word.period = Period::as_of(word.period.last_day());
      word.is_date = false;
    }
    if (accept(U"以来")) {
      word.period = Period::since(word.period.first_day());
      word.is_date = false;
    }
    word.to = at_;
  }

  const std::u32string& text_;
  Span sentence_;
  std::optional<int> year_;
  size_t at_ = 0;
  bool is_relative_ = false;
  std::vector<TimeWord> found_;
};

}  // namespace

std::vector<TimeWord> find_times(const std::u32string& text, Span sentence,
                                 std::optional<int> year) {
  return TimeFinder(text, sentence, year).run();
}

}  // namespace wutong::page
