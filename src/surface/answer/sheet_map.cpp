#include "surface/answer/sheet_map.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "engine/sheet/xlsx.hpp"
#include "surface/answer/sheet_value.hpp"

namespace wutong::answer {

namespace {

using record::FieldKind;

// For comparing headings: width, case and spaces do not matter.
std::string heading_key(std::string_view heading) {
  std::string out = fold(heading);
  std::erase_if(out, [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; });
  return out;
}

struct Heading {
  size_t field = 0;
  Unit unit;  // of the numbers below, where it is not the field's
};

class Headings {
 public:
  explicit Headings(const record::Register& home) : home_(home) {
    for (size_t i = 0; i < home.fields.size(); ++i) {
      const record::Field& field = home.fields[i];
      names_[heading_key(field.name)] = i;
      for (const std::string* title : {&field.title.zh, &field.title.en}) {
        if (title->empty()) continue;
        titles_[heading_key(*title)].push_back(i);
        names_[heading_key(*title + "(" + field.name + ")")] = i;
        known_.push_back(*title);
      }
      known_.push_back(field.name);
    }
  }

  // nullopt: none, or several.
  std::optional<Heading> find(std::string_view heading) const {
    const std::string key = heading_key(heading);
    if (auto field = plain(key)) return Heading{*field, {}};
    const size_t open = key.rfind('(');
    if (open == std::string::npos || !key.ends_with(')')) return std::nullopt;
    const auto field = plain(key.substr(0, open));
    const auto unit = Unit::from_name(key.substr(open + 1, key.size() - open - 2));
    if (!field || !unit || !is_convertible(*unit, home_.fields[*field].unit)) return std::nullopt;
    return Heading{*field, *unit};
  }
  bool is_title_of_several(std::string_view heading) const {
    const auto found = titles_.find(heading_key(heading));
    return found != titles_.end() && found->second.size() > 1;
  }
  std::optional<std::string> nearest(std::string_view heading) const {
    return nearest_name(heading, known_);
  }

 private:
  std::optional<size_t> plain(const std::string& key) const {
    if (auto found = names_.find(key); found != names_.end()) return found->second;
    const auto found = titles_.find(key);
    if (found == titles_.end()) return std::nullopt;
    auto is_same = [&](size_t i) { return i == found->second.front(); };
    if (!std::all_of(found->second.begin(), found->second.end(), is_same)) return std::nullopt;
    return found->second.front();
  }
  const record::Register& home_;
  std::map<std::string, size_t> names_;
  std::map<std::string, std::vector<size_t>> titles_;
  std::vector<std::string> known_;
};

class Mapping {
 public:
  Mapping(const record::State& state, const record::Register& home, const ImportInput& input,
          const sheet::Sheet& sheet)
      : state_(state), home_(home), sheet_(sheet), file_(file_place(input, sheet)) {}

  MappedSheet run() {
    const Headings headings(home_);
    std::optional<size_t> states;
    std::vector<int> taken(home_.fields.size(), 0);
    for (size_t i = 0; i < sheet_.names.size(); ++i) {
      if (heading_key(sheet_.names[i]) == heading_key(kFaultHeading)) continue;
      const auto heading = headings.find(sheet_.names[i]);
      if (!heading) {
        unknown(headings, i);
        continue;
      }
      const record::Field& field = home_.fields[heading->field];
      if (taken[heading->field]++ > 0) {
        fault(sheet_.heading_line, i, field.name, "field_twice",
              "两列都是“" + field.title.zh + "”（" + field.name + "）",
              "two columns are " + field.title.en + " (" + field.name + ")");
        continue;
      }
      if (heading->field == home_.state_field) {
        states = i;
        continue;
      }
      out_.places[field.name] = place_of(i);
      out_.columns.push_back({field.name, column(field, heading->unit, i)});
    }
    if (states) check_states(*states);
    return std::move(out_);
  }

 private:
  int place_of(size_t column) const {
    return column < sheet_.places.size() ? sheet_.places[column] : 0;  // lines of CSV have none
  }
  void fault(int line, size_t column, const std::string& field, const char* code, std::string zh,
             std::string en) {
    if (out_.faults.size() >= sheet::kFaultsMax) return;
    out_.faults.push_back(Error{ErrorKind::invalid,
                                std::string("import.") + code,
                                {file_, line, place_of(column), field},
                                std::move(zh),
                                std::move(en),
                                {}});
  }
  void unknown(const Headings& headings, size_t column);
  Column column(const record::Field& field, Unit unit, size_t index);
  std::string converted(const record::Field& field, Unit unit, size_t index, size_t row,
                        const std::string& text);
  void check_states(size_t index);

  const record::State& state_;
  const record::Register& home_;
  const sheet::Sheet& sheet_;
  std::string file_;
  MappedSheet out_;
};

void Mapping::unknown(const Headings& headings, size_t column) {
  const std::string& name = sheet_.names[column];
  if (headings.is_title_of_several(name)) {
    fault(sheet_.heading_line, column, name, "heading_open",
          "有几个字段都叫“" + name + "”，请写成“" + name + "（字段名）”",
          "several fields are called " + name + ": write " + name + " (name of the field)");
    return;
  }
  const auto near = headings.nearest(name);
  std::vector<std::string> known;
  for (const record::Field& field : home_.fields) known.push_back(heading_of(home_, field, false));
  fault(
      sheet_.heading_line, column, name, "no_field",
      "没有字段“" + name + "”" + (near ? "，是否指 " + *near + "？" : "；有：" + join(known, "、")),
      "there is no field " + name +
          (near ? "; did you mean " + *near + "?" : "; there are: " + join(known, ", ")));
}

// A number under a heading with a unit of its own, in the field's unit: exact or a fault.
std::string Mapping::converted(const record::Field& field, Unit unit, size_t index, size_t row,
                               const std::string& text) {
  const auto number = Decimal::parse(text);
  if (!number) return text;
  if (const auto same = convert(*number, unit, field.unit)) return same->normalized().to_string();
  fault(sheet_.lines[row], index, field.name, "unit",
        text + " " + std::string(unit.zh()) + "换算成" + std::string(field.unit.zh()) + "除不尽",
        text + " " + std::string(unit.en()) + " is not exact in " + std::string(field.unit.en()));
  return text;
}

Column Mapping::column(const record::Field& field, Unit unit, size_t index) {
  const bool is_workbook = !sheet_.kinds.empty();
  const bool is_text = field.kind == FieldKind::text || field.kind == FieldKind::code ||
                       field.kind == FieldKind::reference || field.kind == FieldKind::text_list;
  const Column& from = sheet_.columns[index];
  Column out;
  out.type = ValueType::text;
  out.reserve(from.size());
  for (size_t row = 0; row < from.size(); ++row) {
    if (from.present[row] == 0) {
      out.append_absent();
      continue;
    }
    const sheet::CellKind kind = is_workbook ? sheet_.kinds[index][row] : sheet::CellKind::text;
    if (kind == sheet::CellKind::number_inexact) {
      fault(sheet_.lines[row], index, field.name, "digits_lost",
            "这个数超过 15 位，表格软件已丢掉后面的数字；请把这一列设为文本后重新填写",
            "the number has over 15 digits, and the spreadsheet has lost the rest: make the column "
            "text and type it in again");
    }
    const std::string given =
        is_text && !is_workbook ? unguarded(from.texts[row]) : from.texts[row];
    std::string text = input_text(field, kind, given);
    if (!unit.is_plain() && !(unit == field.unit)) text = converted(field, unit, index, row, text);
    out.append_text(std::move(text));
  }
  return out;
}

// A state that differs from the record's would be dropped in silence: a fault instead.
void Mapping::check_states(size_t index) {
  const size_t home = *state_.schema().index_of(home_.name);
  const record::Field& field = home_.fields[*home_.state_field];
  std::vector<const Column*> keys;
  for (size_t key : home_.key) {
    for (const record::InputColumn& column : out_.columns) {
      if (column.field == home_.fields[key].name) keys.push_back(&column.column);
    }
  }
  const Column& states = sheet_.columns[index];
  for (size_t row = 0; row < states.size(); ++row) {
    if (states.present[row] == 0 || keys.size() != home_.key.size()) continue;
    std::string key;
    for (const Column* part : keys) {
      key += (part == keys.front() ? "" : "/") + to_string(part->value(row));
    }
    const auto record = state_.find(home, key);
    const std::string now = record ? to_string(state_.value(home, *home_.state_field, *record))
                                   : home_.states.front().value;
    if (input_text(field, sheet::CellKind::text, states.texts[row]) == now) continue;
    const std::string title = cell_text(state_, field, Value(now), false);
    fault(sheet_.lines[row], index, field.name, "state",
          "状态现在是“" + title + "”，不能由导入改成“" + states.texts[row] + "”；请用办理事项",
          "the state is " + now + "; an import cannot make it " + states.texts[row] +
              ": a move does");
  }
}

}  // namespace

std::optional<sheet::Sheet> read_sheet(const ImportInput& input, Issues& issues) {
  if (!sheet::is_workbook(input.content)) return sheet::read_csv(input.file, input.content, issues);
  sheet::XlsxOptions options;
  options.sheet = input.sheet;
  options.heading_line = input.heading_line;
  options.reads_hidden = input.reads_hidden;
  return sheet::read_xlsx(input.file, input.content, options, issues);
}

std::string file_place(const ImportInput& input, const sheet::Sheet& sheet) {
  return sheet.title.empty() ? input.file : input.file + "[" + sheet.title + "]";
}

MappedSheet map_sheet(const record::State& state, const record::Register& home,
                      const ImportInput& input, const sheet::Sheet& sheet) {
  return Mapping(state, home, input, sheet).run();
}

std::string heading_of(const record::Register& home, const record::Field& field, bool is_english) {
  const std::string& title = is_english ? field.title.en : field.title.zh;
  if (title.empty()) return field.name;
  const auto found = Headings(home).find(title);
  if (found && home.fields[found->field].name == field.name && found->unit.is_plain()) return title;
  return is_english ? title + " (" + field.name + ")" : title + "（" + field.name + "）";
}

}  // namespace wutong::answer
