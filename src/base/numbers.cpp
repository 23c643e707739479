#include "base/numbers.hpp"

#include <algorithm>

namespace wutong {

void Numbers::assign(std::vector<int64_t> values) {
  is_narrow_ = std::all_of(values.begin(), values.end(),
                           [](int64_t value) { return value == static_cast<int32_t>(value); });
  narrow_.clear();
  wide_.clear();
  if (!is_narrow_) {
    wide_ = std::move(values);
    return;
  }
  narrow_.reserve(values.size());
  for (int64_t value : values) narrow_.push_back(static_cast<int32_t>(value));
}

void Numbers::assign(std::vector<int32_t> values) {
  is_narrow_ = true;
  narrow_ = std::move(values);
  wide_.clear();
}

void Numbers::append(const Numbers& more) {
  if (is_narrow_ && more.is_narrow_) {
    narrow_.insert(narrow_.end(), more.narrow_.begin(), more.narrow_.end());
    return;
  }
  std::vector<int64_t>& all = widened();
  all.reserve(all.size() + more.size());
  for (size_t i = 0; i < more.size(); ++i) all.push_back(more[i]);
}

std::vector<int64_t>& Numbers::widened() {
  if (is_narrow_) {
    wide_.assign(narrow_.begin(), narrow_.end());
    narrow_ = {};
    is_narrow_ = false;
  }
  return wide_;
}

bool operator==(const Numbers& a, const Numbers& b) {
  if (a.is_narrow_ == b.is_narrow_) return a.narrow_ == b.narrow_ && a.wide_ == b.wide_;
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

}  // namespace wutong
