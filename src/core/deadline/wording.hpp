// How a clock is told in a sentence, in Chinese and in English. Pure.
#pragma once

#include "core/deadline/deadlines.hpp"

namespace wutong::deadline {

// What people call a record: its name, title or content, else its key.
std::string label_of(const record::State& state, size_t register_index, RecordId record);
// Where a clock stands: 到期日、还剩或超期多少、因何暂停 …
record::Title standing(const record::State& state, const record::Deadline& rule,
                       const Reading& reading, Instant now);
// With the record and the clock before it.
record::Title sentence(const record::State& state, const ClockOf& clock,
                       const record::Deadline& rule, const Reading& reading, Instant now);

}  // namespace wutong::deadline
