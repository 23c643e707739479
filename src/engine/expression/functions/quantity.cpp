#include <variant>

#include "base/text.hpp"
#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

// How many of `to` one of `from` is; a plain number takes any unit as it stands.
std::optional<Decimal> factor_of(Unit from, Unit to) {
  return from.is_plain() ? Decimal(1) : convert(Decimal(1), from, to);
}

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  Value named = tree.parts.size() == 2 ? constant_of(tree, 1) : Value();
  const auto* code = std::get_if<std::string>(&named);
  if (code == nullptr || !is_number(tree.parts[0]->type)) {
    return expects("应是数和单位代码，如 quantity(2000, 'CNY_1e4')",
                   "takes a number and the code of a unit, like quantity(2000, 'CNY_1e4')");
  }
  auto unit = Unit::from_code(*code);
  if (!unit) {
    auto near = nearest_name(*code, Unit::codes());
    return expects("没有单位“" + *code + "”" + (near ? "，是否指 " + *near + "？" : ""),
                   "there is no unit " + *code + (near ? "; did you mean " + *near + "?" : ""), 1);
  }
  const Type& from = tree.parts[0]->type;
  auto factor = factor_of(from.unit, *unit);
  if (!factor || from.scale + factor->normalized().scale() > Decimal::kScaleMax) {
    std::string have(from.unit.code());
    return expects(have + " 不能准确换算为 " + *code,
                   have + " does not convert exactly to " + *code);
  }
  Type type = type_of_kind(Kind::decimal);
  type.scale = from.scale + factor->normalized().scale();
  type.unit = *unit;
  return type;
}

Cells apply(const Tree& tree, std::span<const Cells> arguments, size_t rows) {
  Decimal factor = factor_of(tree.parts[0]->type.unit, tree.type.unit)->normalized();
  return map_wide(ValueType::decimal, tree.type.scale, arguments, rows,
                  [&](size_t i) -> std::optional<int128> {
                    int128 amount = 0;
                    auto number = arguments[0].number<int128>(i);
                    if (__builtin_mul_overflow(number, factor.mantissa(), &amount)) return {};
                    return amount;
                  });
}

}  // namespace

extern const Function kQuantity = {
    "quantity",
    "给不带单位的数配上单位；带单位的数准确换算为同一量纲的另一单位。",
    "Gives a plain number a unit; converts a number with a unit exactly to another of its "
    "dimension.",
    "quantity(quantity(2000, 'CNY_1e4'), 'CNY')",
    "20000000",
    type_of,
    apply,
};

}  // namespace wutong::expression
