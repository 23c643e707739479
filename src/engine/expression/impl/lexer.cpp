#include "engine/expression/impl/lexer.hpp"

#include <array>
#include <string_view>

#include "base/text.hpp"

namespace wutong::expression {

namespace {

constexpr std::array<std::u32string_view, 23> kSymbols = {
    U"&&", U"||", U"==", U"!=", U"<=", U">=", U"<", U">", U"+", U"-", U"*", U"/",
    U"%",  U"!",  U"(",  U")",  U"[",  U"]",  U",", U".", U"?", U":", U"="};

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }
bool is_name_start(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || c == U'_';
}

class Lexer {
 public:
  explicit Lexer(std::u32string_view text) : text_(text) {}

  std::vector<Token> read() {
    while (true) {
      while (at_ < text_.size() && (text_[at_] == U' ' || text_[at_] == U'\t')) ++at_;
      size_t begin = at_;
      Token token = next();
      token.begin = begin;
      token.end = at_;
      tokens_.push_back(token);
      if (token.kind == Token::Kind::end || token.kind == Token::Kind::broken) return tokens_;
    }
  }

 private:
  Token next() {
    if (at_ == text_.size()) return {};
    char32_t c = text_[at_];
    if (is_digit(c)) return number();
    if (is_name_start(c)) return name();
    if (c == U'\'' || c == U'"') return quoted(c);
    for (std::u32string_view symbol : kSymbols) {
      if (text_.substr(at_).starts_with(symbol)) {
        at_ += symbol.size();
        return {Token::Kind::symbol, to_utf8(symbol), 0, 0};
      }
    }
    ++at_;
    bool is_control = c < U' ';
    return {Token::Kind::broken, is_control ? "U+00" + hexadecimal(c) : to_utf8({&c, 1}), 0, 0};
  }
  static std::string hexadecimal(char32_t c) {
    constexpr char kDigits[] = "0123456789ABCDEF";
    return {kDigits[c / 16 % 16], kDigits[c % 16]};
  }
  Token number() {
    size_t begin = at_;
    bool has_point = false;
    while (at_ < text_.size() && (is_digit(text_[at_]) || (text_[at_] == U'.' && !has_point))) {
      if (text_[at_] == U'.') {
        if (at_ + 1 >= text_.size() || !is_digit(text_[at_ + 1])) break;
        has_point = true;
      }
      ++at_;
    }
    return {has_point ? Token::Kind::decimal : Token::Kind::integer,
            to_utf8(text_.substr(begin, at_ - begin)), 0, 0};
  }
  Token name() {
    size_t begin = at_;
    while (at_ < text_.size() && (is_name_start(text_[at_]) || is_digit(text_[at_]))) ++at_;
    return {Token::Kind::name, to_utf8(text_.substr(begin, at_ - begin)), 0, 0};
  }
  Token quoted(char32_t quote) {
    size_t begin = at_++;
    std::u32string content;
    while (at_ < text_.size() && text_[at_] != quote) {
      if (text_[at_] == U'\\') {
        bool is_escape =
            at_ + 1 < text_.size() && (text_[at_ + 1] == quote || text_[at_ + 1] == U'\\');
        if (!is_escape) return {Token::Kind::broken, "\\", 0, 0};
        ++at_;
      }
      content += text_[at_++];
    }
    if (at_ == text_.size()) {
      return {Token::Kind::broken, to_utf8(text_.substr(begin, 1)), 0, 0};
    }
    ++at_;
    return {Token::Kind::text, to_utf8(content), 0, 0};
  }

  std::u32string_view text_;
  size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> read_tokens(std::u32string_view text) { return Lexer(text).read(); }

}  // namespace wutong::expression
