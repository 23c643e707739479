#include "demo/qingyuan.hpp"

#include "demo/qingyuan_parts.hpp"

namespace wutong::demo {

std::vector<TimedRequest> qingyuan_acts(const Terms& terms) {
  std::vector<qingyuan::Firm> firms = qingyuan::make_firms(terms);
  std::vector<TimedRequest> acts;
  qingyuan::add_base(acts);
  qingyuan::add_firms(acts, firms, terms);
  qingyuan::add_stations(acts, firms);
  qingyuan::add_postdocs(acts, firms, terms);
  qingyuan::add_outputs(acts);
  qingyuan::add_exchange(acts, firms);
  qingyuan::add_fund(acts, firms, terms);
  return in_order(std::move(acts), terms.until);
}

}  // namespace wutong::demo
