#include "core/indicator/side.hpp"

#include <algorithm>
#include <set>

#include "core/indicator/plan.hpp"

namespace wutong::indicator {

namespace {

std::vector<RecordId> records_of(const Counted& rows, std::span<const size_t> indices) {
  std::vector<RecordId> out;
  out.reserve(indices.size());
  for (size_t i : indices) out.push_back(rows.rows[i]);
  return out;
}

// Does a condition read anything that holds from a day on? Then it is about the roster.
bool is_of_roster(const record::State& state, size_t home, const expression::Program& condition) {
  const auto inputs = condition.paths();
  return std::any_of(inputs.begin(), inputs.end(), [&](const expression::Path& names) {
    const auto path = resolve_path(state.schema(), home, names.steps);
    return path && path->is_effective;
  });
}

void leave(LeftOut& reason, std::optional<int128> amount, int scale) {
  ++reason.records;
  const auto sum = add(reason.amount, Decimal::from_parts(amount.value_or(0), scale));
  if (sum) reason.amount = *sum;
}

}  // namespace

Side::Side(const Levels& levels, const Definition& definition, const Fixed& fixed, Period period,
           Date attributes)
    : levels_(levels), definition_(definition), period_(period), attributes_(attributes) {
  const Definitions& all = *levels.cells().definitions;
  const auto use = *all.plans().uses[*all.index_of(definition.name)];
  cells_ = &levels.cells().plans[use.plan];
  measure_ = use.measure;
  fixed_ = plan_values(definition, fixed, levels.cells().area);
}

std::vector<Weighed> Side::weigh(bool is_base) const {
  std::vector<Weighed> out;
  const Counted rows = counted_rows(*cells_, levels_.state(), fixed_, period_, attributes_);
  const auto amounts = measure(rows);
  for (size_t i = 0; i < rows.rows.size(); ++i) {
    out.push_back({rows.rows[i], rows.times[i], is_base, amounts[i]});
  }
  return out;
}

std::map<Date, Side::Batch> Side::by_day(const Counted& rows) const {
  std::map<Date, Batch> out;
  for (size_t i = 0; i < rows.rows.size(); ++i) out[day_for(rows.times[i])].push_back(i);
  return out;
}

Counted Side::in_period() const { return rows_in_period(*cells_, levels_.state(), period_); }

std::vector<uint8_t> Side::accepted(const Counted& rows) const {
  std::vector<uint8_t> out(rows.rows.size(), 0);
  for (const auto& [day, batch] : by_day(rows)) {
    const auto part = cells_->reading().accepted(levels_.state(), records_of(rows, batch), day);
    for (size_t i = 0; i < batch.size(); ++i) out[batch[i]] = part[i];
  }
  return out;
}

std::vector<std::string> Side::texts(size_t dimension, const Counted& rows) const {
  std::vector<std::string> out(rows.rows.size());
  for (const auto& [day, batch] : by_day(rows)) {
    auto part =
        cells_->reading().dimension(levels_.state(), dimension, records_of(rows, batch), day);
    for (size_t i = 0; i < batch.size(); ++i) out[batch[i]] = std::move(part[i]);
  }
  return out;
}

std::vector<uint8_t> Side::matching(const Counted& rows) const {
  std::vector<uint8_t> out(rows.rows.size(), 1);
  for (const auto& [name, value] : fixed_) {
    const auto d = cells_->reading().plan().find_dimension(name);
    if (!d) continue;
    const auto found = texts(*d, rows);
    for (size_t i = 0; i < found.size(); ++i) {
      if (found[i] != value) out[i] = 0;
    }
  }
  return out;
}

std::vector<std::optional<int128>> Side::measure(const Counted& rows) const {
  std::vector<std::optional<int128>> out(rows.rows.size());
  const Reading& reading = cells_->reading();
  if (definition_.aggregate == Aggregate::count) {
    out.assign(rows.rows.size(), int128{1});
    return out;
  }
  std::set<std::string> seen;
  for (const auto& [day, indices] : by_day(rows)) {
    const auto batch = records_of(rows, indices);
    const Column column = reading.measure(levels_.state(), measure_, batch, day);
    for (size_t i = 0; i < batch.size(); ++i) {
      if (definition_.aggregate != Aggregate::count_distinct) {
        out[indices[i]] = reading.number(measure_, column, i);
      } else if (column.present[i] != 0) {
        out[indices[i]] = seen.insert(to_string(column.value(i))).second ? 1 : 0;
      }
    }
  }
  return out;
}

int128 Side::total(const std::vector<Weighed>& counted) const {
  int128 sum = 0;
  const Weighed* winner = nullptr;
  for (const Weighed& row : counted) {
    if (!row.amount) continue;
    sum += *row.amount;
    bool wins = winner == nullptr;
    if (!wins && definition_.aggregate == Aggregate::min) wins = *row.amount < *winner->amount;
    if (!wins && definition_.aggregate == Aggregate::max) wins = *row.amount > *winner->amount;
    if (!wins && definition_.aggregate == Aggregate::last) {
      wins = std::pair(row.time.day, row.record) > std::pair(winner->time.day, winner->record);
    }
    if (wins) winner = &row;
  }
  const bool picks =
      is_bag(definition_.aggregate) && definition_.aggregate != Aggregate::count_distinct;
  if (!picks) return sum;
  return winner == nullptr ? 0 : *winner->amount;
}

std::vector<LeftOut> Side::left_out(const std::vector<Weighed>& counted) const {
  const record::State& state = levels_.state();
  const size_t home = definition_.register_index;
  const int scale = definition_.measure_scale;
  const Counted all = in_period();
  // Dates do not add up.
  const auto amounts =
      definition_.is_date() ? std::vector<std::optional<int128>>(all.rows.size()) : measure(all);
  std::set<RecordId> in;
  LeftOut no_amount{{"没有填报数额", "no amount is recorded"}, 0, Decimal()};
  for (const Weighed& row : counted) {
    in.insert(row.record);
    if (!row.amount) leave(no_amount, std::nullopt, scale);
  }
  std::vector<LeftOut> out;
  for (const expression::Program& condition : definition_.conditions) {
    const bool is_roster = is_of_roster(state, home, condition);
    out.push_back({{(is_roster ? "不在库：" : "不符合条件：") + condition.text(),
                    (is_roster ? "not on the roster: " : "not accepted: ") + condition.text()},
                   0,
                   Decimal()});
  }
  const std::string span = definition_.window ? definition_.window->text : "";
  LeftOut outside{
      {"不在窗口内：" + span + " 个月", "outside the window: " + span + " months"}, 0, {}};
  LeftOut unopened{
      {"没有窗口的起点：" + span + " 个月", "no milestone for the window: " + span + " months"},
      0,
      {}};
  LeftOut other_group{
      {"不属于所问的维度取值或地区", "other values of the dimensions asked for"}, 0, Decimal()};
  Counted rest;
  std::vector<size_t> origin;
  for (size_t i = 0; i < all.rows.size(); ++i) {
    if (in.contains(all.rows[i])) continue;
    rest.rows.push_back(all.rows[i]);
    rest.times.push_back(all.times[i]);
    origin.push_back(i);
  }
  for (auto& [day, batch] : by_day(rest)) {
    for (size_t c = 0; c < definition_.conditions.size() && !batch.empty(); ++c) {
      const Column column =
          state.evaluate(definition_.conditions[c], home, records_of(rest, batch), day);
      Batch passed;
      for (size_t k = 0; k < batch.size(); ++k) {
        const bool holds = column.present[k] != 0 && column.numbers[k] != 0;
        if (holds) passed.push_back(batch[k]);
        if (!holds) leave(out[c], amounts[origin[batch[k]]], scale);
      }
      batch = std::move(passed);
    }
    std::vector<InWindow> inside(batch.size(), InWindow::yes);
    if (definition_.window) inside = in_window(definition_, state, records_of(rest, batch), day);
    for (size_t k = 0; k < batch.size(); ++k) {
      LeftOut& reason = inside[k] == InWindow::yes  ? other_group
                        : inside[k] == InWindow::no ? outside
                                                    : unopened;
      leave(reason, amounts[origin[batch[k]]], scale);
    }
  }
  LeftOut elsewhere{
      {"属于其他时期", "of other periods"}, state.size(home) - all.rows.size(), Decimal()};
  for (LeftOut* reason : {&outside, &unopened, &other_group, &no_amount, &elsewhere}) {
    out.push_back(std::move(*reason));
  }
  std::erase_if(out, [](const LeftOut& reason) { return reason.records == 0; });
  return out;
}

}  // namespace wutong::indicator
