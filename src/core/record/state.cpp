#include "core/record/state.hpp"

#include <algorithm>
#include <iterator>

#include "core/record/impl/list_index.hpp"
#include "core/record/impl/table.hpp"

namespace wutong::record {

std::vector<Touched> touched_by(const Schema& schema, std::span<const ledger::Change> changes) {
  std::vector<Touched> out;
  for (const ledger::Change& change : changes) {
    const auto index = schema.index_of(change.register_name);
    if (!index) continue;
    Touched& part = out.emplace_back(Touched{*index, change.creates, change.rows, {}});
    for (const ledger::ChangeColumn& column : change.columns) {
      if (const auto field = schema.registers()[*index].find(column.field)) {
        part.fields.push_back(*field);
      }
    }
    std::sort(part.fields.begin(), part.fields.end());
  }
  return out;
}

struct State::Impl {
  std::shared_ptr<Versions> versions;
  std::shared_ptr<const Schema> schema;
  std::vector<std::unique_ptr<Table>> tables;
  std::unique_ptr<ListIndexes> lists;
  Seq position;

  const char* misfit(const ledger::Change& change, const std::vector<size_t>& sizes) const;
  void apply(const ledger::Change& change, Seq seq);
};

State::State(std::shared_ptr<const Schema> schema, std::shared_ptr<Versions> versions)
    : impl_(std::make_shared<Impl>()) {
  for (const Register& home : schema->registers()) {
    impl_->tables.push_back(std::make_unique<Table>(home, versions));
  }
  impl_->lists = std::make_unique<ListIndexes>(impl_->tables.size());
  impl_->versions = std::move(versions);
  impl_->schema = std::move(schema);
}
State::State(std::shared_ptr<Impl> impl, Version version, Seq position, std::vector<size_t> sizes)
    : impl_(std::move(impl)), version_(version), position_(position), sizes_(std::move(sizes)) {}
State::~State() = default;
State::State(State&&) noexcept = default;
State& State::operator=(State&&) noexcept = default;

State State::published() const {
  std::vector<size_t> sizes;
  sizes.reserve(impl_->tables.size());
  for (const auto& table : impl_->tables) sizes.push_back(table->size());
  return State(impl_, impl_->versions->writing(), impl_->position, std::move(sizes));
}
const std::shared_ptr<Versions>& State::versions() const { return impl_->versions; }

const Schema& State::schema() const { return *impl_->schema; }
std::shared_ptr<const Schema> State::schema_pointer() const { return impl_->schema; }
Seq State::position() const { return version_ == kNewestVersion ? impl_->position : position_; }
size_t State::size(size_t register_index) const {
  return version_ == kNewestVersion ? impl_->tables[register_index]->size()
                                    : sizes_[register_index];
}
Provenance State::provenance(size_t register_index, RecordId record) const {
  return impl_->tables[register_index]->provenance(record, version_);
}
std::optional<RecordId> State::find_raw(size_t register_index, std::span<const int64_t> key) const {
  return impl_->tables[register_index]->find(key, version_);
}
void State::find_rows(size_t register_index, std::span<const int64_t> keys,
                      std::span<std::optional<RecordId>> out) const {
  impl_->tables[register_index]->find_all(keys, version_, out);
}
std::optional<int64_t> State::find_text(size_t register_index, size_t field,
                                        std::string_view text) const {
  return impl_->tables[register_index]->find_text(field, text);
}
const std::string& State::text(size_t register_index, size_t field, int64_t number) const {
  return impl_->tables[register_index]->text(field, number);
}
size_t State::text_count(size_t register_index, size_t field) const {
  return impl_->tables[register_index]->text_count(field);
}
ListIndexes& State::lists() const { return *impl_->lists; }
const void* State::newest_page(size_t register_index, size_t index) const {
  return impl_->tables[register_index]->newest(index);
}

const RowPage* State::page(size_t register_index, size_t index) const {
  return impl_->tables[register_index]->page(index, version_);
}
std::vector<RecordId> State::referring(size_t register_index, size_t field, RecordId target) const {
  return impl_->tables[register_index]->referring(field, target, version_);
}
std::vector<RecordId> State::referring_ever(size_t register_index, size_t field,
                                            RecordId target) const {
  const Table& table = *impl_->tables[register_index];
  const std::vector<RecordId> now = table.referring(field, target, kNewestVersion);
  const std::span<const RecordId> once = table.named_once(field, target);
  if (once.empty()) return now;
  std::vector<RecordId> out;
  std::set_union(now.begin(), now.end(), once.begin(), once.end(), std::back_inserter(out));
  return out;
}

namespace {

tl::unexpected<Error> does_not_load(const std::string& what_zh, const std::string& what_en) {
  return fail(ErrorKind::refused, "record.would_not_load", what_zh, what_en);
}

// Why the values of a field would not load under its new definition, or nothing.
bool fits(const Table& table, size_t index, const Field& from, const Field& to) {
  bool is_same = value_type(from.kind) == value_type(to.kind) && from.decimals == to.decimals &&
                 from.unit == to.unit && from.target == to.target && from.personal == to.personal;
  if (!is_same) return !table.has_values(index);
  if (to.codes.empty()) return true;
  for (uint32_t i = 0; i < table.size(); ++i) {
    const Raw raw = table.raw(index, RecordId{i}, kNewestVersion);
    auto is_it = [&](const Code& code) { return code.value == table.text(index, *raw); };
    if (raw && std::none_of(to.codes.begin(), to.codes.end(), is_it)) return false;
  }
  return true;
}

}  // namespace

Result<void> State::can_adopt(const Schema& next) const {
  for (size_t i = 0; i < impl_->tables.size(); ++i) {
    const Register& from = schema().registers()[i];
    const Table& table = *impl_->tables[i];
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
      bool is_lost = !field && table.has_values(f);
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
  // Readers of what was published keep the old tables.
  auto next = std::make_shared<Impl>();
  next->versions = impl_->versions;
  next->position = impl_->position;
  for (const Register& to : schema->registers()) {
    auto old = impl_->schema->index_of(to.name);
    next->tables.push_back(
        old ? impl_->tables[*old]->under(impl_->schema->registers()[*old], to, next->versions)
            : std::make_unique<Table>(to, next->versions));
  }
  next->lists = std::make_unique<ListIndexes>(next->tables.size());
  next->schema = std::move(schema);
  impl_ = std::move(next);
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

void State::Impl::apply(const ledger::Change& change, Seq seq) {
  size_t index = *schema->index_of(change.register_name);
  std::vector<size_t> fields;
  for (const ledger::ChangeColumn& named : change.columns) {
    fields.push_back(*schema->registers()[index].find(named.field));
  }
  tables[index]->apply(change, fields, seq);
}

Result<void> State::apply(const ledger::Entry& entry) {
  std::vector<size_t> sizes;
  for (const auto& table : impl_->tables) sizes.push_back(table->size());
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
  const Table& table = *impl_->tables[register_index];
  return table.value(field, day ? table.raw_on(field, record, *day, version_)
                                : table.raw(field, record, version_));
}

bool State::Dated::is_since_always() const { return from == kAlways; }

std::vector<State::Dated> State::history(size_t register_index, size_t field,
                                         RecordId record) const {
  const Table& table = *impl_->tables[register_index];
  std::vector<Dated> out;
  for (const DatedRaw& cell : table.history(field, record, version_)) {
    out.push_back({cell.from, table.value(field, cell.raw)});
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

void State::gather_rows(size_t register_index, std::span<const size_t> fields,
                        std::span<const RecordId> rows, std::span<Raws> out) const {
  impl_->tables[register_index]->gather(fields, rows, version_, out);
}

void State::gather_raw(const Path& path, std::span<const RecordId> rows, std::optional<Date> day,
                       Raws& out) const {
  std::vector<RecordId> at;
  size_t register_index = path.home;
  for (size_t s = 0; s < path.steps.size(); ++s) {
    const Table& table = *impl_->tables[register_index];
    const size_t field = path.steps[s];
    const std::span<const RecordId> from = s == 0 ? rows : std::span<const RecordId>(at);
    table.gather({&field, 1}, from, version_, {&out, 1});
    for (size_t i = 0; day && table.has_history(field) && i < from.size(); ++i) {
      if (from[i] == kNoRecord || !table.has_history(field, from[i], version_)) continue;
      const Raw raw = table.raw_on(field, from[i], *day, version_);
      out.present[i] = raw ? 1 : 0;
      out.numbers[i] = raw.value_or(0);
    }
    if (s + 1 == path.steps.size()) break;
    at.resize(rows.size());
    for (size_t i = 0; i < rows.size(); ++i) {
      at[i] = out.present[i] != 0 ? RecordId{static_cast<uint32_t>(out.numbers[i])} : kNoRecord;
    }
    const Field& reference = schema().registers()[register_index].fields[field];
    register_index = *schema().index_of(reference.target);
  }
}

Column State::gather(const Path& path, std::span<const RecordId> rows,
                     std::optional<Date> day) const {
  Raws raws;
  gather_raw(path, rows, day, raws);
  size_t register_index = path.home;
  for (size_t s = 0; s + 1 < path.steps.size(); ++s) {
    const Field& reference = schema().registers()[register_index].fields[path.steps[s]];
    register_index = *schema().index_of(reference.target);
  }
  const Field& field = schema().registers()[register_index].fields[path.steps.back()];
  Column out;
  out.type = value_type(field.kind);
  out.scale = field.decimals;
  if (!out.is_text()) {
    out.numbers.widened() = std::move(raws.numbers);
    out.present = std::move(raws.present);
    return out;
  }
  const Table& table = *impl_->tables[register_index];
  out.texts.resize(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    if (raws.present[i] != 0) out.texts[i] = table.text(path.steps.back(), raws.numbers[i]);
  }
  out.present = std::move(raws.present);
  return out;
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
