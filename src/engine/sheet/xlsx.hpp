// XLSX (ECMA-376, transitional and strict) into the same columns of text as CSV: one sheet, its
// first row that is not empty names the columns.
//
// Our own sink over the distribution's unzipping (libzip) and SAX (expat). Numbers are read from
// their digits: what stands in the file, rounded half up to the 15 significant digits that
// spreadsheets keep; never through binary floating point. Dates are told by the style of the cell,
// in the 1900 and the 1904 system. The archive's declared sizes are limited before anything is
// unpacked, and unpacking is held to them; parts are parsed as they unpack. Never throws. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/sheet/csv.hpp"

namespace wutong::sheet {

struct XlsxLimits {
  size_t parts_max = 10'000;
  uint64_t unpacked_bytes_max = uint64_t{1} << 30;  // declared, of all parts
  uint64_t ratio_max = 200;                         // of a part over 1 MiB
  size_t memory_bytes_max = size_t{128} << 20;      // of cells; a quarter for shared texts
  int rows_max = 1'048'576;                         // those of the format
  int columns_max = 16'384;
};

struct XlsxOptions {
  std::string sheet = {};     // by name; empty: the first that is visible
  int heading_line = 0;       // row of the headings; 0: the first that is not empty
  bool reads_hidden = false;  // hidden rows and columns are read as well; else they are faults
  XlsxLimits limits = {};
};

// nullopt where anything is wrong, with every fault (up to kFaultsMax). Places: `file[sheet]`, the
// row as line, the column as column (1 is A). Codes: xlsx.not_zip, old_xls, xlsb, not_workbook,
// encrypted, too_large, damaged, xml, sheet_missing, sheet_empty, shared_string, no_value,
// error_cell, number, merged_heading, merged_cells, hidden, order, heading_twice, no_heading,
// text_too_long, rows, columns.
std::optional<Sheet> read_xlsx(std::string_view file, std::string_view bytes,
                               const XlsxOptions& options, Issues& issues);

// By the first bytes: a ZIP archive, or a file of the old Office formats.
bool is_workbook(std::string_view bytes);

std::string column_letters(int column);  // 1 is A, 27 is AA

}  // namespace wutong::sheet
