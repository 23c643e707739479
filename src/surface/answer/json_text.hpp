// JSON input with numbers kept as their text, so that a decimal never passes through a double.
// Over Boost.JSON's basic_parser. Errors: invalid, with line and column; too_large; depth over 32.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"

namespace wutong::answer {

struct JsonText {
  enum class Kind { null, boolean, number, text, list, object };
  Kind kind = Kind::null;
  std::string text;  // number as written; text; "true" or "false"
  std::vector<JsonText> elements;
  struct Member;
  std::vector<Member> members;

  const JsonText* find(std::string_view name) const;
};

struct JsonText::Member {
  std::string key;
  JsonText value;
};

constexpr size_t kJsonBytesMax = size_t{64} << 20;
Result<JsonText> parse_json(std::string_view text, std::string_view file);

}  // namespace wutong::answer
