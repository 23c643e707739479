// The page at /: which zones are here and where their figures are. HTML, everything escaped.
#pragma once

#include <string>

#include "zone/host.hpp"

namespace wutong::server {

std::string index_page(const zone::Host& host);
std::string escape_html(std::string_view text);

}  // namespace wutong::server
