// Workbooks through the distribution's libxlsxwriter, row by row in constant memory. The same
// input gives the same bytes. Never throws; thread-safe (a temporary file of its own each).
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"

namespace wutong::sheet {

// How the cells of a column are written. number: as a number where 15 digits hold it exactly, which
// is what spreadsheets keep, else as text. date, month: as a serial day with a date's format
// (YYYY-MM-DD, YYYY-MM), as text before 1900-03-01. text: as text always, and the column keeps
// what is typed into it later as text (leading zeros, long codes, "=").
enum class OutKind { text, number, date, month };

struct OutColumn {
  std::string heading;
  OutKind kind = OutKind::text;
  int places = 0;  // of a number, for its format
};

struct OutMark {
  size_t row = 0;  // of the data, 0 is the first
  size_t column = 0;
  std::string comment;
};

struct OutSheet {
  std::string name;  // made fit for the format: at most 31 characters, none of []:*?/\ in it
  std::vector<OutColumn> columns;
  size_t rows = 0;
  // Canonical text of a cell; empty: no cell.
  std::function<std::string(size_t row, size_t column)> cell;
  std::vector<OutMark> marks = {};  // cells on a red ground, with a comment; by row, then column
};

// `created` stands in the file's properties. Errors: too_large (rows, or a text over 32767
// characters, with sheet, row and column), io.
Result<std::string> write_xlsx(std::span<const OutSheet> sheets, Instant created);

}  // namespace wutong::sheet
