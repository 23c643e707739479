#include "demo/acts.hpp"

#include <algorithm>
#include <iterator>

namespace wutong::demo {

Date page_day() { return *Date::from_ymd(2024, 10, 31); }

std::vector<TimedRequest> in_order(std::vector<TimedRequest> acts, Date until) {
  std::erase_if(acts, [&](const TimedRequest& act) { return act.at.day() > until; });
  std::stable_sort(acts.begin(), acts.end(),
                   [](const TimedRequest& a, const TimedRequest& b) { return a.at < b.at; });
  return acts;
}

}  // namespace wutong::demo
