// Table: exact sums by group, month and lane, kept up to date by adding and taking away
// contributions.
//
// Operation. Lanes split a month further, and what they mean is the caller's: days of the month, or
// the period ends from which on something holds. Each lane has one Amount a measure. add()
// collects; commit() makes everything collected since the last one part of the sums, under the
// position of the log that it came from. What did not change in the end leaves no trace. Every
// later change of a block (a group's month) is kept in a journal, so that sums can be read as they
// stood at an earlier position; reading at the newest never looks at it. A block holds its lanes
// running: what lane l shows is the sum of the lanes up to l. So a month is read at one place,
// however many lanes it has. Concurrency. One writer; readers ask for a version and never wait
// (base/versions.hpp). Limitations. Sums are integers at a scale that the caller keeps; 128 bits
// wide, not checked.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/calendar.hpp"
#include "base/decimal.hpp"
#include "base/id.hpp"
#include "base/versions.hpp"

namespace wutong::cell {

struct Amount {
  int128 sum = 0;
  int64_t count = 0;  // contributions behind the sum
  bool operator==(const Amount&) const = default;
  bool is_zero() const { return sum == 0 && count == 0; }
  void add(const Amount& other, int sign = 1) {
    sum += sign * other.sum;
    count += sign * other.count;
  }
};

// Lanes first..last, both included.
struct Lanes {
  uint8_t first = 0;
  uint8_t last = 255;
};

class Table {
 public:
  Table(size_t measures, std::shared_ptr<Versions> versions);
  ~Table();
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  // `amounts` has one element a measure; `sign` is +1 or -1.
  void add(uint32_t group, Month month, uint8_t lane, std::span<const Amount> amounts, int sign);
  void commit(Seq position);

  // What a reader sees: a version, and in it the newest position (nullopt) or an earlier one.
  struct View {
    Version version = kNewestVersion;
    std::optional<Seq> as_of;
  };
  // Sum over the months first..last.
  Amount read(uint32_t group, Month first, Month last, Lanes lanes, size_t measure,
              const View& view) const;
  // The same at the newest position, each month m up to lane `end` - m; nullopt: all lanes.
  Amount read_months(uint32_t group, Month first, Month last, std::optional<Month> end,
                     size_t measure, const View& view) const;
  // Positions at which that sum may have changed, appended in no order, doubles possible.
  void positions(uint32_t group, Month first, Month last, Lanes lanes, size_t measure,
                 const View& view, std::vector<Seq>& out) const;

  // For readers that follow the sums instead of reading them again. Commits that moved something
  // are numbered from 1; the last one up to a position (0: none), not before commit `from`.
  size_t last_commit(Seq position, size_t from = 0) const;
  struct Movement {
    uint32_t group;
    Month month;
    uint8_t lane;
    uint16_t measure;
    Amount amount;
  };
  // visit(Movement) for all that the commits after `from` up to `to` moved. False, and nothing
  // visited, where that is more than `most` or new cells came: then the sums are to be read.
  template <typename Visit>
  bool movements(size_t from, size_t to, size_t most, const Visit& visit) const {
    const Mark before = from == 0 ? Mark{} : marks_[from - 1];
    const Mark after = to == 0 ? Mark{} : marks_[to - 1];
    if (before.created != after.created || after.changes - before.changes > most) return false;
    for (uint32_t at = before.changes; at < after.changes; ++at) {
      const Change& change = changes_[at];
      visit(Movement{change.group, change.month, change.lane, change.measure,
                     Amount{change.sum, change.count}});
    }
    return true;
  }

  // One line a lane and measure that is not zero, in order of group, month, lane, measure.
  struct Line {
    uint32_t group;
    Month month;
    uint8_t lane;
    size_t measure;
    Amount amount;
  };
  std::vector<Line> lines() const;

  std::optional<Month> first_month(uint32_t group, const View& view) const;  // ever written
  std::optional<Month> last_month(uint32_t group, const View& view) const;
  size_t measures() const { return measures_; }
  uint64_t cells_touched() const { return cells_touched_.value(); }  // since construction

 private:
  // One sum with its count, three words: two cells lie in a line of the cache.
  struct Cell {
    uint64_t low = 0;
    uint64_t high = 0;
    int64_t count = 0;
    int128 sum() const { return static_cast<int128>(static_cast<uint128>(high) << 64 | low); }
    void set(int128 sum) {
      low = static_cast<uint64_t>(sum);
      high = static_cast<uint64_t>(static_cast<uint128>(sum) >> 64);
    }
    Amount amount() const { return {sum(), count}; }
  };
  // In one piece: then the lanes' numbers, filled up to whole words, then cells (lanes × measures).
  struct Block {
    Version version;
    const Block* older;
    uint64_t created;  // position
    uint32_t journal;  // newest change + 1
    uint16_t lanes;
    uint16_t measures;

    uint8_t* lane_numbers() { return reinterpret_cast<uint8_t*>(this + 1); }
    const uint8_t* lane_numbers() const { return reinterpret_cast<const uint8_t*>(this + 1); }
    size_t lane_words() const { return (lanes + sizeof(uint64_t) - 1U) / sizeof(uint64_t); }
    Cell* cells() {
      return reinterpret_cast<Cell*>(lane_numbers() + lane_words() * sizeof(uint64_t));
    }
    const Cell* cells() const { return const_cast<Block*>(this)->cells(); }
    size_t bytes() const {
      return sizeof(Block) + lane_words() * sizeof(uint64_t) +
             size_t{lanes} * measures * sizeof(Cell);
    }
    // Where most blocks have their cells: a guess that reads nothing.
    const Cell* cells_of_first_lane() const {
      return reinterpret_cast<const Cell*>(lane_numbers() + sizeof(uint64_t));
    }
    Amount up_to(int lane, size_t measure) const;
  };
  // The blocks of one group: whole years of months from `first` on, then their heads.
  struct Directory {
    int32_t first;  // Month::index
    int32_t months;

    std::atomic<Block*>* heads() { return reinterpret_cast<std::atomic<Block*>*>(this + 1); }
    const std::atomic<Block*>* heads() const { return const_cast<Directory*>(this)->heads(); }
    const std::atomic<Block*>* head(int32_t month) const {
      return month < first || month >= first + months ? nullptr : heads() + (month - first);
    }
  };
  struct Change {
    int128 sum;
    int64_t count;
    uint64_t position;
    uint32_t earlier;  // change + 1
    uint16_t measure;
    uint8_t lane;
    uint32_t group;
    Month month;
  };
  // After a commit: its position, and how many changes and blocks there are.
  struct Mark {
    uint64_t position = 0;
    uint32_t changes = 0;
    uint32_t created = 0;
  };
  struct Pending {
    uint64_t key;  // group, month, lane
    uint32_t at;   // of its amounts in pending_amounts_, in measures
  };

  size_t pending_slot(uint64_t key) const;
  static Block* make_block(size_t lanes, size_t measures);
  static Directory* make_directory(int32_t first, int32_t months);
  static void destroy(void* memory) { ::operator delete(memory); }
  const Directory* directory_of(uint32_t group) const;
  const Block* find(uint32_t group, Month month, Version version) const;
  std::atomic<Block*>& head_of(uint32_t group, Month month);
  Block* with_lanes(std::atomic<Block*>& head, std::span<const Pending> run);
  Block* widened(const Block* old, std::span<const Pending> run) const;
  void prefetch(size_t at) const;
  void commit_block(std::span<const Pending> run, Seq position);
  void note(Block& block, const Pending& pending, Seq position);
  std::span<const Amount> amounts_of(const Pending& pending) const {
    return std::span(pending_amounts_).subspan(pending.at * measures_, measures_);
  }
  struct MonthSpan {
    int32_t first;  // Month::index
    int32_t last;
  };
  // first..last as far as the group's directory reaches.
  MonthSpan months_of(uint32_t group, Month first, Month last) const;
  bool is_seen(uint32_t group, Month month, const View& view) const;
  void add_lines(uint32_t group, Month month, const Block& block, std::vector<Line>& out) const;
  Amount amount_at(const Block& block, Lanes lanes, size_t measure, std::optional<Seq> as_of) const;

  size_t measures_;
  std::shared_ptr<Versions> versions_;
  Stable<std::atomic<Directory*>> directories_;  // by group
  uint32_t groups_ = 0;                          // one more than the greatest
  Stable<Change> changes_;
  uint32_t change_count_ = 0;
  uint32_t created_count_ = 0;
  Stable<Mark> marks_;
  std::atomic<uint32_t> mark_count_{0};

  std::vector<Pending> pending_;
  std::vector<Amount> pending_amounts_;
  std::vector<uint32_t> pending_slots_;  // hash of key → index in pending_ + 1
  Counter cells_touched_;
};

}  // namespace wutong::cell
