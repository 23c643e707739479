#include "domain/page/impl/interval.hpp"

#include "domain/page/impl/recorded.hpp"

namespace wutong::page {

namespace {

Decimal or_zero(std::optional<Decimal> value) { return value ? *value : Decimal(0); }
Decimal half(const Decimal& value) { return or_zero(mul(value, Decimal::from_parts(5, 1))); }

Interval closed(const Decimal& low, const Decimal& high) { return {low, high, true, true}; }

// Half a unit of the last printed digit on both sides; of a negative number the sides are
// exchanged.
Interval printed(const Decimal& value, const Decimal& step) {
  Interval interval;
  interval.low = or_zero(sub(value, half(step))).normalized();
  interval.high = or_zero(add(value, half(step))).normalized();
  interval.is_low_closed = !value.is_negative();
  interval.is_high_closed = value.is_negative();
  return interval;
}

}  // namespace

bool Interval::contains(const Decimal& value) const {
  if (low && (value < *low || (value == *low && !is_low_closed))) return false;
  return !high || value < *high || (value == *high && is_high_closed);
}

bool Claim::allows(const Decimal& recorded) const { return as_recorded(*this).contains(recorded); }

Interval as_recorded(const Claim& claim) {
  Interval out = claim.interval;
  const bool is_times = claim.measure == Measure::yoy && claim.unit == "times";
  if (!is_times) return out;
  constexpr int kPercent = 100;
  if (out.low) out.low = mul(*out.low, Decimal(kPercent));
  if (out.high) out.high = mul(*out.high, Decimal(kPercent));
  return out;
}

Interval negated(const Interval& interval) {
  Interval out;
  if (interval.high) out.low = interval.high->negated();
  if (interval.low) out.high = interval.low->negated();
  out.is_low_closed = interval.is_high_closed;
  out.is_high_closed = interval.is_low_closed;
  return out;
}

Interval interval_of(const Numeral& numeral, Qualifier qualifier, bool is_counted, bool has_cap) {
  const Decimal& value = numeral.value;
  Interval interval;
  switch (qualifier) {
    case Qualifier::odd:
      interval.low = value;
      interval.high = add(value, numeral.round_step);
      return interval;
    case Qualifier::more_than:
    case Qualifier::over:
      interval.low = value;
      if (has_cap) interval.high = Decimal(100), interval.is_high_closed = true;
      return interval;
    case Qualifier::at_least:
      interval.low = value;
      interval.is_low_closed = true;
      return interval;
    case Qualifier::at_most:
      interval.high = value;
      interval.is_high_closed = true;
      return interval;
    case Qualifier::less_than:
      interval.high = value;
      return interval;
    case Qualifier::nearly:
      interval.low = or_zero(sub(value, half(numeral.leading_step))).normalized();
      interval.is_low_closed = true;
      interval.high = value;
      return interval;
    case Qualifier::about: {
      Decimal slack = or_zero(mul(value.absolute(), Decimal::from_parts(5, 2)));
      return closed(or_zero(sub(value, slack)).normalized(),
                    or_zero(add(value, slack)).normalized());
    }
    case Qualifier::exact:
    case Qualifier::as_much_as:
    case Qualifier::expected:
    case Qualifier::target:
    case Qualifier::range:
      break;
  }
  return is_counted ? closed(value, value) : printed(value, numeral.step);
}

}  // namespace wutong::page
