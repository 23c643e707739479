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

// A date known only in part may leave it open.
bool is_sure(const Cells& cells, size_t row) {
  if (cells.type() != ValueType::partial_date) return true;
  DatePrecision precision = unpack_partial_date(cells.number(row)).precision;
  return precision != DatePrecision::year && precision != DatePrecision::quarter;
}

Cells apply(const Tree&, std::span<const Cells> arguments, size_t rows) {
  return map_wide(ValueType::integer, 0, arguments, rows, [&](size_t i) -> std::optional<int128> {
    if (!is_sure(arguments[0], i)) return std::nullopt;
    Month month = month_at(arguments[0], i);
    return month.month();
  });
}

}  // namespace

extern const Function kMonthOf = {
    "month_of",
    "日期或月份是几月。",
    "The month, 1 to 12.",
    "month_of(month('2024-09'))",
    "9",
    type_of,
    apply,
};

}  // namespace wutong::expression
