#include "engine/cell/table.hpp"

#include <algorithm>
#include <cstring>
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

}  // namespace

Table::Table(size_t measures, std::shared_ptr<Versions> versions)
    : measures_(measures), versions_(std::move(versions)) {}

Table::~Table() {
  for (uint32_t group = 0; group < groups_; ++group) {
    Directory* directory = directories_.at(group).load(std::memory_order_relaxed);
    if (directory == nullptr) continue;
    for (int32_t m = 0; m < directory->months; ++m) {
      destroy(directory->heads()[m].load(std::memory_order_relaxed));
    }
    destroy(directory);
  }
}

Amount Table::Block::up_to(int lane, size_t measure) const {
  const uint8_t* first = lane_numbers();
  size_t count = lanes;
  if (count == 0 || first[count - 1] > lane) {
    count = static_cast<size_t>(std::upper_bound(first, first + lanes, lane) - first);
  }
  return count == 0 ? Amount{} : cells()[(count - 1) * measures + measure].amount();
}

Table::Block* Table::make_block(size_t lanes, size_t measures) {
  Block shape{};
  shape.lanes = static_cast<uint16_t>(lanes);
  shape.measures = static_cast<uint16_t>(measures);
  void* memory = ::operator new(shape.bytes());
  std::memset(memory, 0, shape.bytes());
  return new (memory) Block(shape);
}

Table::Directory* Table::make_directory(int32_t first, int32_t months) {
  const auto heads = static_cast<size_t>(months);
  void* memory = ::operator new(sizeof(Directory) + heads * sizeof(std::atomic<Block*>));
  auto* directory = new (memory) Directory{first, months};
  for (size_t m = 0; m < heads; ++m) new (directory->heads() + m) std::atomic<Block*>(nullptr);
  return directory;
}

const Table::Directory* Table::directory_of(uint32_t group) const {
  const auto* directory = directories_.find(group);
  return directory == nullptr ? nullptr : directory->load(std::memory_order_acquire);
}

const Table::Block* Table::find(uint32_t group, Month month, Version version) const {
  const Directory* directory = directory_of(group);
  const auto* head = directory == nullptr ? nullptr : directory->head(month.index);
  const Block* block = head == nullptr ? nullptr : head->load(std::memory_order_acquire);
  while (block != nullptr && block->version > version) block = block->older;
  return block;
}

// Directories hold whole years; one that grows is replaced.
std::atomic<Table::Block*>& Table::head_of(uint32_t group, Month month) {
  groups_ = std::max(groups_, group + 1);
  std::atomic<Directory*>& place = directories_.at(group);
  Directory* old = place.load(std::memory_order_relaxed);
  const int32_t january = Month::of(month.year(), 1).index;
  if (old == nullptr || old->head(month.index) == nullptr) {
    const int32_t first = old == nullptr ? january : std::min(january, old->first);
    const int32_t end =
        old == nullptr ? january + 12 : std::max(january + 12, old->first + old->months);
    Directory* fresh = make_directory(first, end - first);
    if (old != nullptr) {
      for (int32_t m = 0; m < old->months; ++m) {
        fresh->heads()[old->first - first + m].store(
            old->heads()[m].load(std::memory_order_relaxed), std::memory_order_relaxed);
      }
      versions_->retire(old, destroy);
    }
    place.store(fresh, std::memory_order_release);
    old = fresh;
  }
  return old->heads()[month.index - old->first];
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
    prefetch(at);
    size_t end = at;
    while (end < pending_.size() && pending_[end].key >> 8 == pending_[at].key >> 8) ++end;
    commit_block(std::span(pending_).subspan(at, end - at), position);
    at = end;
  }
  if (!pending_.empty()) {
    const uint32_t marks = mark_count_.load(std::memory_order_relaxed);
    marks_.at(marks) = {position.value, change_count_, created_count_};
    mark_count_.store(marks + 1, std::memory_order_release);
  }
  cells_touched_.add(pending_.size());
  pending_.clear();
  pending_amounts_.clear();
  pending_slots_.clear();
}

// The lines after `at` come next: their memory is asked for in the order in which it is found.
void Table::prefetch(size_t at) const {
  constexpr size_t kFar = 12, kMiddle = 8, kNear = 4;
  if (at + kFar < pending_.size()) {
    if (const auto* place = directories_.find(group_of(pending_[at + kFar].key))) {
      __builtin_prefetch(place);
    }
  }
  const auto head_at = [&](size_t line) -> const std::atomic<Block*>* {
    if (line >= pending_.size()) return nullptr;
    const Directory* directory = directory_of(group_of(pending_[line].key));
    return directory == nullptr ? nullptr : directory->head(month_of(pending_[line].key).index);
  };
  if (const auto* head = head_at(at + kMiddle)) __builtin_prefetch(head);
  if (const auto* head = head_at(at + kNear)) {
    const auto* block = reinterpret_cast<const char*>(head->load(std::memory_order_relaxed));
    const size_t bytes = sizeof(Block) + measures_ * sizeof(Cell);
    for (size_t line = 0; block != nullptr && line < bytes; line += 64) {
      __builtin_prefetch(block + line);
    }
  }
}

// The block as this version may write it, with the lanes of the run among its own.
Table::Block* Table::with_lanes(std::atomic<Block*>& head, std::span<const Pending> run) {
  Block* old = head.load(std::memory_order_relaxed);
  const auto is_there = [old](const Pending& pending) {
    const uint8_t* lanes = old->lane_numbers();
    return std::binary_search(lanes, lanes + old->lanes, lane_of(pending.key));
  };
  Block* fresh = nullptr;
  if (old != nullptr && std::all_of(run.begin(), run.end(), is_there)) {
    if (old->version == versions_->writing()) return old;
    fresh = static_cast<Block*>(::operator new(old->bytes()));
    std::memcpy(static_cast<void*>(fresh), old, old->bytes());
  } else {
    fresh = widened(old, run);
  }
  fresh->version = versions_->writing();
  fresh->older = old;
  head.store(fresh, std::memory_order_release);
  if (old != nullptr) versions_->retire(old, destroy);
  return fresh;
}

Table::Block* Table::widened(const Block* old, std::span<const Pending> run) const {
  std::vector<uint8_t> lanes;
  if (old != nullptr) lanes.assign(old->lane_numbers(), old->lane_numbers() + old->lanes);
  for (const Pending& pending : run) {
    const auto at = std::lower_bound(lanes.begin(), lanes.end(), lane_of(pending.key));
    if (at == lanes.end() || *at != lane_of(pending.key)) lanes.insert(at, lane_of(pending.key));
  }
  Block* fresh = make_block(lanes.size(), measures_);
  std::copy(lanes.begin(), lanes.end(), fresh->lane_numbers());
  if (old == nullptr) return fresh;
  fresh->created = old->created;
  fresh->journal = old->journal;
  for (size_t l = 0; l < lanes.size(); ++l) {
    for (size_t m = 0; m < measures_; ++m) {
      const Amount amount = old->up_to(lanes[l], m);
      Cell& cell = fresh->cells()[l * measures_ + m];
      cell.set(amount.sum);
      cell.count = amount.count;
    }
  }
  return fresh;
}

void Table::commit_block(std::span<const Pending> run, Seq position) {
  const uint64_t key = run.front().key;
  std::atomic<Block*>& head = head_of(group_of(key), month_of(key));
  const bool is_new = head.load(std::memory_order_relaxed) == nullptr;
  Block& block = *with_lanes(head, run);
  if (is_new) {
    block.created = position.value;
    ++created_count_;
  }
  const uint8_t* lanes = block.lane_numbers();
  for (const Pending& pending : run) {
    const auto amounts = amounts_of(pending);
    const auto first = static_cast<size_t>(
        std::lower_bound(lanes, lanes + block.lanes, lane_of(pending.key)) - lanes);
    for (size_t l = first; l < block.lanes; ++l) {
      Cell* cells = block.cells() + l * measures_;
      for (size_t m = 0; m < measures_; ++m) {
        cells[m].set(cells[m].sum() + amounts[m].sum);
        cells[m].count += amounts[m].count;
      }
    }
    if (!is_new) note(block, pending, position);
  }
}

void Table::note(Block& block, const Pending& pending, Seq position) {
  const auto amounts = amounts_of(pending);
  for (size_t m = 0; m < measures_; ++m) {
    if (amounts[m].is_zero()) continue;
    changes_.at(change_count_) = {amounts[m].sum,           amounts[m].count,
                                  position.value,           block.journal,
                                  static_cast<uint16_t>(m), lane_of(pending.key),
                                  group_of(pending.key),    month_of(pending.key)};
    block.journal = ++change_count_;
  }
}

size_t Table::last_commit(Seq position, size_t from) const {
  size_t at = mark_count_.load(std::memory_order_acquire);
  while (at > from && marks_[at - 1].position > position.value) --at;
  return at;
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

bool Table::is_seen(uint32_t group, Month month, const View& view) const {
  const Block* block = find(group, month, view.version);
  return block != nullptr && (!view.as_of || block->created <= view.as_of->value);
}

std::optional<Month> Table::first_month(uint32_t group, const View& view) const {
  const Directory* directory = directory_of(group);
  for (int32_t m = 0; directory != nullptr && m < directory->months; ++m) {
    const Month month{directory->first + m};
    if (is_seen(group, month, view)) return month;
  }
  return std::nullopt;
}

std::optional<Month> Table::last_month(uint32_t group, const View& view) const {
  const Directory* directory = directory_of(group);
  for (int32_t m = directory == nullptr ? 0 : directory->months; m > 0; --m) {
    const Month month{directory->first + m - 1};
    if (is_seen(group, month, {view.version, std::nullopt})) return month;
  }
  return std::nullopt;
}

Table::MonthSpan Table::months_of(uint32_t group, Month first, Month last) const {
  const Directory* directory = directory_of(group);
  if (directory == nullptr) return {0, -1};
  return {std::max(first.index, directory->first),
          std::min(last.index, directory->first + directory->months - 1)};
}

Amount Table::read(uint32_t group, Month first, Month last, Lanes lanes, size_t measure,
                   const View& view) const {
  Amount total;
  const MonthSpan span = months_of(group, first, last);
  for (int32_t month = span.first; month <= span.last; ++month) {
    const Block* block = find(group, Month{month}, view.version);
    if (block != nullptr) total.add(amount_at(*block, lanes, measure, view.as_of));
  }
  return total;
}

Amount Table::read_months(uint32_t group, Month first, Month last, std::optional<Month> end,
                          size_t measure, const View& view) const {
  const Directory* directory = directory_of(group);
  if (directory == nullptr) return {};
  Amount total;
  const MonthSpan span = months_of(group, first, last);
  for (int32_t month = span.first; month <= span.last; ++month) {
    const Block* block = directory->head(month)->load(std::memory_order_acquire);
    if (block == nullptr) continue;
    __builtin_prefetch(block);
    __builtin_prefetch(block->cells_of_first_lane() + measure);
  }
  for (int32_t month = span.first; month <= span.last; ++month) {
    const Block* block = directory->head(month)->load(std::memory_order_acquire);
    while (block != nullptr && block->version > view.version) block = block->older;
    if (block != nullptr) total.add(block->up_to(end ? end->index - month : 255, measure));
  }
  return total;
}

void Table::positions(uint32_t group, Month first, Month last, Lanes lanes, size_t measure,
                      const View& view, std::vector<Seq>& out) const {
  const MonthSpan span = months_of(group, first, last);
  for (int32_t month = span.first; month <= span.last; ++month) {
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

void Table::add_lines(uint32_t group, Month month, const Block& block,
                      std::vector<Line>& out) const {
  for (size_t l = 0; l < block.lanes; ++l) {
    const uint8_t lane = block.lane_numbers()[l];
    for (size_t m = 0; m < measures_; ++m) {
      Amount amount = block.up_to(lane, m);
      if (l > 0) amount.add(block.up_to(block.lane_numbers()[l - 1], m), -1);
      if (!amount.is_zero()) out.push_back({group, month, lane, m, amount});
    }
  }
}

std::vector<Table::Line> Table::lines() const {
  std::vector<Line> out;
  for (uint32_t group = 0; group < groups_; ++group) {
    const Directory* directory = directory_of(group);
    for (int32_t m = 0; directory != nullptr && m < directory->months; ++m) {
      const Block* block = directory->heads()[m].load(std::memory_order_relaxed);
      if (block != nullptr) add_lines(group, Month{directory->first + m}, *block, out);
    }
  }
  return out;
}

}  // namespace wutong::cell
