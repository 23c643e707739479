// Whose row: the records that a row belongs to, through the `owner` and `parties` of registers.
// Pure; of one state.
#pragma once

#include <optional>
#include <vector>

#include "core/access/rights.hpp"
#include "core/record/state.hpp"

namespace wutong::record {

// The ends of the chains: a record whose register is its own owner (`self`), or has none. A row of
// a register without owner and parties belongs to nobody: empty.
std::vector<access::Own> owners_of(const State& state, size_t register_index, RecordId record);
// The same for what `record` refers to by a field of that register.
void add_owners(const State& state, size_t register_index, RecordId record,
                std::vector<access::Own>& out);

// What a catalog says of its registers, for access::Roles::load.
std::vector<access::KnownRegister> known_registers(const Schema& schema);

// May the row be read, the register be known of? Rights may be null: the program itself.
bool may_read(const access::Rights* rights, const State& state, size_t register_index,
              RecordId record);
// Those that may be read, ascending; nullopt: all. Follows references back from what the caller is,
// so that the work goes with his rows, not with the register.
std::optional<std::vector<RecordId>> visible_rows(const access::Rights* rights, const State& state,
                                                  size_t register_index);
bool may_know(const access::Rights* rights, const Register& home);

}  // namespace wutong::record
