// Bag: which values occur, and how often, by group, month and lane. What count_distinct, min, max
// and last need: a value that was taken away must give way to the next one.
//
// Operation, concurrency: as Table. commit() gives a position to what was added since the last one;
// each later change of a cell is kept, so that earlier positions can be read by undoing.
// Limitations. Reading costs as much as there are different values in the months asked for.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "engine/cell/table.hpp"

namespace wutong::cell {

// `order` sorts before `value`: the day for `last`, 0 where only the value matters.
struct Element {
  int64_t order = 0;
  int128 value = 0;
  friend bool operator==(const Element&, const Element&) = default;
  friend bool operator<(const Element& a, const Element& b) {
    return a.order != b.order ? a.order < b.order : a.value < b.value;
  }
};
using Counts = std::map<Element, int64_t>;
void drop_gone(Counts& counts);  // elements with no count above zero

class Bag {
 public:
  void add(uint32_t group, Month month, uint8_t lane, const Element& element, int64_t count);
  void commit(Seq position);

  // Adds the counts over the months first..last to `total`. Of lanes that hold changes counts can
  // be negative until all of them are added; drop_gone() then leaves what is there.
  void read(uint32_t group, Month first, Month last, Lanes lanes, std::optional<Seq> as_of,
            Counts& total) const;
  void positions(uint32_t group, Month first, Month last, Lanes lanes, std::vector<Seq>& out) const;

  struct Line {
    uint32_t group;
    Month month;
    uint8_t lane;
    Element element;
    int64_t count;
  };
  std::vector<Line> lines() const;
  uint64_t cells_touched() const { return cells_touched_; }

 private:
  struct Key {
    uint32_t group;
    Month month;
    uint8_t lane;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct JournalRecord {
    Seq position;
    Element element;
    int64_t change;
  };
  struct Cell {
    std::optional<Seq> created;
    Counts counts;
    std::vector<JournalRecord> journal;  // ascending positions
  };
  template <typename Visit>
  void visit(uint32_t group, Month first, Month last, Lanes lanes, const Visit& visit_cell) const;

  std::map<Key, Cell> cells_;
  std::map<Key, Counts> pending_;
  uint64_t cells_touched_ = 0;
};

}  // namespace wutong::cell
