// Cases: the examples of registers, packs/<pack>/cases/<register>.yaml (docs/packs.md), performed
// as acts on an empty zone in memory by the same pure function that decides every act. A register
// without an accepted and a refused example is a fault, as is a move or a check that no example
// reaches.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/pack/shape.hpp"
#include "engine/pack/source.hpp"

namespace wutong::catalog {

// What packs/<pack>/cases/NAME.yaml may hold.
pack::Shape cases_shape();

struct CaseCount {
  std::string pack;
  std::string register_name;
  size_t accepted = 0;
  size_t refused = 0;
};

// The folders below packs/, in order.
std::vector<std::string> pack_names(const pack::Files& files);

// Runs the cases of the registers of `packs`, under the registers of all packs in `files`. Every
// example that went otherwise than it says is an issue with its place. Pure; thread-safe.
std::vector<CaseCount> run_cases(const pack::Files& files, std::span<const std::string> packs,
                                 Issues& issues);

}  // namespace wutong::catalog
