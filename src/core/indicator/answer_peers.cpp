// Comparisons with other areas and with other periods.
#include <algorithm>

#include "core/indicator/answer.hpp"
#include "core/indicator/answer_parts.hpp"
#include "core/indicator/area.hpp"

namespace wutong::indicator {

namespace {

// Ratios, averages and extremes of parts do not add up to the whole: they have no share of it.
Result<void> check_share(const Definition& definition, const Question& question) {
  if (question.comparison.kind != ComparisonKind::share) return {};
  bool adds_up = definition.kind != Kind::ratio;
  if (definition.kind == Kind::records) {
    adds_up = definition.aggregate == Aggregate::sum || definition.aggregate == Aggregate::count ||
              definition.aggregate == Aggregate::count_distinct;
  }
  if (adds_up) return {};
  return unsuitable(definition, question, "它不是可加总的数，没有占比",
                    "it does not add up over parts, so that no part has a share");
}

}  // namespace

Result<void> Answering::answer_against_area(const Task& task) const {
  const Definition& definition = *task.definition;
  const Question& question = *task.question;
  if (auto ok = check_share(definition, question); !ok) return ok;
  const std::string own = levels_.own_area(question.dimensions);
  const auto reference = ancestor(levels_.state(), own, question.comparison.argument);
  if (!reference) return fail(reference.error());
  Question mine = question;
  mine.comparison = Comparison{};
  Question theirs = mine;
  theirs.dimensions["area"] = *reference;
  if (question.comparison.kind == ComparisonKind::gap_pp) {
    if (definition.kind != Kind::ratio) {
      mine.comparison.kind = ComparisonKind::yoy;
      theirs.comparison.kind = ComparisonKind::yoy;
    }
    return answer_difference(task, mine, theirs);
  }
  const bool is_share = question.comparison.kind == ComparisonKind::share;
  const record::Title area = area_title(levels_.state(), *reference);
  return answer_quotient(task, mine, theirs,
                         {"本区 ÷ " + area.zh + (is_share ? " × 100" : ""),
                          "own level / level of " + area.en + (is_share ? " × 100" : "")});
}

Result<void> Answering::answer_quotient(const Task& task, const Question& mine,
                                        const Question& whole, record::Title formula) const {
  const Definition& definition = *task.definition;
  Figure& figure = task.answer->figure;
  const bool is_share = task.question->comparison.kind == ComparisonKind::share;
  figure.unit = unit_of(is_share ? "percent" : "times");
  const auto part_level = levels_.level(definition, mine.dimensions, mine.period);
  if (!part_level) return fail(part_level.error());
  const auto whole_level = levels_.level(definition, whole.dimensions, whole.period);
  if (!whole_level) return fail(whole_level.error());
  for (const auto& [asked, level] : {std::pair{&mine, &*part_level}, {&whole, &*whole_level}}) {
    if (level->status == Status::value) {
      add_part(task, {}, *asked, level->value.to_decimal(), definition.unit);
      continue;
    }
    leave_open(task, *level, level != &*part_level);
    if (figure.missing.zh.empty()) figure.missing = title(task, *asked);
    return {};
  }
  const Exact& divisor = whole_level->value;
  if (divisor.is_zero() || divisor.is_negative()) {
    figure.status = Status::incomplete;
    figure.missing = {divisor.is_zero() ? "比较对象为零" : "比较对象为负",
                      divisor.is_zero() ? "what it is compared with is zero"
                                        : "what it is compared with is negative"};
    return {};
  }
  auto value = divide(part_level->value, divisor);
  if (value && is_share) value = multiply(*value, Exact(Decimal(100)));
  if (!value) return does_not_fit();
  task.answer->formula = std::move(formula);
  return publish(task, *value, definition.rate_decimals, figure.unit);
}

Result<void> Answering::answer_share_of_total(const Task& task) const {
  const Question& question = *task.question;
  if (auto ok = check_share(*task.definition, question); !ok) return ok;
  Question mine = with(question, ComparisonKind::level, question.period);
  Question whole = mine;
  whole.dimensions.clear();
  if (const auto area = mine.dimensions.find("area"); area != mine.dimensions.end()) {
    whole.dimensions.insert(*area);
  }
  if (whole.dimensions.size() == mine.dimensions.size()) {
    return unsuitable(*task.definition, question, "须指明维度取值，如 ?hightech=true",
                      "say which dimension value, like ?hightech=true");
  }
  return answer_quotient(task, mine, whole,
                         {"所问维度取值 ÷ 全部 × 100", "the dimension value / all of them × 100"});
}

Result<std::vector<std::pair<std::string, Level>>> Answering::peer_levels(const Task& task) const {
  const Question& question = *task.question;
  const std::string own = levels_.own_area(question.dimensions);
  auto areas = peers(levels_.state(), own, question.comparison.argument);
  if (!areas) return fail(areas.error());
  // The zone stands among the areas beside it, whichever of them is asked about.
  const std::string& zone = levels_.cells().area;
  const auto beside = peers(levels_.state(), zone, question.comparison.argument);
  if (own != zone && beside && std::find(beside->begin(), beside->end(), own) != beside->end()) {
    areas = beside;
  }
  std::vector<std::pair<std::string, Level>> out;
  record::Title missing;
  for (const std::string& area : *areas) {
    Fixed fixed = question.dimensions;
    fixed.erase("area");
    if (area != levels_.cells().area) fixed["area"] = area;
    const auto level = levels_.level(*task.definition, fixed, question.period);
    if (!level) return fail(level.error());
    if (level->status != Status::value) {
      const record::Title name = area_title(levels_.state(), area);
      missing.zh += (missing.zh.empty() ? "" : "、") + name.zh;
      missing.en += (missing.en.empty() ? "" : ", ") + name.en;
    } else {
      Question asked = question;
      asked.comparison = Comparison{};
      asked.dimensions = fixed;
      add_part(task, area_title(levels_.state(), area), asked, level->value.to_decimal(),
               task.definition->unit);
    }
    out.emplace_back(area, *level);
  }
  if (!missing.zh.empty()) {
    Figure& figure = task.answer->figure;
    figure.status = Status::incomplete;
    figure.missing = {
        missing.zh + "的" + question.period.zh() + task.definition->title.zh,
        task.definition->title.en + ", " + question.period.en() + ", of " + missing.en};
    out.clear();
  }
  return out;
}

Result<void> Answering::answer_rank(const Task& task) const {
  const Question& question = *task.question;
  const bool is_rank = question.comparison.kind == ComparisonKind::rank;
  task.answer->figure.unit = is_rank ? unit_of("rank") : Unit();
  const auto levels = peer_levels(task);
  if (!levels) return fail(levels.error());
  if (levels->empty()) return {};
  const std::string own = levels_.own_area(question.dimensions);
  Exact bar(question.comparison.threshold);
  for (const auto& [area, level] : *levels) {
    if (is_rank && area == own) bar = level.value;
  }
  int64_t above = 0;
  for (const auto& [area, level] : *levels) {
    const auto order = compare(level.value, bar);
    if (!order) return does_not_fit();
    if (*order == std::strong_ordering::greater) ++above;
  }
  if (with_parts_) {
    const std::string threshold = question.comparison.threshold.to_string_short();
    task.answer->formula =
        is_rank ? record::Title{"水平高于本区的地区数加一（并列同名次）",
                                "areas with a higher level, plus one (ties share a rank)"}
                : record::Title{"水平高于 " + threshold + " 的地区数",
                                "number of areas with a level over " + threshold};
  }
  return publish(task, Exact(Decimal(is_rank ? above + 1 : above)), 0, task.answer->figure.unit);
}

Result<void> Answering::answer_minimum(const Task& task) const {
  const Question& question = *task.question;
  const Period& period = question.period;
  const bool is_whole = period.first_day().month() % 3 == 1 && period.last_day().month() % 3 == 0;
  const bool is_within_year = period.kind() == PeriodKind::cumulative ||
                              period.kind() == PeriodKind::half ||
                              period.kind() == PeriodKind::year;
  if (!is_within_year || !is_whole) {
    return fail(ErrorKind::invalid, "figure.comparison_unsuitable",
                "minimum:quarter 只能用于由完整季度组成的累计、半年或全年，不能用于" + period.zh(),
                "minimum:quarter needs a cumulative period, half or year made of whole quarters, "
                "not " +
                    period.to_string());
  }
  const Answering inner(levels_, false);
  Figure& figure = task.answer->figure;
  std::optional<Figure> smallest;
  const int first = (period.first_day().month() + 2) / 3;
  for (int quarter = first; quarter <= period.last_day().month() / 3; ++quarter) {
    Question asked = question;
    asked.comparison = Comparison{};
    asked.comparison.kind = ComparisonKind::yoy;
    asked.period = *Period::of_quarter(period.year(), quarter);
    auto part = inner.answer(asked);
    if (!part) return fail(std::move(part.error()));
    figure.unit = part->figure.unit;
    if (part->figure.status != Status::value) {
      figure.status = Status::incomplete;
      figure.missing = title(task, asked);
      return {};
    }
    add_part(task, {}, asked, part->figure.value, part->figure.unit);
    if (!smallest || part->figure.value < smallest->value) smallest = part->figure;
  }
  figure.status = Status::value;
  figure.value = smallest->value;
  figure.exact = smallest->exact;
  if (with_parts_) {
    task.answer->formula = {"各季度同比增速中最小者", "the smallest of the quarters' growth rates"};
  }
  return {};
}

Result<void> Answering::answer_streak(const Task& task) const {
  constexpr int kYearsMax = 200;
  const Question& question = *task.question;
  const Definition& definition = *task.definition;
  Figure& figure = task.answer->figure;
  figure.unit = unit_of("years");
  const Answering inner(levels_, false);
  std::optional<Figure> later;
  int64_t increases = 0;
  bool is_stopped_by_data = false;
  for (int back = 0; back < kYearsMax; ++back) {
    const auto period = question.period.years_earlier(back);
    if (!period) break;
    Question asked = question;
    asked.comparison = Comparison{};
    asked.period = *period;
    auto part = inner.answer(asked);
    if (!part) return fail(std::move(part.error()));
    if (part->figure.status != Status::value) {
      is_stopped_by_data = true;
      if (later) break;
      figure.status = part->figure.status;
      figure.missing = part->figure.missing;
      return {};
    }
    add_part(task, {}, asked, part->figure.value, definition.unit);
    if (later && !(later->value > part->figure.value)) break;
    if (later) ++increases;
    later = part->figure;
  }
  if (with_parts_) {
    task.answer->formula = {
        is_stopped_by_data ? "逐年上升的年数；更早没有记录，只能数到这里" : "逐年上升的年数",
        is_stopped_by_data ? "years of increase; nothing is recorded before them"
                           : "years of increase in a row"};
  }
  if (increases == 0 && is_stopped_by_data) {
    figure.status = Status::incomplete;
    figure.missing = title(task, question);
    figure.missing.zh += "的上一年数";
    figure.missing.en += ": the year before";
    return {};
  }
  return publish(task, Exact(Decimal(increases)), 0, figure.unit);
}

}  // namespace wutong::indicator
