// The pack half of random programs. Private to the oracle's generator.
#pragma once

#include <optional>

#include "tests/oracle/program.hpp"

namespace wutong::oracle {

// A field that a path reaches from a register.
struct Reached {
  std::string path;
  const FieldDef* field;
};
std::vector<Reached> reached_from(const Program& program, const RegisterDef& home, int depth);

std::vector<RegisterDef> random_registers(Dice& dice);
std::vector<IndicatorDef> random_indicators(const Program& program, Dice& dice);
// Names of dimensions that a question about an indicator may fix, with the field behind each.
std::map<std::string, Reached> dimensions_of(const Program& program, const IndicatorDef& indicator);

}  // namespace wutong::oracle
