#include "engine/sheet/csv.hpp"

#include "engine/sheet/impl/line_scanner.hpp"

namespace wutong::sheet {

namespace {

void read_row(LineScanner& scanner, Sheet& sheet) {
  if (scanner.is_at_line_end()) {  // an empty line
    scanner.end_line();
    return;
  }
  int line = scanner.line();
  std::vector<Cell> row = scanner.cells(false);
  if (row.size() != sheet.names.size()) {
    scanner.wrong_count(line, row.size(), sheet.names.size());
    return;
  }
  sheet.lines.push_back(line);
  for (size_t i = 0; i < row.size(); ++i) {
    if (row[i].text.empty()) {
      sheet.columns[i].append_absent();
    } else {
      sheet.columns[i].append_text(std::move(row[i].text));
    }
  }
}

}  // namespace

std::optional<Sheet> read_csv(std::string_view file, std::string_view text, Issues& issues) {
  size_t before = issues.size();
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  LineScanner scanner(file, text, 1, issues);
  Sheet sheet;
  sheet.names = header_names(scanner);
  sheet.columns.resize(sheet.names.size());
  for (Column& column : sheet.columns) column.type = ValueType::text;
  while (issues.size() - before < kFaultsMax && !scanner.is_at_end()) read_row(scanner, sheet);
  if (issues.size() != before) return std::nullopt;
  return sheet;
}

std::string csv_cell(std::string_view value) {
  if (value.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(value);
  std::string out = "\"";
  for (char c : value) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

}  // namespace wutong::sheet
