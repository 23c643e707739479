#include "domain/page/impl/time.hpp"

#include <algorithm>

#include "domain/page/impl/lexicon.hpp"
#include "domain/page/impl/numeral.hpp"

namespace wutong::page {

namespace {

constexpr int kNoYear = 1970;  // stands in for a year that is not known; no period is given then

constexpr std::u32string_view kHolidays[] = {
    U"国庆假期",     U"国庆节假期", U"国庆黄金周", U"国庆长假",   U"国庆节",       U"中秋国庆假期",
    U"国庆中秋假期", U"春节假期",   U"春节黄金周", U"春节",       U"元旦假期",     U"元旦假日",
    U"清明假期",     U"清明节假期", U"清明小长假", U"端午假期",   U"端午节假期",   U"中秋假期",
    U"中秋节假期",   U"五一假期",   U"“五一”假期", U"五一小长假", U"“五一”小长假", U"暑期",
    U"寒假",         U"暑假",       U"“十一”假期", U"十一黄金周", U"“十一”黄金周"};

class TimeFinder {
 public:
  TimeFinder(const std::u32string& text, Span sentence, const TimeContext& context)
      : text_(text), sentence_(sentence), context_(context), named_(context.named) {}

  std::vector<TimeWord> run() {
    for (at_ = sentence_.from; at_ < sentence_.to;) {
      if (size_t past = past_title(); past > at_) {
        at_ = past;
        continue;
      }
      size_t begin = at_;
      TimeWord word;
      is_known_ = true;
      if (begins_time(text_[at_]) && read(word)) {
        word.from = begin;
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
  std::u32string_view before(size_t at) const {
    size_t from = at > sentence_.from + 8 ? at - 8 : sentence_.from;
    return std::u32string_view(text_).substr(from, at - from);
  }
  bool accept(std::u32string_view word) {
    if (!rest().starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  bool accept_any(std::span<const std::u32string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](auto word) { return accept(word); });
  }

  // What stands in 《…》 is a title.
  size_t past_title() const {
    if (text_[at_] != U'《') return at_;
    size_t close = rest().substr(0, 80).find(U'》');
    return close == std::u32string_view::npos ? at_ : at_ + close + 1;
  }

  static bool begins_time(char32_t c) {
    constexpr std::u32string_view kFirst =
        U"零〇一二三四五六七八九十近较相比与同截目当今本去上前明首下全年第国春元清端中五“暑寒昨过"
        U"多";
    return is_digit(c) || kFirst.find(c) != std::u32string_view::npos;
  }

  // Digits of a number of at most `length`, or a Chinese numeral.
  std::optional<int> number(size_t length) {
    if (at_ > sentence_.from && (is_digit(text_[at_ - 1]) || text_[at_ - 1] == U'.')) {
      return std::nullopt;
    }
    size_t end = std::min(sentence_.to, at_ + 8);
    auto numeral = read_numeral(std::u32string_view(text_).substr(0, end), at_);
    if (!numeral || numeral->spread != Spread::none || !numeral->value.is_integer() ||
        numeral->length > length || numeral->value > Decimal(9999)) {
      return std::nullopt;
    }
    at_ += numeral->length;
    return static_cast<int>(numeral->value.mantissa());
  }

  bool read(TimeWord& word) {
    if (vague()) return has_no_period(word);
    if (accept(U"较之") || accept(U"相较") || accept(U"较") || accept(U"比") || accept(U"与") ||
        accept(U"同")) {
      accept(U"于");
      return baseline(word);
    }
    constexpr std::u32string_view kNow[] = {U"截至目前", U"目前", U"当前", U"截止目前"};
    if (accept_any(kNow) || accept_any(kHolidays)) return has_no_period(word);
    return read_plain(word);
  }

  static bool has_no_period(TimeWord& word) {
    word.has_scope_only = true;
    return true;
  }

  // A period or day said outright.
  bool read_plain(TimeWord& word) {
    if (relative_month(word)) return true;
    if (years_span(word)) return true;
    if (std::optional<int> year = read_year()) {
      word.has_year = !is_relative_;
      if (!is_relative_) named_ = year;
      return in_year(word, *year);
    }
    is_known_ = context_.year.has_value();
    return part_of_year(word, context_.year.value_or(kNoYear));
  }

  // 近年来, 近三年, 过去五年: recent, no number to check.
  bool vague() {
    size_t begin = at_;
    if (accept(U"近年来") || accept(U"近日") || accept(U"近期") || accept(U"近几年") ||
        accept(U"多年来")) {
      return true;
    }
    if (accept(U"近") || accept(U"过去")) {
      auto count = number(2);
      bool is_span = count && (accept(U"年来") || accept(U"年") || accept(U"个月"));
      bool is_amount = rest().starts_with(U"的") || rest().starts_with(U"时间");
      if (is_span && !is_amount) return true;
    }
    at_ = begin;
    return false;
  }

  bool relative_month(TimeWord& word) {
    size_t begin = at_;
    bool is_before = accept(U"上月") || accept(U"上个月");
    if (!is_before && !accept(U"本月") && !accept(U"昨日") && !accept(U"昨天")) return false;
    bool is_day = text_[begin] == U'昨';
    word.is_date = is_day;
    if (!context_.day) return has_no_period(word);
    Month month = Month::of(*context_.day);
    if (is_day) return set(word, Period::of_day(context_.day->plus_days(-1)));
    return set(word, Period::of_month(is_before ? month.plus(-1) : month));
  }

  // 2021—2023年, 2019年至2023年: several years are no period of a figure.
  bool years_span(TimeWord& word) {
    size_t begin = at_;
    auto first = number(4);
    bool is_span = first && *first >= 1949 && *first <= 2100;
    if (is_span) accept(U"年");
    is_span =
        is_span && (accept(U"—") || accept(U"-") || accept(U"~") || accept(U"至") || accept(U"到"));
    accept(U"—");
    auto last = is_span ? number(4) : std::nullopt;
    if (last && *last > *first && *last <= 2100 && accept(U"年")) return has_no_period(word);
    at_ = begin;
    return false;
  }

  std::optional<int> read_year() {
    size_t begin = at_;
    is_relative_ = true;
    is_known_ = context_.year.has_value();
    int year = context_.year.value_or(kNoYear);
    if (accept(U"今年") || accept(U"本年度") || accept(U"本年")) return year;
    if (accept(U"去年") || accept(U"上年")) return year - 1;
    if (accept(U"明年")) return year + 1;
    is_relative_ = false;
    is_known_ = true;
    auto named = number(4);
    bool is_year = named && *named >= 1949 && *named <= 2100 && accept(U"年");
    if (!is_year) at_ = begin;
    return is_year ? named : std::nullopt;
  }

  // After a year: a part of it, or the year itself.
  bool in_year(TimeWord& word, int year) {
    accept(U"度");
    if (accept(U"同期") || accept(U"同月")) {
      word.is_baseline = true;
      return set(word, Period::of_year(year));
    }
    size_t begin = at_;
    accept(U",");
    if (accept_any(kHolidays)) return has_no_period(word);
    at_ = begin;
    if (part_of_year(word, year)) return true;
    word.period = Period::of_year(year);
    if (accept(U"以来")) {
      word.period = Period::since(word.period->first_day());
      word.has_scope_only = is_relative_;
    } else if (is_relative_) {
      word.has_scope_only = true;
      word.is_past_year = is_known_ && context_.year && year < *context_.year;
    }
    return true;
  }

  bool part_of_year(TimeWord& word, int year) {
    if (quarter(word, year) || months_from_first(word, year)) return true;
    if (accept(U"上半年")) return set(word, Period::of_half(year, 1));
    if (accept(U"下半年")) return set(word, Period::of_half(year, 2));
    if (whole_year(word, year)) return true;
    size_t begin = at_;
    auto month = number(2);
    if (month && *month >= 1 && *month <= 12) {
      if (month_range(word, year, *month)) return true;
      if (accept(U"月")) return in_month(word, year, *month);
    }
    at_ = begin;
    return false;
  }

  // 全年, 年末 without their year are of the year that was named last.
  bool whole_year(TimeWord& word, int year) {
    bool is_after_year = at_ > sentence_.from && text_[at_ - 1] == U'年';
    if (!is_after_year && named_) year = *named_;
    bool is_known = is_known_ || (!is_after_year && named_.has_value());
    if (accept(U"全年")) {
      is_known_ = is_known;
      return set(word, Period::of_year(year));
    }
    bool is_end =
        accept(U"年末") || accept(U"年底") || (is_after_year && (accept(U"末") || accept(U"底")));
    if (!is_end) return false;
    is_known_ = is_known;
    return set(word, Period::as_of(*Date::from_ymd(year, 12, 31)));
  }

  bool quarter(TimeWord& word, int year) {
    size_t begin = at_;
    bool is_first_n = accept(U"前") || accept(U"首");
    if (!is_first_n) accept(U"第");
    if (is_first_n && accept(U"季")) return set(word, Period::cumulative(year, 3));
    auto quarter = number(1);
    bool is_whole = quarter && *quarter == 1 && (accept(U"至") || accept(U"—"));
    if (is_whole) quarter = number(1);
    bool is_quarter = quarter && *quarter >= 1 && *quarter <= 4 &&
                      (accept(U"个季度") || accept(U"季度") || (is_first_n && accept(U"季")));
    if (!is_quarter) {
      at_ = begin;
      return false;
    }
    return set(word, is_first_n || is_whole ? Period::cumulative(year, *quarter * 3)
                                            : Period::of_quarter(year, *quarter));
  }

  // 前8个月, 首十个月
  bool months_from_first(TimeWord& word, int year) {
    size_t begin = at_;
    auto count = accept(U"前") || accept(U"首") ? number(2) : std::nullopt;
    bool is_first_n = count && *count > 1 && *count <= 12 &&
                      (accept(U"个月") || accept(U"月份") || accept(U"月"));
    if (is_first_n) return set(word, Period::cumulative(year, *count));
    at_ = begin;
    return false;
  }

  bool month_range(TimeWord& word, int year, int first) {
    size_t begin = at_;
    accept(U"月份");
    accept(U"月");
    bool is_range = accept(U"—") || accept(U"-") || accept(U"~") || accept(U"至") || accept(U"到");
    accept(U"—");
    auto last = is_range ? number(2) : std::nullopt;
    bool is_whole = last && *last > first && *last <= 12 && (accept(U"月份") || accept(U"月"));
    bool is_day = is_whole && !rest().empty() && is_digit(rest().front());
    if (!is_whole || is_day) {
      at_ = begin;
      return false;
    }
    if (first == 1) return set(word, Period::cumulative(year, *last));
    word.last = Month::of(year, *last).last_day();
    return set(word, Period::of_month(Month::of(year, first)));
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
    if (day && (accept(U"日") || accept(U"号") || day_range_follows())) {
      auto date = Date::from_ymd(year, month, *day);
      word.is_date = true;
      if (date) word.last = end_of_days(*date);
      return date && set(word, Period::of_day(*date));
    }
    at_ = begin;
    accept(U"份");
    accept(U"当月");
    return set(word, Period::of_month(index));
  }

  bool day_range_follows() const {
    return rest().starts_with(U"—") || rest().starts_with(U"-") || rest().starts_with(U"至");
  }

  // 至7日, —10月6日 after a day.
  std::optional<Date> end_of_days(Date first) {
    size_t begin = at_;
    bool is_range = accept(U"至") || accept(U"—") || accept(U"-") || accept(U"到");
    auto a = is_range ? number(2) : std::nullopt;
    int month = first.month();
    if (a && *a >= 1 && *a <= 12 && accept(U"月")) {
      month = *a;
      a = number(2);
    }
    auto last = a && (accept(U"日") || accept(U"号")) ? Date::from_ymd(first.year(), month, *a)
                                                      : std::nullopt;
    if (last && *last > first) return last;
    at_ = begin;
    return std::nullopt;
  }

  bool baseline(TimeWord& word) {
    word.is_baseline = true;
    constexpr std::u32string_view kEarlier[] = {
        U"去年同期", U"上年同期", U"上年同月", U"去年同月", U"上个月", U"上季度", U"上年末",
        U"上年",     U"去年",     U"年初",     U"同期",     U"平日",   U"上月",   U"前三年"};
    if (accept_any(kEarlier)) {
      accept(U"末");
      accept(U"底");
      return true;
    }
    bool is_read = read_plain(word);
    word.has_year = false;
    return is_read;
  }

  static bool set(TimeWord& word, std::optional<Period> period) {
    word.period = period;
    return period.has_value();
  }

  // 截至 before and 以来, 同期 after change what the words mean.
  void finish(TimeWord& word) {
    std::u32string_view left = before(word.from);
    bool is_until = left.ends_with(U"截至") || left.ends_with(U"截止") || left.ends_with(U"截至到");
    if (is_until && word.period && !word.has_scope_only) {
      word.period = Period::as_of(word.period->last_day());
      word.is_date = false;
    }
    bool is_since = accept(U"以来") || (word.period && !word.is_date && accept(U"起"));
    if (is_since && word.period) {
      word.period = Period::since(word.period->first_day());
      word.is_date = false;
    }
    if (accept(U"同期") || accept(U"同月")) word.is_baseline = true;
    constexpr std::u32string_view kFrom[] = {U"由", U"从", U"恢复至", U"恢复到", U"相当于"};
    word.is_origin = ends_with_any(left, kFrom) && !word.is_baseline && !is_since;
    bool is_up_to = left.ends_with(U"到") && !left.ends_with(U"达到") && !is_until;
    bool is_later = word.period && context_.year && word.period->year() > *context_.year;
    word.is_future = is_up_to && (is_later || !context_.year);
    if (!is_known_) {
      word.period.reset();
      word.last.reset();
      word.has_scope_only = true;
    }
    word.to = at_;
  }

  const std::u32string& text_;
  Span sentence_;
  const TimeContext& context_;
  std::optional<int> named_;
  size_t at_ = 0;
  bool is_relative_ = false;
  bool is_known_ = true;  // the year of the word that is being read
  std::vector<TimeWord> found_;
};

}  // namespace

std::vector<TimeWord> find_times(const std::u32string& text, Span sentence,
                                 const TimeContext& context) {
  return TimeFinder(text, sentence, context).run();
}

}  // namespace wutong::page
