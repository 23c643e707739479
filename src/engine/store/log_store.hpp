// LogStore: the logs of many zones as opaque entries. The only place that knows SQL is its SQLite
// implementation (sqlite_log.cpp); a simulated one serves deterministic fault tests.
//
// append writes rows of any zones in one transaction and returns after the fsync. (zone, seq) is
// unique and dense. Concurrency: one appending thread; reads from any thread, and never of a batch
// that is not committed.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/crypto.hpp"
#include "base/error.hpp"
#include "base/id.hpp"

namespace wutong::store {

struct ZoneRow {
  std::string zone;
  HashKind hash_kind = HashKind::sha256;
  Seq seq;
  Instant at;
};

struct LogRow {
  std::string zone;
  Seq seq;
  Instant at;
  Hash leaf{};
  Bytes bytes;
};

class LogStore {
 public:
  virtual ~LogStore() = default;
  virtual Result<std::vector<ZoneRow>> zones() const = 0;
  virtual Result<void> create_zone(std::string_view zone, HashKind hash_kind) = 0;  // conflict
  // One transaction that is filled row by row. Large rows are written as they are added, small ones
  // kept (16 MiB at most) until commit, which is durable on return. One batch at a time; the store
  // outlives it. Without a commit, or after an error, nothing of it is stored.
  class Batch {
   public:
    virtual ~Batch() = default;
    virtual Result<void> add(const LogRow& row) = 0;
    virtual Result<void> commit() = 0;  // once. conflict: a position is taken
  };
  virtual std::unique_ptr<Batch> begin() = 0;
  Result<void> append(std::span<const LogRow> rows);
  // In order of seq; the visitor returns false to stop.
  using Visitor = std::function<bool(LogRow&&)>;
  virtual Result<void> read(std::string_view zone, Seq from, Seq to,
                            const Visitor& visitor) const = 0;
};

// Keys of persons: (zone, register, record) → 32 bytes. Not in the log; has a backup of its own.
class SecretStore {
 public:
  virtual ~SecretStore() = default;
  // Stores `fresh` where there is none; durable on return.
  virtual Result<Key> person_key(std::string_view zone, std::string_view register_name,
                                 RecordId record, const Key& fresh) = 0;
  virtual Result<std::optional<Key>> find_person_key(std::string_view zone,
                                                     std::string_view register_name,
                                                     RecordId record) const = 0;
  virtual Result<void> erase_person_key(std::string_view zone, std::string_view register_name,
                                        RecordId record) = 0;
};

// Hashes of passwords and tokens, sessions, seeds of one-time codes: small opaque values by kind
// and id, in secrets.db beside the person keys. Any thread; durable on return.
class CredentialStore {
 public:
  virtual ~CredentialStore() = default;
  // Replaces. `expires` absent: never.
  virtual Result<void> put(std::string_view kind, std::string_view id, std::string_view value,
                           std::optional<Instant> expires) = 0;
  // What has not expired by `now`.
  virtual Result<std::optional<std::string>> find(std::string_view kind, std::string_view id,
                                                  Instant now) const = 0;
  virtual Result<void> erase(std::string_view kind, std::string_view id) = 0;
  // Every value of a kind that begins with these bytes.
  virtual Result<void> erase_starting(std::string_view kind, std::string_view value_prefix) = 0;
  virtual Result<void> erase_expired(Instant now) = 0;
};

// unflushed: as read_write, but flushed to the disk only when closed. For made-up data that can be
// made again: what a crash of the machine leaves may be broken.
enum class OpenMode { read_write, read_only, unflushed };
Result<std::unique_ptr<LogStore>> open_sqlite_log(const std::string& path, OpenMode mode);
Result<std::unique_ptr<SecretStore>> open_sqlite_secrets(const std::string& path, OpenMode mode);
Result<std::unique_ptr<CredentialStore>> open_sqlite_credentials(const std::string& path,
                                                                 OpenMode mode);

}  // namespace wutong::store
