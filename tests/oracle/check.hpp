// Check: one program driven through zone::Host on simulated stores, and its figures compared three
// ways: the live engine after the whole history, the figures recomputed from the records, and plain
// SQL over the projection. Earlier positions are asked of the cells' journal and of a replay.
#pragma once

#include <optional>

#include "tests/oracle/program.hpp"

namespace wutong::oracle {

struct Difference {
  std::string what;  // "live", "recomputed", "replayed", "journal", "cells", "projection", "pack"
  Question question;
  std::string engine, sql;
};
std::string describe(const Difference& difference);

struct Effort {
  size_t acts = 0, refused = 0, questions = 0, compared = 0;
  std::map<std::string, size_t> answers;  // by status, growth apart
};

// Once, before anything else: projections stand in memory under a name, freed memory is kept.
void prepare_process();

// The first difference, or nothing. `effort` may be null.
std::optional<Difference> check(const Program& program, const std::vector<Question>& questions,
                                Effort* effort);

// Drops acts, rows, cells, conditions, dimensions, indicators and registers while the same question
// still differs in the same way.
struct Failing {
  Program program;
  Question question;
  Difference difference;
};
Failing shrink(const Program& program, const Difference& difference, size_t attempts_max);

}  // namespace wutong::oracle
