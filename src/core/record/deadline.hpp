// The clocks that a life cycle states: until when somebody must have acted (docs/packs.md). Read by
// core/deadline; here only what a register declares. Immutable once loaded.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/expression/expression.hpp"
#include "engine/pack/shape.hpp"

namespace wutong::record {

enum class DeadlineUnit { working_days, days, working_hours, hours };
std::string_view to_string(DeadlineUnit unit);

// Minutes of a day in which an office works: from .. before until.
struct OfficeHours {
  int from = 0;
  int until = 0;
};

// What a state means to a clock.
enum class ClockEffect : uint8_t {
  none,    // the clock goes on as it is
  starts,  // begins a run, or goes on where it had paused
  pauses,  // does not count while the record is in this state
  ends,    // done
  extends  // goes on, with more time, once a run
};

// Who has to have a record for a month: the key of the register is such a reference and the month.
struct Roster {
  size_t member = 0;          // key field: the reference
  size_t month = 0;           // key field, and the clock's `from_field`
  size_t member_key = 0;      // place of `member` in the key; the other is the month's
  size_t register_index = 0;  // what `member` refers to
  // Over that register, read on the last day of the month; unknown: not on the roster.
  std::optional<expression::Program> where;
  std::array<bool, 12> months{};  // January first: for which there is a form
};

struct Deadline {
  std::string name;
  pack::Titles title;
  DeadlineUnit unit = DeadlineUnit::working_days;
  int limit = 0;
  std::vector<ClockEffect> effects;  // by state
  std::vector<int> more;             // by state: the time that it adds, in `unit`
  // Day fields of the record. `from_field`: the day that is not counted, instead of entering a
  // state. `on_field`: the last day itself. `until_field`: the day on which it was done.
  std::optional<size_t> from_field;
  std::optional<size_t> on_field;
  std::optional<size_t> until_field;
  // The record's own limit (an int field), where it has one; and whether it counts working days (a
  // bool field: false makes it calendar days).
  std::optional<size_t> limit_field;
  std::optional<size_t> working_field;
  bool moves_to_working_day = false;  // days: ending on a day off, the next working day is the last
  std::vector<OfficeHours> office;    // working hours
  std::vector<std::string> by;        // roles that must act
  // Reminders: that many days (working days where the clock counts in them) before the last day,
  // descending; and once when it is late.
  std::vector<int> remind_before;
  bool reminds_late = false;
  std::vector<std::string> remind_to;    // roles, or reference fields of the record
  std::shared_ptr<const Roster> roster;  // null: nobody has to have a record
};

}  // namespace wutong::record
