// The writer: decides, appends and applies the waiting acts of all zones.
#include <algorithm>

#include "zone/impl/host_impl.hpp"

namespace wutong::zone {

namespace {

constexpr size_t kGroupMax = 256;

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

Outcome<Receipt> Host::Impl::submit(Job job) {
  std::future<Outcome<Receipt>> answer = job.answer.get_future();
  {
    std::lock_guard lock(queue_mutex);
    if (is_stopping || options.read_only) return tl::unexpected(failure(writing_stopped()));
    queue.push_back(std::move(job));
  }
  queue_filled.notify_one();
  return answer.get();
}

void Host::Impl::run() {
  while (true) {
    std::vector<Job> group;
    {
      std::unique_lock lock(queue_mutex);
      queue_filled.wait(lock, [&] { return is_stopping || !queue.empty(); });
      if (queue.empty()) return;
      while (!queue.empty() && group.size() < kGroupMax) {
        group.push_back(std::move(queue.front()));
        queue.pop_front();
      }
    }
    write(group);
  }
}

// Decides one act; answers it at once where nothing is to be written.
std::optional<ledger::Entry> Host::Impl::decide(Job& job, Slot& slot) {
  if (!job.idempotency_key.empty()) {
    if (const Receipt* first = slot.zone.receipt_of(job.idempotency_key)) {
      job.answer.set_value(*first);
      return std::nullopt;
    }
  }
  Instant at = std::max(clock.now(), slot.zone.at());
  Outcome<ledger::Entry> entry = job.decide(slot.zone, at);
  if (!entry) {
    job.answer.set_value(tl::unexpected(std::move(entry.error())));
    return std::nullopt;
  }
  entry->zone = job.zone;
  entry->seq = Seq{slot.zone.position().value + 1};
  entry->at = at;
  entry->request = job.idempotency_key;
  entry->simulated = options.simulated_time;
  job.receipt.zone = job.zone;
  job.receipt.seq = entry->seq;
  job.receipt.at = at;
  for (const ledger::Change& change : entry->changes) {
    (change.creates ? job.receipt.rows_created : job.receipt.rows_changed) += change.rows.size();
  }
  if (job.is_dry_run) {
    job.receipt.is_dry_run = true;
    job.answer.set_value(job.receipt);
    return std::nullopt;
  }
  return std::move(*entry);
}

void Host::Impl::write(std::vector<Job>& group) {
  std::map<std::string, std::unique_lock<std::shared_mutex>> locks;
  std::vector<ledger::Entry> entries;
  std::vector<Job*> waiting;
  std::set<std::string> changed;
  Result<void> done;
  for (Job& job : group) {
    if (has_failed || !done) {
      job.answer.set_value(tl::unexpected(failure(writing_stopped())));
      continue;
    }
    Slot* slot = find(job.zone);
    std::optional<ledger::Entry> entry = decide(job, *slot);
    if (!entry) continue;
    if (!locks.contains(job.zone)) locks.emplace(job.zone, slot->mutex);
    changed.insert(job.zone);
    done = slot->zone.apply(*entry);
    entries.push_back(std::move(*entry));
    waiting.push_back(&job);
  }
  if (entries.empty()) return;
  if (done) {
    std::lock_guard lock(ledger_mutex);
    done = ledger->append(entries);
  }
  if (!done) {
    has_failed = true;
    rebuild(changed);
  }
  locks.clear();
  for (Job* job : waiting) {
    if (done) {
      job->answer.set_value(std::move(job->receipt));
    } else {
      job->answer.set_value(tl::unexpected(failure(done.error())));
    }
  }
}

// After a failure: back to what is durable. The caller holds the zones' locks.
void Host::Impl::rebuild(const std::set<std::string>& zones) {
  for (const std::string& name : zones) {
    Slot* slot = find(name);
    LiveZone durable(name, slot->zone.hash_kind());
    auto head = ledger->head(name);
    if (head && durable.replay(*ledger, head->seq)) slot->zone = std::move(durable);
  }
}

}  // namespace wutong::zone
