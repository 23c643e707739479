// Tidy: the numbers and bans of the style, checked on the text of each file.
#pragma once

#include <string>
#include <vector>

#include "tools/layers.hpp"

namespace wutong::tools {

// One line a fault: "file:line: what is wrong; what to do instead". Empty: all is tidy.
std::vector<std::string> check_tidy(const std::vector<SourceFile>& files);

}  // namespace wutong::tools
