// The short way of PlanCells: rows whose attributes come from a profile.
#include <algorithm>
#include <utility>

#include "core/indicator/plan_cells.hpp"

namespace wutong::indicator {

namespace {

constexpr size_t kAhead = 16;  // rows whose profiles are on their way from memory

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

void PlanCells::read_rows(const record::State& state, std::span<const RecordId> rows) {
  const ProfileShape& shape = *plan_->profile;
  cells_.resize(shape.fields.size());
  state.gather_rows(plan_->register_index, shape.fields, rows, cells_);
  if (shape.month_at) {
    const record::State::Raws& months = cells_[*shape.month_at];
    times_.resize(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
      const Month month{static_cast<int32_t>(months.numbers[i])};
      times_[i] = {months.present[i] != 0, month, plan_->bags > 0 ? month.last_day() : Date()};
    }
  } else {
    times_ = reading_.times(state, rows);
  }
  accepted_.resize(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) accepted_[i] = times_[i].is_known ? 1 : 0;
  for (const expression::Program& condition : shape.own_conditions) {
    const Column holds = state.evaluate(condition, plan_->register_index, rows, std::nullopt);
    for (size_t i = 0; i < rows.size(); ++i) {
      if (holds.present[i] == 0 || holds.numbers[i] == 0) accepted_[i] = 0;
    }
  }
  without_.clear();
  if (shape.reference) {
    const record::State::Raws& references = cells_[*shape.reference_at];
    targets_.clear();
    for (size_t i = 0; i < rows.size(); ++i) {
      if (i + kAhead < rows.size()) profiles_->prefetch(target_of(i + kAhead));
      if (references.present[i] == 0) {
        without_.push_back(rows[i]);
        accepted_[i] = 0;
      } else if (accepted_[i] != 0) {
        if (!profiles_->knows(target_of(i))) targets_.push_back(target_of(i));
      }
    }
    profiles_->prepare(state, targets_);
  }
  if (shape.has_own_dimension) read_own_dimensions(state, rows);
}

void PlanCells::measure_rows(const record::State& state, std::span<const RecordId> rows) {
  resize(contributions_, rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    if (accepted_[i] != 0) contributions_.amounts[i * plan_->table_measures] = cell::Amount{1, 1};
  }
  for (size_t m = 0; m < plan_->measures.size(); ++m) {
    const Measure& measure = plan_->measures[m];
    if (measure.aggregate == Aggregate::count) continue;
    const auto* raws = measure.own ? &cells_[*measure.own] : &raws_;
    int64_t factor = measure.factor;
    if (!measure.own) factor = reading_.measure_raw(state, m, rows, std::nullopt, raws_);
    contribute(measure, *raws, factor, rows, times_, accepted_, contributions_);
  }
}

void PlanCells::emit_rows(size_t rows, int sign) {
  const ProfileShape& shape = *plan_->profile;
  for (size_t i = 0; i < rows; ++i) {
    const bool is_ahead = shape.reference && i + kAhead < rows && accepted_[i + kAhead] != 0;
    if (is_ahead) profiles_->prefetch_stretches(target_of(i + kAhead));
    if (accepted_[i] == 0) continue;
    const ProfileStretch* stretch =
        shape.reference ? profiles_->stretches(target_of(i)) : profiles_->common();
    emit_profile(stretch, i, times_[i], sign);
  }
}

void PlanCells::change_by_profile(const record::State& state, std::span<const RecordId> rows,
                                  int sign) {
  read_rows(state, rows);
  measure_rows(state, rows);
  emit_rows(rows.size(), sign);
  if (!without_.empty()) change_long_way(state, without_, sign);
}

void PlanCells::hold(const record::State& before, std::span<const RecordId> rows) {
  const ProfileShape& shape = *plan_->profile;
  records_read_.add(rows.size());
  held_.resize(shape.fields.size());
  before.gather_rows(plan_->register_index, shape.fields, rows, held_);
  held_rows_ = rows.size();
  if (!shape.reference) return;
  without_.clear();
  for (size_t i = 0; i < rows.size(); ++i) {
    if (held_[*shape.reference_at].present[i] == 0) without_.push_back(rows[i]);
  }
  if (!without_.empty()) change_long_way(before, without_, -1);
}

// Rows that amount to the same are no more accepted. `first`: of the batch among what is held.
void PlanCells::subtract_held(size_t first, size_t rows) {
  const size_t width = plan_->table_measures;
  for (size_t i = 0; i < rows; ++i) {
    if (accepted_[i] == 0) continue;
    cell::Amount* amounts = contributions_.amounts.data() + i * width;
    amounts[0] = {};
    bool is_moved = false;
    for (const Measure& measure : plan_->measures) {
      if (!measure.own) continue;
      const record::State::Raws& held = held_[*measure.own];
      cell::Amount& amount = amounts[measure.table_slot];
      if (held.present[first + i] != 0) {
        amount.add({int128{held.numbers[first + i]} * measure.factor, 1}, -1);
      }
      is_moved |= !amount.is_zero();
    }
    accepted_[i] = is_moved ? 1 : 0;
  }
}

void PlanCells::settle(const record::State& after, std::span<const RecordId> rows) {
  records_read_.add(rows.size());
  const bool is_held = std::exchange(held_rows_, 0) == rows.size();
  for (size_t at = 0; at < rows.size(); at += kBatchRows) {
    const auto batch = rows.subspan(at, std::min(kBatchRows, rows.size() - at));
    read_rows(after, batch);
    measure_rows(after, batch);
    if (is_held) subtract_held(at, batch.size());
    emit_rows(batch.size(), 1);
    if (!without_.empty()) change_long_way(after, without_, 1);
  }
}

}  // namespace wutong::indicator
