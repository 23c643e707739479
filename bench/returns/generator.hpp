// Generator: made-up firms and monthly returns. Every value is a pure function of the options, the
// firm, the month and a salt (0: as first reported; others: corrections), so that any part can be
// made again at any time. The same bytes on every machine. Thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/returns/workload.hpp"

namespace wutong::bench {

struct GeneratorOptions {
  uint64_t seed = 0;
  size_t zones = 178;
  size_t industries = 96;
  double skew = 1.0;  // Zipf: zone i holds firms in proportion to 1 / (i + 1)^skew
};

class Generator {
 public:
  explicit Generator(const GeneratorOptions& options);

  Firm firm(uint32_t id) const;
  bool is_missing(uint32_t id, int month) const;  // one return in fifty
  // What a return says; `is_hightech` of the firm shifts its R&D spending.
  Amounts amounts(uint32_t id, bool is_hightech, int month, uint32_t salt = 0) const;

 private:
  struct Profile {
    double size;
    bool is_exporter;
    bool is_importer;
  };
  void describe(uint32_t id, Firm& firm, Profile& profile) const;

  GeneratorOptions options_;
  uint64_t shift_;                  // of the seed; 0 for seed 0
  std::vector<double> zone_share_;  // cumulative
};

uint64_t mix(uint64_t value);  // splitmix64

// Writes `directory`/ent.csv (id, zone, industry, hightech, month of designation) and ret.csv (id,
// month, ten amounts), by month and firm, without a header line. Returns the number of returns, or
// -1 where a file cannot be written.
int64_t write_files(const Generator& generator, uint32_t firms, const std::string& directory);

}  // namespace wutong::bench
