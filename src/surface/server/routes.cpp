#include <boost/json.hpp>
#include <charconv>
#include <string_view>

#include "base/text.hpp"
#include "surface/answer/answer.hpp"
#include "surface/server/index_page.hpp"
#include "surface/server/server.hpp"

namespace wutong::server {

namespace {

using answer::Answered;
using net::HttpRequest;
using net::HttpResponse;

struct Call {
  zone::Host& host;
  const HttpRequest& request;
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

constexpr size_t kImportBytesMax = size_t{50} << 20;

tl::unexpected<zone::Failure> failed(Error error) {
  return tl::unexpected(zone::Failure{std::move(error), {}, 1});
}

size_t count_of(const Call& call, const std::string& name, size_t otherwise) {
  std::string text = call.query(name);
  size_t value = otherwise;
  auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  return code == std::errc() && end == text.data() + text.size() ? value : otherwise;
}

answer::Caller caller_of(const Call& call) {
  answer::Caller caller;
  caller.actor = call.header("wutong-actor");
  if (caller.actor.empty()) caller.actor = "local";
  const std::string roles = call.header("wutong-roles");
  for (std::string_view role : split(roles, ',')) {
    if (!trim(role).empty()) caller.roles.emplace_back(trim(role));
  }
  caller.idempotency_key = call.header("idempotency-key");
  caller.is_dry_run = call.query("dry_run") == "true";
  return caller;
}

std::string identity_of(const Call& call) {
  std::string identity = join(call.bound, "/");
  char separator = '?';
  for (const auto& [name, value] : call.request.query) {
    if (name == "as_of" || name == "definitions" || name == "offset" || name == "limit") continue;
    identity += separator + name + "=" + value;
    separator = '&';
  }
  return identity;
}

std::string rest_of(const Call& call, size_t from) {
  return join(std::span(call.bound).subspan(from), "/");
}

answer::AsOf as_of(const Call& call) { return {call.query("as_of"), call.query("definitions")}; }

Answered zones(const Call& call) { return answer::list_zones(call.host); }
Answered zone_of(const Call& call) { return answer::show_zone(call.host, call.bound[0]); }
Answered records(const Call& call) {
  return answer::list_records(call.host, call.bound[0], call.bound[1], count_of(call, "offset", 0),
                              count_of(call, "limit", 50), as_of(call));
}
Answered record(const Call& call) {
  return answer::show_record(call.host, call.bound[0], call.bound[1], rest_of(call, 2),
                             as_of(call));
}
Answered act(const Call& call) {
  return answer::perform_act(call.host, call.bound[0], call.request.body, caller_of(call));
}
Answered definitions(const Call& call) {
  return answer::list_definitions(call.host, call.bound[0], as_of(call));
}
Answered definition(const Call& call) {
  return answer::show_definition(call.host, call.bound[0], rest_of(call, 1), as_of(call));
}

Answered today_in(const Call& call, const std::string& zone) {
  answer::TodayInput input;
  input.zone = zone;
  input.roles = caller_of(call).roles;
  const std::string roles = call.query("role");
  for (std::string_view role : split(roles, ',')) {
    if (!trim(role).empty()) input.roles.emplace_back(trim(role));
  }
  input.owner = call.query("owner");
  input.day = call.query("day");
  input.limit = count_of(call, "limit", input.limit);
  return answer::today(call.host, input);
}
Answered today(const Call& call) { return today_in(call, call.query("zone")); }
Answered today_of(const Call& call) { return today_in(call, call.bound[0]); }
Answered outbox_in(const Call& call, const std::string& zone) {
  return answer::outbox(call.host, zone, count_of(call, "after", 0), count_of(call, "limit", 100));
}
Answered outbox(const Call& call) { return outbox_in(call, call.query("zone")); }
Answered outbox_of(const Call& call) { return outbox_in(call, call.bound[0]); }

tl::expected<answer::ImportInput, zone::Failure> import_of(const Call& call) {
  answer::ImportInput input;
  input.register_name = call.bound.back();
  input.file = call.query("file");
  input.content = call.request.body;
  input.note = call.query("note");
  input.sheet = call.query("sheet");
  input.heading_line = static_cast<int>(std::min<size_t>(count_of(call, "heading_row", 0), 9999));
  input.reads_hidden = call.query("hidden") == "read";
  if (input.content.size() > kImportBytesMax) {
    return failed(Error{ErrorKind::too_large,
                        "import.too_large",
                        {input.file, 0, 0, {}},
                        "文件超过 50 MiB，请分成几个文件",
                        "the file is over 50 MiB; split it",
                        {}});
  }
  if (std::string day = call.query("valid_from"); !day.empty()) {
    input.valid_from = Date::parse(day);
    if (!input.valid_from) {
      return failed(Error{ErrorKind::invalid,
                          "act.malformed",
                          {{}, 0, 0, "valid_from"},
                          "valid_from 应是存在的日期，如 2024-07-01",
                          "valid_from takes a day that exists, like 2024-07-01",
                          {}});
    }
  }
  return input;
}
Answered import_zones(const Call& call) {
  auto rows = import_of(call);
  if (!rows) return tl::unexpected(std::move(rows.error()));
  answer::ZonesInput input;
  input.rows = std::move(*rows);
  if (std::string column = call.query("zone_column"); !column.empty()) input.zone_column = column;
  input.by = call.query("by");
  input.is_all_or_nothing = call.query("all_or_nothing") == "true";
  return answer::import_zones(call.host, std::move(input), caller_of(call));
}
Answered figure(const Call& call) {
  return answer::show_figure(call.host, identity_of(call), as_of(call));
}
Answered explanation(const Call& call) {
  return answer::explain_figure(call.host, identity_of(call), as_of(call),
                                {count_of(call, "offset", 0), count_of(call, "limit", 50)});
}
Answered read_page(const Call& call) { return answer::read_page(call.request.body); }
Answered check_page(const Call& call) { return answer::check_page(call.host, call.request.body); }
Answered compare(const Call& call) { return answer::compare_recomputed(call.host, call.bound[0]); }
Answered compare_all(const Call& call) { return answer::compare_all(call.host); }
Answered health(const Call&) { return boost::json::object{{"status", "ok"}}; }

struct Route {
  std::string_view method;
  std::string_view path;  // {} is one segment, * is the rest (at least one)
  Answered (*handler)(const Call&);
};
constexpr Route kRoutes[] = {
    {"GET", "v1/zones", zones},
    {"GET", "v1/zones/{}", zone_of},
    {"GET", "v1/zones/{}/recomputed", compare},
    {"GET", "v1/recomputed", compare_all},
    {"GET", "v1/zones/{}/definitions", definitions},
    {"GET", "v1/zones/{}/definitions/*", definition},
    {"POST", "v1/zones/{}/acts", act},
    {"POST", "v1/imports/{}", import_zones},
    {"GET", "v1/zones/{}/records/{}", records},
    {"GET", "v1/zones/{}/records/{}/*", record},
    {"GET", "v1/today", today},
    {"GET", "v1/zones/{}/today", today_of},
    {"GET", "v1/outbox", outbox},
    {"GET", "v1/zones/{}/outbox", outbox_of},
    {"GET", "v1/figures/*", figure},
    {"GET", "v1/explanations/*", explanation},
    {"POST", "v1/pages/read", read_page},
    {"POST", "v1/pages/check", check_page},
    {"GET", "livez", health},
    {"GET", "readyz", health},
};

HttpResponse to_response(const Answered& answered);

// A refused file goes back marked where that is asked for (?faults=xlsx or text).
HttpResponse import_file(const Call& call) {
  auto input = import_of(call);
  if (!input) return to_response(tl::unexpected(std::move(input.error())));
  Answered answered = answer::import_rows(call.host, call.bound[0], *input, caller_of(call));
  const std::string wanted = call.query("faults");
  HttpResponse response = to_response(answered);
  if (answered || (wanted != "xlsx" && wanted != "text")) return response;
  response.content_type = "text/plain; charset=utf-8";
  response.body = answer::fault_list(answered.error());
  if (wanted == "text") return response;
  Instant at{0};
  for (const zone::Summary& zone : call.host.zones()) {
    if (zone.zone == call.bound[0]) at = zone.at;
  }
  if (auto marked = answer::marked_workbook(*input, answered.error(), at)) {
    response.content_type = answer::kXlsxType;
    response.body = std::move(*marked);
  }
  return response;
}
HttpResponse export_file(const Call& call) {
  answer::ExportInput input{call.bound[1], "csv", as_of(call)};
  if (std::string format = call.query("format"); !format.empty()) input.format = format;
  input.is_english = call.query("lang") == "en";
  input.has_mark = call.query("mark") != "false";
  auto exported = answer::export_rows(call.host, call.bound[0], input);
  if (!exported) return to_response(tl::unexpected(std::move(exported.error())));
  HttpResponse response;
  response.content_type = exported->content_type;
  response.body = std::move(exported->bytes);
  return response;
}

// Routes whose answers are files.
struct FileRoute {
  std::string_view method;
  std::string_view path;
  HttpResponse (*handler)(const Call&);
};
constexpr FileRoute kFileRoutes[] = {
    {"POST", "v1/zones/{}/imports/{}", import_file},
    {"GET", "v1/zones/{}/exports/{}", export_file},
};

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

HttpResponse to_response(const Answered& answered) {
  HttpResponse response;
  if (answered) {
    response.body = answer::to_text(*answered, false);
  } else {
    response.status = answer::http_status(answered.error().error.kind);
    response.content_type = "application/problem+json; charset=utf-8";
    response.body = answer::to_text(answer::problem(answered.error()), false);
  }
  return response;
}

bool is_loopback_name(std::string_view host) {
  size_t port = host.rfind(':');
  if (port != std::string_view::npos && host.find(']', port) == std::string_view::npos) {
    host = host.substr(0, port);
  }
  return host == "127.0.0.1" || host == "localhost" || host == "[::1]";
}

// A page of another origin must not act through the browser of somebody who sits here.
bool is_own_origin(const HttpRequest& request) {
  auto host = request.headers.find("host");
  if (host == request.headers.end() || !is_loopback_name(host->second)) return false;
  auto origin = request.headers.find("origin");
  return origin == request.headers.end() || origin->second == "http://" + host->second;
}

HttpResponse route(zone::Host& host, const HttpRequest& request) {
  bool is_path_known = false;
  std::string method = request.method == "HEAD" ? "GET" : request.method;
  for (const FileRoute& candidate : kFileRoutes) {
    Call call{host, request, {}};
    if (!match(candidate.path, request.segments, call.bound)) continue;
    is_path_known = true;
    if (candidate.method == method) return candidate.handler(call);
  }
  for (const Route& candidate : kRoutes) {
    Call call{host, request, {}};
    if (!match(candidate.path, request.segments, call.bound)) continue;
    is_path_known = true;
    if (candidate.method == method) return to_response(candidate.handler(call));
  }
  std::string path = "/" + join(request.segments, "/");
  HttpResponse response = to_response(failed(
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

}  // namespace

HttpResponse respond(zone::Host& host, const HttpRequest& request) {
  HttpResponse response;
  if (!is_own_origin(request)) {
    response = to_response(failed(Error{ErrorKind::denied,
                                        "http.origin",
                                        {},
                                        "只接受本机发来的请求",
                                        "only requests from this machine are taken",
                                        {}}));
  } else if (request.segments.empty() && request.method == "GET") {
    response.content_type = "text/html; charset=utf-8";
    response.body = index_page(host);
  } else if (request.segments == std::vector<std::string>{"metrics"} && request.method == "GET") {
    response.content_type = "text/plain; version=0.0.4; charset=utf-8";
    response.body = answer::metrics(host);
  } else {
    response = route(host, request);
  }
  response.headers = {{"cache-control", "no-store"},
                      {"x-content-type-options", "nosniff"},
                      {"content-security-policy",
                       "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"}};
  return response;
}

Result<std::unique_ptr<net::HttpServer>> serve(zone::Host& host, const net::HttpOptions& options) {
  if (options.address != "127.0.0.1" && options.address != "::1") {
    return fail(ErrorKind::denied, "server.not_loopback",
                "还没有账户与权限，只能在本机地址 127.0.0.1 或 ::1 上监听",
                "there are no accounts and rights yet: only 127.0.0.1 or ::1 may be listened on");
  }
  return net::HttpServer::listen(
      options, [&host](const HttpRequest& request) { return respond(host, request); });
}

}  // namespace wutong::server
