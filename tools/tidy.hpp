// Tidy: the numbers and bans of the style, checked on the text of each file.
#pragma once

#include <string>
#include <vector>

#include "tools/source.hpp"

namespace wutong::tools {

// C++ of the tree. One line a fault: "file:line: what is wrong; what to do instead". Empty: all is
// tidy. All files must be given together, or headers look as if nobody included them.
std::vector<std::string> check_tidy(const std::vector<SourceFile>& files);

// Any text that is handed on with the project (C++, YAML, scripts, documents): paths of one
// machine.
std::vector<std::string> check_places(const std::vector<SourceFile>& files);

}  // namespace wutong::tools
