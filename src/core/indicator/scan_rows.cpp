#include "core/indicator/scan_rows.hpp"

namespace wutong::indicator {

namespace {

// Records held at the end of a day, known to the day, before filter and dimensions are asked.
void keep_held(const record::State& state, const Plan& plan, const Definition& definition,
               std::span<const RecordId> rows, Date day, std::vector<uint8_t>& out) {
  record::State::Raws raws;
  const auto days = [&](size_t field) {
    state.gather_raw({plan.register_index, {field}, false}, rows, std::nullopt, raws);
  };
  days(*definition.time_field);
  for (size_t i = 0; i < rows.size(); ++i) {
    if (raws.present[i] == 0 || raws.numbers[i] > day.days()) out[i] = 0;
  }
  if (!definition.until_field) return;
  days(*definition.until_field);
  for (size_t i = 0; i < rows.size(); ++i) {
    if (raws.present[i] != 0 && raws.numbers[i] <= day.days()) out[i] = 0;
  }
}

// What is held at the end of the request's month.
cell::Amount held(const ZoneCells& zone, const record::State& state, const ScanRequest& request) {
  const Reading& reading = zone.plans[request.plan].reading();
  const Plan& plan = reading.plan();
  const Definition& definition = zone.definitions->all()[plan.definition];
  const auto is_date = [&](std::optional<size_t> field) {
    return !field || state.schema().registers()[plan.register_index].fields[*field].kind ==
                         record::FieldKind::date;
  };
  const Date day = request.end.last_day();
  std::vector<RecordId> rows;
  if (plan.at_record || !is_date(definition.time_field) || !is_date(definition.until_field)) {
    rows =
        counted_rows(zone.plans[request.plan], state, *request.fixed, Period::as_of(day), day).rows;
  } else {
    const auto every = all_records(state, plan.register_index);
    auto accepted = reading.accepted(state, every, day);
    keep_held(state, plan, definition, every, day, accepted);
    for (const auto& [name, value] : *request.fixed) {
      const auto texts = reading.dimension(state, *plan.find_dimension(name), every, day);
      for (size_t i = 0; i < every.size(); ++i) {
        if (texts[i] != value) accepted[i] = 0;
      }
    }
    for (size_t i = 0; i < every.size(); ++i) {
      if (accepted[i] != 0) rows.push_back(every[i]);
    }
  }
  if (plan.measures[request.measure].aggregate == Aggregate::count) {
    return {static_cast<int128>(rows.size()), static_cast<int64_t>(rows.size())};
  }
  cell::Amount out;
  const Column column = reading.measure(state, request.measure, rows, day);
  for (size_t i = 0; i < rows.size(); ++i) {
    if (const auto number = reading.number(request.measure, column, i)) out.add({*number, 1});
  }
  return out;
}

}  // namespace

cell::Amount sum_row_by_row(const ZoneCells& cells, const record::State& state,
                            const ScanRequest& request) {
  const Reading& reading = cells.plans[request.plan].reading();
  const Plan& plan = reading.plan();
  if (plan.is_stock) return held(cells, state, request);
  const auto every = all_records(state, plan.register_index);
  const auto times = reading.times(state, every);
  std::vector<RecordId> rows;
  for (size_t i = 0; i < every.size(); ++i) {
    const bool is_in =
        times[i].is_known && times[i].month >= request.first && times[i].month <= request.last;
    if (is_in) rows.push_back(every[i]);
  }
  cell::Amount out;
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::span<const RecordId> one(&rows[i], 1);
    Date day = request.end.last_day();
    if (plan.at_record) day = reading.times(state, one).front().day;
    bool counts = reading.accepted(state, one, day).front() != 0;
    for (const auto& [name, value] : *request.fixed) {
      const size_t d = *plan.find_dimension(name);
      counts = counts && reading.dimension(state, d, one, day).front() == value;
    }
    if (!counts) continue;
    if (plan.measures[request.measure].aggregate == Aggregate::count) {
      out.add({1, 1});
    } else if (auto number = reading.number(request.measure,
                                            reading.measure(state, request.measure, one, day), 0)) {
      out.add({*number, 1});
    }
  }
  return out;
}

}  // namespace wutong::indicator
