// The demo zone Qingyuan as a list of acts: firms, stations and postdocs, the talent fund. All
// persons and most firms are made up; what the article says follows from the records.
#pragma once

#include <vector>

#include "demo/acts.hpp"

namespace wutong::demo {

std::vector<TimedRequest> qingyuan_acts(const Terms& terms);

}  // namespace wutong::demo
