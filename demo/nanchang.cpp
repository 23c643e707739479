#include "demo/nanchang.hpp"

#include <algorithm>

#include "demo/firms.hpp"
#include "demo/nanchang_releases.hpp"
#include "demo/references.hpp"
#include "demo/rows.hpp"

namespace wutong::demo {

namespace {

using record::Act;

std::string after(Slot slot, int day, const char* hour) {
  return after_month(slot.year, slot.month, day, hour);
}

void add_firms(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms) {
  Rows rows("enterprise", {"uscc", "name", "short_names", "sector", "industry", "hightech",
                           "designated", "settled_on"});
  for (const Firm& firm : firms) {
    bool is_first = firm.designated_from.empty();
    rows.add({firm.uscc, firm.name, firm.short_name, firm.sector, firm.industry,
              firm.is_hightech ? "true" : "false", is_first ? "true" : "false", firm.settled_on});
  }
  acts.push_back(rows.act(Act::import, "2022-01-06T09:00", "statistician"));
}

// Entering and leaving the roster, a few days before it takes effect.
void add_roster_changes(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms) {
  struct Change {
    const char* at;
    const char* from;
  };
  constexpr Change kChanges[] = {{"2022-12-27T10:00", "2023-01-01"},
                                 {"2023-12-27T10:00", "2024-01-01"},
                                 {"2024-03-28T10:00", "2024-04-01"},
                                 {"2024-06-27T10:00", "2024-07-01"}};
  for (const Change& change : kChanges) {
    Rows rows("enterprise", {"uscc", "designated"});
    for (const Firm& firm : firms) {
      if (firm.designated_from == change.from) rows.add({firm.uscc, "true"});
      if (firm.designated_until == change.from) rows.add({firm.uscc, "false"});
    }
    acts.push_back(rows.act(Act::amend, change.at, "statistician", change.from, "年度与月度审核"));
  }
  Rows rows("enterprise", {"uscc", "industry"});
  for (const Firm& firm : firms) {
    if (!firm.industry_since_2023_07.empty()) rows.add({firm.uscc, firm.industry_since_2023_07});
  }
  acts.push_back(
      rows.act(Act::amend, "2023-07-20T10:00", "statistician", "2023-07-01", "主营业务变更"));
}

std::vector<std::string> return_row(const Firm& firm, Slot slot,
                                    const std::array<int64_t, kMeasures>& amounts) {
  int64_t revenue = amounts[kRevenue];
  int64_t research = revenue / (firm.is_hightech ? 16 : 60);
  return {firm.uscc,
          month_text(slot.year, slot.month),
          std::to_string(amounts[kOutput]),
          std::to_string(amounts[kValueAdded]),
          std::to_string(revenue),
          std::to_string(amounts[kProfit]),
          std::to_string(revenue / 28),
          std::to_string(research),
          std::to_string(8 + firm.size / 70'000)};
}

Rows return_rows() {
  return Rows("monthly_return", {"enterprise", "month", "output", "value_added_constant", "revenue",
                                 "profit", "tax", "rd_spending", "employees"});
}

void add_filing(std::vector<TimedRequest>& acts, const Rows& rows, Slot slot, int day) {
  acts.push_back(rows.act(Act::import, after(slot, day, "10:00"), "enterprise"));
  acts.push_back(rows.move(after(slot, day, "16:00"), "enterprise", "enterprise", "submit"));
  acts.push_back(
      rows.move(after(slot, day + 1, "11:00"), "statistician", "statistician", "accept"));
}

void add_returns(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms) {
  constexpr size_t kCorrected[] = {7, 31, 120};
  std::vector<Slot> all = slots();
  for (size_t s = 0; s < all.size(); ++s) {
    bool is_last = s + 1 == all.size();
    Rows rows = return_rows(), late = return_rows(), corrected = return_rows();
    for (size_t i = 0; i < firms.size(); ++i) {
      if (firms[i].sector != "industry" && i % 3 != 0) continue;  // small service firms do not file
      auto amounts = firms[i].amounts[s];
      std::vector<std::string> row = return_row(firms[i], all[s], amounts);
      bool is_late = i < 6 || i % 7 == 3;  // in the last month
      bool is_corrected =
          std::find(std::begin(kCorrected), std::end(kCorrected), i) != std::end(kCorrected);
      if (is_last && is_late) {
        late.add(row);
        continue;
      }
      if (is_last && is_corrected) {
        corrected.add(row);
        amounts[kOutput] = amounts[kOutput] * 4 / 5;
        row = return_row(firms[i], all[s], amounts);
      }
      rows.add(row);
    }
    add_filing(acts, rows, all[s], 11);
    if (is_last) {
      add_filing(acts, late, all[s], 15);
      acts.push_back(corrected.act(Act::amend, after(all[s], 18, "15:00"), "statistician", "",
                                   "企业核对后更正"));
    }
  }
}

}  // namespace

std::vector<TimedRequest> nanchang_acts(const Terms& terms) {
  std::vector<Firm> firms = make_firms(terms.seed);
  std::vector<TimedRequest> acts;
  add_areas(acts);
  add_firms(acts, firms);
  add_roster_changes(acts, firms);
  add_returns(acts, firms);
  add_fiscal_months(acts);
  add_trade_months(acts);
  add_observations(acts);
  add_innovation(acts, firms);
  add_releases(acts);
  return in_order(std::move(acts), terms.until);
}

}  // namespace wutong::demo
