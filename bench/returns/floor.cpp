// What the floor measures: A from dense columns and in the order of arrival, B and C in memory and
// with a log record and fdatasync, D parsed and written.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench/returns/answers.hpp"
#include "bench/returns/floor_columns.hpp"
#include "bench/returns/measure.hpp"

namespace wutong::bench {

namespace {

volatile double g_seen = 0;  // keeps what is only computed from being left out

tl::unexpected<Error> no_file(const std::string& path) {
  return fail(ErrorKind::io, "bench.no_file", "无法读写文件", "cannot read or write the file",
              {path, 0, 0, {}});
}

// A file in memory, all its pages there, with a readable byte behind it.
class MappedFile {
 public:
  explicit MappedFile(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY);
    struct stat status {};
    if (file < 0 || ::fstat(file, &status) != 0) return;
    size_ = static_cast<size_t>(status.st_size);
    void* at = ::mmap(nullptr, size_ + 1, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    ::close(file);
    if (at == MAP_FAILED) return;
    text_ = static_cast<const char*>(at);
    for (size_t i = 0; i < size_; i += 4096) g_seen = g_seen + text_[i];
  }
  ~MappedFile() {
    if (text_ != nullptr) ::munmap(const_cast<char*>(text_), size_ + 1);
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  std::string_view text() const { return {text_ == nullptr ? "" : text_, text_ ? size_ : 0}; }

 private:
  const char* text_ = nullptr;
  size_t size_ = 0;
};

// A log as plain as can be.
class RawLog {
 public:
  explicit RawLog(const std::string& path)
      : path_(path), file_(::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0644)) {
    constexpr off_t kAhead = 1 << 20;
    is_good_ = file_ >= 0 && ::posix_fallocate(file_, 0, kAhead) == 0 && ::fsync(file_) == 0;
  }
  ~RawLog() {
    if (file_ >= 0) ::close(file_);
    ::unlink(path_.c_str());
  }
  RawLog(const RawLog&) = delete;
  RawLog& operator=(const RawLog&) = delete;
  void append(const Correction* first, size_t count) {
    const size_t bytes = count * sizeof(Correction);
    is_good_ = ::write(file_, first, bytes) == static_cast<ssize_t>(bytes) && is_good_;
    is_good_ = ::fdatasync(file_) == 0 && is_good_;
  }
  bool is_good() const { return is_good_; }

 private:
  std::string path_;
  int file_;
  bool is_good_ = false;
};

class Floor {
 public:
  explicit Floor(const Task& task) : task_(task), report_("floor", task.data.firms.size()) {}

  Result<void> run() {
    if (auto done = load(); !done) return done;
    recompute();
    report_.size("memory", peak_memory_bytes(), "bytes");
    if (auto done = arrival(); !done) return done;
    single_in_memory();
    if (auto done = single_durable(); !done) return done;
    if (auto done = batches_durable(); !done) return done;
    batches_in_memory();
    const AllSums kept = columns_.sums();
    columns_.recompute();
    if (kept.zones != columns_.sums().zones || kept.cells != columns_.sums().cells) {
      return fail(ErrorKind::corrupt, "bench.floor", "增量与重算不一致",
                  "sums moved by differences are not those recomputed");
    }
    return answers_.write(task_.answers);
  }

 private:
  int repeats(int times) const { return times * task_.repeat; }

  Result<void> load() {
    const MappedFile firms(task_.data.firms_file()), returns(task_.data.returns_file());
    const std::string path = task_.folder + "/raw";
    std::vector<int64_t> parsed, written;
    bool is_written = true;
    for (int i = 0; i < repeats(3); ++i) {
      const int64_t start = now_ns();
      columns_.parse(firms.text(), returns.text(), task_.data.zones, task_.data.industries);
      parsed.push_back(now_ns() - start);
      is_written = columns_.write_raw(path) && is_written;
      written.push_back(now_ns() - start);
      if (i + 1 < repeats(3)) ::unlink(path.c_str());
    }
    if (!is_written) return no_file(path);
    report_.times("D.parse", std::move(parsed));
    report_.times("D", std::move(written));
    report_.size("disk", disk_bytes(path), "bytes");
    ::unlink(path.c_str());
    return {};
  }

  void recompute() {
    std::vector<int64_t> samples;
    for (int i = 0; i < repeats(21); ++i) {
      samples.push_back(timed_ns([&] {
        columns_.recompute();
        g_seen = columns_.read_all_figures();
      }));
    }
    report_.times("A", std::move(samples));
    answers_.add_sums("loaded", columns_.sums());
  }

  // What a plain column store scans: rows as they came, the zone found through the firm.
  Result<void> arrival() {
    const MappedFile returns(task_.data.returns_file());
    std::vector<uint32_t> firms;
    std::vector<uint8_t> months;
    std::vector<int64_t> columns[kFields];
    for (const char *at = returns.text().data(), *end = at + returns.text().size(); at < end;) {
      firms.push_back(static_cast<uint32_t>(take_number(at)));
      months.push_back(static_cast<uint8_t>(take_number(at)));
      for (auto& column : columns) column.push_back(take_number(at));
    }
    const auto& all = task_.data;
    AllSums sums;
    std::vector<int64_t> samples;
    for (int i = 0; i < repeats(7); ++i) {
      samples.push_back(timed_ns([&] {
        sums.zones.assign(all.zones, {});
        sums.cells.assign(all.zones * all.industries, {});
        for (size_t row = 0; row < firms.size(); ++row) {
          const Firm& firm = all.firms[firms[row]];
          add_amounts(
              firm, months[row], [&](Field field) { return columns[field][row]; },
              sums.zones[firm.zone], sums.cells[firm.zone * all.industries + firm.industry]);
        }
      }));
    }
    report_.times("A.arrival", std::move(samples));
    for (const Firm& firm : all.firms) {
      sums.zones[firm.zone].firms += firm.designated_from <= kMonthAsked ? 1 : 0;
    }
    if (sums.zones == columns_.sums().zones && sums.cells == columns_.sums().cells) return {};
    return fail(ErrorKind::corrupt, "bench.floor", "两种扫描结果不一致",
                "the two scans do not agree");
  }

  void correct(const Correction& one) {
    columns_.apply(one.firm, one.month, one.amounts);
    const ZoneFigures figures = columns_.figures(columns_.zone_of(one.firm));
    g_seen = static_cast<double>(figures.rank) + figures.profit_growth + figures.trade_growth;
  }

  // Far from the corrections that stay, and taken back at the end.
  void single_in_memory() {
    constexpr uint32_t kFirst = 50'000'000;
    const size_t count = std::min<size_t>(200'000, task_.data.firms.size() * 8);
    const auto list = corrections(task_.data, kFirst, count);
    std::vector<Correction> former = list;
    for (Correction& one : former) one.amounts = columns_.amounts(one.firm, one.month);
    const int64_t clock_cost = clock_cost_ns();
    std::vector<int64_t> samples;
    samples.reserve(list.size());
    for (const Correction& one : list) {
      const int64_t start = now_ns();
      correct(one);
      samples.push_back(now_ns() - start - clock_cost);
    }
    report_.times("B.memory", std::move(samples));
    for (const Correction& one : former) correct(one);
  }

  Result<void> single_durable() {
    const std::string path = task_.folder + "/log";
    RawLog log(path);
    std::vector<int64_t> samples;
    for (const Correction& one : corrections(task_.data, kSingleFirst, task_.single_corrections)) {
      samples.push_back(timed_ns([&] {
        log.append(&one, 1);
        correct(one);
      }));
    }
    if (!log.is_good()) return no_file(path);
    report_.times("B", std::move(samples));
    answers_.add_sums("corrected", columns_.sums());
    return {};
  }

  void batch(const std::vector<Correction>& list) {
    for (const Correction& one : list) columns_.apply(one.firm, one.month, one.amounts);
    g_seen = columns_.read_all_figures();
  }

  Result<void> batches_durable() {
    const std::string path = task_.folder + "/log";
    RawLog log(path);
    std::vector<int64_t> samples;
    for (size_t i = 0; i < kBatches; ++i) {
      const auto list = corrections(task_.data, batch_first(i), task_.batch_size);
      samples.push_back(timed_ns([&] {
        log.append(list.data(), list.size());
        batch(list);
      }));
    }
    if (!log.is_good()) return no_file(path);
    report_.times("C", std::move(samples));
    answers_.add_sums("batched", columns_.sums());
    return {};
  }

  void batches_in_memory() {
    std::vector<int64_t> samples;
    for (size_t i = kBatches; i < kBatches + static_cast<size_t>(repeats(5)); ++i) {
      const auto list = corrections(task_.data, batch_first(i), task_.batch_size);
      samples.push_back(timed_ns([&] { batch(list); }));
    }
    report_.times("C.memory", std::move(samples));
  }

  const Task& task_;
  Report report_;
  Answers answers_;
  FloorColumns columns_;
};

}  // namespace

Result<void> run_floor(const Task& task) { return Floor(task).run(); }

}  // namespace wutong::bench
