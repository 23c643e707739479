#include "engine/cell/table.hpp"

#include <algorithm>
#include <new>

namespace wutong::cell {

namespace {

constexpr size_t kScanned = 8;  // so few pending lines are found by looking at all of them

uint64_t pack(uint32_t group, Month month, uint8_t lane) {
  return uint64_t{group} << 32 | uint64_t{static_cast<uint32_t>(month.index) & 0xFFFFFFU} << 8 |
         lane;
}
uint32_t group_of(uint64_t key) { return static_cast<uint32_t>(key >> 32); }
Month month_of(uint64_t key) { return {static_cast<int32_t>(key >> 8 & 0xFFFFFFU)}; }
uint8_t lane_of(uint64_t key) { return static_cast<uint8_t>(key); }
uint64_t hash_of(uint32_t group, Month month) { return mix_hash(pack(group, month, 0)); }

}  // namespace

Table::Table(size_t measures, std::shared_ptr<Versions> versions)
    : measures_(measures), versions_(std::move(versions)) {}

Table::~Table() {
  for (uint32_t id = 0; id < block_count_; ++id) {
    destroy(blocks_.at(id).load(std::memory_order_relaxed));
  }
}

Amount Table::Block::up_to(int lane, size_t measure) const {
  const uint8_t* first = lane_numbers();
  size_t count = lanes;
  if (count == 0 || first[count - 1] > lane) {
    count = static_cast<size_t>(std::upper_bound(first, first + lanes, lane) - first);
  }
  if (count == 0) return {};
  const size_t at = (count - 1) * measures + measure;
  return {sums()[at], counts()[at]};
}

Table::Block* Table::make_block(size_t lanes, size_t measures) {
  const size_t bytes =
      sizeof(Block) + lanes * measures * (sizeof(int128) + sizeof(int64_t)) + lanes;
  auto* block = new (::operator new(bytes)) Block();
  block->lanes = static_cast<uint32_t>(lanes);
  block->measures = static_cast<uint32_t>(measures);
  return block;
}

const Table::Block* Table::find(uint32_t group, Month month, Version version) const {
  const auto is_it = [&](uint32_t id) {
    return keys_[id].group == group && keys_[id].month == month;
  };
  const auto id = index_.find(hash_of(group, month), is_it);
  if (!id) return nullptr;
  const Block* block = blocks_[*id].load(std::memory_order_acquire);
  while (block != nullptr && block->version > version) block = block->older;
  return block;
}

uint32_t Table::block_id(uint32_t group, Month month) {
  const uint64_t hash = hash_of(group, month);
  const auto is_it = [&](uint32_t id) {
    return keys_[id].group == group && keys_[id].month == month;
  };
  if (const auto known = index_.find(hash, is_it)) return *known;
  const uint32_t id = block_count_++;
  keys_.at(id) = {group, month};
  blocks_.at(id).store(nullptr, std::memory_order_relaxed);
  index_.insert(hash, id, *versions_);
  MonthSpan& span = spans_.write(group, *versions_);
  const int32_t number = month.index + 1;
  if (span.first == 0 || number < span.first) span.first = number;
  if (number > span.last) span.last = number;
  return id;
}

// Where a key stands among the pending ones, or could stand.
size_t Table::pending_slot(uint64_t key) const {
  const size_t mask = pending_slots_.size() - 1;
  size_t slot = mix_hash(key) & mask;
  while (pending_slots_[slot] != 0 && pending_[pending_slots_[slot] - 1].key != key) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

void Table::add(uint32_t group, Month month, uint8_t lane, std::span<const Amount> amounts,
                int sign) {
  const uint64_t key = pack(group, month, lane);
  uint32_t found = 0;
  size_t slot = 0;
  if (pending_.size() < kScanned) {
    for (uint32_t i = 0; i < pending_.size(); ++i) {
      if (pending_[i].key == key) found = i + 1;
    }
  } else {
    if (pending_slots_.size() < pending_.size() * 4) {
      pending_slots_.assign(std::bit_ceil(pending_.size() * 8), 0);
      for (uint32_t i = 0; i < pending_.size(); ++i) {
        pending_slots_[pending_slot(pending_[i].key)] = i + 1;
      }
    }
    slot = pending_slot(key);
    found = pending_slots_[slot];
  }
  if (found == 0) {
    pending_.push_back({key, static_cast<uint32_t>(pending_.size())});
    pending_amounts_.resize(pending_amounts_.size() + measures_);
    found = static_cast<uint32_t>(pending_.size());
    if (found > kScanned) pending_slots_[slot] = found;
  }
  Amount* to = pending_amounts_.data() + pending_[found - 1].at * measures_;
  for (size_t m = 0; m < measures_; ++m) to[m].add(amounts[m], sign);
}

void Table::commit(Seq position) {
  std::erase_if(pending_, [&](const Pending& pending) {
    const auto amounts = amounts_of(pending);
    return std::all_of(amounts.begin(), amounts.end(),
                       [](const Amount& amount) { return amount.is_zero(); });
  });
  std::sort(pending_.begin(), pending_.end(),
            [](const Pending& a, const Pending& b) { return a.key < b.key; });
  for (size_t at = 0; at < pending_.size();) {
    size_t end = at;
    while (end < pending_.size() && pending_[end].key >> 8 == pending_[at].key >> 8) ++end;
    commit_block(std::span(pending_).subspan(at, end - at), position);
    at = end;
  }
  cells_touched_.add(pending_.size());
  pending_.clear();
  pending_amounts_.clear();
  pending_slots_.clear();
}

// The block as this version may write it, with the lanes of the run among its own.
Table::Block* Table::with_lanes(std::atomic<Block*>& head, std::span<const Pending> run) {
  Block* old = head.load(std::memory_order_relaxed);
  std::vector<uint8_t> lanes;
  if (old != nullptr) lanes.assign(old->lane_numbers(), old->lane_numbers() + old->lanes);
  const size_t had = lanes.size();
  for (const Pending& pending : run) {
    const auto at = std::lower_bound(lanes.begin(), lanes.end(), lane_of(pending.key));
    if (at == lanes.end() || *at != lane_of(pending.key)) lanes.insert(at, lane_of(pending.key));
  }
  if (old != nullptr && lanes.size() == had && old->version == versions_->writing()) return old;
  Block* fresh = make_block(lanes.size(), measures_);
  fresh->version = versions_->writing();
  fresh->older = old;
  std::copy(lanes.begin(), lanes.end(), fresh->lane_numbers());
  if (old != nullptr) {
    fresh->created = old->created;
    fresh->journal = old->journal;
  }
  for (size_t l = 0; l < lanes.size(); ++l) {
    for (size_t m = 0; m < measures_; ++m) {
      const Amount amount = old == nullptr ? Amount{} : old->up_to(lanes[l], m);
      fresh->sums()[l * measures_ + m] = amount.sum;
      fresh->counts()[l * measures_ + m] = amount.count;
    }
  }
  head.store(fresh, std::memory_order_release);
  if (old != nullptr) versions_->retire(old, destroy);
  return fresh;
}

void Table::commit_block(std::span<const Pending> run, Seq position) {
  const uint64_t key = run.front().key;
  const uint32_t id = block_id(group_of(key), month_of(key));
  std::atomic<Block*>& head = blocks_.at(id);
  const bool is_new = head.load(std::memory_order_relaxed) == nullptr;
  Block& block = *with_lanes(head, run);
  if (is_new) block.created = position.value;
  const uint8_t* lanes = block.lane_numbers();
  for (const Pending& pending : run) {
    const auto amounts = amounts_of(pending);
    const auto first = static_cast<size_t>(
        std::lower_bound(lanes, lanes + block.lanes, lane_of(pending.key)) - lanes);
    for (size_t l = first; l < block.lanes; ++l) {
      int128* sums = block.sums() + l * measures_;
      int64_t* counts = block.counts() + l * measures_;
      for (size_t m = 0; m < measures_; ++m) {
        sums[m] += amounts[m].sum;
        counts[m] += amounts[m].count;
      }
    }
    if (!is_new) note(block, pending, position);
  }
}

void Table::note(Block& block, const Pending& pending, Seq position) {
  const auto amounts = amounts_of(pending);
  for (size_t m = 0; m < measures_; ++m) {
    if (amounts[m].is_zero()) continue;
    changes_.at(change_count_) = {amounts[m].sum, amounts[m].count,         position.value,
                                  block.journal,  static_cast<uint16_t>(m), lane_of(pending.key)};
    block.journal = ++change_count_;
  }
}

Amount Table::amount_at(const Block& block, Lanes lanes, size_t measure,
                        std::optional<Seq> as_of) const {
  if (as_of && block.created > as_of->value) return {};
  Amount amount = block.up_to(lanes.last, measure);
  if (lanes.first > 0) amount.add(block.up_to(lanes.first - 1, measure), -1);
  if (!as_of) return amount;
  for (uint32_t at = block.journal; at != 0; at = changes_[at - 1].earlier) {
    const Change& change = changes_[at - 1];
    if (change.position <= as_of->value) break;
    const bool is_read = change.lane >= lanes.first && change.lane <= lanes.last;
    if (is_read && change.measure == measure) amount.add({change.sum, change.count}, -1);
  }
  return amount;
}

std::optional<Month> Table::first_month(uint32_t group, const View& view) const {
  const MonthSpan span = spans_.read(group, view.version);
  if (span.first == 0) return std::nullopt;
  for (Month month{span.first - 1}; view.as_of && month.index < span.last; month = month.plus(1)) {
    const Block* block = find(group, month, view.version);
    if (block != nullptr && block->created <= view.as_of->value) return month;
  }
  return view.as_of ? std::nullopt : std::optional(Month{span.first - 1});
}

std::optional<Month> Table::last_month(uint32_t group, const View& view) const {
  const MonthSpan span = spans_.read(group, view.version);
  return span.first == 0 ? std::nullopt : std::optional(Month{span.last - 1});
}

Amount Table::read(uint32_t group, Month first, Month last, Lanes lanes, size_t measure,
                   const View& view) const {
  Amount total;
  const MonthSpan span = spans_.read(group, view.version);
  const int32_t from = std::max(first.index, span.first - 1);
  const int32_t to = std::min(last.index, span.last - 1);
  for (int32_t month = from; month <= to; ++month) {
    const Block* block = find(group, Month{month}, view.version);
    if (block != nullptr) total.add(amount_at(*block, lanes, measure, view.as_of));
  }
  return total;
}

Amount Table::read_months(uint32_t group, Month first, Month last, std::optional<Month> end,
                          size_t measure, const View& view) const {
  Amount total;
  for (Month month = first; month <= last; month = month.plus(1)) {
    const Block* block = find(group, month, view.version);
    if (block != nullptr) total.add(block->up_to(end ? end->index - month.index : 255, measure));
  }
  return total;
}

void Table::positions(uint32_t group, Month first, Month last, Lanes lanes, size_t measure,
                      const View& view, std::vector<Seq>& out) const {
  const MonthSpan span = spans_.read(group, view.version);
  for (int32_t month = std::max(first.index, span.first - 1);
       month <= std::min(last.index, span.last - 1); ++month) {
    const Block* block = find(group, Month{month}, view.version);
    if (block == nullptr) continue;
    out.push_back(Seq{block->created});
    for (uint32_t at = block->journal; at != 0; at = changes_[at - 1].earlier) {
      const Change& change = changes_[at - 1];
      const bool is_read = change.lane >= lanes.first && change.lane <= lanes.last;
      if (is_read && change.measure == measure) out.push_back(Seq{change.position});
    }
  }
}

std::vector<Table::Line> Table::lines() const {
  std::vector<Line> out;
  for (uint32_t id = 0; id < block_count_; ++id) {
    const Block& block = *blocks_[id].load(std::memory_order_relaxed);
    for (size_t l = 0; l < block.lanes; ++l) {
      const uint8_t lane = block.lane_numbers()[l];
      for (size_t m = 0; m < measures_; ++m) {
        Amount amount = block.up_to(lane, m);
        if (l > 0) amount.add(block.up_to(block.lane_numbers()[l - 1], m), -1);
        if (!amount.is_zero()) out.push_back({keys_[id].group, keys_[id].month, lane, m, amount});
      }
    }
  }
  std::sort(out.begin(), out.end(), [](const Line& a, const Line& b) {
    return std::tuple(a.group, a.month, a.lane, a.measure) <
           std::tuple(b.group, b.month, b.lane, b.measure);
  });
  return out;
}

}  // namespace wutong::cell
