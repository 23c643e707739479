// Making columns and parts of a list's base. Private to the folder.
#pragma once

#include "core/record/impl/list_index.hpp"

namespace wutong::record {

// The column of a field over rows 0 … size-1. `old` may be null; else only `changed` are read.
std::shared_ptr<const ColumnIndex> make_column(const State& state, size_t register_index,
                                               size_t field, const ColumnIndex* old,
                                               std::span<const RecordId> changed);
std::shared_ptr<const Part> make_part(const FieldOrder& order, const Condition& condition,
                                      std::shared_ptr<const ColumnIndex> column);
// Rows sorted by the group of a column, stable; absent cells last.
void sort_by_group(const ColumnIndex& column, bool is_descending, std::vector<uint32_t>& rows);

}  // namespace wutong::record
