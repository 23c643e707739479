// Accounts of the demo: one a role in every demo zone, with random passwords that are shown once.
#pragma once

#include "surface/cli/cli.hpp"

namespace wutong::app {

// Does nothing where there are accounts already.
Result<void> make_demo_accounts(zone::Host& host, const cli::DemoOptions& options,
                                const cli::Environment& environment);

}  // namespace wutong::app
