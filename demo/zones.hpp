// The demo zones. Records are synthetic; nothing here is a figure: figures are computed from the
// acts by the ordinary rules.
#pragma once

#include <span>
#include <vector>

#include "demo/acts.hpp"

namespace wutong::demo {

struct Zone {
  const char* name;                                 // as its file in zones/
  std::vector<TimedRequest> (*acts)(const Terms&);  // in order of time
  const char* article;                              // path of a text about it; nullptr: none
};

std::span<const Zone> zones();

}  // namespace wutong::demo
