// Groups: numbers for combinations of dimension values, and the roll-ups that a record adds to.
//
// Operation. A record with values (v1 … vn) adds to the group of all its values and to one group
// for each kept roll-up, where the other dimensions are open. Roll-ups are bit masks of the
// dimensions that stay fixed. A question that fixes some dimensions reads one group where that
// roll-up is kept, else all groups of the finest kind that match. Numbers are dense and never
// reused; they depend on the order of arrival, so compare tables by text().
// Concurrency. One writer; readers may ask at any time (base/versions.hpp).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_pool.hpp"

namespace wutong::cell {

class Groups {
 public:
  static constexpr uint32_t kOpen = 0xFFFFFFFF;  // a dimension that a roll-up leaves open

  // `always`: mask of the dimensions that every roll-up keeps fixed. Kept: `always` alone, with
  // each other dimension, and all of them. At most 32 dimensions.
  Groups(size_t dimensions, uint32_t always, std::shared_ptr<Versions> versions);

  uint32_t intern(size_t dimension, std::string_view value);
  std::optional<uint32_t> find(size_t dimension, std::string_view value) const;
  std::vector<std::string> values(size_t dimension) const;  // in order of arrival

  // A number for the values of a record (one a dimension, from intern) …
  uint32_t combination(std::span<const uint32_t> values);
  // … and the groups that a record with these values adds to. The writer's.
  std::span<const uint32_t> groups_of(uint32_t combination) const {
    return std::span(rolled_).subspan(size_t{combination} * masks_.size(), masks_.size());
  }
  // Groups to add up for a question; empty if there are none. `fixed`: value or kOpen a dimension.
  std::vector<uint32_t> select(std::span<const uint32_t> fixed) const;
  // The one group for a question; nullopt where there is none, or where several must be added up.
  std::optional<uint32_t> select_one(std::span<const uint32_t> fixed) const;

  // The values of a group joined by U+001F, open dimensions as U+001E.
  std::string text(uint32_t group) const;
  size_t size() const { return count_.load(std::memory_order_acquire); }

 private:
  uint32_t group_of(std::span<const uint32_t> key);
  std::optional<uint32_t> find_group(std::span<const uint32_t> key) const;
  bool is_kept(std::span<const uint32_t> fixed) const;
  uint32_t value_at(uint32_t group, size_t dimension) const {
    return keys_[group * dimensions_ + dimension];
  }

  size_t dimensions_;
  std::shared_ptr<Versions> versions_;
  std::vector<uint32_t> masks_;
  std::vector<std::unique_ptr<TextPool>> texts_;  // by dimension
  HashIndex index_;
  Stable<uint32_t> keys_;  // group × dimensions
  std::atomic<uint32_t> count_{0};
  std::vector<uint32_t> combination_of_;  // by finest group: combination + 1
  std::vector<uint32_t> rolled_;          // combination × roll-ups
};

}  // namespace wutong::cell
