#include "core/indicator/masked_sum.hpp"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define WUTONG_CLONES __attribute__((target_clones("avx512f", "avx2", "default"), optimize("O3")))
#else
#define WUTONG_CLONES
#endif

namespace wutong::indicator {

namespace {

using record::RowPage;

WUTONG_CLONES int64_t sum_of_4(const int32_t* from, const int32_t* masks) {
  int64_t sum = 0;
  for (size_t i = 0; i < RowPage::kRows; ++i) sum += from[i] & masks[i];
  return sum;
}

WUTONG_CLONES int64_t sum_of_2(const int16_t* from, const int32_t* masks) {
  int32_t sum = 0;
  for (size_t i = 0; i < RowPage::kRows; ++i) sum += from[i] & masks[i];
  return sum;
}

WUTONG_CLONES int64_t sum_of_1(const int8_t* from, const int32_t* masks) {
  int32_t sum = 0;
  for (size_t i = 0; i < RowPage::kRows; ++i) sum += from[i] & masks[i];
  return sum;
}

}  // namespace

int128 masked_sum(const RowPage& page, size_t field, const int32_t* masks) {
  const std::byte* data = page.data(field);
  switch (page.width(field)) {
    case 1:
      return sum_of_1(reinterpret_cast<const int8_t*>(data), masks);
    case 2:
      return sum_of_2(reinterpret_cast<const int16_t*>(data), masks);
    case 4:
      return sum_of_4(reinterpret_cast<const int32_t*>(data), masks);
    default: {
      int64_t numbers[RowPage::kRows];
      page.read(field, 0, RowPage::kRows, numbers);
      int128 sum = 0;
      for (size_t i = 0; i < RowPage::kRows; ++i) sum += masks[i] != 0 ? numbers[i] : 0;
      return sum;
    }
  }
}

uint64_t bits_of(const int32_t* masks) {
  uint64_t bits = 0;
  for (size_t i = 0; i < RowPage::kRows; ++i) bits |= static_cast<uint64_t>(masks[i] & 1) << i;
  return bits;
}

}  // namespace wutong::indicator
