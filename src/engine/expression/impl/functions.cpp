#include <algorithm>
#include <array>
#include <string_view>

#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

extern const Function kStartsWith;
extern const Function kEndsWith;
extern const Function kContains;
extern const Function kHas;
extern const Function kSize;
extern const Function kAbs;
extern const Function kMin;
extern const Function kMax;
extern const Function kRound;
extern const Function kQuantity;
extern const Function kYearOf;
extern const Function kMonthOf;
extern const Function kQuarterOf;
extern const Function kDaysBetween;
extern const Function kMonthsBetween;
extern const Function kDate;
extern const Function kMonth;
extern const Function kPeriod;
extern const Function kIsUscc;
extern const Function kIsPatentNumber;
extern const Function kIsCitizenId;

namespace {

constexpr auto kFunctions = std::to_array<const Function*>({
    &kStartsWith,  &kEndsWith, &kContains,  &kHas,         &kSize,
    &kAbs,         &kMin,      &kMax,       &kRound,       &kQuantity,
    &kYearOf,      &kMonthOf,  &kQuarterOf, &kDaysBetween, &kMonthsBetween,
    &kDate,        &kMonth,    &kPeriod,    &kIsUscc,      &kIsPatentNumber,
    &kIsCitizenId,
});

}  // namespace

std::span<const Function* const> functions() { return kFunctions; }

const Function* find_function(std::string_view name) {
  auto found = std::find_if(kFunctions.begin(), kFunctions.end(),
                            [&](const Function* function) { return name == function->name; });
  return found == kFunctions.end() ? nullptr : *found;
}

Type type_of_kind(Kind kind) {
  Type type;
  type.kind = kind;
  return type;
}

tl::unexpected<TypeFault> expects(std::string zh, std::string en, std::optional<size_t> part) {
  return tl::unexpected(TypeFault{std::move(zh), std::move(en), part});
}

bool takes(const Tree& tree, std::initializer_list<Kind> kinds) {
  return std::equal(tree.parts.begin(), tree.parts.end(), kinds.begin(), kinds.end(),
                    [](const auto& part, Kind kind) { return part->type.kind == kind; });
}

Value constant_of(const Tree& tree, size_t part) {
  const Tree& argument = *tree.parts[part];
  return argument.op == Operator::constant ? argument.constant.value(0) : Value();
}

bool is_number(const Type& type) {
  return type.kind == Kind::integer || type.kind == Kind::decimal;
}

bool is_zero(const Tree& tree) {
  return tree.op == Operator::constant && is_number(tree.type) && tree.constant.present[0] != 0 &&
         tree.constant.numbers[0] == 0;
}

tl::expected<Type, TypeFault> type_of_choice(const Tree& tree) {
  bool are_numbers =
      tree.parts.size() == 2 && is_number(tree.parts[0]->type) && is_number(tree.parts[1]->type);
  if (!are_numbers) return expects("应是两个数", "takes two numbers");
  const Type& a = tree.parts[0]->type;
  const Type& b = tree.parts[1]->type;
  if (!(a.unit == b.unit) && !is_zero(*tree.parts[0]) && !is_zero(*tree.parts[1])) {
    return expects("两个数应是同一单位，可用 quantity(…) 换算",
                   "takes two numbers of one unit; quantity(…) converts");
  }
  Type type = type_of_kind(a.kind == b.kind ? a.kind : Kind::decimal);
  type.unit = is_zero(*tree.parts[0]) ? b.unit : a.unit;
  type.scale = std::max(a.scale, b.scale);
  return type;
}

std::optional<int128> mantissa_of(const std::optional<Decimal>& number) {
  return number ? std::optional(number->mantissa()) : std::nullopt;
}

Month month_at(const Cells& cells, size_t row) {
  int64_t number = cells.number(row);
  if (cells.type() == ValueType::month) return Month{static_cast<int32_t>(number)};
  if (cells.type() == ValueType::partial_date) return Month::of(unpack_partial_date(number).first);
  return Month::of(Date::from_days(static_cast<int32_t>(number)));
}

bool are_days(const Tree& tree) {
  return tree.parts.size() == 2 &&
         std::all_of(tree.parts.begin(), tree.parts.end(), [](auto& part) {
           return part->type.kind == Kind::date || part->type.kind == Kind::partial_date;
         });
}

std::optional<Date> day_at(const Cells& cells, size_t row) {
  int64_t number = cells.number(row);
  if (cells.type() == ValueType::date) return Date::from_days(static_cast<int32_t>(number));
  if (cells.type() != ValueType::partial_date) return std::nullopt;
  PartialDate date = unpack_partial_date(number);
  return date.precision == DatePrecision::day ? std::optional(date.first) : std::nullopt;
}

}  // namespace wutong::expression
