#include "engine/sheet/csv.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace wutong::sheet {

namespace {

class CsvReader {
 public:
  CsvReader(std::string_view file, std::string_view text, Issues& issues)
      : file_(file), text_(text), issues_(issues) {}

  std::optional<Sheet> run() {
    size_t before = issues_.size();
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    line_start_ = at_;
    read_header();
    while (issues_.size() - before < kFaultsMax && at_ < text_.size()) read_row();
    if (issues_.size() != before) return std::nullopt;
    return std::move(sheet_);
  }

 private:
  void fault(int line, int column, const char* code, std::string zh, std::string en) {
    issues_.push_back(Error{ErrorKind::invalid,
                            std::string("csv.") + code,
                            {std::string(file_), line, column, {}},
                            std::move(zh),
                            std::move(en),
                            {}});
  }

  int column_here() const {
    return 1 + static_cast<int>(count_code_points(text_.substr(line_start_, at_ - line_start_)));
  }

  void end_line() {
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    ++line_;
    line_start_ = at_;
  }

  bool is_at_line_end() const {
    if (at_ >= text_.size() || text_[at_] == '\n') return true;
    return text_[at_] == '\r' && (at_ + 1 >= text_.size() || text_[at_ + 1] == '\n');
  }

  std::string quoted_cell() {
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

  std::string cell() {
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

  std::vector<std::string> cells() {
    std::vector<std::string> out{cell()};
    while (at_ < text_.size() && text_[at_] == ',') {
      ++at_;
      out.push_back(cell());
    }
    end_line();
    return out;
  }

  void read_header() {
    if (trim(text_.substr(at_)).empty()) {
      fault(1, 1, "empty", "文件是空的，第一行应是字段名",
            "the file is empty; the first line names the fields");
      return;
    }
    for (std::string& name : cells()) {
      std::string trimmed(trim(name));
      bool is_twice =
          std::find(sheet_.names.begin(), sheet_.names.end(), trimmed) != sheet_.names.end();
      int number = static_cast<int>(sheet_.names.size()) + 1;
      if (trimmed.empty() || is_twice) {
        std::string which = std::to_string(number);
        fault(
            1, 0, "header",
            "第 " + which + " 列的字段名" + (is_twice ? "“" + trimmed + "”重复" : "是空的"),
            "the name of column " + which + (is_twice ? " stands twice: " + trimmed : " is empty"));
      }
      sheet_.names.push_back(std::move(trimmed));
      sheet_.columns.emplace_back();
      sheet_.columns.back().type = ValueType::text;
    }
  }

  void read_row() {
    if (is_at_line_end()) {  // an empty line
      end_line();
      return;
    }
    int line = line_;
    std::vector<std::string> row = cells();
    if (row.size() != sheet_.names.size()) {
      std::string want = std::to_string(sheet_.names.size()), have = std::to_string(row.size());
      fault(line, 0, "cells", "这一行有 " + have + " 格，应有 " + want + " 格",
            "the row has " + have + " cells, expected " + want);
      return;
    }
    sheet_.lines.push_back(line);
    for (size_t i = 0; i < row.size(); ++i) {
      if (row[i].empty()) {
        sheet_.columns[i].append_absent();
      } else {
        sheet_.columns[i].append_text(std::move(row[i]));
      }
    }
  }

  std::string_view file_;
  std::string_view text_;
  Issues& issues_;
  Sheet sheet_;
  size_t at_ = 0;
  size_t line_start_ = 0;
  int line_ = 1;
};

}  // namespace

std::optional<Sheet> read_csv(std::string_view file, std::string_view text, Issues& issues) {
  return CsvReader(file, text, issues).run();
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
