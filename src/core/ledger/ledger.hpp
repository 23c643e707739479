// Ledger: the append-only log of every zone of one data directory, and the only way in for facts.
//
// Operation. append() writes entries of any zones in one transaction and returns after the fsync;
// what it acknowledged survives a crash, what it refused left no trace. A Batch does the same entry
// by entry, for loads that should not stand in memory whole. read() gives back equal entries. Each
// entry's leaf hash (RFC 9162) is stored beside its bytes and checked when read.
// Concurrency. One thread appends; read and heads may be called from any thread.
// Limitations. Entries over kEntryBytesMax are refused.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "core/ledger/entry.hpp"

namespace wutong::store {
class LogStore;
class SecretStore;
}  // namespace wutong::store

namespace wutong::ledger {

constexpr size_t kEntryBytesMax = size_t{1} << 30;

struct Head {
  std::string zone;
  HashKind hash_kind = HashKind::sha256;
  Seq seq;     // 0: no entry yet
  Instant at;  // of the last entry
};

struct EntryInfo {
  Hash leaf{};
  size_t size = 0;  // stored bytes
};

class Ledger {
 public:
  // The stores outlive the ledger. `random` gives nonces and keys.
  Ledger(store::LogStore& log, store::SecretStore& secrets, Random& random);
  ~Ledger();

  Result<std::vector<Head>> heads() const;
  Result<Head> head(std::string_view zone) const;  // not_found

  // Opens a new zone's log. Errors: conflict if it exists, invalid if the name is no identifier.
  Result<void> create_zone(std::string_view zone, HashKind hash_kind);

  // Seals, encodes, hashes and stores all entries or none; durable on return. Each entry's seq must
  // be one after its zone's head (or the entry before it in the span): otherwise `conflict`,
  // nothing written. After an `io` error nothing more is accepted (design section 4): every later
  // call is `unavailable` until the program is started again.
  Result<void> append(std::span<const Entry> entries);

  // append() in steps: each entry is sealed, encoded, hashed and written as it is added, and needed
  // no longer; commit() makes all of them durable. An entry that is refused as it is (`invalid`,
  // `too_large`) leaves the batch as it was. Without a commit, or after any other error, nothing of
  // the batch is stored and the batch is of no more use. One at a time, and no append() meanwhile;
  // the ledger outlives it.
  class Batch {
   public:
    explicit Batch(Ledger& ledger);
    ~Batch();
    Batch(const Batch&) = delete;
    Batch& operator=(const Batch&) = delete;
    Result<void> add(const Entry& entry);  // errors as append()
    Result<void> commit();                 // once

   private:
    struct State;
    std::unique_ptr<State> state_;
  };

  // Visits entries from..to (both included, clipped to the head) in order; the visitor returns
  // false to stop. `corrupt` names the first entry that does not hold.
  using Visitor = std::function<bool(const Entry&, const EntryInfo&)>;
  Result<void> read(std::string_view zone, Seq from, Seq to, const Visitor& visitor) const;

  // Destroys the key of a record's personal cells: they read as absent from then on, the log still
  // verifies. Idempotent.
  Result<void> erase_person(std::string_view zone, std::string_view register_name, RecordId record);

 private:
  friend class Batch;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wutong::ledger
