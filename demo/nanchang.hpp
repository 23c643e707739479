// The demo zone Nanchang as a list of acts. Firms, returns and patents are made up; published
// totals of October 2024 follow from them by the ordinary rules.
#pragma once

#include <vector>

#include "demo/acts.hpp"

namespace wutong::demo {

std::vector<TimedRequest> nanchang_acts(const Terms& terms);

}  // namespace wutong::demo
