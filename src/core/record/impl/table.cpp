#include "core/record/impl/table.hpp"

#include <algorithm>

namespace wutong::record {

Table::Table(const Register& home) {
  for (const Field& field : home.fields) {
    Column column;
    column.type = value_type(field.kind);
    column.scale = field.decimals;
    columns_.push_back(std::move(column));
  }
  histories_.resize(home.fields.size());
  referring_.resize(home.fields.size());
}

Value Table::value_on(size_t field, RecordId record, Date day) const {
  auto found = histories_[field].find(record.value);
  if (found == histories_[field].end()) return columns_[field].value(record.value);
  Value value;
  for (const DatedCell& cell : found->second) {
    if (cell.from > day) break;
    value = cell.value;
  }
  return value;
}

std::vector<DatedCell> Table::history(size_t field, RecordId record) const {
  auto found = histories_[field].find(record.value);
  if (found != histories_[field].end()) return found->second;
  return {{kAlways, columns_[field].value(record.value)}};
}

std::optional<RecordId> Table::find(std::string_view key) const {
  auto found = keys_.find(std::string(key));
  return found == keys_.end() ? std::nullopt : std::optional(found->second);
}

std::span<const RecordId> Table::referring(size_t field, RecordId target) const {
  const auto& lists = referring_[field];
  if (target.value >= lists.size()) return {};
  return lists[target.value];
}

void Table::create(size_t rows, Seq seq) {
  created_.resize(created_.size() + rows, seq);
  changed_.resize(changed_.size() + rows, seq);
  for (Column& column : columns_) column.resize_absent(created_.size());
}

void Table::move_reference(size_t field, RecordId record, const Value& before, const Value& after) {
  auto& lists = referring_[field];
  if (const auto* target = std::get_if<RecordId>(&before)) {
    std::vector<RecordId>& list = lists[target->value];
    list.erase(std::lower_bound(list.begin(), list.end(), record));
  }
  if (const auto* target = std::get_if<RecordId>(&after)) {
    if (target->value >= lists.size()) lists.resize(target->value + 1);
    std::vector<RecordId>& list = lists[target->value];
    list.insert(std::lower_bound(list.begin(), list.end(), record), record);
  }
}

void Table::set(size_t field, RecordId record, const Column& from, size_t row) {
  Column& column = columns_[field];
  if (column.type == ValueType::reference) {
    set_value(field, record, from.value(row));
    return;
  }
  column.present[record.value] = from.present[row];
  if (column.is_text()) {
    column.texts[record.value] = from.texts[row];
  } else {
    column.numbers.set(record.value, from.numbers[row]);
  }
}

void Table::set_value(size_t field, RecordId record, const Value& value) {
  Column& column = columns_[field];
  if (column.type == ValueType::reference) {
    move_reference(field, record, column.value(record.value), value);
  }
  Column one;
  one.type = column.type;
  one.scale = column.scale;
  one.append(value);
  column.present[record.value] = one.present[0];
  if (column.is_text()) {
    column.texts[record.value] = std::move(one.texts[0]);
  } else {
    column.numbers.set(record.value, one.numbers[0]);
  }
}

void Table::set_dated(size_t field, RecordId record, Date day, const Value& value, bool is_fresh) {
  std::vector<DatedCell> cells = history(field, record);
  if (is_fresh) cells = {{kAlways, Value{}}};
  auto at = std::lower_bound(cells.begin(), cells.end(), day,
                             [](const DatedCell& cell, Date d) { return cell.from < d; });
  if (at != cells.end() && at->from == day) {
    at->value = value;
  } else {
    cells.insert(at, {day, value});
  }
  Value latest = cells.back().value;
  if (cells.size() == 1) {
    histories_[field].erase(record.value);
  } else {
    histories_[field][record.value] = std::move(cells);
  }
  set_value(field, record, latest);
}

Table Table::under(const Register& from, const Register& to) const {
  Table next(to);
  next.created_ = created_;
  next.changed_ = changed_;
  next.keys_ = keys_;
  for (size_t i = 0; i < to.fields.size(); ++i) {
    auto old = from.find(to.fields[i].name);
    if (old) {
      next.columns_[i] = columns_[*old];
      next.histories_[i] = histories_[*old];
      next.referring_[i] = referring_[*old];
    } else {
      next.columns_[i].resize_absent(size());
    }
  }
  return next;
}

}  // namespace wutong::record
