// The demo zone Guiyang as a list of acts: enterprises of cross-border trade, training by
// government, schools and enterprises, contests, orders and declarations. All persons and firms are
// made up; what the article says follows from the records.
#pragma once

#include <vector>

#include "demo/acts.hpp"

namespace wutong::demo {

std::vector<TimedRequest> guiyang_acts(const Terms& terms);

}  // namespace wutong::demo
