#include "base/spoken.hpp"

namespace wutong {

namespace {

struct Step {
  int64_t from;
  int places;
  const char* words;
};

std::string in_steps(const Decimal& value, std::span<const Step> steps, const char* plain) {
  for (const Step& step : steps) {
    if (value.absolute() < Decimal(step.from)) continue;
    const auto shown = div(value, Decimal(step.from), step.places, Rounding::half_up);
    if (shown) return shown->to_string_short() + step.words;
  }
  return value.to_string_short() + plain;
}

}  // namespace

Spoken spoken(const Decimal& value, Unit unit) {
  constexpr Step kZh[] = {
      {1'000'000'000'000, 8, "万亿元"}, {100'000'000, 4, "亿元"}, {10'000, 4, "万元"}};
  constexpr Step kEn[] = {{1'000'000'000'000, 8, " trillion yuan"},
                          {1'000'000'000, 5, " billion yuan"},
                          {1'000'000, 4, " million yuan"}};
  if (unit.code() == "CNY") return {in_steps(value, kZh, "元"), in_steps(value, kEn, " yuan")};
  const std::string number = value.to_string();
  if (unit.is_plain()) return {number, number};
  if (unit.code() == "percent") return {number + "%", number + "%"};
  return {number + std::string(unit.zh()), number + " " + std::string(unit.en())};
}

}  // namespace wutong
