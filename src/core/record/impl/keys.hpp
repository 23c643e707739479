// Keys: the keys of an input's rows, as raw numbers; which records they name, and which of them
// stand twice. Private to the folder.
#pragma once

#include <unordered_map>

#include "core/record/impl/rows.hpp"

namespace wutong::record {

class Keys {
 public:
  Keys(const State& state, const Rows& rows);

  bool is_whole(size_t row) const { return is_whole_[row] != 0; }
  // The records of all rows; of one whose key is not whole none.
  void find_all(std::span<std::optional<RecordId>> out) const;
  // The first row with the same key, if one was asked about before. Rows are asked about in order.
  std::optional<size_t> seen_before(size_t row);
  std::string text(size_t row) const;

 private:
  std::span<const int64_t> key(size_t row) const {
    return std::span(numbers_).subspan(row * width_, width_);
  }
  int64_t number(size_t part, size_t row);

  const State& state_;
  const Rows& rows_;
  size_t width_;
  std::vector<int64_t> numbers_;  // rows × parts; texts that no record has are negative
  std::vector<uint8_t> is_whole_;
  std::unordered_map<std::string, int64_t> fresh_;  // texts that no record has
  std::vector<uint64_t> hashes_;                    // by row
  std::vector<uint64_t> slots_;                     // upper half of the hash, row + 1
};

}  // namespace wutong::record
