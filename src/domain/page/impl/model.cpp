#include "domain/page/impl/model.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "core/indicator/answer.hpp"
#include "domain/page/impl/recorded.hpp"

namespace wutong::page {

using indicator::Comparison;
using indicator::ComparisonKind;
using indicator::Definition;

namespace {

constexpr int kHundred = 100;

// Unit of things that come in whole numbers.
bool is_whole(const Definition& definition) {
  constexpr std::string_view kNot[] = {
      "money",       "money_usd", "area",       "mass",     "mass_rate",         "energy",
      "electricity", "length",    "proportion", "multiple", "proportion_change", "items_rate"};
  const bool is_measured =
      std::find(std::begin(kNot), std::end(kNot), definition.unit.dimension()) != std::end(kNot);
  return !is_measured && definition.kind != indicator::Kind::ratio && definition.decimals == 0;
}

}  // namespace

bool operator<(const FigureKey& a, const FigureKey& b) {
  const auto tied = [](const FigureKey& key) {
    return std::tuple(std::string_view(key.indicator), key.area, key.is_growth,
                      key.period.to_string());
  };
  const auto left = tied(a), right = tied(b);
  return left != right ? left < right : a.dimensions < b.dimensions;
}

Model::Model(const ZoneRecords& records, const Reading& reading, bool is_as_printed)
    : records_(records), reading_(reading), is_as_printed_(is_as_printed) {}

Interval Model::interval_of(const Claim& claim) const {
  if (!is_as_printed_ || !claim.value) return as_recorded(claim);
  Claim printed = claim;
  printed.interval = {claim.value, claim.value, true, true};
  return as_recorded(printed);
}

const Definition* Model::find(const std::string& name) const {
  return records_.catalog->indicators->find(name);
}

size_t Model::variable(const FigureKey& key) {
  const auto found = variables_.find(key);
  if (found != variables_.end()) return found->second;
  const Definition* definition = find(key.indicator);
  const bool is_positive = !key.is_growth && definition->kind != indicator::Kind::derived;
  const size_t index =
      solver_.add_variable(!is_as_printed_ && !key.is_growth && is_whole(*definition), is_positive);
  variables_.emplace(key, index);
  return index;
}

std::optional<size_t> Model::known(const FigureKey& key) const {
  const auto found = variables_.find(key);
  return found == variables_.end() ? std::nullopt : std::optional(found->second);
}

size_t Model::constant(const Interval& interval, size_t claim) {
  const size_t index = solver_.add_variable(false, false);
  solver_.give(index, interval, claim);
  return index;
}

// What is said of another area binds nothing of the zone.
void Model::give(size_t claim, const indicator::Question& question) {
  if (question.dimensions.contains("area")) return;
  const Definition* definition = find(question.indicator);
  const Interval interval = interval_of(reading_.claims[claim]);
  const Comparison& comparison = question.comparison;
  FigureKey own{question.indicator, question.dimensions, question.period, {}, false};
  FigureKey growth = own;
  growth.is_growth = definition->kind != indicator::Kind::ratio;
  FigureKey theirs = own;
  theirs.area = comparison.argument;
  switch (comparison.kind) {
    case ComparisonKind::level:
      solver_.give(variable(own), interval, claim);
      return;
    case ComparisonKind::yoy:
      if (definition->kind == indicator::Kind::ratio) return;
      solver_.give(variable(growth), interval, claim);
      return;
    case ComparisonKind::change_pp: {
      const auto before = indicator::previous_period(question.period, comparison.argument,
                                                     definition->january_february);
      if (!before) return;
      FigureKey earlier = growth;
      earlier.period = *before;
      const size_t change = constant(interval, claim);
      solver_.add_sum({{variable(growth), 1}, {change, -1}, {variable(earlier), -1}}, Decimal(0));
      changes_.push_back({growth, earlier, claim});
      return;
    }
    case ComparisonKind::gap_pp: {
      growth.is_growth = theirs.is_growth = definition->kind != indicator::Kind::ratio;
      const size_t gap = constant(interval, claim);
      solver_.add_sum({{variable(growth), 1}, {gap, -1}, {variable(theirs), -1}}, Decimal(0));
      return;
    }
    case ComparisonKind::multiple:
      solver_.add_product(variable(theirs), constant(interval, claim), variable(own), Decimal(1));
      return;
    case ComparisonKind::share:
      if (comparison.argument == "total" || indicator::is_over_zones(comparison)) return;
      solver_.add_product(variable(theirs), constant(interval, claim), variable(own),
                          Decimal(kHundred));
      solver_.add_at_most(variable(own), variable(theirs));
      return;
    case ComparisonKind::minimum: {
      const size_t least = constant(interval, claim);
      for (int quarter = 1; quarter <= 4; ++quarter) {
        FigureKey each = growth;
        const auto period = Period::of_quarter(question.period.year(), quarter);
        if (!period || !question.period.contains(*period)) continue;
        each.period = *period;
        solver_.add_at_most(least, variable(each));
      }
      return;
    }
    case ComparisonKind::yoy_naive:
    case ComparisonKind::mom:
    case ComparisonKind::two_year_average:
    case ComparisonKind::cagr:
    case ComparisonKind::rank:
    case ComparisonKind::only_one_above:
    case ComparisonKind::streak:
    case ComparisonKind::target:
    case ComparisonKind::forecast:
    case ComparisonKind::completion:
      return;
  }
}

// Growth of a level over last year's published level. Not where it is reported (constant prices) or
// where firms that entered bring their base along (domain.md 1.7).
bool Model::has_plain_base(const Definition& definition) const {
  if (definition.kind == indicator::Kind::ratio || definition.growth_reported) return false;
  if (definition.comparable_base) return false;
  return std::all_of(definition.terms.begin(), definition.terms.end(),
                     [&](const auto& term) { return has_plain_base(*find(term.first)); });
}

// level × 100 = base × (100 + growth)
void Model::add_growth(const FigureKey& growth) {
  FigureKey level = growth, base = growth;
  level.is_growth = base.is_growth = false;
  const auto year_before = growth.period.years_earlier(1);
  if (!year_before) return;
  base.period = *year_before;
  const size_t factor = solver_.add_variable(false, true);
  solver_.add_sum({{factor, 1}, {variable(growth), -1}}, Decimal(kHundred));
  const size_t now = variable(level), then = variable(base);
  for (size_t each : {now, then}) solver_.require_not_negative(each);
  solver_.add_product(then, factor, now, Decimal(kHundred));
}

// The terms and the total of a period as soon as two of them are known.
void Model::add_formula(const Definition& definition) {
  std::set<std::pair<std::string, std::map<std::string, std::string>>> places;
  std::vector<FigureKey> found;
  std::vector<std::pair<std::string, int>> members = definition.terms;
  members.emplace_back(definition.name, -1);
  for (const auto& [key, index] : variables_) {
    const bool is_member = std::any_of(members.begin(), members.end(), [&](const auto& member) {
      return member.first == key.indicator;
    });
    const bool is_new =
        is_member && places.emplace(key.period.to_string() + key.area, key.dimensions).second;
    if (is_new) found.push_back(key);
  }
  for (FigureKey key : found) {
    size_t given = 0;
    std::vector<Solver::Term> terms;
    for (const auto& [name, sign] : members) {
      key.indicator = name;
      key.is_growth = false;
      given += known(key) ? 1 : 0;
    }
    if (given < 2) continue;
    for (const auto& [name, sign] : members) {
      key.indicator = name;
      terms.push_back({variable(key), sign});
      solver_.require_not_negative(terms.back().variable);
    }
    solver_.add_sum(terms, Decimal(0));
  }
}

void Model::add_ratio(const Definition& definition) {
  const Definition* of = find(definition.of->indicator);
  const Definition* to = find(definition.to->indicator);
  if (definition.to->whole_year || !(of->unit == to->unit)) return;
  std::vector<FigureKey> found;
  for (const auto& [key, index] : variables_) {
    if (key.indicator == definition.name && !key.is_growth) found.push_back(key);
  }
  for (const FigureKey& key : found) {
    FigureKey part = key, whole = key;
    part.indicator = of->name;
    whole.indicator = to->name;
    for (const auto& [name, value] : definition.of->where) part.dimensions[name] = value;
    for (const auto& [name, value] : definition.to->where) whole.dimensions[name] = value;
    for (const FigureKey* each : {&part, &whole}) solver_.require_not_negative(variable(*each));
    solver_.add_product(variable(whole), variable(key), variable(part), definition.per);
  }
}

// Counted under all of the whole's conditions and more.
bool Model::is_part(const Definition& part, const Definition& whole) const {
  const bool is_alike = part.kind == indicator::Kind::records &&
                        whole.kind == indicator::Kind::records && &part != &whole &&
                        part.register_index == whole.register_index &&
                        part.measure_text == whole.measure_text &&
                        part.time_field == whole.time_field && part.unit == whole.unit &&
                        part.until_field == whole.until_field && !part.window && !whole.window;
  const bool adds_up = part.aggregate == indicator::Aggregate::sum ||
                       part.aggregate == indicator::Aggregate::count ||
                       part.aggregate == indicator::Aggregate::count_distinct;
  if (!is_alike || !adds_up || part.aggregate != whole.aggregate) return false;
  if (part.conditions.size() <= whole.conditions.size()) return false;
  return std::all_of(whole.conditions.begin(), whole.conditions.end(), [&](const auto& condition) {
    return std::any_of(part.conditions.begin(), part.conditions.end(),
                       [&](const auto& own) { return own.text() == condition.text(); });
  });
}

// A part is at most its whole; the parts of one dimension together as well.
void Model::add_parts() {
  std::map<std::pair<FigureKey, std::string>, std::vector<size_t>> by_dimension;
  std::vector<std::pair<FigureKey, size_t>> all(variables_.begin(), variables_.end());
  for (const auto& [key, index] : all) {
    const Definition* definition = find(key.indicator);
    if (key.is_growth) continue;
    for (const auto& [other, large] : all) {
      const bool is_same_place = other.period == key.period && other.area == key.area &&
                                 other.dimensions == key.dimensions && !other.is_growth;
      if (is_same_place && is_part(*definition, *find(other.indicator))) {
        solver_.add_at_most(index, large);
      }
    }
    const bool adds_up = definition->kind == indicator::Kind::records &&
                         (definition->aggregate == indicator::Aggregate::sum ||
                          definition->aggregate == indicator::Aggregate::count);
    for (const auto& [name, value] : key.dimensions) {
      FigureKey whole = key;
      whole.dimensions.erase(name);
      if (adds_up && known(whole)) by_dimension[{whole, name}].push_back(index);
    }
  }
  for (const auto& [whole, parts] : by_dimension) {
    const bool is_thing = is_whole(*find(whole.first.indicator));
    std::vector<Solver::Term> terms{{*known(whole.first), -1},
                                    {solver_.add_variable(is_thing, true), 1}};
    for (size_t part : parts) terms.push_back({part, 1});
    solver_.add_sum(terms, Decimal(0));
  }
}

void Model::solve() {
  std::vector<FigureKey> growths;
  for (const auto& [key, index] : variables_) {
    if (key.is_growth && key.area.empty()) growths.push_back(key);
  }
  for (const FigureKey& growth : growths) {
    FigureKey level = growth;
    level.is_growth = false;
    if (known(level) && has_plain_base(*find(growth.indicator))) add_growth(growth);
  }
  for (const Definition& definition : records_.catalog->indicators->all()) {
    if (definition.kind == indicator::Kind::derived) {
      add_formula(definition);
      // What follows for the growth of each term.
      std::vector<FigureKey> made;
      for (const auto& [key, index] : variables_) {
        const bool is_term =
            std::any_of(definition.terms.begin(), definition.terms.end(),
                        [&](const auto& term) { return term.first == key.indicator; });
        FigureKey base = key, growth = key;
        const auto year_before = key.period.years_earlier(1);
        if (!is_term || key.is_growth || !year_before) continue;
        base.period = *year_before;
        growth.is_growth = true;
        if (known(base) && !known(growth)) made.push_back(growth);
      }
      for (const FigureKey& growth : made) add_growth(growth);
    }
    if (definition.kind == indicator::Kind::ratio) add_ratio(definition);
  }
  add_parts();
  solver_.solve();
}

record::Title Model::title(const FigureKey& key) const {
  const Definition* definition = find(key.indicator);
  constexpr std::pair<std::string_view, record::Title (*)()> kAreas[] = {
      {"nation",
       [] {
         return record::Title{"全国", "of the nation"};
       }},
      {"province",
       [] {
         return record::Title{"全省", "of the province"};
       }},
      {"city", [] {
         return record::Title{"全市", "of the city"};
       }}};
  record::Title area;
  for (const auto& [level, name] : kAreas) {
    if (key.area == level) area = name();
  }
  if (area.zh.empty() && !key.area.empty()) area = {key.area, "of " + key.area};
  std::string values;
  for (const auto& [name, value] : key.dimensions) values += (values.empty() ? "" : ", ") + value;
  if (!values.empty()) values = "（" + values + "）";
  return {
      key.period.zh() + area.zh + definition->title.zh + values + (key.is_growth ? "同比增速" : ""),
      (key.is_growth ? "growth of " : "") + definition->title.en +
          (area.en.empty() ? "" : " " + area.en) + values + ", " + key.period.en()};
}

Unit Model::unit(const FigureKey& key) const {
  return key.is_growth ? *Unit::from_code("percent") : find(key.indicator)->unit;
}

}  // namespace wutong::page
