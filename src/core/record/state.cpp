#include "core/record/state.hpp"

#include <algorithm>

#include "core/record/impl/table.hpp"

namespace wutong::record {

struct State::Impl {
  std::shared_ptr<const Schema> schema;
  std::vector<Table> tables;
  Seq position;

  const char* misfit(const ledger::Change& change, const std::vector<size_t>& sizes) const;
  void apply(const ledger::Change& change, Seq seq);
  void index_keys(const Register& home, size_t index, const ledger::Change& change);
  std::string key_text(size_t register_index, RecordId record) const;
};

State::State(std::shared_ptr<const Schema> schema) : impl_(std::make_unique<Impl>()) {
  for (const Register& home : schema->registers()) impl_->tables.emplace_back(home);
  impl_->schema = std::move(schema);
}
State::~State() = default;
State::State(State&&) noexcept = default;
State& State::operator=(State&&) noexcept = default;

const Schema& State::schema() const { return *impl_->schema; }
std::shared_ptr<const Schema> State::schema_pointer() const { return impl_->schema; }
Seq State::position() const { return impl_->position; }
size_t State::size(size_t register_index) const { return impl_->tables[register_index].size(); }
Provenance State::provenance(size_t register_index, RecordId record) const {
  return impl_->tables[register_index].provenance(record);
}
std::optional<RecordId> State::find(size_t register_index, std::string_view key) const {
  return impl_->tables[register_index].find(key);
}
std::span<const RecordId> State::referring(size_t register_index, size_t field,
                                           RecordId target) const {
  return impl_->tables[register_index].referring(field, target);
}

std::string State::Impl::key_text(size_t register_index, RecordId record) const {
  const Register& home = schema->registers()[register_index];
  std::string text;
  for (size_t i = 0; i < home.key.size(); ++i) {
    const Field& field = home.fields[home.key[i]];
    Value value = tables[register_index].column(home.key[i]).value(record.value);
    if (i > 0) text += "/";
    if (const auto* target = std::get_if<RecordId>(&value)) {
      text += key_text(*schema->index_of(field.target), *target);
    } else {
      text += to_string(value);
    }
  }
  return text;
}

std::string State::key_text(size_t register_index, RecordId record) const {
  return impl_->key_text(register_index, record);
}

namespace {

tl::unexpected<Error> does_not_load(const std::string& what_zh, const std::string& what_en) {
  return fail(ErrorKind::refused, "record.would_not_load", what_zh, what_en);
}

bool has_values(const Table& table, size_t field) {
  const auto& present = table.column(field).present;
  return std::find(present.begin(), present.end(), 1) != present.end();
}

// Why the values of a field would not load under its new definition, or nothing.
bool fits(const Table& table, size_t index, const Field& from, const Field& to) {
  bool is_same = value_type(from.kind) == value_type(to.kind) && from.decimals == to.decimals &&
                 from.unit == to.unit && from.target == to.target && from.personal == to.personal;
  if (!is_same) return !has_values(table, index);
  if (to.codes.empty()) return true;
  const Column& column = table.column(index);
  for (size_t i = 0; i < column.size(); ++i) {
    auto is_it = [&](const Code& code) { return code.value == column.texts[i]; };
    if (column.present[i] != 0 && std::none_of(to.codes.begin(), to.codes.end(), is_it)) {
      return false;
    }
  }
  return true;
}

}  // namespace

Result<void> State::can_adopt(const Schema& next) const {
  for (size_t i = 0; i < impl_->tables.size(); ++i) {
    const Register& from = schema().registers()[i];
    const Table& table = impl_->tables[i];
    if (table.size() == 0) continue;
    const Register* to = next.find(from.name);
    if (to == nullptr) {
      return does_not_load("登记簿 " + from.name + " 已有记录，不能去掉",
                           "register " + from.name + " has records and cannot go");
    }
    auto names = [](const Register& r) {
      std::vector<std::string> out;
      for (size_t field : r.key) out.push_back(r.fields[field].name);
      return out;
    };
    if (names(from) != names(*to)) {
      return does_not_load("登记簿 " + from.name + " 已有记录，主键不能改",
                           "register " + from.name + " has records; its key cannot change");
    }
    for (size_t f = 0; f < from.fields.size(); ++f) {
      auto field = to->find(from.fields[f].name);
      bool is_lost = !field && has_values(table, f);
      if (is_lost || (field && !fits(table, f, from.fields[f], to->fields[*field]))) {
        std::string name = from.name + "." + from.fields[f].name;
        return does_not_load(
            "字段 " + name + " 的现有数值在新定义下无法保留",
            "the values of field " + name + " would not load under the new definition");
      }
    }
  }
  return {};
}

Result<void> State::adopt(std::shared_ptr<const Schema> schema) {
  if (auto can = can_adopt(*schema); !can) return can;
  std::vector<Table> tables;
  for (const Register& to : schema->registers()) {
    auto old = impl_->schema->index_of(to.name);
    if (old) {
      tables.push_back(impl_->tables[*old].under(impl_->schema->registers()[*old], to));
    } else {
      tables.emplace_back(to);
    }
  }
  impl_->tables = std::move(tables);
  impl_->schema = std::move(schema);
  return {};
}

// What does not fit, or nullptr. `sizes` are the registers' sizes with the changes before it.
const char* State::Impl::misfit(const ledger::Change& change,
                                const std::vector<size_t>& sizes) const {
  auto index = schema->index_of(change.register_name);
  if (!index) return "unknown register";
  const Register& home = schema->registers()[*index];
  size_t rows = change.rows.size();
  for (size_t i = 0; i < rows; ++i) {
    if (change.creates ? change.rows[i].value != sizes[*index] + i
                       : change.rows[i].value >= sizes[*index]) {
      return "record id";
    }
  }
  bool is_dated = !change.valid_from.empty();
  if (is_dated && change.valid_from.size() != rows) return "valid_from";
  for (const ledger::ChangeColumn& named : change.columns) {
    auto field = home.find(named.field);
    if (!field) return "unknown field";
    const Column& column = named.column;
    const Field& definition = home.fields[*field];
    bool is_typed =
        column.type == value_type(definition.kind) && column.scale == definition.decimals;
    if (!is_typed || column.size() != rows) return "column";
    if (definition.kind != FieldKind::reference) continue;
    size_t targets = sizes[*schema->index_of(definition.target)];
    if (definition.target == change.register_name && change.creates) targets += rows;
    for (size_t i = 0; i < rows; ++i) {
      bool is_out = column.numbers[i] < 0 || static_cast<size_t>(column.numbers[i]) >= targets;
      if (column.present[i] != 0 && is_out) return "reference";
    }
  }
  return nullptr;
}

void State::Impl::index_keys(const Register& home, size_t index, const ledger::Change& change) {
  bool has_key = std::any_of(change.columns.begin(), change.columns.end(), [&](const auto& named) {
    return home.find(named.field) == home.key.front();
  });
  if (!change.creates || !has_key) return;
  for (RecordId record : change.rows) tables[index].index_key(key_text(index, record), record);
}

void State::Impl::apply(const ledger::Change& change, Seq seq) {
  size_t index = *schema->index_of(change.register_name);
  const Register& home = schema->registers()[index];
  Table& table = tables[index];
  if (change.creates) table.create(change.rows.size(), seq);
  bool is_dated = !change.valid_from.empty();
  for (const ledger::ChangeColumn& named : change.columns) {
    size_t field = *home.find(named.field);
    for (size_t i = 0; i < change.rows.size(); ++i) {
      if (is_dated && home.fields[field].effective) {
        table.set_dated(field, change.rows[i], change.valid_from[i], named.column.value(i),
                        change.creates);
      } else {
        table.set(field, change.rows[i], named.column, i);
      }
    }
  }
  for (RecordId record : change.rows) table.touch(record, seq);
  index_keys(home, index, change);
}

Result<void> State::apply(const ledger::Entry& entry) {
  std::vector<size_t> sizes;
  for (const Table& table : impl_->tables) sizes.push_back(table.size());
  for (const ledger::Change& change : entry.changes) {
    if (const char* why = impl_->misfit(change, sizes)) {
      std::string seq = std::to_string(entry.seq.value);
      return fail(Error{ErrorKind::corrupt,
                        "record.entry_misfit",
                        {},
                        "第 " + seq + " 条记录与登记簿的定义不符",
                        "entry " + seq + " does not fit the registers",
                        change.register_name + ": " + why});
    }
    if (change.creates) sizes[*schema().index_of(change.register_name)] += change.rows.size();
  }
  for (const ledger::Change& change : entry.changes) impl_->apply(change, entry.seq);
  impl_->position = entry.seq;
  return {};
}

Value State::value(size_t register_index, size_t field, RecordId record,
                   std::optional<Date> day) const {
  const Table& table = impl_->tables[register_index];
  return day ? table.value_on(field, record, *day) : table.column(field).value(record.value);
}

std::vector<State::Dated> State::history(size_t register_index, size_t field,
                                         RecordId record) const {
  std::vector<Dated> out;
  for (const DatedCell& cell : impl_->tables[register_index].history(field, record)) {
    out.push_back({cell.from, cell.value});
  }
  return out;
}

std::optional<Path> State::resolve(size_t register_index, const expression::Path& path) const {
  Path out;
  out.home = register_index;
  size_t at = register_index;
  for (size_t i = 0; i < path.steps.size(); ++i) {
    const Register& home = schema().registers()[at];
    auto field = home.find(path.steps[i]);
    if (!field) return std::nullopt;
    out.steps.push_back(*field);
    out.is_effective |= home.fields[*field].effective;
    if (i + 1 == path.steps.size()) break;
    auto next = schema().index_of(home.fields[*field].target);
    if (!next) return std::nullopt;
    at = *next;
  }
  return out;
}

namespace {

void append_cell(Column& out, const Column& from, size_t row) {
  if (from.present[row] == 0) {
    out.append_absent();
  } else if (from.is_text()) {
    out.append_text(from.texts[row]);
  } else {
    out.append_number(from.numbers[row]);
  }
}

constexpr RecordId kNoRecord{UINT32_MAX};

}  // namespace

Column State::gather(const Path& path, std::span<const RecordId> rows,
                     std::optional<Date> day) const {
  std::vector<RecordId> at(rows.begin(), rows.end());
  size_t register_index = path.home;
  for (size_t s = 0;; ++s) {
    const Table& table = impl_->tables[register_index];
    const Column& column = table.column(path.steps[s]);
    bool is_dated = day && table.has_history(path.steps[s]);
    Column out;
    out.type = column.type;
    out.scale = column.scale;
    out.reserve(at.size());
    for (RecordId record : at) {
      if (record == kNoRecord) {
        out.append_absent();
      } else if (is_dated) {
        out.append(table.value_on(path.steps[s], record, *day));
      } else {
        append_cell(out, column, record.value);
      }
    }
    if (s + 1 == path.steps.size()) return out;
    for (size_t i = 0; i < at.size(); ++i) {
      at[i] = out.present[i] != 0 ? RecordId{static_cast<uint32_t>(out.numbers[i])} : kNoRecord;
    }
    const Field& field = schema().registers()[register_index].fields[path.steps[s]];
    register_index = *schema().index_of(field.target);
  }
}

namespace {

class GatheredBatch final : public expression::Batch {
 public:
  GatheredBatch(const State& state, const expression::Program& program, size_t register_index,
                std::span<const RecordId> rows, std::optional<Date> day)
      : rows_(rows.size()) {
    for (const expression::Path& path : program.inputs()) {
      columns_.push_back(state.gather(*state.resolve(register_index, path), rows, day));
    }
  }
  size_t rows() const override { return rows_; }
  const Column& input(size_t index) const override { return columns_[index]; }

 private:
  size_t rows_;
  std::vector<Column> columns_;
};

}  // namespace

Column State::evaluate(const expression::Program& program, size_t register_index,
                       std::span<const RecordId> rows, std::optional<Date> day) const {
  return program.evaluate(GatheredBatch(*this, program, register_index, rows, day));
}

}  // namespace wutong::record
