// TextPool: different texts, numbered in order of arrival. The writer adds; readers read the
// numbers that they know, and may look for a text at any time.
#pragma once

#include <string>
#include <string_view>

#include "base/versions.hpp"

namespace wutong {

class TextPool {
 public:
  const std::string& operator[](size_t id) const { return texts_[id]; }
  std::optional<uint32_t> find(std::string_view text) const {
    return index_.find(hash_of(text), [&](uint32_t id) { return texts_[id] == text; });
  }
  uint32_t intern(std::string_view text, Versions& versions) {
    const uint64_t hash = hash_of(text);
    if (auto known = index_.find(hash, [&](uint32_t id) { return texts_[id] == text; })) {
      return *known;
    }
    const uint32_t id = count_.load(std::memory_order_relaxed);
    texts_.at(id) = text;
    index_.insert(hash, id, versions);
    count_.store(id + 1, std::memory_order_release);
    return id;
  }
  size_t size() const { return count_.load(std::memory_order_acquire); }

 private:
  static uint64_t hash_of(std::string_view text) {
    return mix_hash(std::hash<std::string_view>{}(text));
  }
  Stable<std::string> texts_;
  HashIndex index_;
  std::atomic<uint32_t> count_{0};
};

}  // namespace wutong
