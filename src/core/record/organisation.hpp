// One enterprise, one record: acts on the registers that represent organisations (docs/packs.md).
//
//   organisation.rename    the names, from a day on
//   organisation.relocate  the fields of its place, from a day on
//   organisation.merge     `into`: the survivor
//   organisation.split     `into`: the successors; `base`: which of them keeps its past
//
// A merged record stays, with its history. From the day on its dated fields are those of the
// survivor, now and whenever they are changed later: so what refers to it counts where the survivor
// counts, and its values of the year before stand in the survivor's comparable base. `successor`
// says whom it leads to.
//
// Pure, as core/record/act.hpp.
#pragma once

#include "core/record/act.hpp"

namespace wutong::record {

tl::expected<Decision, Refusal> decide_organisation(const State& state, const Request& request);

// Whom a record leads to on a day: itself, or the survivor at the end of its mergers.
RecordId survivor_of(const State& state, size_t register_index, RecordId record, Date day);

// The rows that merged records need so that they go on following those that `changes` change.
// `changes` are of one act and fit the state. Empty for registers that are no organisations.
std::vector<ledger::Change> changes_that_follow(const State& state, const Register& home,
                                                const std::vector<ledger::Change>& changes);

// The record of an organisation with this code, as stored; `field` is that of the code.
std::optional<RecordId> record_with_code(const State& state, size_t register_index, size_t field,
                                         std::string_view code);

// A code as it is stored: no spaces or hyphens, half width, upper case.
std::string normal_code(std::string_view text);

}  // namespace wutong::record
