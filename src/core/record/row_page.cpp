#include "core/record/row_page.hpp"

#include <algorithm>
#include <new>

namespace wutong::record {

namespace {

template <typename T>
bool put(std::byte* data, size_t row, int64_t number) {
  if (number != static_cast<T>(number)) return false;
  reinterpret_cast<T*>(data)[row] = static_cast<T>(number);
  return true;
}

template <typename T>
void write_all(std::byte* data, const int64_t* numbers) {
  T* to = reinterpret_cast<T*>(data);
  for (size_t i = 0; i < RowPage::kRows; ++i) to[i] = static_cast<T>(numbers[i]);
}

unsigned width_between(int64_t low, int64_t high) {
  if (low == high) return 0;
  const auto fits = [&](int64_t first, int64_t last) { return low >= first && high <= last; };
  if (fits(INT8_MIN, INT8_MAX)) return 1;
  if (fits(INT16_MIN, INT16_MAX)) return 2;
  return fits(INT32_MIN, INT32_MAX) ? 4 : 8;
}

unsigned width_of(const int64_t* numbers, size_t rows) {
  const auto [low, high] = std::minmax_element(numbers, numbers + rows);
  return width_between(*low, *high);
}

void write_as(unsigned width, std::byte* to, const int64_t* from) {
  switch (width) {
    case 1:
      return write_all<int8_t>(to, from);
    case 2:
      return write_all<int16_t>(to, from);
    case 4:
      return write_all<int32_t>(to, from);
    case 8:
      return write_all<int64_t>(to, from);
    default:
      std::memcpy(to, from, sizeof *from);
  }
}

uint32_t bytes_of(unsigned width) {
  return width == 0 ? uint32_t{8} : static_cast<uint32_t>(width * RowPage::kRows);
}

}  // namespace

bool RowPage::set(size_t field, size_t row, bool is_present, int64_t number) {
  auto* to = const_cast<std::byte*>(data(field));
  bool is_set = false;
  switch (width(field)) {
    case 1:
      is_set = put<int8_t>(to, row, number);
      break;
    case 2:
      is_set = put<int16_t>(to, row, number);
      break;
    case 4:
      is_set = put<int32_t>(to, row, number);
      break;
    case 8:
      is_set = put<int64_t>(to, row, number);
      break;
    default:
      is_set = number == *reinterpret_cast<const int64_t*>(to);
  }
  if (!is_set) return false;
  auto& bits = const_cast<uint64_t*>(presences())[field];
  const uint64_t bit = uint64_t{1} << row;
  bits = is_present ? bits | bit : bits & ~bit;
  return true;
}

RowPage* RowPage::copy(Version version) const {
  auto* out = static_cast<RowPage*>(::operator new(bytes_));
  std::memcpy(static_cast<void*>(out), this, bytes_);
  out->version_ = version;
  out->older_ = this;
  return out;
}

unsigned RowPage::width_with(size_t field, int64_t number) const {
  const unsigned now = width(field);
  if (now == 0) {
    const int64_t all = *reinterpret_cast<const int64_t*>(data(field));
    return width_between(std::min(all, number), std::max(all, number));
  }
  return std::max(now, width_between(std::min<int64_t>(0, number), std::max<int64_t>(1, number)));
}

// Fields between two that grow are taken over as they lie.
RowPage* RowPage::widened(std::span<const uint8_t> widths, Version version,
                          const RowPage* older) const {
  uint32_t bytes = bytes_;
  for (size_t f = 0; f < fields_; ++f) bytes += bytes_of(widths[f]) - bytes_of(width(f));
  auto* out = static_cast<RowPage*>(::operator new(bytes));
  const auto* from = reinterpret_cast<const std::byte*>(this);
  auto* to = reinterpret_cast<std::byte*>(out);
  const uint32_t begin = slots()[0] >> 4;
  std::memcpy(to, from, begin);
  out->version_ = version;
  out->older_ = older;
  out->bytes_ = bytes;
  auto* slots_out = const_cast<uint32_t*>(out->slots());
  uint32_t at = begin;
  for (size_t f = 0; f < fields_; ++f) {
    slots_out[f] = at << 4 | widths[f];
    if (widths[f] == width(f)) {
      std::memcpy(to + at, data(f), bytes_of(widths[f]));
    } else {
      int64_t numbers[kRows];
      read(f, 0, kRows, numbers);
      write_as(widths[f], to + at, numbers);
    }
    at += bytes_of(widths[f]);
  }
  return out;
}

void PageDraft::clear() {
  std::fill(numbers_.begin(), numbers_.end(), 0);
  std::fill(presences_.begin(), presences_.end(), 0);
}

void PageDraft::load(const RowPage& page) {
  for (size_t f = 0; f < fields_; ++f) {
    presences_[f] = page.presence(f);
    page.read(f, 0, RowPage::kRows, numbers(f));
  }
}

RowPage* PageDraft::encode(size_t rows, Version version, const RowPage* older) const {
  constexpr size_t kFieldsMax = 512;
  unsigned widths[kFieldsMax];
  auto bytes = static_cast<uint32_t>(sizeof(RowPage) + (fields_ + 1) / 2 * 8 + fields_ * 8);
  const uint32_t data = bytes;
  for (size_t f = 0; f < fields_; ++f) {
    widths[f] = width_of(numbers_.data() + f * RowPage::kRows, rows);
    bytes += bytes_of(widths[f]);
  }
  auto* page = new (::operator new(bytes)) RowPage();
  page->version_ = version;
  page->older_ = older;
  page->fields_ = static_cast<uint32_t>(fields_);
  page->bytes_ = bytes;
  auto* slots = const_cast<uint32_t*>(page->slots());
  uint32_t at = data;
  for (size_t f = 0; f < fields_; ++f) {
    const int64_t* from = numbers_.data() + f * RowPage::kRows;
    slots[f] = at << 4 | widths[f];
    std::byte* to = reinterpret_cast<std::byte*>(page) + at;
    at += bytes_of(widths[f]);
    const_cast<uint64_t*>(page->presences())[f] = presences_[f];
    write_as(widths[f], to, from);
  }
  return page;
}

}  // namespace wutong::record
