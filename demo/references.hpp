// The records that do not come from firms: areas, fiscal and trade months, figures published by
// others, patents, titles and awards.
#pragma once

#include <vector>

#include "demo/acts.hpp"
#include "demo/firms.hpp"

namespace wutong::demo {

void add_areas(std::vector<TimedRequest>& acts);
void add_fiscal_months(std::vector<TimedRequest>& acts);
void add_trade_months(std::vector<TimedRequest>& acts);
void add_observations(std::vector<TimedRequest>& acts);
void add_innovation(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms);

}  // namespace wutong::demo
