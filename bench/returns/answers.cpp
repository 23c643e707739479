#include "bench/returns/answers.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <fstream>

#include "base/decimal.hpp"

namespace wutong::bench {

namespace {

std::string rate(int64_t of, int64_t to) {
  if (to <= 0 || of < 0) return "-";
  const auto value = mul_div(of, 100, to, Decimal::kScaleMax, Rounding::half_up);
  return value ? value->to_string_short() : "-";
}

bool has_growth(int64_t now, int64_t before) { return before > 0 && now >= 0; }

Decimal growth_of(int64_t now, int64_t before) {
  return mul_div(now - before, 100, before, Decimal::kScaleMax, Rounding::half_up)
      .value_or(Decimal());
}

std::string growth(int64_t now, int64_t before) {
  return has_growth(now, before) ? growth_of(now, before).to_string_short() : "-";
}

// The difference of two rates as published: rounded first, as readers subtract.
std::string growth_change(const ZoneSums& zone) {
  const auto& sums = zone.sums;
  if (!has_growth(sums[kSumOutput], sums[kSumOutputBefore])) return "-";
  if (!has_growth(sums[kSumPriorOutput], sums[kSumPriorOutputBefore])) return "-";
  const auto published = [&](Sum now, Sum before) {
    return mul_div(sums[now] - sums[before], 100, sums[before], 1, Rounding::half_up)
        .value_or(Decimal());
  };
  const auto change = sub(published(kSumOutput, kSumOutputBefore),
                          published(kSumPriorOutput, kSumPriorOutputBefore));
  return change ? change->to_string_short() : "-";
}

// One more than the zones that grow faster; fractions compared exactly.
std::string rank(const AllSums& all, const ZoneSums& zone) {
  const auto now = [](const ZoneSums& one) { return int128{one.sums[kSumOutput]}; };
  const auto before = [](const ZoneSums& one) { return int128{one.sums[kSumOutputBefore]}; };
  const auto has_rate = [](const ZoneSums& one) {
    return has_growth(one.sums[kSumOutput], one.sums[kSumOutputBefore]);
  };
  if (!has_rate(zone)) return "-";
  const auto faster = std::count_if(all.zones.begin(), all.zones.end(), [&](const ZoneSums& one) {
    return has_rate(one) && now(one) * before(zone) > now(zone) * before(one);
  });
  return std::to_string(faster + 1);
}

}  // namespace

std::string zone_scope(size_t zone) { return fmt::format("{:03}", zone); }
std::string cell_scope(size_t zone, size_t industry) {
  return fmt::format("{:03}.{:02}", zone, industry);
}

void Answers::add(std::string_view state, std::string_view scope, std::string_view figure,
                  std::string_view value) {
  lines_.push_back(fmt::format("{}\t{}\t{}\t{}", state, scope, figure, value));
}

void Answers::add_sums(std::string_view state, const AllSums& all) {
  int64_t output = 0, output_before = 0;
  for (size_t zone = 0; zone < all.zones.size(); ++zone) {
    const std::string scope = zone_scope(zone);
    const auto& s = all.zones[zone].sums;
    output += s[kSumOutput];
    output_before += s[kSumOutputBefore];
    const auto put = [&](const char* figure, std::string value) {
      add(state, scope, figure, value);
    };
    put("output", std::to_string(s[kSumOutput]));
    put("output_growth", growth(s[kSumOutput], s[kSumOutputBefore]));
    put("output_growth_before", growth(s[kSumPriorOutput], s[kSumPriorOutputBefore]));
    put("output_growth_change", growth_change(all.zones[zone]));
    put("quarter_revenue", std::to_string(s[kSumQuarterRevenue]));
    put("quarter_revenue_growth", growth(s[kSumQuarterRevenue], s[kSumQuarterRevenueBefore]));
    put("profit", std::to_string(s[kSumProfit]));
    put("profit_growth", growth(s[kSumProfit], s[kSumProfitBefore]));
    put("exports", std::to_string(s[kSumExports]));
    put("imports", std::to_string(s[kSumImports]));
    put("trade", std::to_string(s[kSumExports] + s[kSumImports]));
    put("exports_growth", growth(s[kSumExports], s[kSumExportsBefore]));
    put("trade_growth",
        growth(s[kSumExports] + s[kSumImports], s[kSumExportsBefore] + s[kSumImportsBefore]));
    put("hightech_share", rate(s[kSumHightechValueAdded], s[kSumValueAdded]));
    put("rd_intensity", rate(s[kSumRdSpend], s[kSumRevenue]));
    put("firms", std::to_string(all.zones[zone].firms));
    put("rank", rank(all, all.zones[zone]));
  }
  add_totals(state, output, output_before);
  for (size_t i = 0; i < all.cells.size(); ++i) {
    const CellSums& cell = all.cells[i];
    if (cell.output == 0 && cell.output_before == 0) continue;
    const std::string scope = cell_scope(i / all.industries, i % all.industries);
    add(state, scope, "output", std::to_string(cell.output));
    add(state, scope, "output_growth", growth(cell.output, cell.output_before));
  }
}

void Answers::add_totals(std::string_view state, int64_t output, int64_t base) {
  add(state, "all", "output", std::to_string(output));
  add(state, "all", "output_growth", growth(output, base));
}

Result<void> Answers::write(const std::string& path) {
  std::sort(lines_.begin(), lines_.end());
  std::ofstream file(path, std::ios::binary);
  for (const std::string& line : lines_) file << line << '\n';
  file.close();
  if (!file) {
    return fail(ErrorKind::io, "bench.not_written", "无法写入文件", "cannot write the file",
                {path, 0, 0, {}});
  }
  return {};
}

}  // namespace wutong::bench
