// The demo zone Nanchang as a list of acts: synthetic records, the same for the same seed on every
// machine (integers only). Firms, returns and patents are made up; published totals of October 2024
// follow from them by the ordinary rules. Nothing here is a figure: figures are computed from the
// acts.
#pragma once

#include <vector>

#include "core/record/act.hpp"

namespace wutong::demo {

struct TimedRequest {
  Instant at;  // of the simulated clock
  record::Request request;
};

// In order of time.
std::vector<TimedRequest> nanchang_acts(uint64_t seed);

}  // namespace wutong::demo
