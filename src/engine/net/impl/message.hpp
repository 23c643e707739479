// Requests and answers as Beast has them and as handlers see them. Private to the folder. No state;
// any thread.
#pragma once

#include <boost/beast/http.hpp>

#include "engine/net/http.hpp"

namespace wutong::net {

using BeastRequest = boost::beast::http::request<boost::beast::http::string_body>;
using BeastResponse = boost::beast::http::response<boost::beast::http::string_body>;
using BeastHead = boost::beast::http::response<boost::beast::http::empty_body>;

// An answer of the server itself, before a handler was asked.
HttpResponse plain_problem(int status, const std::string& zh, const std::string& en);
BeastResponse to_beast(HttpResponse&& from, unsigned version, bool is_keep_alive, bool is_head);
// The head of an answer whose body is made while it is sent: in chunks, or (HTTP/1.0) until the
// connection ends.
BeastHead to_beast_head(const HttpResponse& from, unsigned version);
// nullopt where the target is no valid path.
std::optional<HttpRequest> from_beast(BeastRequest&& from, std::string peer);

}  // namespace wutong::net
