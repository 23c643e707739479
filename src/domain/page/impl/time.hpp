// Dates and periods in a sentence. Private to the folder; pure.
#pragma once

#include <vector>

#include "domain/page/impl/document.hpp"

namespace wutong::page {

struct TimeWord {
  size_t from = 0;  // in the paragraph
  size_t to = 0;
  std::optional<Period>
      period;                // absent: vague (近年来), a holiday, or of a year that is not known
  std::optional<Date> last;  // of a span of days: 9月29日至10月6日
  bool is_date = false;      // a day (or ten days) of an event
  bool is_about = false;     // 中旬
  bool is_baseline = false;  // 较上月, 2019年同期: compared with, no claim of its own
  bool is_origin = false;    // 由2020年的…: of the next number only
  bool has_scope_only = false;  // 今年以来, 目前: scopes what follows, no claim of its own
  bool has_year = false;        // the year itself is printed: 2023年
  bool is_past_year = false;    // 去年: scopes only, but with its period
  bool is_future = false;       // 到2026年, after the text's own year
};

struct TimeContext {
  std::optional<int> year;  // what 今年 and dates without a year speak of
  std::optional<int> named;  // the year that the paragraph named last: what 全年 and 年末 speak of
  std::optional<Date> day;  // of the text: what 上月 and 昨日 speak of
};

// In order, not overlapping.
std::vector<TimeWord> find_times(const std::u32string& text, Span sentence,
                                 const TimeContext& context);

}  // namespace wutong::page
