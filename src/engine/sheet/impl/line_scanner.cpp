#include "engine/sheet/impl/line_scanner.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace wutong::sheet {

void LineScanner::fault(int line, int column, const char* code, std::string zh, std::string en) {
  issues_.push_back(Error{ErrorKind::invalid,
                          std::string("csv.") + code,
                          {std::string(file_), line, column, {}},
                          std::move(zh),
                          std::move(en),
                          {}});
}

void LineScanner::wrong_count(int line, size_t have, size_t want) {
  fault(line, 0, "cells",
        "这一行有 " + std::to_string(have) + " 格，应有 " + std::to_string(want) + " 格",
        "the row has " + std::to_string(have) + " cells, expected " + std::to_string(want));
}

int LineScanner::column_here() const {
  return 1 + static_cast<int>(count_code_points(text_.substr(line_start_, at_ - line_start_)));
}

void LineScanner::end_line() {
  if (at_ < text_.size() && text_[at_] == '\r') ++at_;
  if (at_ < text_.size() && text_[at_] == '\n') ++at_;
  ++line_;
  line_start_ = at_;
}

bool LineScanner::is_at_line_end() const {
  if (at_ >= text_.size() || text_[at_] == '\n') return true;
  return text_[at_] == '\r' && (at_ + 1 >= text_.size() || text_[at_ + 1] == '\n');
}

std::string LineScanner::quoted_cell() {
  int line = line_, column = column_here();
  std::string cell;
  ++at_;
  while (at_ < text_.size()) {
    char c = text_[at_++];
    if (c == '"' && at_ < text_.size() && text_[at_] == '"') {
      ++at_;
    } else if (c == '"') {
      return cell;
    }
    if (c == '\n') {
      ++line_;
      line_start_ = at_;
    }
    cell += c;
  }
  fault(line, column, "unclosed_quote", "引号没有收尾", "the quote is not closed");
  return cell;
}

std::string LineScanner::cell() {
  bool is_quoted = at_ < text_.size() && text_[at_] == '"';
  std::string out;
  if (is_quoted) out = quoted_cell();
  size_t begin = at_;
  while (!is_at_line_end() && text_[at_] != ',') ++at_;
  if (is_quoted && at_ > begin) {
    fault(line_, column_here(), "after_quote", "收尾引号之后应是逗号或换行",
          "a comma or line break follows a closing quote");
  } else if (!is_quoted) {
    out = text_.substr(begin, at_ - begin);
  }
  if (!is_valid_utf8(out) || out.find('\0') != std::string::npos) {
    fault(line_, column_here(), "not_utf8", "不是 UTF-8 文字，请另存为 UTF-8 编码的 CSV",
          "not UTF-8 text; save the file as CSV in UTF-8");
  }
  return out;
}

std::vector<Cell> LineScanner::cells(bool with_columns) {
  std::vector<Cell> out;
  do {
    if (!out.empty()) ++at_;  // the comma
    int line = line_, column = with_columns ? column_here() : 0;
    out.push_back({cell(), line, column});
  } while (at_ < text_.size() && text_[at_] == ',');
  end_line();
  return out;
}

std::vector<std::string> header_names(LineScanner& scanner) {
  if (trim(scanner.rest()).empty()) {
    scanner.fault(1, 1, "empty", "文件是空的，第一行应是字段名",
                  "the file is empty; the first line names the fields");
    return {};
  }
  std::vector<std::string> names;
  for (const Cell& cell : scanner.cells(false)) {
    std::string trimmed(trim(cell.text));
    bool is_twice = std::find(names.begin(), names.end(), trimmed) != names.end();
    if (trimmed.empty() || is_twice) {
      std::string which = std::to_string(names.size() + 1);
      scanner.fault(
          1, 0, "header",
          "第 " + which + " 列的字段名" + (is_twice ? "“" + trimmed + "”重复" : "是空的"),
          "the name of column " + which + (is_twice ? " stands twice: " + trimmed : " is empty"));
    }
    names.push_back(std::move(trimmed));
  }
  return names;
}

}  // namespace wutong::sheet
