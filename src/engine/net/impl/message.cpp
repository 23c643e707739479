#include "engine/net/impl/message.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "base/text.hpp"

namespace wutong::net {

namespace http = boost::beast::http;

namespace {

template <typename Message>
void set_fields(Message& to, const HttpResponse& from) {
  to.set(http::field::server, "wutong");
  to.set(http::field::content_type, from.content_type);
  for (const auto& [name, value] : from.headers) to.set(name, value);
}

// False where the target is no valid path.
bool read_target(std::string_view target, HttpRequest& request) {
  auto url = boost::urls::parse_origin_form({target.data(), target.size()});
  if (!url) return false;
  for (auto segment : url->segments()) {
    std::string text(segment);
    if (!is_valid_utf8(text)) return false;
    if (!text.empty()) request.segments.push_back(std::move(text));
  }
  for (auto param : url->params()) {
    std::string name(param.key);
    std::string value(param.value);
    if (!is_valid_utf8(name) || !is_valid_utf8(value)) return false;
    request.query[name] = value;
    request.parameters.emplace_back(std::move(name), std::move(value));
  }
  return true;
}

}  // namespace

HttpResponse plain_problem(int status, const std::string& zh, const std::string& en) {
  HttpResponse response;
  response.status = status;
  response.content_type = "application/problem+json; charset=utf-8";
  response.body = "{\"type\":\"urn:wutong:http\",\"status\":" + std::to_string(status) +
                  ",\"detail\":\"" + zh + "\",\"detail_en\":\"" + en + "\"}";
  return response;
}

BeastResponse to_beast(HttpResponse&& from, unsigned version, bool is_keep_alive, bool is_head) {
  BeastResponse to{static_cast<http::status>(from.status), version};
  set_fields(to, from);
  to.keep_alive(is_keep_alive);
  to.content_length(from.body.size());
  if (!is_head) to.body() = std::move(from.body);
  return to;
}

BeastHead to_beast_head(const HttpResponse& from, unsigned version) {
  BeastHead to{static_cast<http::status>(from.status), version};
  set_fields(to, from);
  to.keep_alive(false);
  if (version >= 11) to.chunked(true);
  return to;
}

std::optional<HttpRequest> from_beast(BeastRequest&& from, std::string peer) {
  HttpRequest to;
  to.method = std::string(from.method_string());
  to.peer = std::move(peer);
  for (const auto& field : from) {
    std::string name(field.name_string());
    for (char& c : name) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    to.headers[name] = std::string(field.value());
  }
  if (!read_target(from.target(), to)) return std::nullopt;
  to.body = std::move(from.body());
  return to;
}

}  // namespace wutong::net
