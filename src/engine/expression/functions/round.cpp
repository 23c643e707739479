#include <variant>

#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  Value places = tree.parts.size() == 2 ? constant_of(tree, 1) : Value();
  const auto* count = std::get_if<int64_t>(&places);
  if (!takes(tree, {Kind::decimal, Kind::integer}) || count == nullptr) {
    return expects("应是一个小数和写明的位数", "takes a decimal and a literal number of places");
  }
  if (*count < 0 || *count > Decimal::kScaleMax) {
    return expects("位数应在 0 至 18", "places are 0 to 18", 1);
  }
  Type type = tree.parts[0]->type;
  type.scale = static_cast<int>(*count);
  return type;
}

Cells apply(const Tree& tree, std::span<const Cells> arguments, size_t rows) {
  return map_wide(ValueType::decimal, tree.type.scale, arguments, rows, [&](size_t i) {
    return mantissa_of(arguments[0].decimal(i).rounded(tree.type.scale, Rounding::half_up));
  });
}

}  // namespace

extern const Function kRound = {
    "round",
    "四舍五入到若干位小数。",
    "Rounded half up to a number of places.",
    "round(2.345, 2)",
    "2.35",
    type_of,
    apply,
};

}  // namespace wutong::expression
