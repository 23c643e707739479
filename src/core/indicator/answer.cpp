#include "core/indicator/answer.hpp"

#include "base/planted.hpp"
#include "base/text.hpp"
#include "core/indicator/answer_parts.hpp"
#include "core/indicator/area.hpp"
#include "core/indicator/plan.hpp"

namespace wutong::indicator {

std::optional<Period> previous_period(const Period& period, std::string_view argument,
                                      JanuaryFebruary rule) {
  const int month = period.last_day().month();
  const int year = period.year();
  switch (period.kind()) {
    case PeriodKind::month:
      return argument == "month" ? period.previous(rule) : std::nullopt;
    case PeriodKind::quarter:
      return argument == "quarter" ? period.previous(rule) : std::nullopt;
    case PeriodKind::half:
      if (argument == "half") return period.previous(rule);
      if (month != 6) return std::nullopt;
      break;
    case PeriodKind::as_of: {
      const int step = argument == "month" ? 1 : argument == "quarter" ? 3 : 6;
      const Month before = Month::of(period.last_day()).plus(-1);
      return Period::as_of(before.plus(-(before.month() % step)).last_day());
    }
    case PeriodKind::year:
    case PeriodKind::cumulative:
      break;
    case PeriodKind::day:
    case PeriodKind::since:
      return std::nullopt;
  }
  const int step = argument == "month" ? 1 : argument == "quarter" ? 3 : 6;
  int last = (month - 1) / step * step;
  if (last == 1 && rule == JanuaryFebruary::joint) last = 0;
  if (last == 0) return Period::of_year(year - 1);
  return Period::cumulative(year, last);
}

Figure Answering::begin(const Question& question) const {
  Figure figure;
  figure.question = question;
  figure.synthetic = levels_.cells().synthetic;
  figure.position = levels_.position();
  return figure;
}

record::Title Answering::title(const Task& task, const Question& question) const {
  record::Title area;
  const auto found = question.dimensions.find("area");
  if (found != question.dimensions.end()) area = area_title(levels_.state(), found->second);
  const Definition* definition = levels_.cells().definitions->find(question.indicator);
  return describe(definition == nullptr ? *task.definition : *definition, area, question.period);
}

void Answering::add_part(const Task& task, record::Title label, const Question& question,
                         const Decimal& value, Unit unit) const {
  if (!with_parts_) return;
  const record::Title what = title(task, question);
  if (label.zh.empty()) label = what;
  task.answer->parts.push_back({std::move(label), identity(question), value, unit});
}

Result<void> Answering::publish(const Task& task, const Exact& value, int places, Unit unit) const {
  const auto rounded =
      value.rounded(places, PLANTED("rounding_down") ? Rounding::down : task.definition->rounding);
  if (!rounded) return does_not_fit();
  Figure& figure = task.answer->figure;
  figure.status = Status::value;
  figure.value = *rounded;
  figure.exact = value.to_decimal();
  figure.unit = unit;
  task.answer->unrounded = value;
  return {};
}

// No value: the figure's own period is not recorded, or a part of the comparison is not.
void Answering::leave_open(const Task& task, const Level& level, bool is_part) const {
  Figure& figure = task.answer->figure;
  figure.status = level.status;
  if (is_part && level.status == Status::no_records) figure.status = Status::incomplete;
  figure.missing = level.missing;
}

Result<Answer> Answering::answer(const Question& question) const {
  const Definition* definition = levels_.cells().definitions->find(question.indicator);
  if (definition == nullptr) {
    const auto names = levels_.cells().definitions->names();
    std::string zh = "没有指标“" + question.indicator + "”";
    std::string en = "no indicator '" + question.indicator + "'";
    if (const auto nearest = nearest_name(question.indicator, names)) {
      zh += "，是否指“" + *nearest + "”";
      en += "; did you mean '" + *nearest + "'?";
    }
    return fail(ErrorKind::not_found, "figure.unknown_indicator", zh, en);
  }
  const bool has_meaning = !definition->is_date() || among_values(question.comparison) ||
                           question.comparison.kind == ComparisonKind::level;
  if (!has_meaning) {
    return unsuitable(*definition, question, "它是日期，只有先后（rank:by）",
                      "it is a date, which has an order (rank:by) and nothing else");
  }
  Answer out;
  out.figure = begin(question);
  const Task task{&question, definition, &out};
  Result<void> done;
  switch (question.comparison.kind) {
    case ComparisonKind::level:
      done = answer_level(task);
      break;
    case ComparisonKind::yoy:
    case ComparisonKind::yoy_naive:
    case ComparisonKind::mom:
    case ComparisonKind::change_pp:
      done = answer_change(task);
      break;
    case ComparisonKind::two_year_average:
    case ComparisonKind::cagr:
      done = answer_average_growth(task);
      break;
    case ComparisonKind::gap_pp:
    case ComparisonKind::multiple:
      done = answer_against_area(task);
      break;
    case ComparisonKind::share:
      done = question.comparison.argument == "total" ? answer_share_of_total(task)
                                                     : answer_against_area(task);
      break;
    case ComparisonKind::target:
    case ComparisonKind::forecast:
      done = answer_stated(task);
      break;
    case ComparisonKind::completion:
      done = answer_completion(task);
      break;
    case ComparisonKind::rank:
    case ComparisonKind::only_one_above:
      done = among_values(question.comparison) ? answer_rank_by(task) : answer_rank(task);
      break;
    case ComparisonKind::minimum:
      done = answer_minimum(task);
      break;
    case ComparisonKind::streak:
      done = answer_streak(task);
      break;
  }
  if (!done) return fail(std::move(done.error()));
  return out;
}

Result<void> Answering::answer_level(const Task& task) const {
  const Definition& definition = *task.definition;
  const Question& question = *task.question;
  const auto level = levels_.level(definition, question.dimensions, question.period);
  if (!level) return fail(level.error());
  task.answer->figure.unit = definition.unit;
  if (level->status != Status::value) {
    leave_open(task, *level, false);
    return {};
  }
  if (with_parts_ && definition.kind == Kind::ratio) {
    const auto part = [&](const RatioPart& used, record::Title& formula) {
      Question asked = with(question, ComparisonKind::level, question.period);
      asked.indicator = used.indicator;
      const Definition& other = *levels_.cells().definitions->find(used.indicator);
      asked.dimensions = known_values(*levels_.cells().definitions, other, question.dimensions);
      for (const auto& [name, value] : used.where) asked.dimensions[name] = value;
      if (used.whole_year) asked.period = Period::of_year(question.period.year());
      const auto value = levels_.level(other, asked.dimensions, asked.period);
      if (value) add_part(task, {}, asked, value->value.to_decimal(), other.unit);
      formula = other.title;
    };
    record::Title of, to;
    part(*definition.of, of);
    part(*definition.to, to);
    const std::string per = definition.per.to_string_short();
    task.answer->formula = {of.zh + " ÷ " + to.zh + " × " + per,
                            of.en + " / " + to.en + " × " + per};
  }
  if (with_parts_ && definition.kind == Kind::derived) {
    for (const auto& [name, sign] : definition.terms) {
      const Definition& term = *levels_.cells().definitions->find(name);
      Question asked = with(question, ComparisonKind::level, question.period);
      asked.indicator = name;
      const auto value = levels_.level(term, question.dimensions, question.period);
      if (value) add_part(task, {}, asked, value->value.to_decimal(), term.unit);
      record::Title& formula = task.answer->formula;
      const std::string joint = sign < 0 ? " - " : formula.zh.empty() ? "" : " + ";
      formula.zh += joint + term.title.zh;
      formula.en += joint + term.title.en;
    }
  }
  if (with_parts_ && task.answer->formula.zh.empty()) {
    const bool is_series = level->is_series;
    task.answer->formula = {
        is_series ? "外部编制，按报送数" : definition.measure_text + "，对符合条件的记录",
        is_series ? "compiled outside, as reported"
                  : definition.measure_text + " over the records that count"};
  }
  return publish(task, level->value, definition.decimals, definition.unit);
}

// Two published figures subtracted, as readers do.
Result<void> Answering::answer_difference(const Task& task, const Question& minuend,
                                          const Question& subtrahend) const {
  Figure& figure = task.answer->figure;
  const Answering inner(levels_, false);
  const auto first = inner.answer(minuend);
  if (!first) return fail(first.error());
  const auto second = inner.answer(subtrahend);
  if (!second) return fail(second.error());
  const bool is_rate = first->figure.unit.dimension() == "proportion";
  figure.unit = is_rate ? unit_of("percentage_points") : first->figure.unit;
  bool is_open = false;
  for (const auto* side : {&*first, &*second}) {
    const Figure& part = side->figure;
    add_part(task, {}, part.question, part.value, part.unit);
    if (is_open || part.status == Status::value) continue;
    is_open = true;
    const bool is_own = side == &*first;
    figure.status =
        is_own && part.status != Status::base_not_positive ? part.status : Status::incomplete;
    figure.missing = part.missing.zh.empty() ? title(task, part.question) : part.missing;
    if (!part.words.zh.empty()) {
      figure.missing.zh += "（" + part.words.zh + "）";
      figure.missing.en += " (" + part.words.en + ")";
    }
  }
  if (is_open) return {};
  const auto published = PLANTED("difference_not_rounded_first")
                             ? sub(first->figure.exact, second->figure.exact)
                             : sub(first->figure.value, second->figure.value);
  const auto exact = sub(first->figure.exact, second->figure.exact);
  if (!published || !exact) return does_not_fit();
  if (with_parts_) {
    task.answer->formula = {
        "按公布数相减（先取舍后相减）；未取舍的差为 " + exact->to_string_short(),
        "published figures subtracted (rounded first); unrounded: " + exact->to_string_short()};
  }
  figure.status = Status::value;
  figure.value = *published;
  figure.exact = *exact;
  return {};
}

}  // namespace wutong::indicator
