#include "core/indicator/level.hpp"

#include <algorithm>

#include "base/planted.hpp"
#include "base/text.hpp"
#include "core/indicator/area.hpp"
#include "core/indicator/plan.hpp"

namespace wutong::indicator {

namespace {

tl::unexpected<Error> does_not_fit(const Definition& definition) {
  return fail(ErrorKind::too_large, "figure.overflow",
              "指标“" + definition.title.zh + "”的计算结果超出 38 位数字",
              "the calculation of '" + definition.name + "' does not fit 38 digits");
}

tl::unexpected<Error> wrong_period(const Definition& definition, const Period& period,
                                   std::string zh, std::string en) {
  return fail(
      ErrorKind::invalid, "figure.period_unsuitable",
      "指标“" + definition.title.zh + "”没有“" + period.zh() + "”这样的报告期：" + std::move(zh),
      "'" + definition.name + "' has no period " + period.to_string() + ": " + std::move(en));
}

// Exact value of the sums in the measured unit.
std::optional<Exact> value_of(const Definition& definition, const Sums& sums) {
  const auto decimal = [&](int128 number) {
    if (definition.is_date()) return measured(definition, number);
    const int scale = definition.measure_scale + (PLANTED("scale_off_by_one") ? 1 : 0);
    return Decimal::from_parts(number, scale);
  };
  switch (definition.aggregate) {
    case Aggregate::sum:
      return Exact(decimal(sums.amount.sum));
    case Aggregate::count:
      return Exact(Decimal(sums.accepted.count));
    case Aggregate::count_distinct:
      return Exact(Decimal(static_cast<int64_t>(sums.elements.size())));
    case Aggregate::avg:
      return Exact::quotient(decimal(sums.amount.sum), PLANTED("average_over_absent")
                                                           ? sums.accepted.count
                                                           : sums.amount.count);
    case Aggregate::min:
      return Exact(decimal(sums.elements.begin()->first.value));
    case Aggregate::max:
    case Aggregate::last:
      if (PLANTED("last_is_first")) return Exact(decimal(sums.elements.begin()->first.value));
      return Exact(decimal(sums.elements.rbegin()->first.value));
  }
  return std::nullopt;
}

// A sum over nothing is zero where the period itself is recorded; an average or a minimum is not.
bool has_zero(Aggregate aggregate) {
  switch (aggregate) {
    case Aggregate::sum:
    case Aggregate::count:
    case Aggregate::count_distinct:
      return true;
    case Aggregate::avg:
    case Aggregate::min:
    case Aggregate::max:
    case Aggregate::last:
      return false;
  }
  return false;
}

// Was anything of a group of a stock held on some day up to `last`? The earliest cell of what is
// recorded now is the beginning of a holding; cells of what was withdrawn are empty.
bool was_held(const PlanCells& cells, uint32_t group, Date last, const cell::Table::View& view) {
  const auto first = cells.table().first_month(group, view);
  if (!first) return false;
  const Month until = std::min(Month::of(last), *cells.table().last_month(group, view));
  for (Month month = *first; month <= until; month = month.plus(1)) {
    const int days = month == Month::of(last) ? last.day() : 31;
    for (uint8_t day = 1; day <= days; ++day) {
      if (cells.table().read(group, month, month, {day, day}, 0, view).count != 0) return true;
    }
  }
  return false;
}

Result<void> check_names(const Definition& definition, const Fixed& fixed) {
  std::vector<std::string> names{"area"};
  for (const Dimension& dimension : definition.dimensions) names.push_back(dimension.name);
  for (const auto& [name, value] : fixed) {
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    std::string zh =
        "指标“" + definition.title.zh + "”没有维度“" + name + "”，可用：" + join(names, "、");
    std::string en =
        "'" + definition.name + "' has no dimension '" + name + "'; it has " + join(names, ", ");
    if (const auto nearest = nearest_name(name, names)) {
      zh += "；是否指“" + *nearest + "”";
      en += "; did you mean '" + *nearest + "'?";
    }
    return fail(ErrorKind::not_found, "figure.unknown_dimension", zh, en);
  }
  return {};
}

}  // namespace

record::Title describe(const Definition& definition, const record::Title& area,
                       const Period& period) {
  return {area.zh + period.zh() + definition.title.zh,
          definition.title.en + (area.en.empty() ? "" : " of " + area.en) + ", " + period.en()};
}

Fixed plan_values(const Definition& definition, const Fixed& fixed, const std::string& own_area) {
  Fixed out = fixed;
  if (!definition.area) {
    out.erase("area");
  } else if (!out.contains("area")) {
    out["area"] = own_area;
  }
  return out;
}

Fixed known_values(const Definitions& definitions, const Definition& definition,
                   const Fixed& fixed) {
  Fixed out;
  for (const auto& [name, value] : fixed) {
    bool is_known = name == "area";
    for (const Dimension& dimension : definition.dimensions) is_known |= dimension.name == name;
    if (definition.of) {
      is_known |=
          known_values(definitions, *definitions.find(definition.of->indicator), {{name, value}})
              .contains(name);
    }
    for (const auto& [term, sign] : definition.terms) {
      is_known |=
          known_values(definitions, *definitions.find(term), {{name, value}}).contains(name);
    }
    if (is_known) out.emplace(name, value);
  }
  return out;
}

bool has_comparable_base(const Definitions& definitions, const Definition& definition) {
  if (definition.comparable_base) return true;
  return std::any_of(definition.terms.begin(), definition.terms.end(), [&](const auto& term) {
    return has_comparable_base(definitions, *definitions.find(term.first));
  });
}

std::string Levels::own_area(const Fixed& fixed) const {
  const auto found = fixed.find("area");
  return found == fixed.end() ? cells_->area : found->second;
}

bool Levels::reads_records(const Definition& definition, const Fixed& fixed) const {
  if (definition.kind != Kind::records) return false;
  return definition.area.has_value() || own_area(fixed) == cells_->area;
}

Result<void> Levels::check(const Definition& definition, const Fixed& fixed,
                           const Period& period) const {
  if (definition.kind == Kind::ratio || definition.kind == Kind::derived) return {};
  if (auto ok = check_names(definition, fixed); !ok) return ok;
  if (definition.kind != Kind::records) return {};
  if (definition.is_stock && period.kind() == PeriodKind::since) {
    return wrong_period(definition, period, "它是时点数，应使用截至某日",
                        "it is a stock; ask as of a day");
  }
  const auto use =
      *cells_->definitions->plans().uses[*cells_->definitions->index_of(definition.name)];
  const PlanCells& cells = cells_->plans[use.plan];
  const Plan& plan = cells.reading().plan();
  if (period.kind() == PeriodKind::day && !definition.is_stock &&
      (plan.time_kind == TimeKind::month || plan.time_kind == TimeKind::period)) {
    return wrong_period(definition, period, "记录只到月", "its records know months only");
  }
  for (const auto& [name, value] : fixed) {
    const auto d = plan.find_dimension(name);
    if (!d || name == "area" || cells.groups().find(*d, value)) continue;
    const record::Field& field = last_field(state_->schema(), plan.dimensions[*d].path);
    const auto target = state_->schema().index_of(field.target);
    if (target && state_->find(*target, value)) continue;
    std::vector<std::string> known = cells.groups().values(*d);
    if (field.kind == record::FieldKind::boolean) known.insert(known.end(), {"true", "false"});
    for (const record::Code& code : field.codes) known.push_back(code.value);
    if (std::find(known.begin(), known.end(), value) != known.end()) continue;
    std::string zh = "维度“" + name + "”没有取值“" + value + "”";
    std::string en = "dimension '" + name + "' has no value '" + value + "'";
    if (const auto nearest = nearest_name(value, known)) {
      zh += "，是否指“" + *nearest + "”";
      en += "; did you mean '" + *nearest + "'?";
    }
    return fail(ErrorKind::not_found, "figure.unknown_value", zh, en);
  }
  return {};
}

Result<Level> Levels::level(const Definition& definition, const Fixed& fixed, const Period& period,
                            std::optional<Date> attributes) const {
  if (auto ok = check(definition, fixed, period); !ok) return fail(std::move(ok.error()));
  if (const auto area = fixed.find("area"); area != fixed.end() && area->second != cells_->area) {
    if (const auto known = require_area(*state_, area->second); !known) return fail(known.error());
  }
  const bool is_flow = definition.kind == Kind::records && !definition.is_stock;
  const bool is_silent = is_flow && !PLANTED("january_alone");
  if (is_silent && !period.is_reportable(definition.january_february)) {
    Level out;
    out.status = Status::not_reportable;
    return out;
  }
  switch (definition.kind) {
    case Kind::records:
      if (!reads_records(definition, fixed)) return level_of_series(definition, fixed, period);
      if (PLANTED("roster_of_the_first_day")) attributes = period.first_day();
      return level_of_records(definition, fixed, period, attributes.value_or(period.last_day()));
    case Kind::series:
      return level_of_series(definition, fixed, period);
    case Kind::ratio:
      return level_of_ratio(definition, fixed, period);
    case Kind::derived:
      return level_of_terms(definition, fixed, period, attributes);
  }
  return Level{};
}

Result<bool> Levels::is_recorded(const Definition& definition, const Fixed& fixed,
                                 const Period& period, Date attributes) const {
  const auto use =
      *cells_->definitions->plans().uses[*cells_->definitions->index_of(definition.name)];
  const Plan& plan = cells_->plans[use.plan].reading().plan();
  Fixed all;
  if (const auto area = fixed.find("area"); area != fixed.end()) all.insert(*area);
  if (PLANTED("always_recorded")) return true;
  if (definition.is_stock) {
    // Held once is recorded, even if nothing is held on the day.
    std::vector<uint32_t> key(plan.dimensions.size(), cell::Groups::kOpen);
    const PlanCells& cells = cells_->plans[use.plan];
    if (plan.has_area) {
      const auto id = cells.groups().find(0, own_area(fixed));
      if (!id) return false;
      key[0] = *id;
    }
    for (uint32_t group : cells.groups().select(key)) {
      if (was_held(cells, group, period.last_day(), view())) return true;
    }
    return false;
  }
  const auto whole = sums(definition, all, period, attributes);
  if (!whole) return fail(whole.error());
  return definition.aggregate == Aggregate::count ? whole->accepted.count > 0
                                                  : whole->amount.count > 0;
}

Result<Level> Levels::level_of_records(const Definition& definition, const Fixed& fixed,
                                       const Period& period, Date attributes) const {
  const auto found = sums(definition, fixed, period, attributes);
  if (!found) return fail(found.error());
  Level out;
  const int64_t count =
      definition.aggregate == Aggregate::count ? found->accepted.count : found->amount.count;
  if (count == 0) {
    const auto recorded = has_zero(definition.aggregate) && !PLANTED("no_zero")
                              ? is_recorded(definition, fixed, period, attributes)
                              : Result<bool>(false);
    if (!recorded) return fail(recorded.error());
    if (!*recorded) {
      out.missing = describe(definition, area_title(*state_, own_area(fixed)), period);
      return out;
    }
  }
  const auto value = value_of(definition, *found);
  const auto converted =
      value ? convert_exact(*value, definition.measure_unit, definition.unit) : std::nullopt;
  if (!converted) return does_not_fit(definition);
  out.status = Status::value;
  out.value = *converted;
  return out;
}

Result<Level> Levels::stated(const Definition& definition, const Fixed& fixed, const Period& period,
                             SeriesKind kind) const {
  if (auto ok = check(definition, fixed, period); !ok) return fail(std::move(ok.error()));
  if (const auto area = fixed.find("area"); area != fixed.end() && area->second != cells_->area) {
    if (const auto known = require_area(*state_, area->second); !known) return fail(known.error());
  }
  return level_of_series(definition, fixed, period, kind);
}

Result<Level> Levels::level_of_series(const Definition& definition, const Fixed& fixed,
                                      const Period& period, SeriesKind kind) const {
  Level out;
  out.is_series = true;
  const std::string area = own_area(fixed);
  out.missing = describe(definition, area_title(*state_, area), period);
  const auto record = find_area(*state_, area);
  const bool has_values = fixed.size() > (fixed.contains("area") ? 1U : 0U);
  if (!record || has_values) return out;
  const std::string line = series_line(definition.name, kind);
  if (trace_ != nullptr) cells_->series.positions(*record, line, period, *trace_);
  const auto found = cells_->series.find(*record, line, period, position());
  if (!found) return out;
  out.reported_growth = found->growth;
  if (!found->value) return out;
  if (PLANTED("growth_lost")) out.reported_growth.reset();
  const Unit from = found->unit.is_plain() ? definition.unit : found->unit;
  if (!is_convertible(from, definition.unit)) return out;
  const auto value = convert_exact(Exact(*found->value), from, definition.unit);
  if (!value) return does_not_fit(definition);
  out.value = *value;
  out.status = Status::value;
  return out;
}

namespace {

Level incomplete(const Level& part) {
  Level out;
  out.status = part.status == Status::not_reportable ? Status::not_reportable : Status::incomplete;
  out.missing = part.missing;
  return out;
}

}  // namespace

Result<Level> Levels::level_of_ratio(const Definition& definition, const Fixed& fixed,
                                     const Period& period) const {
  const auto read = [&](const RatioPart& part, bool is_base) -> Result<Level> {
    const Definition& used = *cells_->definitions->find(part.indicator);
    Fixed values = is_base ? known_values(*cells_->definitions, used, fixed) : fixed;
    for (const auto& [name, value] : part.where) {
      if (!PLANTED("part_without_values")) values[name] = value;
    }
    const bool is_year = part.whole_year && !PLANTED("year_forgotten");
    return level(used, values, is_year ? Period::of_year(period.year()) : period);
  };
  // Reference areas may state the ratio itself.
  if (own_area(fixed) != cells_->area) {
    auto stated = level_of_series(definition, fixed, period);
    if (!stated || stated->status == Status::value) return stated;
  }
  const auto of = read(*definition.of, false);
  if (!of) return fail(of.error());
  if (of->status != Status::value) return incomplete(*of);
  const auto to = read(*definition.to, true);
  if (!to) return fail(to.error());
  if (to->status != Status::value) return incomplete(*to);
  Level out;
  if (to->value.is_zero()) {
    out.status = Status::incomplete;
    out.missing = {"分母为零", "the denominator is zero"};
    return out;
  }
  const Unit of_unit = cells_->definitions->find(definition.of->indicator)->unit;
  const Unit to_unit = cells_->definitions->find(definition.to->indicator)->unit;
  std::optional<Exact> value = divide(of->value, to->value);
  if (value && is_convertible(of_unit, to_unit)) value = convert_exact(*value, of_unit, to_unit);
  if (value) value = multiply(*value, Exact(definition.per));
  if (!value) return does_not_fit(definition);
  out.status = Status::value;
  out.value = *value;
  return out;
}

Result<Level> Levels::level_of_terms(const Definition& definition, const Fixed& fixed,
                                     const Period& period, std::optional<Date> attributes) const {
  if (own_area(fixed) != cells_->area) {
    auto stated = level_of_series(definition, fixed, period);
    if (!stated || stated->status == Status::value || stated->reported_growth) return stated;
  }
  Level out;
  out.status = Status::value;
  for (const auto& [name, sign] : definition.terms) {
    const Definition& term = *cells_->definitions->find(name);
    const bool moves = attributes && !PLANTED("term_of_old_roster") &&
                       (term.comparable_base || term.kind == Kind::derived);
    const auto part = level(term, fixed, period, moves ? attributes : std::nullopt);
    if (!part) return fail(part.error());
    if (part->status != Status::value) return incomplete(*part);
    const auto converted = convert_exact(part->value, term.unit, definition.unit);
    const int used_sign = PLANTED("term_sign") ? 1 : sign;
    const auto total = converted ? add(out.value, *converted, used_sign) : std::nullopt;
    if (!total) return does_not_fit(definition);
    out.value = *total;
  }
  return out;
}

}  // namespace wutong::indicator
