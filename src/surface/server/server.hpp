// Server: the routes of /v1 over net's HTTP, each a line in the table of routes.cpp.
//
// Operation. Who asks is found once, in identify(): a session's cookie (writes need its CSRF
// token), a bearer token, or the key that the serving process leaves in the data directory for
// local commands. Every handler gets a Door of that caller and nothing else. Without a proof only
// the liveness checks, signing in and the first set-up answer. Beyond loopback it listens only
// where accounts exist and a proxy in front speaks TLS. Concurrency. Handlers run on several
// threads; host and accounts are thread-safe.
#pragma once

#include <memory>
#include <span>

#include "engine/net/http.hpp"
#include "surface/server/console.hpp"
#include "surface/server/live.hpp"
#include "surface/server/security_log.hpp"
#include "zone/account/accounts.hpp"

namespace wutong::server {

struct Service {
  zone::Host& host;
  account::Accounts* accounts = nullptr;  // none: only the local key opens
  std::string local_key;                  // empty: none
  SecurityLog* log = nullptr;
  bool is_behind_proxy = false;         // TLS ends at a proxy on this machine or network
  std::span<const Asset> console = {};  // the files at /; none: only the API is served
  LiveFeed* live = nullptr;             // none: no live events
};

// Errors: denied where the address is not loopback and the above does not hold; else those of
// HttpServer::listen. `service` outlives the server.
Result<std::unique_ptr<net::HttpServer>> serve(Service& service, const net::HttpOptions& options);

// One request without a socket; what the server answers. For tests and for `serve`.
net::HttpResponse respond(Service& service, const net::HttpRequest& request);

// (method, path) of every route that needs a proof; for the test that walks them all.
std::vector<std::pair<std::string, std::string>> guarded_routes();

}  // namespace wutong::server
