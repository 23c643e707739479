// Source text as the checks see it: files of the tree, and code without comments and literals.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wutong::tools {

struct SourceFile {
  std::string path;  // from the root of the project: "src/base/text.cpp", "demo/rows.cpp"
  std::string text;
};

// Files under the folders, sorted by path. `endings` with their point: ".hpp"; none means all.
// A folder may also name one file. What is not there is left out.
std::vector<SourceFile> read_tree(const std::string& root, const std::vector<std::string>& folders,
                                  const std::vector<std::string>& endings = {".hpp", ".cpp"});

std::vector<std::string> lines_of(std::string_view text);

// The text with comments, literals and preprocessor lines turned into spaces; lines keep their
// places. Knows raw strings and digit separators; does not know trigraphs and macros.
std::string code_only(std::string_view text);

struct Function {
  size_t first;  // line of the signature's begin, from 1
  size_t lines;  // to the closing brace
};

// Function bodies at namespace and class level; a lambda counts to the function around it.
std::vector<Function> functions_of(std::string_view text);

}  // namespace wutong::tools
