#include "base/error.hpp"

#include <cstdio>
#include <cstdlib>

namespace wutong {

std::string to_string(const Place& place) {
  std::string out = place.file;
  if (place.line > 0) {
    if (!out.empty()) out += ":";
    out += std::to_string(place.line);
    if (place.column > 0) out += ":" + std::to_string(place.column);
  }
  if (!place.field.empty()) out += (out.empty() ? "" : " ") + ("[" + place.field + "]");
  return out;
}

namespace {

std::string describe(const Error& error, const std::string& text) {
  std::string place = to_string(error.place);
  return place.empty() ? text : place + ": " + text;
}

}  // namespace

std::string describe_zh(const Error& error) { return describe(error, error.zh); }
std::string describe_en(const Error& error) { return describe(error, error.en); }

void check_failed(const char* expression, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: broken invariant: %s\n", file, line, expression);
  std::abort();
}

}  // namespace wutong
