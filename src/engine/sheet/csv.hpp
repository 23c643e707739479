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

struct Sheet {
  std::vector<std::string> names;  // of the header line
  std::vector<Column> columns;     // text; empty cells are absent
  std::vector<int> lines;          // where each row begins
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
