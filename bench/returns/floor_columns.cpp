#include "bench/returns/floor_columns.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

namespace wutong::bench {

namespace {

double growth(int64_t now, int64_t before) {
  return static_cast<double>(now - before) * 100.0 / static_cast<double>(before);
}

double share(int64_t of, int64_t to) { return static_cast<double>(of) / static_cast<double>(to); }

bool write_all(int file, const char* at, size_t bytes) {
  constexpr size_t kPiece = 1 << 26;
  while (bytes > 0) {
    const ssize_t written = ::write(file, at, std::min(bytes, kPiece));
    if (written <= 0) return false;
    at += written;
    bytes -= static_cast<size_t>(written);
  }
  return true;
}

}  // namespace

struct FloorColumns::Block {
  alignas(64) int64_t sums[kSums][kBlock];
};

void FloorColumns::order_firms(size_t zones, size_t industries) {
  std::vector<uint32_t> next(zones * industries + 1, 0);
  const auto cell = [&](const Firm& firm) { return firm.zone * industries + firm.industry; };
  for (const Firm& firm : firms_) ++next[cell(firm) + 1];
  for (size_t i = 0; i < zones * industries; ++i) next[i + 1] += next[i];
  groups_.clear();
  for (size_t i = 0; i < zones * industries; ++i) {
    if (next[i + 1] == next[i]) continue;
    groups_.push_back(
        {next[i], static_cast<uint16_t>(i / industries), static_cast<uint16_t>(i % industries)});
  }
  groups_.push_back({static_cast<uint32_t>(firms_.size()), 0, 0});
  position_.resize(firms_.size());
  ordered_.resize(firms_.size());
  is_designated_.resize(firms_.size());
  was_designated_.resize(firms_.size());
  is_hightech_.resize(firms_.size());
  for (size_t id = 0; id < firms_.size(); ++id) {
    const Firm& firm = firms_[id];
    const uint32_t place = position_[id] = next[cell(firm)]++;
    ordered_[place] = firm;
    is_designated_[place] = firm.designated_from <= kMonthAsked ? -1 : 0;
    was_designated_[place] = firm.designated_from < kMonthAsked ? -1 : 0;
    is_hightech_[place] = firm.is_hightech ? -1 : 0;
  }
}

void FloorColumns::parse(std::string_view firms_text, std::string_view returns_text, size_t zones,
                         size_t industries) {
  const char* at = firms_text.data();
  const char* end = at + firms_text.size();
  firms_.clear();
  while (at < end) {
    take_number(at);
    Firm firm;
    firm.zone = static_cast<uint16_t>(take_number(at));
    firm.industry = static_cast<uint16_t>(take_number(at));
    firm.is_hightech = take_number(at) != 0;
    firm.designated_from = static_cast<uint8_t>(take_number(at));
    firms_.push_back(firm);
  }
  order_firms(zones, industries);
  sums_.industries = industries;
  sums_.zones.assign(zones, {});
  sums_.cells.assign(zones * industries, {});
  growth_.assign(zones, 0);
  const size_t firms = firms_.size();
  for (auto& column : columns_) {
    column.clear();
    column.resize(firms * kMonths);
  }
  at = returns_text.data();
  end = at + returns_text.size();
  while (at < end) {
    const auto id = static_cast<size_t>(take_number(at));
    const size_t place = static_cast<size_t>(take_number(at)) * firms + position_[id];
    for (auto& column : columns_) column[place] = take_number(at);
  }
}

int64_t FloorColumns::raw_bytes() const {
  return static_cast<int64_t>(kFields * firms_.size() * kMonths * sizeof(int64_t));
}

bool FloorColumns::write_raw(const std::string& path) const {
  const int file = ::open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0644);
  if (file < 0) return false;
  bool is_written = true;
  for (const auto& column : columns_) {
    const auto* bytes = reinterpret_cast<const char*>(column.data());
    is_written = is_written && write_all(file, bytes, column.size() * sizeof(int64_t));
  }
  is_written = ::fsync(file) == 0 && is_written;
  return ::close(file) == 0 && is_written;
}

void FloorColumns::add_months(int64_t* into, Field field, int first, int last, size_t start,
                              size_t count) const {
  for (int month = first; month <= last; ++month) {
    const int64_t* from = month_column(field, month) + start;
    for (size_t i = 0; i < count; ++i) into[i] += from[i];
  }
}

// Sums of firms that share months are begun once and copied.
void FloorColumns::accumulate(Block& block, size_t start, size_t count) const {
  auto& sums = block.sums;
  std::memset(sums, 0, sizeof sums);
  const auto add = [&](Sum sum, Field field, int first, int last) {
    add_months(sums[sum], field, first, last, start, count);
  };
  const auto copy = [&](Sum from, Sum to) {
    std::memcpy(sums[to], sums[from], count * sizeof(int64_t));
  };
  add(kSumPriorOutputBefore, kOutput, 0, 7);
  copy(kSumPriorOutputBefore, kSumOutputBefore);
  add(kSumOutputBefore, kOutput, 8, 8);
  add(kSumProfitBefore, kProfit, 0, 8);
  add(kSumExportsBefore, kExports, 0, 8);
  add(kSumImportsBefore, kImports, 0, 8);
  add(kSumQuarterRevenueBefore, kRevenue, 6, 8);
  add(kSumPriorOutput, kOutput, 12, kMonthAsked - 1);
  copy(kSumPriorOutput, kSumOutput);
  add(kSumOutput, kOutput, kMonthAsked, kMonthAsked);
  add(kSumQuarterRevenue, kRevenue, 18, kMonthAsked);
  copy(kSumQuarterRevenue, kSumRevenue);
  add(kSumRevenue, kRevenue, 12, 17);
  add(kSumProfit, kProfit, 12, kMonthAsked);
  add(kSumExports, kExports, 12, kMonthAsked);
  add(kSumImports, kImports, 12, kMonthAsked);
  add(kSumValueAdded, kValueAdded, 12, kMonthAsked);
  add(kSumRdSpend, kRdSpend, 12, kMonthAsked);
  const int64_t* designated = &is_designated_[start];
  const int64_t* before = &was_designated_[start];
  const int64_t* hightech = &is_hightech_[start];
  for (size_t i = 0; i < count; ++i) {
    sums[kSumHightechValueAdded][i] = sums[kSumValueAdded][i] & hightech[i];
    sums[kSumPriorOutput][i] &= before[i];
    sums[kSumPriorOutputBefore][i] &= before[i];
  }
  for (auto& sum : sums) {
    for (size_t i = 0; i < count; ++i) sum[i] &= designated[i];
  }
}

// Adds the firms of a block to their zones and cells, run by run of one cell.
void FloorColumns::close_block(const Block& block, size_t start, size_t count, size_t& group) {
  for (size_t i = 0; i < count;) {
    while (groups_[group + 1].start <= start + i) ++group;
    const size_t end = std::min(count, groups_[group + 1].start - start);
    ZoneSums& zone = sums_.zones[groups_[group].zone];
    CellSums& cell = sums_.cells[groups_[group].zone * sums_.industries + groups_[group].industry];
    for (size_t sum = 0; sum < kSums; ++sum) {
      int64_t total = 0;
      for (size_t j = i; j < end; ++j) total += block.sums[sum][j];
      zone.sums[sum] += total;
      if (sum == kSumOutput) cell.output += total;
      if (sum == kSumOutputBefore) cell.output_before += total;
    }
    int64_t firms = 0;
    for (size_t j = i; j < end; ++j) firms -= is_designated_[start + j];
    zone.firms += firms;
    i = end;
  }
}

void FloorColumns::recompute() {
  std::fill(sums_.zones.begin(), sums_.zones.end(), ZoneSums{});
  std::fill(sums_.cells.begin(), sums_.cells.end(), CellSums{});
  static Block block;
  size_t group = 0;
  for (size_t start = 0; start < firms_.size(); start += kBlock) {
    const size_t count = std::min(kBlock, firms_.size() - start);
    accumulate(block, start, count);
    close_block(block, start, count, group);
  }
}

Amounts FloorColumns::amounts(uint32_t firm, int month) const {
  const size_t row = static_cast<size_t>(month) * firms_.size() + position_[firm];
  Amounts out;
  for (size_t field = 0; field < kFields; ++field) out[field] = columns_[field][row];
  return out;
}

ZoneFigures FloorColumns::figures(size_t zone) {
  const auto& s = sums_.zones[zone].sums;
  ZoneFigures out;
  out.output = s[kSumOutput];
  out.output_growth = growth_[zone] = growth(s[kSumOutput], s[kSumOutputBefore]);
  out.output_growth_change =
      out.output_growth - growth(s[kSumPriorOutput], s[kSumPriorOutputBefore]);
  out.quarter_revenue = s[kSumQuarterRevenue];
  out.quarter_revenue_growth = growth(s[kSumQuarterRevenue], s[kSumQuarterRevenueBefore]);
  out.profit = s[kSumProfit];
  out.profit_growth = growth(s[kSumProfit], s[kSumProfitBefore]);
  out.exports = s[kSumExports];
  out.imports = s[kSumImports];
  out.trade = s[kSumExports] + s[kSumImports];
  out.exports_growth = growth(s[kSumExports], s[kSumExportsBefore]);
  out.trade_growth = growth(out.trade, s[kSumExportsBefore] + s[kSumImportsBefore]);
  out.hightech_share = share(s[kSumHightechValueAdded], s[kSumValueAdded]);
  out.rd_intensity = share(s[kSumRdSpend], s[kSumRevenue]);
  out.firms = sums_.zones[zone].firms;
  out.rank = 1;
  for (double other : growth_) out.rank += other > out.output_growth ? 1 : 0;
  return out;
}

double FloorColumns::read_all_figures() {
  for (size_t zone = 0; zone < growth_.size(); ++zone) {
    const auto& s = sums_.zones[zone].sums;
    growth_[zone] = growth(s[kSumOutput], s[kSumOutputBefore]);
  }
  double mixed = 0;
  for (size_t zone = 0; zone < growth_.size(); ++zone) {
    const ZoneFigures of = figures(zone);
    mixed += static_cast<double>(of.rank) + of.profit_growth + of.rd_intensity;
  }
  return mixed;
}

}  // namespace wutong::bench
