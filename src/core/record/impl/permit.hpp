// Rights on acts, row by row. Private to the folder. Without Request::rights everything is allowed.
#pragma once

#include "core/record/impl/rows.hpp"

namespace wutong::record {

// Does the caller see the register at all? Else it is unknown.
bool may_know(const Request& request, const Register& home);
// May the caller do such an act on any row of it? Adds not_permitted.
bool may_try(const Request& request, const Register& home, Faults& faults);
bool may_read(const State& state, const Request& request, size_t register_index, RecordId record);
// Every row, as it is and as it would be. Adds not_permitted; false if there is any.
bool check_permitted(const State& state, const Request& request, const Rows& rows, Faults& faults);

}  // namespace wutong::record
