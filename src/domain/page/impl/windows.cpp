// Spans that scope another figure: “投产后一年时间内产值达到…”.
#include <algorithm>

#include "domain/page/impl/judging.hpp"

namespace wutong::page {

bool ZoneJudge::judge_window(size_t index, const std::vector<Subject>& about,
                             Judgement& out) const {
  const Claim& claim = reading_.claims[index];
  const bool is_span = claim.measure == Measure::duration && claim.value &&
                       claim.against == Against::nothing &&
                       (claim.unit == "years" || claim.unit == "months");
  constexpr std::string_view kInside[] = {"内", "时间内", "之内", "里", "时间里", "以内"};
  const bool is_inside = std::any_of(std::begin(kInside), std::end(kInside), [&](auto word) {
    return std::string_view(claim.after).starts_with(word);
  });
  if (!is_span || !is_inside) return false;
  const auto months = mul(*claim.value, Decimal(claim.unit == "years" ? 12 : 1));
  for (size_t i = index + 1; i < reading_.claims.size(); ++i) {
    if (reading_.claims[i].sentence != claim.sentence) break;
    const Judgement scoped = judge(i, about);
    const auto* definition = records_.catalog->indicators->find(scoped.indicator);
    if (definition == nullptr || !definition->window) continue;
    const bool holds = months && *months == Decimal(definition->window->months);
    out.verdict = holds ? Verdict::verified : Verdict::contradicted;
    out.indicator = definition->name;
    out.figure = scoped.figure;
    out.subject = scoped.subject;
    const std::string window = std::to_string(definition->window->months);
    out.reason = {"“" + definition->title.zh + "”的窗口为 " + window + " 个月",
                  "the window of \"" + definition->title.en + "\" is " + window + " months"};
    return true;
  }
  return false;
}

}  // namespace wutong::page
