// sheet_bench: reading lines of twelve whole numbers, as the returns of many firms come.
#include <benchmark/benchmark.h>

#include "base/crypto.hpp"
#include "engine/sheet/csv_stream.hpp"

namespace wutong::sheet {
namespace {

void reads(benchmark::State& state) {
  constexpr size_t kRows = 1'000'000;
  SeededRandom random(1);
  std::string text;
  for (size_t row = 0; row < kRows; ++row) {
    text += std::to_string(row) + "," + std::to_string(row % 24);
    for (int field = 0; field < 10; ++field) {
      auto number = static_cast<int64_t>(random.below(uint64_t{1} << (4 + random.below(13))));
      text += "," + std::to_string(random.below(50) == 0 ? -number : number);
    }
    text += '\n';
  }
  std::vector<WantedColumn> wanted(12, {"", ValueType::integer, 0});
  for (auto _ : state) {
    CsvStream stream("returns.csv", text_source(text), wanted, HeaderLine::none);
    Block block;
    size_t rows = 0;
    while (stream.next(block)) rows += block.lines.size();
    CHECK(rows == kRows && stream.issues().empty());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(text.size()));
}
BENCHMARK(reads)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wutong::sheet
