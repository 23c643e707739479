// Host: the zones of one data directory, each with its log, its state and its figures.
//
// Operation. open() replays every log. An act is decided on
// the newest state by a pure function, becomes an entry, and is acknowledged once the entry is
// durable; many waiting acts share one transaction and one fsync. Reading shows one position of one
// zone: never half a change, never what is not durable. Concurrency. Every call may come from any
// thread; once open the host has none of its own. A caller that finds nobody writing leads: it
// decides, appends and applies what waits of all zones, its own act first, and answers the other
// callers; a lone caller never waits for a thread. Readers look at published versions and hold no
// lock (ARCHITECTURE.md, "Threads"). Limitations. A failed append ends writing: the affected zones
// are replayed to their durable position and served read-only until the program is started again.
// An earlier position is replayed when asked for.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "core/catalog/catalog.hpp"
#include "core/deadline/reminder.hpp"
#include "core/indicator/figures.hpp"
#include "core/ledger/ledger.hpp"
#include "core/record/act.hpp"
#include "zone/across.hpp"

namespace wutong::store {
class CredentialStore;
class LogStore;
class SecretStore;
class TableStore;
}  // namespace wutong::store

namespace wutong::zone {

// A catalog and the entry since which it is in force.
struct Adoption {
  Seq seq;
  std::shared_ptr<const catalog::Catalog> catalog;
};

// One zone at one position. Valid only while the call that hands it out runs.
struct View {
  const catalog::Catalog* catalog;
  const record::State* state;
  const indicator::Figures* figures;
  const deadline::Deadlines* deadlines;
  Seq position;
  Instant at;                            // of the entry at that position
  std::span<const Instant> entry_times;  // of entry i + 1
  std::span<const Adoption> adoptions;   // by seq; the last is `catalog`, but for another read_at
};
// The catalog in force at a position; null before the first.
const Adoption* adoption_at(const View& view, Seq position);

// Which definitions an earlier position is counted with (design section 3).
enum class DefinitionsOf { then, today };

struct Receipt {
  std::string zone;
  Seq seq;  // of the entry; at a dry run the one that it would have got
  Instant at;
  size_t rows_created = 0;
  size_t rows_changed = 0;
  Issues warnings;  // soft faults that were given a reason
  bool is_dry_run = false;
  bool is_repeated = false;  // the key was seen before: this is the first receipt
};

// Why an act did not happen: one error, with the single faults behind it where there are several.
struct Failure {
  Error error;
  Issues faults;
  size_t fault_count = 0;
};
template <typename T>
using Outcome = tl::expected<T, Failure>;

struct Summary {
  std::string zone;
  record::Title name;
  Seq position;
  Instant at;
  Hash catalog{};
  bool is_synthetic = false;
};

struct EntryNote {
  Seq seq;
  Instant at;
  std::string actor;
  std::string act;
  std::string reason;
  std::vector<std::string> registers;
  size_t rows = 0;
  bool simulated = false;
  Hash leaf{};
};

struct ZoneAct {
  std::string zone;
  record::Request request;
  std::string idempotency_key;
};
struct ManyOptions {
  bool is_all_or_nothing = false;  // one part refused: no part is written
  bool is_dry_run = false;
};

// What projecting wrote: the tables stood at `from` (0: they were empty) and stand at `position`.
struct Projected {
  std::string zone;
  Seq from;
  Seq position;
  Instant at;
};

struct HostOptions {
  std::string data_directory;
  bool read_only = false;
  bool simulated_time = false;  // entries say that their clock was simulated
  // Entries reach the disk when the host is closed: for made-up data that can be made again.
  bool is_unflushed = false;
};

class LiveZone;  // zone/impl/live_zone.hpp

// Of a zone that is not there; `names`: those that may be named.
Error unknown_zone(std::string_view zone, const std::vector<std::string>& names);

class Host {
 public:
  // `clock` and `random` outlive the host. Errors: unavailable (another process writes there),
  // corrupt (names zone and entry), io.
  static Result<std::unique_ptr<Host>> open(const HostOptions& options, Clock& clock,
                                            Random& random);
  // The same over stores of the caller, which outlive the host: simulations and tests.
  static Result<std::unique_ptr<Host>> open_on(store::LogStore& log, store::SecretStore& secrets,
                                               const HostOptions& options, Clock& clock,
                                               Random& random);
  ~Host();  // finishes what was accepted

  // A new zone with its first catalog, as entry 1. `files` as from pack::read_files. All faults of
  // the packs come back together.
  Outcome<Receipt> create_zone(std::string_view zone, HashKind hash_kind, const pack::Files& files,
                               std::string_view actor);
  // A changed catalog, as an entry. Refused where a record would no longer load.
  Outcome<Receipt> adopt(std::string_view zone, const pack::Files& files, std::string_view actor,
                         std::string_view reason);
  // Request::at is set here. The same idempotency key again gives the first receipt.
  Outcome<Receipt> act(std::string_view zone, record::Request request,
                       std::string_view idempotency_key = {}, bool is_dry_run = false);

  // Reminds of what is due, or of one record, as one entry; RemindRequest::at is set here.
  Outcome<Receipt> remind(std::string_view zone, deadline::RemindRequest request,
                          std::string_view idempotency_key = {}, bool is_dry_run = false);
  // A gateway confirms what it sent; ConfirmRequest::at is set here.
  Outcome<Receipt> confirm_sent(std::string_view zone, deadline::ConfirmRequest request,
                                std::string_view idempotency_key = {}, bool is_dry_run = false);
  // What time it is for a reader of the zone: the clock's, but where entries have simulated times
  // the last of these.
  Instant now(const View& view) const;

  // One act a zone, of several zones, in one transaction with one fsync: each zone's part lands
  // whole or not at all, and a reader of all zones sees all that landed or none of it. One outcome
  // an act, in their order; an unknown zone, or a zone twice, refuses all. The requests are used
  // up: the rows of each are freed when it is decided, and its entry when it is stored, so that
  // only one zone's rows are in memory twice (with is_all_or_nothing those of all zones).
  std::vector<Outcome<Receipt>> act_many(std::span<ZoneAct> acts, ManyOptions options = {});

  std::vector<Summary> zones() const;
  Instant now() const;
  Date today() const { return now().day(); }
  // Calls f with the newest durable position. not_found (with the nearest name) if there is no
  // zone.
  Result<void> read(std::string_view zone, const std::function<void(const View&)>& f) const;
  // The position of each zone, in the order of zones(): what changed since is soon told.
  void positions(std::vector<Seq>& out) const;
  // Calls f with all zones, each at its position.
  void read_all(const std::function<void(std::span<const View>)>& f) const;
  // The same at an earlier position, rebuilt from the log under the catalog then in force, or under
  // today's (refused where a record of then would not load in it).
  Result<void> read_at(std::string_view zone, Seq position,
                       const std::function<void(const View&)>& f,
                       DefinitionsOf definitions = DefinitionsOf::then) const;
  // A figure at an earlier position: from the cells' journal where that can tell, else by read_at.
  Result<indicator::Figure> figure_at(const indicator::Question& question, Seq position,
                                      DefinitionsOf definitions) const;
  // rank:zones, share:zones, multiple:zone@NAME: at one cut of all zones that `may_read` lets
  // through (empty: all) and that have the indicator. Each zone's part is kept by its position, so
  // that asking again computes only the zones that changed. Errors as Figures::figure.
  Result<Across> across(const indicator::Question& question, const MayRead& may_read = {}) const;
  uint64_t across_parts_computed() const;  // since the host was opened
  // The last entry with `at` up to the end of the day (+08:00); not_found before the first entry.
  Result<Seq> position_on(std::string_view zone, Date day) const;
  Result<EntryNote> entry(std::string_view zone, Seq seq) const;
  // Cells touched and records read for a zone's figures since the host was opened.
  Result<indicator::Figures::Work> work(std::string_view zone) const;
  // Recomputes every cell from the records; nullopt where all are equal, else the first difference.
  Result<std::optional<std::string>> compare_recomputed(std::string_view zone) const;
  // Writes the zone's registers as SQL tables into a file (core/record/projection.hpp), or
  // continues it; `position` nullopt: the newest. Whole or not at all; readers and the writer go on
  // meanwhile. Errors: not_found (zone, position), and those of Projection.
  Result<Projected> project(std::string_view zone, std::optional<Seq> position,
                            const std::string& path) const;
  Result<Projected> project_on(std::string_view zone, std::optional<Seq> position,
                               store::TableStore& tables) const;

  // Of the data directory; null over stores of the caller.
  store::CredentialStore* credentials() const;

  struct Impl;  // zone/impl/host_impl.hpp

 private:
  using Decide =
      std::function<tl::expected<record::Decision, record::Refusal>(const LiveZone&, Instant at)>;
  Outcome<Receipt> perform(std::string_view zone, std::string_view act, std::string_view actor,
                           std::string_view note, const Decide& decide,
                           std::string_view idempotency_key, bool is_dry_run);
  explicit Host(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace wutong::zone
