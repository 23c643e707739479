// LineScanner: the cells of one line of CSV after another, with every fault at its place. Private
// to the module. Linear time; views point into the text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace wutong::sheet {

struct Cell {
  std::string text;
  int line = 0;
  int column = 0;  // in code points; 0 unless asked for
};

class LineScanner {
 public:
  // `text` begins at the beginning of line `line`.
  LineScanner(std::string_view file, std::string_view text, int line, Issues& issues)
      : file_(file), text_(text), issues_(issues), line_(line) {}

  // A line with the lines that its quoted cells hold, its end included.
  std::vector<Cell> cells(bool with_columns);
  void end_line();

  bool is_at_end() const { return at_ >= text_.size(); }
  bool is_at_line_end() const;
  size_t at() const { return at_; }
  int line() const { return line_; }
  std::string_view rest() const { return text_.substr(at_); }
  void fault(int line, int column, const char* code, std::string zh, std::string en);
  void wrong_count(int line, size_t have, size_t want);

 private:
  int column_here() const;
  std::string quoted_cell();
  std::string cell();

  std::string_view file_;
  std::string_view text_;
  Issues& issues_;
  size_t at_ = 0;
  size_t line_start_ = 0;
  int line_;
};

// The names of a header line; faults where one is empty or stands twice.
std::vector<std::string> header_names(LineScanner& scanner);

}  // namespace wutong::sheet
