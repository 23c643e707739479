// The commands of the program `returns`, which script/bench runs:
//
//   returns gen FIRMS DIR [SEED [SKEW]]: writes ent.csv and ret.csv.
//   returns ENGINE DIR WORK ANSWERS [REPEAT [LIBRARY]]: measures floor, sqlite, duckdb, ours or
//     ours-memory on the files of DIR, with its own files in WORK, and writes its answers.
//   returns table FILE FIRMS SMALL_FIRMS: the table of what engines printed.
#pragma once

#include <string>
#include <vector>

namespace wutong::bench {

// The program's exit code: 0, 1 (a fault, said on standard error) or 2 (usage).
int run_command(const std::vector<std::string>& words);

}  // namespace wutong::bench
