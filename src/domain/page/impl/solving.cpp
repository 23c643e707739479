// From the solved model to findings: conflicts, what follows, what is unusual.
#include <algorithm>

#include "base/spoken.hpp"
#include "domain/page/impl/findings.hpp"
#include "domain/page/impl/model.hpp"

namespace wutong::page {

namespace {

// A bound as people read it: money in 亿元 or billions, to two places at most.
Spoken shown(const Decimal& value, Unit unit, Rounding rule) {
  const bool is_money = unit.code() == "CNY";
  const auto rounded = value.rounded(is_money ? -6 : 2, rule);
  return spoken(rounded.value_or(value).normalized(), unit);
}

record::Title range_of(const Interval& interval, Unit unit) {
  const Spoken low = interval.low ? shown(*interval.low, unit, Rounding::down) : Spoken{};
  const Spoken high = interval.high ? shown(*interval.high, unit, Rounding::up) : Spoken{};
  if (low.zh == high.zh) return {low.zh, low.en};
  if (low.zh.empty()) return {"不超过 " + high.zh, "at most " + high.en};
  if (high.zh.empty()) return {"不低于 " + low.zh, "at least " + low.en};
  return {low.zh + " 至 " + high.zh, low.en + " to " + high.en};
}

std::vector<size_t> listed(const Solver::Sources& sources) {
  return std::vector<size_t>(sources.begin(), sources.end());
}

Solver::Sources sources_of(const Solver::Variable& variable) {
  Solver::Sources out = variable.low_sources;
  out.insert(variable.high_sources.begin(), variable.high_sources.end());
  return out;
}

std::string quotes_of(const Reading& reading, const Solver::Sources& sources) {
  std::string out;
  for (size_t claim : sources) {
    out += (out.empty() ? "“" : "、“") + reading.claims[claim].quote + "”";
  }
  return out;
}

// Narrow enough to be worth knowing.
bool is_narrow(const FigureKey& key, const Interval& interval) {
  if (!interval.low || !interval.high) return false;
  const auto width = sub(*interval.high, *interval.low);
  constexpr int kPoints = 3, kPercent = 10;
  if (!width) return false;
  if (key.is_growth) return *width <= Decimal(kPoints);
  const auto wide = mul(*width, Decimal(kPercent));
  return wide && *wide <= *interval.high && !interval.low->is_negative();
}

void report_conflicts(Findings& findings, const Model& model) {
  for (const Solver::Conflict& conflict : model.solver().conflicts()) {
    const auto key =
        std::find_if(model.variables().begin(), model.variables().end(),
                     [&](const auto& each) { return each.second == conflict.variable; });
    record::Title what{"这些数", "these figures"};
    if (key != model.variables().end()) what = model.title(key->first);
    const std::string quotes = quotes_of(findings.reading, conflict.sources);
    if (conflict.sources.empty()) continue;
    findings.add(conflict.is_not_whole ? "not_whole" : "conflict", Weight::fault,
                 listed(conflict.sources),
                 conflict.is_not_whole ? quotes + "推不出整数的“" + what.zh + "”，其中必有一数不对"
                                       : quotes + "不能同时成立（" + what.zh + "）",
                 conflict.is_not_whole
                     ? quotes + " leave no whole number for " + what.en + "; one of them is wrong"
                     : quotes + " cannot all hold (" + what.en + ")");
  }
}

// The value that the printed numbers themselves give.
std::optional<Spoken> middle_of(const Model& printed, const FigureKey& key) {
  const auto found = printed.variables().find(key);
  if (found == printed.variables().end()) return {};
  const Interval& interval = printed.solver().variable(found->second).interval;
  if (!interval.low || !interval.high) return {};
  const auto sum = add(*interval.low, *interval.high);
  const auto middle = sum ? div(*sum, Decimal(2), 6, Rounding::half_up) : std::nullopt;
  if (!middle) return std::nullopt;
  return shown(*middle, printed.unit(key), Rounding::half_up);
}

// Figures that nobody states and that follow from at least two claims.
void report_implied(Findings& findings, const Model& model, const Model& printed) {
  for (const auto& [key, index] : model.variables()) {
    const Solver::Variable& variable = model.solver().variable(index);
    const Solver::Sources sources = sources_of(variable);
    const bool is_base =
        !key.is_growth && key.area.empty() &&
        std::any_of(model.variables().begin(), model.variables().end(), [&](const auto& other) {
          FigureKey growth = key;
          growth.is_growth = true;
          if (!other.first.is_growth) return false;
          const auto base = other.first.period.years_earlier(1);
          return base && *base == key.period && other.first.indicator == key.indicator;
        });
    const bool is_news = !variable.is_given && !is_base && sources.size() >= 2;
    if (!is_news || !is_narrow(key, variable.interval)) continue;
    const record::Title what = model.title(key),
                        range = range_of(variable.interval, model.unit(key));
    const std::string quotes = quotes_of(findings.reading, sources);
    std::string whole_zh, whole_en;
    if (variable.is_whole) {
      const auto count = sub(*variable.interval.high, *variable.interval.low);
      const std::string n = count ? add(*count, Decimal(1))->to_string_short() : "";
      whole_zh = "（整数 " + n + " 种可能）";
      whole_en = " (" + n + " whole numbers)";
    }
    const auto middle = middle_of(printed, key);
    findings.add(
        "implied", Weight::note, listed(sources),
        "由" + quotes + "推算，" + what.zh +
            (middle ? "约 " + middle->zh + "，在 " + range.zh + " 之间" : "为 " + range.zh) +
            whole_zh,
        what.en + ": " + (middle ? "about " + middle->en + ", within " : "") + range.en + whole_en +
            ", from " + quotes);
  }
}

// Growth that moved by ten points since the half year: what the months after it alone would be.
void report_unusual(Findings& findings, const Model& model) {
  constexpr int kPoints = 10;
  for (const Model::Change& change : model.changes()) {
    const Interval& moved = findings.reading.claims[change.claim].interval;
    const bool is_large = (moved.low && *moved.low >= Decimal(kPoints)) ||
                          (moved.high && *moved.high <= Decimal(-kPoints));
    const int now = change.now.period.last_day().month();
    const int then = change.before.period.last_day().month();
    const bool is_within = change.now.period.year() == change.before.period.year() && now > then;
    const auto& growth_now = model.solver().variable(model.variables().at(change.now)).interval;
    const auto& growth_then = model.solver().variable(model.variables().at(change.before)).interval;
    const bool is_known = growth_now.low && growth_now.high && growth_then.low && growth_then.high;
    if (!is_large || !is_within || !is_known) continue;
    // With the months weighing alike: (now × months - then × months) / the months between.
    const auto alone = [&](const Decimal& a, const Decimal& b, Rounding rule) {
      const auto all = mul(a, Decimal(now)), early = mul(b, Decimal(then));
      const auto rest = all && early ? sub(*all, *early) : std::nullopt;
      return rest ? div(*rest, Decimal(now - then), 1, rule) : std::nullopt;
    };
    const auto low = alone(*growth_now.low, *growth_then.high, Rounding::down);
    const auto high = alone(*growth_now.high, *growth_then.low, Rounding::up);
    if (!low || !high) continue;
    const std::string range = low->to_string_short() + "%—" + high->to_string_short() + "%";
    const std::string months = std::to_string(then + 1) + "—" + std::to_string(now);
    findings.add("unusual_change", Weight::note, {change.claim},
                 "增速变动“" + findings.reading.claims[change.claim].quote +
                     "”较大：若各月基数相当，" + months + "月同比约 " + range + "，宜核对原始数据",
                 "a large change of growth: with months of equal weight, months " + months +
                     " alone grew by about " + range + "; worth a look at the records");
  }
}

}  // namespace

void find_by_solving(Findings& findings) {
  for (const ZoneRecords& zone : findings.zones) {
    Model model(zone, findings.reading, false), printed(zone, findings.reading, true);
    bool has_any = false;
    for (size_t i = 0; i < findings.reading.claims.size(); ++i) {
      const Claim& claim = findings.reading.claims[i];
      const Judgement& judgement = findings.judgements[i];
      const bool is_number = claim.measure != Measure::date && claim.measure != Measure::period;
      const bool is_clear = judgement.zone == zone.catalog->zone.zone && is_number &&
                            judgement.verdict != Verdict::ambiguous && !judgement.figure.empty();
      const auto question =
          is_clear ? indicator::parse_identity(judgement.figure) : Result<indicator::Question>({});
      const auto* definition =
          is_clear && question ? zone.catalog->indicators->find(question->indicator) : nullptr;
      // A span that scopes a figure names that figure and is not one of its values.
      const bool is_known =
          definition != nullptr && (claim.measure != Measure::duration ||
                                    definition->unit.dimension().starts_with("duration"));
      if (!is_known) continue;
      model.give(i, *question);
      printed.give(i, *question);
      has_any = true;
    }
    if (!has_any) continue;
    model.solve();
    printed.solve();
    report_conflicts(findings, model);
    report_implied(findings, model, printed);
    report_unusual(findings, model);
  }
}

}  // namespace wutong::page
