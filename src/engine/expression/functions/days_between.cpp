#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (!are_days(tree)) return expects("应是两个日期", "takes two dates");
  Type type = type_of_kind(Kind::integer);
  type.unit = *Unit::from_code("days");
  return type;
}

Cells apply(const Tree&, std::span<const Cells> arguments, size_t rows) {
  return map_wide(ValueType::integer, 0, arguments, rows, [&](size_t i) -> std::optional<int128> {
    auto from = day_at(arguments[0], i), to = day_at(arguments[1], i);
    if (!from || !to) return std::nullopt;
    return to->days() - from->days();
  });
}

}  // namespace

extern const Function kDaysBetween = {
    "days_between",
    "从前一日期到后一日期的天数（单位：天）。只知到旬、月、季、年的日期没有天数。",
    "Days from the first date to the second, in days; unknown where a day is not known.",
    "days_between(date('2024-02-28'), date('2024-03-01'))",
    "2",
    type_of,
    apply,
};

}  // namespace wutong::expression
