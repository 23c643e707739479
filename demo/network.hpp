// The demo network of eleven zones: members, the launch, its initiative, and what they share. The
// members that no article names are invented.
#pragma once

#include <vector>

#include "demo/acts.hpp"

namespace wutong::demo {

std::vector<TimedRequest> network_acts(const Terms& terms);

}  // namespace wutong::demo
