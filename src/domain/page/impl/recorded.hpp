// What the words allow, in the unit in which it is recorded. Private; pure.
#pragma once

#include "domain/page/claim.hpp"

namespace wutong::page {

// Growth of 1.5倍 is one of 150 percent; every other interval is as it is.
Interval as_recorded(const Claim& claim);

}  // namespace wutong::page
