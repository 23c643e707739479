// The standing test for a real zone: what is kept up to date against what the records give.
#include "zone/impl/host_impl.hpp"

namespace wutong::zone {

Result<std::optional<std::string>> Host::compare_recomputed(std::string_view zone) const {
  auto slot = impl_->need(zone);
  if (!slot) return fail(slot.error());
  std::optional<std::string> difference;
  Job job;  // every cell is compared, so nobody may write meanwhile
  job.work = [&] {
    if (!(*slot)->zone.has_catalog()) return;
    const View view = (*slot)->zone.view();
    indicator::Figures fresh(view.catalog->indicators, std::string(zone), view.catalog->zone.area,
                             view.catalog->zone.synthetic);
    fresh.recompute(*view.state, view.position);
    std::string first;
    if (!view.figures->equals(fresh, &first)) difference = std::move(first);
  };
  impl_->submit(job);
  return difference;
}

}  // namespace wutong::zone
