#include "tests/mutants/mutate.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace wutong::mutants {

namespace {

using Words = std::pair<std::u32string_view, std::u32string_view>;

constexpr Words kUnits[] = {{U"亿元", U"万元"}, {U"万元", U"亿元"}, {U"人次", U"人"},
                            {U"家(次)", U"家"}, {U"平方米", U"亩"}, {U"吨", U"公斤"},
                            {U"个月", U"年"},   {U"年", U"个月"},   {U"个百分点", U"%"},
                            {U"万", U"亿"},     {U"人", U"人次"},   {U"家", U"家次"}};
constexpr Words kSigns[] = {{U"增长", U"下降"}, {U"提高", U"回落"}, {U"提升", U"回落"},
                            {U"高于", U"低于"}, {U"上升", U"下降"}, {U"增幅", U"降幅"}};
constexpr Words kQualifiers[] = {{U"余", U""},   {U"多", U""},   {U"近", U""},  {U"超过", U""},
                                 {U"左右", U""}, {U"以上", U""}, {U"突破", U""}};
constexpr Words kPeriods[] = {
    {U"前三季度", U"上半年"}, {U"第三季度", U"第二季度"}, {U"三季度", U"二季度"},
    {U"上半年", U"前三季度"}, {U"2024年", U"2023年"},     {U"2023年", U"2022年"},
    {U"2022年", U"2021年"},   {U"2021年", U"2020年"},     {U"2020年", U"2019年"},
    {U"2019年", U"2018年"},   {U"10月", U"9月"},          {U"7月", U"6月"},
    {U"今年", U"去年"}};

struct Place {
  size_t at;
  std::u32string was, is;
};

// The nearest place before `end` where one of the words stands, not further than the sentence.
std::optional<Place> nearest(const std::u32string& text, size_t begin, size_t end,
                             std::span<const Words> words) {
  std::optional<Place> best;
  const std::u32string_view part = std::u32string_view(text).substr(begin, end - begin);
  for (const auto& [was, is] : words) {
    const size_t at = part.rfind(was);
    if (at == std::u32string_view::npos) continue;
    const bool is_better =
        !best || begin + at + was.size() > best->at + best->was.size() ||
        (begin + at + was.size() == best->at + best->was.size() && was.size() > best->was.size());
    if (is_better) best = Place{begin + at, std::u32string(was), std::u32string(is)};
  }
  return best;
}

size_t sentence_begin(const std::u32string& text, size_t at) {
  constexpr std::u32string_view kEnds = U"。！？；\n";
  const size_t mark = at == 0 ? std::u32string::npos : text.find_last_of(kEnds, at - 1);
  return mark == std::u32string::npos ? 0 : mark + 1;
}

size_t clause_begin(const std::u32string& text, size_t at) {
  constexpr std::u32string_view kEnds = U"。！？；，：\n";
  const size_t mark = at == 0 ? std::u32string::npos : text.find_last_of(kEnds, at - 1);
  return mark == std::u32string::npos ? 0 : mark + 1;
}

std::optional<Place> digit(const std::u32string& text, const page::Claim& claim,
                           SeededRandom& random) {
  std::vector<size_t> digits;
  for (size_t i = claim.start; i < claim.end; ++i) {
    if (text[i] >= U'0' && text[i] <= U'9') digits.push_back(i);
  }
  if (digits.empty()) return std::nullopt;
  const size_t at = digits[random.below(digits.size())];
  const char32_t other = U'0' + static_cast<char32_t>(random.below(10));
  if (other == text[at] || (at == digits.front() && other == U'0')) return std::nullopt;
  return Place{at, std::u32string(1, text[at]), std::u32string(1, other)};
}

// 148个国家: no unit of its number. Another unit is an error only where a unit stands: behind the
// figures, or the words that close them.
std::optional<Place> unit(const std::u32string& text, const page::Claim& claim) {
  constexpr std::u32string_view kEnds = U"0123456789零一二两三四五六七八九十百千万亿多余几 ";
  auto place = nearest(text, claim.start, claim.end, kUnits);
  const bool is_unit = place && place->at > claim.start &&
                       kEnds.find(text[place->at - 1]) != std::u32string_view::npos;
  return is_unit ? place : std::nullopt;
}

std::optional<Place> name(const std::u32string& text, const page::Claim& claim, const Alike& alike,
                          SeededRandom& random) {
  const size_t begin = clause_begin(text, claim.start);
  const std::u32string_view part = std::u32string_view(text).substr(begin, claim.start - begin);
  std::vector<Place> places;
  for (const auto& names : alike) {
    for (const std::u32string& each : names) {
      const size_t at = part.rfind(each);
      if (each.size() < 2 || at == std::u32string_view::npos || names.size() < 2) continue;
      const std::u32string& other = names[random.below(names.size())];
      if (other != each) places.push_back({begin + at, each, other});
    }
  }
  if (places.empty()) return std::nullopt;
  return *std::max_element(places.begin(), places.end(), [](const Place& a, const Place& b) {
    return a.was.size() < b.was.size();
  });
}

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::digit:
      return "digit";
    case Kind::unit:
      return "unit";
    case Kind::sign:
      return "sign";
    case Kind::qualifier:
      return "qualifier";
    case Kind::period:
      return "period";
    case Kind::name:
      return "name";
  }
  return "";
}

std::optional<Mutant> plant(Kind kind, const std::u32string& text, const page::Reading& reading,
                            size_t index, const Alike& alike, SeededRandom& random) {
  const page::Claim& claim = reading.claims[index];
  const bool is_rate = claim.measure == page::Measure::yoy ||
                       claim.measure == page::Measure::pp_change ||
                       claim.measure == page::Measure::pp_gap;
  std::optional<Place> place;
  switch (kind) {
    case Kind::digit:
      place = digit(text, claim, random);
      break;
    case Kind::unit:
      if (claim.measure == page::Measure::date) break;
      place = unit(text, claim);
      break;
    case Kind::sign:
      if (is_rate) place = nearest(text, clause_begin(text, claim.start), claim.start, kSigns);
      break;
    case Kind::qualifier: {
      const size_t begin = claim.start - std::min<size_t>(claim.start, 2);
      place = nearest(text, begin, std::min(claim.end + 2, text.size()), kQualifiers);
      break;
    }
    case Kind::period:
      place = nearest(text, sentence_begin(text, claim.start), claim.end, kPeriods);
      break;
    case Kind::name:
      place = name(text, claim, alike, random);
      break;
  }
  if (!place) return std::nullopt;
  Mutant out;
  out.kind = kind;
  out.claim = index;
  out.text = text;
  out.text.replace(place->at, place->was.size(), place->is);
  out.from = place->at;
  out.was = to_utf8(place->was);
  out.is = to_utf8(place->is);
  out.longer = static_cast<std::ptrdiff_t>(place->is.size()) -
               static_cast<std::ptrdiff_t>(place->was.size());
  return out;
}

}  // namespace wutong::mutants
