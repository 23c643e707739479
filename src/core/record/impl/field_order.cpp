#include "core/record/impl/field_order.hpp"

#include <algorithm>

#include "core/record/row_page.hpp"

namespace wutong::record {

std::optional<int64_t> cell_of(const State& state, size_t register_index, size_t field,
                               RecordId record) {
  const RowPage* page = state.page(register_index, record.value / RowPage::kRows);
  const size_t row = record.value % RowPage::kRows;
  if (page == nullptr || !page->is_present(field, row)) return std::nullopt;
  return page->number(field, row);
}

namespace {

std::strong_ordering compare_periods(const std::string& a, const std::string& b) {
  const auto first = Period::parse(a);
  const auto second = Period::parse(b);
  if (!first || !second) return a <=> b;
  if (auto order = first->first_day() <=> second->first_day(); order != 0) return order;
  if (auto order = first->last_day() <=> second->last_day(); order != 0) return order;
  return a <=> b;
}

std::strong_ordering reversed(std::strong_ordering order) { return 0 <=> order; }

}  // namespace

FieldOrder::FieldOrder(const State& state, size_t register_index, size_t field)
    : state_(&state), register_(register_index), field_(field) {
  const Field& definition = state.schema().registers()[register_index].fields[field];
  switch (value_type(definition.kind)) {
    case ValueType::text:
    case ValueType::text_list:
      kind_ = Kind::text;
      is_list_ = definition.kind == FieldKind::text_list;
      break;
    case ValueType::period:
      kind_ = Kind::period;
      break;
    case ValueType::reference:
      kind_ = Kind::reference;
      target_ = *state.schema().index_of(definition.target);
      for (size_t part : state.schema().registers()[target_].key) {
        key_.emplace_back(state, target_, part);
      }
      break;
    case ValueType::boolean:
    case ValueType::integer:
    case ValueType::decimal:
    case ValueType::date:
    case ValueType::partial_date:
    case ValueType::month:
      break;
  }
}

std::strong_ordering FieldOrder::compare(int64_t a, int64_t b) const {
  if (a == b || kind_ == Kind::number) return a <=> b;
  if (kind_ == Kind::text) return text(a) <=> text(b);
  if (kind_ == Kind::period) return compare_periods(text(a), text(b));
  for (const FieldOrder& part : key_) {
    const auto first = cell_of(*state_, target_, part.field_, RecordId{static_cast<uint32_t>(a)});
    const auto second = cell_of(*state_, target_, part.field_, RecordId{static_cast<uint32_t>(b)});
    if (!first || !second) continue;  // keys are whole
    if (auto order = part.compare(*first, *second); order != 0) return order;
  }
  return a <=> b;
}

std::strong_ordering FieldOrder::compare(int64_t a, const Operand& b) const {
  if (kind_ == Kind::number) return a <=> b.number;
  return kind_ == Kind::text ? text(a) <=> b.text : compare_periods(text(a), b.text);
}

size_t FieldOrder::parts() const {
  size_t count = kind_ == Kind::reference ? 0 : 1;
  for (const FieldOrder& part : key_) count += part.parts();
  return count;
}

std::strong_ordering FieldOrder::compare(int64_t a, std::span<const Operand> parts) const {
  if (kind_ != Kind::reference) return compare(a, parts.front());
  for (const FieldOrder& part : key_) {
    const auto cell = cell_of(*state_, target_, part.field_, RecordId{static_cast<uint32_t>(a)});
    const auto order = part.compare(cell.value_or(0), parts.first(part.parts()));
    if (order != 0) return order;
    parts = parts.subspan(part.parts());
  }
  return std::strong_ordering::equal;
}

void FieldOrder::parts_of(int64_t cell, std::vector<Operand>& out) const {
  if (kind_ == Kind::number) out.push_back({false, cell, {}});
  if (is_text()) out.push_back({false, 0, text(cell)});
  for (const FieldOrder& part : key_) {
    const RecordId record{static_cast<uint32_t>(cell)};
    part.parts_of(cell_of(*state_, target_, part.field_, record).value_or(0), out);
  }
}

void FieldOrder::write(const FieldOrder& order, std::span<const Operand> parts, Writer& out) {
  if (order.kind_ == Kind::number) out.zigzag(parts.front().number);
  if (order.is_text()) out.text(parts.front().text);
  for (const FieldOrder& part : order.key_) {
    write(part, parts.first(part.parts()), out);
    parts = parts.subspan(part.parts());
  }
}

bool FieldOrder::read(Reader& in, std::vector<Operand>& out) const {
  if (kind_ == Kind::number) out.push_back({false, in.zigzag(), {}});
  if (is_text()) out.push_back({false, 0, std::string(in.text())});
  if (kind_ == Kind::period && !Period::parse(out.back().text)) in.fail();
  return in.ok() && std::ranges::all_of(key_, [&](const auto& part) { return part.read(in, out); });
}

RowOrder::RowOrder(const State& state, size_t register_index, std::span<const SortField> sort)
    : state_(&state), register_(register_index) {
  for (const SortField& by : sort) {
    steps_.push_back({by.field, by.is_descending, {state, register_index, by.field}});
  }
  for (size_t field : state.schema().registers()[register_index].key) {
    steps_.push_back({field, false, {state, register_index, field}});
  }
}

std::strong_ordering RowOrder::compare(RecordId a, RecordId b) const {
  for (const Step& step : steps_) {
    const auto first = cell(step, a);
    const auto second = cell(step, b);
    if (!first || !second) {
      if (auto order = second.has_value() <=> first.has_value(); order != 0) return order;
      continue;
    }
    const auto order = step.order.compare(*first, *second);
    if (order != 0) return step.is_descending ? reversed(order) : order;
  }
  return a <=> b;
}

std::strong_ordering RowOrder::compare(RecordId a,
                                       const std::vector<std::vector<Operand>>& mark) const {
  for (size_t s = 0; s < steps_.size(); ++s) {
    const auto first = cell(steps_[s], a);
    if (!first || mark[s].empty()) {
      if (auto order = !mark[s].empty() <=> first.has_value(); order != 0) return order;
      continue;
    }
    const auto order = steps_[s].order.compare(*first, std::span<const Operand>(mark[s]));
    if (order != 0) return steps_[s].is_descending ? reversed(order) : order;
  }
  return std::strong_ordering::equal;
}

std::vector<std::vector<Operand>> RowOrder::mark_of(RecordId record) const {
  std::vector<std::vector<Operand>> mark;
  for (const Step& step : steps_) {
    mark.emplace_back();
    if (const auto value = cell(step, record)) step.order.parts_of(*value, mark.back());
  }
  return mark;
}

namespace {

bool holds(const FieldOrder& order, const Condition& condition, int64_t cell, const Operand& with) {
  if (condition.op == Operator::contains && order.is_list()) {
    const std::vector<std::string> elements = split_list(order.text(cell));
    return std::ranges::find(elements, with.text) != elements.end();
  }
  if (condition.op == Operator::contains || condition.op == Operator::starts_with) {
    const std::string& text = order.text(cell);
    const size_t at = text.find(with.text);
    return condition.op == Operator::contains ? at != std::string::npos : at == 0;
  }
  if (order.is_reference()) {
    const bool is_it = !with.is_nothing && cell == with.number;
    return condition.op == Operator::ne ? !is_it : is_it;
  }
  const auto compared = order.compare(cell, with);
  switch (condition.op) {
    case Operator::ne:
      return compared != 0;
    case Operator::lt:
      return compared < 0;
    case Operator::le:
      return compared <= 0;
    case Operator::gt:
      return compared > 0;
    case Operator::ge:
      return compared >= 0;
    case Operator::eq:
    case Operator::in:
    case Operator::contains:
    case Operator::starts_with:
    case Operator::is_null:
      break;
  }
  return compared == 0;
}

}  // namespace

bool passes(const FieldOrder& order, const Condition& condition, std::optional<int64_t> cell) {
  if (condition.op == Operator::is_null) return condition.is_wanted != cell.has_value();
  if (!cell) return false;
  return std::ranges::any_of(condition.operands, [&](const Operand& with) {
    return holds(order, condition, *cell, with);
  });
}

}  // namespace wutong::record
