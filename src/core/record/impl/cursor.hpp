// Cursors as texts: version, what query they hold for, the values of a row, a check sum; in
// hexadecimal. Private to the folder.
#pragma once

#include "core/record/impl/field_order.hpp"

namespace wutong::record {

std::string write_cursor(const RowOrder& order, RecordId row, uint64_t fingerprint);
// nullopt: it is none, was changed, or belongs to another query.
std::optional<std::vector<std::vector<Operand>>> read_cursor(const RowOrder& order,
                                                             std::string_view text,
                                                             uint64_t fingerprint);

}  // namespace wutong::record
