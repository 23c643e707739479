// The files of the web console, built into the program by cmake/console.cmake; made there, none
// where the build was told WUTONG_CONSOLE=OFF. For the life of the program; any thread.
#pragma once

#include <span>

#include "surface/server/console.hpp"

namespace wutong::app {

std::span<const server::Asset> console_assets();

}  // namespace wutong::app
