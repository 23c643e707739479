// CSV (RFC 4180) into columns of text with places. UTF-8 with or without byte order mark, LF or
// CRLF, quoted cells may hold separators and line breaks. Written here because the libraries of the
// distribution give no line and column of a fault. Linear time, never throws. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/column.hpp"
#include "base/error.hpp"

namespace wutong::sheet {

// What a cell of a workbook is; its text is canonical. `percent`: the number itself, 0.125 for what
// is shown as 12.5%. `number_inexact`: more than 15 digits, of which a spreadsheet keeps only 15.
enum class CellKind : uint8_t { text, number, number_inexact, percent, date, month };

struct Sheet {
  std::vector<std::string> names;  // of the header line
  std::vector<Column> columns;     // text; empty cells are absent
  std::vector<int> lines;          // where each row begins
  // Of a workbook only:
  std::string title = {};                         // name of the sheet
  std::vector<int> places = {};                   // column of each name, 1 is A
  std::vector<std::vector<CellKind>> kinds = {};  // like `columns`
  int heading_line = 1;
};

constexpr size_t kFaultsMax = 1000;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// nullopt where anything is wrong: every fault (up to kFaultsMax) with line and column: unclosed
// quote, text after a closing quote, wrong number of cells, a name twice or empty, no UTF-8, no
// header.
std::optional<Sheet> read_csv(std::string_view file, std::string_view text, Issues& issues);

// One value as a cell, quoted where needed.
std::string csv_cell(std::string_view value);

}  // namespace wutong::sheet
