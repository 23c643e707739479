#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  bool is_constant = tree.parts.size() == 2 && tree.parts[1]->op == Operator::constant;
  if (!takes(tree, {Kind::decimal, Kind::integer}) || !is_constant) {
    return expects("应是一个小数和写明的位数", "takes a decimal and a literal number of places");
  }
  int64_t places = tree.parts[1]->constant.numbers[0];
  if (places < 0 || places > Decimal::kScaleMax)
    return expects("位数应在 0 至 18", "places are 0 to 18");
  Type type = tree.parts[0]->type;
  type.scale = static_cast<int>(places);
  return type;
}

Column apply(const Tree& tree, const std::vector<Column>& arguments, size_t rows) {
  Column out = make_column(tree.type, rows);
  for (size_t i = 0; i < rows; ++i) {
    auto rounded = Decimal::from_parts(arguments[0].numbers[i], arguments[0].scale)
                       .rounded(out.scale, Rounding::half_up);
    bool fits = arguments[0].present[i] != 0 && rounded &&
                rounded->mantissa() == static_cast<int64_t>(rounded->mantissa());
    if (fits) {
      out.append_number(static_cast<int64_t>(rounded->mantissa()));
    } else {
      out.append_absent();
    }
  }
  return out;
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
