// Breakdown: the published parts of a published level, and whether they add up to it. They need
// not: each is rounded by itself; then the difference is said.
#pragma once

#include <vector>

#include "core/indicator/figure.hpp"
#include "core/indicator/level.hpp"

namespace wutong::indicator {

// Of a level: the terms of a formula; of a sum or count over records the values of each dimension
// that the question leaves open. Empty for everything else. Parts are paged, the largest first.
// Errors: too_large.
Result<std::vector<Breakdown>> break_down(const Levels& levels, const Figure& figure, size_t offset,
                                          size_t limit);

// What a dimension value is called: the record that it is the key of, its code's title, or itself.
record::Title title_of_value(const record::State& state, const record::Path& path,
                             const std::string& value);

}  // namespace wutong::indicator
