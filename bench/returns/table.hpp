// The measurements of one run as one table: engines side by side, ratios, and what is aimed at.
// Pure.
#pragma once

#include <string>
#include <string_view>

namespace wutong::bench {

// `lines` as Report writes them, of any engines; `firms` of the run, `small_firms` of the second,
// smaller one that is read for how times grow (equal: none). What was not measured is "–".
std::string comparison_table(std::string_view lines, size_t firms, size_t small_firms);

}  // namespace wutong::bench
