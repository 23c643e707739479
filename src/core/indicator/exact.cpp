#include "core/indicator/exact.hpp"

#include <boost/multiprecision/cpp_int.hpp>
#include <utility>

#include "base/error.hpp"

namespace wutong::indicator {

namespace {

uint128 magnitude(int128 value) {
  return value < 0 ? ~static_cast<uint128>(value) + 1 : static_cast<uint128>(value);
}

uint128 greatest_common_divisor(uint128 a, uint128 b) {
  while (b != 0) a = std::exchange(b, a % b);
  return a;
}

// Common factors of the two mantissas go, so that longer chains of operations still fit.
void reduce(Decimal& a, Decimal& b) {
  const uint128 divisor = greatest_common_divisor(magnitude(a.mantissa()), magnitude(b.mantissa()));
  if (divisor <= 1) return;
  const auto d = static_cast<int128>(divisor);
  if (d < 0) return;
  a = Decimal::from_parts(a.mantissa() / d, a.scale()).normalized();
  b = Decimal::from_parts(b.mantissa() / d, b.scale()).normalized();
}

// a × b over c × d, crosswise reduced first.
std::optional<Exact> product(Decimal a, Decimal b, Decimal c, Decimal d) {
  reduce(a, c);
  reduce(a, d);
  reduce(b, c);
  reduce(b, d);
  const auto numerator = mul(a, b);
  const auto denominator = mul(c, d);
  if (!numerator || !denominator) return std::nullopt;
  return Exact::quotient(*numerator, *denominator);
}

using Integer = boost::multiprecision::cpp_int;

Integer integer_of(const Decimal& value) {
  const uint128 bits = magnitude(value.mantissa());
  return (Integer(static_cast<uint64_t>(bits >> 64)) << 64) | Integer(static_cast<uint64_t>(bits));
}

Integer power(const Integer& base, int exponent) {
  return boost::multiprecision::pow(base, static_cast<unsigned>(exponent));
}

// The largest m with m^degree × below <= above.
Integer floor_root(const Integer& above, const Integer& below, int degree) {
  Integer low = 0;
  Integer high = 1;
  while (power(high, degree) * below <= above) high *= 2;
  while (low + 1 < high) {
    const Integer middle = (low + high) / 2;
    (power(middle, degree) * below <= above ? low : high) = middle;
  }
  return low;
}

// Does the root, which lies between m and m + 1, go up to m + 1? `whole`: the m that is 0 percent.
bool rounds_up(const Integer& m, const Integer& whole, const Integer& above, const Integer& below,
               int degree, Rounding rule) {
  const bool is_exact = power(m, degree) * below == above;
  if (is_exact || rule == Rounding::down) return false;
  if (rule == Rounding::up) return true;
  const Integer half = power(Integer(2 * m + 1), degree) * below;
  const Integer doubled = above * power(Integer(2), degree);
  if (half != doubled) return half < doubled;
  if (rule == Rounding::half_even) return (m - whole) % 2 != 0;
  return m >= whole;  // half up goes by the absolute value
}

}  // namespace

std::optional<Exact> Exact::quotient(const Decimal& numerator, const Decimal& denominator) {
  if (denominator.is_zero()) return std::nullopt;
  Exact out;
  out.numerator_ = numerator.normalized();
  out.denominator_ = denominator.normalized();
  if (out.denominator_.is_negative()) {
    out.numerator_ = out.numerator_.negated();
    out.denominator_ = out.denominator_.negated();
  }
  reduce(out.numerator_, out.denominator_);
  return out;
}

std::optional<Decimal> Exact::rounded(int places, Rounding rule) const {
  if (places < 0) {
    Decimal step(1);
    for (int i = places; i < 0; ++i) step = Decimal::from_parts(step.mantissa() * 10, 0);
    const auto divisor = mul(denominator_, step);
    const auto steps = divisor ? div(numerator_, *divisor, 0, rule) : std::nullopt;
    return steps ? mul(*steps, step) : std::nullopt;
  }
  return div(numerator_, denominator_, places, rule);
}

std::optional<Decimal> Exact::root_percent(int degree, int places, Rounding rule) const {
  CHECK(degree >= 1 && degree <= 100 && places >= 0);
  if (is_negative()) return std::nullopt;
  const Integer ten = 10;
  const Integer whole = power(ten, places + 2);  // steps of 10^-places percent in 1
  const Integer above =
      integer_of(numerator_) * power(ten, denominator_.scale()) * power(whole, degree);
  const Integer below = integer_of(denominator_) * power(ten, numerator_.scale());
  const Integer m = floor_root(above, below, degree);
  const Integer steps =
      (rounds_up(m, whole, above, below, degree, rule) ? Integer(m + 1) : m) - whole;
  if (boost::multiprecision::abs(steps) >= power(ten, 38)) return std::nullopt;
  const auto value = Decimal::parse(steps.str());
  return value ? std::optional(Decimal::from_parts(value->mantissa(), places)) : std::nullopt;
}

Decimal Exact::to_decimal() const {
  for (int places = Decimal::kScaleMax; places >= 0; --places) {
    if (const auto value = div(numerator_, denominator_, places, Rounding::half_up)) {
      return value->normalized();
    }
  }
  return {};
}

std::optional<Exact> add(const Exact& a, const Exact& b, int sign_of_b) {
  const auto combine = [sign_of_b](const Decimal& x, const Decimal& y) {
    return sign_of_b < 0 ? sub(x, y) : add(x, y);
  };
  if (a.denominator_ == b.denominator_) {
    const auto numerator = combine(a.numerator_, b.numerator_);
    if (!numerator) return std::nullopt;
    return Exact::quotient(*numerator, a.denominator_);
  }
  const auto left = mul(a.numerator_, b.denominator_);
  const auto right = mul(b.numerator_, a.denominator_);
  const auto denominator = mul(a.denominator_, b.denominator_);
  if (!left || !right || !denominator) return std::nullopt;
  const auto numerator = combine(*left, *right);
  if (!numerator) return std::nullopt;
  return Exact::quotient(*numerator, *denominator);
}

std::optional<Exact> multiply(const Exact& a, const Exact& b) {
  return product(a.numerator_, b.numerator_, a.denominator_, b.denominator_);
}

std::optional<Exact> divide(const Exact& a, const Exact& b) {
  if (b.is_zero()) return std::nullopt;
  return product(a.numerator_, b.denominator_, a.denominator_, b.numerator_);
}

std::optional<std::strong_ordering> compare(const Exact& a, const Exact& b) {
  const auto difference = add(a, b, -1);
  if (!difference) return std::nullopt;
  if (difference->is_zero()) return std::strong_ordering::equal;
  return difference->is_negative() ? std::strong_ordering::less : std::strong_ordering::greater;
}

}  // namespace wutong::indicator
