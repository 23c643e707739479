#include "surface/server/session_routes.hpp"

#include <boost/json.hpp>

#include "base/text.hpp"
#include "surface/answer/accounts.hpp"
#include "surface/answer/json_out.hpp"

namespace wutong::server {

namespace json = boost::json;

namespace {

using answer::Answered;
using answer::failed;
using net::HttpRequest;
using net::HttpResponse;

constexpr size_t kBodyMax = 4096;

// A flat JSON object of texts; "" where something else stands.
class Body {
 public:
  explicit Body(const HttpRequest& request) {
    json::error_code code;
    if (request.body.size() <= kBodyMax) value_ = json::parse(request.body, code);
    if (code) value_ = nullptr;
  }
  std::string text(std::string_view key) const {
    const auto* object = value_.if_object();
    const auto* value = object == nullptr ? nullptr : object->if_contains(key);
    return value != nullptr && value->is_string() ? std::string(value->get_string())
                                                  : std::string();
  }

 private:
  json::value value_;
};

std::string cookie(const Service& service, const std::string& session, bool is_ended) {
  std::string out = std::string(kCookie) + "=" + session + "; Path=/; HttpOnly; SameSite=Strict";
  if (service.is_behind_proxy) out += "; Secure";
  if (is_ended) out += "; Max-Age=0";
  return out;
}

HttpResponse signed_in(Service& service, const HttpRequest& request, const std::string& account,
                       const Result<account::SignedIn>& done, std::string_view what) {
  if (!done) {
    note(service, request, std::string(what) + "_refused", account, done.error().code);
    return json_response(failed(done.error()));
  }
  note(service, request, what, account, account::to_string(done->standing));
  HttpResponse response =
      json_response(json::object{{"account", account},
                                 {"csrf", done->csrf},
                                 {"standing", account::to_string(done->standing)}});
  response.headers.emplace_back("set-cookie", cookie(service, done->session, false));
  return response;
}

HttpResponse sign_in(Service& service, const HttpRequest& request) {
  const Body body(request);
  const std::string account = body.text("account");
  return signed_in(service, request, account,
                   service.accounts->sign_in(account, body.text("password"), body.text("code")),
                   "sign_in");
}

HttpResponse set_up(Service& service, const HttpRequest& request) {
  const Body body(request);
  const std::string account = body.text("account");
  auto done = service.accounts->set_up(body.text("setup_code"), account, body.text("shown_as"),
                                       body.text("password"));
  note(service, request, done ? "set_up" : "set_up_refused", account, "");
  if (!done) return json_response(failed(done.error()));
  return json_response(json::object{{"account", account}});
}

HttpResponse sign_out(Service& service, const HttpRequest& request, const Identity& who) {
  auto done = service.accounts->sign_out(who.session_secret);
  if (!done) return json_response(failed(done.error()));
  note(service, request, "sign_out", who.session->account, "");
  HttpResponse response = json_response(json::object{{"signed_out", true}});
  response.headers.emplace_back("set-cookie", cookie(service, "", true));
  return response;
}

HttpResponse change_password(Service& service, const HttpRequest& request, const Identity& who) {
  const Body body(request);
  return signed_in(
      service, request, who.session->account,
      service.accounts->change_password(*who.session, body.text("old"), body.text("password")),
      "change_password");
}

HttpResponse begin_factor(Service& service, const HttpRequest& request, const Identity& who) {
  auto uri = service.accounts->begin_second_factor(*who.session, Body(request).text("password"));
  note(service, request, uri ? "second_factor_begun" : "second_factor_refused",
       who.session->account, "");
  if (!uri) return json_response(failed(uri.error()));
  return json_response(json::object{{"uri", *uri}});
}

HttpResponse confirm_factor(Service& service, const HttpRequest& request, const Identity& who) {
  return signed_in(
      service, request, who.session->account,
      service.accounts->confirm_second_factor(*who.session, Body(request).text("code")),
      "second_factor");
}

struct OwnRoute {
  std::string_view method;
  std::string_view path;
  HttpResponse (*handler)(Service&, const HttpRequest&, const Identity&);
};
constexpr OwnRoute kOwnRoutes[] = {{"DELETE", "v1/session", sign_out},
                                   {"POST", "v1/me/password", change_password},
                                   {"POST", "v1/me/second-factor", begin_factor},
                                   {"PUT", "v1/me/second-factor", confirm_factor}};

}  // namespace

HttpResponse json_response(const Answered& answered) {
  HttpResponse response;
  if (answered) {
    response.body = answer::to_text(*answered, false);
  } else {
    const Error& error = answered.error().error;
    response.status = answer::http_status(error);
    response.content_type = "application/problem+json; charset=utf-8";
    response.body = answer::to_text(answer::problem(answered.error()), false);
  }
  return response;
}

std::optional<HttpResponse> respond_to_session(Service& service, const HttpRequest& request) {
  if (service.accounts == nullptr) return std::nullopt;
  const std::string path = join(request.segments, "/");
  if (request.method == "POST" && path == "v1/session") return sign_in(service, request);
  if (request.method == "POST" && path == "v1/setup") return set_up(service, request);
  for (const OwnRoute& route : kOwnRoutes) {
    if (route.method != request.method || route.path != path) continue;
    auto who = identify(service, request);
    if (!who) return json_response(failed(who.error()));
    if (!who->session) return json_response(failed(answer::not_allowed()));
    return route.handler(service, request, *who);
  }
  return std::nullopt;
}

}  // namespace wutong::server
