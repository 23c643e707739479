#include "tools/tidy.hpp"

#include <algorithm>
#include <sstream>
#include <string_view>

namespace wutong::tools {

namespace {

constexpr size_t kLineMax = 100;  // characters, not bytes
constexpr size_t kFileMax = 400;  // lines
constexpr size_t kTestFileMax = 1000;
constexpr size_t kFunctionMax = 70;

struct Ban {
  std::string_view word;
  std::string_view instead;
  std::string_view allowed_in;  // path prefix, "" nowhere
};
// The words are split, so that this table does not ban itself.
constexpr Ban kBans[] = {
    {"ato"
     "i(",
     "std::from_chars", ""},
    {"str"
     "tod(",
     "Decimal::parse", ""},
    {"std::sto"
     "i(",
     "std::from_chars", ""},
    {"std::sto"
     "l(",
     "std::from_chars", ""},
    {"std::sto"
     "d(",
     "Decimal::parse", ""},
    {"spr"
     "intf(",
     "fmt or string concatenation", ""},
    {"std::re"
     "gex",
     "a small parser", ""},
    {" ran"
     "d()",
     "Random, passed in", ""},
    {"time(null"
     "ptr)",
     "Clock, passed in", ""},
    {"system_cl"
     "ock",
     "Clock, passed in", "src/base/clock.cpp"},
    {"using name"
     "space",
     "names", ""},
    {"std::co"
     "ut",
     "a return value; only surface/cli and app print", "src/surface/cli/"},
    {"get"
     "env(",
     "configuration in app", "src/app/main.cpp"},
    {"thr"
     "ow ",
     "Result", ""},
    {"dou"
     "ble ",
     "Decimal; no binary floating point near figures", "src/surface/answer/json_text.cpp"},
    {"dou"
     "ble,",
     "Decimal; no binary floating point near figures", "src/surface/answer/json_text.cpp"},
    {"flo"
     "at ",
     "Decimal; no binary floating point near figures", ""},
    {"/wo"
     "rk/",
     "a path of the project", ""},
};

bool is_test(const std::string& path) {
  return path.ends_with("_test.cpp") || path.starts_with("tests/");
}

size_t characters(std::string_view line) {
  return static_cast<size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string_view code_of(std::string_view line) { return line.substr(0, line.find("//")); }

class FileCheck {
 public:
  FileCheck(const SourceFile& file, std::vector<std::string>& faults)
      : file_(file), faults_(faults) {
    std::istringstream in(file.text);
    for (std::string line; std::getline(in, line);) lines_.push_back(line);
  }

  void run() {
    size_t max = is_test(file_.path) ? kTestFileMax : kFileMax;
    if (lines_.size() > max) fault(1, "over " + std::to_string(max) + " lines; split it");
    for (size_t i = 0; i < lines_.size(); ++i) check_line(i);
    check_functions();
    check_header();
    bool is_support = file_.path.find("/test_") != std::string::npos;  // what tests share
    bool is_empty_test = !is_support &&
        file_.path.ends_with("_test.cpp") && file_.text.find("TEST") == std::string::npos;
    if (is_empty_test) fault(1, "a test file without a test");
  }

 private:
  void fault(size_t line, const std::string& what) {
    faults_.push_back(file_.path + ":" + std::to_string(line) + ": " + what);
  }

  void check_line(size_t i) {
    if (!is_test(file_.path) && characters(lines_[i]) > kLineMax) {
      fault(i + 1, "over 100 characters");
    }
    if (is_test(file_.path) || file_.path.starts_with("tools/")) return;
    std::string_view code = code_of(lines_[i]);
    for (const Ban& ban : kBans) {
      bool is_allowed = !ban.allowed_in.empty() && file_.path.starts_with(ban.allowed_in);
      bool is_app =
          file_.path.starts_with("src/app/") && ban.instead.find("app") != std::string_view::npos;
      if (is_allowed || is_app || code.find(ban.word) == std::string_view::npos) continue;
      fault(i + 1, std::string(ban.word) + " is banned; use " + std::string(ban.instead));
    }
  }

  // A function's body begins at a line that ends in "{" in the first column (or two columns in, in
  // a class) and ends at the "}" of the same depth.
  void check_functions() {
    if (is_test(file_.path)) return;
    for (size_t i = 0; i < lines_.size(); ++i) {
      const std::string& line = lines_[i];
      size_t indent = line.find_first_not_of(' ');
      bool begins = indent != std::string::npos && (indent == 0 || indent == 2) &&
                    line.ends_with("{") && line.find('(') != std::string::npos &&
                    line.find('=') == std::string::npos && !line.starts_with("namespace");
      if (!begins) continue;
      std::string end = std::string(indent, ' ') + "}";
      size_t last = i + 1;
      while (last < lines_.size() && !lines_[last].starts_with(end)) ++last;
      if (last - i > kFunctionMax) {
        fault(i + 1, "a function of " + std::to_string(last - i) + " lines; 70 at most");
      }
    }
  }

  void check_header() {
    bool is_header = file_.path.ends_with(".hpp");
    if (is_header && file_.text.find("#pragma once") == std::string::npos) {
      fault(1, "a header begins with #pragma once");
    }
    std::string module = module_of(file_.path);
    std::string folder = module.substr(module.rfind('/') + 1);
    std::string expected =
        module == "base" ? "namespace wutong {" : "namespace wutong::" + folder + " {";
    bool is_checked =
        file_.path.starts_with("src/") && !is_test(file_.path) && file_.path != "src/app/main.cpp";
    if (is_checked && file_.text.find(expected) == std::string::npos) {
      fault(1, "the namespace is that of the folder: " + expected);
    }
    if (is_header && file_.path.starts_with("src/") && !file_.text.starts_with("//")) {
      fault(1, "a header begins with its purpose");
    }
  }

  const SourceFile& file_;
  std::vector<std::string>& faults_;
  std::vector<std::string> lines_;
};

// Headers that nobody includes.
void check_dead(const std::vector<SourceFile>& files, std::vector<std::string>& faults) {
  for (const SourceFile& file : files) {
    if (!file.path.ends_with(".hpp")) continue;
    std::string name = file.path.starts_with("src/") ? file.path.substr(4) : file.path;
    bool is_used = std::any_of(files.begin(), files.end(), [&](const SourceFile& other) {
      return other.text.find("#include \"" + name + "\"") != std::string::npos;
    });
    if (!is_used) faults.push_back(file.path + ":1: nobody includes it; delete it");
  }
}

}  // namespace

std::vector<std::string> check_tidy(const std::vector<SourceFile>& files) {
  std::vector<std::string> faults;
  for (const SourceFile& file : files) FileCheck(file, faults).run();
  check_dead(files, faults);
  return faults;
}

}  // namespace wutong::tools
