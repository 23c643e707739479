// Signing in and out, the own password and second factor, the first set-up. Private to the folder.
#pragma once

#include "surface/answer/answer.hpp"
#include "surface/server/identify.hpp"

namespace wutong::server {

// nullopt: not one of these paths.
std::optional<net::HttpResponse> respond_to_session(Service& service,
                                                    const net::HttpRequest& request);
net::HttpResponse json_response(const answer::Answered& answered);

}  // namespace wutong::server
