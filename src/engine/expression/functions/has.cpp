#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (tree.parts.size() != 1) return expects("应有一个值", "takes one value");
  return type_of_kind(Kind::boolean);
}

Cells apply(const Tree&, std::span<const Cells> arguments, size_t rows) {
  return map_known(ValueType::boolean, {}, rows, [&](size_t i) { return arguments[0].present(i); });
}

}  // namespace

extern const Function kHas = {
    "has",
    "有没有值。没有值不算假，所以判断时用它。",
    "Whether there is a value.",
    "has(1 / 0)",
    "false",
    type_of,
    apply,
};

}  // namespace wutong::expression
