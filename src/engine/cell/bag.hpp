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
  explicit Bag(std::shared_ptr<Versions> versions) : versions_(std::move(versions)) {}

  void add(uint32_t group, Month month, uint8_t lane, const Element& element, int64_t count);
  void commit(Seq position);

  // Adds the counts over the months first..last to `total`. Of lanes that hold changes counts can
  // be negative until all of them are added; drop_gone() then leaves what is there.
  void read(uint32_t group, Month first, Month last, Lanes lanes, const Table::View& view,
            Counts& total) const;
  void positions(uint32_t group, Month first, Month last, Lanes lanes, const Table::View& view,
                 std::vector<Seq>& out) const;

  struct Line {
    uint32_t group;
    Month month;
    uint8_t lane;
    Element element;
    int64_t count;
  };
  std::vector<Line> lines() const;
  uint64_t cells_touched() const { return cells_touched_.value(); }

 private:
  struct Key {
    uint32_t group;
    Month month;
    uint8_t lane;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  // Lists of a cell: node + 1.
  struct Heads {
    uint64_t created;  // position; 0: not written yet
    uint32_t elements;
    uint32_t journal;
  };
  struct Node {
    Element element;
    uint32_t cell;
    uint32_t next;
  };
  struct Change {
    Element element;
    int64_t change;
    uint64_t position;
    uint32_t earlier;
  };
  uint32_t cell_of(const Key& key);
  std::optional<uint32_t> find_cell(const Key& key) const;
  void change_count(uint32_t cell, const Element& element, int64_t change);
  template <typename Visit>
  void visit(uint32_t group, Month first, Month last, Lanes lanes, Version version,
             const Visit& visit_cell) const;

  std::shared_ptr<Versions> versions_;
  HashIndex index_;  // of cells
  Stable<Key> keys_;
  uint32_t cell_count_ = 0;
  Paged<Heads> heads_;        // by cell
  Paged<uint32_t> in_group_;  // newest cell of a group + 1
  Paged<uint32_t> next_cell_;
  HashIndex node_index_;
  Stable<Node> nodes_;
  Paged<int64_t> counts_;  // by node
  uint32_t node_count_ = 0;
  Stable<Change> changes_;
  uint32_t change_count_ = 0;
  std::map<Key, Counts> pending_;
  Counter cells_touched_;
};

}  // namespace wutong::cell
