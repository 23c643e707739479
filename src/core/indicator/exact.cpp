#include "core/indicator/exact.hpp"

#include <utility>

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
