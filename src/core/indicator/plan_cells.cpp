#include "core/indicator/plan_cells.hpp"

#include <algorithm>

#include "base/planted.hpp"

namespace wutong::indicator {

namespace {

Month horizon(Month month) { return Month::of(month.year() + 1, 12); }

}  // namespace

PlanCells::PlanCells(const std::vector<Definition>& definitions, const Plan& plan,
                     const std::shared_ptr<Versions>& versions)
    : plan_(&plan),
      reading_(definitions, plan),
      groups_(plan.dimensions.size(), plan.has_area ? 1U : 0U, versions),
      table_(plan.table_measures, versions) {
  for (size_t b = 0; b < plan.bags; ++b) bags_.push_back(std::make_unique<cell::Bag>(versions));
  if (plan.profile) profiles_.emplace(definitions, plan, groups_);
}

void PlanCells::change(const record::State& state, std::span<const RecordId> rows, int sign) {
  records_read_.add(rows.size());
  for (size_t at = 0; at < rows.size(); at += kBatchRows) {
    const auto batch = rows.subspan(at, std::min(kBatchRows, rows.size() - at));
    if (plan_->profile) {
      change_by_profile(state, batch, sign);
    } else {
      change_long_way(state, batch, sign);
    }
  }
}

void PlanCells::change_long_way(const record::State& state, std::span<const RecordId> rows,
                                int sign) {
  if (plan_->is_effective || plan_->is_stock) {
    change_effective(state, rows, sign);
  } else {
    change_plain_flow(state, rows, sign);
  }
}

void PlanCells::commit(Seq position) {
  table_.commit(position);
  for (const auto& bag : bags_) bag->commit(position);
}

uint64_t PlanCells::cells_touched() const {
  uint64_t total = table_.cells_touched();
  for (const auto& bag : bags_) total += bag->cells_touched();
  return total;
}

void PlanCells::resize(Contributions& contributions, size_t rows) const {
  contributions.amounts.assign(rows * plan_->table_measures, {});
  contributions.elements.assign(rows * plan_->bags, {});
  contributions.has_element.assign(rows * plan_->bags, 0);
}

PlanCells::Snapshot PlanCells::empty(size_t rows) const {
  Snapshot out;
  out.accepted.resize(rows, 0);
  out.combinations.resize(rows, 0);
  resize(out.contributions, rows);
  return out;
}

PlanCells::Snapshot PlanCells::evaluate(const record::State& state, std::span<const RecordId> rows,
                                        std::span<const RowTime> times, std::optional<Date> day) {
  Snapshot out = empty(rows.size());
  out.accepted = reading_.accepted(state, rows, day);
  const size_t dimensions = plan_->dimensions.size();
  std::vector<uint32_t> keys(rows.size() * dimensions);
  for (size_t d = 0; d < dimensions; ++d) {
    const auto texts = reading_.dimension(state, d, rows, day);
    for (size_t i = 0; i < rows.size(); ++i) {
      if (out.accepted[i] != 0) keys[i * dimensions + d] = groups_.intern(d, texts[i]);
    }
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    if (out.accepted[i] == 0) continue;
    out.combinations[i] =
        groups_.combination(std::span<const uint32_t>(keys).subspan(i * dimensions, dimensions));
  }
  measure(state, rows, times, day, out.accepted, out.contributions);
  return out;
}

void PlanCells::measure(const record::State& state, std::span<const RecordId> rows,
                        std::span<const RowTime> times, std::optional<Date> day,
                        std::span<const uint8_t> accepted, Contributions& out) {
  const size_t width = plan_->table_measures;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (accepted[i] != 0) out.amounts[i * width] = cell::Amount{1, 1};
  }
  for (size_t m = 0; m < plan_->measures.size(); ++m) {
    const Measure& measure = plan_->measures[m];
    if (measure.aggregate == Aggregate::count) continue;
    const int64_t factor = reading_.measure_raw(state, m, rows, day, raws_);
    contribute(measure, raws_, factor, rows, times, accepted, out);
  }
}

void PlanCells::contribute(const Measure& measure, const record::State::Raws& raws, int64_t factor,
                           std::span<const RecordId> rows, std::span<const RowTime> times,
                           std::span<const uint8_t> accepted, Contributions& out) const {
  const size_t width = plan_->table_measures;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (accepted[i] == 0 || raws.present[i] == 0) continue;
    const int128 number = int128{raws.numbers[i]} * factor;
    if (!is_bag(measure.aggregate)) {
      out.amounts[i * width + measure.table_slot] = cell::Amount{number, 1};
      continue;
    }
    cell::Element& element = out.elements[i * plan_->bags + measure.bag];
    element.value = number;
    if (measure.aggregate == Aggregate::last) {
      element.order = static_cast<int64_t>(times[i].day.days()) * (int64_t{1} << 32) +
                      static_cast<int64_t>(rows[i].value);
    }
    out.has_element[i * plan_->bags + measure.bag] = 1;
  }
}

bool PlanCells::is_equal(const Snapshot& a, size_t i, const Snapshot& b, size_t j) const {
  if (a.accepted[i] != b.accepted[j]) return false;
  if (a.accepted[i] == 0) return true;
  if (a.combinations[i] != b.combinations[j]) return false;
  const auto same = [i, j](const auto& x, const auto& y, size_t width) {
    const auto from = x.begin() + static_cast<ptrdiff_t>(i * width);
    return std::equal(from, from + static_cast<ptrdiff_t>(width),
                      y.begin() + static_cast<ptrdiff_t>(j * width));
  };
  const Contributions& left = a.contributions;
  const Contributions& right = b.contributions;
  return same(left.amounts, right.amounts, plan_->table_measures) &&
         same(left.elements, right.elements, plan_->bags) &&
         same(left.has_element, right.has_element, plan_->bags);
}

void PlanCells::copy(const Snapshot& from, size_t i, Snapshot& to, size_t j) const {
  const auto move = [i, j](const auto& x, auto& y, size_t width) {
    const auto first = x.begin() + static_cast<ptrdiff_t>(i * width);
    std::copy(first, first + static_cast<ptrdiff_t>(width),
              y.begin() + static_cast<ptrdiff_t>(j * width));
  };
  to.accepted[j] = from.accepted[i];
  to.combinations[j] = from.combinations[i];
  move(from.contributions.amounts, to.contributions.amounts, plan_->table_measures);
  move(from.contributions.elements, to.contributions.elements, plan_->bags);
  move(from.contributions.has_element, to.contributions.has_element, plan_->bags);
}

void PlanCells::emit(uint32_t combination, const Contributions& contributions, size_t i,
                     Month month, uint8_t lane, int sign) {
  const size_t measures = plan_->table_measures;
  const auto amounts = std::span(contributions.amounts).subspan(i * measures, measures);
  for (uint32_t group : groups_.groups_of(combination)) {
    table_.add(group, month, lane, amounts, sign);
    for (size_t b = 0; b < plan_->bags; ++b) {
      if (contributions.has_element[i * plan_->bags + b] == 0) continue;
      bags_[b]->add(group, month, lane, contributions.elements[i * plan_->bags + b], sign);
    }
  }
}

void PlanCells::emit(const Snapshot& snapshot, size_t i, Month month, uint8_t lane, int sign) {
  if (snapshot.accepted[i] == 0) return;
  emit(snapshot.combinations[i], snapshot.contributions, i, month, lane, sign);
}

void PlanCells::change_plain_flow(const record::State& state, std::span<const RecordId> rows,
                                  int sign) {
  const auto times = reading_.times(state, rows);
  // Rows by the day on which their attributes are read; one batch where that does not matter.
  std::map<std::optional<Date>, std::vector<uint32_t>> batches;
  const bool by_day = plan_->at_record && !plan_->effective_paths.empty();
  for (uint32_t i = 0; i < rows.size(); ++i) {
    if (!times[i].is_known) continue;
    batches[by_day ? std::optional(times[i].day) : std::nullopt].push_back(i);
  }
  for (const auto& [day, indices] : batches) {
    std::vector<RecordId> batch;
    std::vector<RowTime> batch_times;
    for (uint32_t i : indices) {
      batch.push_back(rows[i]);
      batch_times.push_back(times[i]);
    }
    const Snapshot snapshot = evaluate(state, batch, batch_times, day);
    for (size_t i = 0; i < batch.size(); ++i) {
      const auto lane = static_cast<uint8_t>(plan_->lanes_are_days ? batch_times[i].day.day() : 0);
      emit(snapshot, i, batch_times[i].month, lane, sign);
    }
  }
}

std::vector<PlanCells::Event> PlanCells::events(const record::State& state,
                                                std::span<const RecordId> rows,
                                                std::span<const RowTime> times,
                                                std::span<const RowTime> ends) const {
  std::vector<std::vector<Date>> switches(rows.size());
  if (plan_->is_effective) switches = reading_.switches(state, rows);
  std::vector<Event> out;
  for (uint32_t i = 0; i < rows.size(); ++i) {
    if (!times[i].is_known) continue;
    if (plan_->is_stock && ends[i].is_known && ends[i].day <= times[i].day) continue;
    out.push_back({times[i].day, i});
    Date last = times[i].day;
    for (Date day : switches[i]) {
      if (day <= last) continue;  // the first may hold since always
      // Flows are asked for at the ends of months only.
      const Date at = plan_->is_stock ? day : Month::of(day).last_day();
      if (at <= last) continue;
      if (plan_->is_stock && ends[i].is_known && at >= ends[i].day) break;
      if (!plan_->is_stock && Month::of(at) > horizon(times[i].month)) break;
      out.push_back({at, i});
      last = at;
    }
  }
  std::sort(out.begin(), out.end(), [](const Event& a, const Event& b) {
    return a.day != b.day ? a.day < b.day : a.row < b.row;
  });
  return out;
}

void PlanCells::change_effective(const record::State& state, std::span<const RecordId> rows,
                                 int sign) {
  auto times = reading_.times(state, rows);
  const auto ends =
      plan_->is_stock ? reading_.ends(state, rows) : std::vector<RowTime>(rows.size());
  const auto counted = times;  // `last` goes by the day, not by the month's end
  if (!plan_->is_stock) {
    for (RowTime& time : times) time.day = time.month.last_day();
  }
  const bool reads_days = !plan_->effective_paths.empty();
  auto pending = events(state, rows, times, ends);
  if (!reads_days) {
    // One batch: attributes are the same on every day.
    for (Event& event : pending) event.day = Date();
  }
  Snapshot current = empty(rows.size());
  const auto place = [&](uint32_t row, Date day, const Snapshot& snapshot, size_t i,
                         int times_sign) {
    if (plan_->is_stock) {
      const Date on = reads_days ? day : times[row].day;
      emit(snapshot, i, Month::of(on), static_cast<uint8_t>(on.day()), times_sign);
    } else {
      const int lane = Month::of(day).index - times[row].month.index;
      emit(snapshot, i, times[row].month, static_cast<uint8_t>(lane), times_sign);
    }
  };
  for (size_t at = 0; at < pending.size();) {
    const Date day = pending[at].day;
    std::vector<RecordId> batch;
    std::vector<RowTime> batch_times;
    const size_t first = at;
    for (; at < pending.size() && pending[at].day == day; ++at) {
      batch.push_back(rows[pending[at].row]);
      const uint32_t row = pending[at].row;
      batch_times.push_back(PLANTED("last_by_month_end") ? times[row] : counted[row]);
    }
    const Snapshot snapshot =
        evaluate(state, batch, batch_times, reads_days ? std::optional(day) : std::nullopt);
    for (size_t i = 0; i < batch.size(); ++i) {
      const uint32_t row = pending[first + i].row;
      if (is_equal(snapshot, i, current, row)) continue;
      place(row, day, current, row, -sign);
      place(row, day, snapshot, i, sign);
      copy(snapshot, i, current, row);
    }
  }
  for (uint32_t row = 0; row < rows.size(); ++row) {
    if (!ends[row].is_known || current.accepted[row] == 0 || PLANTED("stock_never_ends")) continue;
    const Date end = ends[row].day;
    emit(current, row, Month::of(end), static_cast<uint8_t>(end.day()), -sign);
  }
}

std::map<std::string, std::string> PlanCells::describe() const {
  std::map<std::string, std::string> out;
  const auto place = [this](uint32_t group, Month month, uint8_t lane) {
    return groups_.text(group) + " " + month.to_string() + " +" + std::to_string(lane);
  };
  for (const cell::Table::Line& line : table_.lines()) {
    out[place(line.group, line.month, line.lane) + " #" + std::to_string(line.measure)] =
        to_string(line.amount.sum) + " of " + std::to_string(line.amount.count);
  }
  for (size_t b = 0; b < bags_.size(); ++b) {
    for (const cell::Bag::Line& line : bags_[b]->lines()) {
      out[place(line.group, line.month, line.lane) + " bag " + std::to_string(b) + " " +
          std::to_string(line.element.order) + ":" + to_string(line.element.value)] =
          std::to_string(line.count);
    }
  }
  return out;
}

}  // namespace wutong::indicator
