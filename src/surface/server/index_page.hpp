// The page at /: which zones are here and where their figures are. HTML, everything escaped.
#pragma once

#include <string>

#include "surface/answer/door.hpp"

namespace wutong::server {

std::string index_page(const answer::Door& door);
// For who has not signed in: nothing of what is here.
std::string front_page();
std::string escape_html(std::string_view text);

}  // namespace wutong::server
