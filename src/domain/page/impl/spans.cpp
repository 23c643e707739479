// Amounts as they are spoken: spans of time, money, electricity, ages.
#include <algorithm>

#include "base/text.hpp"
#include "domain/page/impl/sentence.hpp"

namespace wutong::page {

namespace {

// Exact halves are one tenth's worth of the next place: 两年半 is 2.5.
Numeral plus_half(const Numeral& numeral) {
  Numeral out = numeral;
  out.value = add(numeral.value, Decimal::from_parts(5, 1)).value_or(numeral.value);
  out.step = Decimal::from_parts(5, 1);
  out.round_step = out.step;
  return out;
}

}  // namespace

// 3个多月, 一个半月, 两年半, 一个多小时.
bool SentenceReader::read_open_span(Quantity& quantity) {
  if (read_clock_span(quantity)) return true;
  if (char_at(quantity.to) == U'年' && quantity.numeral.value.is_integer()) {  // 两年零四个月
    size_t at = quantity.to + (char_at(quantity.to + 1) == U'零' ? 2 : 1);
    const auto months = numeral_at(at);
    if (months && months->value < Decimal(12) && rest(at + months->length).starts_with(U"个月")) {
      const auto years = mul(quantity.numeral.value, Decimal(12));
      quantity.numeral.value = add(years.value_or(Decimal(0)), months->value).value_or(Decimal(0));
      quantity.unit = "months";
      quantity.measure = Measure::duration;
      quantity.to = at + months->length + 2;
      return true;
    }
  }
  struct Span {
    std::u32string_view word;
    std::string_view unit;
  };
  constexpr Span kOdd[] = {
      {U"个多月", "months"}, {U"个多小时", "hours"}, {U"个多星期", "weeks"}, {U"个余月", "months"}};
  constexpr Span kHalf[] = {
      {U"个半月", "months"}, {U"个半小时", "hours"}, {U"年半", "years"}, {U"天半", "days"}};
  for (const auto& [word, unit] : kOdd) {
    if (!rest(quantity.to).starts_with(word)) continue;
    quantity.numeral.spread = Spread::odd;
    quantity.unit = unit;
    quantity.measure = Measure::duration;
    quantity.to += word.size();
    return true;
  }
  for (const auto& [word, unit] : kHalf) {
    if (!rest(quantity.to).starts_with(word)) continue;
    quantity.numeral = plus_half(quantity.numeral);
    quantity.unit = unit;
    quantity.measure = Measure::duration;
    quantity.to += word.size();
    return true;
  }
  return false;
}

// 2小时15分, 2分30秒, 2小时08分47秒, 一刻钟: in the smallest unit that is named.
bool SentenceReader::read_clock_span(Quantity& quantity) {
  struct Part {
    std::u32string_view words[3];
    int64_t seconds;
    std::string_view unit;
  };
  constexpr Part kParts[] = {{{U"个小时", U"小时", U"小时"}, 3600, "hours"},
                             {{U"分钟", U"分", U"分"}, 60, "minutes"},
                             {{U"秒钟", U"秒", U"秒"}, 1, "seconds"}};
  if (rest(quantity.to).starts_with(U"刻钟")) {
    quantity.numeral.value = mul(quantity.numeral.value, Decimal(15)).value_or(Decimal(0));
    quantity.unit = "minutes";
    quantity.measure = Measure::duration;
    quantity.to += 2;
    return true;
  }
  size_t at = quantity.to, count = 0;
  Decimal sum(0), value = quantity.numeral.value;
  int64_t last = 0;
  for (const Part& part : kParts) {
    const auto word = std::find_if(std::begin(part.words), std::end(part.words),
                                   [&](auto each) { return rest(at).starts_with(each); });
    if (word == std::end(part.words)) continue;
    const auto seconds = mul(value, Decimal(part.seconds));
    sum = seconds ? add(sum, *seconds).value_or(sum) : sum;
    at += word->size();
    last = part.seconds;
    quantity.unit = part.unit;
    ++count;
    const auto next = at < sentence_.to ? numeral_at(at) : std::nullopt;
    if (!next || next->value >= Decimal(60)) break;
    const std::u32string_view after = rest(at + next->length);
    if (!after.starts_with(U"分") && !after.starts_with(U"秒")) break;
    value = next->value;
    at += next->length;
  }
  if (count < 2) return false;
  quantity.numeral.value = div(sum, Decimal(last), 6, Rounding::half_up).value_or(sum).normalized();
  quantity.measure = Measure::duration;
  quantity.to = at;
  return true;
}

// The sentence, as far as a number looks.
std::u32string_view SentenceReader::around(size_t at) const {
  constexpr size_t kReach = 60;
  const size_t from = at > sentence_.from + kReach ? at - kReach : sentence_.from;
  return text(from, std::min(at + kReach, sentence_.to));
}

// 90968块 are screens; 300块 is money where money is spoken of.
bool SentenceReader::is_money(size_t at) const {
  constexpr std::u32string_view kMoney[] = {U"卖",   U"赚",   U"挣", U"花", U"价",   U"钱",
                                            U"收入", U"工资", U"抵", U"补", U"便宜", U"贵",
                                            U"付",   U"省",   U"租", U"费", U"成本"};
  return rest(at).starts_with(U"块钱") || rest(at).starts_with(U"块毛") ||
         contains_any(around(at), kMoney);
}

// As people say it: 300块, 1块1毛5, 7分钱, 190万度电; 17岁.
bool SentenceReader::read_spoken(Quantity& quantity) {
  constexpr std::u32string_view kEnds = U"，。、；！？,;!?”）)多出左上以不 的";
  const auto is_end = [&](size_t at) {
    return char_at(at) == 0 || kEnds.find(char_at(at)) != std::u32string_view::npos;
  };
  if (quantity.to >= sentence_.to) return false;
  const char32_t word = char_at(quantity.to);
  const std::u32string_view next = rest(quantity.to + 1);
  Numeral& numeral = quantity.numeral;
  if (word == U'块' && is_money(quantity.to) &&
      (next.starts_with(U"钱") || next.starts_with(U"毛") || is_end(quantity.to + 1) ||
       is_digit(char_at(quantity.to + 1)))) {
    quantity.unit = "CNY";
    quantity.measure = Measure::money;
    quantity.to += next.starts_with(U"钱") ? 2 : 1;
    for (int places = 1; places <= 2; ++places) {  // 1毛5
      const auto part = numeral_at(quantity.to);
      if (!part || part->length != 1 || part->value >= Decimal(10)) break;
      numeral.value = add(numeral.value, Decimal::from_parts(part->value.mantissa(), places))
                          .value_or(numeral.value);
      quantity.to += 1;
      if (places == 1 && char_at(quantity.to) != U'毛' && char_at(quantity.to) != U'角') break;
      if (places == 1) quantity.to += 1;
    }
    return true;
  }
  if (rest(quantity.to).starts_with(U"分钱")) {
    numeral.value = div(numeral.value, Decimal(100), 4, Rounding::half_up).value_or(numeral.value);
    quantity.unit = "CNY";
    quantity.measure = Measure::money;
    quantity.to += 2;
    return true;
  }
  constexpr std::u32string_view kHeat[] = {U"温", U"℃", U"摄氏", U"角"};
  if (word == U'度' && is_end(quantity.to + 1) && contains(around(quantity.to), U"电") &&
      !contains_any(around(quantity.to), kHeat)) {
    quantity.unit = "kWh";
    quantity.measure = Measure::level;
    quantity.to += 1;
    return true;
  }
  constexpr std::u32string_view kAged[] = {U"以下", U"以上", U"及", U"人口", U"的", U"老",
                                           U"儿",   U"青",   U"至", U"—",    U"-",  U"以内"};
  if (word == U'岁' && !quantity.upper && !starts_with_any(next, kAged)) {
    quantity.unit = "years_old";
    quantity.measure = Measure::level;
    quantity.to += 1;
    return true;
  }
  return false;
}

}  // namespace wutong::page
