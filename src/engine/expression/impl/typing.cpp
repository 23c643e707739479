// The type and unit rules of the operators.
#include <algorithm>

#include "base/text.hpp"
#include "engine/expression/impl/compiler.hpp"

namespace wutong::expression {

namespace {

std::string with_unit(std::string_view kind, const Type& type) {
  std::string name(kind);
  if (is_number(type) && !type.unit.is_plain()) name += " [" + std::string(type.unit.code()) + "]";
  return name;
}
std::string zh(const Type& type) { return with_unit(zh_of(type.kind), type); }
std::string en(const Type& type) { return with_unit(to_string(type.kind), type); }

bool is_date(const Type& type) {
  return type.kind == Kind::date || type.kind == Kind::partial_date;
}

}  // namespace

bool Compiler::type_logical(Tree& tree) {
  for (const TreePointer& part : tree.parts) {
    if (part->type.kind == Kind::boolean) continue;
    return fault(part->begin, "type", "&& 与 || 两边应是真假值，这里是" + zh(part->type),
                 "&& and || take bools; this is " + en(part->type));
  }
  return true;
}

// A constant in another unit of its dimension becomes one in this unit, if that is exact.
bool Compiler::convert_constant(TreePointer& part, Unit to) {
  if (part->op != Operator::constant || part->constant.present[0] == 0) return false;
  Decimal number = Decimal::from_parts(part->constant.numbers[0], part->constant.scale);
  auto amount = convert(number, part->type.unit, to);
  if (!amount || amount->mantissa() != static_cast<int64_t>(amount->mantissa())) return false;
  auto made = std::make_shared<Tree>(*part);
  made->type.kind = Kind::decimal;
  made->type.unit = to;
  made->type.scale = amount->scale();
  made->constant = make_column(made->type, 1);
  made->constant.append(*amount);
  part = made;
  return true;
}

// The same unit on both sides. A plain zero goes with any; constants are converted.
bool Compiler::align_units(Tree& tree, size_t left, size_t right) {
  TreePointer& a = tree.parts[left];
  TreePointer& b = tree.parts[right];
  Unit unit_a = a->type.unit, unit_b = b->type.unit;
  if (unit_a == unit_b || is_zero(*a) || is_zero(*b)) return true;
  bool is_one_plain = unit_a.is_plain() || unit_b.is_plain();
  bool can_convert = !is_one_plain && is_convertible(unit_a, unit_b);
  if (can_convert && (convert_constant(b, unit_a) || convert_constant(a, unit_b))) return true;
  std::string hint_zh, hint_en;
  if (is_one_plain || can_convert) {
    // the side to be wrapped is the plain one, else the right one
    const TreePointer& wrapped = unit_a.is_plain() ? a : b;
    Unit unit = unit_a.is_plain() ? unit_b : unit_a;
    std::u32string_view written(code_points_);
    std::string example = "quantity(" +
                          to_utf8(written.substr(wrapped->begin, wrapped->end - wrapped->begin)) +
                          ", '" + std::string(unit.code()) + "')";
    hint_zh = is_one_plain ? "；给数配单位：" + example : "；换算：" + example;
    hint_en = is_one_plain ? "; to give a number its unit: " + example : "; to convert: " + example;
  }
  return fault(tree.at, "unit", "单位不同：" + zh(a->type) + " 与 " + zh(b->type) + hint_zh,
               "the units differ: " + en(a->type) + " and " + en(b->type) + hint_en);
}

bool Compiler::type_arithmetic(Tree& tree) {
  for (const TreePointer& part : tree.parts) {
    if (is_number(part->type)) continue;
    return fault(part->begin, "type", "这里应是数，而不是" + zh(part->type),
                 "a number is needed here, this is " + en(part->type));
  }
  bool are_integers = takes(tree, {Kind::integer, Kind::integer});
  if (tree.arithmetic == Arithmetic::multiply) return type_product(tree);
  if (tree.arithmetic == Arithmetic::divide) return type_quotient(tree);
  if (tree.arithmetic == Arithmetic::remainder) {
    tree.type = tree.parts[0]->type;
    return (are_integers && tree.parts[1]->type.unit.is_plain()) ||
           fault(tree.at, "type", "% 两边应是整数，右边不带单位",
                 "% takes whole numbers, the right one without unit");
  }
  if (!align_units(tree, 0, 1)) return false;
  const Type& left = tree.parts[0]->type;
  const Type& right = tree.parts[1]->type;
  bool still_integers = left.kind == Kind::integer && right.kind == Kind::integer;
  tree.type = type_of_kind(still_integers ? Kind::integer : Kind::decimal);
  tree.type.scale = std::max(left.scale, right.scale);
  tree.type.unit = is_zero(*tree.parts[0]) ? right.unit : left.unit;
  return true;
}

bool Compiler::type_product(Tree& tree) {
  const Type& left = tree.parts[0]->type;
  const Type& right = tree.parts[1]->type;
  if (!left.unit.is_plain() && !right.unit.is_plain()) {
    return fault(tree.at, "unit", "两个带单位的数不能相乘：" + zh(left) + " 与 " + zh(right),
                 "two numbers with units cannot be multiplied: " + en(left) + " and " + en(right));
  }
  bool are_integers = left.kind == Kind::integer && right.kind == Kind::integer;
  tree.type = type_of_kind(are_integers ? Kind::integer : Kind::decimal);
  tree.type.unit = left.unit.is_plain() ? right.unit : left.unit;
  tree.type.scale = left.scale + right.scale;
  return tree.type.scale <= Decimal::kScaleMax ||
         fault(tree.at, "places", "乘积的小数位超过 18，请先用 round(…, 位数) 写明位数",
               "the product has over 18 places; round a factor first with round(…, places)");
}

// Without a unit 9 places; an amount keeps four more than it has, 6 at least.
bool Compiler::type_quotient(Tree& tree) {
  constexpr int kPlainPlaces = 9, kUnitPlacesMin = 6, kMorePlaces = 4;
  tree.type = type_of_kind(Kind::decimal);
  if (!tree.parts[1]->type.unit.is_plain()) {
    tree.type.scale = kPlainPlaces;
    return align_units(tree, 0, 1);
  }
  const Type& left = tree.parts[0]->type;
  tree.type.unit = left.unit;
  tree.type.scale = left.unit.is_plain()
                        ? kPlainPlaces
                        : std::clamp(left.scale + kMorePlaces, kUnitPlacesMin, Decimal::kScaleMax);
  return true;
}

bool Compiler::check_codes(const Tree& subject, const Tree& literal) {
  const std::vector<std::string>& codes = subject.type.codes;
  bool is_literal = literal.op == Operator::constant && literal.type.kind == Kind::text &&
                    literal.constant.present[0] != 0;
  if (codes.empty() || !is_literal) return true;
  const std::string& text = literal.constant.texts[0];
  if (std::find(codes.begin(), codes.end(), text) != codes.end()) return true;
  return unknown_name(literal.begin, "unknown_code", "没有代码", "there is no code", text, codes);
}

bool Compiler::type_comparison(Tree& tree) {
  const Tree& left = *tree.parts[0];
  const Tree& right = *tree.parts[1];
  tree.type = type_of_kind(Kind::boolean);
  if (is_number(left.type) && is_number(right.type)) return align_units(tree, 0, 1);
  if (is_date(left.type) && is_date(right.type)) return true;
  if (left.type.kind != right.type.kind) {
    return fault(tree.at, "type", "不能比较" + zh(left.type) + "与" + zh(right.type),
                 "cannot compare " + en(left.type) + " with " + en(right.type));
  }
  bool is_equality =
      tree.comparison == Comparison::equal || tree.comparison == Comparison::not_equal;
  bool has_order = left.type.kind == Kind::month || left.type.kind == Kind::text;
  bool can_equal = left.type.kind != Kind::list &&
                   (left.type.kind != Kind::reference || left.type.target == right.type.target);
  if (is_equality ? !can_equal : !has_order) {
    return fault(tree.at, "type", zh(left.type) + "不能这样比较",
                 en(left.type) + " has no such comparison");
  }
  // both, so that both faults show
  bool is_left_good = check_codes(left, right);
  return check_codes(right, left) && is_left_good;
}

// x in ['a', 'b'] and x in a list field. Each element is checked as x == element is.
bool Compiler::type_containment(Tree& tree) {
  TreePointer left = tree.parts[0];
  TreePointer right = tree.parts[1];
  tree.type = type_of_kind(Kind::boolean);
  if (right->type.kind == Kind::list && right->op != Operator::constant) {
    return left->type.kind == Kind::text ||
           fault(left->begin, "type", "列表里是文字，这里是" + zh(left->type),
                 "the list holds texts, this is " + en(left->type));
  }
  if (right->type.kind != Kind::list || right->parts.empty()) {
    return fault(right->begin, "type", "in 右边应是列表，如 ['a', 'b']",
                 "in takes a list on the right, like ['a', 'b']");
  }
  if (left->type.kind == Kind::partial_date) {
    return fault(left->begin, "type", "不完整日期不能用 in", "in takes no partial date");
  }
  bool is_good = true;
  for (TreePointer& element : right->parts) {
    Tree equal;
    equal.at = element->begin;
    equal.parts = {left, element};
    is_good &= type_comparison(equal);
    element = equal.parts[1];
    if (equal.parts[0] == left) continue;
    is_good = fault(element->begin, "unit", "单位不同，请写成与左边相同的单位",
                    "the unit differs; write it in the unit of the left side");
  }
  if (!is_good) return false;
  tree.parts = right->parts;
  tree.parts.insert(tree.parts.begin(), left);
  return true;
}

}  // namespace wutong::expression
