#include "core/indicator/scan_rows.hpp"

namespace wutong::indicator {

namespace {

// What is held at the end of the request's month.
cell::Amount held(const PlanCells& cells, const record::State& state, const ScanRequest& request) {
  const Date day = request.end.last_day();
  const auto rows = counted_rows(cells, state, *request.fixed, Period::as_of(day), day).rows;
  if (cells.reading().plan().measures[request.measure].aggregate == Aggregate::count) {
    return {static_cast<int128>(rows.size()), static_cast<int64_t>(rows.size())};
  }
  cell::Amount out;
  const Column column = cells.reading().measure(state, request.measure, rows, day);
  for (size_t i = 0; i < rows.size(); ++i) {
    if (const auto number = cells.reading().number(request.measure, column, i)) {
      out.add({*number, 1});
    }
  }
  return out;
}

}  // namespace

cell::Amount sum_row_by_row(const ZoneCells& cells, const record::State& state,
                            const ScanRequest& request) {
  const Reading& reading = cells.plans[request.plan].reading();
  const Plan& plan = reading.plan();
  if (plan.is_stock) return held(cells.plans[request.plan], state, request);
  std::vector<RecordId> every(state.size(plan.register_index));
  for (uint32_t i = 0; i < every.size(); ++i) every[i] = RecordId{i};
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
