// Indexes for lists of one register: columns by value, orders of rows, rows that pass a condition.
// Private to the folder.
//
// Operation. A base holds the columns that were ever asked for, as of one published version; what
// follows from them (orders, parts) is derived when asked for. A later version is read as the base
// and the few rows that changed since; when they are many, a new base is merged from the old one
// and them, in time linear in the rows. Concurrency. Any threads that read published states; a
// mutex for each register is held while a base or the changed rows are found, another for what a
// base derived. Bases are never changed and live as long as somebody reads them. Limitations. Older
// versions than the base, and states that are not published, have none: they are read row by row.
#pragma once

#include <mutex>

#include "core/record/impl/field_order.hpp"
#include "core/record/impl/words.hpp"

namespace wutong::record {

using Bits = std::vector<uint64_t>;
inline bool has_bit(const Bits& bits, uint32_t i) { return (bits[i / 64] >> (i % 64) & 1) != 0; }

// Rows by what a field holds. Group values.size() is that of absent cells.
struct ColumnIndex {
  std::vector<int64_t> values;          // different ones, ascending
  std::vector<uint32_t> group;          // by row
  std::vector<uint32_t> starts;         // by group, in `rows`; one more for the end
  std::vector<uint32_t> rows;           // group by group
  std::vector<uint32_t> group_of_text;  // of a text field: by its number; UINT32_MAX: none

  uint32_t absent() const { return static_cast<uint32_t>(values.size()); }
};

// Rows of a base that pass one condition: those of groups, or bits alone.
struct Part {
  std::shared_ptr<const ColumnIndex> column;
  std::vector<std::pair<uint32_t, uint32_t>> groups;  // from, until; ascending
  std::vector<uint8_t> is_in;                         // by group, where there are many spans
  size_t size = 0;

  bool has(uint32_t row) const;
  const Bits& bits(size_t rows) const;  // made when first asked for; from any thread
  template <typename F>
  void each(F&& f) const;  // of a column

  mutable std::once_flag once;
  mutable Bits made;
};

struct RowsInOrder {
  std::vector<uint32_t> rows;
  std::vector<uint32_t> place;  // by row, in `rows`
};

class ListBase {
 public:
  // At the state's version. `old` may be null; `changed` are the rows that are not as there.
  ListBase(const State& state, size_t register_index, std::span<const size_t> fields,
           const ListBase* old, std::span<const RecordId> changed);

  size_t size() const { return size_; }
  Version version() const { return version_; }
  Seq position() const { return position_; }
  std::shared_ptr<const ColumnIndex> column(size_t field) const;
  std::vector<size_t> fields() const;
  std::shared_ptr<const RowsInOrder> in_order(std::span<const SortField> sort) const;
  std::shared_ptr<const Part> part(const State& state, const Condition& condition) const;
  std::shared_ptr<const Part> part(const Word& word,
                                   const std::map<size_t, WordIndex>& indexes) const;

 private:
  size_t register_;
  size_t size_;
  Version version_;
  Seq position_;
  std::vector<size_t> key_;
  std::map<size_t, std::shared_ptr<const ColumnIndex>> columns_;
  mutable std::mutex mutex_;  // what follows
  mutable std::map<std::vector<SortField>, std::shared_ptr<const RowsInOrder>> orders_;
  mutable std::map<std::string, std::shared_ptr<const Part>, std::less<>> parts_;
};

// A version: its base and what is not as there.
struct ListView {
  std::shared_ptr<const ListBase> base;
  Version version = 0;
  std::vector<RecordId> changed;  // ascending; those from base->size() on are new
  Bits is_changed;                // by row of the base
};

class ListIndexes {
 public:
  explicit ListIndexes(size_t registers) : slots_(registers) {}
  // Null: read row by row. `fields` get columns; with `words` the fields of words are learnt.
  std::shared_ptr<const ListView> view(const State& state, size_t register_index,
                                       std::span<const size_t> fields);
  std::shared_ptr<const Part> part(const State& state, const ListView& view, size_t register_index,
                                   const Word& word);

 private:
  struct Slot {
    std::mutex mutex;
    std::shared_ptr<const ListView> newest;
    std::mutex words_mutex;
    std::map<size_t, WordIndex> words;  // by field
  };
  std::vector<Slot> slots_;
};

// The fields whose texts have words: texts that are not personal.
std::vector<size_t> word_fields(const Register& home);

template <typename F>
void Part::each(F&& f) const {
  for (const auto& [from, until] : groups) {
    for (uint32_t i = column->starts[from]; i < column->starts[until]; ++i) f(column->rows[i]);
  }
}

}  // namespace wutong::record
