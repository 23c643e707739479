// The part of a scan that reads row by row: stocks, days, and filters over more than one reference.
// Private to the folder; pure.
#pragma once

#include "core/indicator/scan.hpp"

namespace wutong::indicator {

cell::Amount sum_row_by_row(const ZoneCells& cells, const record::State& state,
                            const ScanRequest& request);

}  // namespace wutong::indicator
