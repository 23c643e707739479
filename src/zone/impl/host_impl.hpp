// The inside of Host: the zones with their locks, and the queue of acts. Private to the folder.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <shared_mutex>

#include "engine/store/data_directory.hpp"
#include "zone/host.hpp"
#include "zone/impl/live_zone.hpp"
#include "zone/impl/parts.hpp"

namespace wutong::zone {

// A zone with its lock. Readers share it; the leading caller takes it to apply. The leader alone
// changes zones, so it reads them without the lock.
struct Slot {
  explicit Slot(std::string name, HashKind hash_kind) : zone(std::move(name), hash_kind) {}
  mutable std::shared_mutex mutex;
  LiveZone zone;
};

// One act on one zone. `decide` runs on the leader's thread and gives the entry, without seq and
// instant; it may run once only.
struct Part {
  Slot* slot = nullptr;
  std::function<Outcome<ledger::Entry>(const LiveZone&, Instant at)> decide;
  std::string_view idempotency_key;
  Outcome<Receipt> answer{};
  bool is_refused = false;
  bool is_waiting = false;  // landed: answered when the transaction is durable
};

// What one caller waits for: it lies on the caller's stack. Parts are of different zones.
struct Job {
  std::span<Part> parts;
  bool is_all_or_nothing = false;
  bool is_dry_run = false;
  // Under queue_mutex.
  bool is_leader = false;
  bool is_done = false;
  std::condition_variable woken;
};

Failure failure(Error error);
Error writing_stopped();

struct Host::Impl {
  HostOptions options;
  Clock& clock;
  std::unique_ptr<store::DataDirectory> directory;  // none over stores of the caller
  std::unique_ptr<ledger::Ledger> ledger;

  // Locks are taken in the order slots (in the order of their names), ledger_mutex; nobody waits
  // for a slot while holding one of the other mutexes. Slots are never removed.
  mutable std::shared_mutex zones_mutex;  // the map, not the zones
  std::map<std::string, std::unique_ptr<Slot>, std::less<>> slots;

  std::mutex ledger_mutex;  // writes to the ledger
  std::mutex queue_mutex;   // what follows
  std::deque<Job*> queue;
  bool has_leader = false;
  bool is_stopping = false;
  size_t callers = 0;                 // inside submit
  std::condition_variable left;       // the last caller left
  bool has_failed = false;            // leader only
  mutable PartsOfZones across_parts;  // locks on its own

  Impl(HostOptions host_options, Clock& host_clock)
      : options(std::move(host_options)), clock(host_clock) {}

  Slot* find(std::string_view zone) const;
  std::vector<const Slot*> all_slots() const;
  Result<Slot*> need(std::string_view zone) const;
  Result<void> replay_all();

  // Decides, writes and answers every part; durable on return.
  void submit(Job& job);
  void stop();  // waits for the callers inside
  void lead(std::unique_lock<std::mutex>& lock);
};

}  // namespace wutong::zone
