#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (!takes(tree, {Kind::date, Kind::date})) return expects("应是两个日期", "takes two dates");
  return Type{Kind::integer, {}, 0, {}, {}};
}

Column apply(const Tree& tree, const std::vector<Column>& arguments, size_t rows) {
  Column out = make_column(tree.type, rows);
  for (size_t i = 0; i < rows; ++i) {
    if (arguments[0].present[i] == 0 || arguments[1].present[i] == 0) {
      out.append_absent();
    } else {
      out.append_number(arguments[1].numbers[i] - arguments[0].numbers[i]);
    }
  }
  return out;
}

}  // namespace

extern const Function kDaysBetween = {
    "days_between",
    "从前一日期到后一日期的天数。",
    "Days from the first date to the second.",
    "days_between(date('2024-02-28'), date('2024-03-01'))",
    "2",
    type_of,
    apply,
};

}  // namespace wutong::expression
