// Dates and periods in a sentence. Private to the folder; pure.
#pragma once

#include <vector>

#include "domain/page/impl/document.hpp"

namespace wutong::page {

struct TimeWord {
  size_t from = 0;  // in the paragraph
  size_t to = 0;
  Period period;
  bool is_date = false;         // a day (or ten days) of an event
  bool is_about = false;        // 中旬
  bool is_baseline = false;     // 较上月, 较上半年: compared with, no claim of its own
  bool has_scope_only = false;  // 今年以来, 目前: scopes what follows, no claim of its own
  bool has_year = false;        // the year itself is printed: 2023年
};

// In order, not overlapping. `year`: the one that 今年 and dates without a year speak of.
std::vector<TimeWord> find_times(const std::u32string& text, Span sentence,
                                 std::optional<int> year);

}  // namespace wutong::page
