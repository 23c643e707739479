// Areas: the register `area` read as a tree. Its records have a `level` (nation, province, city,
// county …) and a `parent`. Pure functions of a state; keys are the areas' keys.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/record/state.hpp"

namespace wutong::indicator {

std::optional<RecordId> find_area(const record::State& state, std::string_view key);
// not_found (with the nearest key) if there is no such area.
Result<RecordId> require_area(const record::State& state, std::string_view key);
// The ancestor of `area` at a level. not_found if the chain of parents has none.
Result<std::string> ancestor(const record::State& state, std::string_view area,
                             std::string_view level);
// `area` itself and the areas of that level under the same parent, ascending by key.
Result<std::vector<std::string>> peers(const record::State& state, std::string_view area,
                                       std::string_view level);
record::Title area_title(const record::State& state, std::string_view key);

}  // namespace wutong::indicator
