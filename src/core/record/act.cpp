#include "core/record/act.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "base/text.hpp"
#include "core/record/impl/keys.hpp"
#include "core/record/impl/permit.hpp"
#include "core/record/impl/rows.hpp"
#include "core/record/organisation.hpp"

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
    case Act::rename:
      return "organisation.rename";
    case Act::relocate:
      return "organisation.relocate";
    case Act::merge:
      return "organisation.merge";
    case Act::split:
      return "organisation.split";
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
    case RefusalCode::code_exists:
      return "code_exists";
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
  // `taken`: the columns of the request, where they may be taken out of it.
  Decider(const State& state, const Request& request, std::vector<InputColumn>* taken)
      : state_(state), request_(request), taken_(taken), faults_(request) {}

  tl::expected<Decision, Refusal> run() {
    bool is_read = find_register() && read_columns() && identify();
    // With other faults nothing is done anyway; without the right nothing more is told.
    if (is_read && faults_.empty()) is_read = check_permitted(state_, request_, rows_, faults_);

    if (is_read) {
      begin_life();
      if (request_.act != Act::move) drop_unchanged(state_, valid_from(false), rows_);
      if (request_.act == Act::move) apply_move(state_, request_, rows_, faults_);
      check_required(rows_, faults_);
      check_code();
    }
    if (is_read && faults_.empty()) run_checks(state_, request_, rows_, faults_, warnings_);
    if (!faults_.empty()) return tl::unexpected(faults_.take(rows_.count));
    return decision();
  }

 private:
  bool find_register();
  bool read_columns();
  bool read_column(size_t index);
  bool identify();
  void check_key(const Keys& keys, size_t row, std::optional<size_t> first);
  void hide(size_t row);
  void check_code();
  void begin_life();
  bool has_effective() const;
  Date valid_from(bool creates) const;
  ledger::Change change(bool creates, const std::vector<size_t>& rows);
  tl::expected<Decision, Refusal> decision();

  const State& state_;
  const Request& request_;
  std::vector<InputColumn>* taken_;
  Faults faults_;
  Issues warnings_;
  Rows rows_;
};

bool Decider::find_register() {
  auto index = state_.schema().index_of(request_.register_name);
  if (index && may_know(request_, state_.schema().registers()[*index])) {
    rows_.register_index = *index;
    rows_.home = &state_.schema().registers()[*index];
    rows_.given.resize(rows_.home->fields.size());
    return may_try(request_, *rows_.home, faults_);
  }
  std::vector<std::string> names;
  for (const Register& each : state_.schema().registers()) {
    if (may_know(request_, each)) names.push_back(each.name);
  }
  auto near = nearest_name(request_.register_name, names);
  std::string all = join(names, ", ");
  faults_.add(RefusalCode::unknown_register, 0, "register",
              "没有登记簿“" + request_.register_name + "”" +
                  (near ? "，是否指 " + *near + "？" : "，有：" + all),
              "there is no register " + request_.register_name +
                  (near ? "; did you mean " + *near + "?" : "; there are: " + all));
  return false;
}

bool Decider::read_column(size_t index) {
  const InputColumn& input = request_.columns[index];
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
  Column column = taken_ == nullptr ? input.column : std::move((*taken_)[index].column);
  rows_.given[*field] = read_cells(state_, rows_.home->fields[*field], std::move(column), faults_);
  return true;
}

bool Decider::read_columns() {
  rows_.count =
      request_.columns.empty() ? request_.records.size() : request_.columns.front().column.size();
  bool is_read = rows_.count > 0;
  if (!is_read) {
    faults_.add(RefusalCode::nothing_to_do, 0, "", "没有任何行", "there are no rows");
  }
  for (size_t i = 0; i < request_.columns.size(); ++i) {
    CHECK(request_.columns[i].column.size() == rows_.count);
    is_read = read_column(i) && is_read;
  }
  rows_.is_dropped.resize(rows_.count);
  bool has_moves = request_.act != Act::move || rows_.home->state_field.has_value();
  if (!has_moves) {
    faults_.add(RefusalCode::unknown_move, 0, "move", "这个登记簿没有生命周期",
                "this register has no life cycle");
  }
  return is_read && has_moves;
}

// Finds the records that the rows speak of.
bool Decider::identify() {
  rows_.existing.resize(rows_.count);
  if (!request_.records.empty()) {
    for (size_t i = 0; i < rows_.count && i < request_.records.size(); ++i) {
      rows_.existing[i] = request_.records[i];
      const bool is_there = request_.records[i].value < state_.size(rows_.register_index);
      if (is_there && may_read(state_, request_, rows_.register_index, request_.records[i])) {
        continue;
      }
      faults_.add(RefusalCode::row_not_found, i, "", "没有这条记录", "there is no such record");
    }
    return faults_.empty();
  }
  Keys keys(state_, rows_);
  keys.find_all(rows_.existing);
  for (size_t i = 0; i < rows_.count; ++i) {
    if (!keys.is_whole(i)) continue;  // a missing or malformed part is a fault of its own
    if (rows_.existing[i] &&
        !may_read(state_, request_, rows_.register_index, *rows_.existing[i])) {
      hide(i);
    }
    check_key(keys, i, keys.seen_before(i));
  }
  return true;
}

// A row of somebody else: as if it were not there. Its key cannot be used again all the same.
void Decider::hide(size_t row) {
  if (request_.act == Act::amend || request_.act == Act::move) {
    rows_.existing[row].reset();
    return;
  }
  faults_.add(RefusalCode::not_permitted, row, rows_.home->fields[rows_.home->key.front()].name,
              "不能使用这个主键", "this key cannot be used");
}

void Decider::check_key(const Keys& keys, size_t row, std::optional<size_t> first) {
  const bool creates = request_.act == Act::create;
  const bool amends = request_.act == Act::amend || request_.act == Act::move;
  const auto field = [&] { return rows_.home->fields[rows_.home->key.front()].name; };
  if (first) {
    const std::string line = std::to_string(line_of(request_, *first));
    const std::string key = keys.text(row);
    faults_.add(RefusalCode::key_twice_in_input, row, field(),
                "主键“" + key + "”与第 " + line + " 行重复",
                "the key \"" + key + "\" stands already at line " + line);
  } else if (creates && rows_.existing[row]) {
    const std::string key = keys.text(row);
    faults_.add(RefusalCode::key_exists, row, field(),
                "主键“" + key + "”的记录已存在；要修改请用 record.amend",
                "a record with key \"" + key + "\" exists; change it with record.amend");
  } else if (amends && !rows_.existing[row]) {
    const std::string key = keys.text(row);
    faults_.add(RefusalCode::row_not_found, row, field(), "没有主键为“" + key + "”的记录",
                "there is no record with key \"" + key + "\"");
  }
}

// One record a code, whether or not the code is the key.
void Decider::check_code() {
  const auto& organisation = rows_.home->organisation;
  if (!organisation || !organisation->code || !rows_.given[*organisation->code]) return;
  const size_t field = *organisation->code;
  const Column& codes = *rows_.given[field];
  std::map<std::string_view, size_t> first;
  for (size_t i = 0; i < rows_.count; ++i) {
    if (codes.present[i] == 0) continue;
    const auto [at, is_new] = first.emplace(codes.texts[i], i);
    auto holder = record_with_code(state_, rows_.register_index, field, codes.texts[i]);
    if (holder && rows_.existing[i] && *holder == *rows_.existing[i]) holder.reset();
    if (is_new && !holder) continue;
    if (faults_.has(i, rows_.home->fields[field].name)) continue;  // the key says so already
    const std::string whose = holder ? state_.key_text(rows_.register_index, *holder)
                                     : std::to_string(line_of(request_, at->second));
    faults_.add(RefusalCode::code_exists, i, rows_.home->fields[field].name,
                codes.texts[i] + (holder ? " 已登记为“" + whose + "”，一个单位只有一条记录"
                                         : " 与第 " + whose + " 行重复，一个单位只有一条记录"),
                codes.texts[i] +
                    (holder ? " is recorded already as \"" + whose + "\""
                            : " stands already at line " + whose) +
                    "; an organisation has one record");
  }
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

bool Decider::has_effective() const {
  for (size_t f = 0; f < rows_.given.size(); ++f) {
    if (rows_.given[f] && rows_.home->fields[f].effective) return true;
  }
  return false;
}

ledger::Change Decider::change(bool creates, const std::vector<size_t>& rows) {
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
    const bool is_all = rows.size() == rows_.count;
    Column column = is_all ? std::move(*rows_.given[f]) : rows_.given[f]->take(rows);
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
  std::vector<ledger::Change> more = changes_that_follow(state_, *rows_.home, out.changes);
  std::move(more.begin(), more.end(), std::back_inserter(out.changes));
  return out;
}

tl::expected<Decision, Refusal> decide_any(const State& state, const Request& request,
                                           std::vector<InputColumn>* taken) {
  switch (request.act) {
    case Act::rename:
    case Act::relocate:
    case Act::merge:
    case Act::split:
      return decide_organisation(state, request);
    case Act::create:
    case Act::amend:
    case Act::move:
    case Act::import:
      break;
  }
  return Decider(state, request, taken).run();
}

}  // namespace

tl::expected<Decision, Refusal> decide(const State& state, const Request& request) {
  return decide_any(state, request, nullptr);
}

tl::expected<Decision, Refusal> decide_taking(const State& state, Request& request) {
  return decide_any(state, request, &request.columns);
}

}  // namespace wutong::record
