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

// A zone. The leading caller alone reads and changes it; everybody else reads what was published.
struct Slot {
  explicit Slot(std::string name, HashKind hash_kind) : zone(std::move(name), hash_kind) {}
  LiveZone zone;
  std::shared_ptr<const Published> published;  // under Host::Impl::published_mutex
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
  std::function<void()> work;  // instead of parts: runs while nobody writes
};

Failure failure(Error error);
Failure to_failure(record::Refusal refusal, std::string_view zone);
Error writing_stopped();

struct Host::Impl {
  HostOptions options;
  Clock& clock;
  std::unique_ptr<store::DataDirectory> directory;  // none over stores of the caller
  std::unique_ptr<ledger::Ledger> ledger;

  // No mutex is taken while another is held, but published_mutex after zones_mutex. Slots are never
  // removed.
  mutable std::shared_mutex zones_mutex;  // the map, not the zones
  mutable std::mutex published_mutex;     // held to copy or to exchange pointers only
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
  std::shared_ptr<const Published> published(const Slot& slot) const {
    std::lock_guard lock(published_mutex);
    return slot.published;
  }
  void publish(std::span<Slot* const> slots);
  std::vector<const Slot*> all_slots() const;
  Result<Slot*> need(std::string_view zone) const;
  Result<void> replay_all();

  // Decides, writes and answers every part; durable on return.
  void submit(Job& job);
  void stop();  // waits for the callers inside
  void lead(std::unique_lock<std::mutex>& lock);
};

}  // namespace wutong::zone
