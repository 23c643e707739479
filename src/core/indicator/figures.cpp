#include "core/indicator/figures.hpp"

#include <algorithm>

#include "base/planted.hpp"
#include "base/text.hpp"
#include "core/indicator/answer.hpp"
#include "core/indicator/area.hpp"
#include "core/indicator/explain.hpp"
#include "core/indicator/plan.hpp"
#include "core/indicator/split.hpp"

namespace wutong::indicator {

struct Figures::Impl {
  explicit Impl(std::shared_ptr<Versions> versions) : cells(std::move(versions)) {}
  ZoneCells cells;
  Counter series_rows;
  Seq recomputed_at;                            // the journals begin here
  std::vector<std::vector<uint32_t>> plans_of;  // by register: plans that a change of it can move
  std::vector<uint32_t> moved;                  // plans moved since the last commit

  void create_plans() {
    const auto& plans = cells.definitions->plans().plans;
    for (uint32_t p = 0; p < plans.size(); ++p) {
      cells.plans.emplace_back(cells.definitions->all(), plans[p], cells.versions);
      for (size_t reg : registers_behind(plans[p])) {
        if (plans_of.size() <= reg) plans_of.resize(reg + 1);
        plans_of[reg].push_back(p);
      }
    }
  }
  std::vector<uint32_t> plans_behind(std::span<const record::Touched> touched) const {
    std::vector<uint32_t> out;
    for (const record::Touched& part : touched) {
      if (part.register_index >= plans_of.size()) continue;
      const auto& plans = plans_of[part.register_index];
      out.insert(out.end(), plans.begin(), plans.end());
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }
  Work work() const {
    Work out;
    out.records += series_rows.value();
    for (const PlanCells& plan : cells.plans) {
      out.cells += plan.cells_touched();
      out.records += plan.records_read();
    }
    return out;
  }
  void change(const record::State& state, std::span<const record::Touched> touched, int sign) {
    for (uint32_t p : plans_behind(touched)) {
      PlanCells& plan = cells.plans[p];
      const Plan& shape = plan.reading().plan();
      moved.push_back(p);
      if (sign > 0 && shape.profile) plan.forget(profile_targets(shape, state, touched));
      auto rows = dependents(shape, state, touched);
      if (PLANTED("attribute_stale")) {
        const auto is_own = [&](const record::Touched& part) {
          return part.register_index == shape.register_index;
        };
        if (std::none_of(touched.begin(), touched.end(), is_own)) rows.clear();
      }
      if (PLANTED("last_row_dropped") && rows.size() > 1) rows.pop_back();
      if (!moves_amounts_only(shape, touched)) {
        plan.change(state, rows, sign);
      } else if (sign < 0) {
        plan.hold(state, rows);
      } else {
        plan.settle(state, rows);
      }
    }
    for (const record::Touched& part : touched) {
      if (!state.schema().registers()[part.register_index].series) continue;
      series_rows.add(part.rows.size());
      cells.series.change(state, part.register_index, part.rows, sign);
    }
  }
  void commit(const record::State& state, Seq position) {
    for (uint32_t p : moved) cells.plans[p].commit(position);  // again changes nothing
    moved.clear();
    cells.series.commit(state, position);
  }
  Result<void> check_told(const Question& question) const {
    if (!question.as_of || *question.as_of >= recomputed_at) return {};
    return fail(ErrorKind::unavailable, "figure.before_journal",
                "位置 " + std::to_string(question.as_of->value) + " 早于重算，需重放记录",
                "position " + std::to_string(question.as_of->value) +
                    " is before the cells were recomputed; replay up to it");
  }
  // Positions from the newest on need no journal.
  static std::optional<Seq> as_of(const record::State& state, const Question& question) {
    if (!question.as_of || *question.as_of >= state.position()) return std::nullopt;
    return question.as_of;
  }
};

Figures::Figures(std::shared_ptr<const Definitions> definitions, std::string zone, std::string area,
                 bool synthetic, std::shared_ptr<Versions> versions)
    : impl_(std::make_unique<Impl>(std::move(versions))) {
  impl_->cells.definitions = std::move(definitions);
  impl_->cells.zone = std::move(zone);
  impl_->cells.area = std::move(area);
  impl_->cells.synthetic = synthetic;
  impl_->create_plans();
}
Figures::~Figures() = default;
Figures::Figures(Figures&&) noexcept = default;
Figures& Figures::operator=(Figures&&) noexcept = default;

const Definitions& Figures::definitions() const { return *impl_->cells.definitions; }

const ZoneCells& Figures::cells() const { return impl_->cells; }

void Figures::retract(const record::State& before, std::span<const record::Touched> touched) {
  if (PLANTED("retraction_lost") && touched.size() == 1 && !touched[0].creates) return;
  impl_->change(before, touched, -1);
}

void Figures::add(const record::State& after, std::span<const record::Touched> touched,
                  Seq position) {
  impl_->change(after, touched, 1);
  impl_->commit(after, position);
}

void Figures::recompute(const record::State& state, Seq position) {
  for (uint32_t p = 0; p < impl_->cells.plans.size(); ++p) {
    PlanCells& plan = impl_->cells.plans[p];
    plan.change(state, all_records(state, plan.reading().plan().register_index), 1);
    impl_->moved.push_back(p);
  }
  const auto& registers = state.schema().registers();
  for (size_t i = 0; i < registers.size(); ++i) {
    if (!registers[i].series) continue;
    const auto rows = all_records(state, i);
    impl_->series_rows.add(rows.size());
    impl_->cells.series.change(state, i, rows, 1);
  }
  impl_->commit(state, position);
  impl_->recomputed_at = position;
}

bool Figures::equals(const Figures& other, std::string* difference) const {
  const ZoneCells& mine = impl_->cells;
  const ZoneCells& theirs = other.impl_->cells;
  const auto differ = [difference](std::string text) {
    if (difference != nullptr) *difference = std::move(text);
    return false;
  };
  if (mine.plans.size() != theirs.plans.size()) return differ("the plans differ in number");
  for (size_t i = 0; i < mine.plans.size(); ++i) {
    const Plan& plan = mine.plans[i].reading().plan();
    const std::string& name = mine.definitions->all()[plan.definition].name;
    const auto here = mine.plans[i].describe();
    const auto there = theirs.plans[i].describe();
    for (const auto& [cell, amount] : here) {
      const auto found = there.find(cell);
      if (found != there.end() && found->second == amount) continue;
      return differ(name + " " + cell + ": " + amount + " against " +
                    (found == there.end() ? "nothing" : found->second));
    }
    for (const auto& [cell, amount] : there) {
      if (!here.contains(cell)) return differ(name + " " + cell + ": nothing against " + amount);
    }
  }
  return mine.series.equals(theirs.series, difference);
}

Result<Figure> Figures::figure(const record::State& state, const Question& question) const {
  auto answer = exact(state, question);
  if (!answer) return fail(std::move(answer.error()));
  return std::move(answer->figure);
}

Result<ExactFigure> Figures::exact(const record::State& state, const Question& question) const {
  if (auto told = impl_->check_told(question); !told) return fail(told.error());
  const Levels levels(impl_->cells, state, Impl::as_of(state, question), nullptr);
  auto answer = Answering(levels, false).answer(question);
  if (!answer) return fail(std::move(answer.error()));
  const Exact value = answer->unrounded.value_or(Exact(answer->figure.value));
  return ExactFigure{std::move(answer->figure), value};
}

Result<Explanation> Figures::explain(const record::State& state, const Question& question,
                                     PageOfRecords page, const PublishedBase* published) const {
  const Levels levels(impl_->cells, state, Impl::as_of(state, question), nullptr);
  return indicator::explain(levels, question, published, page.offset, page.limit);
}

std::optional<Date> Figures::base_known_by(const Question& question) const {
  return indicator::base_known_by(*impl_->cells.definitions, question);
}

Result<PublishedBase> Figures::base_as_known(const record::State& state,
                                             const Question& question) const {
  return indicator::base_as_known(Levels(impl_->cells, state, std::nullopt, nullptr), question);
}

std::vector<Seq> Figures::changes(const record::State& state, const Question& question) const {
  std::vector<Seq> positions;
  const Levels levels(impl_->cells, state, Impl::as_of(state, question), &positions);
  if (!Answering(levels, false).answer(question)) return {};
  std::sort(positions.begin(), positions.end());
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
  std::vector<Seq> out;
  std::optional<Figure> before;
  Question asked = question;
  for (Seq position : positions) {
    if (question.as_of && position > *question.as_of) break;
    asked.as_of = position;
    auto now = figure(state, asked);
    if (!now) continue;
    const bool is_first = !before && now->status == Status::no_records;
    const bool is_same = before && before->status == now->status && before->value == now->value;
    if (!is_first && !is_same) out.push_back(position);
    before = std::move(*now);
  }
  return out;
}

Figures::Work Figures::work() const { return impl_->work(); }

namespace {

std::optional<Period> period_ending(PeriodKind kind, Month last, Date day) {
  switch (kind) {
    case PeriodKind::month:
      return Period::of_month(last);
    case PeriodKind::quarter:
      if (last.month() % 3 != 0) return std::nullopt;
      return Period::of_quarter(last.year(), last.month() / 3);
    case PeriodKind::half:
      if (last.month() % 6 != 0) return std::nullopt;
      return Period::of_half(last.year(), last.month() / 6);
    case PeriodKind::year:
      if (last.month() != 12) return std::nullopt;
      return Period::of_year(last.year());
    case PeriodKind::cumulative:
      return Period::cumulative(last.year(), last.month());
    case PeriodKind::as_of:
      return Period::as_of(day);
    case PeriodKind::day:
      return Period::of_day(day);
    case PeriodKind::since:
      return std::nullopt;
  }
  return std::nullopt;
}

// The last month in which a plan has anything up to a month; of a stock the month itself.
std::optional<Month> last_recorded(const PlanCells& cells, const cell::Table::View& view,
                                   const std::string& area, Month up_to) {
  const Plan& plan = cells.reading().plan();
  std::vector<uint32_t> key(plan.dimensions.size(), cell::Groups::kOpen);
  if (plan.has_area) {
    const auto id = cells.groups().find(0, area);
    if (!id) return std::nullopt;
    key[0] = *id;
  }
  std::optional<Month> out;
  for (uint32_t group : cells.groups().select(key)) {
    const auto first = cells.table().first_month(group, view);
    if (!first || *first > up_to) continue;
    if (plan.is_stock) return up_to;
    for (Month m = std::min(*cells.table().last_month(group, view), up_to); m >= *first;
         m = m.plus(-1)) {
      if (cells.table().read(group, m, m, {}, 0, view).count <= 0) continue;
      if (!out || m > *out) out = m;
      break;
    }
  }
  return out;
}

}  // namespace

std::optional<Period> Figures::newest(const record::State& state, std::string_view indicator,
                                      PeriodKind kind, Date day) const {
  const ZoneCells& cells = impl_->cells;
  const Definition* definition = cells.definitions->find(indicator);
  if (definition == nullptr) return std::nullopt;
  constexpr int kMonthsBack = 480;
  Question question{cells.zone, std::string(indicator), {}, {}, {}, {}, {}};
  const auto is_recorded = [&](const Period& period) {
    question.period = period;
    const auto found = figure(state, question);
    return found && found->status == Status::value;
  };
  if (definition->kind == Kind::series) {
    const auto area = find_area(state, cells.area);
    if (!area) return std::nullopt;
    const auto periods = cells.series.periods(*area, indicator, kind, state.position());
    for (auto at = periods.rbegin(); at != periods.rend(); ++at) {
      if (at->last_day() <= day && is_recorded(*at)) return *at;
    }
    return std::nullopt;
  }
  Month last = Month::of(day);
  if (kind == PeriodKind::as_of || kind == PeriodKind::day) {
    const auto period = *period_ending(kind, last, day);
    return is_recorded(period) ? std::optional(period) : std::nullopt;
  }
  if (last.last_day() > day) last = last.plus(-1);
  if (definition->kind == Kind::records) {
    const auto use = *cells.definitions->plans().uses[*cells.definitions->index_of(indicator)];
    const auto found =
        last_recorded(cells.plans[use.plan], {state.version(), {}}, cells.area, last);
    if (!found) return std::nullopt;
    last = *found;
  }
  for (int back = 0; back < kMonthsBack; ++back) {
    const auto period = period_ending(kind, last.plus(-back), day);
    if (period && is_recorded(*period)) return period;
  }
  return std::nullopt;
}

}  // namespace wutong::indicator
