// Random programs: packs of a few registers (references of up to three steps, effective-dated
// fields, life cycles, series) with indicators of every kind, and histories that insert, amend,
// back-date, reclassify, withdraw and report out of order. The seed decides everything.
#pragma once

#include "tests/oracle/program.hpp"

namespace wutong::oracle {

Program generate(uint64_t seed);
// Questions about the indicators of a program; `after` is the number of its acts, or of a few
// earlier ones (at most two different) for those that ask about an earlier position.
std::vector<Question> questions_for(const Program& program, uint64_t seed);

}  // namespace wutong::oracle
