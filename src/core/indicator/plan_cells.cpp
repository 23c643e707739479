#include "core/indicator/plan_cells.hpp"

#include <algorithm>

namespace wutong::indicator {

namespace {

constexpr size_t kBatchRows = 16384;

Month horizon(Month month) { return Month::of(month.year() + 1, 12); }

}  // namespace

PlanCells::PlanCells(const std::vector<Definition>& definitions, const Plan& plan)
    : plan_(&plan),
      reading_(definitions, plan),
      groups_(plan.dimensions.size(), plan.has_area ? 1U : 0U),
      table_(plan.table_measures),
      bags_(plan.bags),
      dictionaries_(plan.bags),
      texts_(plan.bags) {}

void PlanCells::change(const record::State& state, std::span<const RecordId> rows, int sign) {
  records_read_ += rows.size();
  for (size_t at = 0; at < rows.size(); at += kBatchRows) {
    const auto batch = rows.subspan(at, std::min(kBatchRows, rows.size() - at));
    if (plan_->is_effective || plan_->is_stock) {
      change_effective(state, batch, sign);
    } else {
      change_plain_flow(state, batch, sign);
    }
  }
}

void PlanCells::commit(Seq position) {
  table_.commit(position);
  for (cell::Bag& bag : bags_) bag.commit(position);
}

uint64_t PlanCells::cells_touched() const {
  uint64_t total = table_.cells_touched();
  for (const cell::Bag& bag : bags_) total += bag.cells_touched();
  return total;
}

int64_t PlanCells::intern(size_t bag, const std::string& text) {
  const auto id = static_cast<int64_t>(texts_[bag].size());
  const auto [at, is_new] = dictionaries_[bag].emplace(text, id);
  if (is_new) texts_[bag].push_back(text);
  return at->second;
}

PlanCells::Snapshot PlanCells::empty(size_t rows) const {
  Snapshot out;
  out.accepted.resize(rows, 0);
  out.keys.resize(rows * plan_->dimensions.size(), 0);
  out.amounts.resize(rows * plan_->table_measures);
  out.elements.resize(rows * plan_->bags);
  out.has_element.resize(rows * plan_->bags, 0);
  return out;
}

PlanCells::Snapshot PlanCells::evaluate(const record::State& state, std::span<const RecordId> rows,
                                        std::span<const RowTime> times, std::optional<Date> day) {
  Snapshot out = empty(rows.size());
  out.accepted = reading_.accepted(state, rows, day);
  const size_t dimensions = plan_->dimensions.size();
  for (size_t d = 0; d < dimensions; ++d) {
    const auto texts = reading_.dimension(state, d, rows, day);
    for (size_t i = 0; i < rows.size(); ++i) {
      if (out.accepted[i] != 0) out.keys[i * dimensions + d] = groups_.intern(d, texts[i]);
    }
  }
  for (size_t i = 0; i < rows.size(); ++i) {
    if (out.accepted[i] != 0) out.amounts[i * plan_->table_measures] = cell::Amount{1, 1};
  }
  evaluate_measures(state, rows, times, day, out);
  return out;
}

void PlanCells::evaluate_measures(const record::State& state, std::span<const RecordId> rows,
                                  std::span<const RowTime> times, std::optional<Date> day,
                                  Snapshot& out) {
  for (size_t m = 0; m < plan_->measures.size(); ++m) {
    const Measure& measure = plan_->measures[m];
    if (measure.aggregate == Aggregate::count) continue;
    const Column column = reading_.measure(state, m, rows, day);
    for (size_t i = 0; i < rows.size(); ++i) {
      if (out.accepted[i] == 0 || column.present[i] == 0) continue;
      if (!is_bag(measure.aggregate)) {
        out.amounts[i * plan_->table_measures + measure.table_slot] =
            cell::Amount{*reading_.number(m, column, i), 1};
        continue;
      }
      cell::Element& element = out.elements[i * plan_->bags + measure.bag];
      if (measure.aggregate == Aggregate::count_distinct) {
        element.value = column.is_text() ? intern(measure.bag, column.texts[i]) : column.numbers[i];
      } else {
        element.value = *reading_.number(m, column, i);
      }
      if (measure.aggregate == Aggregate::last) {
        element.order = static_cast<int64_t>(times[i].day.days()) * (int64_t{1} << 32) +
                        static_cast<int64_t>(rows[i].value);
      }
      out.has_element[i * plan_->bags + measure.bag] = 1;
    }
  }
}

bool PlanCells::is_equal(const Snapshot& a, size_t i, const Snapshot& b, size_t j) const {
  if (a.accepted[i] != b.accepted[j]) return false;
  if (a.accepted[i] == 0) return true;
  const auto same = [i, j](const auto& x, const auto& y, size_t width) {
    const auto from = x.begin() + static_cast<ptrdiff_t>(i * width);
    return std::equal(from, from + static_cast<ptrdiff_t>(width),
                      y.begin() + static_cast<ptrdiff_t>(j * width));
  };
  return same(a.keys, b.keys, plan_->dimensions.size()) &&
         same(a.amounts, b.amounts, plan_->table_measures) &&
         same(a.elements, b.elements, plan_->bags) &&
         same(a.has_element, b.has_element, plan_->bags);
}

void PlanCells::copy(const Snapshot& from, size_t i, Snapshot& to, size_t j) const {
  const auto move = [i, j](const auto& x, auto& y, size_t width) {
    const auto first = x.begin() + static_cast<ptrdiff_t>(i * width);
    std::copy(first, first + static_cast<ptrdiff_t>(width),
              y.begin() + static_cast<ptrdiff_t>(j * width));
  };
  to.accepted[j] = from.accepted[i];
  move(from.keys, to.keys, plan_->dimensions.size());
  move(from.amounts, to.amounts, plan_->table_measures);
  move(from.elements, to.elements, plan_->bags);
  move(from.has_element, to.has_element, plan_->bags);
}

void PlanCells::emit(const Snapshot& snapshot, size_t i, Month month, uint8_t lane, int sign) {
  if (snapshot.accepted[i] == 0) return;
  const size_t dimensions = plan_->dimensions.size();
  const size_t measures = plan_->table_measures;
  const auto keys = std::span(snapshot.keys).subspan(i * dimensions, dimensions);
  const auto amounts = std::span(snapshot.amounts).subspan(i * measures, measures);
  for (uint32_t group : groups_.of(keys)) {
    table_.add(group, month, lane, amounts, sign);
    for (size_t b = 0; b < plan_->bags; ++b) {
      if (snapshot.has_element[i * plan_->bags + b] == 0) continue;
      bags_[b].add(group, month, lane, snapshot.elements[i * plan_->bags + b], sign);
    }
  }
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
      batch_times.push_back(times[pending[at].row]);
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
    if (!ends[row].is_known || current.accepted[row] == 0) continue;
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
    for (const cell::Bag::Line& line : bags_[b].lines()) {
      const auto id = static_cast<size_t>(line.element.value);
      const bool is_text = !texts_[b].empty();
      const std::string value = is_text ? texts_[b][id] : to_string(line.element.value);
      out[place(line.group, line.month, line.lane) + " bag " + std::to_string(b) + " " +
          std::to_string(line.element.order) + ":" + value] = std::to_string(line.count);
    }
  }
  return out;
}

}  // namespace wutong::indicator
