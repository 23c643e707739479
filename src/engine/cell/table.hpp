// Table: exact sums by group, month and lane, kept up to date by adding and taking away
// contributions.
//
// Operation. A cell is found by (group, month, lane); lanes split a month further, and what they
// mean is the caller's: days of the month, or the period ends from which on something holds. Each
// cell has one Amount a measure. add() changes sums at once; commit() gives everything added since
// the last commit the position of the log that it came from. What did not change in the end leaves
// no trace. Every changed amount leaves its former value in a journal, so that sums can be read as
// they stood at an earlier position. Reading at the newest position never looks at the journal, and
// cells that were written at one position only have none. Concurrency. None inside: one thread
// changes while nobody reads; any number may read otherwise. Limitations. Sums are integers at a
// scale that the caller keeps; 128 bits wide, not checked.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/calendar.hpp"
#include "base/decimal.hpp"
#include "base/id.hpp"

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
  explicit Table(size_t measures) : measures_(measures) {}

  // `amounts` has one element a measure; `sign` is +1 or -1.
  void add(uint32_t group, Month month, uint8_t lane, std::span<const Amount> amounts, int sign);
  void commit(Seq position);

  // Sum over the months first..last; `as_of` nullopt is the newest position.
  Amount read(uint32_t group, Month first, Month last, Lanes lanes, size_t measure,
              std::optional<Seq> as_of) const;
  // Positions at which that sum may have changed, appended in no order, doubles possible.
  void positions(uint32_t group, Month first, Month last, Lanes lanes, size_t measure,
                 std::vector<Seq>& out) const;

  // One line a cell and measure that is not zero, in order of group, month, lane, measure.
  struct Line {
    uint32_t group;
    Month month;
    uint8_t lane;
    size_t measure;
    Amount amount;
  };
  std::vector<Line> lines() const;

  std::optional<Month> first_month(uint32_t group) const;  // of cells ever written
  std::optional<Month> last_month(uint32_t group) const;
  size_t measures() const { return measures_; }
  uint64_t cells_touched() const { return cells_touched_; }  // since construction

 private:
  static constexpr uint32_t kNone = 0xFFFFFFFF;
  static constexpr uint64_t kPending = 0xFFFFFFFFFFFFFFFF;  // created since the last commit

  struct LaneCell {
    uint8_t lane;
    uint32_t cell;
  };
  struct MonthRow {
    Month month;
    std::vector<LaneCell> lanes;  // ascending
  };
  struct Cell {
    uint64_t created = kPending;
    uint32_t journal = kNone;  // newest record of this cell
    uint32_t pending = kNone;  // index into pending_ while touched
  };
  // Before `position` the measure's amount was `before`.
  struct JournalRecord {
    Amount before;
    uint64_t position;
    uint32_t earlier;  // record of the same cell, or kNone
    uint32_t measure;
  };

  uint32_t find_or_create(uint32_t group, Month month, uint8_t lane);
  Amount amount_at(uint32_t cell, size_t measure, std::optional<Seq> as_of) const;
  template <typename Visit>
  void visit(uint32_t group, Month first, Month last, Lanes lanes, const Visit& visit_cell) const;

  size_t measures_;
  std::vector<std::vector<MonthRow>> groups_;  // months ascending
  std::vector<Cell> cells_;
  std::vector<int128> sums_;     // cell × measures_ + measure
  std::vector<int64_t> counts_;  // likewise
  std::vector<JournalRecord> journal_;
  std::vector<uint32_t> pending_;       // cells touched since the last commit
  std::vector<Amount> pending_before_;  // their amounts then
  uint64_t cells_touched_ = 0;
};

}  // namespace wutong::cell
