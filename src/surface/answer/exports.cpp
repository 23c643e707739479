// A register as a file that an import takes back.
#include "base/text.hpp"
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

// The columns of a register, dated values as of the day.
struct Table {
  const record::State& state;
  const record::Register& home;
  bool is_english;
  size_t rows = 0;
  std::vector<Column> columns = {};

  Table(const record::State& of, size_t index, Date day, bool english)
      : state(of), home(of.schema().registers()[index]), is_english(english), rows(of.size(index)) {
    std::vector<RecordId> records;
    records.reserve(rows);
    for (size_t i = 0; i < rows; ++i) records.push_back(RecordId{static_cast<uint32_t>(i)});
    for (size_t f = 0; f < home.fields.size(); ++f) {
      std::optional<Date> on;
      if (home.fields[f].effective) on = day;
      columns.push_back(state.gather({index, {f}, false}, records, on));
    }
  }
  std::string cell(size_t row, size_t column) const {
    return cell_text(state, home.fields[column], columns[column].value(row), is_english);
  }
  std::string heading(size_t column) const {
    return heading_of(home, home.fields[column], is_english);
  }
};

std::string csv_of(const Table& table, bool has_mark) {
  std::string out(has_mark ? sheet::kByteOrderMark : std::string_view());
  const size_t count = table.columns.size();
  for (size_t c = 0; c < count; ++c) {
    out += (c > 0 ? "," : "") + sheet::csv_cell(table.heading(c));
  }
  out += "\r\n";
  for (size_t row = 0; row < table.rows; ++row) {
    for (size_t c = 0; c < count; ++c) {
      std::string cell = table.cell(row, c);
      if (is_guarded_kind(table.home.fields[c].kind)) cell = guarded(cell);
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
    const record::Field& field = table.home.fields[c];
    sheet.columns.push_back({table.heading(c), out_kind(field), field.decimals});
  }
  sheet.rows = table.rows;
  sheet.cell = [&](size_t row, size_t column) { return table.cell(row, column); };
  return sheet::write_xlsx(std::span(&sheet, 1), at);
}

}  // namespace

tl::expected<Exported, zone::Failure> export_rows(const zone::Host& host, std::string_view zone,
                                                  const ExportInput& input) {
  if (input.format != "csv" && input.format != "xlsx") {
    return failed(Error{ErrorKind::invalid,
                        "export.format",
                        {{}, 0, 0, "format"},
                        "格式应是 csv 或 xlsx",
                        "the format is csv or xlsx",
                        {}});
  }
  Exported out;
  std::optional<Error> error;
  auto read = read_as_of(host, zone, input.as_of, [&](const zone::View& view) {
    const auto index = view.state->schema().index_of(input.register_name);
    if (!index) {
      error = unknown_register(view.state->schema(), input.register_name);
      return;
    }
    const Table table(*view.state, *index, view.at.day(), input.is_english);
    out.rows = table.rows;
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
  return out;
}

}  // namespace wutong::answer
