#include "core/indicator/answer.hpp"

#include "base/planted.hpp"
#include "base/text.hpp"
#include "core/indicator/area.hpp"
#include "core/indicator/plan.hpp"

namespace wutong::indicator {

namespace {

Unit unit_of(std::string_view code) {
  const auto unit = Unit::from_code(code);
  CHECK(unit.has_value());
  return *unit;
}

Question with(const Question& question, ComparisonKind kind, const Period& period) {
  Question out = question;
  out.comparison = Comparison{};
  out.comparison.kind = kind;
  out.period = period;
  return out;
}

tl::unexpected<Error> unsuitable(const Definition& definition, const Question& question,
                                 std::string zh, std::string en) {
  return fail(ErrorKind::invalid, "figure.comparison_unsuitable",
              "指标“" + definition.title.zh + "”不能作“" + to_string(question.comparison) +
                  "”比较：" + std::move(zh),
              "'" + definition.name + "' cannot be compared by " + to_string(question.comparison) +
                  ": " + std::move(en));
}

tl::unexpected<Error> does_not_fit() {
  return fail(ErrorKind::too_large, "figure.overflow", "计算结果超出 38 位数字",
              "the calculation does not fit 38 digits");
}

}  // namespace

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
    case ComparisonKind::gap_pp:
    case ComparisonKind::multiple:
    case ComparisonKind::share:
      done = answer_against_area(task);
      break;
    case ComparisonKind::rank:
    case ComparisonKind::only_one_above:
      done = answer_rank(task);
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
  if (with_parts_) {
    record::Title label{"基期", "the base"};
    if (is_comparable) {
      label = {"基期（可比口径：本期在库单位的上年同期数）",
               "the base (comparable: what the units of this period had then)"};
    }
    // The comparable base is no published level: it has no identity of its own.
    const Question asked = with(question, ComparisonKind::level, base_period);
    add_part(task, label, asked, base->value.to_decimal(), definition.unit);
    if (is_comparable) task.answer->parts.back().identity.clear();
    task.answer->formula = {"（本期 ÷ 基期 − 1）× 100", "(the period / the base - 1) × 100"};
  }
  figure.words = growth_words(level->value, base->value);
  if (PLANTED("rate_on_a_loss") && base->value.is_negative()) figure.words = {};
  if (!figure.words.zh.empty()) {
    figure.status = Status::base_not_positive;
    return {};
  }
  const auto percent = growth_percent(level->value, base->value);
  if (!percent) return does_not_fit();
  auto done = publish(task, *percent, definition.rate_decimals, unit_of("percent"));
  if (done && figure.value.is_zero()) figure.words = {"持平", "unchanged"};
  return done;
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

Result<void> Answering::answer_change(const Task& task) const {
  const Definition& definition = *task.definition;
  const Question& question = *task.question;
  const bool is_ratio = definition.kind == Kind::ratio;
  const ComparisonKind kind = question.comparison.kind;
  std::optional<Period> base;
  if (kind == ComparisonKind::yoy || kind == ComparisonKind::yoy_naive) {
    base = question.period.years_earlier(1);
  } else if (kind == ComparisonKind::mom) {
    base = question.period.previous(definition.january_february);
  } else {
    base =
        previous_period(question.period, question.comparison.argument, definition.january_february);
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
