// Growth: a level against an earlier one, nominal, on the comparable base, or as reported.
#include "base/planted.hpp"
#include "core/indicator/answer.hpp"
#include "core/indicator/answer_parts.hpp"
#include "core/indicator/area.hpp"

namespace wutong::indicator {

JanuaryFebruary january_february_of(const Definitions& definitions, const Definition& definition) {
  if (definition.january_february == JanuaryFebruary::joint) return JanuaryFebruary::joint;
  std::vector<std::string> parts;
  for (const auto& [term, sign] : definition.terms) parts.push_back(term);
  if (definition.of)
    parts.insert(parts.end(), {definition.of->indicator, definition.to->indicator});
  for (const std::string& part : parts) {
    if (january_february_of(definitions, *definitions.find(part)) == JanuaryFebruary::joint) {
      return JanuaryFebruary::joint;
    }
  }
  return JanuaryFebruary::separate;
}

bool Answering::has_rate(const Task& task, const Exact& value, const Exact& base) const {
  const ComparisonKind kind = task.question->comparison.kind;
  const bool is_year_before = kind == ComparisonKind::yoy || kind == ComparisonKind::yoy_naive;
  Figure& figure = task.answer->figure;
  figure.words = growth_words(value, base, is_year_before);
  if (PLANTED("rate_on_a_loss") && base.is_negative()) figure.words = {};
  if (figure.words.zh.empty()) return true;
  figure.status = Status::base_not_positive;
  return false;
}

Result<void> Answering::answer_reported_growth(const Task& task, const Level& level) const {
  task.answer->figure.unit = unit_of("percent");
  if (with_parts_) {
    task.answer->formula = {"外部编制，按报送的增速（不由现价水平重算）",
                            "compiled outside: growth as reported, not recomputed from levels"};
    if (level.status == Status::value) {
      add_part(task, {}, with(*task.question, ComparisonKind::level, task.question->period),
               level.value.to_decimal(), task.definition->unit);
    }
  }
  return publish(task, Exact(*level.reported_growth), task.definition->rate_decimals,
                 unit_of("percent"));
}

void Answering::add_base(const Task& task, const Period& period, const Level& base,
                         bool is_comparable) const {
  if (!with_parts_) return;
  record::Title label{"基期", "the base"};
  if (is_comparable) {
    label = {"基期（可比口径：本期在库单位的上年同期数）",
             "the base (comparable: what the units of this period had then)"};
  }
  // The comparable base is no published level: it has no identity of its own.
  const Question asked = with(*task.question, ComparisonKind::level, period);
  add_part(task, label, asked, base.value.to_decimal(), task.definition->unit);
  if (is_comparable) task.answer->parts.back().identity.clear();
}

Result<void> Answering::answer_growth(const Task& task, const Period& base_period,
                                      bool is_naive) const {
  const Definition& definition = *task.definition;
  const Question& question = *task.question;
  Figure& figure = task.answer->figure;
  figure.unit = unit_of("percent");
  const auto level = levels_.level(definition, question.dimensions, question.period);
  if (!level) return fail(level.error());
  const bool is_yoy = question.comparison.kind == ComparisonKind::yoy;
  if (is_yoy && level->is_series) {
    const bool is_stated = definition.kind != Kind::series || definition.growth_reported;
    if (is_stated && level->reported_growth) return answer_reported_growth(task, *level);
    if (definition.kind == Kind::series && definition.growth_reported) {
      figure.status = Status::incomplete;
      const record::Title what = title(task, question);
      figure.missing = {what.zh + "的报送增速", "the reported growth of " + what.en};
      return {};
    }
  }
  if (level->status != Status::value) {
    leave_open(task, *level, false);
    return {};
  }
  const bool is_comparable = (!is_naive || PLANTED("naive_on_new_roster")) &&
                             has_comparable_base(*levels_.cells().definitions, definition);
  const auto base = levels_.level(definition, question.dimensions, base_period,
                                  is_comparable && !PLANTED("base_of_old_roster")
                                      ? std::optional(question.period.last_day())
                                      : std::nullopt);
  if (!base) return fail(base.error());
  add_part(task, {"本期", "the period"}, with(question, ComparisonKind::level, question.period),
           level->value.to_decimal(), definition.unit);
  if (base->status != Status::value) {
    leave_open(task, *base, true);
    return {};
  }
  add_base(task, base_period, *base, is_comparable);
  task.answer->formula = {"（本期 ÷ 基期 − 1）× 100", "(the period / the base - 1) × 100"};
  if (!has_rate(task, level->value, base->value)) return {};
  const auto percent = growth_percent(level->value, base->value);
  if (!percent) return does_not_fit();
  auto done = publish(task, *percent, definition.rate_decimals, unit_of("percent"));
  if (done && figure.value.is_zero()) figure.words = {"持平", "unchanged"};
  return done;
}

Result<void> Answering::publish_root(const Task& task, const Exact& factor) const {
  const Definition& definition = *task.definition;
  const int years = task.question->comparison.years();
  Figure& figure = task.answer->figure;
  const auto rounded = factor.root_percent(years, definition.rate_decimals, definition.rounding);
  if (!rounded) return does_not_fit();
  figure.status = Status::value;
  figure.value = *rounded;
  figure.unit = unit_of("percent");
  figure.exact = *rounded;
  for (int places = Decimal::kScaleMax; places > definition.rate_decimals; --places) {
    const auto close = factor.root_percent(years, places, Rounding::half_up);
    if (!close) continue;
    figure.exact = close->normalized();
    break;
  }
  if (figure.value.is_zero()) figure.words = {"持平", "unchanged"};
  return {};
}

Result<std::optional<Exact>> Answering::compounded(const Task& task, const Level& level) const {
  const Definition& definition = *task.definition;
  const bool is_stated = definition.kind != Kind::series || definition.growth_reported;
  if (!level.is_series || !is_stated) return std::optional<Exact>();
  const bool is_needed = definition.kind == Kind::series;
  Figure& figure = task.answer->figure;
  Exact factor(Decimal(1));
  std::vector<std::pair<Question, Decimal>> used;
  for (int back = 0; back < task.question->comparison.years(); ++back) {
    const auto period = task.question->period.years_earlier(back);
    if (!period) return std::optional<Exact>();
    const Question asked = with(*task.question, ComparisonKind::yoy, *period);
    const auto year = levels_.level(definition, asked.dimensions, *period);
    if (!year) return fail(year.error());
    if (!year->reported_growth) {
      if (!is_needed) return std::optional<Exact>();
      figure.status = Status::incomplete;
      const record::Title what = title(task, asked);
      figure.missing = {what.zh + "的报送增速", "the reported growth of " + what.en};
      return std::optional<Exact>();
    }
    const auto above = add(Decimal(100), *year->reported_growth);
    const auto next = above ? Exact::quotient(*above, Decimal(100)) : std::nullopt;
    const auto product = next ? multiply(factor, *next) : std::nullopt;
    if (!product) return does_not_fit();
    used.emplace_back(asked, *year->reported_growth);
    // -100 % in the last year is an end at zero; in an earlier one the next has no base.
    const bool is_lost = next->is_negative() || (next->is_zero() && back > 0);
    if (is_lost) {
      figure.status = Status::base_not_positive;
      figure.words = {"某年增速不高于 −100%，不能连乘",
                      "a year's growth is not above -100 %: nothing to compound"};
      return std::optional<Exact>();
    }
    factor = *product;
  }
  for (const auto& [asked, growth] : used) {
    add_part(task, {}, asked, growth, unit_of("percent"));
  }
  return std::optional(factor);
}

Result<void> Answering::answer_average_growth(const Task& task) const {
  const Definition& definition = *task.definition;
  const Question& question = *task.question;
  const std::string years = std::to_string(question.comparison.years());
  const auto base_period = question.period.years_earlier(question.comparison.years());
  if (definition.kind == Kind::ratio || !base_period) {
    return unsuitable(definition, question,
                      base_period ? "比例没有年均增速，可用 change_pp"
                                  : "报告期" + question.period.zh() + "没有可比的前期",
                      base_period ? "a ratio has no average growth; use change_pp"
                                  : question.period.to_string() + " has no such earlier period");
  }
  Figure& figure = task.answer->figure;
  figure.unit = unit_of("percent");
  const auto level = levels_.level(definition, question.dimensions, question.period);
  if (!level) return fail(level.error());
  const auto reported = compounded(task, *level);
  if (!reported) return fail(reported.error());
  if (*reported) {
    task.answer->formula = {"（" + years + " 年报送增速连乘的 " + years + " 次方根 − 1）× 100",
                            "root of degree " + years + " of the compounded growth of " + years +
                                " years as reported, - 1, × 100"};
    return publish_root(task, **reported);
  }
  if (!figure.words.zh.empty() || !figure.missing.zh.empty()) return {};
  if (level->status != Status::value) {
    leave_open(task, *level, false);
    return {};
  }
  const bool is_comparable = has_comparable_base(*levels_.cells().definitions, definition);
  const auto base =
      levels_.level(definition, question.dimensions, *base_period,
                    is_comparable ? std::optional(question.period.last_day()) : std::nullopt);
  if (!base) return fail(base.error());
  add_part(task, {"本期", "the period"}, with(question, ComparisonKind::level, question.period),
           level->value.to_decimal(), definition.unit);
  if (base->status != Status::value) {
    leave_open(task, *base, true);
    return {};
  }
  add_base(task, *base_period, *base, is_comparable);
  task.answer->formula = {"（（本期 ÷ " + years + " 年前的基期）的 " + years + " 次方根 − 1）× 100",
                          "root of degree " + years + " of (the period / the base " + years +
                              " years before), - 1, × 100"};
  if (!has_rate(task, level->value, base->value)) return {};
  const auto factor = divide(level->value, base->value);
  return factor ? publish_root(task, *factor) : does_not_fit();
}

Result<void> Answering::answer_change(const Task& task) const {
  const Definition& definition = *task.definition;
  const Question& question = *task.question;
  const bool is_ratio = definition.kind == Kind::ratio;
  const ComparisonKind kind = question.comparison.kind;
  const JanuaryFebruary rule = january_february_of(*levels_.cells().definitions, definition);
  const bool is_flow = definition.kind != Kind::records || !definition.is_stock;
  std::optional<Period> base;
  if (kind == ComparisonKind::yoy || kind == ComparisonKind::yoy_naive) {
    base = question.period.years_earlier(1);
  } else if (kind == ComparisonKind::mom) {
    if (is_flow && !question.period.is_reportable(rule)) {
      task.answer->figure.status = Status::not_reportable;
      return {};
    }
    const bool is_running = question.period.kind() == PeriodKind::cumulative;
    if (!is_running) base = question.period.previous(rule);
    // domain.md 1.7: March has no month before it where January and February come together.
    if (base && is_flow && base->kind() != question.period.kind()) {
      task.answer->figure.status = Status::not_reportable;
      task.answer->figure.words = {"1—2月合并报告，没有可比的上月",
                                   "January and February are reported together: no month before"};
      return {};
    }
  } else {
    base = previous_period(question.period, question.comparison.argument, rule);
  }
  if (!base) {
    return unsuitable(definition, question, "报告期" + question.period.zh() + "没有可比的前期",
                      question.period.to_string() + " has no such earlier period");
  }
  if (is_ratio) {
    return answer_difference(task, with(question, ComparisonKind::level, question.period),
                             with(question, ComparisonKind::level, *base));
  }
  if (kind == ComparisonKind::change_pp) {
    return answer_difference(task, with(question, ComparisonKind::yoy, question.period),
                             with(question, ComparisonKind::yoy, *base));
  }
  return answer_growth(task, *base, kind == ComparisonKind::yoy_naive);
}

}  // namespace wutong::indicator
