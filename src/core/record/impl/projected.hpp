// How registers look as tables: names, shapes and cells. Private to the folder; pure functions.
#pragma once

#include "core/record/state.hpp"
#include "engine/store/table_store.hpp"

namespace wutong::record {

// No name of a pack begins with an underscore, so these never meet one.
constexpr const char* kRecord = "_record";
constexpr const char* kKey = "_key";
constexpr const char* kCreated = "_created";
constexpr const char* kChanged = "_changed";
constexpr const char* kKnownFrom = "_known_from";
constexpr const char* kKnownTo = "_known_to";
constexpr const char* kValidFrom = "_valid_from";
constexpr const char* kValidTo = "_valid_to";

std::string versions_name(const Register& home);
std::string history_name(const Register& home);
std::string readable_name(const Register& home);

store::TableShape current_shape(const Register& home);
store::TableShape versions_shape(const Register& home);
store::TableShape history_shape(const Register& home);
store::ViewShape readable_shape(const Register& home);
std::vector<store::TableShape> common_shapes();  // wutong_zone, wutong_entry, wutong_field, …_code

bool has_effective(const Register& home);
bool has_personal(const Register& home);
std::string_view kind_name(FieldKind kind);

// NULL where absent, or where the value is of another type than the field has now.
store::Cell cell_of(const Field& field, const Value& value);

// A stretch of days over which the effective-dated fields of a record stay the same.
struct Stretch {
  store::Cell from;  // NULL: always
  store::Cell to;    // the first day after it; NULL: open
  std::vector<store::Cell> values;
  bool operator==(const Stretch&) const = default;
};
// Of the register `index` of the state, with the fields of `home` (the same register as it is in
// the catalog that is projected).
std::vector<Stretch> stretches_of(const State& state, size_t index, const Register& home,
                                  RecordId record);
// Values of all fields of `home`, in order, as the state has them now.
std::vector<store::Cell> values_of(const State& state, size_t index, const Register& home,
                                   RecordId record);

}  // namespace wutong::record
