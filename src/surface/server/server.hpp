// Server: the routes of /v1 over net's HTTP, each a line in the table of routes.cpp.
//
// Until accounts exist the server listens on loopback only, refuses requests that a web page of
// another origin could send, and takes the actor from the `wutong-actor` header (default "local").
// Concurrency. Handlers run on several threads; the host is thread-safe.
#pragma once

#include <memory>

#include "engine/net/http.hpp"
#include "zone/host.hpp"

namespace wutong::server {

// Errors: denied where the address is not loopback; else those of HttpServer::listen. `host`
// outlives the server.
Result<std::unique_ptr<net::HttpServer>> serve(zone::Host& host, const net::HttpOptions& options);

// One request without a socket; what the server answers. For tests and for `serve`.
net::HttpResponse respond(zone::Host& host, const net::HttpRequest& request);

}  // namespace wutong::server
