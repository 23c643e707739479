// Answers: the ten figures of every zone, of all zones together and of every industry in a zone, as
// exact text, so that the answers of all engines can be compared byte by byte. Sums are integers; a
// rate is printed with up to 18 places ("-" where its base is not positive, or the value negative);
// it fixes both parts of the fraction. The change of a growth rate is that of the
// published rates (one place). One line a figure: state, zone, figure, value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "bench/returns/workload.hpp"

namespace wutong::bench {

class Answers {
 public:
  void add(std::string_view state, std::string_view scope, std::string_view figure,
           std::string_view value);
  // All figures from sums, `state` as "loaded", "corrected", "batched".
  void add_sums(std::string_view state, const AllSums& sums);
  // Of all zones together: output, and its growth on `base`.
  void add_totals(std::string_view state, int64_t output, int64_t base);
  // Sorted. Errors: io.
  Result<void> write(const std::string& path);

 private:
  std::vector<std::string> lines_;
};

std::string zone_scope(size_t zone);                   // "007"
std::string cell_scope(size_t zone, size_t industry);  // "007.42"

}  // namespace wutong::bench
