// LogStore: the logs of many zones as opaque entries. The only place that knows SQL is its SQLite
// implementation (sqlite_log.cpp); a simulated one serves deterministic fault tests.
//
// Rows of any zones are written in one transaction: begin, add one after another, commit, which
// returns after the fsync. (zone, seq) is unique and dense. Concurrency: one thread at a time
// writes; reads from any thread meanwhile, they see what is committed.
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

// What is written: the bytes stand in parts of at most `part_bytes`.
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
  virtual Result<void> begin() = 0;
  // After an error of add or commit nothing of the transaction is there (commit: or all of it,
  // where the answer was lost), and the transaction is over.
  virtual Result<void> add(const LogRow& row, size_t part_bytes) = 0;
  virtual Result<void> commit() = 0;
  virtual void rollback() = 0;
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

enum class OpenMode { read_write, read_only };
Result<std::unique_ptr<LogStore>> open_sqlite_log(const std::string& path, OpenMode mode);
Result<std::unique_ptr<SecretStore>> open_sqlite_secrets(const std::string& path, OpenMode mode);

}  // namespace wutong::store
