// Names that can be taken for one another: records of one register, values of one code list,
// indicators of one unit.
#pragma once

#include "tests/mutants/mutate.hpp"
#include "zone/host.hpp"

namespace wutong::mutants {

Alike names_alike(std::span<const zone::View> zones);

}  // namespace wutong::mutants
