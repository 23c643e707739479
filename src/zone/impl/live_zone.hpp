// LiveZone: catalog, records and figures of one zone, moved forward entry by entry. The same code
// serves replay at start, the writer, and earlier positions. Not thread-safe; its owner locks.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "zone/host.hpp"

namespace wutong::zone {

constexpr std::string_view kAdopt = "catalog.adopt";

// The first entry of a zone and every changed catalog: the files as attachments.
ledger::Entry adoption_entry(const catalog::Catalog& catalog, std::string_view actor,
                             std::string_view reason);

// A zone at one position, shared by its readers.
struct Published {
  std::shared_ptr<const catalog::Catalog> catalog;  // none before the first adoption
  std::optional<record::State> state;
  std::shared_ptr<const indicator::Figures> figures;
  std::shared_ptr<const deadline::Deadlines> deadlines;
  Seq position;
  Instant at;
  std::shared_ptr<const std::vector<Instant>> entry_times;
  std::span<const Instant> entry_times_then;
  std::shared_ptr<const std::vector<Adoption>> adoptions;
  Summary summary;

  View view() const {
    return {catalog.get(), &*state, figures.get(),    deadlines.get(),
            position,      at,      entry_times_then, *adoptions};
  }
  std::optional<Seq> last_until(Instant limit) const;
};
// The catalog that an entry of adoption carries. Error: corrupt.
Result<std::shared_ptr<const catalog::Catalog>> adopted_catalog(std::string_view zone,
                                                                const ledger::Entry& entry);

class LiveZone {
 public:
  LiveZone(std::string name, HashKind hash_kind) : name_(std::move(name)), hash_kind_(hash_kind) {}

  // Errors: corrupt, where the entry does not fit; the zone must then be rebuilt.
  Result<void> apply(const ledger::Entry& entry);
  // Replays a log from the beginning up to `until`.
  Result<void> replay(const ledger::Ledger& ledger, Seq until);
  // Reads the records there are under a later catalog; nothing may be applied afterwards.
  Result<void> read_under(std::shared_ptr<const catalog::Catalog> later);
  // Would the new catalog load the records there are?
  Result<void> can_adopt(const catalog::Catalog& next) const;

  const std::string& name() const { return name_; }
  HashKind hash_kind() const { return hash_kind_; }
  bool has_catalog() const { return catalog_ != nullptr; }
  Seq position() const { return position_; }
  Instant at() const { return at_; }
  View view() const {
    return {catalog_.get(), &*state_, figures_.get(), deadlines_.get(),
            position_,      at_,      *entry_times_,  *adoptions_};
  }
  // What is there now, as readers see it whatever is applied later. The caller then goes on in a
  // new version.
  std::shared_ptr<const Published> publish();
  const catalog::Catalog& catalog() const { return *catalog_; }
  const record::State& state() const { return *state_; }
  const deadline::Deadlines& deadlines() const { return *deadlines_; }
  Summary summary() const;
  const Receipt* receipt_of(std::string_view idempotency_key) const;

 private:
  void begin_figures(Seq seq);
  void begin_deadlines();
  Result<void> apply_adoption(const ledger::Entry& entry);
  Result<void> apply_changes(const ledger::Entry& entry);
  void note(const ledger::Entry& entry);

  std::string name_;
  HashKind hash_kind_;
  std::shared_ptr<const catalog::Catalog> catalog_;
  std::optional<record::State> state_;
  std::shared_ptr<indicator::Figures> figures_;
  std::shared_ptr<deadline::Deadlines> deadlines_;
  Seq position_;
  Instant at_;
  // Of entry i + 1; never goes back. Readers hold a part of it: it never moves, a longer one takes
  // its place.
  std::shared_ptr<std::vector<Instant>> entry_times_ = std::make_shared<std::vector<Instant>>();
  std::shared_ptr<const std::vector<Adoption>> adoptions_ =
      std::make_shared<const std::vector<Adoption>>();
  std::map<std::string, Receipt, std::less<>> receipts_;
};

}  // namespace wutong::zone
