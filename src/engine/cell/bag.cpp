#include "engine/cell/bag.hpp"

namespace wutong::cell {

void drop_gone(Counts& counts) {
  std::erase_if(counts, [](const auto& entry) { return entry.second <= 0; });
}

void Bag::add(uint32_t group, Month month, uint8_t lane, const Element& element, int64_t count) {
  const Key key{group, month, lane};
  const auto [at, is_new] = pending_.try_emplace(key);
  if (is_new) ++cells_touched_;
  at->second[element] += count;
}

void Bag::commit(Seq position) {
  for (const auto& [key, changes] : pending_) {
    Cell& cell = cells_[key];
    const bool is_new = !cell.created;
    if (is_new) cell.created = position;
    for (const auto& [element, change] : changes) {
      if (change == 0) continue;
      int64_t& count = cell.counts[element];
      count += change;
      if (count == 0) cell.counts.erase(element);
      if (!is_new) cell.journal.push_back({position, element, change});
    }
  }
  pending_.clear();
}

template <typename Visit>
void Bag::visit(uint32_t group, Month first, Month last, Lanes lanes,
                const Visit& visit_cell) const {
  auto at = cells_.lower_bound(Key{group, first, 0});
  for (; at != cells_.end() && at->first.group == group && at->first.month <= last; ++at) {
    if (at->first.lane >= lanes.first && at->first.lane <= lanes.last) visit_cell(at->second);
  }
}

void Bag::read(uint32_t group, Month first, Month last, Lanes lanes, std::optional<Seq> as_of,
               Counts& total) const {
  visit(group, first, last, lanes, [&](const Cell& cell) {
    if (as_of && *cell.created > *as_of) return;
    for (const auto& [element, count] : cell.counts) total[element] += count;
    if (!as_of) return;
    for (auto j = cell.journal.rbegin(); j != cell.journal.rend(); ++j) {
      if (j->position <= *as_of) break;
      total[j->element] -= j->change;
    }
  });
}

void Bag::positions(uint32_t group, Month first, Month last, Lanes lanes,
                    std::vector<Seq>& out) const {
  visit(group, first, last, lanes, [&](const Cell& cell) {
    out.push_back(*cell.created);
    for (const JournalRecord& record : cell.journal) out.push_back(record.position);
  });
}

std::vector<Bag::Line> Bag::lines() const {
  std::vector<Line> out;
  for (const auto& [key, cell] : cells_) {
    for (const auto& [element, count] : cell.counts) {
      out.push_back({key.group, key.month, key.lane, element, count});
    }
  }
  return out;
}

}  // namespace wutong::cell
