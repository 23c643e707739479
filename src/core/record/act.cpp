#include "core/record/act.hpp"

#include <algorithm>
#include <unordered_map>

#include "base/text.hpp"
#include "core/record/impl/rows.hpp"

namespace wutong::record {

std::string_view to_string(Act act) {
  switch (act) {
    case Act::create:
      return "record.create";
    case Act::amend:
      return "record.amend";
    case Act::move:
      return "record.move";
    case Act::import:
      return "record.import";
  }
  return "";
}

std::string_view to_string(RefusalCode code) {
  switch (code) {
    case RefusalCode::unknown_register:
      return "unknown_register";
    case RefusalCode::unknown_field:
      return "unknown_field";
    case RefusalCode::unknown_move:
      return "unknown_move";
    case RefusalCode::not_permitted:
      return "not_permitted";
    case RefusalCode::row_not_found:
      return "row_not_found";
    case RefusalCode::key_exists:
      return "key_exists";
    case RefusalCode::key_twice_in_input:
      return "key_twice_in_input";
    case RefusalCode::value_malformed:
      return "value_malformed";
    case RefusalCode::required_missing:
      return "required_missing";
    case RefusalCode::reference_not_found:
      return "reference_not_found";
    case RefusalCode::wrong_state:
      return "wrong_state";
    case RefusalCode::move_condition:
      return "move_condition";
    case RefusalCode::check_hard:
      return "check_hard";
    case RefusalCode::check_soft_without_note:
      return "check_soft_without_note";
    case RefusalCode::nothing_to_do:
      return "nothing_to_do";
  }
  return "";
}

int line_of(const Request& request, size_t row) {
  return row < request.lines.size() ? request.lines[row]
                                    : request.first_line + static_cast<int>(row);
}

namespace {

class Decider {
 public:
  Decider(const State& state, const Request& request)
      : state_(state), request_(request), faults_(request) {}

  tl::expected<Decision, Refusal> run() {
    bool is_read = find_register() && read_columns() && identify();
    if (is_read) {
      begin_life();
      drop_unchanged();
      if (request_.act == Act::move) apply_move(state_, request_, rows_, faults_);
      check_required(rows_, faults_);
    }
    if (is_read && faults_.empty()) run_checks(state_, request_, rows_, faults_, warnings_);
    if (!faults_.empty()) return tl::unexpected(faults_.take(rows_.count));
    return decision();
  }

 private:
  bool find_register();
  bool read_columns();
  bool read_column(const InputColumn& input);
  bool identify();
  std::vector<std::string> key_texts();
  void begin_life();
  void drop_unchanged();
  bool is_unchanged(size_t row) const;
  bool has_effective() const;
  Date valid_from(bool creates) const;
  ledger::Change change(bool creates, const std::vector<size_t>& rows) const;
  tl::expected<Decision, Refusal> decision();

  const State& state_;
  const Request& request_;
  Faults faults_;
  Issues warnings_;
  Rows rows_;
};

bool Decider::find_register() {
  auto index = state_.schema().index_of(request_.register_name);
  if (index) {
    rows_.register_index = *index;
    rows_.home = &state_.schema().registers()[*index];
    rows_.given.resize(rows_.home->fields.size());
    return true;
  }
  std::vector<std::string> names = state_.schema().names();
  auto near = nearest_name(request_.register_name, names);
  std::string all = join(names, ", ");
  faults_.add(RefusalCode::unknown_register, 0, "register",
              "没有登记簿“" + request_.register_name + "”" +
                  (near ? "，是否指 " + *near + "？" : "，有：" + all),
              "there is no register " + request_.register_name +
                  (near ? "; did you mean " + *near + "?" : "; there are: " + all));
  return false;
}

bool Decider::read_column(const InputColumn& input) {
  auto field = rows_.home->find(input.field);
  if (field == rows_.home->state_field && field) {
    faults_.add(RefusalCode::unknown_field, 0, input.field, "状态不能直接填写，由办理事项改变",
                "the state is not given; a move changes it");
    return false;
  }
  if (!field) {
    std::vector<std::string> known;
    for (const Field& each : rows_.home->fields) known.push_back(each.name);
    auto near = nearest_name(input.field, known);
    std::string all = join(known, ", ");
    faults_.add(
        RefusalCode::unknown_field, 0, input.field,
        "没有字段“" + input.field + "”" + (near ? "，是否指 " + *near + "？" : "，有：" + all),
        "there is no field " + input.field +
            (near ? "; did you mean " + *near + "?" : "; there are: " + all));
    return false;
  }
  rows_.given[*field] = read_cells(state_, rows_.home->fields[*field], input.column, faults_);
  return true;
}

bool Decider::read_columns() {
  rows_.count =
      request_.columns.empty() ? request_.records.size() : request_.columns.front().column.size();
  bool is_read = rows_.count > 0;
  if (!is_read) {
    faults_.add(RefusalCode::nothing_to_do, 0, "", "没有任何行", "there are no rows");
  }
  for (const InputColumn& input : request_.columns) {
    CHECK(input.column.size() == rows_.count);
    is_read = read_column(input) && is_read;
  }
  rows_.is_dropped.resize(rows_.count);
  bool has_moves = request_.act != Act::move || rows_.home->state_field.has_value();
  if (!has_moves) {
    faults_.add(RefusalCode::unknown_move, 0, "move", "这个登记簿没有生命周期",
                "this register has no life cycle");
  }
  return is_read && has_moves;
}

// The key of each row as text, references as the key of their target; "" where a part is missing.
std::vector<std::string> Decider::key_texts() {
  std::vector<std::string> keys(rows_.count);
  for (size_t k = 0; k < rows_.home->key.size(); ++k) {
    size_t f = rows_.home->key[k];
    const Field& field = rows_.home->fields[f];
    for (size_t i = 0; i < rows_.count; ++i) {
      bool has_part = rows_.given[f] && rows_.given[f]->present[i] != 0;
      if (!has_part || (k > 0 && keys[i].empty())) {
        keys[i].clear();
        continue;
      }
      Value value = rows_.given[f]->value(i);
      const auto* target = std::get_if<RecordId>(&value);
      std::string part = target == nullptr
                             ? to_string(value)
                             : state_.key_text(*state_.schema().index_of(field.target), *target);
      keys[i] += (k > 0 ? "/" : "") + part;
    }
  }
  return keys;
}

// Finds the records that the rows speak of.
bool Decider::identify() {
  rows_.existing.resize(rows_.count);
  if (!request_.records.empty()) {
    for (size_t i = 0; i < rows_.count && i < request_.records.size(); ++i) {
      rows_.existing[i] = request_.records[i];
      if (request_.records[i].value < state_.size(rows_.register_index)) continue;
      faults_.add(RefusalCode::row_not_found, i, "", "没有这条记录", "there is no such record");
    }
    return faults_.empty();
  }
  std::vector<std::string> keys = key_texts();
  std::unordered_map<std::string, size_t> seen;
  bool creates = request_.act == Act::create;
  bool amends = request_.act == Act::amend || request_.act == Act::move;
  std::string field = rows_.home->fields[rows_.home->key.front()].name;
  for (size_t i = 0; i < rows_.count; ++i) {
    if (keys[i].empty()) continue;  // a missing or malformed part is a fault of its own
    rows_.existing[i] = state_.find(rows_.register_index, keys[i]);
    auto [first, is_first] = seen.emplace(keys[i], i);
    if (!is_first) {
      std::string line = std::to_string(line_of(request_, first->second));
      faults_.add(RefusalCode::key_twice_in_input, i, field,
                  "主键“" + keys[i] + "”与第 " + line + " 行重复",
                  "the key \"" + keys[i] + "\" stands already at line " + line);
    } else if (creates && rows_.existing[i]) {
      faults_.add(RefusalCode::key_exists, i, field,
                  "主键“" + keys[i] + "”的记录已存在；要修改请用 record.amend",
                  "a record with key \"" + keys[i] + "\" exists; change it with record.amend");
    } else if (amends && !rows_.existing[i]) {
      faults_.add(RefusalCode::row_not_found, i, field, "没有主键为“" + keys[i] + "”的记录",
                  "there is no record with key \"" + keys[i] + "\"");
    }
  }
  return true;
}

// New records begin in the first state.
void Decider::begin_life() {
  if (!rows_.home->state_field) return;
  bool has_new = std::any_of(rows_.existing.begin(), rows_.existing.end(),
                             [](const auto& record) { return !record.has_value(); });
  if (!has_new || request_.act == Act::move) return;
  Column states = rows_.merged_column(state_, *rows_.home->state_field, request_.at.day());
  for (size_t i = 0; i < rows_.count; ++i) {
    if (!rows_.is_new(i)) continue;
    states.texts[i] = rows_.home->states.front().value;
    states.present[i] = 1;
  }
  rows_.given[*rows_.home->state_field] = std::move(states);
}

Date Decider::valid_from(bool creates) const {
  if (request_.valid_from) return *request_.valid_from;
  return creates ? Date::from_days(0) : request_.at.day();
}

bool Decider::is_unchanged(size_t row) const {
  for (size_t f = 0; f < rows_.given.size(); ++f) {
    if (!rows_.given[f]) continue;
    std::optional<Date> day;
    if (rows_.home->fields[f].effective) day = valid_from(false);
    Value now = state_.value(rows_.register_index, f, *rows_.existing[row], day);
    if (to_string(now) != to_string(rows_.given[f]->value(row))) return false;
    if (is_absent(now) != (rows_.given[f]->present[row] == 0)) return false;
  }
  return true;
}

void Decider::drop_unchanged() {
  if (request_.act == Act::move) return;
  for (size_t i = 0; i < rows_.count; ++i) {
    bool is_known =
        rows_.existing[i] && rows_.existing[i]->value < state_.size(rows_.register_index);
    if (is_known && is_unchanged(i)) rows_.is_dropped[i] = 1;
  }
}

bool Decider::has_effective() const {
  for (size_t f = 0; f < rows_.given.size(); ++f) {
    if (rows_.given[f] && rows_.home->fields[f].effective) return true;
  }
  return false;
}

ledger::Change Decider::change(bool creates, const std::vector<size_t>& rows) const {
  ledger::Change out;
  out.register_name = rows_.home->name;
  out.creates = creates;
  uint32_t next = state_.next_record(rows_.register_index).value;
  for (size_t row : rows) out.rows.push_back(creates ? RecordId{next++} : *rows_.existing[row]);
  bool is_dated = has_effective() && (!creates || request_.valid_from.has_value());
  if (is_dated) out.valid_from.assign(rows.size(), valid_from(creates));
  bool has_notes = std::any_of(request_.notes.begin(), request_.notes.end(),
                               [](const std::string& note) { return !note.empty(); });
  for (size_t row : rows) {
    if (has_notes) out.notes.push_back(row < request_.notes.size() ? request_.notes[row] : "");
  }
  for (size_t f = 0; f < rows_.given.size(); ++f) {
    bool is_key =
        std::find(rows_.home->key.begin(), rows_.home->key.end(), f) != rows_.home->key.end();
    if (!rows_.given[f] || (is_key && !creates)) continue;
    Column column;
    column.type = rows_.given[f]->type;
    column.scale = rows_.given[f]->scale;
    column.reserve(rows.size());
    for (size_t row : rows) column.append(rows_.given[f]->value(row));
    out.columns.push_back(
        {rows_.home->fields[f].name, rows_.home->fields[f].personal, std::move(column)});
  }
  return out;
}

tl::expected<Decision, Refusal> Decider::decision() {
  std::vector<size_t> created, changed;
  for (size_t i = 0; i < rows_.count; ++i) {
    if (rows_.is_new(i)) {
      created.push_back(i);
    } else if (rows_.is_dropped[i] == 0) {
      changed.push_back(i);
    }
  }
  if (created.empty() && changed.empty()) {
    faults_.add(RefusalCode::nothing_to_do, 0, "", "与现有记录相同，没有要改的",
                "the records are so already; nothing to change");
    return tl::unexpected(faults_.take(rows_.count));
  }
  Decision out;
  out.warnings = std::move(warnings_);
  out.rows_created = created.size();
  out.rows_changed = changed.size();
  if (!created.empty()) out.changes.push_back(change(true, created));
  if (!changed.empty()) out.changes.push_back(change(false, changed));
  return out;
}

}  // namespace

tl::expected<Decision, Refusal> decide(const State& state, const Request& request) {
  return Decider(state, request).run();
}

}  // namespace wutong::record
