#include "base/versions.hpp"

#include <algorithm>

namespace wutong {

void Versions::reclaim() {
  if (retired_.empty()) return;
  Version oldest = writing_ - 1;
  {
    std::lock_guard lock(pins_mutex_);
    if (!pins_.empty()) oldest = std::min(oldest, *pins_.begin());
  }
  free_until(oldest);
}

void Versions::free_until(Version oldest) {
  while (!retired_.empty() && retired_.front().since <= oldest) {
    retired_.front().free(retired_.front().memory);
    retired_.pop_front();
  }
}

void HashIndex::reserve(size_t size, Versions& versions) {
  Slots* old = slots_.load(std::memory_order_relaxed);
  size_t wanted = old == nullptr ? 16 : old->mask + 1;
  while (wanted * 3 < size * 4) wanted *= 2;  // at most three quarters are taken
  if (old != nullptr && wanted == old->mask + 1) return;
  auto* fresh = new Slots(wanted);
  for (size_t at = 0; old != nullptr && at <= old->mask; ++at) {
    const uint64_t slot = old->items[at].load(std::memory_order_relaxed);
    if (slot == 0) continue;
    put(*fresh, slot >> 32, static_cast<uint32_t>(slot) - 1);
  }
  slots_.store(fresh, std::memory_order_release);
  if (old == nullptr) return;
  versions.retire(old, [](void* memory) { delete static_cast<Slots*>(memory); });
}

}  // namespace wutong
