// Explanations: a figure opened down to the records behind it. Reads the records themselves,
// through the same Reading as the cells; the test shows that they add up to the cells.
#pragma once

#include "core/indicator/figure.hpp"
#include "core/indicator/level.hpp"

namespace wutong::indicator {

// `published`: see Split; may be null. Errors as Figures::figure; unavailable for an earlier
// position than the state's.
Result<Explanation> explain(const Levels& levels, const Question& question,
                            const PublishedBase* published, size_t offset, size_t limit);

}  // namespace wutong::indicator
