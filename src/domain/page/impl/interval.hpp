// The interval that a printed number allows. Private; pure.
#pragma once

#include "domain/page/claim.hpp"
#include "domain/page/impl/numeral.hpp"

namespace wutong::page {

// `is_counted`: a number of discrete things or a position, exact as printed. `has_cap`: a share
// ends at 100.
Interval interval_of(const Numeral& numeral, Qualifier qualifier, bool is_counted, bool has_cap);
Interval negated(const Interval& interval);

}  // namespace wutong::page
