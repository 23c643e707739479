// What operators stand between: literals, lists, fields and calls.
#include <algorithm>

#include "engine/expression/impl/compiler.hpp"

namespace wutong::expression {

namespace {

TreePointer make_constant(Type type, const Token& token, const Value& value) {
  TreePointer tree = make_tree(Operator::constant, type.kind, token.begin, token.end);
  tree->type = std::move(type);
  tree->constant = make_column(tree->type, 1);
  tree->constant.append(value);
  return tree;
}

}  // namespace

TreePointer Compiler::literal(const Token& token) {
  if (token.kind == Token::Kind::text) {
    return make_constant(type_of_kind(Kind::text), token, token.text);
  }
  auto number = Decimal::parse(token.text);
  if (!number || number->mantissa() > INT64_MAX) {
    return syntax_fault(token, "数太大或小数位过多",
                        "the number is too large or has too many places");
  }
  if (number->scale() == 0) {
    return make_constant(type_of_kind(Kind::integer), token,
                         static_cast<int64_t>(number->mantissa()));
  }
  Type type = type_of_kind(Kind::decimal);
  type.scale = number->scale();
  return make_constant(type, token, *number);
}

TreePointer Compiler::list(const Token& token) {
  std::vector<TreePointer> elements;
  if (!arguments("]", elements)) return nullptr;
  TreePointer tree = make_tree(Operator::constant, Kind::list, token.begin, tokens_[at_ - 1].end);
  std::vector<std::string> texts;
  for (const TreePointer& element : elements) {
    if (element->is_broken) {
      tree->is_broken = true;
    } else if (element->op != Operator::constant || element->constant.present[0] == 0 ||
               element->type.kind == Kind::list) {
      tree->is_broken = true;
      fault(element->begin, "type", "列表里应是写明的值",
            "a list holds values that are written out");
    } else {
      texts.push_back(to_string(element->constant.value(0)));
    }
  }
  tree->constant = make_column(tree->type, 1);
  tree->constant.append(texts);
  tree->parts = std::move(elements);
  return tree;
}

TreePointer Compiler::name(const Token& token) {
  if (token.text == "true" || token.text == "false") {
    return make_constant(type_of_kind(Kind::boolean), token, token.text == "true");
  }
  if (token.text == "null") {
    fault(token.begin, "null", "没有 null；用 has(字段) 判断有没有值",
          "there is no null; has(field) asks whether there is a value");
    return nullptr;
  }
  if (accept("(")) {
    std::vector<TreePointer> parts;
    return arguments(")", parts) ? call(token, token.begin, std::move(parts)) : nullptr;
  }
  return field(token);
}

TreePointer Compiler::field(const Token& token) {
  TreePointer tree = make_tree(Operator::input, Kind::boolean, token.begin, token.end);
  auto type = scope_.identifier(token.text);
  if (!type) {
    unknown_name(token.begin, "unknown_name", "没有字段", "there is no field", token.text,
                 scope_.identifiers());
    tree->is_broken = true;
    return tree;
  }
  tree->type = std::move(*type);
  Path path{{token.text}};
  if (!follow(*tree, path)) return nullptr;
  if (tree->is_broken) return tree;
  auto found = std::find(inputs_.begin(), inputs_.end(), path);
  tree->input = static_cast<size_t>(found - inputs_.begin());
  if (found == inputs_.end()) inputs_.push_back(std::move(path));
  return tree;
}

// a.b.c: the steps join into one input while references last. False after a fault of syntax.
bool Compiler::follow(Tree& tree, Path& path) {
  while (!tree.is_broken && tree.type.kind == Kind::reference && accept(".")) {
    Token step = take();
    if (step.kind != Token::Kind::name) {
      syntax_fault(step, "“.”后应是字段名", "a field follows the point");
      return false;
    }
    auto inner = scope_.member(tree.type.target, step.text);
    tree.end = step.end;
    if (inner) {
      path.steps.push_back(step.text);
      tree.type = std::move(*inner);
    } else {
      tree.is_broken = true;
      unknown_name(step.begin, "unknown_name", "登记簿 " + tree.type.target + " 没有字段",
                   "register " + tree.type.target + " has no field", step.text,
                   scope_.members(tree.type.target));
    }
  }
  return true;
}

// x.startsWith('a') is startsWith(x, 'a').
TreePointer Compiler::method(TreePointer left) {
  Token token = take();
  bool is_call = token.kind == Token::Kind::name && accept("(");
  if (!is_call && left->is_broken) return left;
  if (!is_call) {
    return syntax_fault(token, "“.”前不是引用，后面只能接函数",
                        "what stands before the point is no reference; only a function may follow");
  }
  size_t begin = left->begin;
  std::vector<TreePointer> parts;
  if (!arguments(")", parts)) return nullptr;
  parts.insert(parts.begin(), std::move(left));
  return call(token, begin, std::move(parts));
}

bool Compiler::arguments(std::string_view closing, std::vector<TreePointer>& out) {
  while (!accept(closing)) {
    if (!out.empty() && !expect(",")) return false;
    TreePointer argument = expression(0);
    if (argument == nullptr) return false;
    out.push_back(std::move(argument));
  }
  return true;
}

TreePointer Compiler::call(const Token& function, size_t begin, std::vector<TreePointer> parts) {
  TreePointer tree = make_tree(Operator::call, Kind::boolean, begin, tokens_[at_ - 1].end);
  tree->function = find_function(function.text);
  tree->parts = std::move(parts);
  if (tree->function == nullptr) {
    std::vector<std::string> known;
    for (const Function* each : functions()) known.emplace_back(each->name);
    unknown_name(function.begin, "unknown_function", "没有函数", "there is no function",
                 function.text, known);
    tree->is_broken = true;
    return tree;
  }
  tree->is_broken = has_broken_part(*tree);
  if (tree->is_broken) return tree;
  auto type = tree->function->type(*tree);
  if (type) {
    tree->type = std::move(*type);
    return folded(std::move(tree));
  }
  const TypeFault& wrong = type.error();
  tree->is_broken = true;
  fault(wrong.part ? tree->parts[*wrong.part]->begin : function.begin, "type",
        function.text + "：" + wrong.zh, function.text + ": " + wrong.en);
  return tree;
}

}  // namespace wutong::expression
