// ledger_bench: encoding, hashing, and one small durable entry beside a bare append with fdatasync,
// in turn, on the disk that holds the working directory. Percentiles in microseconds.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "core/ledger/encode.hpp"
#include "core/ledger/ledger.hpp"
#include "engine/store/data_directory.hpp"

namespace wutong::ledger {
namespace {

// Returns of twelve fields: firm, month and ten amounts of up to seven digits.
Entry returns(size_t rows, const std::string& zone) {
  Entry entry;
  entry.zone = zone;
  entry.seq = Seq{1};
  entry.actor = "tongji";
  entry.act = "record.import";
  Change change;
  change.register_name = "monthly_return";
  change.creates = rows > 1;
  SeededRandom random(rows);
  for (size_t c = 0; c < 12; ++c) {
    Column column;
    column.type = c == 0 ? ValueType::reference : c == 1 ? ValueType::month : ValueType::integer;
    for (size_t i = 0; i < rows; ++i) {
      auto size = static_cast<int64_t>(random.below(uint64_t{1} << (6 + random.below(14))));
      column.append_number(c == 0 ? static_cast<int64_t>(i) : c == 1 ? 24'284 : size);
    }
    change.columns.push_back({"field_" + std::to_string(c), false, std::move(column)});
  }
  for (size_t i = 0; i < rows; ++i) change.rows.push_back(RecordId{static_cast<uint32_t>(i)});
  entry.changes.push_back(std::move(change));
  return entry;
}

Result<Bytes> no_sealer(const CellName&, std::string_view) { return Bytes{}; }
Result<std::optional<std::string>> no_opener(const CellName&, ByteView) { return std::nullopt; }

void encodes(benchmark::State& state) {
  Entry entry = returns(static_cast<size_t>(state.range(0)), "nanchang");
  Bytes bytes;
  for (auto _ : state) bytes = *encode(entry, no_sealer, std::move(bytes));
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(bytes.size()));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(encodes)->Arg(1)->Arg(1'600'000);

void encodes_and_hashes(benchmark::State& state) {
  Entry entry = returns(static_cast<size_t>(state.range(0)), "nanchang");
  Bytes bytes;
  for (auto _ : state) {
    bytes = *encode(entry, no_sealer, std::move(bytes));
    benchmark::DoNotOptimize(leaf_hash(HashKind::sha256, bytes));
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(bytes.size()));
}
BENCHMARK(encodes_and_hashes)->Arg(1)->Arg(1'600'000);

void decodes(benchmark::State& state) {
  Bytes bytes = *encode(returns(static_cast<size_t>(state.range(0)), "nanchang"), no_sealer);
  for (auto _ : state) benchmark::DoNotOptimize(decode(bytes, no_opener));
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(decodes)->Arg(1)->Arg(1'600'000);

// Nanoseconds of many runs of one thing.
class Times {
 public:
  template <typename Run>
  void take(Run run) {
    auto begin = std::chrono::steady_clock::now();
    run();
    ns_.push_back((std::chrono::steady_clock::now() - begin).count());
  }
  int us(size_t percent) {
    std::sort(ns_.begin(), ns_.end());
    return static_cast<int>(ns_[(ns_.size() - 1) * percent / 100] / 1000);
  }

 private:
  std::vector<int64_t> ns_;
};

// One correction of some zone made durable, each beside the same bytes in a plain file.
void appends(benchmark::State& state) {
  constexpr size_t kZones = 178;
  std::string folder = std::filesystem::current_path() / "ledger_bench.tmp";
  std::filesystem::remove_all(folder);
  auto directory = *store::DataDirectory::open(folder, store::OpenMode::read_write);
  SystemRandom random;
  Ledger ledger(directory->log(), directory->secrets(), random);
  std::vector<Entry> entries;
  for (size_t zone = 0; zone < kZones; ++zone) {
    entries.push_back(returns(1, "zone_" + std::to_string(zone)));
    CHECK(ledger.create_zone(entries.back().zone, HashKind::sha256).has_value());
  }
  Bytes plain = *encode(entries[0], no_sealer);
  int file = ::open((folder + "/plain").c_str(), O_RDWR | O_CREAT, 0600);
  CHECK(file >= 0 && ::posix_fallocate(file, 0, 4 << 20) == 0 && ::fsync(file) == 0);
  SeededRandom choice(1);
  Times ours, floor;
  for (auto _ : state) {
    Entry& entry = entries[choice.below(kZones)];
    ours.take([&] { CHECK(ledger.append({&entry, 1}).has_value()); });
    ++entry.seq.value;
    floor.take([&] {
      CHECK(::write(file, plain.data(), plain.size()) == static_cast<ssize_t>(plain.size()));
      CHECK(::fdatasync(file) == 0);
    });
  }
  ::close(file);
  for (size_t percent : {50u, 90u, 99u}) {
    std::string name = "p" + std::to_string(percent);
    state.counters["ours_" + name] = ours.us(percent);
    state.counters["floor_" + name] = floor.us(percent);
  }
  directory.reset();
  std::filesystem::remove_all(folder);
}
BENCHMARK(appends)->Iterations(5000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace wutong::ledger
