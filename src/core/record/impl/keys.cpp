#include "core/record/impl/keys.hpp"

#include <algorithm>
#include <bit>

#include "base/versions.hpp"

namespace wutong::record {

Keys::Keys(const State& state, const Rows& rows)
    : state_(state), rows_(rows), width_(rows.home->key.size()), is_whole_(rows.count, 1) {
  numbers_.resize(rows.count * width_);
  for (size_t k = 0; k < width_; ++k) {
    const auto& given = rows.given[rows.home->key[k]];
    for (size_t i = 0; i < rows.count; ++i) {
      if (!given || given->present[i] == 0) {
        is_whole_[i] = 0;
      } else {
        numbers_[i * width_ + k] = given->is_text() ? number(k, i) : given->numbers[i];
      }
    }
  }
  if (rows.count == 1) return;
  slots_.resize(std::bit_ceil(rows.count * 2));
  hashes_.resize(rows.count);
  for (size_t i = 0; i < rows.count; ++i) {
    for (int64_t part : key(i)) {
      hashes_[i] = mix_hash(hashes_[i] ^ static_cast<uint64_t>(part));
    }
  }
}

int64_t Keys::number(size_t part, size_t row) {
  const size_t field = rows_.home->key[part];
  const std::string& text = rows_.given[field]->texts[row];
  if (auto known = state_.find_text(rows_.register_index, field, text)) return *known;
  const auto next = -1 - static_cast<int64_t>(fresh_.size());
  return fresh_.emplace(text, next).first->second;
}

void Keys::find_all(std::span<std::optional<RecordId>> out) const {
  state_.find_rows(rows_.register_index, numbers_, out);
  for (size_t i = 0; i < out.size(); ++i) {
    if (is_whole_[i] == 0) out[i].reset();
  }
}

std::optional<size_t> Keys::seen_before(size_t row) {
  if (slots_.empty()) return std::nullopt;
  constexpr size_t kAhead = 16;  // slots on their way from memory
  constexpr uint64_t kTag = ~uint64_t{UINT32_MAX};
  const size_t mask = slots_.size() - 1;
  if (row + kAhead < hashes_.size()) __builtin_prefetch(&slots_[hashes_[row + kAhead] & mask]);
  for (size_t at = hashes_[row] & mask;; at = (at + 1) & mask) {
    if (slots_[at] == 0) {
      slots_[at] = (hashes_[row] & kTag) | (row + 1);
      return std::nullopt;
    }
    if ((slots_[at] & kTag) != (hashes_[row] & kTag)) continue;
    const size_t other = static_cast<uint32_t>(slots_[at]) - 1;
    if (std::ranges::equal(key(other), key(row))) return other;
  }
}

std::string Keys::text(size_t row) const {
  std::string out;
  for (size_t k = 0; k < width_; ++k) {
    const Field& field = rows_.home->fields[rows_.home->key[k]];
    const Value value = rows_.given[rows_.home->key[k]]->value(row);
    const auto* target = std::get_if<RecordId>(&value);
    if (k > 0) out += "/";
    out += target == nullptr ? to_string(value)
                             : state_.key_text(*state_.schema().index_of(field.target), *target);
  }
  return out;
}

}  // namespace wutong::record
