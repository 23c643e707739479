#include "engine/cell/table.hpp"

#include <algorithm>

namespace wutong::cell {

uint32_t Table::find_or_create(uint32_t group, Month month, uint8_t lane) {
  if (group >= groups_.size()) groups_.resize(group + 1);
  auto& rows = groups_[group];
  auto row = std::lower_bound(rows.begin(), rows.end(), month,
                              [](const MonthRow& r, Month m) { return r.month < m; });
  if (row == rows.end() || row->month != month) row = rows.insert(row, MonthRow{month, {}});
  auto& lanes = row->lanes;
  auto at = std::lower_bound(lanes.begin(), lanes.end(), lane,
                             [](const LaneCell& c, uint8_t l) { return c.lane < l; });
  if (at != lanes.end() && at->lane == lane) return at->cell;
  const auto cell = static_cast<uint32_t>(cells_.size());
  lanes.insert(at, LaneCell{lane, cell});
  cells_.emplace_back();
  sums_.resize(sums_.size() + measures_, 0);
  counts_.resize(counts_.size() + measures_, 0);
  return cell;
}

void Table::add(uint32_t group, Month month, uint8_t lane, std::span<const Amount> amounts,
                int sign) {
  const uint32_t index = find_or_create(group, month, lane);
  Cell& cell = cells_[index];
  const size_t base = static_cast<size_t>(index) * measures_;
  if (cell.pending == kNone) {
    cell.pending = static_cast<uint32_t>(pending_.size());
    pending_.push_back(index);
    for (size_t m = 0; m < measures_; ++m) {
      pending_before_.push_back(Amount{sums_[base + m], counts_[base + m]});
    }
    ++cells_touched_;
  }
  for (size_t m = 0; m < measures_; ++m) {
    sums_[base + m] += sign * amounts[m].sum;
    counts_[base + m] += sign * amounts[m].count;
  }
}

void Table::commit(Seq position) {
  for (size_t i = 0; i < pending_.size(); ++i) {
    Cell& cell = cells_[pending_[i]];
    cell.pending = kNone;
    if (cell.created == kPending) {
      cell.created = position.value;
      continue;
    }
    const size_t base = static_cast<size_t>(pending_[i]) * measures_;
    for (size_t m = 0; m < measures_; ++m) {
      const Amount& before = pending_before_[i * measures_ + m];
      if (before == Amount{sums_[base + m], counts_[base + m]}) continue;
      journal_.push_back({before, position.value, cell.journal, static_cast<uint32_t>(m)});
      cell.journal = static_cast<uint32_t>(journal_.size() - 1);
    }
  }
  pending_.clear();
  pending_before_.clear();
}

Amount Table::amount_at(uint32_t index, size_t measure, std::optional<Seq> as_of) const {
  const size_t at = static_cast<size_t>(index) * measures_ + measure;
  Amount amount{sums_[at], counts_[at]};
  if (!as_of) return amount;
  const Cell& cell = cells_[index];
  if (cell.created > as_of->value) return {};
  for (uint32_t j = cell.journal; j != kNone; j = journal_[j].earlier) {
    if (journal_[j].position <= as_of->value) break;
    if (journal_[j].measure == measure) amount = journal_[j].before;
  }
  return amount;
}

template <typename Visit>
void Table::visit(uint32_t group, Month first, Month last, Lanes lanes,
                  const Visit& visit_cell) const {
  if (group >= groups_.size()) return;
  const auto& rows = groups_[group];
  auto row = std::lower_bound(rows.begin(), rows.end(), first,
                              [](const MonthRow& r, Month m) { return r.month < m; });
  for (; row != rows.end() && row->month <= last; ++row) {
    for (const LaneCell& lane : row->lanes) {
      if (lane.lane > lanes.last) break;
      if (lane.lane >= lanes.first) visit_cell(lane.cell);
    }
  }
}

Amount Table::read(uint32_t group, Month first, Month last, Lanes lanes, size_t measure,
                   std::optional<Seq> as_of) const {
  Amount total;
  visit(group, first, last, lanes,
        [&](uint32_t cell) { total.add(amount_at(cell, measure, as_of)); });
  return total;
}

void Table::positions(uint32_t group, Month first, Month last, Lanes lanes, size_t measure,
                      std::vector<Seq>& out) const {
  visit(group, first, last, lanes, [&](uint32_t index) {
    out.push_back(Seq{cells_[index].created});
    for (uint32_t j = cells_[index].journal; j != kNone; j = journal_[j].earlier) {
      if (journal_[j].measure == measure) out.push_back(Seq{journal_[j].position});
    }
  });
}

std::vector<Table::Line> Table::lines() const {
  std::vector<Line> out;
  for (uint32_t group = 0; group < groups_.size(); ++group) {
    for (const MonthRow& row : groups_[group]) {
      for (const LaneCell& lane : row.lanes) {
        for (size_t m = 0; m < measures_; ++m) {
          const Amount amount = amount_at(lane.cell, m, std::nullopt);
          if (!amount.is_zero()) out.push_back({group, row.month, lane.lane, m, amount});
        }
      }
    }
  }
  return out;
}

std::optional<Month> Table::first_month(uint32_t group) const {
  if (group >= groups_.size() || groups_[group].empty()) return std::nullopt;
  return groups_[group].front().month;
}

std::optional<Month> Table::last_month(uint32_t group) const {
  if (group >= groups_.size() || groups_[group].empty()) return std::nullopt;
  return groups_[group].back().month;
}

}  // namespace wutong::cell
