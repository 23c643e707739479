// The workload "returns": what is recorded, and the ten figures that are asked for.
//
// Months are counted from 2023-01 (month 0). Asked is 2024-09 (month 20), over the firms designated
// at that month; prior-year values are those of the same firms. Every figure is a sum or made of
// the sixteen sums below. Plain data.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace wutong::bench {

enum Field : size_t {
  kOutput,
  kValueAdded,
  kRevenue,
  kProfit,
  kTax,
  kExports,
  kImports,
  kRdSpend,
  kInvestment,
  kEmployees
};
constexpr size_t kFields = 10;
constexpr std::array<const char*, kFields> kFieldNames{
    "output",  "value_added", "revenue",  "profit",     "tax",
    "exports", "imports",     "rd_spend", "investment", "employees"};
using Amounts = std::array<int64_t, kFields>;

constexpr int kMonths = 24;
constexpr int kMonthAsked = 20;
constexpr int kNeverDesignated = 99;

struct Firm {
  uint16_t zone = 0;
  uint16_t industry = 0;
  bool is_hightech = false;
  uint8_t designated_from = kNeverDesignated;  // month
};

// `_before`: the same months a year earlier. `prior_`: up to the month before, over the firms
// designated at that month.
enum Sum : size_t {
  kSumOutput,
  kSumOutputBefore,
  kSumPriorOutput,
  kSumPriorOutputBefore,
  kSumQuarterRevenue,
  kSumQuarterRevenueBefore,
  kSumProfit,
  kSumProfitBefore,
  kSumExports,
  kSumExportsBefore,
  kSumImports,
  kSumImportsBefore,
  kSumValueAdded,
  kSumHightechValueAdded,
  kSumRdSpend,
  kSumRevenue
};
constexpr size_t kSums = 16;

struct ZoneSums {
  std::array<int64_t, kSums> sums{};
  int64_t firms = 0;  // designated at the month asked
  bool operator==(const ZoneSums&) const = default;
};
struct CellSums {  // of one industry in one zone
  int64_t output = 0;
  int64_t output_before = 0;
  bool operator==(const CellSums&) const = default;
};
struct AllSums {
  size_t industries = 0;
  std::vector<ZoneSums> zones;
  std::vector<CellSums> cells;  // zone × industries + industry
};

// The months of the sums, once for every engine that adds by hand: adds one return, or a difference
// of two, to the sums of its zone and cell. Nothing where it does not count. `amount(field)` gives
// the numbers; called only for the fields that are needed.
template <typename Amount>
inline void add_amounts(const Firm& firm, int month, const Amount& amount, ZoneSums& zone,
                        CellSums& cell) {
  if (firm.designated_from > kMonthAsked || month > kMonthAsked || (month > 8 && month < 12)) {
    return;
  }
  auto& sums = zone.sums;
  const bool was_designated = firm.designated_from < kMonthAsked;
  const int64_t output = amount(kOutput);
  if (month >= 12) {
    sums[kSumOutput] += output;
    cell.output += output;
    if (month < kMonthAsked && was_designated) sums[kSumPriorOutput] += output;
    sums[kSumProfit] += amount(kProfit);
    sums[kSumExports] += amount(kExports);
    sums[kSumImports] += amount(kImports);
    const int64_t value_added = amount(kValueAdded);
    sums[kSumValueAdded] += value_added;
    if (firm.is_hightech) sums[kSumHightechValueAdded] += value_added;
    sums[kSumRdSpend] += amount(kRdSpend);
    const int64_t revenue = amount(kRevenue);
    sums[kSumRevenue] += revenue;
    if (month >= 18) sums[kSumQuarterRevenue] += revenue;
    return;
  }
  sums[kSumOutputBefore] += output;
  cell.output_before += output;
  if (month < 8 && was_designated) sums[kSumPriorOutputBefore] += output;
  sums[kSumProfitBefore] += amount(kProfit);
  sums[kSumExportsBefore] += amount(kExports);
  sums[kSumImportsBefore] += amount(kImports);
  if (month >= 6) sums[kSumQuarterRevenueBefore] += amount(kRevenue);
}

}  // namespace wutong::bench
