// Grid: the cells of one sheet into columns under their headings. Private to the module.
//
// Operation. Rows come in order, cells in order within a row; the first row that holds anything (or
// the one asked for) is the headings. finish() gives the sheet where nothing was wrong. What has
// one cause is reported once. Concurrency. None.
#pragma once

#include "engine/sheet/xlsx.hpp"

namespace wutong::sheet {

class Grid {
 public:
  Grid(std::string file, std::string title, const XlsxOptions& options, Issues& issues);

  struct Filled {
    int column = 0;
    CellKind kind = CellKind::text;
    std::string text;
  };
  // False: too much, stop.
  bool take_row(int row, bool is_hidden, std::vector<Filled>& cells);
  void take_hidden_columns(int first, int last);
  void take_merged(std::string_view range);  // "A1:C1"
  void fault(const char* code, int row, int column, std::string zh, std::string en,
             ErrorKind kind = ErrorKind::invalid);
  bool is_full() const { return issues_.size() - before_ >= kFaultsMax; }
  std::optional<Sheet> finish();

 private:
  void take_headings(int row, std::vector<Filled>& cells);
  bool take_cells(int row, std::vector<Filled>& cells);
  void end_headings();

  std::string place_;
  const XlsxOptions& options_;
  Issues& issues_;
  size_t before_;
  Sheet sheet_;
  std::vector<size_t> by_column_;
  bool has_headings_ = false;
  std::vector<std::pair<int, int>> hidden_columns_;
  size_t memory_ = 0;
};

// "B12" → column 2, row 12; nullopt: no place of a cell.
struct CellPlace {
  int column = 0;
  int row = 0;
};
std::optional<CellPlace> cell_place(std::string_view text);

}  // namespace wutong::sheet
