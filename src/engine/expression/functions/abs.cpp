#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (!takes(tree, {Kind::integer}) && !takes(tree, {Kind::decimal})) {
    return expects("应是一个数", "takes a number");
  }
  return tree.parts[0]->type;
}

Column apply(const Tree&, const std::vector<Column>& arguments, size_t rows) {
  Column out = arguments[0];
  for (size_t i = 0; i < rows; ++i) {
    if (out.numbers[i] == INT64_MIN) {
      out.present[i] = 0;
      out.numbers[i] = 0;
    }
    if (out.numbers[i] < 0) out.numbers[i] = -out.numbers[i];
  }
  return out;
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
