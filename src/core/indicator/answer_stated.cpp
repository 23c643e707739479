// Targets, forecasts, and how much of a target is reached. Read from the series registers' rows of
// that kind alone; nothing else ever reads those.
#include "core/indicator/answer.hpp"
#include "core/indicator/answer_parts.hpp"

namespace wutong::indicator {

namespace {

record::Title name_of(SeriesKind kind) {
  switch (kind) {
    case SeriesKind::actual:
      return {"实际数", "actual"};
    case SeriesKind::target:
      return {"目标", "target"};
    case SeriesKind::forecast:
      return {"预测", "forecast"};
  }
  return {};
}

record::Title missing_of(const Level& level, SeriesKind kind) {
  const record::Title name = name_of(kind);
  return {level.missing.zh + "的" + name.zh, "the " + name.en + " of " + level.missing.en};
}

}  // namespace

Result<void> Answering::answer_stated(const Task& task) const {
  const Definition& definition = *task.definition;
  const Question& question = *task.question;
  const SeriesKind kind = question.comparison.kind == ComparisonKind::target ? SeriesKind::target
                                                                             : SeriesKind::forecast;
  const bool is_growth = question.comparison.argument == "yoy";
  Figure& figure = task.answer->figure;
  figure.unit = is_growth ? unit_of("percent") : definition.unit;
  const auto level = levels_.stated(definition, question.dimensions, question.period, kind);
  if (!level) return fail(level.error());
  if (is_growth ? !level->reported_growth : level->status != Status::value) {
    figure.status = Status::no_records;
    figure.missing = missing_of(*level, kind);
    return {};
  }
  const record::Title name = name_of(kind);
  task.answer->formula = {name.zh + "，按登记的数（不计入水平和增速）",
                          "the " + name.en + " as recorded; no level or growth reads it"};
  if (is_growth) {
    return publish(task, Exact(*level->reported_growth), definition.rate_decimals, figure.unit);
  }
  return publish(task, level->value, definition.decimals, figure.unit);
}

Result<void> Answering::answer_completion(const Task& task) const {
  const Definition& definition = *task.definition;
  const Question& question = *task.question;
  Figure& figure = task.answer->figure;
  figure.unit = unit_of("percent");
  const bool is_of_year = question.comparison.argument == "year";
  const Period aim = is_of_year ? Period::of_year(question.period.year()) : question.period;
  const auto level = levels_.level(definition, question.dimensions, question.period);
  if (!level) return fail(level.error());
  if (level->status != Status::value) {
    leave_open(task, *level, false);
    return {};
  }
  add_part(task, {}, with(question, ComparisonKind::level, question.period),
           level->value.to_decimal(), definition.unit);
  const auto target = levels_.stated(definition, question.dimensions, aim, SeriesKind::target);
  if (!target) return fail(target.error());
  if (target->status != Status::value) {
    figure.status = Status::incomplete;
    figure.missing = missing_of(*target, SeriesKind::target);
    return {};
  }
  add_part(task, name_of(SeriesKind::target), with(question, ComparisonKind::target, aim),
           target->value.to_decimal(), definition.unit);
  if (target->value.is_zero() || target->value.is_negative()) {
    figure.status = Status::base_not_positive;
    figure.words = {"目标不是正数，没有完成率",
                    "the target is not positive: no rate of completion"};
    return {};
  }
  auto value = divide(level->value, target->value);
  if (value) value = multiply(*value, Exact(Decimal(100)));
  if (!value) return does_not_fit();
  task.answer->formula = {"实际数 ÷ 目标 × 100", "the level / the target × 100"};
  return publish(task, *value, definition.rate_decimals, figure.unit);
}

}  // namespace wutong::indicator
