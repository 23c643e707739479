// `wutong demo`: records the demo zones act by act, checks the demo articles against them,
// serves them.
#pragma once

#include "surface/cli/cli.hpp"

namespace wutong::app {

int demo(const cli::DemoOptions& options, const cli::Environment& environment);

}  // namespace wutong::app
