#include "engine/sheet/impl/grid.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace wutong::sheet {

namespace {

constexpr size_t kNoSlot = SIZE_MAX;

std::string cell_name(int column, int row) { return column_letters(column) + std::to_string(row); }

}  // namespace

std::string column_letters(int column) {
  std::string out;
  for (; column > 0; column = (column - 1) / 26) {
    out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
  }
  return out;
}

std::optional<CellPlace> cell_place(std::string_view text) {
  CellPlace out;
  size_t at = 0;
  for (; at < text.size() && text[at] >= 'A' && text[at] <= 'Z'; ++at) {
    if (out.column > 1'000'000) return std::nullopt;
    out.column = out.column * 26 + (text[at] - 'A' + 1);
  }
  const size_t letters = at;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
    if (out.row > 100'000'000) return std::nullopt;
    out.row = out.row * 10 + (text[at] - '0');
  }
  if (letters == 0 || at == letters || at != text.size() || out.row == 0) return std::nullopt;
  return out;
}

Grid::Grid(std::string file, std::string title, const XlsxOptions& options, Issues& issues)
    : place_(std::move(file) + "[" + title + "]"),
      options_(options),
      issues_(issues),
      before_(issues.size()) {
  sheet_.title = std::move(title);
}

void Grid::fault(const char* code, int row, int column, std::string zh, std::string en,
                 ErrorKind kind) {
  if (is_full()) return;
  issues_.push_back(Error{kind,
                          std::string("xlsx.") + code,
                          {place_, row, column, {}},
                          std::move(zh),
                          std::move(en),
                          {}});
}

void Grid::take_hidden_columns(int first, int last) { hidden_columns_.emplace_back(first, last); }

// Merges stand behind the rows in the file, so both headings and rows are known.
void Grid::take_merged(std::string_view range) {
  const size_t colon = range.find(':');
  const auto from = cell_place(range.substr(0, colon));
  if (!from || colon == std::string_view::npos) return;
  const auto to = cell_place(range.substr(colon + 1));
  const int last = to ? to->row : from->row;
  const std::string name(range);
  if (!has_headings_ || last < sheet_.heading_line) return;
  if (from->row <= sheet_.heading_line) {
    fault("merged_heading", from->row, from->column,
          "标题行有合并的单元格 " + name + "；标题应一列一格，在一行之内，可用标题行参数指明第几行",
          "the headings have merged cells, " + name +
              ": give each column one heading in one row, or say which row holds them");
    return;
  }
  if (sheet_.lines.empty() || from->row > sheet_.lines.back()) return;
  fault("merged_cells", from->row, from->column,
        "单元格 " + name + " 是合并的，分不清各行的值；请取消合并并逐格填写",
        "the cells " + name +
            " are merged, which leaves the value of each row open: unmerge and "
            "fill in each");
}

void Grid::take_headings(int row, std::vector<Filled>& cells) {
  has_headings_ = true;
  sheet_.heading_line = row;
  for (Filled& cell : cells) {
    std::string name(trim(cell.text));
    if (name.empty()) continue;
    if (std::find(sheet_.names.begin(), sheet_.names.end(), name) != sheet_.names.end()) {
      fault("heading_twice", row, cell.column, "标题“" + name + "”重复",
            "the heading \"" + name + "\" stands twice");
      continue;
    }
    by_column_.resize(std::max(by_column_.size(), static_cast<size_t>(cell.column) + 1), kNoSlot);
    by_column_[static_cast<size_t>(cell.column)] = sheet_.names.size();
    sheet_.names.push_back(std::move(name));
    sheet_.places.push_back(cell.column);
    sheet_.columns.emplace_back();
    sheet_.columns.back().type = ValueType::text;
    sheet_.kinds.emplace_back();
  }
  end_headings();
}

void Grid::end_headings() {
  if (options_.reads_hidden) return;
  for (int column : sheet_.places) {
    for (const auto& [first, last] : hidden_columns_) {
      if (column < first || column > last) continue;
      fault("hidden", sheet_.heading_line, column,
            "列 " + column_letters(column) + " 是隐藏的；请取消隐藏或删除，或指明隐藏的也要导入",
            "column " + column_letters(column) +
                " is hidden: show or delete it, or say that hidden ones are read");
      break;
    }
  }
}

bool Grid::take_cells(int row, std::vector<Filled>& cells) {
  const size_t index = sheet_.lines.size();
  sheet_.lines.push_back(row);
  for (Filled& cell : cells) {
    const auto column = static_cast<size_t>(cell.column);
    const size_t slot = column < by_column_.size() ? by_column_[column] : kNoSlot;
    if (slot == kNoSlot) {
      const std::string name = cell_name(cell.column, row);
      fault("no_heading", row, cell.column, "单元格 " + name + " 有内容，但这一列没有标题",
            "cell " + name + " holds something, but its column has no heading");
      continue;
    }
    memory_ += cell.text.size();
    Column& out = sheet_.columns[slot];
    out.resize_absent(index);
    out.append_text(std::move(cell.text));
    sheet_.kinds[slot].resize(index, CellKind::text);
    sheet_.kinds[slot].push_back(cell.kind);
  }
  memory_ += sheet_.columns.size() * (sizeof(std::string) + 2) + sizeof(int);
  if (memory_ <= options_.limits.memory_bytes_max) return true;
  const std::string most = std::to_string(options_.limits.memory_bytes_max >> 20);
  fault("too_large", row, 0, "到这一行为止的内容已超过 " + most + " MiB，请分成几个文件",
        "up to this row the content takes over " + most + " MiB; split the file",
        ErrorKind::too_large);
  return false;
}

bool Grid::take_row(int row, bool is_hidden, std::vector<Filled>& cells) {
  std::erase_if(cells, [](const Filled& cell) { return cell.text.empty(); });
  if (!has_headings_) {
    const bool is_it = options_.heading_line == 0 ? !cells.empty() : row >= options_.heading_line;
    if (is_it && (options_.heading_line == 0 || row == options_.heading_line)) {
      take_headings(row, cells);
    }
    return !is_it || has_headings_;
  }
  if (cells.empty()) return true;
  if (is_hidden && !options_.reads_hidden) {
    fault(
        "hidden", row, 0,
        "第 " + std::to_string(row) + " 行是隐藏的；请取消隐藏或筛选，或删除，或指明隐藏的也要导入",
        "row " + std::to_string(row) +
            " is hidden: show or delete it, or say that hidden ones are read");
  }
  return take_cells(row, cells);
}

std::optional<Sheet> Grid::finish() {
  if (issues_.size() == before_ && sheet_.names.empty()) {
    fault("sheet_empty", std::max(1, options_.heading_line), 0,
          "工作表“" + sheet_.title + "”没有标题行", "sheet " + sheet_.title + " has no headings");
  }
  if (issues_.size() != before_) return std::nullopt;
  for (size_t i = 0; i < sheet_.columns.size(); ++i) {
    sheet_.columns[i].resize_absent(sheet_.lines.size());
    sheet_.kinds[i].resize(sheet_.lines.size(), CellKind::text);
  }
  return std::move(sheet_);
}

}  // namespace wutong::sheet
