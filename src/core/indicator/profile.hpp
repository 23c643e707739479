// Profiles: what a record that many others refer to (an enterprise) contributes to the filter and
// the dimensions of a plan, and from which month on. Worked out once for all records that refer to
// it, and again only when it changes itself. A cache of the writer; any state gives it anew.
#pragma once

#include <span>
#include <vector>

#include "core/indicator/reading.hpp"
#include "engine/cell/groups.hpp"

namespace wutong::indicator {

// From the end of a month on, until the next one's.
struct ProfileStretch {
  int32_t from = INT32_MIN;  // Month::index
  bool is_accepted = false;
  bool is_last = false;
  // Values of the plan's dimensions (numbers of its groups), those of the target; own ones are 0.
  uint32_t values = 0;       // where they begin, see Profiles::values
  uint32_t combination = 0;  // of the groups, where the plan has no dimension of its own
};

// The rest of a path, from the target of its first step on.
record::Path rest_of(const record::Path& path, size_t target);
// 1 for each target that passes the plan's conditions on targets on a day.
void accepted_targets(const record::State& state, const Plan& plan,
                      std::span<const RecordId> targets, Date day, std::vector<uint8_t>& accepted);

class Profiles {
 public:
  Profiles(const std::vector<Definition>& definitions, const Plan& plan, cell::Groups& groups);

  // Works out those of `targets` that are not known yet.
  void prepare(const record::State& state, std::span<const RecordId> targets);
  void forget(std::span<const RecordId> targets);
  bool knows(RecordId target) const {
    return target.value < first_.size() && first_[target.value] != 0;
  }
  // Calls for the memory of knows(), of stretches(); of the latter knows() must hold.
  void prefetch(RecordId target) const {
    if (target.value < first_.size()) __builtin_prefetch(&first_[target.value]);
  }
  void prefetch_stretches(RecordId target) const { __builtin_prefetch(stretches(target)); }
  // Its stretches, ascending; the first holds since always. knows() must hold.
  const ProfileStretch* stretches(RecordId target) const {
    return stretches_.data() + first_[target.value] - 1;
  }
  std::span<const uint32_t> values(const ProfileStretch& stretch) const {
    return std::span(values_).subspan(stretch.values, plan_->dimensions.size());
  }
  // Plans without a reference have one profile for all records.
  const ProfileStretch* common();

 private:
  struct Event {
    Date day;
    uint32_t target;  // index
  };
  std::vector<Event> events(const record::State& state, std::span<const RecordId> targets) const;
  // What holds on a day, for the targets of one batch: accepted, and values of dimensions.
  void evaluate(const record::State& state, std::span<const RecordId> targets, Date day,
                std::vector<uint8_t>& accepted, std::vector<uint32_t>& values);
  void close(ProfileStretch& stretch, std::span<const uint32_t> values);

  const Plan* plan_;
  Reading reading_;
  cell::Groups* groups_;
  std::vector<uint32_t> first_;  // by target: index of its first stretch + 1
  std::vector<ProfileStretch> stretches_;
  std::vector<uint32_t> values_;
  std::optional<ProfileStretch> common_;
};

}  // namespace wutong::indicator
