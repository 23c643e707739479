// The demo zone Changzhi: a park of domestic IT from its launch on, the firms on the chain, their
// monthly output, rights and adaptations, and the scenic spots whose gates the zone watches. Totals
// that articles state are inputs (targets) of this generator; figures follow from the records.
#pragma once

#include <vector>

#include "demo/cast.hpp"

namespace wutong::demo {

std::vector<TimedRequest> changzhi_acts(const Terms& terms);

// Parts, in files of their own. `firms` are the firms of the chain, the leading one first.
void record_park(Script& script, const std::vector<Company>& firms);    // changzhi_park.cpp
void record_output(Script& script, const std::vector<Company>& firms);  // changzhi_output.cpp
void record_rights(Script& script, const std::vector<Company>& firms,
                   const std::vector<Company>& others);  // changzhi_rights.cpp
void record_adaptation(Script& script, const std::vector<Company>& firms);
void record_services(Script& script, const std::vector<Company>& firms);  // changzhi_service.cpp
void record_scenic_spots(Script& script);                                 // scenic_spots.cpp

}  // namespace wutong::demo
