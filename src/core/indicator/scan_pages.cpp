#include "core/indicator/scan_pages.hpp"

#include <algorithm>
#include <bit>

#include "core/indicator/masked_sum.hpp"
#include "core/record/row_page.hpp"

namespace wutong::indicator {

namespace {

using record::RowPage;

constexpr size_t kRows = RowPage::kRows;

// Sums of numbers of at most four bytes over at most 2^32 records: 64 bits hold them.
struct Tally {
  int64_t sum = 0;
  int64_t count = 0;
};

// Wants that read the same numbers of the same rows, and differ in their months.
struct Series {
  size_t lens = 0;
  std::optional<size_t> breakdown;
  std::optional<size_t> field;
  std::vector<size_t> wants;
};

// The rows of one page that a lens accepts, as bits and as masks.
struct Accepted {
  bool is_known = false;
  uint64_t bits = 0;
  alignas(64) int32_t masks[kRows];
};

struct PageRows {
  uint64_t there = 0;
  uint64_t with_target = 0;
  alignas(64) int32_t targets[kRows];
};

// Rows of the page whose month lies in first..last.
uint64_t rows_between(const RowPage& page, size_t field, Month first, Month last) {
  uint64_t bits = 0;
  for (size_t i = 0; i < kRows; ++i) {
    const int64_t month = page.number(field, i);
    bits |= static_cast<uint64_t>(month >= first.index && month <= last.index) << i;
  }
  return bits & page.presence(field);
}

class PageReader {
 public:
  PageReader(const record::State& state, ScanRegister& home);
  void read();

 private:
  void look(size_t lens, Accepted& out) const;
  void read_page(const RowPage& page);
  void add(const RowPage& page, const Series& series, const Accepted& accepted, uint64_t bits,
           std::span<const size_t> wants);
  void add_parts(const RowPage& page, const Series& series, uint64_t bits,
                 std::span<const size_t> wants);
  void fetch_ahead(size_t index) const;

  // What is wanted of one month.
  struct Part {
    size_t series;
    std::vector<size_t> wants;
  };
  const record::State& state_;
  ScanRegister& home_;
  size_t size_;
  std::vector<Series> series_;
  Month first_;
  std::vector<std::vector<Part>> by_month_;  // from first_ on
  std::vector<Accepted> accepted_;           // by lens, of the page
  std::vector<std::vector<Tally>> tallies_;  // by want, of those with a breakdown
  PageRows rows_;
};

PageReader::PageReader(const record::State& state, ScanRegister& home)
    : state_(state), home_(home), size_(state.size(home.index)) {
  accepted_.resize(home.lenses.size());
  tallies_.resize(home.wants.size());
  Month last = home.wants.empty() ? Month{0} : home.wants.front().last;
  first_ = home.wants.empty() ? Month{0} : home.wants.front().first;
  for (size_t w = 0; w < home.wants.size(); ++w) {
    const ScanWant& want = home.wants[w];
    first_ = std::min(first_, want.first);
    last = std::max(last, want.last);
    if (want.breakdown) tallies_[w].resize(want.amounts.size());
    const auto known = std::ranges::find_if(series_, [&](const Series& series) {
      return series.lens == want.lens && series.breakdown == want.breakdown &&
             series.field == want.field;
    });
    if (known != series_.end()) {
      known->wants.push_back(w);
    } else {
      series_.push_back({want.lens, want.breakdown, want.field, {w}});
    }
  }
  by_month_.resize(static_cast<size_t>(last.index - first_.index) + 1);
  for (size_t m = 0; m < by_month_.size(); ++m) {
    const Month month = first_.plus(static_cast<int>(m));
    for (size_t s = 0; s < series_.size(); ++s) {
      Part part{s, {}};
      for (size_t w : series_[s].wants) {
        if (month >= home.wants[w].first && month <= home.wants[w].last) part.wants.push_back(w);
      }
      if (!part.wants.empty()) by_month_[m].push_back(std::move(part));
    }
  }
}

void PageReader::look(size_t lens, Accepted& out) const {
  const uint8_t* accepted = home_.lenses[lens].accepted.data();
  out.is_known = true;
  for (size_t i = 0; i < kRows; ++i) {
    out.masks[i] = -int32_t{accepted[static_cast<size_t>(rows_.targets[i])]};
  }
  if (rows_.with_target != ~uint64_t{0}) {
    for (size_t i = 0; i < kRows; ++i) {
      if ((rows_.with_target >> i & 1) == 0) out.masks[i] = 0;
    }
  }
  out.bits = bits_of(out.masks);
}

void PageReader::add_parts(const RowPage& page, const Series& series, uint64_t bits,
                           std::span<const size_t> wants) {
  const uint32_t* number_of = home_.breakdowns[*series.breakdown].numbers.data();
  int64_t numbers[kRows];
  if (series.field) page.read(*series.field, 0, kRows, numbers);
  const bool is_narrow = !series.field || page.width(*series.field) <= 4;
  for (size_t w : wants) {
    Tally* tallies = tallies_[w].data();
    auto& amounts = home_.wants[w].amounts;
    for (uint64_t rest = bits; rest != 0; rest &= rest - 1) {
      const int row = std::countr_zero(rest);
      const uint32_t number = number_of[rows_.targets[row]];
      if (is_narrow) {
        tallies[number].sum += series.field ? numbers[row] : 1;
        ++tallies[number].count;
      } else {
        amounts[number].add({numbers[row], 1});
      }
    }
  }
}

void PageReader::add(const RowPage& page, const Series& series, const Accepted& accepted,
                     uint64_t bits, std::span<const size_t> wants) {
  if (series.field) bits &= page.presence(*series.field);
  if (bits == 0) return;
  if (series.breakdown) return add_parts(page, series, bits, wants);
  cell::Amount amount{std::popcount(bits), std::popcount(bits)};
  if (series.field && bits == accepted.bits) {
    amount.sum = masked_sum(page, *series.field, accepted.masks);
  } else if (series.field) {
    int64_t numbers[kRows];
    page.read(*series.field, 0, kRows, numbers);
    amount.sum = 0;
    for (uint64_t rest = bits; rest != 0; rest &= rest - 1) {
      amount.sum += numbers[std::countr_zero(rest)];
    }
  }
  for (size_t w : wants) home_.wants[w].amounts.front().add(amount);
}

void PageReader::read_page(const RowPage& page) {
  const bool is_one_month = page.width(home_.time_field) == 0;
  const std::vector<Part>* parts = nullptr;
  if (is_one_month) {
    const int64_t at = page.number(home_.time_field, 0) - first_.index;
    if (at < 0 || static_cast<size_t>(at) >= by_month_.size()) return;
    parts = &by_month_[static_cast<size_t>(at)];
    if (parts->empty()) return;
  }
  page.read(home_.reference, 0, kRows, rows_.targets);
  rows_.with_target = page.presence(home_.reference) & rows_.there;
  if (rows_.there != ~uint64_t{0}) {
    for (size_t i = 0; i < kRows; ++i) {
      if ((rows_.there >> i & 1) == 0) rows_.targets[i] = 0;
    }
  }
  for (Accepted& each : accepted_) each.is_known = false;
  const auto accepted = [&](const Series& series) -> const Accepted& {
    Accepted& lens = accepted_[series.lens];
    if (!lens.is_known) look(series.lens, lens);
    return lens;
  };
  if (is_one_month) {
    const uint64_t present = page.presence(home_.time_field) & rows_.there;
    for (const Part& part : *parts) {
      const Series& series = series_[part.series];
      const Accepted& lens = accepted(series);
      add(page, series, lens, present & lens.bits, part.wants);
    }
    return;
  }
  for (const Series& series : series_) {
    for (size_t w : series.wants) {
      const ScanWant& want = home_.wants[w];
      const uint64_t bits = rows_between(page, home_.time_field, want.first, want.last);
      if ((bits & rows_.there) == 0) continue;
      const Accepted& lens = accepted(series);
      add(page, series, lens, bits & rows_.there & lens.bits, std::span(&w, 1));
    }
  }
}

// Pages lie anywhere in memory: their heads are called for early, then the whole of those near.
void PageReader::fetch_ahead(size_t index) const {
  constexpr size_t kHeads = 8, kWhole = 2, kLine = 64;
  const size_t pages = (size_ + kRows - 1) / kRows;
  if (index + kHeads < pages) {
    __builtin_prefetch(state_.newest_page(home_.index, index + kHeads));
  }
  if (index + kWhole >= pages) return;
  const RowPage* next = state_.page(home_.index, index + kWhole);
  const auto* bytes = reinterpret_cast<const std::byte*>(next);
  for (size_t at = kLine; at < next->bytes(); at += kLine) __builtin_prefetch(bytes + at);
}

void PageReader::read() {
  for (size_t p = 0; p * kRows < size_; ++p) {
    fetch_ahead(p);
    const size_t count = std::min(kRows, size_ - p * kRows);
    rows_.there = count == kRows ? ~uint64_t{0} : (uint64_t{1} << count) - 1;
    read_page(*state_.page(home_.index, p));
  }
  for (size_t w = 0; w < tallies_.size(); ++w) {
    for (size_t i = 0; i < tallies_[w].size(); ++i) {
      home_.wants[w].amounts[i].add({tallies_[w][i].sum, tallies_[w][i].count});
    }
  }
}

}  // namespace

void read_pages(const record::State& state, ScanRegister& home) {
  if (!home.wants.empty()) PageReader(state, home).read();
}

}  // namespace wutong::indicator
