// Dataset: what the two files of a workload hold, as far as every engine needs it before it is
// measured: the firms, how many zones and industries there are, which returns exist. Read in small
// pieces, so that it does not show in an engine's peak memory. Immutable after reading.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "bench/returns/workload.hpp"

namespace wutong::bench {

struct Dataset {
  std::string directory;
  std::vector<Firm> firms;  // by id
  size_t zones = 0;
  size_t industries = 0;
  int64_t returns = 0;
  std::vector<uint32_t> reported;  // by firm: bit m for month m

  std::string firms_file() const { return directory + "/ent.csv"; }
  std::string returns_file() const { return directory + "/ret.csv"; }
  bool has_return(uint32_t firm, int month) const { return (reported[firm] >> month & 1) != 0; }
};

// Errors: io; invalid, naming file and line: a line that is not numbers, firms not numbered from 0,
// months over 23, a return of an unknown firm or twice.
Result<Dataset> read_dataset(const std::string& directory);

// A correction of one return: it replaces all ten amounts.
struct Correction {
  uint32_t firm = 0;
  int month = 0;
  Amounts amounts{};
};

// `count` corrections of different returns up to the month asked (fewer where the files hold less
// than three times as many), half of them of that month. `first` numbers the sequence; the same
// files and number give the same corrections in every engine.
std::vector<Correction> corrections(const Dataset& data, uint32_t first, size_t count);

// Digits with an optional minus; moves `at` behind the one character that follows them.
inline int64_t take_number(const char*& at) {
  const bool is_negative = *at == '-';
  at += is_negative ? 1 : 0;
  int64_t number = 0;
  for (auto digit = static_cast<unsigned>(*at - '0'); digit < 10;
       digit = static_cast<unsigned>(*++at - '0')) {
    number = number * 10 + digit;
  }
  ++at;
  return is_negative ? -number : number;
}

}  // namespace wutong::bench
