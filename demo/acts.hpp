// What a demo zone is made of: acts with their times, the same for the same seed on every machine
// (integers only).
#pragma once

#include <cstdint>
#include <vector>

#include "core/record/act.hpp"

namespace wutong::demo {

struct TimedRequest {
  Instant at;  // of the simulated clock
  record::Request request;
};

// What a zone's acts are made from. What happens up to a day never depends on `until`: a later
// `until` only adds acts after it.
struct Terms {
  uint64_t seed = 2024;
  Date until;  // the last day with acts
};

// The last day of what the articles speak of. Every zone has all its acts up to it; acts after it
// go on in a smaller way up to Terms::until, and change no figure as of this day.
Date page_day();

// In order of time, those of one time as they were added; acts after `until` are dropped.
std::vector<TimedRequest> in_order(std::vector<TimedRequest> acts, Date until);

}  // namespace wutong::demo
