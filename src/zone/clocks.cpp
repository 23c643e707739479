// Acts on clocks: reminders, and what a gateway sent.
#include "zone/impl/host_impl.hpp"

namespace wutong::zone {

Outcome<Receipt> Host::perform(std::string_view zone, std::string_view act, std::string_view actor,
                               std::string_view note, const Decide& decide,
                               std::string_view idempotency_key, bool is_dry_run) {
  auto slot = impl_->need(zone);
  if (!slot) return tl::unexpected(failure(slot.error()));
  Part part;
  part.slot = *slot;
  part.idempotency_key = idempotency_key;
  part.decide = [&](const LiveZone& live, Instant at) -> Outcome<ledger::Entry> {
    auto decision = decide(live, at);
    if (!decision) return tl::unexpected(to_failure(std::move(decision.error()), live.name()));
    ledger::Entry entry;
    entry.actor = actor;
    entry.act = act;
    entry.reason = note;
    entry.catalog = live.catalog().digest;
    entry.changes = std::move(decision->changes);
    return entry;
  };
  Job job;
  job.parts = {&part, 1};
  job.is_dry_run = is_dry_run;
  impl_->submit(job);
  return std::move(part.answer);
}

Outcome<Receipt> Host::remind(std::string_view zone, deadline::RemindRequest request,
                              std::string_view idempotency_key, bool is_dry_run) {
  const auto decide = [&](const LiveZone& live, Instant at) {
    request.at = at;
    return deadline::decide_reminders(live.state(), live.deadlines(), request);
  };
  return perform(zone, "clock.remind", request.actor, request.note, decide, idempotency_key,
                 is_dry_run);
}

Outcome<Receipt> Host::confirm_sent(std::string_view zone, deadline::ConfirmRequest request,
                                    std::string_view idempotency_key, bool is_dry_run) {
  const auto decide = [&](const LiveZone& live, Instant at) {
    request.at = at;
    return deadline::decide_confirmation(live.state(), request);
  };
  return perform(zone, "outbox.confirm", request.actor, request.note, decide, idempotency_key,
                 is_dry_run);
}

Instant Host::now(const View& view) const {
  return view.catalog->zone.synthetic ? view.at : std::max(impl_->clock.now(), view.at);
}

}  // namespace wutong::zone
