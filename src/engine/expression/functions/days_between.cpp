#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (!takes(tree, {Kind::date, Kind::date})) return expects("应是两个日期", "takes two dates");
  return type_of_kind(Kind::integer);
}

Cells apply(const Tree&, std::span<const Cells> arguments, size_t rows) {
  return map_known(ValueType::integer, arguments, rows,
                   [&](size_t i) { return arguments[1].number(i) - arguments[0].number(i); });
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
