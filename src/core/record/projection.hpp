// Projection: the registers of one zone as plain typed tables (docs/projection.md says which),
// written entry by entry, so that continuing a file gives the rows that writing it afresh gives.
//
// Operation. open() looks at what the tables hold and begins a transaction. Every entry of the zone
// from the first is then shown twice, before and after State::apply; those that the tables hold
// already pass. finish() writes the current values and commits. Dropped before that, the tables
// stay as they were. Where the catalog changed since, everything is written afresh; registers with
// personal fields always are, so that a person who was erased is gone from them.
// Concurrency. One thread. Limitations. Values that a field of another type held under an earlier
// catalog are NULL.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "base/crypto.hpp"
#include "core/ledger/entry.hpp"
#include "core/record/state.hpp"

namespace wutong::store {
class TableStore;
}

namespace wutong::record {

// What is projected: a zone at a position. `leaf` is the leaf hash of the entry there, by which a
// file of another log is known.
struct ProjectionTarget {
  std::string zone;
  Title name;
  bool synthetic = false;
  Seq position;
  Instant at;
  Hash catalog{};
  std::shared_ptr<const Schema> schema;
};

class Projection {
 public:
  // Errors: conflict (other_zone, newer_position, not_ours: the file holds something else), refused
  // (a register has a name that the projection needs), and those of the store.
  static Result<std::unique_ptr<Projection>> open(store::TableStore& tables,
                                                  ProjectionTarget target);
  ~Projection();
  Projection(const Projection&) = delete;
  Projection& operator=(const Projection&) = delete;

  // The entries up to here are in the tables; 0: nothing is. What is written comes after it.
  Seq held() const { return held_; }
  void note_before(const ledger::Entry& entry, const State& before);
  // Error: conflict (other_history), where the entry at `held` has another leaf hash.
  Result<void> add(const ledger::Entry& entry, const Hash& leaf, const State& after);
  // `state` at the target's position.
  Result<void> finish(const State& state);

 private:
  struct Book;
  Projection(store::TableStore& tables, ProjectionTarget target);
  Result<void> begin();
  Result<void> create_tables();
  Result<void> create_book(const Book& book);
  Result<void> describe_fields();
  Result<void> write_entry(const ledger::Entry& entry);
  Result<void> write_version(Book& book, const State& after, size_t index, RecordId record,
                             Seq seq);
  Result<void> write_current(Book& book, const State& state);

  store::TableStore* tables_;
  ProjectionTarget target_;
  Seq held_;
  Hash leaf_held_{};
  Hash leaf_{};  // of the last entry shown
  bool is_done_ = false;
  std::vector<Book> books_;  // one a register of the target's schema
};

}  // namespace wutong::record
