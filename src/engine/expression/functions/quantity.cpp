#include <optional>

#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

// The literal in base units; nothing where it is no literal, the unit is unknown or it is not
// exact.
std::optional<Decimal> amount_of(const Tree& tree) {
  bool is_literal = tree.parts.size() == 2 && tree.parts[0]->op == Operator::constant &&
                    tree.parts[1]->op == Operator::constant &&
                    tree.parts[1]->type.kind == Kind::text && !tree.parts[0]->constant.is_text();
  if (!is_literal) return std::nullopt;
  auto unit = Unit::from_code(tree.parts[1]->constant.texts[0]);
  if (!unit) return std::nullopt;
  Decimal number =
      Decimal::from_parts(tree.parts[0]->constant.numbers[0], tree.parts[0]->constant.scale);
  auto amount = convert(number, *unit, unit->base());
  bool fits = amount && amount->mantissa() == static_cast<int64_t>(amount->mantissa());
  return fits ? amount : std::nullopt;
}

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  auto amount = amount_of(tree);
  if (!amount) {
    return expects("应是写明的数和单位代码，如 quantity(2000, 'CNY_1e4')",
                   "takes a literal number and the code of a unit, like quantity(2000, 'CNY_1e4')");
  }
  Type type;
  type.kind = Kind::decimal;
  type.scale = amount->scale();
  type.unit = Unit::from_code(tree.parts[1]->constant.texts[0])->base();
  return type;
}

Column apply(const Tree& tree, const std::vector<Column>&, size_t rows) {
  Column out = make_column(tree.type, rows);
  auto mantissa = static_cast<int64_t>(amount_of(tree)->mantissa());
  for (size_t i = 0; i < rows; ++i) out.append_number(mantissa);
  return out;
}

}  // namespace

extern const Function kQuantity = {
    "quantity",
    "带单位的数，换算成该单位量纲的基本单位。",
    "A number with a unit, converted to the base unit of its dimension.",
    "quantity(2000, 'CNY_1e4')",
    "20000000",
    type_of,
    apply,
};

}  // namespace wutong::expression
