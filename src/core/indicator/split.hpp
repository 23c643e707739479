// Split: why the comparable base of a growth differs from last year's figure, unit by unit.
//
// Two steps lead from the base as it was first complete to the comparable base, and both add up
// exactly: base as it stood + revised = naive base (the roster of then, as known now);
// naive base + entered + left + reclassified = comparable base.
// A unit is a record of the reference that carries the roster (enterprise), or the record itself
// where the roster is its own. For sums and counts over records; pure functions.
#pragma once

#include "core/indicator/figure.hpp"
#include "core/indicator/level.hpp"

namespace wutong::indicator {

// Is the question a comparable growth that can be split?
bool has_split(const Definitions& definitions, const Question& question);
// The day by whose end the base period counts as first complete: the last of the month after it.
// nullopt where there is no split.
std::optional<Date> base_known_by(const Definitions& definitions, const Question& question);
// The naive base of the question, unit by unit, as this state shows it.
Result<PublishedBase> base_as_known(const Levels& levels, const Question& question);
// `published`: base_as_known of the state when the base period was first complete; null where there
// is none. nullopt where there is no split. Units are paged, the largest first.
Result<std::optional<Split>> split(const Levels& levels, const Question& question,
                                   const PublishedBase* published, size_t offset, size_t limit);

// What a record is called: its own name, or that of the first thing that its key refers to.
record::Title title_of(const record::State& state, size_t register_index, RecordId record);

}  // namespace wutong::indicator
