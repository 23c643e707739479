#include "core/deadline/impl/book.hpp"

#include <algorithm>

namespace wutong::deadline {

void Deadlines::Book::create(RecordId record, Instant at, size_t state) {
  const uint32_t count = run_count_.load(std::memory_order_relaxed);
  if (count > 0) {
    const Run& last = *runs_.find(count - 1);
    if (last.at == at && last.state == state) return;
  }
  runs_.at(count) = {record.value, static_cast<uint32_t>(state), at};
  run_count_.store(count + 1, std::memory_order_release);
}

void Deadlines::Book::add(RecordId record, Instant at, size_t state, Versions& versions) {
  uint32_t& newest = newest_.write(record.value, versions);
  nodes_.at(node_count_) = {newest, static_cast<uint32_t>(state), at};
  newest = ++node_count_;
}

void Deadlines::Book::read(RecordId record, Version version, std::vector<StateEvent>& out) const {
  const size_t begin = out.size();
  for (uint32_t node = newest_.read(record.value, version); node != 0;) {
    const Node& each = *nodes_.find(node - 1);
    out.push_back({each.at, each.state});
    node = each.earlier;
  }
  uint32_t low = 0, high = run_count_.load(std::memory_order_acquire);
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (runs_.find(middle)->first <= record.value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low > 0) out.push_back({runs_.find(low - 1)->at, runs_.find(low - 1)->state});
  std::reverse(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end());
}

uint32_t Deadlines::Board::list_of(Date day) {
  constexpr int32_t kLast = 47'481;  // 2099-12-31
  return 2 + static_cast<uint32_t>(std::clamp(day.days(), 0, kLast));
}

void Deadlines::Board::put(RecordId record, uint32_t list, Versions& versions) {
  const uint32_t old = list_.read(record.value, kNewestVersion);
  if (old == list) return;
  if (old != kNone) {
    const uint32_t next = next_.read(record.value, kNewestVersion);
    const uint32_t prev = prev_.read(record.value, kNewestVersion);
    (prev != 0 ? next_.write(prev - 1, versions) : head_.write(old, versions)) = next;
    if (next != 0) prev_.write(next - 1, versions) = prev;
    --count_.write(old / kBlock, versions);
  }
  list_.write(record.value, versions) = list;
  if (list == kNone) return;
  const uint32_t first = head_.read(list, kNewestVersion);
  next_.write(record.value, versions) = first;
  prev_.write(record.value, versions) = 0;
  if (first != 0) prev_.write(first - 1, versions) = record.value + 1;
  head_.write(list, versions) = record.value + 1;
  ++count_.write(list / kBlock, versions);
}

void Deadlines::Board::visit(uint32_t list, Version version,
                             const std::function<void(RecordId)>& f) const {
  for (uint32_t at = head_.read(list, version); at != 0; at = next_.read(at - 1, version)) {
    f(RecordId{at - 1});
  }
}

void Deadlines::Board::visit_days(Date from, Date until, Version version,
                                  const std::function<void(RecordId)>& f) const {
  const uint32_t last = list_of(until);
  for (uint32_t list = list_of(from); list <= last;) {
    if (count_.read(list / kBlock, version) == 0) {
      list = (list / kBlock + 1) * kBlock;
      continue;
    }
    visit(list, version, f);
    ++list;
  }
}

}  // namespace wutong::deadline
