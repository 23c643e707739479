#include "surface/server/console.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace wutong::server {

namespace {

constexpr std::string_view kReserved[] = {"v1", "metrics", "livez", "readyz"};

// Charts and components set styles through the object model, which needs no 'unsafe-inline'.
constexpr std::string_view kPolicy =
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'";

const Asset* find(std::span<const Asset> assets, std::string_view path) {
  const auto found = std::find_if(assets.begin(), assets.end(),
                                  [&](const Asset& asset) { return asset.path == path; });
  return found == assets.end() ? nullptr : &*found;
}

bool names(const net::HttpRequest& request, const char* header, std::string_view value) {
  const auto found = request.headers.find(header);
  if (found == request.headers.end()) return false;
  for (std::string_view one : split(found->second, ',')) {
    if (trim(one.substr(0, one.find(';'))) == value) return true;
  }
  return false;
}

}  // namespace

bool is_for_console(std::span<const Asset> assets, const net::HttpRequest& request) {
  if (assets.empty() || (request.method != "GET" && request.method != "HEAD")) return false;
  return request.segments.empty() || std::find(std::begin(kReserved), std::end(kReserved),
                                               request.segments[0]) == std::end(kReserved);
}

net::HttpResponse console_response(std::span<const Asset> assets, const net::HttpRequest& request) {
  const std::string path = join(request.segments, "/");
  const Asset* asset = find(assets, path);
  const bool is_kept = path.starts_with("assets/");
  if (asset == nullptr && !is_kept) asset = find(assets, "index.html");
  net::HttpResponse response;
  response.headers = {{"x-content-type-options", "nosniff"},
                      {"referrer-policy", "no-referrer"},
                      {"content-security-policy", std::string(kPolicy)}};
  if (asset == nullptr) {
    response.status = 404;
    response.content_type = "text/plain; charset=utf-8";
    response.body = "没有这个文件 / there is no such file\n";
    return response;
  }
  response.content_type = asset->content_type;
  response.headers.emplace_back("etag", asset->etag);
  response.headers.emplace_back("vary", "accept-encoding");
  response.headers.emplace_back("cache-control",
                                is_kept ? "public, max-age=31536000, immutable" : "no-cache");
  if (names(request, "if-none-match", asset->etag)) {
    response.status = 304;
    return response;
  }
  if (!asset->brotli.empty() && names(request, "accept-encoding", "br")) {
    response.headers.emplace_back("content-encoding", "br");
    response.body = asset->brotli;
  } else if (!asset->gzip.empty() && names(request, "accept-encoding", "gzip")) {
    response.headers.emplace_back("content-encoding", "gzip");
    response.body = asset->gzip;
  } else {
    response.body = asset->plain;
  }
  return response;
}

}  // namespace wutong::server
