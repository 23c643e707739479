#include "bench/returns/measure.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <limits>

namespace wutong::bench {

int64_t now_ns() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

int64_t timed_ns(const std::function<void()>& work) {
  const int64_t start = now_ns();
  work();
  return now_ns() - start;
}

int64_t clock_cost_ns() {
  int64_t least = std::numeric_limits<int64_t>::max();
  for (int i = 0; i < 10'000; ++i) {
    const int64_t start = now_ns();
    least = std::min(least, now_ns() - start);
  }
  return least;
}

int64_t peak_memory_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (!line.starts_with("VmHWM:")) continue;
    const size_t digit = line.find_first_of("0123456789");
    int64_t kib = 0;
    std::from_chars(line.data() + digit, line.data() + line.size(), kib);
    return kib * 1024;
  }
  return 0;
}

int64_t disk_bytes(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (fs::is_regular_file(path, error)) return static_cast<int64_t>(fs::file_size(path, error));
  int64_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(path, error)) {
    if (entry.is_regular_file(error)) bytes += static_cast<int64_t>(entry.file_size(error));
  }
  return bytes;
}

void Report::times(std::string_view operation, std::vector<int64_t> samples_ns) const {
  if (samples_ns.empty()) return;
  std::sort(samples_ns.begin(), samples_ns.end());
  const size_t count = samples_ns.size();
  const size_t p99 = (count * 99 + 99) / 100 - 1;
  fmt::print("{}\t{}\t{}\t{}\t{}\t{}\t{}\tns\n", engine_, firms_, operation, samples_ns[count / 2],
             samples_ns[p99], samples_ns.front(), count);
  std::fflush(stdout);
}

void Report::size(std::string_view operation, int64_t value, std::string_view unit) const {
  fmt::print("{0}\t{1}\t{2}\t{3}\t{3}\t{3}\t1\t{4}\n", engine_, firms_, operation, value, unit);
  std::fflush(stdout);
}

}  // namespace wutong::bench
