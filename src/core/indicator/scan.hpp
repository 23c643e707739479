// Scan: sums over months read from the records of a zone, page by page, without the cells. Many
// requests share one pass. Pure; reads only.
#pragma once

#include <span>
#include <vector>

#include "core/indicator/level.hpp"

namespace wutong::indicator {

// Months first..last of a measure of a plan, attributes read at the end of month `end`, with
// dimension values fixed.
struct ScanRequest {
  size_t plan = 0;
  size_t measure = 0;
  Month first, last, end;
  const Fixed* fixed = nullptr;
  // The first request that asks for the same but for the values of the same dimensions; itself
  // where there is none before it.
  size_t like = 0;
};

// One amount a request. Plans of flows whose measures are fields of their register by month and
// whose filter and dimensions come from a profile take the columns as they lie; others are read row
// by row.
void scan(const ZoneCells& cells, const record::State& state, std::span<const ScanRequest> requests,
          std::vector<cell::Amount>& out);

}  // namespace wutong::indicator
