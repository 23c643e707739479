// Planted faults: places where a test may make the engine wrong, to see that the standing oracle
// notices (docs/oracle.md). PLANTED("name") is the constant false in every build but that of the
// fault test, which compiles the engine a second time with WUTONG_PLANTED_FAULTS.
#pragma once

#ifdef WUTONG_PLANTED_FAULTS
#include <string_view>

namespace wutong {
inline std::string_view planted_fault;  // set while no other thread runs
}
#define PLANTED(name) (::wutong::planted_fault == (name))
#else
#define PLANTED(name) false
#endif
