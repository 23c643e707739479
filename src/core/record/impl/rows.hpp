// Rows: the input of an act after reading: which records it speaks of and what it gives them.
// Private to the folder.
#pragma once

#include "core/record/impl/faults.hpp"

namespace wutong::record {

struct Rows {
  size_t register_index = 0;
  const Register* home = nullptr;
  size_t count = 0;
  std::vector<std::optional<Column>> given;       // by field
  std::vector<std::optional<RecordId>> existing;  // by row
  std::vector<uint8_t> is_dropped;                // rows that change nothing

  bool is_new(size_t row) const { return !existing[row].has_value(); }
  // The cell as it will be: given, else what the record holds on `day`.
  Value merged(const State& state, size_t field, size_t row, Date day) const;
  Column merged_column(const State& state, size_t field, Date day) const;
};

// Marks as dropped the rows whose records hold all that is given already; effective-dated fields on
// `dated_from`.
void drop_unchanged(const State& state, Date dated_from, Rows& rows);
// Required fields, life cycle and checks, in this order. Soft faults with a note become warnings.
void check_required(const Rows& rows, Faults& faults);
void apply_move(const State& state, const Request& request, Rows& rows, Faults& faults);
void run_checks(const State& state, const Request& request, const Rows& rows, Faults& faults,
                Issues& warnings);

// Evaluates a program over merged rows; references are followed from their merged values.
Column evaluate_merged(const State& state, const expression::Program& program, const Rows& rows,
                       Date day);

}  // namespace wutong::record
