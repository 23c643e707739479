// RowPage: 64 rows of a register side by side, each field in as few bytes as its numbers need in
// this page. Texts stand as numbers of their pool. Immutable for readers; the writer changes pages
// of the version being written.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "base/versions.hpp"

namespace wutong::record {

class RowPage {
 public:
  static constexpr size_t kRows = 64;

  Version version() const { return version_; }
  size_t bytes() const { return bytes_; }
  const RowPage* older() const { return older_; }
  // Of an absent cell 0, or what the others of the page are.
  int64_t number(size_t field, size_t row) const {
    const std::byte* from = data(field);
    switch (width(field)) {
      case 1:
        return reinterpret_cast<const int8_t*>(from)[row];
      case 2:
        return reinterpret_cast<const int16_t*>(from)[row];
      case 4:
        return reinterpret_cast<const int32_t*>(from)[row];
      case 8:
        return reinterpret_cast<const int64_t*>(from)[row];
      default:
        return *reinterpret_cast<const int64_t*>(from);  // all rows alike
    }
  }
  uint64_t presence(size_t field) const { return presences()[field]; }
  bool is_present(size_t field, size_t row) const { return (presence(field) >> row & 1) != 0; }
  // Bytes a number takes: 0 (all alike, one int64_t stands for them), 1, 2, 4, 8.
  unsigned width(size_t field) const { return slots()[field] & 15U; }
  const std::byte* data(size_t field) const {
    return reinterpret_cast<const std::byte*>(this) + (slots()[field] >> 4);
  }
  // Calls for memory before it is needed: of the page's own words, of one number.
  void prefetch_head() const {
    constexpr size_t kLine = 64, kLines = 3;
    const auto* bytes = reinterpret_cast<const std::byte*>(this);
    for (size_t i = 0; i < kLines; ++i) __builtin_prefetch(bytes + i * kLine);
  }
  void prefetch(size_t field, size_t row) const {
    __builtin_prefetch(presences() + field);
    __builtin_prefetch(data(field) + width(field) * row);
  }
  // The numbers of rows row..row+count-1 of a field.
  template <typename To>
  void read(size_t field, size_t row, size_t count, To* out) const {
    switch (width(field)) {
      case 1:
        return read_as<int8_t>(field, row, count, out);
      case 2:
        return read_as<int16_t>(field, row, count, out);
      case 4:
        return read_as<int32_t>(field, row, count, out);
      case 8:
        return read_as<int64_t>(field, row, count, out);
      default:
        std::fill_n(out, count, static_cast<To>(*reinterpret_cast<const int64_t*>(data(field))));
    }
  }

  // The writer's. False where the number does not fit the field's width in this page.
  bool set(size_t field, size_t row, bool is_present, int64_t number);
  RowPage* copy(Version version) const;  // with this as the older page
  // The width that the field needs to take the number too.
  unsigned width_with(size_t field, int64_t number) const;
  // A copy with fields as wide as `widths` says, none narrower than here.
  RowPage* widened(std::span<const uint8_t> widths, Version version, const RowPage* older) const;
  static void destroy(void* page) { ::operator delete(page); }

 private:
  friend class PageDraft;
  template <typename From, typename To>
  void read_as(size_t field, size_t row, size_t count, To* out) const {
    const From* from = reinterpret_cast<const From*>(data(field)) + row;
    for (size_t i = 0; i < count; ++i) out[i] = static_cast<To>(from[i]);
  }
  const uint32_t* slots() const { return reinterpret_cast<const uint32_t*>(this + 1); }
  const uint64_t* presences() const {
    return reinterpret_cast<const uint64_t*>(slots() + (fields_ + 1) / 2 * 2);
  }
  Version version_ = 0;
  const RowPage* older_ = nullptr;
  uint32_t fields_ = 0;
  uint32_t bytes_ = 0;
};

// A page being put together: plain numbers, field by field.
class PageDraft {
 public:
  explicit PageDraft(size_t fields)
      : fields_(fields), numbers_(fields * RowPage::kRows), presences_(fields) {}
  void clear();
  void load(const RowPage& page);
  int64_t* numbers(size_t field) { return numbers_.data() + field * RowPage::kRows; }
  uint64_t& presence(size_t field) { return presences_[field]; }
  void set(size_t field, size_t row, bool is_present, int64_t number) {
    numbers(field)[row] = is_present ? number : 0;
    const uint64_t bit = uint64_t{1} << row;
    presences_[field] = is_present ? presences_[field] | bit : presences_[field] & ~bit;
  }
  // The first `rows` rows as a page.
  RowPage* encode(size_t rows, Version version, const RowPage* older) const;

 private:
  size_t fields_;
  std::vector<int64_t> numbers_;
  std::vector<uint64_t> presences_;
};

}  // namespace wutong::record
