// A number with its unit as people read it: 73940000000 CNY is 739.4亿元, 73.94 billion yuan. For
// sentences, never for what is computed further. Pure; any thread.
#pragma once

#include <string>

#include "base/unit.hpp"

namespace wutong {

struct Spoken {
  std::string zh;
  std::string en;
};
// Money to a ten-thousandth of the word that it is told in (half up), everything else as it is,
// with the places that it has.
Spoken spoken(const Decimal& value, Unit unit);

}  // namespace wutong
