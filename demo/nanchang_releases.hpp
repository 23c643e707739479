// What the demo zone Nanchang told the press, quarter by quarter, and the figures pinned with it.
#pragma once

#include <vector>

#include "demo/acts.hpp"

namespace wutong::demo {

void add_releases(std::vector<TimedRequest>& acts);

}  // namespace wutong::demo
