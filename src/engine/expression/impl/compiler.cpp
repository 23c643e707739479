#include "engine/expression/impl/compiler.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace wutong::expression {

namespace {

struct Binary {
  std::string_view symbol;
  int binding;
  Operator op;
  Arithmetic arithmetic = Arithmetic::add;
  Comparison comparison = Comparison::equal;
};
constexpr auto kComparison = Operator::comparison;
constexpr auto kArithmetic = Operator::arithmetic;
constexpr std::array<Binary, 14> kBinaries = {{
    {"||", 2, Operator::logical_or},
    {"&&", 3, Operator::logical_and},
    {"==", 4, kComparison, {}, Comparison::equal},
    {"!=", 4, kComparison, {}, Comparison::not_equal},
    {"<", 4, kComparison, {}, Comparison::less},
    {"<=", 4, kComparison, {}, Comparison::less_equal},
    {">", 4, kComparison, {}, Comparison::greater},
    {">=", 4, kComparison, {}, Comparison::greater_equal},
    {"in", 4, Operator::contained},
    {"+", 5, kArithmetic, Arithmetic::add},
    {"-", 5, kArithmetic, Arithmetic::subtract},
    {"*", 6, kArithmetic, Arithmetic::multiply},
    {"/", 6, kArithmetic, Arithmetic::divide},
    {"%", 6, kArithmetic, Arithmetic::remainder},
}};
constexpr int kConditionalBinding = 1;
constexpr int kPrefixBinding = 7;

const Binary* binary_of(const Token& token) {
  bool can_be =
      token.kind == Token::Kind::symbol || (token.kind == Token::Kind::name && token.text == "in");
  for (const Binary& binary : kBinaries) {
    if (can_be && binary.symbol == token.text) return &binary;
  }
  return nullptr;
}

// What people write that is meant otherwise here.
std::string hint_for(const std::string& text) {
  constexpr std::pair<std::string_view, std::string_view> kMeant[] = {
      {"=", "=="}, {"and", "&&"}, {"or", "||"}, {"not", "!"}, {"&", "&&"}, {"|", "||"},
      {"‘", "'"},  {"’", "'"},    {"“", "'"},   {"”", "'"},   {"、", ","}, {"。", "."}};
  for (const auto& [written, meant] : kMeant) {
    if (written == text) return std::string(meant);
  }
  std::string folded = fold(text);
  bool is_wide_form = folded.size() == 1 && text.size() > 1;  // （ ＞ ：
  return is_wide_form ? folded : "";
}

class OneRow final : public Batch {
 public:
  size_t rows() const override { return 1; }
  const Column& input(size_t) const override { return none_; }

 private:
  Column none_;
};

}  // namespace

TreePointer make_tree(Operator op, Kind kind, size_t begin, size_t end) {
  auto tree = std::make_shared<Tree>();
  tree->op = op;
  tree->type.kind = kind;
  tree->begin = begin;
  tree->end = end;
  tree->at = begin;
  return tree;
}

bool has_broken_part(const Tree& tree) {
  return std::any_of(tree.parts.begin(), tree.parts.end(),
                     [](const TreePointer& part) { return part->is_broken; });
}

Compiler::Compiler(std::string_view text, const Scope& scope, const Place& place, Issues& issues)
    : text_(text),
      code_points_(to_code_points(text)),
      scope_(scope),
      place_(place),
      issues_(issues) {}

bool Compiler::fault(size_t position, std::string code, std::string zh, std::string en) {
  Place place = place_;
  if (place.line > 0) place.column = std::max(1, place.column) + static_cast<int>(position);
  issues_.push_back(Error{ErrorKind::invalid,
                          "expression." + code,
                          std::move(place),
                          std::move(zh),
                          std::move(en),
                          {}});
  return false;
}

bool Compiler::unknown_name(size_t position, std::string code, std::string zh, std::string en,
                            const std::string& name, const std::vector<std::string>& known) {
  zh += "“" + name + "”";
  en += " " + name;
  if (auto near = nearest_name(name, known)) {
    zh += "，是否指 " + *near + "？";
    en += "; did you mean " + *near + "?";
  } else if (!known.empty()) {
    zh += "，可用：" + join(known, "、");
    en += "; there are: " + join(known, ", ");
  }
  return fault(position, std::move(code), std::move(zh), std::move(en));
}

TreePointer Compiler::syntax_fault(const Token& token, std::string zh, std::string en) {
  if (token.kind == Token::Kind::end) {
    zh = "表达式没有写完：" + zh;
    en = "the expression ends too early: " + en;
  }
  std::string hint = hint_for(token.text);
  if (!hint.empty()) {
    zh += "，是否指 " + hint + " ？";
    en += "; did you mean " + hint + " ?";
  }
  fault(token.begin, "syntax", std::move(zh), std::move(en));
  return nullptr;
}

bool Compiler::accept(std::string_view symbol) {
  if (peek().kind != Token::Kind::symbol || peek().text != symbol) return false;
  take();
  return true;
}

bool Compiler::expect(std::string_view symbol) {
  if (accept(symbol)) return true;
  std::string wanted(symbol);
  syntax_fault(peek(), "这里应有“" + wanted + "”", "expected " + wanted + " here");
  return false;
}

std::optional<Program> Compiler::run(std::optional<Kind> expected) {
  size_t before = issues_.size();
  if (code_points_.size() > kLengthMax) {
    fault(0, "too_long", "表达式超过 2000 字", "the expression is over 2000 characters");
    return std::nullopt;
  }
  tokens_ = read_tokens(code_points_);
  if (tokens_.back().kind == Token::Kind::broken) {
    const Token& token = tokens_.back();
    syntax_fault(token, "不认识的字符或没有收尾的引号：" + token.text,
                 "unknown character or unclosed quote: " + token.text);
    return std::nullopt;
  }
  TreePointer tree = expression(0);
  if (tree != nullptr && peek().kind != Token::Kind::end) {
    tree = syntax_fault(peek(), "多出“" + peek().text + "”", "unexpected " + peek().text);
  }
  if (tree == nullptr || issues_.size() != before || !check_result(*tree, expected)) {
    return std::nullopt;
  }
  Program program;
  program.text_ = text_;
  program.tree_ = tree;
  program.inputs_ = std::make_shared<const std::vector<Path>>(std::move(inputs_));
  return program;
}

// A result with many places would hardly fit the 64 bits of a column, so it must say how many it
// wants.
bool Compiler::check_result(const Tree& tree, std::optional<Kind> expected) {
  if (expected && tree.type.kind != *expected) {
    return fault(tree.begin, "type",
                 "结果应是" + std::string(zh_of(*expected)) + "，这里是" +
                     std::string(zh_of(tree.type.kind)),
                 "the result must be " + std::string(to_string(*expected)) + ", this is " +
                     std::string(to_string(tree.type.kind)));
  }
  constexpr int kPlacesMaxPlain = 9, kPlacesMaxWithUnit = 6;
  int most = tree.type.unit.is_plain() ? kPlacesMaxPlain : kPlacesMaxWithUnit;
  bool is_computed = tree.op != Operator::input && tree.op != Operator::constant;
  if (!is_computed || tree.type.kind != Kind::decimal || tree.type.scale <= most) return true;
  std::string places = std::to_string(tree.type.scale);
  return fault(tree.begin, "places", "结果有 " + places + " 位小数，请用 round(…, 2) 写明位数",
               "the result has " + places + " places; say how many with round(…, 2)");
}

TreePointer Compiler::expression(int binding) {
  if (++depth_ > kDepthMax) {
    fault(peek().begin, "too_deep", "嵌套过深，最多 50 层", "nested too deeply; 50 levels at most");
    return nullptr;
  }
  TreePointer left = prefix();
  while (left != nullptr) {
    if (peek().kind == Token::Kind::symbol && peek().text == "?" && binding < kConditionalBinding) {
      left = conditional(std::move(left));
      continue;
    }
    const Binary* next = binary_of(peek());
    if (next == nullptr || next->binding <= binding) break;
    Token token = take();
    TreePointer right = expression(next->binding);
    if (right == nullptr) return nullptr;
    left = binary(token, std::move(left), std::move(right));
  }
  --depth_;
  return left;
}

TreePointer Compiler::prefix() {
  Token token = take();
  bool is_symbol = token.kind == Token::Kind::symbol;
  if (is_symbol && token.text == "(") {
    TreePointer inner = expression(0);
    return inner != nullptr && expect(")") ? postfix(std::move(inner)) : nullptr;
  }
  if (is_symbol && (token.text == "!" || token.text == "-")) return sign(token);
  if (is_symbol && token.text == "[") return postfix(list(token));
  if (token.kind == Token::Kind::name) return postfix(name(token));
  if (token.kind == Token::Kind::integer || token.kind == Token::Kind::decimal ||
      token.kind == Token::Kind::text) {
    return postfix(literal(token));
  }
  return syntax_fault(token, "这里应有一个值", "expected a value here");
}

TreePointer Compiler::sign(const Token& token) {
  TreePointer inner = expression(kPrefixBinding);
  if (inner == nullptr || inner->is_broken) return inner;
  bool is_not = token.text == "!";
  TreePointer tree = make_tree(is_not ? Operator::logical_not : Operator::negate, inner->type.kind,
                               token.begin, inner->end);
  tree->type = inner->type;
  tree->type.codes.clear();
  bool fits = is_not ? inner->type.kind == Kind::boolean : is_number(inner->type);
  if (!fits) {
    tree->is_broken = true;
    fault(inner->begin, "type", "“" + token.text + "”后应是" + (is_not ? "真假值" : "数"),
          token.text + " takes " + (is_not ? "a bool" : "a number"));
  }
  tree->parts = {std::move(inner)};
  return folded(std::move(tree));
}

TreePointer Compiler::postfix(TreePointer left) {
  while (left != nullptr && accept(".")) left = method(std::move(left));
  return left;
}

TreePointer Compiler::conditional(TreePointer condition) {
  Token token = take();
  TreePointer yes = expression(0);
  if (yes == nullptr || !expect(":")) return nullptr;
  TreePointer no = expression(0);
  if (no == nullptr) return nullptr;
  TreePointer tree = make_tree(Operator::conditional, yes->type.kind, condition->begin, no->end);
  tree->type = yes->type;
  tree->type.scale = std::max(yes->type.scale, no->type.scale);
  if (yes->type.codes != no->type.codes) tree->type.codes.clear();
  tree->parts = {condition, yes, no};
  tree->is_broken = has_broken_part(*tree);
  if (tree->is_broken) return tree;
  bool is_same = yes->type.kind == no->type.kind && yes->type.target == no->type.target &&
                 yes->type.kind != Kind::list;
  if (condition->type.kind != Kind::boolean || !is_same) {
    tree->is_broken = true;
    fault(token.begin, "type", "“条件 ? 甲 : 乙”的条件应是真假值，甲乙应是同一类型",
          "in c ? a : b, c is a bool, a and b are of one type");
    return tree;
  }
  tree->at = token.begin;
  tree->is_broken = !align_units(*tree, 1, 2);
  if (tree->is_broken) return tree;
  if (is_zero(*yes)) tree->type.unit = tree->parts[2]->type.unit;
  tree->type.scale = std::max(tree->parts[1]->type.scale, tree->parts[2]->type.scale);
  return folded(std::move(tree));
}

TreePointer Compiler::binary(const Token& token, TreePointer left, TreePointer right) {
  const Binary& row = *binary_of(token);
  TreePointer tree = make_tree(row.op, Kind::boolean, left->begin, right->end);
  tree->arithmetic = row.arithmetic;
  tree->comparison = row.comparison;
  tree->at = token.begin;
  tree->parts = {std::move(left), std::move(right)};
  tree->is_broken = has_broken_part(*tree);
  if (tree->is_broken) return tree;
  bool is_typed = false;
  if (row.op == Operator::contained) {
    is_typed = type_containment(*tree);
  } else if (row.op == Operator::comparison) {
    is_typed = type_comparison(*tree);
  } else if (row.op == Operator::arithmetic) {
    is_typed = type_arithmetic(*tree);
  } else {
    is_typed = type_logical(*tree);
  }
  tree->is_broken = !is_typed;
  return folded(std::move(tree));
}

// What has no names in it is computed now, once. Numbers beyond 64 bits stay as written.
TreePointer Compiler::folded(TreePointer tree) {
  bool is_constant = !tree->is_broken && !tree->parts.empty() &&
                     std::all_of(tree->parts.begin(), tree->parts.end(),
                                 [](const auto& part) { return part->op == Operator::constant; });
  if (!is_constant) return tree;
  Cells cells = evaluate(*tree, OneRow());
  if (cells.is_wide()) return tree;
  tree->constant = std::move(cells).to_column(1);
  tree->parts.clear();
  tree->op = Operator::constant;
  return tree;
}

std::optional<Program> compile(std::string_view text, const Scope& scope, const Place& place,
                               Issues& issues, std::optional<Kind> expected) {
  return Compiler(text, scope, place, issues).run(expected);
}

}  // namespace wutong::expression
