// Live events under load: streams that are read while changes are written, all from one thread.
#pragma once

#include "bench/http/client.hpp"

namespace wutong::bench {

struct LiveOptions {
  uint16_t port = 0;
  std::string zone;
  int changes_a_second = 2000;
  int writers = 32;  // connections
  int seconds = 10;
};

struct LiveResult {
  uint64_t changes = 0;  // acknowledged
  uint64_t events = 0;   // read by all streams together
  uint64_t told = 0;     // pairs of a change and a stream that learned of it
  uint64_t untold = 0;   // pairs that never met
  double seconds = 0;    // that writing took
  std::vector<uint64_t>
      by_millis;  // pairs by the time from sending the change to reading the event

  double millis_at(double share) const;
};

// `streams`: the text of each stream's request. Errors: unavailable (a connection fails), invalid
// (a stream or a change is refused).
Result<LiveResult> measure_live(const LiveOptions& options, const std::vector<std::string>& streams,
                                const RequestText& change);

}  // namespace wutong::bench
