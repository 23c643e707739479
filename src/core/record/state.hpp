// State: the records of one zone in typed columns, a function of its log. Dropped and rebuilt by
// replay.
//
// Operation. apply() takes entries in order. Reads are by row or by column over many rows;
// references are followed by paths; effective-dated fields are read on a day. published() is a
// State that shares the records and goes on showing this version whatever is applied later.
// Concurrency. One thread applies. What published() gave may be read by any number of threads
// meanwhile: they never wait, and never see half a change (base/versions.hpp).
// Limitations. Holds the values of the newest positions only (with the histories of effective-dated
// fields); a position that is not published any more is another State, replayed up to it.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/column.hpp"
#include "base/versions.hpp"
#include "core/ledger/entry.hpp"
#include "core/record/schema.hpp"

namespace wutong::record {

class ListIndexes;  // core/record/impl/list_index.hpp
class RowPage;      // core/record/row_page.hpp

// Who last changed a record, and at which entry.
struct Provenance {
  Seq created;
  Seq changed;
};

// A field reached from a register: steps are field indices, each but the last a reference.
struct Path {
  size_t home = 0;  // register
  std::vector<size_t> steps;
  bool is_effective = false;  // any step is effective-dated
};

// Rows of one register that an entry creates or changes.
struct Touched {
  size_t register_index = 0;
  bool creates = false;
  std::vector<RecordId> rows;
  std::vector<size_t> fields;  // that are given, ascending
};

// What the changes of an entry touch, in their order; registers that are not in the schema left
// out.
std::vector<Touched> touched_by(const Schema& schema, std::span<const ledger::Change> changes);

class State {
 public:
  // `versions`: shared with what else belongs to the zone; by default its own.
  explicit State(std::shared_ptr<const Schema> schema,
                 std::shared_ptr<Versions> versions = std::make_shared<Versions>());
  ~State();
  State(State&&) noexcept;
  State& operator=(State&&) noexcept;

  // Reads as of now, for other threads. Versions::close() must follow before more is applied, and
  // reclaim() must know of it for as long as it is read. It cannot be written.
  State published() const;
  const std::shared_ptr<Versions>& versions() const;

  const Schema& schema() const;
  std::shared_ptr<const Schema> schema_pointer() const;
  // Refused (Error, naming register and field) where a record would no longer load.
  Result<void> can_adopt(const Schema& next) const;
  Result<void> adopt(std::shared_ptr<const Schema> schema);

  // `corrupt` if the entry does not fit the state (unknown register, ids not dense, wrong types);
  // then nothing was applied.
  Result<void> apply(const ledger::Entry& entry);
  Seq position() const;
  Version version() const { return version_; }

  size_t size(size_t register_index) const;  // records of a register
  Provenance provenance(size_t register_index, RecordId record) const;
  std::optional<RecordId> find(size_t register_index, std::string_view key) const;
  std::string key_text(size_t register_index, RecordId record) const;  // parts joined by "/"

  // Current value; of an effective-dated field the value on `day` (today's = the latest if
  // nullopt).
  Value value(size_t register_index, size_t field, RecordId record,
              std::optional<Date> day = std::nullopt) const;
  struct Dated {
    Date from;
    Value value;
    bool is_since_always() const;  // `from` is no day that anyone gave
  };
  // History of an effective-dated field, ascending; the first may hold since always.
  std::vector<Dated> history(size_t register_index, size_t field, RecordId record) const;

  // Rows of a new record are not there yet; ids are given in this order.
  RecordId next_record(size_t register_index) const {
    return RecordId{static_cast<uint32_t>(size(register_index))};
  }

  // Column of a path over rows; references followed, absent where any step is absent.
  Column gather(const Path& path, std::span<const RecordId> rows, std::optional<Date> day) const;
  std::optional<Path> resolve(size_t register_index, const expression::Path& path) const;

  // Evaluates a program over rows of its register, effective-dated fields on `day`.
  Column evaluate(const expression::Program& program, size_t register_index,
                  std::span<const RecordId> rows, std::optional<Date> day) const;

  // Records of `register_index` whose reference `field` is `target`. An index is kept for every
  // reference field; order is ascending.
  std::vector<RecordId> referring(size_t register_index, size_t field, RecordId target) const;
  // With those that a dated reference led to the target on any day, ascending; may hold some that
  // it does no more. For the one thread that applies.
  std::vector<RecordId> referring_ever(size_t register_index, size_t field, RecordId target) const;

  // Cells as plain numbers, for work over many rows: a text is the number of its text.
  struct Raws {
    std::vector<int64_t> numbers;
    std::vector<uint8_t> present;
  };
  // `out` is overwritten; it keeps its memory from call to call.
  void gather_raw(const Path& path, std::span<const RecordId> rows, std::optional<Date> day,
                  Raws& out) const;
  // The current cells of fields of a register, one of `out` for each.
  void gather_rows(size_t register_index, std::span<const size_t> fields,
                   std::span<const RecordId> rows, std::span<Raws> out) const;
  const std::string& text(size_t register_index, size_t field, int64_t number) const;
  // The record with this key; a text that is nowhere gives nullopt.
  std::optional<RecordId> find_raw(size_t register_index, std::span<const int64_t> key) const;
  // The same for many keys, one behind the other; one of `out` for each.
  void find_rows(size_t register_index, std::span<const int64_t> keys,
                 std::span<std::optional<RecordId>> out) const;
  std::optional<int64_t> find_text(size_t register_index, size_t field,
                                   std::string_view text) const;
  size_t text_count(size_t register_index, size_t field) const;  // numbers below it are texts
  const RowPage* page(size_t register_index, size_t index) const;
  // Where that page, or a newer version of it, lies; to call for its memory.
  const void* newest_page(size_t register_index, size_t index) const;
  ListIndexes& lists() const;  // of query.hpp; locks on its own

 private:
  struct Impl;
  State(std::shared_ptr<Impl> impl, Version version, Seq position, std::vector<size_t> sizes);
  std::shared_ptr<Impl> impl_;
  Version version_ = kNewestVersion;
  Seq position_;               // of a published state
  std::vector<size_t> sizes_;  // likewise
};

}  // namespace wutong::record
