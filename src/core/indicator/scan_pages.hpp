// What a scan adds up, and its pass over the pages of a register. Private to the folder; pure.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/indicator/scan.hpp"

namespace wutong::indicator {

// Which targets pass the filter at the end of a month.
struct ScanLens {
  std::string key;
  size_t target = 0;
  std::vector<uint8_t> accepted;  // by target
};

// Targets by the values of some dimensions, numbered.
struct ScanBreakdown {
  std::string key;
  std::vector<uint32_t> numbers;                                    // by target
  std::vector<RecordId> representatives;                            // by number
  std::unordered_map<std::string, std::vector<uint32_t>> by_texts;  // of the dimensions, in order
};

// One running sum, or one for each number of a breakdown.
struct ScanWant {
  size_t lens = 0;
  std::optional<size_t> breakdown;
  std::optional<size_t> field;  // none: records are counted
  int64_t factor = 1;
  Month first, last;
  std::vector<cell::Amount> amounts;  // before the factor
};

// Everything wanted of the plans over one register through one reference.
struct ScanRegister {
  size_t index = 0;
  size_t reference = 0;
  size_t time_field = 0;
  std::vector<ScanLens> lenses;
  std::vector<ScanBreakdown> breakdowns;
  std::vector<ScanWant> wants;
};

// Adds the records of all pages to the wants.
void read_pages(const record::State& state, ScanRegister& home);

}  // namespace wutong::indicator
