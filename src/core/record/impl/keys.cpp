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
  if (rows.count > 1) slots_.resize(std::bit_ceil(rows.count * 2));
}

int64_t Keys::number(size_t part, size_t row) {
  const size_t field = rows_.home->key[part];
  const std::string& text = rows_.given[field]->texts[row];
  if (auto known = state_.find_text(rows_.register_index, field, text)) return *known;
  const auto next = -1 - static_cast<int64_t>(fresh_.size());
  return fresh_.emplace(text, next).first->second;
}

std::optional<RecordId> Keys::find(size_t row) const {
  constexpr size_t kAhead = 16;
  if (row + kAhead < rows_.count) state_.prefetch_raw(rows_.register_index, key(row + kAhead));
  return state_.find_raw(rows_.register_index, key(row));
}

std::optional<size_t> Keys::seen_before(size_t row) {
  if (slots_.empty()) return std::nullopt;
  uint64_t hash = 0;
  for (int64_t part : key(row)) hash = mix_hash(hash ^ static_cast<uint64_t>(part));
  for (size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at] == 0) {
      slots_[at] = static_cast<uint32_t>(row) + 1;
      return std::nullopt;
    }
    const size_t other = slots_[at] - 1;
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
