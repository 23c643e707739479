// Plan: how records of one register become contributions to cells. Indicators over the same
// register with the same filter, time and dimensions share a plan, so that a changed record is
// filtered and grouped once for all of them. Built with the definitions of a catalog; immutable,
// shared by threads.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "core/indicator/definition.hpp"

namespace wutong::indicator {

enum class TimeKind { month, date, partial_date, period };

// A reference field that leads from a plan's register towards another one.
struct Step {
  size_t register_index = 0;
  size_t field = 0;
  friend auto operator<=>(const Step&, const Step&) = default;
};
// What a change of a record of `target` can move: the records that reach it by these steps, the
// first from the plan's register.
struct Route {
  size_t target = 0;
  std::vector<Step> steps;
  friend auto operator<=>(const Route&, const Route&) = default;
};

struct Measure {
  Aggregate aggregate = Aggregate::sum;
  size_t definition = 0;  // the first that uses it: program or field
  size_t table_slot = 0;  // sum, avg: measure of the table; count: 0
  size_t bag = 0;         // count_distinct, min, max, last: which bag
  // Where what is measured is a field as it stands: the field, and the factor to the plan's scale.
  std::optional<record::Path> field;
  int64_t factor = 1;
  std::optional<size_t> own;  // where that field stands among ProfileShape::fields
};
bool is_bag(Aggregate aggregate);

// A flow of which filter and dimensions read other registers through one reference only (or not at
// all), and no attribute of its own changes with the day: most of them. What the record that is
// referred to contributes to filter and dimensions is then worked out once for all that refer to
// it.
struct ProfileShape {
  std::optional<size_t> reference;                     // field of the plan's register
  size_t target = 0;                                   // register
  std::vector<expression::Program> own_conditions;     // on the plan's own fields
  std::vector<expression::Program> target_conditions;  // as written, through the reference
  std::vector<uint8_t> is_own_dimension;
  bool has_own_dimension = false;
  // Own fields that are read together, row by row: those that are measured as they stand, the
  // reference, the time where it is a month.
  std::vector<size_t> fields;
  std::optional<size_t> reference_at, month_at;  // in `fields`
  std::vector<size_t> placing;  // own fields that say whether and where a record counts, ascending
  bool is_summed = false;       // no bags, and every measure is one of `fields`
};

struct Plan {
  size_t register_index = 0;
  size_t definition = 0;  // the first that uses it: where, time, at_record
  TimeKind time_kind = TimeKind::month;
  bool is_stock = false;
  bool at_record = false;
  bool has_area = false;  // the area is dimension 0, and every roll-up keeps it
  // Attributes are read on the last day of the period asked for, and can differ from day to day.
  bool is_effective = false;
  // Lanes of a month are its days; else, of an effective flow, the period ends counted from the
  // month.
  bool lanes_are_days = false;
  std::vector<Dimension> dimensions;
  std::vector<Measure> measures;
  size_t table_measures = 1;  // slot 0 counts the accepted records
  size_t bags = 0;
  std::vector<record::Path> effective_paths;
  std::vector<Route> routes;
  std::optional<ProfileShape> profile;

  std::optional<size_t> find_dimension(std::string_view name) const;
};

struct Plans {
  std::vector<Plan> plans;
  // By definition: its plan and measure; none for kinds that are not over records.
  struct Use {
    size_t plan = 0;
    size_t measure = 0;
  };
  std::vector<std::optional<Use>> uses;
};
Plans make_plans(const std::vector<Definition>& definitions, const record::Schema& schema);

// The path of field names from a register; nullopt where a name is unknown or no reference leads
// on.
std::optional<record::Path> resolve_path(const record::Schema& schema, size_t register_index,
                                         std::span<const std::string> names);

// Registers whose changes can move what a plan counts, ascending, each once.
std::vector<size_t> registers_behind(const Plan& plan);

// True where what was touched can change what records amount to, but not whether and where they
// count: other fields of records that are there.
bool moves_amounts_only(const Plan& plan, std::span<const record::Touched> touched);

// Records of the profile's target that the touched records are or reach.
std::vector<RecordId> profile_targets(const Plan& plan, const record::State& state,
                                      std::span<const record::Touched> touched);
// Records of the plan's register that depend on the touched records, ascending, each once.
std::vector<RecordId> dependents(const Plan& plan, const record::State& state,
                                 std::span<const record::Touched> touched);

}  // namespace wutong::indicator
