#include <boost/json.hpp>
#include <string_view>

#include "base/text.hpp"
#include "surface/answer/answer.hpp"
#include "surface/answer/json_out.hpp"
#include "surface/server/handlers.hpp"
#include "surface/server/session_routes.hpp"

namespace wutong::server {

namespace {

using answer::failed;
using net::HttpRequest;
using net::HttpResponse;

bool match(std::string_view path, const std::vector<std::string>& segments,
           std::vector<std::string>& bound) {
  size_t i = 0;
  for (std::string_view step : split(path, '/')) {
    if (i >= segments.size()) return false;
    if (step == "*") {
      bound.insert(bound.end(), segments.begin() + static_cast<std::ptrdiff_t>(i), segments.end());
      return true;
    }
    if (step == "{}") {
      bound.push_back(segments[i]);
    } else if (step != segments[i]) {
      return false;
    }
    ++i;
  }
  return i == segments.size();
}

bool is_loopback_name(std::string_view host) {
  size_t port = host.rfind(':');
  if (port != std::string_view::npos && host.find(']', port) == std::string_view::npos) {
    host = host.substr(0, port);
  }
  return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

// A page of another origin must not act through the browser of somebody who sits here. On loopback
// the name must be that of this machine, so that no other name can be made to lead here.
bool is_own_origin(const Service& service, const HttpRequest& request) {
  auto host = request.headers.find("host");
  if (host == request.headers.end()) return false;
  if (!service.is_behind_proxy && !is_loopback_name(host->second)) return false;
  auto origin = request.headers.find("origin");
  return origin == request.headers.end() || origin->second == "http://" + host->second ||
         (service.is_behind_proxy && origin->second == "https://" + host->second);
}

HttpResponse no_route(const HttpRequest& request, bool is_path_known) {
  const std::string path = "/" + join(request.segments, "/");
  HttpResponse response = json_response(failed(
      Error{ErrorKind::not_found,
            is_path_known ? "http.method" : "http.path",
            {},
            is_path_known ? path + " 不接受 " + request.method : "没有路径 " + path + "，见 /",
            is_path_known ? path + " does not take " + request.method
                          : "there is no path " + path + "; see /",
            {}}));
  if (is_path_known) response.status = 405;
  return response;
}

HttpResponse route(Service& service, const Identity& who, const HttpRequest& request) {
  bool is_path_known = false;
  const std::string method = request.method == "HEAD" ? "GET" : request.method;
  for (const Route& candidate : routes()) {
    Call call{service, who, who.door, request, {}};
    if (!match(candidate.path, request.segments, call.bound)) continue;
    is_path_known = true;
    if (candidate.method == method) return candidate.handler(call);
  }
  return no_route(request, is_path_known);
}

HttpResponse guarded(Service& service, const HttpRequest& request) {
  auto who = identify(service, request);
  HttpResponse response;
  if (!who) {
    response = json_response(failed(who.error()));
  } else if (request.segments == std::vector<std::string>{"metrics"} && request.method == "GET") {
    if (auto needed = who->door.need_anywhere(access::Task::system); !needed) {
      response = json_response(failed(needed.error()));
    } else {
      response.content_type = "text/plain; version=0.0.4; charset=utf-8";
      response.body = answer::metrics(who->door);
    }
  } else {
    response = route(service, *who, request);
  }
  if (response.status == 401 || response.status == 403) {
    note(service, request, "refused", who ? who->door.principal().account : "",
         request.method + " /" + join(request.segments, "/"));
  }
  return response;
}

bool is_health(const HttpRequest& request) {
  return request.segments.size() == 1 &&
         (request.segments[0] == "livez" || request.segments[0] == "readyz");
}

}  // namespace

HttpResponse respond(Service& service, const HttpRequest& request) {
  HttpResponse response;
  if (is_own_origin(service, request) && is_for_console(service.console, request)) {
    return console_response(service.console, request);
  }
  if (!is_own_origin(service, request)) {
    response = json_response(failed(Error{ErrorKind::denied,
                                          "http.origin",
                                          {},
                                          "只接受本站自己的请求",
                                          "only requests of this site itself are taken",
                                          {}}));
  } else if (is_health(request)) {
    response = json_response(boost::json::object{{"status", "ok"}});
  } else if (auto own = respond_to_session(service, request)) {
    response = std::move(*own);
  } else {
    response = guarded(service, request);
  }
  response.headers.insert(
      response.headers.end(),
      {{"cache-control", "no-store"},
       {"x-content-type-options", "nosniff"},
       {"content-security-policy",
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"}});
  return response;
}

std::vector<std::pair<std::string, std::string>> guarded_routes() {
  std::vector<std::pair<std::string, std::string>> out{{"GET", "metrics"}};
  for (const Route& route : routes()) out.emplace_back(route.method, route.path);
  return out;
}

Result<std::unique_ptr<net::HttpServer>> serve(Service& service, const net::HttpOptions& options) {
  const bool is_loopback = options.address == "127.0.0.1" || options.address == "::1";
  const bool has_accounts = service.accounts != nullptr && service.accounts->has_accounts();
  if (!is_loopback && !(service.is_behind_proxy && has_accounts)) {
    return fail(ErrorKind::denied, "server.not_loopback",
                "在本机以外的地址监听，须已有账户，并由代理提供 TLS（--behind-proxy）",
                "listening beyond this machine takes accounts, and a proxy that speaks TLS "
                "(--behind-proxy)");
  }
  return net::HttpServer::listen(
      options, [&service](const HttpRequest& request) { return respond(service, request); });
}

}  // namespace wutong::server
