// Countries and regions that the demo trades with, with the region of the world of each.
#pragma once

#include <span>

namespace wutong::demo {

struct Country {
  const char* code;  // ISO 3166-1 alpha-2
  const char* name;
  const char* region;
};

std::span<const Country> countries();

}  // namespace wutong::demo
