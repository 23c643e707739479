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
  // In one piece: then sums (lanes × measures), counts (likewise), lanes.
  struct alignas(16) Block {
    Version version;
    const Block* older;
    uint64_t created;  // position
    uint32_t journal;  // newest change + 1
    uint32_t lanes;
    uint32_t measures;

    int128* sums() { return reinterpret_cast<int128*>(this + 1); }
    const int128* sums() const { return reinterpret_cast<const int128*>(this + 1); }
    int64_t* counts() { return reinterpret_cast<int64_t*>(sums() + lanes * measures); }
    const int64_t* counts() const {
      return reinterpret_cast<const int64_t*>(sums() + lanes * measures);
    }
    uint8_t* lane_numbers() { return reinterpret_cast<uint8_t*>(counts() + lanes * measures); }
    const uint8_t* lane_numbers() const {
      return reinterpret_cast<const uint8_t*>(counts() + lanes * measures);
    }
    Amount up_to(int lane, size_t measure) const;
  };
  struct Key {
    uint32_t group;
    Month month;
  };
  struct Change {
    int128 sum;
    int64_t count;
    uint64_t position;
    uint32_t earlier;  // change + 1
    uint16_t measure;
    uint8_t lane;
  };
  struct MonthSpan {
    int32_t first;  // index + 1; 0: none
    int32_t last;
  };
  struct Pending {
    uint64_t key;  // group, month, lane
    uint32_t at;   // of its amounts in pending_amounts_, in measures
  };

  size_t pending_slot(uint64_t key) const;
  static Block* make_block(size_t lanes, size_t measures);
  static void destroy(void* block) { ::operator delete(block); }
  const Block* find(uint32_t group, Month month, Version version) const;
  uint32_t block_id(uint32_t group, Month month);
  Block* with_lanes(std::atomic<Block*>& head, std::span<const Pending> run);
  void commit_block(std::span<const Pending> run, Seq position);
  void note(Block& block, const Pending& pending, Seq position);
  std::span<const Amount> amounts_of(const Pending& pending) const {
    return std::span(pending_amounts_).subspan(pending.at * measures_, measures_);
  }
  Amount amount_at(const Block& block, Lanes lanes, size_t measure, std::optional<Seq> as_of) const;

  size_t measures_;
  std::shared_ptr<Versions> versions_;
  HashIndex index_;  // of blocks
  Stable<Key> keys_;
  Stable<std::atomic<Block*>> blocks_;
  uint32_t block_count_ = 0;
  Paged<MonthSpan> spans_;  // by group
  Stable<Change> changes_;
  uint32_t change_count_ = 0;

  std::vector<Pending> pending_;
  std::vector<Amount> pending_amounts_;
  std::vector<uint32_t> pending_slots_;  // hash of key → index in pending_ + 1
  Counter cells_touched_;
};

}  // namespace wutong::cell
