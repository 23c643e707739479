#include "core/indicator/prepared.hpp"

#include <algorithm>

#include "core/indicator/answer.hpp"
#include "core/indicator/scan.hpp"

namespace wutong::indicator {

namespace {

constexpr Month kBeginning{0};  // of what a stock adds up

bool is_whole_months(const Period& period) {
  switch (period.kind()) {
    case PeriodKind::month:
    case PeriodKind::quarter:
    case PeriodKind::half:
    case PeriodKind::year:
    case PeriodKind::cumulative:
      return true;
    case PeriodKind::day:
    case PeriodKind::as_of:
    case PeriodKind::since:
      return false;
  }
  return false;
}

bool is_stock_at_months_end(const Definition& definition, const Question& question) {
  const Date last = question.period.last_day();
  return definition.is_stock && question.comparison.kind == ComparisonKind::level &&
         question.period.kind() == PeriodKind::as_of && last == Month::of(last).last_day();
}

int128 power_of_ten(int exponent) {
  int128 power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// part × up / (whole × down), rounded; nullopt where it does not fit.
std::optional<Decimal> quotient(int128 part, int128 whole, int128 up, int128 down, int places,
                                Rounding rounding) {
  if (up == 1 && down == 1 && whole == 1 && places == 0) return Decimal::from_parts(part, 0);
  return mul_div(Decimal::from_parts(part, 0), Decimal::from_parts(up, 0),
                 Decimal::from_parts(whole * down, 0), places, rounding);
}

}  // namespace

Prepared::Prepared(const Figures& figures, std::vector<Question> questions)
    : questions_(std::move(questions)),
      definitions_(figures.cells().definitions),
      area_(figures.cells().area) {
  for (const Question& question : questions_) shapes_.push_back(shape_of(question));
  amounts_.resize(atoms_.size());
  answers_.resize(questions_.size());
  is_stale_.resize(questions_.size(), 1);
  is_asked_.resize(questions_.size());
  note_questions();
}
Prepared::~Prepared() = default;
Prepared::Prepared(Prepared&&) noexcept = default;
Prepared& Prepared::operator=(Prepared&&) noexcept = default;

Prepared::Shape Prepared::shape_of(const Question& question) {
  Shape shape;
  shape.definition = definitions_->find(question.indicator);
  const bool is_now = !question.as_of && !question.as_of_day;
  if (shape.definition == nullptr || !is_now) return shape;
  const Definition& definition = *shape.definition;
  if (!is_whole_months(question.period) && !is_stock_at_months_end(definition, question)) {
    return shape;
  }
  const size_t had = atoms_.size();
  bool is_shaped = false;
  const ComparisonKind kind = question.comparison.kind;
  if (kind == ComparisonKind::level) {
    is_shaped = definition.kind == Kind::ratio ? shape_ratio(question, shape)
                                               : shape_level(question, shape);
  } else if (definition.kind != Kind::ratio &&
             (kind == ComparisonKind::yoy || kind == ComparisonKind::yoy_naive)) {
    is_shaped = shape_growth(question, question.period, shape, shape.now, shape.base);
    shape.form = Form::growth;
  } else if (definition.kind != Kind::ratio && kind == ComparisonKind::change_pp) {
    const auto before = previous_period(question.period, question.comparison.argument,
                                        january_february_of(*definitions_, definition));
    is_shaped = before && is_whole_months(*before) &&
                shape_growth(question, question.period, shape, shape.now, shape.base) &&
                shape_growth(question, *before, shape, shape.now_before, shape.base_before);
    shape.form = Form::change;
  }
  if (is_shaped) return shape;
  atoms_.resize(had);
  return Shape{Form::any, shape.definition, {}, {}, {}, {}, 1, 1, 0, false};
}

bool Prepared::shape_level(const Question& question, Shape& shape) {
  const Definition& definition = *shape.definition;
  shape.form = Form::level;
  shape.places = definition.decimals;
  if (!add_total(definition, question.dimensions, question.period, question.period.last_day(), 1,
                 shape.now)) {
    return false;
  }
  const Definition* leaf = &definition;
  if (definition.kind == Kind::derived) leaf = definitions_->find(definition.terms.front().first);
  const Unit from = leaf->aggregate == Aggregate::count ? definition.unit : leaf->measure_unit;
  const auto factor = convert_exact(Exact(Decimal(1)), from, definition.unit);
  if (!factor || !factor->numerator().is_integer() || !factor->denominator().is_integer()) {
    return false;
  }
  shape.up = factor->numerator().rescaled(0)->mantissa();
  shape.down = factor->denominator().rescaled(0)->mantissa();
  if (leaf->aggregate != Aggregate::count) shape.down *= power_of_ten(leaf->measure_scale);
  return true;
}

bool Prepared::shape_ratio(const Question& question, Shape& shape) {
  const Definition& definition = *shape.definition;
  shape.form = Form::ratio;
  shape.places = definition.decimals;
  const auto side = [&](const RatioPart& part, bool is_base, Total& out) -> const Definition* {
    const Definition& used = *definitions_->find(part.indicator);
    Fixed values =
        is_base ? known_values(*definitions_, used, question.dimensions) : question.dimensions;
    for (const auto& [name, value] : part.where) values[name] = value;
    const Period period =
        part.whole_year ? Period::of_year(question.period.year()) : question.period;
    const bool is_plain = used.kind == Kind::records && used.aggregate == Aggregate::sum;
    const bool is_added = is_plain && add_total(used, values, period, period.last_day(), 1, out);
    return is_added ? &used : nullptr;
  };
  const Definition* of = side(*definition.of, false, shape.now);
  const Definition* to = side(*definition.to, true, shape.base);
  const bool is_alike = of != nullptr && to != nullptr && of->measure_unit == to->measure_unit &&
                        of->unit == to->unit && of->measure_scale == to->measure_scale;
  if (!is_alike) return false;
  shape.up = definition.per.mantissa();
  shape.down = power_of_ten(definition.per.scale());
  return true;
}

bool Prepared::shape_growth(const Question& question, const Period& period, Shape& shape,
                            Total& now, Total& base) {
  const Definition& definition = *shape.definition;
  const auto base_period = period.years_earlier(1);
  if (!base_period) return false;
  shape.places = definition.rate_decimals;
  shape.up = 100;
  const bool is_naive = question.comparison.kind == ComparisonKind::yoy_naive;
  const bool is_comparable = !is_naive && has_comparable_base(*definitions_, definition);
  if (is_comparable && definition.kind == Kind::derived) {
    for (const auto& [name, sign] : definition.terms) {
      if (!definitions_->find(name)->comparable_base) return false;
    }
  }
  const Date end = is_comparable ? period.last_day() : base_period->last_day();
  return add_total(definition, question.dimensions, period, period.last_day(), 1, now) &&
         add_total(definition, question.dimensions, *base_period, end, 1, base);
}

// False where the sums of the cells do not say it all.
bool Prepared::add_total(const Definition& definition, const Fixed& fixed, const Period& period,
                         Date end, int sign, Total& out) {
  if (!period.is_reportable(definition.january_february)) return false;
  if (definition.kind == Kind::derived) {
    const Definition& first = *definitions_->find(definition.terms.front().first);
    return std::all_of(definition.terms.begin(), definition.terms.end(), [&](const auto& term) {
      const Definition& part = *definitions_->find(term.first);
      return part.kind == Kind::records && part.measure_unit == first.measure_unit &&
             part.unit == definition.unit && part.measure_scale == first.measure_scale &&
             add_total(part, fixed, period, end, sign * term.second, out);
    });
  }
  const bool is_summed =
      definition.aggregate == Aggregate::sum || definition.aggregate == Aggregate::count;
  if (definition.kind != Kind::records || !is_summed) return false;
  if (fixed.contains("area") && !definition.area) return false;
  const auto use = *definitions_->plans().uses[*definitions_->index_of(definition.name)];
  const Plan& plan = definitions_->plans().plans[use.plan];
  if (plan.is_stock && Month::of(end) != Month::of(period.last_day())) return false;
  const Month first = plan.is_stock ? kBeginning : period.first_month();
  const Month last = plan.is_stock ? Month::of(end) : period.last_month();
  const Fixed values = plan_values(definition, fixed, area_);
  const bool is_flow_of_ends = plan.is_effective && !plan.is_stock;
  Atom atom;
  atom.plan = use.plan;
  atom.measure = use.measure;
  atom.first = first;
  atom.last = last;
  atom.end = Month::of(end);
  atom.fixed = values;
  atom.is_stock = plan.is_stock;
  atom.slot = plan.measures[use.measure].table_slot;
  atom.has_ends = is_flow_of_ends;
  for (const auto& [name, value] : atom.fixed) {
    if (!plan.find_dimension(name)) return false;
  }
  const int ahead = atom.end.index - Month::of(atom.first.year() + 1, 12).index;
  if (is_flow_of_ends && (ahead > 0 || atom.end < atom.last)) return false;
  out.emplace_back(add_atom(std::move(atom)), sign);
  return true;
}

bool Prepared::Atom::is_like(const Atom& other) const {
  const auto same_name = [](const auto& a, const auto& b) { return a.first == b.first; };
  return plan == other.plan && measure == other.measure && first == other.first &&
         last == other.last && end == other.end &&
         std::ranges::equal(fixed, other.fixed, same_name);
}

size_t Prepared::add_atom(Atom atom) {
  const auto known = std::find(atoms_.begin(), atoms_.end(), atom);
  if (known != atoms_.end()) return static_cast<size_t>(known - atoms_.begin());
  Atom whole = atom;
  std::erase_if(whole.fixed, [](const auto& value) { return value.first != "area"; });
  atom.whole = whole.fixed == atom.fixed ? atoms_.size() : add_atom(std::move(whole));
  const auto like = std::ranges::find_if(atoms_, [&](const Atom& a) { return a.is_like(atom); });
  atom.like = static_cast<size_t>(like - atoms_.begin());
  atoms_.push_back(std::move(atom));
  return atoms_.size() - 1;
}

// Groups stay what they are: found once, found for ever.
std::optional<uint32_t> Prepared::group_of(const ZoneCells& cells, Atom& atom) const {
  if (atom.group) return atom.group;
  const PlanCells& plan = cells.plans[atom.plan];
  const Plan& shape = plan.reading().plan();
  std::vector<uint32_t> key(shape.dimensions.size(), cell::Groups::kOpen);
  for (const auto& [name, value] : atom.fixed) {
    const auto d = shape.find_dimension(name);
    const auto id = plan.groups().find(*d, value);
    if (!id) return std::nullopt;
    key[*d] = *id;
  }
  atom.group = plan.groups().select_one(key);
  return atom.group;
}

void Prepared::read_atoms(const ZoneCells& cells, const record::State& state) {
  const cell::Table::View view{state.version(), std::nullopt};
  for (size_t a = 0; a < atoms_.size(); ++a) {
    Atom& atom = atoms_[a];
    const auto group = group_of(cells, atom);
    const std::optional<Month> end = atom.has_ends ? std::optional(atom.end) : std::nullopt;
    amounts_[a] = group ? cells.plans[atom.plan].table().read_months(*group, atom.first, atom.last,
                                                                     end, atom.slot, view)
                        : cell::Amount{};
  }
}

// A part without records is zero where its whole has some. A stock's whole may have been held
// before: that takes a closer look.
Prepared::Sum Prepared::total(const Total& total) const {
  Sum out;
  for (const auto& [a, sign] : total) {
    out.value += sign * amounts_[a].sum;
    if (amounts_[a].count != 0) continue;
    out.has_gap = true;
    out.may_be_held |= atoms_[a].is_stock;
    if (amounts_[atoms_[a].whole].count == 0) out.is_recorded = false;
  }
  return out;
}

// What is not recorded: of a derived indicator or a ratio it is a part.
Status Prepared::missing(const Shape& shape) {
  return shape.definition->kind == Kind::records ? Status::no_records : Status::incomplete;
}

bool Prepared::answer_level(const Shape& shape, Answered& out) const {
  const Sum sum = total(shape.now);
  if (takes_a_look(shape, sum)) return false;
  if (!sum.is_recorded) {
    out.status = missing(shape);
    return true;
  }
  const auto value =
      quotient(sum.value, 1, shape.up, shape.down, shape.places, shape.definition->rounding);
  if (value) out = {Status::value, *value, sum.value, 1, false};
  return value.has_value();
}

bool Prepared::answer_ratio(const Shape& shape, Answered& out) const {
  const Sum part = total(shape.now);
  const Sum whole = total(shape.base);
  if (takes_a_look(shape, part) || takes_a_look(shape, whole)) return false;
  if (!part.is_recorded || !whole.is_recorded || whole.value == 0) {
    out.status = Status::incomplete;
    return true;
  }
  if (whole.value < 0) return false;
  const auto value = quotient(part.value, whole.value, shape.up, shape.down, shape.places,
                              shape.definition->rounding);
  if (value) out = {Status::value, *value, part.value, whole.value, false};
  return value.has_value();
}

bool Prepared::answer_growth(const Shape& shape, const Total& now, const Total& base,
                             Answered& out) const {
  const Sum value = total(now);
  const Sum before = total(base);
  if (takes_a_look(shape, value) || takes_a_look(shape, before)) return false;
  if (!value.is_recorded || !before.is_recorded) {
    out.status = value.is_recorded ? Status::incomplete : missing(shape);
    return true;
  }
  if (value.value < 0 || before.value <= 0) {
    out.status = Status::base_not_positive;
    return true;
  }
  const int128 increase = value.value - before.value;
  const auto rate =
      quotient(increase, before.value, shape.up, 1, shape.places, shape.definition->rounding);
  if (rate) out = {Status::value, *rate, increase, before.value, false};
  return rate.has_value();
}

bool Prepared::answer(const Shape& shape, Answered& out) const {
  switch (shape.form) {
    case Form::any:
      return false;
    case Form::level:
      return answer_level(shape, out);
    case Form::ratio:
      return answer_ratio(shape, out);
    case Form::growth:
      return answer_growth(shape, shape.now, shape.base, out);
    case Form::change: {
      Answered before;
      const bool are_rates = answer_growth(shape, shape.now, shape.base, out) &&
                             answer_growth(shape, shape.now_before, shape.base_before, before) &&
                             out.status == Status::value && before.status == Status::value;
      if (are_rates) out = {Status::value, *sub(out.value, before.value), 0, 0, false};
      return are_rates;
    }
  }
  return false;
}

// The long way where need be.
void Prepared::answer_question(const Figures& figures, const record::State& state, size_t question,
                               Answered& out) {
  out = {};
  is_asked_[question] = answer(shapes_[question], out) ? 0 : 1;
  if (is_asked_[question] == 0) return;
  out = {};
  const auto figure = figures.figure(state, questions_[question]);
  if (figure) {
    shapes_[question].is_known = true;
    out = {figure->status, figure->value, 0, 0, false};
  } else {
    out.is_refused = true;
  }
}

const std::vector<Answered>& Prepared::answer(const Figures& figures, const record::State& state) {
  const ZoneCells& cells = figures.cells();
  const bool is_same = followed_ == cells.number && state.position() == position_;
  if (is_same) return answers_;
  if (!follow(cells, state)) {
    read_atoms(cells, state);
    begin_following(cells, state);
  }
  for (size_t q = 0; q < questions_.size(); ++q) {
    if (is_stale_[q] == 0 && is_asked_[q] == 0) continue;
    answer_question(figures, state, q, answers_[q]);
    is_stale_[q] = 0;
  }
  return answers_;
}

Result<void> Prepared::answer_from_records(const Figures& figures, const record::State& state,
                                           std::vector<Answered>& out) {
  std::vector<ScanRequest> requests;
  for (const Atom& atom : atoms_) {
    requests.push_back(
        {atom.plan, atom.measure, atom.first, atom.last, atom.end, &atom.fixed, atom.like});
  }
  followed_ = 0;  // the amounts are no more those of the cells
  scan(figures.cells(), state, requests, amounts_);
  out.resize(questions_.size());
  for (size_t q = 0; q < questions_.size(); ++q) {
    if (shapes_[q].form == Form::any) {
      return fail(ErrorKind::unavailable, "figure.not_prepared", "该数据不能只由记录直接算出",
                  "this figure is not computed from records alone");
    }
    answer_question(figures, state, q, out[q]);
  }
  return {};
}

}  // namespace wutong::indicator
