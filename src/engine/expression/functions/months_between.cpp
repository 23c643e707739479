#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (!are_days(tree) && !takes(tree, {Kind::month, Kind::month})) {
    return expects("应是两个日期或两个月份", "takes two dates or two months");
  }
  Type type = type_of_kind(Kind::integer);
  type.unit = *Unit::from_code("months");
  return type;
}

// Whole months that have gone by; `to` is not before `from`. 31 January to 29 February is one.
int whole_months(Date from, Date to) {
  int months = Month::of(to).index - Month::of(from).index;
  return from.plus_months(months) > to ? months - 1 : months;
}

// Known to the month and no better.
std::optional<Month> month_alone(const Cells& cells, size_t row) {
  if (cells.type() == ValueType::month) return month_at(cells, row);
  if (cells.type() != ValueType::partial_date) return std::nullopt;
  PartialDate date = unpack_partial_date(cells.number(row));
  return date.precision == DatePrecision::month ? std::optional(Month::of(date.first))
                                                : std::nullopt;
}

Cells apply(const Tree&, std::span<const Cells> arguments, size_t rows) {
  return map_wide(ValueType::integer, 0, arguments, rows, [&](size_t i) -> std::optional<int128> {
    auto first = month_alone(arguments[0], i), second = month_alone(arguments[1], i);
    if (first && second) return second->index - first->index;
    auto from = day_at(arguments[0], i), to = day_at(arguments[1], i);
    if (!from || !to) return std::nullopt;
    return *from <= *to ? whole_months(*from, *to) : -whole_months(*to, *from);
  });
}

}  // namespace

extern const Function kMonthsBetween = {
    "months_between",
    "从前一日期到后一日期满几个月（单位：月）；两个月份则相减。一个只知到月、另一个知到日时没有结果"
    "。",
    "Whole months gone by from the first date to the second, in months; two months are subtracted. "
    "Unknown where one is known to the day and the other to the month only.",
    "months_between(date('2021-11-20'), date('2022-02-19'))",
    "2",
    type_of,
    apply,
};

}  // namespace wutong::expression
