#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (!takes(tree, {Kind::integer}) && !takes(tree, {Kind::decimal})) {
    return expects("应是一个数", "takes a number");
  }
  return tree.parts[0]->type;
}

Cells apply(const Tree& tree, std::span<const Cells> arguments, size_t rows) {
  return map_wide(column_type(tree.type.kind), tree.type.scale, arguments, rows, [&](size_t i) {
    auto number = arguments[0].number<int128>(i);
    return std::optional(number < 0 ? -number : number);
  });
}

}  // namespace

extern const Function kAbs = {
    "abs",
    "绝对值，单位不变。",
    "The absolute value, in the same unit.",
    "abs(-2.5)",
    "2.5",
    type_of,
    apply,
};

}  // namespace wutong::expression
