#include "demo/guiyang.hpp"

#include "demo/guiyang_parts.hpp"

namespace wutong::demo {

std::vector<TimedRequest> guiyang_acts(const Terms& terms) {
  std::vector<guiyang::Firm> firms = guiyang::make_firms(terms);
  std::vector<TimedRequest> acts;
  guiyang::add_base(acts, firms, terms);
  guiyang::add_goods(acts);
  guiyang::add_practice_cases(acts);
  guiyang::add_training(acts, terms);
  guiyang::add_jobs(acts, firms, terms);
  guiyang::add_startups(acts, terms);
  guiyang::add_internships(acts, firms, terms);
  guiyang::add_contests(acts, firms, terms);
  guiyang::add_trade_months(acts, terms);
  guiyang::add_declarations(acts, firms, terms);
  guiyang::add_orders(acts, firms, terms);
  return in_order(std::move(acts), terms.until);
}

}  // namespace wutong::demo
