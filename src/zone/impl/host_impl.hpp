// The inside of Host: the zones with their locks, the queue of acts and the writer. Private to the
// folder.
#pragma once

#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <thread>

#include "engine/store/data_directory.hpp"
#include "zone/host.hpp"
#include "zone/impl/live_zone.hpp"

namespace wutong::zone {

// A zone with its lock. Readers share it; the writer takes it to apply. The writer alone changes
// the zone, so the writer reads it without the lock.
struct Slot {
  explicit Slot(std::string name, HashKind hash_kind) : zone(std::move(name), hash_kind) {}
  mutable std::shared_mutex mutex;
  LiveZone zone;
};

// One waiting act. `decide` runs on the writer thread and gives the entry, without seq and instant.
struct Job {
  std::string zone;
  std::function<Outcome<ledger::Entry>(const LiveZone&, Instant at)> decide;
  std::promise<Outcome<Receipt>> answer;
  std::string idempotency_key;
  bool is_dry_run = false;
  Receipt receipt;
};

Failure failure(Error error);
Error writing_stopped();

struct Host::Impl {
  HostOptions options;
  Clock& clock;
  std::unique_ptr<store::DataDirectory> directory;  // none over stores of the caller
  std::unique_ptr<ledger::Ledger> ledger;

  // Locks are taken in the order slot, zones_mutex or slot, ledger_mutex; nobody waits for a slot,
  // or for zones_mutex and ledger_mutex together, while holding one of the latter two. Slots are
  // never removed.
  mutable std::shared_mutex zones_mutex;  // the map, not the zones
  std::map<std::string, std::unique_ptr<Slot>, std::less<>> slots;

  std::mutex ledger_mutex;  // writes to the ledger
  std::mutex queue_mutex;   // queue, is_stopping
  std::condition_variable queue_filled;
  std::deque<Job> queue;
  bool is_stopping = false;
  bool has_failed = false;  // writer thread only
  std::thread writer;

  Impl(HostOptions host_options, Clock& host_clock)
      : options(std::move(host_options)), clock(host_clock) {}

  Slot* find(std::string_view zone) const;
  std::vector<const Slot*> all_slots() const;
  Result<Slot*> need(std::string_view zone) const;
  Result<void> replay_all();

  Outcome<Receipt> submit(Job job);
  void run();
  void write(std::vector<Job>& group);
  std::optional<ledger::Entry> decide(Job& job, Slot& slot);
  void rebuild(const std::set<std::string>& zones);
};

}  // namespace wutong::zone
