// Stores in memory with faults on demand, for deterministic tests. Not thread-safe.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <tuple>

#include "engine/store/log_store.hpp"

namespace wutong::store {

class SimulatedLog final : public LogStore {
 public:
  enum class Fault {
    none,
    refuse,     // the write fails, nothing is stored
    lose_sync,  // the fsync fails: nothing may be relied on; nothing is stored
    store_only  // stored, but the answer is lost (as when the machine stops in between)
  };
  // The commit with this number (from 1) meets the fault.
  void fail_at(size_t commit, Fault fault) { fail_at_ = commit, fault_ = fault; }
  void before_commit(std::function<void()> wait) { wait_ = std::move(wait); }
  size_t commits() const { return commits_; }
  // Changes one byte of a stored entry.
  void corrupt(std::string_view zone, Seq seq, size_t byte);

  Result<std::vector<ZoneRow>> zones() const override;
  Result<void> create_zone(std::string_view zone, HashKind hash_kind) override;
  std::unique_ptr<Batch> begin() override;
  Result<void> read(std::string_view zone, Seq from, Seq to, const Visitor& visitor) const override;

 private:
  struct Zone {
    HashKind hash_kind;
    std::vector<LogRow> rows;
  };
  struct SimulatedBatch;
  Result<void> commit(std::vector<LogRow>&& rows);

  std::map<std::string, Zone, std::less<>> zones_;
  std::function<void()> wait_;
  size_t commits_ = 0;
  size_t fail_at_ = 0;
  Fault fault_ = Fault::none;
};

class SimulatedCredentials final : public CredentialStore {
 public:
  Result<void> put(std::string_view kind, std::string_view id, std::string_view value,
                   std::optional<Instant> expires) override;
  Result<std::optional<std::string>> find(std::string_view kind, std::string_view id,
                                          Instant now) const override;
  Result<void> erase(std::string_view kind, std::string_view id) override;
  Result<void> erase_starting(std::string_view kind, std::string_view value_prefix) override;
  Result<void> erase_expired(Instant now) override;
  // All that is stored, joined: tests look for secrets in it.
  std::string dump() const;

 private:
  struct Kept {
    std::string value;
    std::optional<Instant> expires;
  };
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, std::string>, Kept> kept_;
};

class SimulatedSecrets final : public SecretStore {
 public:
  Result<Key> person_key(std::string_view zone, std::string_view register_name, RecordId record,
                         const Key& fresh) override;
  Result<std::optional<Key>> find_person_key(std::string_view zone, std::string_view register_name,
                                             RecordId record) const override;
  Result<void> erase_person_key(std::string_view zone, std::string_view register_name,
                                RecordId record) override;

 private:
  std::map<std::tuple<std::string, std::string, uint32_t>, Key> keys_;
};

}  // namespace wutong::store
