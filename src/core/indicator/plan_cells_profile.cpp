// The short way of PlanCells: rows whose attributes come from a profile.
#include <algorithm>

#include "core/indicator/plan_cells.hpp"

namespace wutong::indicator {

namespace {

// Period ends that a month's records are asked for: to December of the year after.
int32_t horizon_of(Month month) { return Month::of(month.year() + 1, 12).index; }

}  // namespace

void PlanCells::read_own_dimensions(const record::State& state, std::span<const RecordId> rows) {
  const size_t dimensions = plan_->dimensions.size();
  own_values_.assign(rows.size() * dimensions, 0);
  for (size_t d = 0; d < dimensions; ++d) {
    if (plan_->profile->is_own_dimension[d] == 0) continue;
    const auto texts = reading_.dimension(state, d, rows, std::nullopt);
    for (size_t i = 0; i < rows.size(); ++i) {
      if (accepted_[i] != 0) own_values_[i * dimensions + d] = groups_.intern(d, texts[i]);
    }
  }
}

uint32_t PlanCells::combination_of(const ProfileStretch& stretch, size_t i) {
  if (!plan_->profile->has_own_dimension) return stretch.combination;
  const auto values = profiles_->values(stretch);
  const size_t dimensions = plan_->dimensions.size();
  key_.resize(dimensions);
  for (size_t d = 0; d < dimensions; ++d) {
    key_[d] =
        plan_->profile->is_own_dimension[d] != 0 ? own_values_[i * dimensions + d] : values[d];
  }
  return groups_.combination(key_);
}

// One row: what holds at the end of its own month, then each change up to the horizon.
void PlanCells::emit_profile(const ProfileStretch* stretch, size_t i, const RowTime& time,
                             int sign) {
  if (!plan_->is_effective) {
    if (!stretch->is_accepted) return;
    const auto lane = static_cast<uint8_t>(plan_->lanes_are_days ? time.day.day() : 0);
    emit(combination_of(*stretch, i), contributions_, i, time.month, lane, sign);
    return;
  }
  const int32_t month = time.month.index;
  while (!stretch->is_last && (stretch + 1)->from <= month) ++stretch;
  if (stretch->is_accepted) {
    emit(combination_of(*stretch, i), contributions_, i, time.month, 0, sign);
  }
  const int32_t horizon = horizon_of(time.month);
  for (; !stretch->is_last && (stretch + 1)->from <= horizon; ++stretch) {
    const auto lane = static_cast<uint8_t>((stretch + 1)->from - month);
    if (stretch->is_accepted) {
      emit(combination_of(*stretch, i), contributions_, i, time.month, lane, -sign);
    }
    if ((stretch + 1)->is_accepted) {
      emit(combination_of(*(stretch + 1), i), contributions_, i, time.month, lane, sign);
    }
  }
}

void PlanCells::change_by_profile(const record::State& state, std::span<const RecordId> rows,
                                  int sign) {
  const ProfileShape& shape = *plan_->profile;
  const auto times = reading_.times(state, rows);
  accepted_.assign(rows.size(), 1);
  for (const expression::Program& condition : shape.own_conditions) {
    const Column holds = state.evaluate(condition, plan_->register_index, rows, std::nullopt);
    for (size_t i = 0; i < rows.size(); ++i) {
      if (holds.present[i] == 0 || holds.numbers[i] == 0) accepted_[i] = 0;
    }
  }
  std::vector<RecordId> without;  // rows that refer to nothing
  if (shape.reference) {
    state.gather_raw({plan_->register_index, {*shape.reference}, false}, rows, std::nullopt,
                     references_);
    targets_.clear();
    for (size_t i = 0; i < rows.size(); ++i) {
      if (references_.present[i] == 0) {
        without.push_back(rows[i]);
        accepted_[i] = 0;
      } else if (accepted_[i] != 0) {
        const RecordId target{static_cast<uint32_t>(references_.numbers[i])};
        if (!profiles_->knows(target)) targets_.push_back(target);
      }
    }
    profiles_->prepare(state, targets_);
  }
  if (shape.has_own_dimension) read_own_dimensions(state, rows);
  resize(contributions_, rows.size());
  measure(state, rows, times, std::nullopt, accepted_, contributions_);
  for (size_t i = 0; i < rows.size(); ++i) {
    if (accepted_[i] == 0 || !times[i].is_known) continue;
    const ProfileStretch* stretch =
        shape.reference
            ? profiles_->stretches(RecordId{static_cast<uint32_t>(references_.numbers[i])})
            : profiles_->common();
    emit_profile(stretch, i, times[i], sign);
  }
  if (!without.empty()) change_long_way(state, without, sign);
}

}  // namespace wutong::indicator
