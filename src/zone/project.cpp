// Projecting: the log replayed into records alone, without figures, and written as tables.
#include <filesystem>

#include "core/record/projection.hpp"
#include "engine/store/table_store.hpp"
#include "zone/impl/host_impl.hpp"

namespace wutong::zone {

namespace {

record::ProjectionTarget target_of(const View& view) {
  const catalog::Catalog& catalog = *view.catalog;
  return {catalog.zone.zone, catalog.zone.name, catalog.zone.synthetic, view.position,
          view.at,           catalog.digest,    catalog.schema};
}

// The records of one zone, moved forward entry by entry.
class Records {
 public:
  explicit Records(std::string_view zone) : zone_(zone) {}

  Result<void> apply(const ledger::Entry& entry) {
    if (entry.act == kAdopt) {
      auto next = adopted_catalog(zone_, entry);
      if (!next) return fail(next.error());
      if (state_) {
        if (auto adopted = state_->adopt((*next)->schema); !adopted) return adopted;
      } else {
        state_.emplace((*next)->schema);
      }
    }
    if (!state_) return {};
    return state_->apply(entry);
  }
  const record::State* state() const { return state_ ? &*state_ : nullptr; }

 private:
  std::string zone_;
  std::optional<record::State> state_;
};

}  // namespace

Result<Projected> Host::project_on(std::string_view zone, std::optional<Seq> position,
                                   store::TableStore& tables) const {
  std::optional<record::ProjectionTarget> target;
  const auto take = [&](const View& view) { target = target_of(view); };
  const auto seen = position ? read_at(zone, *position, take) : read(zone, take);
  if (!seen) return fail(seen.error());
  auto projection = record::Projection::open(tables, *target);
  if (!projection) return fail(projection.error());
  Records records(zone);
  Result<void> done;
  const auto read =
      impl_->ledger->read(zone, Seq{1}, target->position,
                          [&](const ledger::Entry& entry, const ledger::EntryInfo& info) {
                            if (records.state() != nullptr)
                              (*projection)->note_before(entry, *records.state());
                            done = records.apply(entry);
                            if (done && records.state() != nullptr) {
                              done = (*projection)->add(entry, info.leaf, *records.state());
                            }
                            return done.has_value();
                          });
  if (!read) return fail(read.error());
  if (!done) return fail(done.error());
  const Seq from = (*projection)->held();
  if (auto finished = (*projection)->finish(*records.state()); !finished) {
    return fail(finished.error());
  }
  return Projected{std::string(zone), from, target->position, target->at};
}

Result<Projected> Host::project(std::string_view zone, std::optional<Seq> position,
                                const std::string& path) const {
  std::error_code ignored;
  const bool is_new = !std::filesystem::exists(path, ignored);
  auto written = [&]() -> Result<Projected> {
    auto tables = store::open_sqlite_tables(path);
    if (!tables) return fail(tables.error());
    return project_on(zone, position, **tables);
  }();
  if (!written && is_new) std::filesystem::remove(path, ignored);  // what SQLite began
  return written;
}

}  // namespace wutong::zone
