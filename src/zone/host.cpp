#include "zone/host.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "zone/impl/host_impl.hpp"

namespace wutong::zone {

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

namespace {

Failure failure_of(Issues issues) {
  Error first = issues.empty() ? Error{} : issues.front();
  size_t count = issues.size();
  return Failure{std::move(first), std::move(issues), count};
}

Error zone_twice(std::string_view zone) {
  return Error{ErrorKind::invalid,
               "zone.twice",
               {},
               "一次写入中园区“" + std::string(zone) + "”出现两次；每个园区只能有一部分",
               "zone " + std::string(zone) + " stands twice in one write; give one part a zone",
               {}};
}

// The pure act on the newest state. The rows of the request are freed: the entry has them now.
Outcome<ledger::Entry> decide(const LiveZone& live, record::Request& request, Instant at,
                              Issues& warnings) {
  request.at = at;
  if (request.principal) {
    request.rights = std::make_shared<const access::Rights>(
        live.catalog().roles, *request.principal, live.name(), at.day());
  }
  auto decision = record::decide_taking(live.state(), request);
  if (!decision) return tl::unexpected(to_failure(std::move(decision.error()), live.name()));
  request.columns = {};
  ledger::Entry entry;
  entry.actor = request.actor;
  entry.act = record::to_string(request.act);
  entry.reason = request.note;
  entry.catalog = live.catalog().digest;
  entry.changes = std::move(decision->changes);
  warnings = std::move(decision->warnings);
  return entry;
}

}  // namespace

Slot* Host::Impl::find(std::string_view zone) const {
  std::shared_lock lock(zones_mutex);
  auto found = slots.find(zone);
  return found == slots.end() ? nullptr : found->second.get();
}

std::vector<const Slot*> Host::Impl::all_slots() const {
  std::shared_lock lock(zones_mutex);
  std::vector<const Slot*> all;
  for (const auto& [name, slot] : slots) all.push_back(slot.get());
  return all;
}

Error unknown_zone(std::string_view zone, const std::vector<std::string>& names) {
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
  return Error{ErrorKind::not_found, "zone.unknown", {}, std::move(zh), std::move(en), {}};
}

Result<Slot*> Host::Impl::need(std::string_view zone) const {
  if (Slot* slot = find(zone)) return slot;
  std::vector<std::string> names;
  std::shared_lock lock(zones_mutex);
  for (const auto& [name, slot] : slots) names.push_back(name);
  return fail(unknown_zone(zone, names));
}

Result<void> Host::Impl::replay_all() {
  auto heads = ledger->heads();
  if (!heads) return fail(heads.error());
  for (const ledger::Head& head : *heads) {
    auto slot = std::make_unique<Slot>(head.zone, head.hash_kind);
    if (auto replayed = slot->zone.replay(*ledger, head.seq); !replayed) return replayed;
    slot->published = slot->zone.publish();
    slots.emplace(head.zone, std::move(slot));
  }
  return {};
}

Instant Host::now() const { return impl_->clock.now(); }

store::CredentialStore* Host::credentials() const {
  return impl_->directory ? &impl_->directory->credentials() : nullptr;
}

Host::Host(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Host::~Host() {
  if (impl_) impl_->stop();
}

Result<std::unique_ptr<Host>> Host::open(const HostOptions& options, Clock& clock, Random& random) {
  auto mode = options.read_only ? store::OpenMode::read_only : store::OpenMode::read_write;
  if (!options.read_only && options.is_unflushed) mode = store::OpenMode::unflushed;
  auto directory = store::DataDirectory::open(options.data_directory, mode);
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
  return std::unique_ptr<Host>(new Host(std::move(impl)));
}

Outcome<Receipt> Host::create_zone(std::string_view zone, HashKind hash_kind,
                                   const pack::Files& files, std::string_view actor) {
  Issues issues;
  auto loaded = catalog::load(files, zone, issues);
  if (loaded == nullptr) return tl::unexpected(failure_of(std::move(issues)));
  if (impl_->find(zone) == nullptr) {
    Result<void> created;
    {
      std::lock_guard writing(impl_->ledger_mutex);
      created = impl_->ledger->create_zone(zone, hash_kind);
    }
    if (!created) return tl::unexpected(failure(created.error()));
    std::unique_lock lock(impl_->zones_mutex);
    auto slot = std::make_unique<Slot>(std::string(zone), hash_kind);
    slot->published = slot->zone.publish();
    impl_->slots.emplace(zone, std::move(slot));
  } else if (impl_->published(*impl_->find(zone))->catalog) {
    return tl::unexpected(failure(Error{ErrorKind::conflict,
                                        "zone.exists",
                                        {},
                                        "园区“" + std::string(zone) + "”已存在",
                                        "zone " + std::string(zone) + " exists already",
                                        {}}));
  }
  return adopt(zone, files, actor, "");
}

Outcome<Receipt> Host::adopt(std::string_view zone, const pack::Files& files,
                             std::string_view actor, std::string_view reason) {
  auto slot = impl_->need(zone);
  if (!slot) return tl::unexpected(failure(slot.error()));
  Issues issues;
  auto loaded = catalog::load(files, zone, issues);
  if (loaded == nullptr) return tl::unexpected(failure_of(std::move(issues)));
  Part part;
  part.slot = *slot;
  part.decide = [&](const LiveZone& live, Instant) -> Outcome<ledger::Entry> {
    if (live.has_catalog() && live.catalog().digest == loaded->digest) {
      return tl::unexpected(failure(Error{ErrorKind::refused,
                                          "zone.catalog_unchanged",
                                          {},
                                          "定义没有变化，无需采用",
                                          "the catalog is the one in force; nothing to adopt",
                                          {}}));
    }
    if (auto fits = live.can_adopt(*loaded); !fits) return tl::unexpected(failure(fits.error()));
    return adoption_entry(*loaded, actor, reason);
  };
  Job job;
  job.parts = {&part, 1};
  impl_->submit(job);
  return std::move(part.answer);
}

Outcome<Receipt> Host::act(std::string_view zone, record::Request request,
                           std::string_view idempotency_key, bool is_dry_run) {
  auto slot = impl_->need(zone);
  if (!slot) return tl::unexpected(failure(slot.error()));
  Issues warnings;
  Part part;
  part.slot = *slot;
  part.idempotency_key = idempotency_key;
  part.decide = [&](const LiveZone& live, Instant at) {
    return decide(live, request, at, warnings);
  };
  Job job;
  job.parts = {&part, 1};
  job.is_dry_run = is_dry_run;
  impl_->submit(job);
  if (part.answer && !warnings.empty()) part.answer->warnings = std::move(warnings);
  return std::move(part.answer);
}

std::vector<Outcome<Receipt>> Host::act_many(std::span<ZoneAct> acts, ManyOptions options) {
  std::vector<Part> parts(acts.size());
  std::vector<Issues> warnings(acts.size());
  std::vector<std::string_view> names;
  std::optional<Failure> wrong;
  for (size_t i = 0; i < acts.size() && !wrong; ++i) {
    names.push_back(acts[i].zone);
    auto slot = impl_->need(acts[i].zone);
    if (!slot) {
      wrong = failure(slot.error());
      break;
    }
    parts[i].slot = *slot;
    parts[i].idempotency_key = acts[i].idempotency_key;
    parts[i].decide = [act = &acts[i], noted = &warnings[i]](const LiveZone& live, Instant at) {
      return decide(live, act->request, at, *noted);
    };
  }
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (!wrong && twice != names.end()) wrong = failure(zone_twice(*twice));
  std::vector<Outcome<Receipt>> answers;
  if (wrong) {
    answers.assign(acts.size(), tl::unexpected(*wrong));
    return answers;
  }
  Job job;
  job.parts = parts;
  job.is_all_or_nothing = options.is_all_or_nothing;
  job.is_dry_run = options.is_dry_run;
  if (!parts.empty()) impl_->submit(job);
  for (size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].answer && !warnings[i].empty()) {
      parts[i].answer->warnings = std::move(warnings[i]);
    }
    answers.push_back(std::move(parts[i].answer));
  }
  return answers;
}

std::vector<Summary> Host::zones() const {
  std::vector<Summary> all;
  for (const Slot* slot : impl_->all_slots()) {
    all.push_back(impl_->published(*slot)->summary);
  }
  return all;
}

void Host::positions(std::vector<Seq>& out) const {
  out.clear();
  std::shared_lock lock(impl_->zones_mutex);
  std::lock_guard publishing(impl_->published_mutex);
  for (const auto& [name, slot] : impl_->slots) out.push_back(slot->published->position);
}

Result<void> Host::read(std::string_view zone, const std::function<void(const View&)>& f) const {
  auto slot = impl_->need(zone);
  if (!slot) return fail(slot.error());
  const auto published = impl_->published(**slot);
  if (!published->catalog) {
    return fail(ErrorKind::not_found, "zone.empty",
                "园区“" + std::string(zone) + "”还没有采用定义，请重新运行 wutong zone create",
                "zone " + std::string(zone) + " has no catalog; run wutong zone create again");
  }
  f(published->view());
  return {};
}

void Host::read_all(const std::function<void(std::span<const View>)>& f) const {
  const std::vector<const Slot*> slots = impl_->all_slots();
  std::vector<std::shared_ptr<const Published>> published;
  published.reserve(slots.size());
  {
    std::lock_guard lock(impl_->published_mutex);
    for (const Slot* slot : slots) published.push_back(slot->published);
  }
  std::vector<View> views;
  for (const auto& each : published) {
    if (each->catalog) views.push_back(each->view());
  }
  f(views);
}

const Adoption* adoption_at(const View& view, Seq position) {
  const Adoption* found = nullptr;
  for (const Adoption& adoption : view.adoptions) {
    if (adoption.seq <= position) found = &adoption;
  }
  return found;
}

Result<void> Host::read_at(std::string_view zone, Seq position,
                           const std::function<void(const View&)>& f,
                           DefinitionsOf definitions) const {
  auto slot = impl_->need(zone);
  if (!slot) return fail(slot.error());
  const auto published = impl_->published(**slot);
  const Seq head = published->position;
  std::shared_ptr<const catalog::Catalog> today = published->catalog;
  if (position.value == 0 || position.value > head.value) {
    std::string range = "1.." + std::to_string(head.value);
    return fail(ErrorKind::not_found, "zone.position_unknown",
                "没有位置 " + std::to_string(position.value) + "，可用 " + range,
                "there is no position " + std::to_string(position.value) + "; there are " + range);
  }
  LiveZone past(std::string(zone), (*slot)->zone.hash_kind());
  if (auto replayed = past.replay(*impl_->ledger, position); !replayed) return replayed;
  if (definitions == DefinitionsOf::today && past.catalog().digest != today->digest) {
    if (auto read = past.read_under(std::move(today)); !read) return read;
  }
  f(past.view());
  return {};
}

Result<indicator::Figure> Host::figure_at(const indicator::Question& question, Seq position,
                                          DefinitionsOf definitions) const {
  indicator::Question asked = question;
  asked.as_of_day.reset();
  std::optional<Result<indicator::Figure>> figure;
  auto from_cells = read(question.zone, [&](const View& view) {
    const Adoption* then = adoption_at(view, position);
    const bool is_told = definitions == DefinitionsOf::today ||
                         (then != nullptr && then->catalog->digest == view.catalog->digest);
    if (!is_told || position.value == 0 || position > view.position) return;
    asked.as_of = position;
    figure = view.figures->figure(*view.state, asked);
  });
  if (!from_cells) return fail(from_cells.error());
  if (!figure || (!*figure && figure->error().kind == ErrorKind::unavailable)) {
    asked.as_of.reset();
    auto replayed = read_at(
        question.zone, position,
        [&](const View& view) { figure = view.figures->figure(*view.state, asked); }, definitions);
    if (!replayed) return fail(replayed.error());
  }
  if (*figure) (*figure)->question = question;
  return std::move(*figure);
}

Result<indicator::Figures::Work> Host::work(std::string_view zone) const {
  indicator::Figures::Work work;
  auto read_zone = read(zone, [&](const View& view) { work = view.figures->work(); });
  if (!read_zone) return fail(read_zone.error());
  return work;
}

Result<Seq> Host::position_on(std::string_view zone, Date day) const {
  auto slot = impl_->need(zone);
  if (!slot) return fail(slot.error());
  if (auto seq = impl_->published(**slot)->last_until(Instant::end_of(day))) return *seq;
  return fail(ErrorKind::not_found, "zone.before_first_entry",
              day.to_string() + " 之前还没有任何记录",
              "nothing was recorded by " + day.to_string());
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

}  // namespace wutong::zone
