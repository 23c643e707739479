// What an engine says: timings and sizes as lines of tab-separated text on standard output, answers
// in a file. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "bench/returns/dataset.hpp"

namespace wutong::bench {

int64_t now_ns();  // of a clock that never goes back
int64_t timed_ns(const std::function<void()>& work);
int64_t clock_cost_ns();      // of reading it: what an empty span measures
int64_t peak_memory_bytes();  // of this process so far
// Sum over the file or all files of the folder; 0 where there is nothing.
int64_t disk_bytes(const std::string& path);

// Operations have the same names in all engines: script/bench puts them side by side.
class Report {
 public:
  Report(std::string engine, size_t firms) : engine_(std::move(engine)), firms_(firms) {}
  // engine, firms, operation, median, p99, min, count, "ns". Nothing where there is no sample.
  void times(std::string_view operation, std::vector<int64_t> samples_ns) const;
  // engine, firms, operation, value, value, value, 1, unit
  void size(std::string_view operation, int64_t value, std::string_view unit) const;

 private:
  std::string engine_;
  size_t firms_;
};

// What every engine is given.
struct Task {
  const Dataset& data;
  std::string folder;      // for the engine's own files; empty at first
  std::string answers;     // file to write
  int repeat = 1;          // multiplies the number of measurements, never the corrections that stay
  bool in_memory = false;  // ours: over a store in memory
  std::string library = {};  // DuckDB: libduckdb.so
  size_t single_corrections = 1000;
  size_t batch_size = 10'000;
};

// Which corrections the operations take. They stay: all engines answer after them.
constexpr uint32_t kSingleFirst = 1;
constexpr size_t kBatches = 5;
constexpr uint32_t kOverwriteFirst = 3'000'000;
constexpr size_t kOverwritten = 105'407;
constexpr int kOverwrittenTimes = 6;
inline uint32_t batch_first(size_t batch) {
  return 1'000'000 + 20'000 * static_cast<uint32_t>(batch);
}

Result<void> run_floor(const Task& task);
Result<void> run_sqlite(const Task& task);
Result<void> run_duckdb(const Task& task);
Result<void> run_ours(const Task& task);

}  // namespace wutong::bench
