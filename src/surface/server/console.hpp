// The web console: files built into the program, served as they are. Nothing in them is anybody's
// data, so they are served without a proof; what they show they ask for under /v1.
//
// Operation. A file is found by its path; every other GET outside of /v1 gets index.html, whose
// script reads the path. Bytes go out as the browser takes them: brotli, gzip or plain, packed when
// they were built. Names below assets/ carry a digest of their content and may be kept for ever;
// all others are asked for again with their ETag. Concurrency. No state; any thread.
#pragma once

#include <span>
#include <string_view>

#include "engine/net/http.hpp"

namespace wutong::server {

struct Asset {
  std::string_view path;  // assets/index-1a2b3c.js
  std::string_view content_type;
  std::string_view etag;  // with its quotes
  std::string_view plain;
  std::string_view gzip;    // empty: plain is no larger
  std::string_view brotli;  // the same
};

// Is this a request for the console and not for the API? No request is where there are no assets.
bool is_for_console(std::span<const Asset> assets, const net::HttpRequest& request);
// 200, 304, or 404 for a file below assets/ that is not there. With headers of its own.
net::HttpResponse console_response(std::span<const Asset> assets, const net::HttpRequest& request);

}  // namespace wutong::server
