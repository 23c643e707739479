// Following: the dated fields of a merged record, made those of its survivor from a day on.
// Private to the folder.
#pragma once

#include <map>

#include "core/record/organisation.hpp"

namespace wutong::record {

using DatedValues = std::map<Date, Value>;  // from which day on; before the first: absent

Value value_on(const DatedValues& values, Date day);

class Following {
 public:
  Following(const State& state, size_t register_index);

  // A history as it will be with the rows that were noted.
  DatedValues& values(RecordId record, size_t field);
  void note(const ledger::Change& change);
  // Sets a value from a day on, as a row of the act.
  void set(RecordId record, size_t field, Date day, const Value& value);
  // Makes the record's dated fields those of `survivor` from a day on, and likewise those of the
  // records that lead to it.
  void follow(RecordId record, RecordId survivor, Date day);
  // Does so with whom the record was merged into, if it was.
  void follow_own(RecordId record);
  // Does so for all that lead to the record.
  void follow_to(RecordId survivor, Date from = Date::from_days(INT32_MIN / 2));
  // What was set, one change a record and day.
  std::vector<ledger::Change> take();

  const std::vector<size_t>& fields() const { return fields_; }

 private:
  const State& state_;
  const size_t register_index_;
  const Register& home_;
  std::vector<size_t> fields_;  // dated ones that follow
  std::map<std::pair<uint32_t, size_t>, DatedValues> known_;
  std::map<std::pair<uint32_t, Date>, std::map<size_t, Value>> set_;
};

}  // namespace wutong::record
