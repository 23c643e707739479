// Writing by the callers themselves: a caller that finds nobody writing leads. It takes what waits,
// of all zones, decides, applies and appends it in one transaction with one fsync, answers the
// others, and hands on to the next that waits. A lone caller never changes threads.
#include <algorithm>

#include "zone/impl/host_impl.hpp"

namespace wutong::zone {

namespace {

constexpr size_t kGroupMax = 256;

Error part_refused(std::string_view zone) {
  return Error{
      ErrorKind::refused,
      "zone.other_part_refused",
      {},
      "其他园区的部分未通过，按“全有或全无”的要求，园区“" + std::string(zone) + "”的部分也未写入",
      "the part of another zone was refused; all or nothing was asked for, so the part of "
      "zone " +
          std::string(zone) + " was not written",
      {}};
}

// The ledger will not have the entry as it is; nothing is wrong with the storage.
bool is_about_the_entry(const Error& error) {
  return error.kind == ErrorKind::invalid || error.kind == ErrorKind::too_large;
}

// One transaction over the acts of a group.
class Commit {
 public:
  explicit Commit(Host::Impl& host) : host_(host) {}
  void run(std::span<Job* const> group);

 private:
  void write_each(Job& job);
  void write_together(Job& job);
  std::optional<ledger::Entry> decide(const Job& job, Part& part);
  void land(Part& part, const ledger::Entry& entry);
  void rebuild();
  std::vector<Slot*> changed() const;
  void refuse(Part& part, Failure why) {
    part.answer = tl::unexpected(std::move(why));
    part.is_refused = true;
  }

  Host::Impl& host_;
  std::unique_lock<std::mutex> writing_;  // held while a transaction is open
  std::optional<ledger::Ledger::Batch> batch_;
  std::vector<Part*> waiting_;
  std::vector<Part*> repeated_;  // perhaps of an entry of this very group
  Result<void> done_;
};

void Commit::run(std::span<Job* const> group) {
  for (Job* job : group) {
    if (job->work) {
      job->work();
    } else if (host_.has_failed || !done_) {
      for (Part& part : job->parts) refuse(part, failure(writing_stopped()));
    } else if (job->is_all_or_nothing) {
      write_together(*job);
    } else {
      write_each(*job);
    }
  }
  if (waiting_.empty() && done_) return;
  if (done_) done_ = batch_->commit();
  batch_.reset();
  if (!done_) {
    host_.has_failed = !is_about_the_entry(done_.error());
    rebuild();
  }
  host_.publish(changed());
  if (done_) return;
  for (Part* part : waiting_) refuse(*part, failure(done_.error()));
  for (Part* part : repeated_) {
    const bool is_durable = part->slot->zone.receipt_of(part->idempotency_key) != nullptr;
    if (!is_durable) refuse(*part, failure(done_.error()));
  }
}

void Commit::write_each(Job& job) {
  for (Part& part : job.parts) {
    if (!done_) {
      refuse(part, failure(writing_stopped()));
      continue;
    }
    if (const auto entry = decide(job, part)) land(part, *entry);
  }
}

// The parts are of different zones: none sees what another one does.
void Commit::write_together(Job& job) {
  std::vector<std::optional<ledger::Entry>> entries;
  bool is_refused = false;
  for (Part& part : job.parts) {
    entries.push_back(decide(job, part));
    is_refused |= part.is_refused;
  }
  for (size_t i = 0; i < entries.size(); ++i) {
    Part& part = job.parts[i];
    if (is_refused && !part.is_refused) {
      refuse(part, failure(part_refused(part.slot->zone.name())));
    }
    if (part.is_refused || !entries[i]) continue;
    if (done_) land(part, *entries[i]);
    // What was sealed already cannot be taken back alone: the whole group goes.
    if (done_ && part.is_refused) done_ = fail(part.answer.error().error);
    if (!done_ && !part.is_waiting && !part.is_refused) refuse(part, failure(done_.error()));
    entries[i].reset();
  }
}

// Decides one act; answers it at once where nothing is to be written.
std::optional<ledger::Entry> Commit::decide(const Job& job, Part& part) {
  const LiveZone& zone = part.slot->zone;
  if (!part.idempotency_key.empty()) {
    if (const Receipt* first = zone.receipt_of(part.idempotency_key)) {
      part.answer = *first;
      repeated_.push_back(&part);
      return std::nullopt;
    }
  }
  const Instant at = std::max(host_.clock.now(), zone.at());
  Outcome<ledger::Entry> entry = part.decide(zone, at);
  if (!entry) {
    refuse(part, std::move(entry.error()));
    return std::nullopt;
  }
  entry->zone = zone.name();
  entry->seq = Seq{zone.position().value + 1};
  entry->at = at;
  entry->request = part.idempotency_key;
  entry->simulated = host_.options.simulated_time;
  Receipt receipt{zone.name(), entry->seq, at, 0, 0, {}, job.is_dry_run, false};
  for (const ledger::Change& change : entry->changes) {
    (change.creates ? receipt.rows_created : receipt.rows_changed) += change.rows.size();
  }
  part.answer = std::move(receipt);
  if (job.is_dry_run) return std::nullopt;
  return std::move(*entry);
}

// Stores and applies one entry; refuses it alone where the ledger will not have it as it is.
void Commit::land(Part& part, const ledger::Entry& entry) {
  if (!writing_) {
    writing_ = std::unique_lock(host_.ledger_mutex);
    batch_.emplace(*host_.ledger);
  }
  if (auto added = batch_->add(entry); !added) {
    if (is_about_the_entry(added.error())) {
      refuse(part, failure(added.error()));
      return;
    }
    done_ = added;
  }
  part.is_waiting = true;
  waiting_.push_back(&part);
  if (done_) done_ = part.slot->zone.apply(entry);
}

std::vector<Slot*> Commit::changed() const {
  std::vector<Slot*> out;
  for (const Part* part : waiting_) out.push_back(part->slot);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

// After a failure: back to what is durable.
void Commit::rebuild() {
  for (Slot* slot : changed()) {
    LiveZone durable(slot->zone.name(), slot->zone.hash_kind());
    auto head = host_.ledger->head(slot->zone.name());
    if (head && durable.replay(*host_.ledger, head->seq)) slot->zone = std::move(durable);
  }
}

}  // namespace

Failure failure(Error error) { return Failure{std::move(error), {}, 1}; }

Error writing_stopped() {
  return Error{
      ErrorKind::unavailable,
      "zone.writing_stopped",
      {},
      "存储写入失败后已停止写入，只能查询；请检查磁盘后重新启动",
      "writing stopped after a storage failure; only reading is served. Check the disk and "
      "start again",
      {}};
}

// All at once: who reads several zones sees a transaction of several zones whole.
void Host::Impl::publish(std::span<Slot* const> changed) {
  std::vector<std::shared_ptr<const Published>> next;
  next.reserve(changed.size());
  for (Slot* slot : changed) next.push_back(slot->zone.publish());
  std::lock_guard lock(published_mutex);
  for (size_t i = 0; i < changed.size(); ++i) changed[i]->published.swap(next[i]);
}

void Host::Impl::submit(Job& job) {
  std::unique_lock lock(queue_mutex);
  if (!job.work && (is_stopping || options.read_only)) {
    for (Part& part : job.parts) part.answer = tl::unexpected(failure(writing_stopped()));
    return;
  }
  ++callers;
  queue.push_back(&job);
  if (has_leader) job.woken.wait(lock, [&] { return job.is_done || job.is_leader; });
  if (!job.is_done) {
    has_leader = true;
    lead(lock);
  }
  if (--callers == 0) left.notify_all();
}

// Writes what waits, the caller's own first; answers the others and names the next leader.
void Host::Impl::lead(std::unique_lock<std::mutex>& lock) {
  std::vector<Job*> group;
  while (!queue.empty() && group.size() < kGroupMax) {
    group.push_back(queue.front());
    queue.pop_front();
  }
  lock.unlock();
  Commit(*this).run(group);
  lock.lock();
  for (Job* job : group) {
    job->is_done = true;
    job->woken.notify_one();
  }
  has_leader = !queue.empty();
  if (!has_leader) return;
  queue.front()->is_leader = true;
  queue.front()->woken.notify_one();
}

void Host::Impl::stop() {
  std::unique_lock lock(queue_mutex);
  is_stopping = true;
  left.wait(lock, [&] { return callers == 0; });
}

}  // namespace wutong::zone
