#include "core/indicator/reading.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/planted.hpp"

namespace wutong::indicator {

namespace {

RowTime on_day(Date day) { return {true, Month::of(day), day}; }

RowTime read_time(TimeKind kind, const Column& column, size_t i) {
  if (column.present[i] == 0) return {};
  if (kind == TimeKind::period) {
    const auto period = Period::parse(column.texts[i]);
    return period ? on_day(period->last_day()) : RowTime{};
  }
  const int64_t number = column.numbers[i];
  switch (kind) {
    case TimeKind::month: {
      const Month month{static_cast<int32_t>(number)};
      return {true, month, month.last_day()};
    }
    case TimeKind::date:
      return on_day(Date::from_days(static_cast<int32_t>(number)));
    case TimeKind::partial_date:
      if (PLANTED("partial_date_early")) return on_day(unpack_partial_date(number).first);
      return on_day(unpack_partial_date(number).last());
    case TimeKind::period:
      break;
  }
  return {};
}

// The days of every change along the path from one record on.
void collect_switches(const record::State& state, std::span<const size_t> steps,
                      size_t register_index, RecordId record, std::vector<Date>& out) {
  const record::Field& field = state.schema().registers()[register_index].fields[steps[0]];
  const bool is_last = steps.size() == 1;
  if (is_last && !field.effective) return;
  std::optional<size_t> next;
  if (!is_last) next = state.schema().index_of(field.target);
  const auto follow = [&](const Value& value) {
    const auto* target = std::get_if<RecordId>(&value);
    if (next && target != nullptr) {
      collect_switches(state, steps.subspan(1), *next, *target, out);
    }
  };
  if (!field.effective) {
    follow(state.value(register_index, steps[0], record));
    return;
  }
  for (const record::State::Dated& dated : state.history(register_index, steps[0], record)) {
    out.push_back(dated.from);
    follow(dated.value);
  }
}

}  // namespace

std::vector<RowTime> Reading::read_times(const record::State& state, size_t field,
                                         std::span<const RecordId> rows) const {
  const auto kind = state.schema().registers()[plan_->register_index].fields[field].kind;
  TimeKind time_kind = TimeKind::month;
  if (kind == record::FieldKind::date) time_kind = TimeKind::date;
  if (kind == record::FieldKind::partial_date) time_kind = TimeKind::partial_date;
  if (kind == record::FieldKind::period) time_kind = TimeKind::period;
  std::vector<RowTime> out(rows.size());
  if (time_kind == TimeKind::month) {
    record::State::Raws raws;
    state.gather_raw({plan_->register_index, {field}, false}, rows, std::nullopt, raws);
    for (size_t i = 0; i < rows.size(); ++i) {
      const Month month{static_cast<int32_t>(raws.numbers[i])};
      if (raws.present[i] != 0) out[i] = {true, month, month.last_day()};
    }
    return out;
  }
  const Column column = state.gather({plan_->register_index, {field}, false}, rows, std::nullopt);
  for (size_t i = 0; i < rows.size(); ++i) out[i] = read_time(time_kind, column, i);
  return out;
}

std::vector<RowTime> Reading::times(const record::State& state,
                                    std::span<const RecordId> rows) const {
  return read_times(state, *(*definitions_)[plan_->definition].time_field, rows);
}

std::vector<RowTime> Reading::ends(const record::State& state,
                                   std::span<const RecordId> rows) const {
  const auto field = (*definitions_)[plan_->definition].until_field;
  if (!field) return std::vector<RowTime>(rows.size());
  return read_times(state, *field, rows);
}

std::vector<uint8_t> Reading::accepted(const record::State& state, std::span<const RecordId> rows,
                                       std::optional<Date> day) const {
  const Definition& definition = (*definitions_)[plan_->definition];
  const auto& where = definition.where;
  std::vector<uint8_t> out(rows.size(), 1);
  if (where) {
    const Column column = state.evaluate(*where, plan_->register_index, rows, day);
    for (size_t i = 0; i < rows.size(); ++i) {
      out[i] = column.present[i] != 0 && column.numbers[i] != 0 ? 1 : 0;
    }
  }
  keep_in_window(definition, state, rows, day, out);
  return out;
}

std::vector<std::string> Reading::dimension(const record::State& state, size_t dimension,
                                            std::span<const RecordId> rows,
                                            std::optional<Date> day) const {
  return texts(state, plan_->dimensions[dimension].path, rows, day);
}

std::vector<std::string> Reading::texts(const record::State& state, const record::Path& path,
                                        std::span<const RecordId> rows, std::optional<Date> day) {
  Column column = state.gather(path, rows, day);
  if (column.is_text()) return std::move(column.texts);
  std::vector<std::string> out(rows.size());
  std::optional<size_t> target;
  if (column.type == ValueType::reference) {
    size_t at = path.home;
    for (size_t step : path.steps) {
      target = state.schema().index_of(state.schema().registers()[at].fields[step].target);
      if (target) at = *target;
    }
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    if (column.present[i] == 0) continue;
    out[i] = target ? state.key_text(*target, RecordId{static_cast<uint32_t>(column.numbers[i])})
                    : to_string(column.value(i));
  }
  return out;
}

Column Reading::measure(const record::State& state, size_t measure, std::span<const RecordId> rows,
                        std::optional<Date> day) const {
  const Definition& definition = (*definitions_)[plan_->measures[measure].definition];
  if (definition.aggregate == Aggregate::count_distinct) {
    const size_t field = *definition.distinct_field;
    const auto& home = state.schema().registers()[plan_->register_index];
    const record::Path path{plan_->register_index, {field}, home.fields[field].effective};
    return state.gather(path, rows, day);
  }
  return state.evaluate(*definition.measure, plan_->register_index, rows, day);
}

int Reading::scale(size_t measure) const {
  return (*definitions_)[plan_->measures[measure].definition].measure_scale;
}

std::optional<int128> Reading::number(size_t measure, const Column& column, size_t i) const {
  if (column.present[i] == 0) return std::nullopt;
  int128 number = column.numbers[i];
  const int from = column.type == ValueType::decimal ? column.scale : 0;
  const int to = scale(measure);
  CHECK(from <= to);
  for (int s = from; s < to; ++s) number *= 10;
  return number;
}

int64_t Reading::measure_raw(const record::State& state, size_t measure,
                             std::span<const RecordId> rows, std::optional<Date> day,
                             record::State::Raws& out) const {
  const Measure& measured = plan_->measures[measure];
  if (measured.field) {
    state.gather_raw(*measured.field, rows, day, out);
    return measured.factor;
  }
  Column column = this->measure(state, measure, rows, day);
  int64_t factor = 1;
  const int from = column.type == ValueType::decimal ? column.scale : 0;
  for (int s = from; s < scale(measure); ++s) factor *= 10;
  out.numbers.swap(column.numbers.widened());
  out.present.swap(column.present);
  return factor;
}

std::vector<std::vector<Date>> Reading::target_switches(const record::State& state,
                                                        std::span<const RecordId> targets) const {
  std::vector<std::vector<Date>> out(targets.size());
  const ProfileShape& profile = *plan_->profile;
  for (const record::Path& path : plan_->effective_paths) {
    if (!profile.reference || path.steps.front() != *profile.reference) continue;
    const auto steps = std::span<const size_t>(path.steps).subspan(1);
    for (size_t i = 0; i < targets.size(); ++i) {
      collect_switches(state, steps, profile.target, targets[i], out[i]);
    }
  }
  for (std::vector<Date>& days : out) {
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
  }
  return out;
}

std::vector<std::vector<Date>> Reading::switches(const record::State& state,
                                                 std::span<const RecordId> rows) const {
  std::vector<std::vector<Date>> out(rows.size());
  for (const record::Path& path : plan_->effective_paths) {
    const std::span<const size_t> steps(path.steps);
    const record::Field& first = state.schema().registers()[path.home].fields[steps[0]];
    if (first.effective || steps.size() == 1) {
      for (size_t i = 0; i < rows.size(); ++i) {
        collect_switches(state, steps, path.home, rows[i], out[i]);
      }
      continue;
    }
    // Many rows refer to the same thing: its history is read once.
    const auto next = state.schema().index_of(first.target);
    const Column targets = state.gather({path.home, {steps[0]}, false}, rows, std::nullopt);
    std::unordered_map<int64_t, std::vector<Date>> known;
    for (size_t i = 0; next && i < rows.size(); ++i) {
      if (targets.present[i] == 0) continue;
      const auto [at, is_new] = known.try_emplace(targets.numbers[i]);
      if (is_new) {
        const RecordId target{static_cast<uint32_t>(targets.numbers[i])};
        collect_switches(state, steps.subspan(1), *next, target, at->second);
      }
      out[i].insert(out[i].end(), at->second.begin(), at->second.end());
    }
  }
  for (std::vector<Date>& days : out) {
    std::sort(days.begin(), days.end());
    days.erase(std::unique(days.begin(), days.end()), days.end());
  }
  return out;
}

}  // namespace wutong::indicator
