#include <algorithm>

#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  bool is_numbers =
      takes(tree, {Kind::integer, Kind::integer}) || takes(tree, {Kind::decimal, Kind::decimal});
  if (!is_numbers || !(tree.parts[0]->type.unit == tree.parts[1]->type.unit)) {
    return expects("应是同一类型、同一单位的两个数", "takes two numbers of one type and unit");
  }
  Type type = tree.parts[0]->type;
  type.scale = std::max(type.scale, tree.parts[1]->type.scale);
  return type;
}

Column apply(const Tree& tree, const std::vector<Column>& arguments, size_t rows) {
  Column out = make_column(tree.type, rows);
  for (size_t i = 0; i < rows; ++i) {
    if (arguments[0].present[i] == 0 || arguments[1].present[i] == 0) {
      out.append_absent();
      continue;
    }
    Decimal a = Decimal::from_parts(arguments[0].numbers[i], arguments[0].scale);
    Decimal b = Decimal::from_parts(arguments[1].numbers[i], arguments[1].scale);
    auto chosen = (a < b ? a : b).rescaled(out.scale);
    bool fits = chosen && chosen->mantissa() == static_cast<int64_t>(chosen->mantissa());
    if (fits) {
      out.append_number(static_cast<int64_t>(chosen->mantissa()));
    } else {
      out.append_absent();
    }
  }
  return out;
}

}  // namespace

extern const Function kMin = {
    "min", "两数中较小的。", "The smaller of two numbers.", "min(3, 2)", "2", type_of, apply,
};

}  // namespace wutong::expression
