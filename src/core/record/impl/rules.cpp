// The rules of a pack on rows: required fields, moves of the life cycle, hard and soft checks.
#include <algorithm>

#include "base/text.hpp"
#include "core/record/impl/rows.hpp"

namespace wutong::record {

Value Rows::merged(const State& state, size_t field, size_t row, Date day) const {
  if (given[field]) return given[field]->value(row);
  if (is_new(row)) return {};
  return state.value(register_index, field, *existing[row], day);
}

Column Rows::merged_column(const State& state, size_t field, Date day) const {
  if (given[field]) return *given[field];
  std::vector<RecordId> records(count, RecordId{UINT32_MAX});  // of a new row: absent
  for (size_t i = 0; i < count; ++i) records[i] = existing[i].value_or(records[i]);
  return state.gather({register_index, {field}, false}, records, day);
}

namespace {

class MergedBatch final : public expression::Batch {
 public:
  MergedBatch(const State& state, const expression::Program& program, const Rows& rows, Date day)
      : rows_(rows.count) {
    found_.reserve(program.inputs().size());
    for (const expression::Path& path : program.inputs()) {
      const size_t field = *rows.home->find(path.steps[0]);
      if (rows.given[field] && path.steps.size() == 1) {
        columns_.push_back(&*rows.given[field]);
        continue;
      }
      Column first = rows.merged_column(state, field, day);
      found_.push_back(path.steps.size() == 1 ? std::move(first)
                                              : follow(state, rows, path, first, day));
      columns_.push_back(&found_.back());
    }
  }
  size_t rows() const override { return rows_; }
  const Column& input(size_t index) const override { return *columns_[index]; }

 private:
  // The rest of a path, from the targets of its first step.
  static Column follow(const State& state, const Rows& rows, const expression::Path& path,
                       const Column& first, Date day) {
    const Field& field = rows.home->fields[*rows.home->find(path.steps[0])];
    size_t target = *state.schema().index_of(field.target);
    Path rest = *state.resolve(target, {{path.steps.begin() + 1, path.steps.end()}});
    std::vector<RecordId> known;
    for (size_t i = 0; i < first.size(); ++i) {
      if (first.present[i] != 0) known.push_back(RecordId{static_cast<uint32_t>(first.numbers[i])});
    }
    Column found = state.gather(rest, known, day);
    Column out;
    out.type = found.type;
    out.scale = found.scale;
    size_t next = 0;
    for (size_t i = 0; i < first.size(); ++i) {
      out.append(first.present[i] != 0 ? found.value(next++) : Value{});
    }
    return out;
  }

  size_t rows_;
  std::vector<Column> found_;           // what is not given
  std::vector<const Column*> columns_;  // by input
};

bool holds_at(const Column& column, size_t row, bool if_unknown) {
  return column.present[row] == 0 ? if_unknown : column.numbers[row] != 0;
}

}  // namespace

Column evaluate_merged(const State& state, const expression::Program& program, const Rows& rows,
                       Date day) {
  return program.evaluate(MergedBatch(state, program, rows, day));
}

void check_required(const Rows& rows, Faults& faults) {
  for (size_t f = 0; f < rows.home->fields.size(); ++f) {
    const Field& field = rows.home->fields[f];
    if (!field.required) continue;
    for (size_t i = 0; i < rows.count; ++i) {
      bool is_missing = rows.given[f] ? rows.given[f]->present[i] == 0 : rows.is_new(i);
      if (!is_missing || faults.has(i, field.name)) continue;  // a malformed cell is one fault
      faults.add(RefusalCode::required_missing, i, field.name,
                 field.title.zh + "（" + field.name + "）必须填写",
                 field.title.en + " (" + field.name + ") must be given");
    }
  }
}

namespace {

void fault_of_state(const Rows& rows, const Move& move, const std::string& state, size_t row,
                    Faults& faults) {
  faults.add(
      RefusalCode::wrong_state, row, kStateField,
      "状态是 " + state + "，“" + move.title.zh + "”只能由 " + join(move.from, "、") + " 办理",
      "the state of " + rows.home->name + " is " + state + "; " + move.name + " goes from " +
          join(move.from, ", "));
}

bool is_permitted(const Request& request, const Move& move) {
  if (request.rights) return true;  // row by row: impl/permit.cpp
  return std::any_of(request.roles.begin(), request.roles.end(), [&](const std::string& role) {
    return role == "system" || std::find(move.by.begin(), move.by.end(), role) != move.by.end();
  });
}

}  // namespace

void apply_move(const State& state, const Request& request, Rows& rows, Faults& faults) {
  const Move* move = rows.home->find_move(request.move);
  if (move == nullptr) {
    std::vector<std::string> known;
    for (const Move& each : rows.home->moves) known.push_back(each.name);
    auto near = nearest_name(request.move, known);
    std::string all = join(known, ", ");
    faults.add(
        RefusalCode::unknown_move, 0, "move",
        "没有办理事项“" + request.move + "”" + (near ? "，是否指 " + *near + "？" : "，有：" + all),
        "there is no move " + request.move +
            (near ? "; did you mean " + *near + "?" : "; there are: " + all));
    return;
  }
  if (!is_permitted(request, *move)) {
    faults.add(RefusalCode::not_permitted, 0, "move",
               "“" + move->title.zh + "”由 " + join(move->by, "、") + " 办理",
               move->name + " is done by " + join(move->by, ", "));
    return;
  }
  Date day = request.at.day();
  Column states = rows.merged_column(state, *rows.home->state_field, day);
  for (size_t i = 0; i < rows.count; ++i) {
    bool fits =
        std::find(move->from.begin(), move->from.end(), states.texts[i]) != move->from.end();
    if (!fits) fault_of_state(rows, *move, states.texts[i], i, faults);
    for (size_t field : move->required_fields) {
      if (!is_absent(rows.merged(state, field, i, day))) continue;
      const Field& missing = rows.home->fields[field];
      faults.add(RefusalCode::required_missing, i, missing.name,
                 "办理“" + move->title.zh + "”前须填写" + missing.title.zh,
                 missing.title.en + " must be given before " + move->name);
    }
  }
  if (move->when) {
    Column allowed = evaluate_merged(state, *move->when, rows, day);
    for (size_t i = 0; i < rows.count; ++i) {
      if (holds_at(allowed, i, false)) continue;
      faults.add(RefusalCode::move_condition, i, kStateField,
                 "不满足“" + move->title.zh + "”的条件：" + move->when->text(),
                 "the condition of " + move->name + " does not hold: " + move->when->text());
    }
  }
  std::fill(states.texts.begin(), states.texts.end(), move->to);
  std::fill(states.present.begin(), states.present.end(), uint8_t{1});
  rows.given[*rows.home->state_field] = std::move(states);
}

void run_checks(const State& state, const Request& request, const Rows& rows, Faults& faults,
                Issues& warnings) {
  Date day = request.at.day();
  auto has_note = [&](size_t row) {
    return !request.note.empty() || (row < request.notes.size() && !request.notes[row].empty());
  };
  for (const Check& check : rows.home->checks) {
    Column result = evaluate_merged(state, *check.require, rows, day);
    std::optional<Column> applies;
    if (check.when) applies = evaluate_merged(state, *check.when, rows, day);
    std::string field = check.fields.empty() ? "" : rows.home->fields[check.fields[0]].name;
    for (size_t i = 0; i < rows.count; ++i) {
      if (rows.is_dropped[i] != 0 || (applies && !holds_at(*applies, i, false))) continue;
      if (holds_at(result, i, check.unknown_passes)) continue;
      if (check.is_hard) {
        faults.add(RefusalCode::check_hard, i, field, check.message.zh, check.message.en);
      } else if (!has_note(i)) {
        faults.add(RefusalCode::check_soft_without_note, i, field,
                   check.message.zh + "；如确实如此，请填写说明",
                   check.message.en + "; if it is so, give a reason");
      } else if (warnings.size() < kFaultsMax) {
        Place place{request.file, line_of(request, i), 0, field};
        warnings.push_back(Error{ErrorKind::invalid, "record.check_soft", place, check.message.zh,
                                 check.message.en, check.name});
      }
    }
  }
}

}  // namespace wutong::record
