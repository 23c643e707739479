// The type and unit rules of the operators.
#include <algorithm>

#include "base/text.hpp"
#include "engine/expression/impl/compiler.hpp"

namespace wutong::expression {

namespace {

bool is_number(const Type& type) {
  return type.kind == Kind::integer || type.kind == Kind::decimal;
}

bool is_zero(const Tree& tree) {
  return tree.op == Operator::constant && is_number(tree.type) && tree.constant.numbers[0] == 0;
}

std::string named(const Type& type) {
  std::string name(to_string(type.kind));
  if (is_number(type) && !type.unit.is_plain()) name += " [" + std::string(type.unit.code()) + "]";
  return name;
}

}  // namespace

TreePointer Compiler::typed_binary(Operator op, TreePointer left, TreePointer right) {
  auto tree = std::make_shared<Tree>();
  tree->op = op;
  tree->begin = left->begin;
  tree->end = right->end;
  tree->parts = {std::move(left), std::move(right)};
  bool is_typed = false;
  switch (op) {
    case Operator::logical_and:
    case Operator::logical_or:
      is_typed = type_logical(*tree);
      break;
    case Operator::add:
    case Operator::subtract:
    case Operator::multiply:
    case Operator::divide:
    case Operator::remainder:
      is_typed = type_arithmetic(*tree);
      break;
    case Operator::equal:
    case Operator::not_equal:
    case Operator::less:
    case Operator::less_equal:
    case Operator::greater:
    case Operator::greater_equal:
      is_typed = type_comparison(*tree);
      break;
    case Operator::contained:
      is_typed = type_containment(*tree);
      break;
    case Operator::constant:
    case Operator::input:
    case Operator::call:
    case Operator::conditional:
    case Operator::logical_not:
    case Operator::negate:
      break;
  }
  return is_typed ? tree : nullptr;
}

bool Compiler::type_logical(Tree& tree) {
  tree.type.kind = Kind::boolean;
  for (const TreePointer& part : tree.parts) {
    if (part->type.kind == Kind::boolean) continue;
    return type_fault(*part, "&& 与 || 两边应是真假值，这里是 " + named(part->type),
                      "&& and || take bools; this is " + named(part->type));
  }
  return true;
}

// The same unit on both sides; a plain zero goes with any.
bool Compiler::align_units(Tree& tree) {
  const Tree& left = *tree.parts[0];
  const Tree& right = *tree.parts[1];
  if (left.type.unit == right.type.unit || is_zero(left) || is_zero(right)) return true;
  std::string a = named(left.type), b = named(right.type);
  std::string hint_zh, hint_en;
  Unit unit = left.type.unit.is_plain() ? right.type.unit : left.type.unit;
  if (left.type.unit.is_plain() != right.type.unit.is_plain()) {
    std::string example = "quantity(2000, '" + std::string(unit.code()) + "')";
    hint_zh = "；带单位的数写作 " + example;
    hint_en = "; a number with a unit is written " + example;
  }
  return type_fault(tree, "单位不同：" + a + " 与 " + b + hint_zh,
                    "the units differ: " + a + " and " + b + hint_en);
}

bool Compiler::type_arithmetic(Tree& tree) {
  const Type& left = tree.parts[0]->type;
  const Type& right = tree.parts[1]->type;
  for (const TreePointer& part : tree.parts) {
    if (is_number(part->type)) continue;
    return type_fault(*part, "这里应是数，而不是 " + named(part->type),
                      "a number is needed here, this is " + named(part->type));
  }
  bool are_integers = left.kind == Kind::integer && right.kind == Kind::integer;
  tree.type.kind = are_integers ? Kind::integer : Kind::decimal;
  tree.type.scale = std::max(left.scale, right.scale);
  tree.type.unit = is_zero(*tree.parts[0]) ? right.unit : left.unit;
  if (tree.op == Operator::add || tree.op == Operator::subtract) return align_units(tree);
  if (tree.op == Operator::remainder) {
    return (are_integers && right.unit.is_plain()) ||
           type_fault(tree, "% 两边应是整数，右边不带单位",
                      "% takes whole numbers, the right one without unit");
  }
  if (tree.op == Operator::multiply) {
    if (!left.unit.is_plain() && !right.unit.is_plain()) {
      return type_fault(tree, "两个带单位的数不能相乘",
                        "two numbers with units cannot be multiplied");
    }
    tree.type.unit = left.unit.is_plain() ? right.unit : left.unit;
    tree.type.scale = left.scale + right.scale;
    return tree.type.scale <= Decimal::kScaleMax ||
           type_fault(tree, "乘积的小数位超过 18", "the product has over 18 places");
  }
  constexpr int kDivisionScale = 9;
  tree.type.kind = Kind::decimal;
  tree.type.scale = kDivisionScale;
  if (right.unit.is_plain()) return true;
  if (left.unit == right.unit) {
    tree.type.unit = Unit();
    return true;
  }
  return align_units(tree);
}

bool Compiler::check_codes(const Tree& subject, const Tree& literal) {
  const std::vector<std::string>& codes = subject.type.codes;
  bool is_literal = literal.op == Operator::constant && literal.type.kind == Kind::text;
  if (codes.empty() || !is_literal) return true;
  const std::string& text = literal.constant.texts[0];
  if (std::find(codes.begin(), codes.end(), text) != codes.end()) return true;
  auto near = nearest_name(text, codes);
  std::string all = join(codes, ", ");
  fault(
      literal.begin, "unknown_code",
      "“" + text + "”不是可用的代码" + (near ? "，是否指 " + *near + "？" : "，可用：" + all),
      text + " is no code here" + (near ? "; did you mean " + *near + "?" : "; there are: " + all));
  return false;
}

bool Compiler::type_comparison(Tree& tree) {
  const Tree& left = *tree.parts[0];
  const Tree& right = *tree.parts[1];
  tree.type.kind = Kind::boolean;
  if (is_number(left.type) && is_number(right.type)) return align_units(tree);
  if (left.type.kind != right.type.kind) {
    return type_fault(tree, "不能比较 " + named(left.type) + " 与 " + named(right.type),
                      "cannot compare " + named(left.type) + " with " + named(right.type));
  }
  bool is_equality = tree.op == Operator::equal || tree.op == Operator::not_equal;
  bool has_order =
      left.type.kind == Kind::date || left.type.kind == Kind::month || left.type.kind == Kind::text;
  bool can_equal = left.type.kind != Kind::list &&
                   (left.type.kind != Kind::reference || left.type.target == right.type.target);
  if (is_equality ? !can_equal : !has_order) {
    return type_fault(tree, named(left.type) + " 不能这样比较",
                      named(left.type) + " has no such comparison");
  }
  return check_codes(left, right) && check_codes(right, left);
}

bool Compiler::type_containment(Tree& tree) {
  const Tree& left = *tree.parts[0];
  const Tree& right = *tree.parts[1];
  tree.type.kind = Kind::boolean;
  bool is_list = right.type.kind == Kind::list && right.op == Operator::constant;
  if (left.type.kind != Kind::text || !is_list) {
    return type_fault(tree, "in 左边应是文字，右边应是写明的列表",
                      "in takes a text on the left, a literal list on the right");
  }
  for (const std::string& element : right.list) {
    Tree literal;
    literal.type.kind = Kind::text;
    literal.begin = right.begin;
    literal.constant = make_column(literal.type, 0);
    literal.constant.append(element);
    if (!check_codes(left, literal)) return false;
  }
  return true;
}

}  // namespace wutong::expression
