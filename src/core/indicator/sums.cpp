// Sums of an indicator over records: from the cells, and from the records where cells do not hold
// it.
#include <algorithm>

#include "base/planted.hpp"
#include "core/indicator/level.hpp"
#include "core/indicator/plan.hpp"

namespace wutong::indicator {

namespace {

// A stretch of days as the cells split it: months first..last and lanes in each of them.
struct Stretch {
  Month first, last;
  cell::Lanes lanes;
};

bool is_whole_months(Date first, Date last) {
  return first.day() == 1 && last == Month::of(last).last_day();
}

uint8_t lane_of(int number) { return static_cast<uint8_t>(number); }

std::vector<Stretch> stretches_of_days(Date first, Date last) {
  const Month from = Month::of(first);
  const Month to = Month::of(last);
  if (from == to) return {{from, to, {lane_of(first.day()), lane_of(last.day())}}};
  std::vector<Stretch> out{{from, from, {lane_of(first.day()), 31}}};
  if (from.plus(1) < to) out.push_back({from.plus(1), to.plus(-1), {}});
  out.push_back({to, to, {0, lane_of(last.day() - (PLANTED("day_off_by_one") ? 1 : 0))}});
  return out;
}

// Months whose last day lies in first..last.
std::vector<Stretch> stretches_of_months(Date first, Date last) {
  const Month from = Month::of(first);
  Month to = Month::of(last);
  if (to.last_day() != last || PLANTED("month_off_by_one")) to = to.plus(-1);
  if (to < from) return {};
  return {{from, to, {}}};
}

// nullopt where lanes do not reach: attributes of a day within a month, or beyond two years.
std::optional<std::vector<Stretch>> stretches_of_ends(Date first, Date last, Date attributes) {
  if (!is_whole_months(first, last)) return std::nullopt;
  const Month end = Month::of(attributes);
  if (attributes != end.last_day()) return std::nullopt;
  std::vector<Stretch> out;
  if (Month::of(last).index - Month::of(first).index >= 24) return std::nullopt;
  for (Month m = Month::of(first); m <= Month::of(last); m = m.plus(1)) {
    if (end < m || end > Month::of(m.year() + 1, 12)) return std::nullopt;
    const int lane = end.index - m.index - (PLANTED("lane_off_by_one") && end > m ? 1 : 0);
    out.push_back({m, m, {0, lane_of(lane)}});
  }
  return out;
}

Date first_day(const Plan& plan, const Period& period) {
  constexpr Date kEarliest = Date::from_days(-719162);  // 0001-01-01
  if (plan.is_stock || period.kind() == PeriodKind::as_of) return kEarliest;
  return period.first_day();
}

std::optional<std::vector<Stretch>> stretches(const Plan& plan, const Period& period,
                                              Date attributes) {
  const Date first = first_day(plan, period);
  const Date last = period.last_day();
  if (plan.is_stock) {
    if (plan.is_effective && attributes != last) return std::nullopt;
    return stretches_of_days(first, last);
  }
  if (plan.is_effective) return stretches_of_ends(first, last, attributes);
  if (plan.lanes_are_days) return stretches_of_days(first, last);
  return stretches_of_months(first, last);
}

// The day that makes any attribute read what holds now, for periods with an open end.
std::optional<Date> attribute_day(const Plan& plan, const RowTime& time, Date asked) {
  return plan.at_record ? time.day : asked;
}

void add_rows(const PlanCells& cells, size_t measure_index, const record::State& state,
              const Counted& counted, std::optional<Date> day, Sums& out,
              std::map<std::string, int64_t>& texts) {
  const Reading& reading = cells.reading();
  const Measure& measure = reading.plan().measures[measure_index];
  out.accepted.add(
      {static_cast<int128>(counted.rows.size()), static_cast<int64_t>(counted.rows.size())});
  if (measure.aggregate == Aggregate::count) {
    out.amount = out.accepted;
    return;
  }
  const Column column = reading.measure(state, measure_index, counted.rows, day);
  for (size_t i = 0; i < counted.rows.size(); ++i) {
    if (column.present[i] == 0) continue;
    cell::Element element;
    if (measure.aggregate == Aggregate::count_distinct) {
      element.value = column.numbers.empty() ? 0 : column.numbers[i];
      if (column.is_text()) {
        element.value = texts.emplace(column.texts[i], texts.size()).first->second;
      }
    } else {
      element.value = *reading.number(measure_index, column, i);
    }
    if (!is_bag(measure.aggregate)) {
      out.amount.add({element.value, 1});
      continue;
    }
    if (measure.aggregate == Aggregate::last) {
      element.order = static_cast<int64_t>(counted.times[i].day.days()) * (int64_t{1} << 32) +
                      static_cast<int64_t>(counted.rows[i].value);
    }
    ++out.elements[element];
    out.amount.add({0, 1});
  }
}

}  // namespace

std::vector<RecordId> all_records(const record::State& state, size_t register_index) {
  std::vector<RecordId> rows(state.size(register_index));
  for (uint32_t i = 0; i < rows.size(); ++i) rows[i] = RecordId{i};
  return rows;
}

Counted rows_in_period(const PlanCells& cells, const record::State& state, const Period& period) {
  const Reading& reading = cells.reading();
  const Plan& plan = reading.plan();
  const auto rows = all_records(state, plan.register_index);
  const auto times = reading.times(state, rows);
  const auto ends = plan.is_stock ? reading.ends(state, rows) : std::vector<RowTime>(rows.size());
  const Date first = first_day(plan, period);
  Counted out;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (!times[i].is_known || times[i].day < first || times[i].day > period.last_day()) continue;
    if (ends[i].is_known && ends[i].day <= period.last_day()) continue;
    out.rows.push_back(rows[i]);
    out.times.push_back(times[i]);
  }
  return out;
}

namespace {

// Those of `rows` that pass the filter and have the dimension values.
Counted select(const PlanCells& cells, const record::State& state, const Fixed& fixed,
               const Counted& rows, std::optional<Date> day) {
  const Reading& reading = cells.reading();
  auto accepted = reading.accepted(state, rows.rows, day);
  for (const auto& [name, value] : fixed) {
    const auto d = reading.plan().find_dimension(name);
    if (!d) continue;
    const auto texts = reading.dimension(state, *d, rows.rows, day);
    for (size_t i = 0; i < texts.size(); ++i) {
      if (texts[i] != value) accepted[i] = 0;
    }
  }
  Counted out;
  for (size_t i = 0; i < rows.rows.size(); ++i) {
    if (accepted[i] == 0) continue;
    out.rows.push_back(rows.rows[i]);
    out.times.push_back(rows.times[i]);
  }
  return out;
}

// Groups of rows that read their attributes on the same day.
std::map<std::optional<Date>, Counted> by_attribute_day(const PlanCells& cells, const Counted& rows,
                                                        std::optional<Date> asked) {
  std::map<std::optional<Date>, Counted> out;
  const Plan& plan = cells.reading().plan();
  for (size_t i = 0; i < rows.rows.size(); ++i) {
    std::optional<Date> day = asked;
    if (plan.effective_paths.empty()) day = std::nullopt;
    if (day && plan.at_record) day = attribute_day(plan, rows.times[i], *day);
    Counted& batch = out[day];
    batch.rows.push_back(rows.rows[i]);
    batch.times.push_back(rows.times[i]);
  }
  return out;
}

}  // namespace

Counted counted_rows(const PlanCells& cells, const record::State& state, const Fixed& fixed,
                     const Period& period, std::optional<Date> attributes) {
  const Counted all = rows_in_period(cells, state, period);
  std::vector<std::pair<RecordId, RowTime>> merged;
  for (const auto& [day, batch] : by_attribute_day(cells, all, attributes)) {
    const Counted part = select(cells, state, fixed, batch, day);
    for (size_t i = 0; i < part.rows.size(); ++i) merged.emplace_back(part.rows[i], part.times[i]);
  }
  std::sort(merged.begin(), merged.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  Counted out;
  for (const auto& [row, time] : merged) {
    out.rows.push_back(row);
    out.times.push_back(time);
  }
  return out;
}

Result<Sums> Levels::sums_from_records(const Definition& definition, const Fixed& fixed,
                                       const Period& period, Date attributes) const {
  if (as_of_) {
    return fail(ErrorKind::unavailable, "figure.needs_replay",
                "该数据在较早日志位置上的值需要重放日志后再问",
                "what this figure was at an earlier position takes a replay of the log up to it");
  }
  const auto use =
      *cells_->definitions->plans().uses[*cells_->definitions->index_of(definition.name)];
  const PlanCells& cells = cells_->plans[use.plan];
  const Fixed values = plan_values(definition, fixed, cells_->area);
  const Counted rows = rows_in_period(cells, *state_, period);
  Sums out;
  std::map<std::string, int64_t> texts;
  for (const auto& [day, batch] : by_attribute_day(cells, rows, attributes)) {
    const Counted part = select(cells, *state_, values, batch, day);
    add_rows(cells, use.measure, *state_, part, day, out, texts);
  }
  return out;
}

std::optional<Sums> Levels::sums_from_cells(const Definition& definition, const Fixed& fixed,
                                            const Period& period, Date attributes) const {
  const auto use =
      *cells_->definitions->plans().uses[*cells_->definitions->index_of(definition.name)];
  const PlanCells& cells = cells_->plans[use.plan];
  const Plan& plan = cells.reading().plan();
  const auto parts = stretches(plan, period, attributes);
  if (!parts) return std::nullopt;
  std::vector<uint32_t> key(plan.dimensions.size(), cell::Groups::kOpen);
  for (const auto& [name, value] : plan_values(definition, fixed, cells_->area)) {
    const auto d = plan.find_dimension(name);
    const auto id = cells.groups().find(*d, value);
    if (!id) return Sums{};
    key[*d] = *id;
  }
  const Measure& measure = plan.measures[use.measure];
  Sums out;
  for (uint32_t group : cells.groups().select(key)) {
    for (const Stretch& part : *parts) {
      const auto read = [&](size_t slot) {
        return cells.table().read(group, part.first, part.last, part.lanes, slot, view());
      };
      out.accepted.add(read(0));
      if (!is_bag(measure.aggregate)) out.amount.add(read(measure.table_slot));
      if (trace_ != nullptr) {
        cells.table().positions(group, part.first, part.last, part.lanes, measure.table_slot,
                                view(), *trace_);
      }
      if (!is_bag(measure.aggregate)) continue;
      const cell::Bag& bag = cells.bag(measure.bag);
      bag.read(group, part.first, part.last, part.lanes, view(), out.elements);
      if (trace_ != nullptr) {
        bag.positions(group, part.first, part.last, part.lanes, view(), *trace_);
      }
    }
  }
  cell::drop_gone(out.elements);
  for (const auto& [element, count] : out.elements) out.amount.count += count;
  return out;
}

Result<Sums> Levels::sums(const Definition& definition, const Fixed& fixed, const Period& period,
                          Date attributes) const {
  if (auto found = sums_from_cells(definition, fixed, period, attributes)) {
    return std::move(*found);
  }
  return sums_from_records(definition, fixed, period, attributes);
}

}  // namespace wutong::indicator
