// Groups: numbers for combinations of dimension values, and the roll-ups that a record adds to.
//
// Operation. A record with values (v1 … vn) adds to the group of all its values and to one group
// for each kept roll-up, where the other dimensions are open. Roll-ups are bit masks of the
// dimensions that stay fixed. A question that fixes some dimensions reads one group where that
// roll-up is kept, else all groups of the finest kind that match. Numbers are dense and never
// reused; they depend on the order of arrival, so compare tables by text(). Concurrency. None
// inside, as Table.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace wutong::cell {

class Groups {
 public:
  static constexpr uint32_t kOpen = 0xFFFFFFFF;  // a dimension that a roll-up leaves open

  // `always`: mask of the dimensions that every roll-up keeps fixed. Kept: `always` alone, with
  // each other dimension, and all of them. At most 32 dimensions.
  Groups(size_t dimensions, uint32_t always);

  uint32_t intern(size_t dimension, std::string_view value);
  std::optional<uint32_t> find(size_t dimension, std::string_view value) const;
  std::vector<std::string> values(size_t dimension) const;  // in order of arrival

  // Groups that a record with these values (one a dimension, from intern) adds to. Valid until the
  // next call.
  std::span<const uint32_t> of(std::span<const uint32_t> values);
  // Groups to add up for a question; empty if there are none. `fixed`: value or kOpen a dimension.
  std::vector<uint32_t> select(std::span<const uint32_t> fixed) const;

  // The values of a group joined by U+001F, open dimensions as U+001E.
  std::string text(uint32_t group) const;
  size_t size() const { return keys_.size(); }

 private:
  using Key = std::vector<uint32_t>;
  struct KeyHash {
    size_t operator()(const Key& key) const;
  };
  struct TextHash {
    using is_transparent = void;
    size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Dictionary = std::unordered_map<std::string, uint32_t, TextHash, std::equal_to<>>;
  uint32_t group_of(const Key& key);

  size_t dimensions_;
  std::vector<uint32_t> masks_;
  std::vector<Dictionary> dictionaries_;
  std::vector<std::vector<std::string>> texts_;
  std::unordered_map<Key, uint32_t, KeyHash> index_;
  std::vector<Key> keys_;                                       // by group
  std::unordered_map<Key, std::vector<uint32_t>, KeyHash> of_;  // by the values of records
};

}  // namespace wutong::cell
