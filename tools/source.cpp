#include "tools/source.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace wutong::tools {

namespace {

namespace fs = std::filesystem;

SourceFile read_file(const fs::path& path, const std::string& root) {
  std::ifstream in(path, std::ios::binary);
  return {fs::relative(path, root).generic_string(),
          std::string(std::istreambuf_iterator<char>(in), {})};
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

// Walks the text once and blanks what is not code.
class Blanking {
 public:
  explicit Blanking(std::string_view text) : text_(text) {}

  std::string run() && {
    while (at_ < text_.size()) step();
    return std::move(text_);
  }

 private:
  void step() {
    if (starts("//")) return blank_to(line_end());
    if (starts("/*")) return blank_to(after("*/", at_ + 2));
    if (text_[at_] == '#' && is_first_of_line()) return blank_to(line_end());
    if (starts("R\"") && (at_ == 0 || !is_word(text_[at_ - 1]))) return blank_raw_string();
    bool is_separator = text_[at_] == '\'' && at_ > 0 && is_word(text_[at_ - 1]) &&
                        text_[at_ - 1] != 'u' && text_[at_ - 1] != 'U' && text_[at_ - 1] != 'L';
    if (text_[at_] == '"' || (text_[at_] == '\'' && !is_separator)) return blank_literal();
    ++at_;
  }

  bool starts(std::string_view with) const {
    return std::string_view(text_).substr(at_).starts_with(with);
  }

  bool is_first_of_line() const {
    size_t before = text_.find_last_not_of(" \t", at_ == 0 ? std::string::npos : at_ - 1);
    return at_ == 0 || before == std::string::npos || text_[before] == '\n';
  }

  // A line that ends in a backslash goes on.
  size_t line_end() const {
    size_t end = text_.find('\n', at_);
    while (end != std::string::npos && end > 0 && text_[end - 1] == '\\') {
      end = text_.find('\n', end + 1);
    }
    return end;
  }

  size_t after(std::string_view mark, size_t from) const {
    size_t found = text_.find(mark, from);
    return found == std::string::npos ? found : found + mark.size();
  }

  void blank_raw_string() {
    size_t open = text_.find('(', at_);
    if (open == std::string::npos) return blank_to(open);
    blank_to(after(")" + text_.substr(at_ + 2, open - at_ - 2) + "\"", open));
  }

  void blank_literal() {
    size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != text_[at_] && text_[end] != '\n') {
      end += text_[end] == '\\' ? 2u : 1u;
    }
    blank_to(end + 1);
  }

  void blank_to(size_t end) {
    for (end = std::min(end, text_.size()); at_ < end; ++at_) {
      if (text_[at_] != '\n') text_[at_] = ' ';
    }
  }

  std::string text_;
  size_t at_ = 0;
};

enum class Scope { names, type, body };

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

// "template <class T> struct X" → "struct X"
std::string_view without_template(std::string_view head) {
  if (!head.starts_with("template")) return head;
  int depth = 0;
  for (size_t i = 0; i < head.size(); ++i) {
    if (head[i] == '<') ++depth;
    if (head[i] == '>' && --depth == 0) return trim(head.substr(i + 1));
  }
  return head;
}

Scope scope_of(std::string_view head) {
  head = without_template(trim(head));
  size_t end = 0;
  while (end < head.size() && is_word(head[end])) ++end;
  std::string_view word = head.substr(0, end);
  if (word == "namespace" || word == "extern") return Scope::names;
  bool is_type = word == "class" || word == "struct" || word == "union" || word == "enum";
  return is_type ? Scope::type : Scope::body;
}

class FunctionSearch {
 public:
  explicit FunctionSearch(std::string_view text) : code_(code_only(text)) {}

  std::vector<Function> run() && {
    for (size_t at = 0; at < code_.size(); ++at) step(at);
    return std::move(found_);
  }

 private:
  void step(size_t at) {
    char c = code_[at];
    bool is_outside = depth_ == 0;
    if (c == '{') {
      open(at);
    } else if (c == '}') {
      close(at);
    } else if (is_outside && (c == ';' || ends_access_word(at))) {
      head_ = at + 1;
    }
  }

  void open(size_t at) {
    if (depth_ > 0 || scope_of(head_before(at)) == Scope::body) {
      ++depth_;
      return;
    }
    head_ = at + 1;
  }

  void close(size_t at) {
    if (depth_ > 1) {
      --depth_;
      return;
    }
    bool is_type_end = depth_ == 0;
    depth_ = 0;
    if (!is_type_end && is_inside_declaration(at)) return;
    if (!is_type_end && is_function(at)) found_.push_back(function_to(at));
    head_ = at + 1;
  }

  // What stands before the first brace outside of parentheses: a signature, and not
  // "const Table kTable[] =".
  bool is_function(size_t at) const {
    std::string_view head = head_before(at);
    int depth = 0;
    size_t end = 0;
    for (; end < head.size() && (depth > 0 || head[end] != '{'); ++end) {
      if (head[end] == '(') ++depth;
      if (head[end] == ')') --depth;
    }
    head = trim(head.substr(0, end));
    return head.find('(') != std::string_view::npos && !head.ends_with('=');
  }

  // Of a member before the body or of an argument: ": a_{1}, b_{2} {", "(Options options = {})".
  bool is_inside_declaration(size_t at) const {
    size_t next = at + 1;
    while (next < code_.size() && is_space(code_[next])) ++next;
    return next < code_.size() &&
           std::string_view(",{)").find(code_[next]) != std::string_view::npos;
  }

  // "public:" and its like.
  bool ends_access_word(size_t at) const {
    if (code_[at] != ':') return false;
    std::string_view head = trim(head_before(at));
    return head == "public" || head == "private" || head == "protected";
  }

  std::string_view head_before(size_t at) const {
    return std::string_view(code_).substr(head_, at - head_);
  }

  Function function_to(size_t at) const {
    size_t begin = head_;
    while (is_space(code_[begin])) ++begin;
    auto line = [&](size_t place) {
      return static_cast<size_t>(
          std::count(code_.begin(), code_.begin() + static_cast<std::ptrdiff_t>(place), '\n'));
    };
    return {line(begin) + 1, line(at) - line(begin) + 1};
  }

  std::string code_;
  std::vector<Function> found_;
  size_t head_ = 0;   // where the declaration at hand begins
  size_t depth_ = 0;  // braces open inside a body
};

}  // namespace

std::vector<SourceFile> read_tree(const std::string& root, const std::vector<std::string>& folders,
                                  const std::vector<std::string>& endings) {
  std::vector<SourceFile> files;
  for (const std::string& folder : folders) {
    fs::path place = fs::path(root) / folder;
    if (fs::is_regular_file(place)) files.push_back(read_file(place, root));
    if (!fs::is_directory(place)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(place)) {
      bool is_wanted = endings.empty() || std::count(endings.begin(), endings.end(),
                                                     entry.path().extension().string()) > 0;
      if (entry.is_regular_file() && is_wanted) files.push_back(read_file(entry.path(), root));
    }
  }
  std::sort(files.begin(), files.end(),
            [](const SourceFile& a, const SourceFile& b) { return a.path < b.path; });
  return files;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::istringstream in{std::string(text)};
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string code_only(std::string_view text) { return Blanking(text).run(); }

std::vector<Function> functions_of(std::string_view text) { return FunctionSearch(text).run(); }

}  // namespace wutong::tools
