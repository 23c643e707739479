#include "engine/cell/bag.hpp"

#include <algorithm>

namespace wutong::cell {

namespace {

uint64_t mix_wide(uint64_t hash, int128 value) {
  hash = mix_hash(hash ^ static_cast<uint64_t>(value));
  return mix_hash(hash ^ static_cast<uint64_t>(value >> 64));
}

uint64_t node_hash(uint32_t cell, const Element& element) {
  return mix_wide(mix_hash(uint64_t{cell} ^ mix_hash(static_cast<uint64_t>(element.order))),
                  element.value);
}

}  // namespace

void drop_gone(Counts& counts) {
  std::erase_if(counts, [](const auto& entry) { return entry.second <= 0; });
}

void Bag::add(uint32_t group, Month month, uint8_t lane, const Element& element, int64_t count) {
  const Key key{group, month, lane};
  const auto [at, is_new] = pending_.try_emplace(key);
  if (is_new) cells_touched_.add(1);
  at->second[element] += count;
}

uint32_t Bag::cell_of(const Key& key) {
  const uint64_t hash = mix_hash(uint64_t{key.group} << 40 ^
                                 uint64_t(static_cast<uint32_t>(key.month.index)) << 8 ^ key.lane);
  if (auto known = index_.find(hash, [&](uint32_t id) { return keys_[id] == key; })) return *known;
  const uint32_t id = cell_count_++;
  keys_.at(id) = key;
  index_.insert(hash, id, *versions_);
  next_cell_.write(id, *versions_) = in_group_.read(key.group, kNewestVersion);
  in_group_.write(key.group, *versions_) = id + 1;
  return id;
}

void Bag::change_count(uint32_t cell, const Element& element, int64_t change) {
  const uint64_t hash = node_hash(cell, element);
  auto node = node_index_.find(
      hash, [&](uint32_t id) { return nodes_[id].cell == cell && nodes_[id].element == element; });
  if (!node) {
    node = node_count_++;
    Heads& heads = heads_.write(cell, *versions_);
    nodes_.at(*node) = {element, cell, heads.elements};
    node_index_.insert(hash, *node, *versions_);
    heads.elements = *node + 1;
  }
  counts_.write(*node, *versions_) += change;
}

void Bag::commit(Seq position) {
  for (const auto& [key, changes] : pending_) {
    const uint32_t cell = cell_of(key);
    const bool is_new = heads_.read(cell, kNewestVersion).created == 0;
    if (is_new) heads_.write(cell, *versions_).created = position.value;
    for (const auto& [element, change] : changes) {
      if (change == 0) continue;
      change_count(cell, element, change);
      if (is_new) continue;
      Heads& heads = heads_.write(cell, *versions_);
      changes_.at(change_count_) = {element, change, position.value, heads.journal};
      heads.journal = ++change_count_;
    }
  }
  pending_.clear();
}

template <typename Visit>
void Bag::visit(uint32_t group, Month first, Month last, Lanes lanes, Version version,
                const Visit& visit_cell) const {
  for (uint32_t at = in_group_.read(group, version); at != 0;
       at = next_cell_.read(at - 1, version)) {
    const Key& key = keys_[at - 1];
    const bool is_read = key.month >= first && key.month <= last && key.lane >= lanes.first &&
                         key.lane <= lanes.last;
    if (is_read) visit_cell(heads_.read(at - 1, version));
  }
}

void Bag::read(uint32_t group, Month first, Month last, Lanes lanes, const Table::View& view,
               Counts& total) const {
  visit(group, first, last, lanes, view.version, [&](const Heads& heads) {
    if (view.as_of && heads.created > view.as_of->value) return;
    for (uint32_t at = heads.elements; at != 0; at = nodes_[at - 1].next) {
      const int64_t count = counts_.read(at - 1, view.version);
      if (count != 0) total[nodes_[at - 1].element] += count;
    }
    if (!view.as_of) return;
    for (uint32_t at = heads.journal; at != 0; at = changes_[at - 1].earlier) {
      if (changes_[at - 1].position <= view.as_of->value) break;
      total[changes_[at - 1].element] -= changes_[at - 1].change;
    }
  });
}

void Bag::positions(uint32_t group, Month first, Month last, Lanes lanes, const Table::View& view,
                    std::vector<Seq>& out) const {
  visit(group, first, last, lanes, view.version, [&](const Heads& heads) {
    out.push_back(Seq{heads.created});
    for (uint32_t at = heads.journal; at != 0; at = changes_[at - 1].earlier) {
      out.push_back(Seq{changes_[at - 1].position});
    }
  });
}

std::vector<Bag::Line> Bag::lines() const {
  std::vector<Line> out;
  for (uint32_t node = 0; node < node_count_; ++node) {
    const int64_t count = counts_.read(node, kNewestVersion);
    const Key& key = keys_[nodes_[node].cell];
    if (count != 0) out.push_back({key.group, key.month, key.lane, nodes_[node].element, count});
  }
  std::sort(out.begin(), out.end(), [](const Line& a, const Line& b) {
    const auto place = [](const Line& line) { return Key{line.group, line.month, line.lane}; };
    if (place(a) != place(b)) return place(a) < place(b);
    return a.element < b.element;
  });
  return out;
}

}  // namespace wutong::cell
