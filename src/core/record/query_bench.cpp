// Lists of 100,000 rows: filter, sort and count, as a published version is read.
#include <benchmark/benchmark.h>

#include "base/crypto.hpp"
#include "core/record/query.hpp"

namespace wutong::record {
namespace {

constexpr const char* kReturn = R"(register: monthly_return
title: {zh: 月报, en: Monthly return}
key: [enterprise, month]
fields:
  enterprise: {type: text, required: true, title: {zh: 企业, en: Enterprise}}
  month: {type: month, required: true, title: {zh: 月份, en: Month}}
  output: {type: money, unit: CNY, title: {zh: 产值, en: Output}}
  staff: {type: int, title: {zh: 人数, en: Staff}}
)";
constexpr uint32_t kRows = 100'000;

class Returns {
 public:
  Returns() {
    pack::Files files;
    files.add("packs/p/registers/monthly_return.yaml", kReturn);
    Issues issues;
    const std::vector<std::string> packs{"p"};
    state_.emplace(std::make_shared<const Schema>(*Schema::load(files, packs, issues)));
    ledger::Entry entry;
    entry.seq = Seq{1};
    entry.changes.resize(1);
    ledger::Change& change = entry.changes[0];
    change.register_name = "monthly_return";
    change.creates = true;
    change.columns.resize(4);
    for (size_t f = 0; f < 4; ++f) {
      const Field& field = state_->schema().registers()[0].fields[f];
      change.columns[f].field = field.name;
      change.columns[f].column.type = value_type(field.kind);
      change.columns[f].column.scale = field.decimals;
    }
    SeededRandom random(1);
    for (uint32_t r = 0; r < kRows; ++r) {
      change.rows.push_back(RecordId{r});
      change.columns[0].column.append_text("91510100MA" + std::to_string(100'000 + r / 20 * 7));
      change.columns[1].column.append_number(
          Month::of(2023, 1).plus(static_cast<int>(r % 20)).index);
      change.columns[2].column.append_number(static_cast<int64_t>(random.below(1'000'000'000)));
      change.columns[3].column.append_number(static_cast<int64_t>(random.below(2000)));
    }
    (void)state_->apply(entry);
    published_.emplace(state_->published());
    state_->versions()->close();
  }
  const State& state() const { return *published_; }

 private:
  std::optional<State> state_, published_;
};

void run(benchmark::State& bench, const QueryText& text) {
  static const Returns returns;
  for (auto _ : bench) {
    auto query = read_query(returns.state(), 0, text);
    const Listed listed = list(returns.state(), *query);
    benchmark::DoNotOptimize(listed.rows.data());
  }
}

void sort_of_one_month(benchmark::State& bench) {
  run(bench, {{"month.eq.2024-03"}, "-output,month", "", ""});
}
void range_by_other_field(benchmark::State& bench) {
  run(bench, {{"output.ge.5000000.00"}, "-staff", "", ""});
}
void two_ranges(benchmark::State& bench) {
  run(bench, {{"output.ge.5000000.00", "staff.lt.1000"}, "-output", "", ""});
}
// Never the same condition twice: nothing that was kept helps.
void fresh_ranges(benchmark::State& bench) {
  static const Returns returns;
  int64_t i = 0;
  for (auto _ : bench) {
    const std::string output = std::to_string(3'000'000 + ++i % 100'000 * 17);
    const std::string staff = std::to_string(800 + i % 1000);
    auto query = read_query(returns.state(), 0,
                            {{"output.ge." + output, "staff.lt." + staff}, "-output", "", ""});
    benchmark::DoNotOptimize(list(returns.state(), *query).count);
  }
}
BENCHMARK(sort_of_one_month)->Unit(benchmark::kMicrosecond);
BENCHMARK(range_by_other_field)->Unit(benchmark::kMicrosecond);
BENCHMARK(two_ranges)->Unit(benchmark::kMicrosecond);
BENCHMARK(fresh_ranges)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace wutong::record
