#include "engine/cell/groups.hpp"

#include <algorithm>

namespace wutong::cell {

size_t Groups::KeyHash::operator()(const Key& key) const {
  size_t hash = 1469598103934665603U;
  for (uint32_t value : key) hash = (hash ^ value) * 1099511628211U;
  return hash;
}

Groups::Groups(size_t dimensions, uint32_t always)
    : dimensions_(dimensions), dictionaries_(dimensions), texts_(dimensions) {
  uint32_t all = 0;
  for (size_t d = 0; d < dimensions; ++d) all |= 1U << d;
  masks_.push_back(always);
  for (size_t d = 0; d < dimensions; ++d) masks_.push_back(always | 1U << d);
  masks_.push_back(all);
  std::sort(masks_.begin(), masks_.end());
  masks_.erase(std::unique(masks_.begin(), masks_.end()), masks_.end());
}

uint32_t Groups::intern(size_t dimension, std::string_view value) {
  Dictionary& dictionary = dictionaries_[dimension];
  const auto found = dictionary.find(value);
  if (found != dictionary.end()) return found->second;
  const auto id = static_cast<uint32_t>(texts_[dimension].size());
  texts_[dimension].emplace_back(value);
  dictionary.emplace(std::string(value), id);
  return id;
}

std::optional<uint32_t> Groups::find(size_t dimension, std::string_view value) const {
  const auto found = dictionaries_[dimension].find(value);
  if (found == dictionaries_[dimension].end()) return std::nullopt;
  return found->second;
}

std::vector<std::string> Groups::values(size_t dimension) const { return texts_[dimension]; }

uint32_t Groups::group_of(const Key& key) {
  const auto [at, is_new] = index_.try_emplace(key, static_cast<uint32_t>(keys_.size()));
  if (is_new) keys_.push_back(key);
  return at->second;
}

std::span<const uint32_t> Groups::of(std::span<const uint32_t> values) {
  Key key(values.begin(), values.end());
  const auto found = of_.find(key);
  if (found != of_.end()) return found->second;
  std::vector<uint32_t> groups;
  for (uint32_t mask : masks_) {
    Key rolled = key;
    for (size_t d = 0; d < dimensions_; ++d) {
      if ((mask >> d & 1U) == 0) rolled[d] = kOpen;
    }
    groups.push_back(group_of(rolled));
  }
  return of_.emplace(std::move(key), std::move(groups)).first->second;
}

std::vector<uint32_t> Groups::select(std::span<const uint32_t> fixed) const {
  uint32_t mask = 0;
  for (size_t d = 0; d < dimensions_; ++d) {
    if (fixed[d] != kOpen) mask |= 1U << d;
  }
  if (std::find(masks_.begin(), masks_.end(), mask) != masks_.end()) {
    const auto found = index_.find(Key(fixed.begin(), fixed.end()));
    if (found == index_.end()) return {};
    return {found->second};
  }
  std::vector<uint32_t> out;
  for (uint32_t group = 0; group < keys_.size(); ++group) {
    bool matches = true;
    for (size_t d = 0; matches && d < dimensions_; ++d) {
      const uint32_t value = keys_[group][d];
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
    const uint32_t value = keys_[group][d];
    out += value == kOpen ? std::string("\x1e") : texts_[d][value];
  }
  return out;
}

}  // namespace wutong::cell
