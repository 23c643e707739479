#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (!takes(tree, {Kind::date}) && !takes(tree, {Kind::month}) &&
      !takes(tree, {Kind::partial_date})) {
    return expects("应是日期或月份", "takes a date or a month");
  }
  return type_of_kind(Kind::integer);
}

Cells apply(const Tree&, std::span<const Cells> arguments, size_t rows) {
  return map_wide(ValueType::integer, 0, arguments, rows, [&](size_t i) -> std::optional<int128> {
    Month month = month_at(arguments[0], i);
    return month.year();
  });
}

}  // namespace

extern const Function kYearOf = {
    "year_of",
    "日期或月份所在的年。",
    "The year of a date or month.",
    "year_of(date('2024-09-30'))",
    "2024",
    type_of,
    apply,
};

}  // namespace wutong::expression
