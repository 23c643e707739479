#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (!takes(tree, {Kind::date}) && !takes(tree, {Kind::month})) {
    return expects("应是日期或月份", "takes a date or a month");
  }
  return Type{Kind::integer, {}, 0, {}, {}};
}

Column apply(const Tree& tree, const std::vector<Column>& arguments, size_t rows) {
  Column out = make_column(tree.type, rows);
  for (size_t i = 0; i < rows; ++i) {
    auto number = static_cast<int32_t>(arguments[0].numbers[i]);
    Month month =
        arguments[0].type == ValueType::month ? Month{number} : Month::of(Date::from_days(number));
    if (arguments[0].present[i] == 0) {
      out.append_absent();
    } else {
      out.append_number((month.month() + 2) / 3);
    }
  }
  return out;
}

}  // namespace

extern const Function kQuarterOf = {
    "quarter_of",
    "日期或月份在第几季度。",
    "The quarter, 1 to 4.",
    "quarter_of(date('2024-09-30'))",
    "3",
    type_of,
    apply,
};

}  // namespace wutong::expression
