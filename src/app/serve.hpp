// `wutong serve`: the zones of a data directory on HTTP until SIGINT or SIGTERM.
#pragma once

#include "surface/cli/cli.hpp"

namespace wutong::app {

// Gives the exit code: 0 after an orderly stop.
int serve(const cli::ServeOptions& options, const cli::Environment& environment);
// The same over a host that is open already.
int serve_host(zone::Host& host, const cli::ServeOptions& options,
               const cli::Environment& environment);

}  // namespace wutong::app
