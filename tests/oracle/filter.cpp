#include "tests/oracle/filter.hpp"

#include <cctype>
#include <cstdlib>
#include <iostream>

namespace wutong::oracle {

namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

class Parser {
 public:
  Parser(const std::string& text, const Columns& columns) : text_(text), columns_(columns) {}

  SqlTerm whole() {
    SqlTerm out = either();
    skip();
    if (at_ != text_.size()) lost();
    return out;
  }

 private:
  [[noreturn]] void lost() const {
    std::cerr << "oracle: cannot read '" << text_ << "' at " << at_ << std::endl;
    std::abort();
  }
  void skip() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(const std::string& word) {
    skip();
    if (text_.compare(at_, word.size(), word) != 0) return false;
    const size_t end = at_ + word.size();
    if (is_word(word.back()) && end < text_.size() && is_word(text_[end])) return false;
    at_ = end;
    return true;
  }
  void need(const std::string& word) {
    if (!take(word)) lost();
  }
  static SqlTerm boolean(std::string text) { return {"(" + std::move(text) + ")", false, 0}; }
  static std::string at_scale(const SqlTerm& term, int scale) {
    std::string factor = "1" + std::string(static_cast<size_t>(scale - term.scale), '0');
    return factor == "1" ? term.text : "(" + term.text + " * " + factor + ")";
  }

  SqlTerm either() {
    SqlTerm left = both();
    while (take("||")) left = boolean(left.text + " OR " + both().text);
    return left;
  }
  SqlTerm both() {
    SqlTerm left = not_or_compared();
    while (take("&&")) left = boolean(left.text + " AND " + not_or_compared().text);
    return left;
  }
  SqlTerm not_or_compared() {
    skip();
    if (at_ + 1 < text_.size() && text_[at_] == '!' && text_[at_ + 1] != '=') {
      ++at_;
      return boolean("NOT " + not_or_compared().text);
    }
    return compared();
  }
  SqlTerm compared() {
    SqlTerm left = sum();
    if (take("in")) {
      need("[");
      std::string list = atom().text;
      while (take(",")) list += ", " + atom().text;
      need("]");
      return boolean(left.text + " IN (" + list + ")");
    }
    for (const char* op : {"==", "!=", "<=", ">=", "<", ">"}) {
      if (!take(op)) continue;
      SqlTerm right = sum();
      const int scale = std::max(left.scale, right.scale);
      const std::string sign = std::string(op) == "==" ? "=" : std::string(op) == "!=" ? "<>" : op;
      if (!left.is_number) return boolean(left.text + " " + sign + " " + right.text);
      return boolean(at_scale(left, scale) + " " + sign + " " + at_scale(right, scale));
    }
    return left;
  }
  SqlTerm sum() {
    SqlTerm left = atom();
    while (true) {
      const bool is_plus = take("+");
      if (!is_plus && !take("-")) return left;
      SqlTerm right = atom();
      const int scale = std::max(left.scale, right.scale);
      left = {
          "(" + at_scale(left, scale) + (is_plus ? " + " : " - ") + at_scale(right, scale) + ")",
          true, scale};
    }
  }
  std::string quoted() {
    need("'");
    const size_t end = text_.find('\'', at_);
    if (end == std::string::npos) lost();
    std::string out = text_.substr(at_, end - at_);
    at_ = end + 1;
    return out;
  }
  SqlTerm number() {
    std::string digits;
    int scale = 0;
    bool is_after_point = false;
    while (at_ < text_.size() &&
           (std::isdigit(static_cast<unsigned char>(text_[at_])) != 0 || text_[at_] == '.')) {
      if (text_[at_] == '.') {
        is_after_point = true;
      } else {
        digits += text_[at_];
        scale += is_after_point ? 1 : 0;
      }
      ++at_;
    }
    return {digits, true, scale};
  }
  SqlTerm atom() {
    skip();
    if (at_ == text_.size()) lost();
    if (text_[at_] == '\'') return {"'" + quoted() + "'", false, 0};
    if (std::isdigit(static_cast<unsigned char>(text_[at_])) != 0) return number();
    if (take("(")) {
      SqlTerm inside = either();
      need(")");
      return {"(" + inside.text + ")", inside.is_number, inside.scale};
    }
    if (take("has(")) {
      SqlTerm inside = atom();
      need(")");
      return boolean(inside.text + " IS NOT NULL");
    }
    if (take("quantity(")) {
      skip();
      SqlTerm amount = number();
      need(",");
      skip();
      quoted();  // the unit of the field beside it: random packs write no other
      need(")");
      return amount;
    }
    if (take("true")) return {"1", false, 0};
    if (take("false")) return {"0", false, 0};
    const size_t from = at_;
    while (at_ < text_.size() && (is_word(text_[at_]) || text_[at_] == '.')) ++at_;
    if (at_ == from) lost();
    return columns_(steps_of(text_.substr(from, at_ - from)));
  }

  const std::string& text_;
  const Columns& columns_;
  size_t at_ = 0;
};

}  // namespace

SqlTerm sql_of(const std::string& expression, const Columns& columns) {
  return Parser(expression, columns).whole();
}

std::vector<std::string> steps_of(const std::string& path) {
  std::vector<std::string> out{""};
  for (char c : path) {
    if (c == '.') {
      out.emplace_back();
    } else {
      out.back() += c;
    }
  }
  return out;
}

}  // namespace wutong::oracle
