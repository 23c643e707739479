// Across: a figure of one zone against other zones, at one consistent cut. The asker owns it; no
// zone's log holds it (design section 2).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "core/indicator/figure.hpp"

namespace wutong::zone {

// May the asker read this zone? Empty: all.
using MayRead = std::function<bool(std::string_view zone)>;

struct CutAt {
  std::string zone;
  Seq position;
};

struct LeftOutZone {
  std::string zone;
  record::Title name;
  record::Title reason;
};

struct Across {
  indicator::Figure figure;  // its position is that of the zone asked about
  record::Title formula;
  std::string definition_text;  // of the zone asked about
  Hash definition_digest{};
  std::vector<indicator::Part> parts;  // a line a zone, highest first
  std::vector<LeftOutZone> left_out;   // have the indicator, but no number to compare
  std::vector<CutAt> cut;              // every zone that was read, by name
  // Zones whose definition of the indicator differs from that of the zone asked about.
  std::vector<std::string> other_definitions;
};

}  // namespace wutong::zone
