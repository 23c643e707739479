// Ledger: the append-only log of every zone of one data directory, and the only way in for facts.
//
// Operation. append() writes entries of any zones in one transaction and returns after the fsync;
// what it acknowledged survives a crash, what it refused left no trace. begin, add and commit are
// the same with one entry in memory at a time. read() gives back equal entries. Each entry's leaf
// hash (RFC 9162) is stored beside its bytes and checked when read.
// Concurrency. One thread at a time writes; read and heads may be called from any thread, they see
// what is committed.
// Limitations. Entries over kPartBytes are stored in parts; over kEntryBytesMax they are refused.
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

constexpr size_t kPartBytes = size_t{4} << 20;
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

  // A transaction, entry by entry. Errors as append. add seals, encodes, hashes and stores; an
  // entry that is refused as it is (`invalid`, `too_large`) leaves the transaction as it was; after
  // any other error it is over, and nothing of it is there. abandon drops it.
  Result<void> begin();
  Result<void> add(const Entry& entry);
  Result<void> commit();
  void abandon();

  // Visits entries from..to (both included, clipped to the head) in order; the visitor returns
  // false to stop. `corrupt` names the first entry that does not hold.
  using Visitor = std::function<bool(const Entry&, const EntryInfo&)>;
  Result<void> read(std::string_view zone, Seq from, Seq to, const Visitor& visitor) const;

  // Destroys the key of a record's personal cells: they read as absent from then on, the log still
  // verifies. Idempotent.
  Result<void> erase_person(std::string_view zone, std::string_view register_name, RecordId record);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace wutong::ledger
