#include "zone/impl/live_zone.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace wutong::zone {

namespace {

Error corrupt(std::string_view zone, Seq seq, std::string_view why) {
  std::string number = std::to_string(seq.value);
  std::string name(zone);
  return Error{ErrorKind::corrupt,
               "zone.entry_does_not_fit",
               Place{},
               "园区“" + name + "”的第 " + number + " 条记录与其前的状态不符，请从备份恢复",
               "entry " + number + " of zone " + name +
                   " does not fit the state before it; restore a backup",
               std::string(why)};
}

std::string_view to_view(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

ledger::Entry adoption_entry(const catalog::Catalog& catalog, std::string_view actor,
                             std::string_view reason) {
  ledger::Entry entry;
  entry.zone = catalog.zone.zone;
  entry.actor = actor;
  entry.act = kAdopt;
  entry.reason = reason;
  entry.catalog = catalog.digest;
  for (const auto& file : catalog.files.all()) {
    ByteView content = as_bytes(file.text);
    entry.attachments.push_back({file.path, Bytes(content.begin(), content.end())});
  }
  return entry;
}

Result<std::shared_ptr<const catalog::Catalog>> adopted_catalog(std::string_view zone,
                                                                const ledger::Entry& entry) {
  pack::Files files;
  for (const ledger::Attachment& attachment : entry.attachments) {
    files.add(attachment.name, std::string(to_view(attachment.content)));
  }
  Issues issues;
  auto next = catalog::load(files, zone, issues);
  if (next == nullptr) {
    return fail(corrupt(zone, entry.seq, issues.empty() ? "" : describe_en(issues.front())));
  }
  if (next->digest != entry.catalog) return fail(corrupt(zone, entry.seq, "catalog digest"));
  return next;
}

Result<void> LiveZone::apply(const ledger::Entry& entry) {
  if (entry.seq.value != position_.value + 1) {
    return fail(corrupt(name_, entry.seq, "sequence"));
  }
  Result<void> done = entry.act == kAdopt ? apply_adoption(entry) : apply_changes(entry);
  if (done) note(entry);
  return done;
}

Result<void> LiveZone::apply_adoption(const ledger::Entry& entry) {
  auto next = adopted_catalog(name_, entry);
  if (!next) return fail(next.error());
  if (state_) {
    if (auto adopted = state_->adopt((*next)->schema); !adopted) return adopted;
  } else {
    state_.emplace((*next)->schema);
  }
  if (auto applied = state_->apply(entry); !applied) return applied;
  catalog_ = *next;
  begin_deadlines();
  auto adoptions = std::make_shared<std::vector<Adoption>>(*adoptions_);
  adoptions->push_back({entry.seq, catalog_});
  adoptions_ = std::move(adoptions);
  begin_figures(entry.seq);
  return {};
}

void LiveZone::begin_figures(Seq seq) {
  figures_ = std::make_shared<indicator::Figures>(catalog_->indicators, name_, catalog_->zone.area,
                                                  catalog_->zone.synthetic, state_->versions());
  figures_->recompute(*state_, seq);
}

void LiveZone::begin_deadlines() {
  deadlines_ = deadlines_
                   ? deadlines_->under(*state_)
                   : std::make_shared<deadline::Deadlines>(catalog_->schema, state_->versions());
}

Result<void> LiveZone::read_under(std::shared_ptr<const catalog::Catalog> later) {
  if (auto fits = can_adopt(*later); !fits) return fits;
  if (auto adopted = state_->adopt(later->schema); !adopted) return adopted;
  catalog_ = std::move(later);
  begin_deadlines();
  begin_figures(position_);
  return {};
}

Result<void> LiveZone::apply_changes(const ledger::Entry& entry) {
  if (!catalog_) return fail(corrupt(name_, entry.seq, "no catalog before it"));
  const auto touched = record::touched_by(*catalog_->schema, entry.changes);
  figures_->retract(*state_, touched);
  if (auto applied = state_->apply(entry); !applied) return applied;
  deadlines_->apply(*state_, entry);
  figures_->add(*state_, touched, entry.seq);
  return {};
}

void LiveZone::note(const ledger::Entry& entry) {
  position_ = entry.seq;
  at_ = entry.at;
  if (entry_times_->size() == entry_times_->capacity()) {
    auto longer = std::make_shared<std::vector<Instant>>();
    longer->reserve(entry_times_->size() * 2 + 16);
    longer->assign(entry_times_->begin(), entry_times_->end());
    entry_times_ = std::move(longer);
  }
  entry_times_->push_back(entry.at);
  if (entry.request.empty()) return;
  Receipt receipt{name_, entry.seq, entry.at, 0, 0, {}, false, true};
  for (const ledger::Change& change : entry.changes) {
    (change.creates ? receipt.rows_created : receipt.rows_changed) += change.rows.size();
  }
  receipts_.emplace(entry.request, std::move(receipt));
}

Result<void> LiveZone::replay(const ledger::Ledger& ledger, Seq until) {
  Result<void> applied;
  auto read = ledger.read(name_, Seq{position_.value + 1}, until,
                          [&](const ledger::Entry& entry, const ledger::EntryInfo&) {
                            applied = apply(entry);
                            return applied.has_value();
                          });
  return applied ? read : applied;
}

Result<void> LiveZone::can_adopt(const catalog::Catalog& next) const {
  if (!state_) return {};
  return state_->can_adopt(*next.schema);
}

Summary LiveZone::summary() const {
  Summary summary{name_, {}, position_, at_, {}, false};
  if (catalog_) {
    summary.name = catalog_->zone.name;
    summary.catalog = catalog_->digest;
    summary.is_synthetic = catalog_->zone.synthetic;
  }
  return summary;
}

std::optional<Seq> Published::last_until(Instant limit) const {
  auto after = std::upper_bound(entry_times_then.begin(), entry_times_then.end(), limit);
  if (after == entry_times_then.begin()) return std::nullopt;
  return Seq{static_cast<uint64_t>(after - entry_times_then.begin())};
}

std::shared_ptr<const Published> LiveZone::publish() {
  auto* out = new Published{catalog_, std::nullopt, figures_,      deadlines_, position_,
                            at_,      entry_times_, *entry_times_, adoptions_, summary()};
  if (!state_) return std::shared_ptr<const Published>(out);
  out->state = state_->published();
  const std::shared_ptr<Versions> versions = state_->versions();
  const Version version = versions->close();
  versions->pin(version);
  std::shared_ptr<const Published> shared(out, [versions, version](const Published* published) {
    versions->unpin(version);
    delete published;
  });
  versions->reclaim();
  return shared;
}

const Receipt* LiveZone::receipt_of(std::string_view idempotency_key) const {
  auto found = receipts_.find(idempotency_key);
  return found == receipts_.end() ? nullptr : &found->second;
}

}  // namespace wutong::zone
