// Acts on records: pure functions from a state and a request to changes, or a refusal.
//
// No I/O, no clock, no randomness: the instant and the actor are in the request. One path for one
// edited form and for an imported workbook of 20,000 rows: columns. Every rule of the pack (types,
// required fields, keys, references, life cycle, hard and soft checks) is applied the same way in
// all of them. Rights are decided here too (core/access): a register or a row that may not be read
// is refused as one that is not there.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/access/rights.hpp"
#include "core/record/state.hpp"

namespace wutong::record {

// The last four are of organisations (organisation.hpp).
enum class Act { create, amend, move, import, rename, relocate, merge, split };
std::string_view to_string(Act act);  // "record.create", …, "organisation.split"

struct InputColumn {
  std::string field;
  // Of the field's type; or text, which is then read as the field's type. References: text holds
  // the target's key. "" is absent.
  Column column;
};

struct Request {
  Act act = Act::create;
  Instant at;
  std::string actor;
  std::vector<std::string> roles;
  // Who asks over a surface; the zone binds it to `rights` when it decides. Both null: the program
  // itself (demo, cases), which may do everything but moves of roles that it has not.
  std::shared_ptr<const access::Principal> principal;
  std::shared_ptr<const access::Rights> rights;
  std::string register_name;
  std::vector<InputColumn> columns;  // amend, import, move: key fields say which records
  std::vector<RecordId> records;     // amend, move: instead of key columns
  std::optional<Date> valid_from;    // since when effective-dated values hold; default: always
                                     // (create), the day of `at` (amend)
  std::string move;                  // move
  std::string note;                  // reason for soft faults, for all rows
  std::vector<std::string> notes;    // or one a row
  int first_line = 1;                // line of row 0 in its file, for the places of faults …
  std::vector<int> lines;            // … or the line of each row
  std::string file;
};

// The rules that can be broken, in the order in which they win.
enum class RefusalCode {
  unknown_register,
  unknown_field,
  unknown_move,
  not_permitted,
  row_not_found,
  key_exists,
  key_twice_in_input,
  code_exists,
  value_malformed,
  required_missing,
  reference_not_found,
  wrong_state,
  move_condition,
  check_hard,
  check_soft_without_note,
  nothing_to_do
};
std::string_view to_string(RefusalCode code);

// The line of a row in the file it came from.
int line_of(const Request& request, size_t row);

struct Refusal {
  RefusalCode code = RefusalCode::nothing_to_do;  // the first that wins
  Issues faults;  // each with line and field; at most kFaultsMax are listed
  size_t fault_count = 0;
  size_t row_count = 0;  // rows in the input
};
constexpr size_t kFaultsMax = 1000;

struct Decision {
  std::vector<ledger::Change> changes;
  Issues warnings;  // soft faults that were given a reason
  size_t rows_created = 0;
  size_t rows_changed = 0;
};

tl::expected<Decision, Refusal> decide(const State& state, const Request& request);
// The same; takes the columns out of the request, so that they are not copied.
tl::expected<Decision, Refusal> decide_taking(const State& state, Request& request);

}  // namespace wutong::record
