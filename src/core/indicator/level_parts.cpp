// Numbers of the cells in the form that figures have, and paths to their fields.
#include "base/planted.hpp"
#include "core/indicator/level.hpp"

namespace wutong::indicator {

Decimal measured(const Definition& definition, int128 number) {
  if (!definition.is_date()) return Decimal::from_parts(number, definition.measure_scale);
  const auto raw = static_cast<int64_t>(number);
  switch (definition.measure->type().kind) {
    case expression::Kind::date:
      return packed(PartialDate{Date::from_days(static_cast<int32_t>(raw)), DatePrecision::day});
    case expression::Kind::month:
      return packed(
          PartialDate{Month{static_cast<int32_t>(raw)}.first_day(), DatePrecision::month});
    case expression::Kind::boolean:
    case expression::Kind::integer:
    case expression::Kind::decimal:
    case expression::Kind::text:
    case expression::Kind::partial_date:
    case expression::Kind::period:
    case expression::Kind::reference:
    case expression::Kind::list:
      break;
  }
  return Decimal(raw);
}

std::optional<Exact> convert_exact(const Exact& value, Unit from, Unit to) {
  if (from == to || PLANTED("unit_not_converted")) return value;
  const auto up = mul(from.factor_numerator(), to.factor_denominator());
  const auto down = mul(from.factor_denominator(), to.factor_numerator());
  if (!up || !down) return std::nullopt;
  const auto factor = Exact::quotient(*up, *down);
  return factor ? multiply(value, *factor) : std::nullopt;
}

const record::Field& last_field(const record::Schema& schema, const record::Path& path) {
  size_t home = path.home;
  for (size_t i = 0; i + 1 < path.steps.size(); ++i) {
    home = *schema.index_of(schema.registers()[home].fields[path.steps[i]].target);
  }
  return schema.registers()[home].fields[path.steps.back()];
}

}  // namespace wutong::indicator
