// Reading input cells: text, or typed values, as the field's type.
#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "core/record/impl/faults.hpp"
#include "core/record/organisation.hpp"

namespace wutong::record {

namespace {

struct Expected {
  std::string zh;
  std::string en;
};

Expected expected_of(const Field& field) {
  std::string places = std::to_string(field.decimals);
  switch (field.kind) {
    case FieldKind::text:
    case FieldKind::text_list:
      return {"有效的 UTF-8 文字", "valid UTF-8 text"};
    case FieldKind::integer:
      return {"整数，如 120", "a whole number, like 120"};
    case FieldKind::decimal:
      return {"数，最多 " + places + " 位小数，如 120.5",
              "a number with at most " + places + " places, like 120.5"};
    case FieldKind::boolean:
      return {"true 或 false（是、否亦可）", "true or false"};
    case FieldKind::code:
      return {"代码之一", "one of the codes"};
    case FieldKind::reference:
      return {"登记簿 " + field.target + " 中的主键", "a key in register " + field.target};
    case FieldKind::date:
      return {"存在的日期，如 2024-10-28", "a day that exists, like 2024-10-28"};
    case FieldKind::partial_date:
      return {"日期、旬、月、季或年，如 2024-10-28、2024-10、2024",
              "a day, month, quarter or year, like "
              "2024-10-28, 2024-10, 2024"};
    case FieldKind::month:
      return {"月份，如 2024-09", "a month, like 2024-09"};
    case FieldKind::period:
      return {"时期，如 2024-01..09、2024-Q3", "a period, like 2024-01..09 or 2024-Q3"};
  }
  return {};
}

void malformed(const Field& field, const std::string& text, size_t row, Faults& faults) {
  constexpr size_t kShown = 60;
  std::string shown =
      text.size() > kShown ? to_utf8(to_code_points(text).substr(0, 20)) + "…" : text;
  Expected expected = expected_of(field);
  faults.add(RefusalCode::value_malformed, row, field.name,
             field.title.zh + "（" + field.name + "）不能是“" + shown + "”，应是" + expected.zh,
             field.title.en + " (" + field.name + ") cannot be \"" + shown + "\"; expected " +
                 expected.en);
}

std::optional<Value> boolean_of(std::string_view text) {
  if (text == "true" || text == "是") return true;
  if (text == "false" || text == "否") return false;
  return std::nullopt;
}

std::optional<Value> integer_of(std::string_view text) {
  int64_t number = 0;
  auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

template <typename T>
std::optional<Value> value_of(std::optional<T> parsed) {
  return parsed ? std::optional<Value>(*parsed) : std::nullopt;
}

// The value of a text that is not empty; nullopt: malformed. References and codes are read apart.
std::optional<Value> parse_cell(const Field& field, const std::string& text) {
  switch (field.kind) {
    case FieldKind::text:
      return is_valid_utf8(text) ? std::optional<Value>(text) : std::nullopt;
    case FieldKind::text_list:
      return is_valid_utf8(text) ? std::optional<Value>(split_list(text)) : std::nullopt;
    case FieldKind::integer:
      return integer_of(text);
    case FieldKind::decimal:
      return value_of(Decimal::parse(text));
    case FieldKind::boolean:
      return boolean_of(text);
    case FieldKind::date:
      return value_of(Date::parse(text));
    case FieldKind::partial_date:
      return value_of(PartialDate::parse(text));
    case FieldKind::month:
      return value_of(Month::parse(text));
    case FieldKind::period:
      return value_of(Period::parse(text));
    case FieldKind::code:
    case FieldKind::reference:
      break;
  }
  return std::nullopt;
}

bool read_code(const Field& field, const std::string& text, size_t row, Column& out,
               Faults& faults) {
  auto is_it = [&](const Code& code) { return code.value == text || code.title.zh == text; };
  auto found = std::find_if(field.codes.begin(), field.codes.end(), is_it);
  if (found != field.codes.end()) {
    out.append_text(found->value);
    return true;
  }
  std::vector<std::string> known;
  for (const Code& code : field.codes) known.push_back(code.value);
  auto near = nearest_name(text, known);
  std::string all = join(std::span(known).first(std::min<size_t>(known.size(), 20)), ", ");
  faults.add(RefusalCode::value_malformed, row, field.name,
             field.title.zh + "（" + field.name + "）没有代码“" + text + "”" +
                 (near ? "，是否指 " + *near + "？" : "，可用：" + all),
             field.title.en + " (" + field.name + ") has no code \"" + text + "\"" +
                 (near ? "; did you mean " + *near + "?" : "; there are: " + all));
  return false;
}

bool read_reference(const State& state, const Field& field, const std::string& text, size_t row,
                    Column& out, Faults& faults) {
  size_t target = *state.schema().index_of(field.target);
  auto record = state.find(target, text);
  if (record && faults.may_refer(state, target, *record)) {
    out.append_number(record->value);
    return true;
  }
  const Register& home = state.schema().registers()[target];
  faults.add(RefusalCode::reference_not_found, row, field.name,
             field.title.zh + "（" + field.name + "）：登记簿“" + home.title.zh + "”中没有“" +
                 text + "”，请先登记或改正",
             field.title.en + " (" + field.name + "): register " + home.name + " has no \"" + text +
                 "\"; record it first or correct this");
  return false;
}

bool read_text(const State& state, const Field& field, const std::string& text, size_t row,
               Column& out, Faults& faults) {
  if (field.kind == FieldKind::code) return read_code(field, text, row, out, faults);
  if (field.kind == FieldKind::reference) {
    return read_reference(state, field, text, row, out, faults);
  }
  auto value = parse_cell(field, field.is_code && is_valid_utf8(text) ? normal_code(text) : text);
  if (value && out.append(*value)) return true;
  malformed(field, text, row, faults);
  return false;
}

bool refers_only_to(const State& state, const Field& field, const Column& input) {
  const auto records = static_cast<int64_t>(state.size(*state.schema().index_of(field.target)));
  for (size_t i = 0; i < input.size(); ++i) {
    if (input.present[i] != 0 && (input.numbers[i] < 0 || input.numbers[i] >= records)) {
      return false;
    }
  }
  return true;
}

// A column of the field's own type: numbers at the field's scale, references that exist.
Column adopt_typed(const State& state, const Field& field, Column&& input, Faults& faults) {
  const bool is_as_is = field.kind != FieldKind::reference && field.kind != FieldKind::period &&
                        field.kind != FieldKind::text_list && input.scale == field.decimals;
  if (is_as_is) return std::move(input);
  if (field.kind == FieldKind::reference && refers_only_to(state, field, input)) {
    return std::move(input);
  }
  Column out;
  out.type = input.type;
  out.scale = field.decimals;
  out.reserve(input.size());
  size_t records =
      field.kind == FieldKind::reference ? state.size(*state.schema().index_of(field.target)) : 0;
  for (size_t i = 0; i < input.size(); ++i) {
    Value value = input.value(i);
    const auto* record = std::get_if<RecordId>(&value);
    bool exists = record == nullptr || record->value < records;
    if (exists && out.append(value)) continue;
    malformed(field, to_string(value), i, faults);
    out.append_absent();
  }
  return out;
}

// References given as numbers, where the target's key is one number.
bool is_keyed_by_number(const State& state, const Field& field, const Column& input) {
  if (field.kind != FieldKind::reference || input.type != ValueType::integer) return false;
  const Register& target = state.schema().registers()[*state.schema().index_of(field.target)];
  return target.key.size() == 1 && target.fields[target.key[0]].kind == FieldKind::integer;
}

Column read_numbered(const State& state, const Field& field, const Column& input, Faults& faults) {
  const size_t target = *state.schema().index_of(field.target);
  Column out;
  out.type = ValueType::reference;
  out.reserve(input.size());
  std::vector<int64_t> keys(input.size());
  for (size_t i = 0; i < keys.size(); ++i) keys[i] = input.numbers[i];
  std::vector<std::optional<RecordId>> records(input.size());
  state.find_rows(target, keys, records);
  for (size_t i = 0; i < input.size(); ++i) {
    if (input.present[i] != 0 && records[i]) {
      out.append_number(records[i]->value);
    } else if (input.present[i] == 0 ||
               !read_reference(state, field, std::to_string(keys[i]), i, out, faults)) {
      out.append_absent();
    }
  }
  return out;
}

}  // namespace

Column read_cells(const State& state, const Field& field, Column input, Faults& faults) {
  bool is_own_type = input.type == value_type(field.kind);
  if (is_own_type && field.kind != FieldKind::code && field.kind != FieldKind::text) {
    return adopt_typed(state, field, std::move(input), faults);
  }
  if (is_keyed_by_number(state, field, input)) return read_numbered(state, field, input, faults);
  Column out;
  out.type = value_type(field.kind);
  out.scale = field.decimals;
  out.reserve(input.size());
  for (size_t i = 0; i < input.size(); ++i) {
    std::string text = input.type == ValueType::text ? input.texts[i] : to_string(input.value(i));
    bool is_empty = input.present[i] == 0 || text.empty();
    if (is_empty || !read_text(state, field, text, i, out, faults)) out.append_absent();
  }
  return out;
}

}  // namespace wutong::record
