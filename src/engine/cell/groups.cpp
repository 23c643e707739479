#include "engine/cell/groups.hpp"

#include <algorithm>

namespace wutong::cell {

namespace {

uint64_t hash_of(std::span<const uint32_t> key) {
  uint64_t hash = 0;
  for (uint32_t value : key) hash = mix_hash(hash ^ value);
  return hash;
}

}  // namespace

Groups::Groups(size_t dimensions, uint32_t always, std::shared_ptr<Versions> versions)
    : dimensions_(dimensions), versions_(std::move(versions)) {
  uint32_t all = 0;
  for (size_t d = 0; d < dimensions; ++d) {
    all |= 1U << d;
    texts_.push_back(std::make_unique<TextPool>());
  }
  masks_.push_back(always);
  for (size_t d = 0; d < dimensions; ++d) masks_.push_back(always | 1U << d);
  masks_.push_back(all);
  std::sort(masks_.begin(), masks_.end());
  masks_.erase(std::unique(masks_.begin(), masks_.end()), masks_.end());
}

uint32_t Groups::intern(size_t dimension, std::string_view value) {
  return texts_[dimension]->intern(value, *versions_);
}

std::optional<uint32_t> Groups::find(size_t dimension, std::string_view value) const {
  return texts_[dimension]->find(value);
}

std::vector<std::string> Groups::values(size_t dimension) const {
  std::vector<std::string> out;
  const TextPool& pool = *texts_[dimension];
  for (size_t id = 0, size = pool.size(); id < size; ++id) out.push_back(pool[id]);
  return out;
}

std::optional<uint32_t> Groups::find_group(std::span<const uint32_t> key) const {
  return index_.find(hash_of(key), [&](uint32_t group) {
    for (size_t d = 0; d < dimensions_; ++d) {
      if (value_at(group, d) != key[d]) return false;
    }
    return true;
  });
}

uint32_t Groups::group_of(std::span<const uint32_t> key) {
  if (const auto known = find_group(key)) return *known;
  const uint32_t group = count_.load(std::memory_order_relaxed);
  for (size_t d = 0; d < dimensions_; ++d) keys_.at(group * dimensions_ + d) = key[d];
  index_.insert(hash_of(key), group, *versions_);
  count_.store(group + 1, std::memory_order_release);
  return group;
}

uint32_t Groups::combination(std::span<const uint32_t> values) {
  const uint32_t finest = group_of(values);
  if (finest < combination_of_.size() && combination_of_[finest] != 0) {
    return combination_of_[finest] - 1;
  }
  const auto combination = static_cast<uint32_t>(rolled_.size() / masks_.size());
  std::vector<uint32_t> key(dimensions_);
  for (uint32_t mask : masks_) {
    for (size_t d = 0; d < dimensions_; ++d) key[d] = (mask >> d & 1U) == 0 ? kOpen : values[d];
    rolled_.push_back(group_of(key));
  }
  if (combination_of_.size() < size()) combination_of_.resize(size());
  combination_of_[finest] = combination + 1;
  return combination;
}

bool Groups::is_kept(std::span<const uint32_t> fixed) const {
  uint32_t mask = 0;
  for (size_t d = 0; d < dimensions_; ++d) {
    if (fixed[d] != kOpen) mask |= 1U << d;
  }
  return std::find(masks_.begin(), masks_.end(), mask) != masks_.end();
}

std::optional<uint32_t> Groups::select_one(std::span<const uint32_t> fixed) const {
  return is_kept(fixed) ? find_group(fixed) : std::nullopt;
}

std::vector<uint32_t> Groups::select(std::span<const uint32_t> fixed) const {
  if (is_kept(fixed)) {
    const auto found = find_group(fixed);
    return found ? std::vector<uint32_t>{*found} : std::vector<uint32_t>{};
  }
  std::vector<uint32_t> out;
  for (uint32_t group = 0, count = count_.load(std::memory_order_acquire); group < count; ++group) {
    bool matches = true;
    for (size_t d = 0; matches && d < dimensions_; ++d) {
      const uint32_t value = value_at(group, d);
      matches = value != kOpen && (fixed[d] == kOpen || value == fixed[d]);
    }
    if (matches) out.push_back(group);
  }
  return out;
}

std::string Groups::text(uint32_t group) const {
  std::string out;
  for (size_t d = 0; d < dimensions_; ++d) {
    if (d > 0) out += '\x1f';
    const uint32_t value = value_at(group, d);
    out += value == kOpen ? std::string("\x1e") : (*texts_[d])[value];
  }
  return out;
}

}  // namespace wutong::cell
