#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) { return type_of_choice(tree); }

Cells apply(const Tree& tree, std::span<const Cells> arguments, size_t rows) {
  return map_wide(column_type(tree.type.kind), tree.type.scale, arguments, rows, [&](size_t i) {
    Decimal a = arguments[0].decimal(i), b = arguments[1].decimal(i);
    return mantissa_of((a > b ? a : b).rescaled(tree.type.scale));
  });
}

}  // namespace

extern const Function kMax = {
    "max",
    "两数中较大的，单位相同。",
    "The larger of two numbers of one unit.",
    "max(1.5, 1.25)",
    "1.50",
    type_of,
    apply,
};

}  // namespace wutong::expression
