// Growth: the rate, and the words where there is none.
#include "base/planted.hpp"
#include "core/indicator/answer.hpp"

namespace wutong::indicator {

namespace {

int sign_of(const Exact& value) {
  if (value.is_zero()) return 0;
  return value.is_negative() ? -1 : 1;
}

}  // namespace

std::optional<Exact> growth_percent(const Exact& now, const Exact& base) {
  const auto difference = PLANTED("growth_sign") ? add(base, now, -1) : add(now, base, -1);
  const Exact& divisor = PLANTED("growth_on_the_period") ? now : base;
  const auto rate = difference ? divide(*difference, divisor) : std::nullopt;
  return rate ? multiply(*rate, Exact(Decimal(100))) : std::nullopt;
}

record::Title growth_words(const Exact& value, const Exact& base, bool is_year_before) {
  const int now = sign_of(value);
  const int then = sign_of(base);
  if (then > 0) {
    if (now >= 0) return {};
    return {"由盈转亏", "turned from profit to loss"};
  }
  if (then == 0) {
    if (now == 0) return {"持平", "unchanged"};
    const std::string zh = is_year_before ? "上年同期为零" : "基期为零";
    if (now < 0) return {zh + "，本期为负", "from zero to below zero"};
    return {zh, "the base is zero"};
  }
  if (now > 0) return {"扭亏为盈", "turned from loss to profit"};
  if (now == 0) return {"扭亏", "loss ended"};
  const auto order = compare(value, base);
  if (!order || *order == std::strong_ordering::equal) return {"持平", "loss unchanged"};
  if (*order == std::strong_ordering::greater) return {"减亏", "loss reduced"};
  return {"增亏", "loss increased"};
}

}  // namespace wutong::indicator
