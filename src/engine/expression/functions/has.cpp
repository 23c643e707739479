#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (tree.parts.size() != 1) return expects("应有一个值", "takes one value");
  return Type{Kind::boolean, {}, 0, {}, {}};
}

Column apply(const Tree& tree, const std::vector<Column>& arguments, size_t rows) {
  Column out = make_column(tree.type, rows);
  for (size_t i = 0; i < rows; ++i) out.append_number(arguments[0].present[i]);
  return out;
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
