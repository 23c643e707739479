#include "zone/host.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <thread>

#include "base/text.hpp"
#include "engine/store/data_directory.hpp"
#include "zone/impl/live_zone.hpp"

namespace wutong::zone {

namespace {

constexpr size_t kGroupMax = 256;

// A zone with its lock. Readers share it; the writer takes it to apply. The writer alone changes the
// zone, so the writer reads it without the lock.
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

Failure failure(Error error) { return Failure{std::move(error), {}, 1}; }

Error stopped() {
  return Error{ErrorKind::unavailable, "zone.writing_stopped", {},
               "存储写入失败后已停止写入，只能查询；请检查磁盘后重新启动",
               "writing stopped after a storage failure; only reading is served. Check the disk and "
               "start again",
               {}};
}

Failure to_failure(record::Refusal refusal, std::string_view zone) {
  std::string code = "record." + std::string(record::to_string(refusal.code));
  Error error{ErrorKind::refused, code, {}, {}, {}, {}};
  if (refusal.faults.size() == 1) {
    error = refusal.faults.front();
    error.code = code;
  } else {
    std::string faults = std::to_string(refusal.fault_count);
    std::string rows = std::to_string(refusal.row_count);
    error.zh = rows + " 行中有 " + faults + " 处错误，全部未写入；请改正所列各处后重新提交";
    error.en = faults + " faults in " + rows +
               " rows; nothing was written. Correct those listed and submit again";
  }
  if (error.kind == ErrorKind::invalid) error.kind = ErrorKind::refused;
  error.detail = zone;
  return Failure{std::move(error), std::move(refusal.faults), refusal.fault_count};
}

}  // namespace

struct Host::Impl {
  HostOptions options;
  Clock& clock;
  std::unique_ptr<store::DataDirectory> directory;  // none over stores of the caller
  std::unique_ptr<ledger::Ledger> ledger;

  mutable std::shared_mutex zones_mutex;                      // the map, not the zones
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
  Result<Slot*> need(std::string_view zone) const;
  Result<void> replay_all();

  Outcome<Receipt> submit(Job job);
  void run();
  void write(std::vector<Job>& group);
  std::optional<ledger::Entry> decide(Job& job, Slot& slot);
  void rebuild(const std::set<std::string>& zones);
};

Slot* Host::Impl::find(std::string_view zone) const {
  std::shared_lock lock(zones_mutex);
  auto found = slots.find(zone);
  return found == slots.end() ? nullptr : found->second.get();
}

Result<Slot*> Host::Impl::need(std::string_view zone) const {
  if (Slot* slot = find(zone)) return slot;
  std::vector<std::string> names;
  {
    std::shared_lock lock(zones_mutex);
    for (const auto& [name, slot] : slots) names.push_back(name);
  }
  std::string zh = "没有园区“" + std::string(zone) + "”";
  std::string en = "there is no zone " + std::string(zone);
  if (auto near = nearest_name(zone, names)) {
    zh += "，是否指 " + *near + "？";
    en += "; did you mean " + *near + "?";
  } else if (names.empty()) {
    zh += "；此数据目录还没有园区，可用 wutong zone create 建立";
    en += "; this data directory has no zone yet, create one with: wutong zone create";
  } else {
    zh += "；有：" + join(names, "、");
    en += "; there are: " + join(names, ", ");
  }
  return fail(ErrorKind::not_found, "zone.unknown", zh, en);
}

Result<void> Host::Impl::replay_all() {
  auto heads = ledger->heads();
  if (!heads) return fail(heads.error());
  for (const ledger::Head& head : *heads) {
    auto slot = std::make_unique<Slot>(head.zone, head.hash_kind);
    if (auto replayed = slot->zone.replay(*ledger, head.seq); !replayed) return replayed;
    slots.emplace(head.zone, std::move(slot));
  }
  return {};
}

Outcome<Receipt> Host::Impl::submit(Job job) {
  std::future<Outcome<Receipt>> answer = job.answer.get_future();
  {
    std::lock_guard lock(queue_mutex);
    if (is_stopping || options.read_only) return tl::unexpected(failure(stopped()));
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
      job.answer.set_value(tl::unexpected(failure(stopped())));
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

Host::Host(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Host::~Host() {
  {
    std::lock_guard lock(impl_->queue_mutex);
    impl_->is_stopping = true;
  }
  impl_->queue_filled.notify_all();
  if (impl_->writer.joinable()) impl_->writer.join();
}

Result<std::unique_ptr<Host>> Host::open(const HostOptions& options, Clock& clock,
                                         Random& random) {
  auto directory = store::DataDirectory::open(
      options.data_directory,
      options.read_only ? store::OpenMode::read_only : store::OpenMode::read_write);
  if (!directory) return fail(directory.error());
  auto host = open_on((*directory)->log(), (*directory)->secrets(), options, clock, random);
  if (host) (*host)->impl_->directory = std::move(*directory);
  return host;
}

Result<std::unique_ptr<Host>> Host::open_on(store::LogStore& log, store::SecretStore& secrets,
                                            const HostOptions& options, Clock& clock,
                                            Random& random) {
  auto impl = std::make_unique<Impl>(options, clock);
  impl->ledger = std::make_unique<ledger::Ledger>(log, secrets, random);
  if (auto replayed = impl->replay_all(); !replayed) return fail(replayed.error());
  std::unique_ptr<Host> host(new Host(std::move(impl)));
  if (!options.read_only) host->impl_->writer = std::thread([p = host->impl_.get()] { p->run(); });
  return host;
}

Outcome<Receipt> Host::create_zone(std::string_view zone, HashKind hash_kind,
                                   const pack::Files& files, std::string_view actor) {
  Issues issues;
  auto loaded = catalog::load(files, zone, issues);
  if (loaded == nullptr) {
    Error first = issues.empty() ? Error{} : issues.front();
    size_t count = issues.size();
    return tl::unexpected(Failure{std::move(first), std::move(issues), count});
  }
  if (impl_->find(zone) == nullptr) {
    std::lock_guard writing(impl_->ledger_mutex);
    if (auto created = impl_->ledger->create_zone(zone, hash_kind); !created) {
      return tl::unexpected(failure(created.error()));
    }
    std::unique_lock lock(impl_->zones_mutex);
    impl_->slots.emplace(zone, std::make_unique<Slot>(std::string(zone), hash_kind));
  } else if (impl_->find(zone)->zone.has_catalog()) {
    return tl::unexpected(failure(
        Error{ErrorKind::conflict, "zone.exists", {}, "园区“" + std::string(zone) + "”已存在",
              "zone " + std::string(zone) + " exists already", {}}));
  }
  return adopt(zone, files, actor, "");
}

Outcome<Receipt> Host::adopt(std::string_view zone, const pack::Files& files,
                             std::string_view actor, std::string_view reason) {
  if (auto slot = impl_->need(zone); !slot) return tl::unexpected(failure(slot.error()));
  Issues issues;
  auto loaded = catalog::load(files, zone, issues);
  if (loaded == nullptr) {
    Error first = issues.empty() ? Error{} : issues.front();
    size_t count = issues.size();
    return tl::unexpected(Failure{std::move(first), std::move(issues), count});
  }
  Job job;
  job.zone = zone;
  job.decide = [loaded, actor = std::string(actor), reason = std::string(reason)](
                   const LiveZone& live, Instant) -> Outcome<ledger::Entry> {
    if (live.has_catalog() && live.catalog().digest == loaded->digest) {
      return tl::unexpected(failure(Error{ErrorKind::refused, "zone.catalog_unchanged", {},
                                          "定义没有变化，无需采用",
                                          "the catalog is the one in force; nothing to adopt", {}}));
    }
    if (auto fits = live.can_adopt(*loaded); !fits) return tl::unexpected(failure(fits.error()));
    return adoption_entry(*loaded, actor, reason);
  };
  return impl_->submit(std::move(job));
}

Outcome<Receipt> Host::act(std::string_view zone, record::Request request,
                           std::string_view idempotency_key, bool is_dry_run) {
  if (auto slot = impl_->need(zone); !slot) return tl::unexpected(failure(slot.error()));
  Job job;
  job.zone = zone;
  job.idempotency_key = idempotency_key;
  job.is_dry_run = is_dry_run;
  Issues warnings;
  auto shared = std::make_shared<record::Request>(std::move(request));
  job.decide = [shared, &warnings](const LiveZone& live, Instant at) -> Outcome<ledger::Entry> {
    shared->at = at;
    auto decision = record::decide(live.state(), *shared);
    if (!decision) {
      return tl::unexpected(to_failure(std::move(decision.error()), live.name()));
    }
    ledger::Entry entry;
    entry.actor = shared->actor;
    entry.act = record::to_string(shared->act);
    entry.reason = shared->note;
    entry.catalog = live.catalog().digest;
    entry.changes = std::move(decision->changes);
    warnings = std::move(decision->warnings);
    return entry;
  };
  Outcome<Receipt> receipt = impl_->submit(std::move(job));
  if (receipt) receipt->warnings = std::move(warnings);
  return receipt;
}

std::vector<Summary> Host::zones() const {
  std::shared_lock lock(impl_->zones_mutex);
  std::vector<Summary> all;
  for (const auto& [name, slot] : impl_->slots) {
    std::shared_lock reading(slot->mutex);
    all.push_back(slot->zone.summary());
  }
  return all;
}

Result<void> Host::read(std::string_view zone, const std::function<void(const View&)>& f) const {
  auto slot = impl_->need(zone);
  if (!slot) return fail(slot.error());
  std::shared_lock lock((*slot)->mutex);
  if (!(*slot)->zone.has_catalog()) {
    return fail(ErrorKind::not_found, "zone.empty",
                "园区“" + std::string(zone) + "”还没有采用定义，请重新运行 wutong zone create",
                "zone " + std::string(zone) + " has no catalog; run wutong zone create again");
  }
  f((*slot)->zone.view());
  return {};
}

void Host::read_all(const std::function<void(std::span<const View>)>& f) const {
  std::shared_lock zones_lock(impl_->zones_mutex);
  std::vector<std::shared_lock<std::shared_mutex>> locks;
  std::vector<View> views;
  for (const auto& [name, slot] : impl_->slots) {
    locks.emplace_back(slot->mutex);
    if (slot->zone.has_catalog()) views.push_back(slot->zone.view());
  }
  f(views);
}

Result<void> Host::read_at(std::string_view zone, Seq position,
                           const std::function<void(const View&)>& f) const {
  auto slot = impl_->need(zone);
  if (!slot) return fail(slot.error());
  Seq head;
  {
    std::shared_lock lock((*slot)->mutex);
    head = (*slot)->zone.position();
  }
  if (position.value == 0 || position.value > head.value) {
    std::string range = "1.." + std::to_string(head.value);
    return fail(ErrorKind::not_found, "zone.position_unknown",
                "没有位置 " + std::to_string(position.value) + "，可用 " + range,
                "there is no position " + std::to_string(position.value) + "; there are " + range);
  }
  LiveZone past(std::string(zone), (*slot)->zone.hash_kind());
  if (auto replayed = past.replay(*impl_->ledger, position); !replayed) return replayed;
  f(past.view());
  return {};
}

Result<Seq> Host::position_on(std::string_view zone, Date day) const {
  auto slot = impl_->need(zone);
  if (!slot) return fail(slot.error());
  std::shared_lock lock((*slot)->mutex);
  if (auto seq = (*slot)->zone.last_until(Instant::end_of(day))) return *seq;
  return fail(ErrorKind::not_found, "zone.before_first_entry",
              day.to_string() + " 之前还没有任何记录", "nothing was recorded by " + day.to_string());
}

Result<EntryNote> Host::entry(std::string_view zone, Seq seq) const {
  auto slot = impl_->need(zone);
  if (!slot) return fail(slot.error());
  std::optional<EntryNote> note;
  auto read = impl_->ledger->read(
      zone, seq, seq, [&](const ledger::Entry& entry, const ledger::EntryInfo& info) {
        note = EntryNote{entry.seq, entry.at, entry.actor,     entry.act, entry.reason,
                         {},        0,        entry.simulated, info.leaf};
        for (const ledger::Change& change : entry.changes) {
          note->registers.push_back(change.register_name);
          note->rows += change.rows.size();
        }
        return false;
      });
  if (!read) return fail(read.error());
  if (note) return *note;
  return fail(ErrorKind::not_found, "zone.entry_unknown",
              "没有第 " + std::to_string(seq.value) + " 条记录",
              "there is no entry " + std::to_string(seq.value));
}

Result<std::optional<std::string>> Host::compare_recomputed(std::string_view zone) const {
  auto slot = impl_->need(zone);
  if (!slot) return fail(slot.error());
  std::shared_lock lock((*slot)->mutex);
  View view = (*slot)->zone.view();
  indicator::Figures fresh(view.catalog->indicators, std::string(zone), view.catalog->zone.area,
                           view.catalog->zone.synthetic);
  fresh.recompute(*view.state, view.position);
  std::string difference;
  if (view.figures->equals(fresh, &difference)) return std::optional<std::string>{};
  return std::optional<std::string>{difference};
}

}  // namespace wutong::zone
