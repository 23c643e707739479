// Reads the YAML of a random pack for the SQL side, with yaml-cpp and nothing of the engine. What
// the pack leaves out gets the default that docs/packs.md states.
#pragma once

#include "tests/oracle/program.hpp"

namespace wutong::oracle {

// Registers and indicators as the files say them; no acts.
Program read_pack(const std::vector<std::pair<std::string, std::string>>& files);

}  // namespace wutong::oracle
