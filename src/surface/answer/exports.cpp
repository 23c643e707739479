// A register as a file that an import takes back.
#include <algorithm>

#include "base/text.hpp"
#include "core/record/owner.hpp"
#include "engine/sheet/csv.hpp"
#include "engine/sheet/xlsx_write.hpp"
#include "surface/answer/json_out.hpp"
#include "surface/answer/sheet_map.hpp"
#include "surface/answer/sheet_value.hpp"

namespace wutong::answer {

namespace {

using record::FieldKind;

constexpr const char* kCsvType = "text/csv; charset=utf-8";

sheet::OutKind out_kind(const record::Field& field) {
  switch (field.kind) {
    case FieldKind::integer:
    case FieldKind::decimal:
      return sheet::OutKind::number;
    case FieldKind::date:
      return sheet::OutKind::date;
    case FieldKind::month:
      return sheet::OutKind::month;
    case FieldKind::text:
    case FieldKind::boolean:
    case FieldKind::code:
    case FieldKind::reference:
    case FieldKind::partial_date:
    case FieldKind::period:
    case FieldKind::text_list:
      return sheet::OutKind::text;
  }
  return sheet::OutKind::text;
}

bool is_guarded_kind(FieldKind kind) {
  return kind == FieldKind::text || kind == FieldKind::code || kind == FieldKind::reference ||
         kind == FieldKind::text_list;
}

// The rows of a register that the caller may read, dated values as of the day. Personal fields
// stand there only for who may read them of every row: an empty cell would be taken back as a
// value.
struct Table {
  const record::State& state;
  const record::Register& home;
  bool is_english;
  bool has_personal = false;
  std::vector<RecordId> records = {};
  std::vector<size_t> fields = {};
  std::vector<Column> columns = {};

  Table(const record::State& of, size_t index, const access::Rights& rights, Date day, bool english)
      : state(of), home(of.schema().registers()[index]), is_english(english) {
    const bool sees_all = rights.reach(home.name, access::Right::read) == access::Rows::all;
    for (size_t i = 0; i < state.size(index); ++i) {
      const RecordId record{static_cast<uint32_t>(i)};
      if (sees_all || record::may_read(&rights, state, index, record)) records.push_back(record);
    }
    const bool is_personal = std::any_of(home.fields.begin(), home.fields.end(),
                                         [](const record::Field& f) { return f.personal; });
    const bool may_personal =
        is_personal && std::all_of(records.begin(), records.end(), [&](RecordId record) {
          return rights.may_read_personal(home.name, record::owners_of(state, index, record));
        });
    has_personal = may_personal && !records.empty();
    for (size_t f = 0; f < home.fields.size(); ++f) {
      if (home.fields[f].personal && !may_personal) continue;
      std::optional<Date> on;
      if (home.fields[f].effective) on = day;
      fields.push_back(f);
      columns.push_back(state.gather({index, {f}, false}, records, on));
    }
  }
  size_t rows() const { return records.size(); }
  const record::Field& field(size_t column) const { return home.fields[fields[column]]; }
  std::string cell(size_t row, size_t column) const {
    return cell_text(state, field(column), columns[column].value(row), is_english);
  }
  std::string heading(size_t column) const { return heading_of(home, field(column), is_english); }
};

std::string csv_of(const Table& table, bool has_mark) {
  std::string out(has_mark ? sheet::kByteOrderMark : std::string_view());
  const size_t count = table.columns.size();
  for (size_t c = 0; c < count; ++c) {
    out += (c > 0 ? "," : "") + sheet::csv_cell(table.heading(c));
  }
  out += "\r\n";
  for (size_t row = 0; row < table.rows(); ++row) {
    for (size_t c = 0; c < count; ++c) {
      std::string cell = table.cell(row, c);
      if (is_guarded_kind(table.field(c).kind)) cell = guarded(cell);
      if (c > 0) out += ',';
      out += sheet::csv_cell(cell);
    }
    out += "\r\n";
  }
  return out;
}

Result<std::string> xlsx_of(const Table& table, Instant at) {
  sheet::OutSheet sheet;
  sheet.name = table.is_english ? table.home.title.en : table.home.title.zh;
  for (size_t c = 0; c < table.columns.size(); ++c) {
    const record::Field& field = table.field(c);
    sheet.columns.push_back({table.heading(c), out_kind(field), field.decimals});
  }
  sheet.rows = table.rows();
  sheet.cell = [&](size_t row, size_t column) { return table.cell(row, column); };
  return sheet::write_xlsx(std::span(&sheet, 1), at);
}

}  // namespace

tl::expected<Exported, zone::Failure> export_rows(const Door& door, std::string_view zone,
                                                  const ExportInput& input) {
  if (input.format != "csv" && input.format != "xlsx") {
    return failed(Error{ErrorKind::invalid,
                        "export.format",
                        {{}, 0, 0, "format"},
                        "格式应是 csv 或 xlsx",
                        "the format is csv or xlsx",
                        {}});
  }
  auto rights = door.enter(zone);
  if (!rights) return failed(rights.error());
  Exported out;
  std::optional<Error> error;
  bool has_personal = false;
  auto read = read_as_of(door, zone, input.as_of, [&](const zone::View& view) {
    const auto index = find_register(*view.state, *rights, input.register_name);
    if (!index) {
      error = unknown_register(view.state->schema(), *rights, input.register_name);
      return;
    }
    access::Ask ask;
    ask.what = access::What::export_rows;
    ask.register_name = input.register_name;
    ask.rows = rights->reach(input.register_name, access::Right::read);
    if (!rights->may(ask)) {
      error = not_allowed();
      return;
    }
    const Table table(*view.state, *index, *rights, view.at.day(), input.is_english);
    out.rows = table.rows();
    has_personal = table.has_personal;
    if (input.format == "csv") {
      out.bytes = csv_of(table, input.has_mark);
      out.content_type = kCsvType;
      return;
    }
    auto bytes = xlsx_of(table, view.at);
    if (!bytes) {
      error = bytes.error();
      return;
    }
    out.bytes = std::move(*bytes);
    out.content_type = kXlsxType;
  });
  if (!read) return failed(read.error());
  if (error) return failed(*error);
  if (has_personal) {
    auto noted = door.note_personal({"export", zone, input.register_name, {}, out.rows});
    if (!noted) return failed(noted.error());
  }
  return out;
}

}  // namespace wutong::answer
