// Words of an expression. Private to the folder.
#pragma once

#include <string>
#include <vector>

namespace wutong::expression {

struct Token {
  enum class Kind { end, name, integer, decimal, text, symbol, broken };
  Kind kind = Kind::end;
  std::string text;  // name, number as written, content of a text, symbol; broken: what is wrong
  size_t begin = 0;  // code points
  size_t end = 0;
};

std::vector<Token> read_tokens(std::u32string_view text);

}  // namespace wutong::expression
