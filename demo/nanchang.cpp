#include "demo/nanchang.hpp"

#include <algorithm>
#include <map>

#include "demo/firms.hpp"
#include "demo/nanchang_releases.hpp"
#include "demo/references.hpp"
#include "demo/rows.hpp"

namespace wutong::demo {

namespace {

using record::Act;

constexpr int kMonthLate = 33;

Month month_of(Slot slot) { return Month::of(slot.year, slot.month); }
Slot slot_of(Month month) { return {month.year(), month.month()}; }

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

void add_filing(std::vector<TimedRequest>& acts, const Rows& rows, Slot slot, int day,
                int days_to_accept = 1) {
  acts.push_back(rows.act(Act::import, after(slot, day, "10:00"), "enterprise"));
  acts.push_back(rows.move(after(slot, day, "16:00"), "enterprise", "enterprise", "submit"));
  acts.push_back(rows.move(after(slot, day + days_to_accept, "11:00"), "statistician",
                           "statistician", "accept"));
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

// The day of the month after on which a firm's return comes: the last day is the 12th. Some wait to
// be reminded, a few are a month late; which ones, changes.
int filing_day(size_t firm, int month) {
  const auto at = firm + static_cast<size_t>(month) * 13;
  if (at % 97 == 5) return kMonthLate;
  if (at % 60 == 11) return 23;
  if (at % 47 == 7) return 19;
  return at % 9 == 0 ? 12 : 9;
}

// Returned for a reason, and sent again after the month's end.
void add_returned(std::vector<TimedRequest>& acts, const std::vector<std::string>& row, Slot slot) {
  Rows rows = return_rows();
  rows.add(row);
  acts.push_back(rows.act(Act::import, after(slot, 10, "09:20"), "enterprise"));
  acts.push_back(rows.move(after(slot, 10, "09:30"), "enterprise", "enterprise", "submit"));
  acts.push_back(rows.move(after(slot, 13, "15:00"), "statistician", "statistician", "return"));
  const Slot next = slot_of(month_of(slot).plus(1));
  Rows remark("monthly_return", {"enterprise", "month", "remark"});
  remark.add({row[0], row[1], "研发经费已与台账核对，无误"});
  acts.push_back(remark.act(Act::amend, after(next, 2, "10:10"), "enterprise"));
  acts.push_back(rows.move(after(next, 2, "10:20"), "enterprise", "enterprise", "submit"));
  acts.push_back(rows.move(after(next, 3, "11:00"), "statistician", "statistician", "accept"));
}

// The returns after those of the articles, each a little above that of the year before.
void add_later_returns(std::vector<TimedRequest>& acts, std::vector<Firm>& firms,
                       const Terms& terms) {
  SeededRandom random(terms.seed + 1);
  const size_t year = 11;  // slots a year
  for (Month month = Month::of(2024, 10); month.last_day() < terms.until; month = month.plus(1)) {
    if (month.month() == 1) continue;
    const Slot slot = slot_of(month);
    std::map<int, Rows> by_day;
    for (size_t i = 0; i < firms.size(); ++i) {
      Firm& firm = firms[i];
      auto amounts = firm.amounts[firm.amounts.size() - year];
      const auto growth = static_cast<int64_t>(980 + random.below(150));
      for (int64_t& amount : amounts) amount = amount / 1000 * growth;
      firm.amounts.push_back(amounts);
      if (firm.sector != "industry" && i % 3 != 0) continue;
      const std::vector<std::string> row = return_row(firm, slot, amounts);
      if (i == 0) {
        add_returned(acts, row, slot);
        continue;
      }
      by_day.try_emplace(filing_day(i, month.month()), return_rows()).first->second.add(row);
    }
    for (const auto& [day, rows] : by_day) {
      if (day == kMonthLate) {
        add_filing(acts, rows, slot_of(month.plus(1)), 3);
      } else {
        add_filing(acts, rows, slot, day, day == 23 ? 3 : 1);
      }
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
  add_later_returns(acts, firms, terms);
  add_fiscal_months(acts);
  add_trade_months(acts);
  add_observations(acts);
  add_innovation(acts, firms);
  add_releases(acts);
  return in_order(std::move(acts), terms.until);
}

}  // namespace wutong::demo
