// Parser and type checker in one: a Pratt parser that types each node as it is made. A fault of
// syntax ends the reading (nullptr); a fault of names, types or units gives a broken node, and the
// rest is still checked. Private to the folder.
#pragma once

#include "engine/expression/impl/lexer.hpp"
#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

using TreePointer = std::shared_ptr<Tree>;

TreePointer make_tree(Operator op, Kind kind, size_t begin, size_t end);
bool has_broken_part(const Tree& tree);

class Compiler {
 public:
  Compiler(std::string_view text, const Scope& scope, const Place& place, Issues& issues);
  std::optional<Program> run(std::optional<Kind> expected);

 private:
  TreePointer expression(int binding);
  TreePointer prefix();
  TreePointer sign(const Token& token);
  TreePointer postfix(TreePointer left);
  TreePointer name(const Token& token);
  TreePointer field(const Token& token);
  bool follow(Tree& tree, Path& path);
  TreePointer method(TreePointer left);
  // The arguments up to the closing bracket; false after a fault of syntax.
  bool arguments(std::string_view closing, std::vector<TreePointer>& out);
  TreePointer call(const Token& function, size_t begin, std::vector<TreePointer> arguments);
  TreePointer literal(const Token& token);
  TreePointer list(const Token& token);
  TreePointer conditional(TreePointer condition);
  TreePointer binary(const Token& token, TreePointer left, TreePointer right);
  TreePointer folded(TreePointer tree);
  bool check_result(const Tree& tree, std::optional<Kind> expected);

  bool type_logical(Tree& tree);
  bool type_arithmetic(Tree& tree);
  bool type_product(Tree& tree);
  bool type_quotient(Tree& tree);
  bool type_comparison(Tree& tree);
  bool type_containment(Tree& tree);
  bool check_codes(const Tree& subject, const Tree& literal);
  bool align_units(Tree& tree, size_t left, size_t right);
  bool convert_constant(TreePointer& part, Unit to);

  const Token& peek() const { return tokens_[at_]; }
  Token take() { return tokens_[at_ + 1 < tokens_.size() ? at_++ : at_]; }
  bool accept(std::string_view symbol);
  bool expect(std::string_view symbol);
  TreePointer syntax_fault(const Token& token, std::string zh, std::string en);
  // These give false.
  bool fault(size_t position, std::string code, std::string zh, std::string en);
  bool unknown_name(size_t position, std::string code, std::string zh, std::string en,
                    const std::string& name, const std::vector<std::string>& known);

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
