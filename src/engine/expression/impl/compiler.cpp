#include "engine/expression/impl/compiler.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace wutong::expression {

namespace {

struct Binary {
  std::string_view symbol;
  Operator op;
  int binding;
};
constexpr std::array<Binary, 14> kBinaries = {{
    {"||", Operator::logical_or, 2},
    {"&&", Operator::logical_and, 3},
    {"==", Operator::equal, 4},
    {"!=", Operator::not_equal, 4},
    {"<", Operator::less, 4},
    {"<=", Operator::less_equal, 4},
    {">", Operator::greater, 4},
    {">=", Operator::greater_equal, 4},
    {"in", Operator::contained, 4},
    {"+", Operator::add, 5},
    {"-", Operator::subtract, 5},
    {"*", Operator::multiply, 6},
    {"/", Operator::divide, 6},
    {"%", Operator::remainder, 6},
}};
constexpr int kConditionalBinding = 1;
constexpr int kPrefixBinding = 7;

const Binary* binary_of(const Token& token) {
  bool can_be = token.kind == Token::Kind::symbol || token.text == "in";
  for (const Binary& binary : kBinaries) {
    if (can_be && binary.symbol == token.text) return &binary;
  }
  return nullptr;
}

}  // namespace

Compiler::Compiler(std::string_view text, const Scope& scope, const Place& place, Issues& issues)
    : text_(text),
      code_points_(to_code_points(text)),
      scope_(scope),
      place_(place),
      issues_(issues) {}

Place Compiler::place_at(size_t position) const {
  Place place = place_;
  if (place.line > 0) place.column = std::max(1, place.column) + static_cast<int>(position);
  return place;
}

TreePointer Compiler::fault(size_t position, std::string code, std::string zh, std::string en) {
  issues_.push_back(Error{ErrorKind::invalid,
                          "expression." + code,
                          place_at(position),
                          std::move(zh),
                          std::move(en),
                          {}});
  return nullptr;
}

bool Compiler::type_fault(const Tree& tree, std::string zh, std::string en) {
  fault(tree.begin, "type", std::move(zh), std::move(en));
  return false;
}

bool Compiler::accept(std::string_view symbol) {
  if (peek().kind != Token::Kind::symbol || peek().text != symbol) return false;
  take();
  return true;
}

bool Compiler::expect(std::string_view symbol) {
  if (accept(symbol)) return true;
  std::string wanted(symbol);
  fault(peek().begin, "syntax", "这里应有“" + wanted + "”", "expected " + wanted + " here");
  return false;
}

std::optional<Program> Compiler::run(std::optional<Kind> expected) {
  if (code_points_.size() > kLengthMax) {
    fault(0, "too_long", "表达式超过 2000 字", "the expression is over 2000 characters");
    return std::nullopt;
  }
  tokens_ = read_tokens(code_points_);
  if (tokens_.back().kind == Token::Kind::broken) {
    const Token& token = tokens_.back();
    fault(token.begin, "syntax", "不认识的字符或没有收尾的引号：" + token.text,
          "unknown character or unclosed quote: " + token.text);
    return std::nullopt;
  }
  TreePointer tree = expression(0);
  if (tree == nullptr) return std::nullopt;
  if (peek().kind != Token::Kind::end) {
    fault(peek().begin, "syntax", "多出“" + peek().text + "”", "unexpected " + peek().text);
    return std::nullopt;
  }
  if (expected && tree->type.kind != *expected) {
    std::string want(to_string(*expected)), have(to_string(tree->type.kind));
    type_fault(*tree, "结果应是 " + want + "，这里是 " + have,
               "the result must be " + want + ", this is " + have);
    return std::nullopt;
  }
  Program program;
  program.text_ = text_;
  program.tree_ = tree;
  program.inputs_ = std::make_shared<const std::vector<Path>>(std::move(inputs_));
  return program;
}

TreePointer Compiler::expression(int binding) {
  if (++depth_ > kDepthMax) {
    return fault(peek().begin, "too_deep", "嵌套过深", "nested too deeply");
  }
  TreePointer left = prefix();
  while (left != nullptr) {
    const Token& token = peek();
    if (token.kind == Token::Kind::symbol && token.text == "?" && binding < kConditionalBinding) {
      left = conditional(std::move(left));
      continue;
    }
    const Binary* binary = binary_of(token);
    if (binary == nullptr || binary->binding <= binding) break;
    take();
    TreePointer right = expression(binary->binding);
    if (right == nullptr) return nullptr;
    left = typed_binary(binary->op, std::move(left), std::move(right));
  }
  --depth_;
  return left;
}

TreePointer Compiler::prefix() {
  Token token = take();
  bool is_symbol = token.kind == Token::Kind::symbol;
  if (is_symbol && token.text == "(") {
    TreePointer inner = expression(0);
    if (inner == nullptr || !expect(")")) return nullptr;
    return postfix(std::move(inner));
  }
  if (is_symbol && (token.text == "!" || token.text == "-")) {
    TreePointer inner = expression(kPrefixBinding);
    if (inner == nullptr) return nullptr;
    auto tree = std::make_shared<Tree>();
    tree->op = token.text == "!" ? Operator::logical_not : Operator::negate;
    tree->type = inner->type;
    tree->begin = token.begin;
    tree->end = inner->end;
    bool is_number = inner->type.kind == Kind::integer || inner->type.kind == Kind::decimal;
    bool fits = token.text == "!" ? inner->type.kind == Kind::boolean : is_number;
    if (!fits) {
      type_fault(*inner, "“" + token.text + "”后应是" + (token.text == "!" ? "真假值" : "数"),
                 token.text + " takes " + (token.text == "!" ? "a bool" : "a number"));
      return nullptr;
    }
    tree->parts = {std::move(inner)};
    return tree;
  }
  if (is_symbol && token.text == "[") return list(token);
  if (token.kind == Token::Kind::name) return postfix(name(token));
  if (token.kind == Token::Kind::integer || token.kind == Token::Kind::decimal ||
      token.kind == Token::Kind::text) {
    return postfix(literal(token));
  }
  return fault(token.begin, "syntax", "这里应有一个值", "expected a value here");
}

TreePointer Compiler::postfix(TreePointer left) {
  while (left != nullptr && accept(".")) left = member(std::move(left));
  return left;
}

TreePointer Compiler::literal(const Token& token) {
  auto tree = std::make_shared<Tree>();
  tree->begin = token.begin;
  tree->end = token.end;
  Value value = token.text;
  if (token.kind == Token::Kind::text) {
    tree->type.kind = Kind::text;
  } else {
    auto number = Decimal::parse(token.text);
    bool fits = number && number->mantissa() <= INT64_MAX;
    if (!fits) return fault(token.begin, "number", "数太大或小数位过多", "the number is too large");
    tree->type.kind = number->scale() > 0 ? Kind::decimal : Kind::integer;
    tree->type.scale = number->scale();
    value = number->scale() > 0 ? Value(*number) : Value(static_cast<int64_t>(number->mantissa()));
  }
  tree->constant = make_column(tree->type, 0);
  tree->constant.append(value);
  return tree;
}

TreePointer Compiler::list(const Token& token) {
  auto tree = std::make_shared<Tree>();
  tree->begin = token.begin;
  tree->type.kind = Kind::list;
  while (!accept("]")) {
    if (!tree->list.empty() && !expect(",")) return nullptr;
    Token element = take();
    if (element.kind != Token::Kind::text) {
      return fault(element.begin, "syntax", "列表里应是带引号的文字", "a list holds quoted texts");
    }
    tree->list.push_back(element.text);
  }
  tree->end = tokens_[at_ - 1].end;
  tree->constant = make_column(tree->type, 0);
  tree->constant.append(tree->list);
  return tree;
}

TreePointer Compiler::name(const Token& token) {
  if (token.text == "true" || token.text == "false") {
    auto tree = std::make_shared<Tree>();
    tree->begin = token.begin;
    tree->end = token.end;
    tree->constant = make_column(tree->type, 0);
    tree->constant.append(token.text == "true");
    return tree;
  }
  if (token.text == "null") {
    return fault(token.begin, "null", "没有 null；用 has(字段) 判断有没有值",
                 "there is no null; has(field) asks whether there is a value");
  }
  if (accept("(")) {
    std::vector<TreePointer> arguments;
    while (!accept(")")) {
      if (!arguments.empty() && !expect(",")) return nullptr;
      TreePointer argument = expression(0);
      if (argument == nullptr) return nullptr;
      arguments.push_back(std::move(argument));
    }
    return call(token.text, token.begin, std::move(arguments));
  }
  auto type = scope_.identifier(token.text);
  if (!type) {
    auto known = scope_.identifiers();
    auto near = nearest_name(token.text, known);
    std::string all = join(known, ", ");
    return fault(
        token.begin, "unknown_name",
        "没有字段“" + token.text + "”" + (near ? "，是否指 " + *near + "？" : "，可用：" + all),
        "there is no field " + token.text +
            (near ? "; did you mean " + *near + "?" : "; there are: " + all));
  }
  Path path{{token.text}};
  auto tree = std::make_shared<Tree>();
  tree->op = Operator::input;
  tree->type = std::move(*type);
  tree->begin = token.begin;
  tree->end = token.end;
  // a.b.c: steps join into one input while references last
  while (tree->type.kind == Kind::reference && peek().text == "." &&
         peek().kind == Token::Kind::symbol) {
    take();
    Token step = take();
    auto inner =
        step.kind == Token::Kind::name ? scope_.member(tree->type.target, step.text) : std::nullopt;
    if (!inner) {
      auto near = nearest_name(step.text, scope_.members(tree->type.target));
      return fault(step.begin, "unknown_name",
                   "登记簿 " + tree->type.target + " 没有字段“" + step.text + "”" +
                       (near ? "，是否指 " + *near + "？" : ""),
                   "register " + tree->type.target + " has no field " + step.text +
                       (near ? "; did you mean " + *near + "?" : ""));
    }
    path.steps.push_back(step.text);
    tree->type = std::move(*inner);
    tree->end = step.end;
  }
  auto found = std::find(inputs_.begin(), inputs_.end(), path);
  tree->input = static_cast<size_t>(found - inputs_.begin());
  if (found == inputs_.end()) inputs_.push_back(std::move(path));
  return tree;
}

// A method call: x.startsWith('a') is startsWith(x, 'a').
TreePointer Compiler::member(TreePointer left) {
  Token token = take();
  if (token.kind != Token::Kind::name || !accept("(")) {
    return fault(token.begin, "member", "“.”前不是引用，后面只能接函数",
                 "what stands before the point is no reference; only a function may follow");
  }
  size_t begin = left->begin;
  std::vector<TreePointer> arguments{std::move(left)};
  while (!accept(")")) {
    if (arguments.size() > 1 && !expect(",")) return nullptr;
    TreePointer argument = expression(0);
    if (argument == nullptr) return nullptr;
    arguments.push_back(std::move(argument));
  }
  return call(token.text, begin, std::move(arguments));
}

TreePointer Compiler::call(std::string_view function, size_t begin,
                           std::vector<TreePointer> arguments) {
  auto tree = std::make_shared<Tree>();
  tree->op = Operator::call;
  tree->begin = begin;
  tree->end = tokens_[at_ - 1].end;
  tree->function = find_function(function);
  std::string name(function);
  if (tree->function == nullptr) {
    std::vector<std::string> known;
    for (const Function* each : functions()) known.emplace_back(each->name);
    auto near = nearest_name(name, known);
    return fault(
        begin, "unknown_function",
        "没有函数“" + name + "”" +
            (near ? "，是否指 " + *near + "？" : "，有：" + join(known, "、")),
        "there is no function " + name +
            (near ? "; did you mean " + *near + "?" : "; there are: " + join(known, ", ")));
  }
  tree->parts = std::move(arguments);
  auto type = tree->function->type(*tree);
  if (!type)
    return fault(begin, "type", name + "：" + type.error().zh, name + ": " + type.error().en);
  tree->type = std::move(*type);
  return tree;
}

TreePointer Compiler::conditional(TreePointer condition) {
  take();
  TreePointer yes = expression(0);
  if (yes == nullptr || !expect(":")) return nullptr;
  TreePointer no = expression(0);
  if (no == nullptr) return nullptr;
  auto tree = std::make_shared<Tree>();
  tree->op = Operator::conditional;
  tree->begin = condition->begin;
  tree->end = no->end;
  tree->type = yes->type;
  tree->type.scale = std::max(yes->type.scale, no->type.scale);
  bool is_same = yes->type.kind == no->type.kind && yes->type.unit == no->type.unit;
  if (condition->type.kind != Kind::boolean || !is_same || yes->type.kind == Kind::list) {
    type_fault(*tree, "“条件 ? 甲 : 乙”的条件应是真假值，甲乙应是同一类型和单位",
               "in c ? a : b, c is a bool, a and b have one type and unit");
    return nullptr;
  }
  tree->parts = {std::move(condition), std::move(yes), std::move(no)};
  return tree;
}

std::optional<Program> compile(std::string_view text, const Scope& scope, const Place& place,
                               Issues& issues, std::optional<Kind> expected) {
  return Compiler(text, scope, place, issues).run(expected);
}

}  // namespace wutong::expression
