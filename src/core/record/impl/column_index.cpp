#include "core/record/impl/column_index.hpp"

#include <algorithm>
#include <numeric>

#include "core/record/row_page.hpp"

namespace wutong::record {

namespace {

constexpr uint32_t kNoGroup = UINT32_MAX;

struct Cells {
  std::vector<uint32_t> rows;  // ascending
  std::vector<int64_t> numbers;
  std::vector<uint8_t> present;
};

Cells cells_of(const State& state, size_t register_index, size_t field, bool is_all,
               std::span<const RecordId> changed) {
  std::vector<RecordId> rows(changed.begin(), changed.end());
  if (is_all) {
    rows.resize(state.size(register_index));
    for (uint32_t r = 0; r < rows.size(); ++r) rows[r] = RecordId{r};
  }
  State::Raws raws;
  Path path{register_index, {field}, false};
  state.gather_raw(path, rows, std::nullopt, raws);
  Cells out{{}, std::move(raws.numbers), std::move(raws.present)};
  for (RecordId row : rows) out.rows.push_back(row.value);
  return out;
}

// Values of old and fresh cells in one order, and where each of both went.
struct Merged {
  std::vector<int64_t> values;
  std::vector<uint32_t> of_old;
  std::vector<std::pair<int64_t, uint32_t>> of_fresh;  // by raw number
};

Merged merge_values(const FieldOrder& order, std::span<const int64_t> old, const Cells& cells) {
  std::vector<int64_t> fresh;
  for (size_t i = 0; i < cells.rows.size(); ++i) {
    if (cells.present[i] != 0) fresh.push_back(cells.numbers[i]);
  }
  std::ranges::sort(fresh);
  fresh.erase(std::unique(fresh.begin(), fresh.end()), fresh.end());
  const auto is_before = [&](int64_t a, int64_t b) { return order.compare(a, b) < 0; };
  if (order.is_text() || order.is_reference()) std::ranges::sort(fresh, is_before);
  Merged out;
  out.of_old.resize(old.size());
  out.values.reserve(old.size() + fresh.size());
  size_t o = 0;
  size_t f = 0;
  while (o < old.size() || f < fresh.size()) {
    const bool takes_old = f == fresh.size() || (o < old.size() && !is_before(fresh[f], old[o]));
    const bool takes_fresh = o == old.size() || (f < fresh.size() && !is_before(old[o], fresh[f]));
    const auto place = static_cast<uint32_t>(out.values.size());
    out.values.push_back(takes_old ? old[o] : fresh[f]);
    if (takes_fresh) out.of_fresh.emplace_back(fresh[f++], place);
    if (takes_old) out.of_old[o++] = place;
  }
  std::ranges::sort(out.of_fresh);
  return out;
}

// Leaves out values that no row has any more, and lays the rows out group by group.
void lay_out(ColumnIndex& column, const std::vector<int64_t>& values) {
  std::vector<uint32_t> counts(values.size() + 1);
  for (uint32_t group : column.group) ++counts[group];
  std::vector<uint32_t> kept(values.size() + 1);
  uint32_t start = 0;
  for (size_t g = 0; g < values.size(); ++g) {
    if (counts[g] == 0) continue;
    kept[g] = static_cast<uint32_t>(column.values.size());
    column.values.push_back(values[g]);
    column.starts.push_back(start);
    start += counts[g];
  }
  kept[values.size()] = column.absent();
  column.starts.push_back(start);
  column.starts.push_back(static_cast<uint32_t>(column.group.size()));
  std::vector<uint32_t> next = column.starts;
  column.rows.resize(column.group.size());
  for (uint32_t r = 0; r < column.group.size(); ++r) {
    column.group[r] = kept[column.group[r]];
    column.rows[next[column.group[r]]++] = r;
  }
}

void index_texts(ColumnIndex& column) {
  const auto highest = std::ranges::max_element(column.values);
  if (highest == column.values.end()) return;
  column.group_of_text.assign(static_cast<size_t>(*highest) + 1, kNoGroup);
  for (uint32_t g = 0; g < column.values.size(); ++g) {
    column.group_of_text[static_cast<size_t>(column.values[g])] = g;
  }
}

}  // namespace

std::shared_ptr<const ColumnIndex> make_column(const State& state, size_t register_index,
                                               size_t field, const ColumnIndex* old,
                                               std::span<const RecordId> changed) {
  const FieldOrder order(state, register_index, field);
  const Cells cells = cells_of(state, register_index, field, old == nullptr, changed);
  const std::span<const int64_t> before =
      old == nullptr ? std::span<const int64_t>() : std::span(old->values);
  const Merged merged = merge_values(order, before, cells);
  auto column = std::make_shared<ColumnIndex>();
  const auto absent = static_cast<uint32_t>(merged.values.size());
  column->group.assign(state.size(register_index), absent);
  for (size_t r = 0; old != nullptr && r < old->group.size(); ++r) {
    if (old->group[r] != old->absent()) column->group[r] = merged.of_old[old->group[r]];
  }
  for (size_t i = 0; i < cells.rows.size(); ++i) {
    uint32_t& group = column->group[cells.rows[i]];
    group = absent;
    if (cells.present[i] == 0) continue;
    group =
        std::ranges::lower_bound(merged.of_fresh, std::pair(cells.numbers[i], uint32_t{0}))->second;
  }
  lay_out(*column, merged.values);
  if (order.is_text()) index_texts(*column);
  return column;
}

void sort_by_group(const ColumnIndex& column, bool is_descending, std::vector<uint32_t>& rows) {
  const uint32_t absent = column.absent();
  std::vector<uint32_t> next(column.starts.begin(), column.starts.end() - 1);
  if (is_descending) {
    const uint32_t present = column.starts[absent];
    for (uint32_t g = 0; g < absent; ++g) next[g] = present - column.starts[g + 1];
  }
  std::vector<uint32_t> sorted(rows.size());
  for (uint32_t row : rows) sorted[next[column.group[row]]++] = row;
  rows = std::move(sorted);
}

namespace {

using Spans = std::vector<std::pair<uint32_t, uint32_t>>;

// The first group whose value is not before the operand, or (is_after) is after it.
uint32_t bound(const FieldOrder& order, const ColumnIndex& column, const Operand& with,
               bool is_after) {
  const auto at =
      std::partition_point(column.values.begin(), column.values.end(), [&](int64_t value) {
        const auto compared =
            order.is_reference() ? order.compare(value, with.number) : order.compare(value, with);
        return is_after ? compared <= 0 : compared < 0;
      });
  return static_cast<uint32_t>(at - column.values.begin());
}

void add_equal(const FieldOrder& order, const ColumnIndex& column, const Operand& with,
               Spans& out) {
  if (with.is_nothing) return;
  out.emplace_back(bound(order, column, with, false), bound(order, column, with, true));
}

// What begins with a text stands together.
void add_beginning(const FieldOrder& order, const ColumnIndex& column, const Operand& with,
                   Spans& out) {
  const uint32_t from = bound(order, column, with, false);
  const auto until =
      std::partition_point(column.values.begin() + from, column.values.end(),
                           [&](int64_t value) { return order.text(value).starts_with(with.text); });
  out.emplace_back(from, static_cast<uint32_t>(until - column.values.begin()));
}

Spans spans_of(const FieldOrder& order, const Condition& condition, const ColumnIndex& column) {
  Spans out;
  const uint32_t end = column.absent();
  switch (condition.op) {
    case Operator::eq:
    case Operator::in:
      for (const Operand& with : condition.operands) add_equal(order, column, with, out);
      break;
    case Operator::ne:
      add_equal(order, column, condition.operands.front(), out);
      if (out.empty()) return {{0, end}};
      return {{0, out.front().first}, {out.front().second, end}};
    case Operator::lt:
      return {{0, bound(order, column, condition.operands.front(), false)}};
    case Operator::le:
      return {{0, bound(order, column, condition.operands.front(), true)}};
    case Operator::gt:
      return {{bound(order, column, condition.operands.front(), true), end}};
    case Operator::ge:
      return {{bound(order, column, condition.operands.front(), false), end}};
    case Operator::is_null:
      if (condition.is_wanted) return {{end, end + 1}};
      return {{0, end}};
    case Operator::starts_with:
      add_beginning(order, column, condition.operands.front(), out);
      break;
    case Operator::contains:
      for (uint32_t g = 0; g < end; ++g) {
        if (passes(order, condition, column.values[g])) out.emplace_back(g, g + 1);
      }
      break;
  }
  return out;
}

// Ascending, without empty ones, each group once.
Spans joined(Spans spans) {
  std::ranges::sort(spans);
  Spans out;
  for (const auto& [from, until] : spans) {
    if (from == until) continue;
    if (!out.empty() && from <= out.back().second) {
      out.back().second = std::max(out.back().second, until);
    } else {
      out.emplace_back(from, until);
    }
  }
  return out;
}

}  // namespace

std::shared_ptr<const Part> make_part(const FieldOrder& order, const Condition& condition,
                                      std::shared_ptr<const ColumnIndex> column) {
  constexpr size_t kSpansMax = 4;
  auto part = std::make_shared<Part>();
  part->groups = joined(spans_of(order, condition, *column));
  for (const auto& [from, until] : part->groups) {
    part->size += column->starts[until] - column->starts[from];
  }
  if (part->groups.size() > kSpansMax) {
    part->is_in.resize(column->values.size() + 1);
    for (const auto& [from, until] : part->groups) {
      std::fill(part->is_in.begin() + from, part->is_in.begin() + until, uint8_t{1});
    }
  }
  part->column = std::move(column);
  return part;
}

}  // namespace wutong::record
