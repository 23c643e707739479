// Parser and type checker in one: a Pratt parser that types each node as it is made. Private.
#pragma once

#include "engine/expression/impl/lexer.hpp"
#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

using TreePointer = std::shared_ptr<Tree>;

class Compiler {
 public:
  Compiler(std::string_view text, const Scope& scope, const Place& place, Issues& issues);
  std::optional<Program> run(std::optional<Kind> expected);

 private:
  // Each parse function gives nullptr after it reported a fault.
  TreePointer expression(int binding);
  TreePointer prefix();
  TreePointer postfix(TreePointer left);
  TreePointer name(const Token& token);
  TreePointer member(TreePointer left);
  TreePointer call(std::string_view function, size_t begin, std::vector<TreePointer> arguments);
  TreePointer literal(const Token& token);
  TreePointer list(const Token& token);
  TreePointer conditional(TreePointer condition);

  TreePointer typed_binary(Operator op, TreePointer left, TreePointer right);
  bool type_logical(Tree& tree);
  bool type_arithmetic(Tree& tree);
  bool type_comparison(Tree& tree);
  bool type_containment(Tree& tree);
  bool check_codes(const Tree& named, const Tree& literal);
  bool align_units(Tree& tree);

  const Token& peek() const { return tokens_[at_]; }
  Token take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
  bool accept(std::string_view symbol);
  bool expect(std::string_view symbol);
  TreePointer fault(size_t position, std::string code, std::string zh, std::string en);
  bool type_fault(const Tree& tree, std::string zh, std::string en);
  Place place_at(size_t position) const;
  std::string_view source(const Tree& tree) const;

  std::string text_;
  std::u32string code_points_;
  const Scope& scope_;
  Place place_;
  Issues& issues_;
  std::vector<Token> tokens_;
  size_t at_ = 0;
  int depth_ = 0;
  std::vector<Path> inputs_;
};

}  // namespace wutong::expression
