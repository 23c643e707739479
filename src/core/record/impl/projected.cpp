#include "core/record/impl/projected.hpp"

#include <set>

#include "core/record/impl/table.hpp"

namespace wutong::record {

namespace {

using store::Cell;
using store::CellType;
using store::TableColumn;
using store::TableShape;

CellType cell_type(FieldKind kind) {
  switch (kind) {
    case FieldKind::integer:
    case FieldKind::decimal:
    case FieldKind::boolean:
    case FieldKind::reference:
      return CellType::integer;
    case FieldKind::text:
    case FieldKind::code:
    case FieldKind::date:
    case FieldKind::partial_date:
    case FieldKind::month:
    case FieldKind::period:
    case FieldKind::text_list:
      return CellType::text;
  }
  return CellType::text;
}

TableColumn whole(const char* name, bool required = true) {
  return {name, CellType::integer, required};
}
TableColumn text(const char* name, bool required = false) {
  return {name, CellType::text, required};
}

void add_fields(const Register& home, bool only_effective, TableShape& shape) {
  for (const Field& field : home.fields) {
    if (only_effective && !field.effective) continue;
    shape.columns.push_back({field.name, cell_type(field.kind), false});
  }
}

// A list as a JSON array of texts, which SQLite's json_each opens.
std::string json_list(const std::vector<std::string>& elements) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out = "[";
  for (const std::string& element : elements) {
    out += out.size() > 1 ? ", \"" : "\"";
    for (char c : element) {
      const auto byte = static_cast<uint8_t>(c);
      if (c == '"' || c == '\\') {
        out += '\\';
        out += c;
      } else if (byte < 0x20) {
        out += "\\u00";
        out += kHex[byte >> 4];
        out += kHex[byte & 15];
      } else {
        out += c;
      }
    }
    out += '"';
  }
  return out + "]";
}

ValueType type_of(const Value& value) {
  static constexpr ValueType kTypes[] = {
      ValueType::boolean, ValueType::boolean,   ValueType::integer,      ValueType::decimal,
      ValueType::text,    ValueType::date,      ValueType::partial_date, ValueType::month,
      ValueType::period,  ValueType::reference, ValueType::text_list};
  static_assert(std::size(kTypes) == std::variant_size_v<Value>);
  return kTypes[value.index()];
}

}  // namespace

std::string versions_name(const Register& home) { return "_" + home.name + "_versions"; }
std::string history_name(const Register& home) { return "_" + home.name + "_history"; }
std::string readable_name(const Register& home) { return "_" + home.name + "_readable"; }

bool has_effective(const Register& home) {
  for (const Field& field : home.fields) {
    if (field.effective) return true;
  }
  return false;
}

bool has_personal(const Register& home) {
  for (const Field& field : home.fields) {
    if (field.personal) return true;
  }
  return false;
}

TableShape current_shape(const Register& home) {
  TableShape shape{home.name,
                   {whole(kRecord), text(kKey, true), whole(kCreated), whole(kChanged)},
                   {kRecord},
                   {kKey}};
  add_fields(home, false, shape);
  return shape;
}

TableShape versions_shape(const Register& home) {
  TableShape shape{versions_name(home),
                   {whole(kRecord), whole(kKnownFrom), whole(kKnownTo, false)},
                   {kRecord, kKnownFrom},
                   {}};
  add_fields(home, false, shape);
  return shape;
}

TableShape history_shape(const Register& home) {
  TableShape shape{
      history_name(home),
      {whole(kRecord), text(kValidFrom), text(kValidTo), whole(kKnownFrom), whole(kKnownTo, false)},
      {},
      {kRecord}};
  add_fields(home, true, shape);
  return shape;
}

store::ViewShape readable_shape(const Register& home) {
  store::ViewShape shape{readable_name(home), home.name, {}};
  for (const char* name : {kRecord, kKey, kCreated, kChanged}) {
    shape.columns.push_back({name, 0, {}, {}, {}});
  }
  for (const Field& field : home.fields) {
    store::ViewColumn column{field.name, 0, {}, {}, {}};
    if (field.kind == FieldKind::decimal) column.scale = field.decimals;
    if (field.kind == FieldKind::reference) {
      column.lookup = field.target;
      column.lookup_key = kRecord;
      column.lookup_value = kKey;
    }
    shape.columns.push_back(std::move(column));
  }
  return shape;
}

std::vector<TableShape> common_shapes() {
  return {
      {"wutong_zone",
       {text("zone", true), text("name_zh"), text("name_en"), whole("position"), text("at", true),
        text("catalog", true), text("leaf", true), whole("synthetic"), whole("format")},
       {"zone"},
       {}},
      {"wutong_entry",
       {whole("position"), text("at", true), text("actor", true), text("act", true),
        text("reason", true), text("catalog", true), whole("simulated")},
       {"position"},
       {}},
      {"wutong_register",
       {text("register", true), text("title_zh"), text("title_en"), text("pack", true)},
       {"register"},
       {}},
      {"wutong_field",
       {text("register", true), text("field", true), text("title_zh"), text("title_en"),
        text("kind", true), text("unit", true), whole("scale"), text("refers_to"),
        whole("key_part", false), whole("is_effective"), whole("is_personal")},
       {"register", "field"},
       {}},
      {"wutong_code",
       {text("register", true), text("field", true), text("code", true), text("title_zh"),
        text("title_en")},
       {"register", "field", "code"},
       {}},
  };
}

std::string_view kind_name(FieldKind kind) {
  switch (kind) {
    case FieldKind::text:
      return "text";
    case FieldKind::integer:
      return "int";
    case FieldKind::decimal:
      return "decimal";
    case FieldKind::boolean:
      return "bool";
    case FieldKind::code:
      return "code";
    case FieldKind::reference:
      return "ref";
    case FieldKind::date:
      return "date";
    case FieldKind::partial_date:
      return "partial_date";
    case FieldKind::month:
      return "month";
    case FieldKind::period:
      return "period";
    case FieldKind::text_list:
      return "text_list";
  }
  return "";
}

Cell cell_of(const Field& field, const Value& value) {
  if (is_absent(value) || type_of(value) != value_type(field.kind)) return {};
  if (const bool* flag = std::get_if<bool>(&value)) return int64_t{*flag ? 1 : 0};
  if (const auto* number = std::get_if<int64_t>(&value)) return *number;
  if (const auto* record = std::get_if<RecordId>(&value)) return int64_t{record->value};
  if (const auto* decimal = std::get_if<Decimal>(&value)) {
    const auto scaled = decimal->rescaled(field.decimals);
    const bool fits = scaled && scaled->mantissa() == static_cast<int64_t>(scaled->mantissa());
    return fits ? Cell(static_cast<int64_t>(scaled->mantissa())) : Cell();
  }
  if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return json_list(*list);
  return to_string(value);
}

std::vector<Stretch> stretches_of(const State& state, size_t index, const Register& home,
                                  RecordId record) {
  const Register& now = state.schema().registers()[index];
  std::set<Date> days{kAlways};
  std::vector<std::pair<const Field*, std::vector<State::Dated>>> histories;
  for (const Field& field : home.fields) {
    if (!field.effective) continue;
    std::vector<State::Dated> history;
    if (const auto f = now.find(field.name)) history = state.history(index, *f, record);
    for (const State::Dated& dated : history) days.insert(dated.from);
    histories.emplace_back(&field, std::move(history));
  }
  std::vector<Stretch> out;
  for (Date day : days) {
    Stretch stretch;
    if (day != kAlways) stretch.from = day.to_string();
    for (const auto& [field, history] : histories) {
      Cell cell;
      for (const State::Dated& dated : history) {
        if (dated.from <= day) cell = cell_of(*field, dated.value);
      }
      stretch.values.push_back(std::move(cell));
    }
    if (!out.empty() && out.back().values == stretch.values) continue;
    if (!out.empty()) out.back().to = stretch.from;
    out.push_back(std::move(stretch));
  }
  return out;
}

std::vector<Cell> values_of(const State& state, size_t index, const Register& home,
                            RecordId record) {
  const Register& now = state.schema().registers()[index];
  std::vector<Cell> out;
  for (const Field& field : home.fields) {
    const auto f = now.find(field.name);
    out.push_back(f ? cell_of(field, state.value(index, *f, record)) : Cell());
  }
  return out;
}

}  // namespace wutong::record
