// Numbers: the whole numbers of a column. They take four bytes each while all of them fit, else
// eight; callers see 64 bits. A value, copied whole; safe to share once no longer changed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace wutong {

class Numbers {
 public:
  size_t size() const { return is_narrow_ ? narrow_.size() : wide_.size(); }
  bool empty() const { return size() == 0; }
  int64_t operator[](size_t i) const { return is_narrow_ ? int64_t{narrow_[i]} : wide_[i]; }
  void set(size_t i, int64_t value) {
    if (!is_narrow_ || value != static_cast<int32_t>(value)) {
      widened()[i] = value;
    } else {
      narrow_[i] = static_cast<int32_t>(value);
    }
  }
  void push_back(int64_t value) {
    if (!is_narrow_ || value != static_cast<int32_t>(value)) {
      widened().push_back(value);
    } else {
      narrow_.push_back(static_cast<int32_t>(value));
    }
  }
  void reserve(size_t size) { is_narrow_ ? narrow_.reserve(size) : wide_.reserve(size); }
  // New numbers are zero.
  void resize(size_t size) { is_narrow_ ? narrow_.resize(size) : wide_.resize(size); }
  void assign(std::vector<int64_t> values);  // narrow if all fit
  void assign(std::vector<int32_t> values);
  void append(const Numbers& more);

  bool is_narrow() const { return is_narrow_; }
  std::span<const int32_t> narrow() const { return narrow_; }  // empty unless narrow
  std::span<const int64_t> wide() const { return wide_; }      // empty if narrow
  // From now on eight bytes each; for writers that compute into them.
  std::vector<int64_t>& widened();

  friend bool operator==(const Numbers& a, const Numbers& b);

 private:
  bool is_narrow_ = true;
  std::vector<int32_t> narrow_;
  std::vector<int64_t> wide_;
};

}  // namespace wutong
