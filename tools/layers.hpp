// Layers: reads the includes of a source tree and holds them against tools/layers.txt.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace wutong::tools {

using Layers = std::map<std::string, std::set<std::string>>;  // module → what it may use

struct SourceFile {
  std::string path;  // from the root of the project: "src/base/text.cpp", "demo/rows.cpp"
  std::string text;
};

std::vector<SourceFile> read_tree(const std::string& root, const std::vector<std::string>& folders);
Layers parse_layers(const std::string& text);
// "src/core/record/impl/table.cpp" → "core/record"; "demo/rows.cpp" → "demo".
std::string module_of(const std::string& path);
// One line a break: "file:line: module may not include …". Empty: all holds.
std::vector<std::string> check_layers(const Layers& layers, const std::vector<SourceFile>& files);

}  // namespace wutong::tools
