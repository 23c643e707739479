// Sums over the 64 numbers of a field in a page. Private to the folder; pure.
#pragma once

#include "base/decimal.hpp"
#include "core/record/row_page.hpp"

namespace wutong::indicator {

// Of the rows whose mask is -1; the others' is 0. What a page holds of one field cannot overflow 64
// bits unless its numbers take eight bytes: those are added in 128.
int128 masked_sum(const record::RowPage& page, size_t field, const int32_t* masks);
uint64_t bits_of(const int32_t* masks);

}  // namespace wutong::indicator
