// Layers: reads the includes of a source tree and holds them against tools/layers.txt, and that
// file against what the build links.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tools/source.hpp"

namespace wutong::tools {

// A module, or a library as "<sqlite3" → what it may use, or who may use it.
using Layers = std::map<std::string, std::set<std::string>>;

Layers parse_layers(const std::string& text);
// The wutong_module(PATH USES …) of cmake/modules.cmake: path → modules, by the last part of
// theirs.
Layers parse_modules(const std::string& cmake);

// "src/core/record/impl/table.cpp" → "core/record"; "demo/rows.cpp" → "demo".
std::string module_of(const std::string& path);

// One line a break: "file:line: module may not include …". Empty: all holds.
std::vector<std::string> check_layers(const Layers& layers, const std::vector<SourceFile>& files);
// A folder without a line in either file, a link that layers.txt does not allow, an include that it
// allows and nothing links. Not for `app` and `demo`, which the build lists apart.
std::vector<std::string> check_modules(const Layers& layers, const Layers& modules);

}  // namespace wutong::tools
