#include "base/decimal.hpp"

#include <algorithm>
#include <array>

namespace wutong {

namespace {

constexpr int128 kMax = static_cast<int128>(~uint128{0} >> 1);

uint128 magnitude(int128 value) {
  return value < 0 ? uint128{0} - static_cast<uint128>(value) : static_cast<uint128>(value);
}

// -2^127 is left out on purpose: every mantissa has a negation.
std::optional<int128> signed_of(uint128 size, bool is_negative) {
  if (size > static_cast<uint128>(kMax)) return std::nullopt;
  auto value = static_cast<int128>(size);
  return is_negative ? -value : value;
}

constexpr std::array<uint128, 39> kPowers = [] {
  std::array<uint128, 39> powers{};
  powers[0] = 1;
  for (size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

// 256 bits, for products before a division. Unsigned.
struct Wide {
  uint128 high = 0;
  uint128 low = 0;
};

Wide multiply(uint128 a, uint128 b) {
  constexpr uint128 kMask = (uint128{1} << 64) - 1;
  uint128 a0 = a & kMask, a1 = a >> 64, b0 = b & kMask, b1 = b >> 64;
  uint128 low = a0 * b0, cross1 = a0 * b1, cross2 = a1 * b0, high = a1 * b1;
  uint128 middle = (low >> 64) + (cross1 & kMask) + (cross2 & kMask);
  return {high + (cross1 >> 64) + (cross2 >> 64) + (middle >> 64), (middle << 64) | (low & kMask)};
}

std::optional<Wide> multiply(Wide a, uint128 b) {
  Wide low = multiply(a.low, b);
  Wide high = multiply(a.high, b);
  uint128 top = high.low + low.high;
  if (high.high != 0 || top < high.low) return std::nullopt;
  return Wide{top, low.low};
}

bool bit_of(const Wide& value, int bit) {
  return bit >= 128 ? ((value.high >> (bit - 128)) & 1) != 0 : ((value.low >> bit) & 1) != 0;
}

// Long division by a 128-bit divisor; nullopt where the quotient needs more than 128 bits.
std::optional<uint128> divide(const Wide& a, uint128 b, uint128& remainder) {
  if (a.high == 0) {
    remainder = a.low % b;
    return a.low / b;
  }
  if (a.high >= b) return std::nullopt;
  uint128 rest = a.high;
  uint128 quotient = 0;
  for (int bit = 127; bit >= 0; --bit) {
    bool carry = (rest >> 127) != 0;
    rest = (rest << 1) | (bit_of(a, bit) ? 1 : 0);
    quotient <<= 1;
    if (carry || rest >= b) {
      rest -= b;
      quotient |= 1;
    }
  }
  remainder = rest;
  return quotient;
}

bool rounds_away(uint128 quotient, uint128 remainder, uint128 divisor, bool is_negative,
                 Rounding rule) {
  if (remainder == 0) return false;
  uint128 rest = divisor - remainder;  // remainder against half: compare with what is left
  switch (rule) {
    case Rounding::half_up:
      return remainder >= rest;
    case Rounding::half_even:
      return remainder > rest || (remainder == rest && (quotient & 1) != 0);
    case Rounding::down:
      return is_negative;
    case Rounding::up:
      return !is_negative;
  }
  return false;
}

std::optional<Decimal> quotient_of(const Wide& numerator, uint128 denominator, bool is_negative,
                                   int scale, Rounding rule) {
  uint128 remainder = 0;
  auto quotient = divide(numerator, denominator, remainder);
  if (!quotient) return std::nullopt;
  if (rounds_away(*quotient, remainder, denominator, is_negative, rule)) {
    if (++*quotient == 0) return std::nullopt;
  }
  auto mantissa = signed_of(*quotient, is_negative);
  if (!mantissa) return std::nullopt;
  return Decimal::from_parts(*mantissa, scale);
}

}  // namespace

std::string to_string(int128 value) {
  std::string digits;
  uint128 rest = magnitude(value);
  do {
    digits += static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  } while (rest != 0);
  if (value < 0) digits += '-';
  std::reverse(digits.begin(), digits.end());
  return digits;
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  bool is_negative = !text.empty() && text.front() == '-';
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) text.remove_prefix(1);
  uint128 size = 0;
  int scale = 0;
  size_t digits = 0;
  bool has_point = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '.' && !has_point && i > 0 && i + 1 < text.size()) {
      has_point = true;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    if (has_point && ++scale > kScaleMax) return std::nullopt;
    uint128 digit = static_cast<uint128>(c - '0');
    if (size > (static_cast<uint128>(kMax) - digit) / 10) return std::nullopt;
    size = size * 10 + digit;
    ++digits;
  }
  if (digits == 0) return std::nullopt;
  return from_parts(*signed_of(size, is_negative), scale);
}

bool Decimal::is_integer() const {
  return magnitude(mantissa_) % kPowers[static_cast<size_t>(scale_)] == 0;
}

std::string Decimal::to_string() const {
  std::string digits = wutong::to_string(mantissa_ < 0 ? -mantissa_ : mantissa_);
  auto places = static_cast<size_t>(scale_);
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, 1, '.');
  return mantissa_ < 0 ? "-" + digits : digits;
}

std::string Decimal::to_string_short() const { return normalized().to_string(); }

std::optional<Decimal> Decimal::rescaled(int scale) const {
  if (scale < 0 || scale > kScaleMax) return std::nullopt;
  if (scale <= scale_) {
    uint128 power = kPowers[static_cast<size_t>(scale_ - scale)];
    if (magnitude(mantissa_) % power != 0) return std::nullopt;
    return from_parts(mantissa_ / static_cast<int128>(power), scale);
  }
  int128 mantissa = 0;
  auto power = static_cast<int128>(kPowers[static_cast<size_t>(scale - scale_)]);
  if (__builtin_mul_overflow(mantissa_, power, &mantissa)) return std::nullopt;
  return from_parts(mantissa, scale);
}

std::optional<Decimal> Decimal::rounded(int places, Rounding rule) const {
  if (places > kScaleMax || places < -38) return std::nullopt;
  if (places >= scale_) return rescaled(places);
  int drop = scale_ - places;
  if (drop > 38) {
    places = std::min(places, 0);
    bool is_away =
        rounds_away(0, magnitude(mantissa_) == 0 ? 0 : 1, uint128{3}, is_negative(), rule);
    return is_away ? std::nullopt : std::optional<Decimal>(Decimal(0));
  }
  auto result = quotient_of({0, magnitude(mantissa_)}, kPowers[static_cast<size_t>(drop)],
                            mantissa_ < 0, std::max(places, 0), rule);
  if (!result || places >= 0) return result;
  int128 mantissa = 0;
  auto power = static_cast<int128>(kPowers[static_cast<size_t>(-places)]);
  if (__builtin_mul_overflow(result->mantissa_, power, &mantissa)) return std::nullopt;
  return from_parts(mantissa, 0);
}

Decimal Decimal::normalized() const {
  Decimal out = *this;
  while (out.scale_ > 0 && out.mantissa_ % 10 == 0) {
    out.mantissa_ /= 10;
    --out.scale_;
  }
  return out;
}

Decimal Decimal::negated() const { return from_parts(-mantissa_, scale_); }
Decimal Decimal::absolute() const { return mantissa_ < 0 ? negated() : *this; }

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  if (a.is_negative() != b.is_negative()) {
    return a.is_negative() ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  int scale = std::max(a.scale_, b.scale_);
  Wide wide_a = multiply(magnitude(a.mantissa_), kPowers[static_cast<size_t>(scale - a.scale_)]);
  Wide wide_b = multiply(magnitude(b.mantissa_), kPowers[static_cast<size_t>(scale - b.scale_)]);
  auto order = wide_a.high != wide_b.high ? wide_a.high <=> wide_b.high : wide_a.low <=> wide_b.low;
  return a.is_negative() ? 0 <=> order : order;
}

bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }

std::optional<Decimal> add(const Decimal& a, const Decimal& b) {
  int scale = std::max(a.scale(), b.scale());
  auto left = a.rescaled(scale);
  auto right = b.rescaled(scale);
  if (!left || !right) return std::nullopt;
  int128 sum = 0;
  if (__builtin_add_overflow(left->mantissa(), right->mantissa(), &sum)) return std::nullopt;
  if (sum < -kMax) return std::nullopt;
  return Decimal::from_parts(sum, scale);
}

std::optional<Decimal> sub(const Decimal& a, const Decimal& b) { return add(a, b.negated()); }

std::optional<Decimal> mul(const Decimal& a, const Decimal& b) {
  Decimal left = a;
  Decimal right = b;
  if (left.scale() + right.scale() > Decimal::kScaleMax) {
    left = left.normalized();
    right = right.normalized();
  }
  Wide product = multiply(magnitude(left.mantissa()), magnitude(right.mantissa()));
  int scale = left.scale() + right.scale();
  uint128 remainder = 0;
  while (scale > Decimal::kScaleMax) {
    auto tenth = divide(product, 10, remainder);
    if (!tenth || remainder != 0) return std::nullopt;
    product = {0, *tenth};
    --scale;
  }
  if (product.high != 0) return std::nullopt;
  auto mantissa = signed_of(product.low, left.is_negative() != right.is_negative());
  if (!mantissa) return std::nullopt;
  return Decimal::from_parts(*mantissa, scale);
}

std::optional<Decimal> div(const Decimal& a, const Decimal& b, int places, Rounding rule) {
  return mul_div(a, Decimal(1), b, places, rule);
}

std::optional<Decimal> mul_div(const Decimal& a, const Decimal& b, const Decimal& c, int places,
                               Rounding rule) {
  if (c.is_zero() || places < 0 || places > Decimal::kScaleMax) return std::nullopt;
  // a·b/c at 10^-places = (ma·mb / mc) · 10^(places + sc - sa - sb)
  Wide numerator = multiply(magnitude(a.mantissa()), magnitude(b.mantissa()));
  uint128 denominator = magnitude(c.mantissa());
  int shift = places + c.scale() - a.scale() - b.scale();
  if (shift >= 0) {
    auto scaled = multiply(numerator, kPowers[static_cast<size_t>(shift)]);
    if (!scaled) return std::nullopt;
    numerator = *scaled;
  } else {
    Wide scaled = multiply(denominator, kPowers[static_cast<size_t>(-shift)]);
    if (scaled.high != 0) return std::nullopt;
    denominator = scaled.low;
  }
  bool is_negative = (a.is_negative() != b.is_negative()) != c.is_negative();
  return quotient_of(numerator, denominator, is_negative, places, rule);
}

}  // namespace wutong
