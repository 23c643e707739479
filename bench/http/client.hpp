// Load on an HTTP server: keep-alive connections, each with one request under way, all from one
// thread that never waits otherwise.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace wutong::bench {

struct LoadOptions {
  uint16_t port = 0;
  int connections = 32;
  int warm_ms = 1000;  // not counted
  int counted_ms = 5000;
};

// The text of request number n.
using RequestText = std::function<std::string(uint64_t n)>;

struct LoadResult {
  uint64_t answers = 0;
  double seconds = 0;
  std::vector<uint32_t> micros;  // from request to whole answer, ascending
  uint64_t refused = 0;          // answers other than 200
  std::string first_refused;

  double rate() const { return static_cast<double>(answers) / seconds; }
  double millis_at(double share) const;
};

// Errors: unavailable, where a connection fails.
Result<LoadResult> load(const LoadOptions& options, const RequestText& request);

// One request, its body. Errors: unavailable; invalid where the answer is not 200.
Result<std::string> ask_once(uint16_t port, const std::string& request);

}  // namespace wutong::bench
