// Table: the records of one register in pages, with histories of effective-dated fields, the index
// of keys and the reverse index of references. Cells are raw numbers: texts stand as numbers of
// their field's pool. Private to the folder.
//
// Concurrency. One writer; readers ask for a version and never wait (base/versions.hpp).
#pragma once

#include <map>

#include "base/text_pool.hpp"
#include "core/record/row_page.hpp"
#include "core/record/state.hpp"

namespace wutong::record {

// Since when a value holds that was given without a day.
constexpr Date kAlways = Date::from_days(-10'000'000);

constexpr RecordId kNoRecord{UINT32_MAX};

// A raw cell: absent, or a number.
using Raw = std::optional<int64_t>;

struct DatedRaw {
  Date from;
  Raw raw;
};

class Table {
 public:
  Table(const Register& home, std::shared_ptr<Versions> versions);
  ~Table();
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  size_t size() const { return size_; }  // the writer's
  Raw raw(size_t field, RecordId record, Version version) const;
  Raw raw_on(size_t field, RecordId record, Date day, Version version) const;
  // Cells of fields over rows (kNoRecord: absent); the page of a row is visited once for all of
  // them. Each of `out` is overwritten.
  void gather(std::span<const size_t> fields, std::span<const RecordId> rows, Version version,
              std::span<State::Raws> out) const;
  // Ascending; a field without a history of its own has one value, since always.
  std::vector<DatedRaw> history(size_t field, RecordId record, Version version) const;
  bool has_history(size_t field) const { return histories_[field] != nullptr; }
  bool has_history(size_t field, RecordId record, Version version) const {
    return histories_[field]->newest.read(record.value, version) != 0;
  }
  Provenance provenance(RecordId record, Version version) const;
  std::vector<RecordId> referring(size_t field, RecordId target, Version version) const;
  // Records whose history of a dated reference names or once named the target, ascending; the
  // writer's alone.
  std::span<const RecordId> named_once(size_t field, RecordId target) const;
  std::optional<RecordId> find(std::span<const int64_t> key, Version version) const;
  void find_all(std::span<const int64_t> keys, Version version,
                std::span<std::optional<RecordId>> out) const;
  const RowPage* page(size_t index, Version version) const;
  const RowPage* newest(size_t index) const {
    const auto* head = pages_.find(index);
    return head == nullptr ? nullptr : head->load(std::memory_order_acquire);
  }

  // Values and raw numbers.
  Value value(size_t field, Raw raw) const;
  const std::string& text(size_t field, int64_t number) const {
    return (*texts_[field])[static_cast<size_t>(number)];
  }
  bool is_text(size_t field) const { return texts_[field] != nullptr; }
  size_t text_count(size_t field) const { return texts_[field]->size(); }
  Raw find_text(size_t field, std::string_view text) const;
  void append(Column& out, size_t field, Raw raw) const;

  // The writer's: a change that was checked to fit. `fields` says which field each column is.
  void apply(const ledger::Change& change, std::span<const size_t> fields, Seq seq);
  // The same records under another register definition: columns by name, new ones absent.
  std::unique_ptr<Table> under(const Register& from, const Register& to,
                               std::shared_ptr<Versions> versions) const;
  bool has_values(size_t field) const;

 private:
  struct HistoryNode {
    Date from;
    uint32_t earlier = 0;  // node + 1, of the value that held before
    Raw raw;
  };
  struct History {
    Paged<uint32_t> newest;  // by record: node + 1
    Stable<HistoryNode> nodes;
    uint32_t count = 0;
  };
  // Records by what they refer to, ascending: lists of record + 1.
  struct Links {
    Paged<uint32_t> first;  // by target
    Paged<uint32_t> last;   // by target
    Paged<uint32_t> next;   // by record
  };
  struct Created {
    uint32_t first;
    Seq seq;
  };

  // One column as raw numbers.
  struct RawColumn {
    size_t field = 0;
    const Column* column = nullptr;
    std::vector<int64_t> text_numbers;
    int64_t number(size_t row) const {
      return text_numbers.empty() ? column->numbers[row] : text_numbers[row];
    }
  };
  std::vector<RawColumn> raw_columns(const ledger::Change& change, std::span<const size_t> fields);
  void create(const ledger::Change& change, std::span<const RawColumn> columns, Seq seq);
  void fill(PageDraft& draft, std::span<const RawColumn> columns, size_t row, size_t first,
            size_t count);
  void amend(const ledger::Change& change, std::span<const RawColumn> columns, Seq seq);
  void amend_row(RecordId record, std::span<const RawColumn> columns, size_t row,
                 std::optional<Date> day, Seq seq);
  void note_widths(const RowPage& page);  // into widths_
  RowPage* writable(RecordId record, std::span<const RawColumn> columns, size_t row, int64_t entry);
  void prefetch_page(std::span<const RecordId> rows, size_t i) const;
  void prefetch_fields(std::span<const RecordId> rows, size_t i,
                       std::span<const size_t> fields) const;
  void set(RecordId record, size_t field, Raw raw);
  void set_dated(size_t field, RecordId record, Date day, Raw raw, bool is_fresh);
  void set_history(size_t field, RecordId record, const std::vector<DatedRaw>& cells);
  void link(size_t field, RecordId record, int64_t target);
  void unlink(size_t field, RecordId record, int64_t target);
  void index_keys(size_t first);
  uint64_t key_hash(std::span<const int64_t> key) const;
  bool has_key(uint32_t record, std::span<const int64_t> key, Version version) const;
  void put_page(size_t index, RowPage* page);

  const Register* home_;
  std::shared_ptr<Versions> versions_;
  size_t fields_;  // the last is the entry that changed the row
  std::vector<ValueType> types_;
  std::vector<int> scales_;
  Stable<std::atomic<RowPage*>> pages_;
  size_t size_ = 0;
  std::vector<std::unique_ptr<TextPool>> texts_;     // by field; none for numbers
  std::vector<std::unique_ptr<History>> histories_;  // by field; none unless effective-dated
  std::vector<std::unique_ptr<Links>> links_;        // by field; none unless a reference
  std::vector<std::map<int64_t, std::vector<RecordId>>> named_once_;  // by field, by target
  std::vector<uint8_t> widths_;                                       // kept for its memory
  HashIndex keys_;
  Stable<Created> created_;  // ascending
  std::atomic<uint32_t> created_count_{0};
};

}  // namespace wutong::record
