#include "tools/tidy.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

#include "tools/layers.hpp"

namespace wutong::tools {

namespace {

constexpr size_t kLineMax = 100;  // characters, not bytes
constexpr size_t kFileMax = 400;  // lines
constexpr size_t kTestFileMax = 1000;
constexpr size_t kFunctionMax = 70;  // lines, signature and closing brace included

// A word of code outside of comments and literals. `allowed_in`: path prefixes, parted by spaces.
struct Ban {
  std::string_view word;
  std::string_view instead;
  std::string_view allowed_in;
};

constexpr std::string_view kPrinters = "src/surface/cli/ src/app/";
constexpr Ban kBans[] = {
    {"atoi", "std::from_chars", ""},
    {"atof", "Decimal::parse", ""},
    {"atol", "std::from_chars", ""},
    {"strtol", "std::from_chars", ""},
    {"strtoul", "std::from_chars", ""},
    {"strtod", "Decimal::parse", ""},
    {"sscanf", "std::from_chars", ""},
    {"stoi", "std::from_chars", ""},
    {"stol", "std::from_chars", ""},
    {"stoll", "std::from_chars", ""},
    {"stoul", "std::from_chars", ""},
    {"stoull", "std::from_chars", ""},
    {"stod", "Decimal::parse", ""},
    {"stof", "Decimal::parse", ""},
    {"double", "Decimal; no binary floating point near figures",
     "src/surface/answer/json_text.cpp src/engine/sheet/xlsx_write.cpp bench/"},
    {"float", "Decimal; no binary floating point near figures", ""},
    {"regex", "a small parser", ""},
    {"sprintf", "fmt::format", ""},
    {"snprintf", "fmt::format", ""},
    {"strcpy", "std::string", ""},
    {"printf", "a return value; only surface/cli and app print", kPrinters},
    {"cout", "a return value; only surface/cli and app print", kPrinters},
    {"cerr", "an Error; only surface/cli and app print", kPrinters},
    {"rand", "a seed passed in", ""},
    {"random_device", "base/crypto.hpp, or a seed passed in", ""},
    {"system_clock", "Clock, passed in", "src/base/clock.cpp"},
    {"localtime", "Date; zones are at +08:00", ""},
    {"gmtime", "Date; zones are at +08:00", ""},
    {"getenv", "configuration; only app reads the environment", "src/app/main.cpp"},
    {"throw", "Result", ""},
    {"goto", "a function", ""},
    {"exit", "a return value; only main ends the program", "src/app/main.cpp"},
    {"abort", "Result, or CHECK for a bug", "src/base/error.cpp"},
    {"time(nullptr)", "Clock, passed in", ""},
    {"using namespace", "the names that are used", ""},
};
constexpr std::string_view kVagueEndings[] = {"Manager", "Helper", "Util", "Utils"};

// The words are split, so that this table does not find itself.
constexpr std::string_view kMachinePlaces[] = {
    "/wo"
    "rk/",
    "/ro"
    "ot/",
    "/ho"
    "me/"};

bool is_test(const std::string& path) {
  return path.ends_with("_test.cpp") || path.starts_with("tests/");
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool is_among(std::string_view path, std::string_view prefixes) {
  while (!prefixes.empty()) {
    std::string_view prefix = prefixes.substr(0, prefixes.find(' '));
    if (path.starts_with(prefix)) return true;
    prefixes.remove_prefix(std::min(prefix.size() + 1, prefixes.size()));
  }
  return false;
}

// As a whole word, and not as the member of something: "client.exit(" is another's name.
bool has_word(std::string_view code, std::string_view word) {
  for (size_t at = code.find(word); at != code.npos; at = code.find(word, at + 1)) {
    size_t end = at + word.size();
    bool is_begin = at == 0 || (!is_word(code[at - 1]) && code[at - 1] != '.' &&
                                !code.substr(0, at).ends_with("->"));
    bool is_end = end >= code.size() || !is_word(code[end]) || !is_word(word.back());
    if (is_begin && is_end) return true;
  }
  return false;
}

size_t characters(std::string_view line) {
  return static_cast<size_t>(std::count_if(line.begin(), line.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

class FileCheck {
 public:
  FileCheck(const SourceFile& file, std::vector<std::string>& faults)
      : file_(file), is_test_(is_test(file.path)), faults_(faults) {}

  void run() {
    check_size();
    check_code();
    check_test();
    check_header();
    check_namespace();
  }

 private:
  void fault(size_t line, const std::string& what) {
    faults_.push_back(file_.path + ":" + std::to_string(line) + ": " + what);
  }

  void check_size() {
    std::vector<std::string> lines = lines_of(file_.text);
    size_t max = is_test_ ? kTestFileMax : kFileMax;
    if (lines.size() > max) {
      fault(1, std::to_string(lines.size()) + " lines, " + std::to_string(max) +
                   " at most; split it by subject");
    }
    for (size_t i = 0; i < lines.size(); ++i) {
      if (characters(lines[i]) <= kLineMax) continue;
      fault(i + 1,
            std::to_string(characters(lines[i])) + " characters, 100 at most; break the line");
    }
    for (const Function& function : functions_of(file_.text)) {
      if (function.lines <= kFunctionMax) continue;
      fault(function.first, "a function of " + std::to_string(function.lines) +
                                " lines, 70 at most; name a part of it");
    }
  }

  void check_code() {
    std::vector<std::string> lines = lines_of(code_only(file_.text));
    for (size_t i = 0; i < lines.size(); ++i) {
      check_names(lines[i], i + 1);
      if (is_test_ || file_.path.starts_with("tools/")) continue;
      for (const Ban& ban : kBans) {
        if (is_among(file_.path, ban.allowed_in) || !has_word(lines[i], ban.word)) continue;
        fault(i + 1, std::string(ban.word) + " is banned; use " + std::string(ban.instead));
      }
    }
  }

  void check_names(std::string_view code, size_t line) {
    for (size_t at = 0; at < code.size(); ++at) {
      if (!is_word(code[at])) continue;
      size_t end = at;
      while (end < code.size() && is_word(code[end])) ++end;
      std::string_view name = code.substr(at, end - at);
      // std::get_if, socket.get_executor: names of libraries are theirs.
      bool is_ours = at == 0 || std::string_view(":.>").find(code[at - 1]) == code.npos;
      if (is_ours && name.starts_with("get_")) {
        fault(line, std::string(name) + ": no get_; name what it is");
      }
      for (std::string_view ending : kVagueEndings) {
        if (name.ends_with(ending)) fault(line, std::string(name) + ": say what it does");
      }
      at = end;
    }
  }

  void check_test() {
    bool is_support = file_.path.find("/test_") != std::string::npos;  // what tests share
    bool is_empty = file_.path.ends_with("_test.cpp") && !is_support &&
                    !has_word(file_.text, "TEST") && !has_word(file_.text, "TEST_F") &&
                    !has_word(file_.text, "TEST_P") && !has_word(file_.text, "TYPED_TEST");
    if (is_empty) fault(1, "a test file without a test; delete it");
  }

  void check_header() {
    if (!file_.path.ends_with(".hpp")) return;
    if (file_.text.find("#pragma once") == std::string::npos) {
      fault(1, "a header has #pragma once");
    }
    if (!file_.text.starts_with("//")) fault(1, "a header begins with its purpose");
  }

  void check_namespace() {
    if (!file_.path.starts_with("src/") || is_test_ || file_.path == "src/app/main.cpp") return;
    std::string module = module_of(file_.path);
    std::string folder = module.substr(module.rfind('/') + 1);
    std::string expected =
        module == "base" ? "namespace wutong {" : "namespace wutong::" + folder + " {";
    if (file_.text.find(expected) != std::string::npos) return;
    fault(1, "the namespace is that of the folder: " + expected);
  }

  const SourceFile& file_;
  const bool is_test_;
  std::vector<std::string>& faults_;
};

// Headers that nobody includes; what only its own .cpp includes is no header.
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

// Sources in folders that cmake/modules.cmake does not gather.
void check_unbuilt(const std::vector<SourceFile>& files, std::vector<std::string>& faults) {
  for (const SourceFile& file : files) {
    bool is_source = file.path.ends_with(".cpp");
    bool is_scenario = file.path.starts_with("tests/scenario/") && file.path.ends_with("_test.cpp");
    bool is_oracle = file.path.starts_with("tests/oracle/");
    bool is_mutants = file.path.starts_with("tests/mutants/");
    bool is_elsewhere =
        file.path.starts_with("tests/") && !is_scenario && !is_oracle && !is_mutants;
    size_t depth = static_cast<size_t>(std::count(file.path.begin(), file.path.end(), '/'));
    bool is_flat = is_among(file.path, "src/base/ src/zone/ src/app/") &&
                   !file.path.starts_with("src/zone/account/");
    size_t deepest = is_flat ? 2 : 3;
    bool is_private = file.path.find("/impl/") != std::string::npos ||
                      file.path.find("/functions/") != std::string::npos;
    bool is_too_deep = file.path.starts_with("src/") && depth > deepest + (is_private ? 1 : 0);
    if (!is_source || (!is_elsewhere && !is_too_deep)) continue;
    faults.push_back(file.path + ":1: nothing builds it; see cmake/modules.cmake");
  }
}

}  // namespace

std::vector<std::string> check_tidy(const std::vector<SourceFile>& files) {
  std::vector<std::string> faults;
  for (const SourceFile& file : files) FileCheck(file, faults).run();
  check_dead(files, faults);
  check_unbuilt(files, faults);
  return faults;
}

std::vector<std::string> check_places(const std::vector<SourceFile>& files) {
  std::vector<std::string> faults;
  for (const SourceFile& file : files) {
    std::vector<std::string> lines = lines_of(file.text);
    for (size_t i = 0; i < lines.size(); ++i) {
      for (std::string_view place : kMachinePlaces) {
        if (lines[i].find(place) == std::string::npos) continue;
        faults.push_back(file.path + ":" + std::to_string(i + 1) + ": " + std::string(place) +
                         " is a place of one machine; name it from the project's root");
      }
    }
  }
  return faults;
}

}  // namespace wutong::tools
