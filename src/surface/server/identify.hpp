// Who asks: the proof of a request. Private to the folder.
#pragma once

#include "surface/answer/door.hpp"
#include "surface/server/server.hpp"

namespace wutong::server {

struct Identity {
  answer::Door door;
  std::optional<account::Session> session;  // of a cookie
  std::string session_secret;
};

// As entries name who acts: "local:…" is whoever can open the data directory.
std::string name_of(const access::Principal& principal);

std::string header_of(const net::HttpRequest& request, const std::string& name);
std::string cookie_of(const net::HttpRequest& request, std::string_view name);
// denied: no proof or a wrong one (access.sign_in), or a write without its CSRF token
// (access.csrf).
// A stream that only watches does not keep a session from being idle.
enum class Use { acting, watching };
Result<Identity> identify(Service& service, const net::HttpRequest& request, Use use = Use::acting);
void note(Service& service, const net::HttpRequest& request, std::string_view what,
          std::string_view account, std::string_view detail);

constexpr std::string_view kCookie = "wutong_session";

}  // namespace wutong::server
