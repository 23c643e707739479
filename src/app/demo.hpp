// `wutong demo`: records the demo zone act by act, checks the demo article against it, serves it.
#pragma once

#include "surface/cli/cli.hpp"

namespace wutong::app {

int demo(const cli::DemoOptions& options, const cli::Environment& environment);

}  // namespace wutong::app
