// answer_bench: 100,000 rows of twelve columns out as XLSX and CSV, and in again as one act, from
// the bytes of the file to the entry in the log (a simulated one); and an archive that is made to
// burst.
#include <benchmark/benchmark.h>

#include <boost/json.hpp>

#include "base/crypto.hpp"
#include "engine/sheet/xlsx.hpp"
#include "engine/sheet/xlsx_write.hpp"
#include "surface/answer/answer.hpp"
#include "zone/test_zones.hpp"

namespace wutong::answer {
namespace {

constexpr size_t kRows = 100'000;
constexpr const char* kReturn = R"(register: row
title: {zh: 行, en: Row}
key: [code, month]
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  month: {type: month, required: true, title: {zh: 月份, en: Month}}
  name: {type: text, title: {zh: 名称, en: Name}}
  kind: {type: code, codes: [large, middle, small], title: {zh: 规模, en: Size}}
  on: {type: date, title: {zh: 日期, en: Day}}
  output: {type: money, unit: CNY, title: {zh: 产值, en: Output}}
  revenue: {type: money, unit: CNY, title: {zh: 营收, en: Revenue}}
  profit: {type: money, unit: CNY, title: {zh: 利润, en: Profit}}
  tax: {type: money, unit: CNY, title: {zh: 税金, en: Tax}}
  spent: {type: money, unit: CNY, title: {zh: 研发, en: Spent}}
  persons: {type: int, unit: persons, title: {zh: 人数, en: Persons}}
  remark: {type: text, title: {zh: 说明, en: Remark}}
)";

std::string workbook() {
  using sheet::OutKind;
  sheet::OutSheet out;
  out.name = "行";
  for (const char* name : {"代码", "名称", "规模", "说明"}) out.columns.push_back({name});
  out.columns.push_back({"月份", OutKind::month});
  out.columns.push_back({"日期", OutKind::date});
  for (const char* name : {"产值", "营收", "利润", "税金", "研发", "人数"}) {
    out.columns.push_back({name, OutKind::number});
  }
  out.rows = kRows;
  out.cell = [](size_t row, size_t column) -> std::string {
    const std::string number = std::to_string(row);
    constexpr const char* kSizes[] = {"large", "middle", "small"};
    if (column == 0) return "0" + number;
    if (column == 1) return "企业" + number;
    if (column == 2) return kSizes[row % 3];
    if (column == 3) return row % 5 == 0 ? "检修，\"停产\"三天" : "";
    if (column == 4) return "2024-09";
    if (column == 5) return Date::from_days(static_cast<int32_t>(row % 20'000)).to_string();
    return std::to_string(row * 37 % 1'000'003 + column) + (column < 11 ? ".25" : "");
  };
  return sheet::write_xlsx(std::span(&out, 1), Instant{0}).value();
}

struct OneZone {
  OneZone() {
    host = std::move(*zone::Host::open_on(log, secrets, {}, clock, random));
    pack::Files files = zone::files();
    files.add("packs/p/registers/row.yaml", kReturn);
    CHECK(host->create_zone("z", HashKind::sha256, files, "admin").has_value());
  }
  void import(const std::string& content) {
    auto done = import_rows(Door::local(*host), "z", {"row", "f", content, "", {}},
                            {"b", {"system"}, "", false});
    CHECK(done.has_value());
    CHECK(done->at("rows_created").to_number<size_t>() == kRows);
  }
  store::SimulatedLog log;
  store::SimulatedSecrets secrets;
  SimulatedClock clock{*Instant::parse("2024-10-28T09:00:00+08:00")};
  SeededRandom random{1};
  std::unique_ptr<zone::Host> host;
};

void imports(benchmark::State& state, const char* format) {
  OneZone source;
  source.import(workbook());
  auto file = export_rows(Door::local(*source.host), "z", {"row", format});
  CHECK(file.has_value() && file->rows == kRows);
  for (auto _ : state) {
    state.PauseTiming();
    OneZone target;
    state.ResumeTiming();
    target.import(file->bytes);
  }
  state.counters["bytes"] = static_cast<benchmark::Counter>(file->bytes.size());
}
void exports(benchmark::State& state, const char* format) {
  OneZone source;
  source.import(workbook());
  for (auto _ : state)
    benchmark::DoNotOptimize(export_rows(Door::local(*source.host), "z", {"row", format}));
}
BENCHMARK_CAPTURE(imports, xlsx, "xlsx")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(imports, csv, "csv")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(exports, xlsx, "xlsx")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(exports, csv, "csv")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wutong::answer
