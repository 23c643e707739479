// The table of routes that ask who calls, and what each does: reads the call, asks the answer
// layer. No state; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "surface/server/identify.hpp"
#include "surface/server/server.hpp"

namespace wutong::server {

struct Call {
  Service& service;
  const Identity& who;
  const answer::Door& door;
  const net::HttpRequest& request;
  std::vector<std::string> bound;  // segments that a route left open, in order; the rest under `*`

  std::string query(const std::string& name) const {
    auto found = request.query.find(name);
    return found == request.query.end() ? std::string() : found->second;
  }
  std::string header(const std::string& name) const {
    auto found = request.headers.find(name);
    return found == request.headers.end() ? std::string() : found->second;
  }
};

struct Route {
  std::string_view method;
  std::string_view path;  // {} is one segment, * is the rest (at least one)
  net::HttpResponse (*handler)(const Call&);
};
std::span<const Route> routes();

}  // namespace wutong::server
