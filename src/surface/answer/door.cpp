#include "surface/answer/door.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "core/record/owner.hpp"

namespace wutong::answer {

using access::Rights;
using access::Rows;
using access::What;

namespace {

using indicator::Definition;
using indicator::Kind;

constexpr int kStepsMax = 16;

access::Ask ask_of(What what, Rows rows) {
  access::Ask ask;
  ask.what = what;
  ask.rows = rows;
  return ask;
}
access::Ask ask_of(access::Task task) {
  access::Ask ask;
  ask.what = What::task;
  ask.task = task;
  return ask;
}

// Visits an indicator over records or series, and those that a ratio or formula is made of.
template <typename Visit>
void visit_parts(const indicator::Definitions& all, std::string_view name, int steps,
                 const Visit& visit) {
  const Definition* definition = steps > 0 ? all.find(name) : nullptr;
  if (definition == nullptr) return;
  visit(*definition);
  if (definition->of) visit_parts(all, definition->of->indicator, steps - 1, visit);
  if (definition->to) visit_parts(all, definition->to->indicator, steps - 1, visit);
  for (const auto& [term, sign] : definition->terms) visit_parts(all, term, steps - 1, visit);
}

// Does the dimension's path end at a record?
bool is_of_records(const record::Schema& schema, const indicator::Dimension& dimension) {
  size_t home = dimension.path.home;
  const record::Field* field = nullptr;
  for (size_t step : dimension.path.steps) {
    if (field != nullptr) home = *schema.index_of(field->target);
    field = &schema.registers()[home].fields[step];
  }
  return field != nullptr && field->kind == record::FieldKind::reference;
}

// Comparisons in which nothing but the asked rows takes part.
bool is_of_own_rows_alone(const indicator::Comparison& comparison) {
  using indicator::ComparisonKind;
  switch (comparison.kind) {
    case ComparisonKind::level:
    case ComparisonKind::yoy:
    case ComparisonKind::yoy_naive:
    case ComparisonKind::mom:
    case ComparisonKind::two_year_average:
    case ComparisonKind::cagr:
    case ComparisonKind::change_pp:
    case ComparisonKind::minimum:
    case ComparisonKind::streak:
      return true;
    case ComparisonKind::gap_pp:
    case ComparisonKind::multiple:
    case ComparisonKind::share:
    case ComparisonKind::rank:
    case ComparisonKind::only_one_above:
    case ComparisonKind::target:
    case ComparisonKind::forecast:
    case ComparisonKind::completion:
      return false;
  }
  return false;
}

bool may_own(const zone::View& view, const Rights& rights, const indicator::Question& question) {
  const Definition* definition = view.catalog->indicators->find(question.indicator);
  if (definition == nullptr || !is_of_own_rows_alone(question.comparison)) return false;
  if (question.dimensions.contains("area")) return false;
  return std::any_of(question.dimensions.begin(), question.dimensions.end(), [&](const auto& one) {
    const auto named = std::find_if(
        definition->dimensions.begin(), definition->dimensions.end(),
        [&](const indicator::Dimension& dimension) { return dimension.name == one.first; });
    if (named == definition->dimensions.end()) return false;
    Definition only = *definition;
    only.dimensions = {*named};
    return is_own_figure(view, rights, only, one.second);
  });
}

}  // namespace

Error not_allowed() {
  return Error{ErrorKind::denied,
               "access.denied",
               {},
               "您的角色不能这样查看或办理；如有需要，请向管理员申请授权",
               "your roles do not allow this; ask an administrator for a grant if you need it",
               {}};
}

bool is_own_figure(const zone::View& view, const Rights& rights, const Definition& definition,
                   std::string_view key) {
  if (definition.kind != Kind::records) return false;
  const record::Schema& schema = view.state->schema();
  const record::Register& home = schema.registers()[definition.register_index];
  for (const indicator::Dimension& dimension : definition.dimensions) {
    // The field that says whose row it is: whatever the value, all its rows are the owner's.
    const bool is_owner = dimension.path.steps.size() == 1 && home.owner == dimension.path.steps[0];
    if (!is_owner) continue;
    const access::Own own{home.fields[*home.owner].target, std::string(key)};
    const auto& all = rights.own();
    if (std::find(all.begin(), all.end(), own) == all.end()) continue;
    // Scopes of a token are asked with the figure; here only whose rows they are.
    if (rights.extent(home.name, access::Right::read) != Rows::none) return true;
  }
  return false;
}

std::vector<std::string> registers_of(const catalog::Catalog& catalog, std::string_view indicator) {
  std::vector<std::string> out;
  visit_parts(*catalog.indicators, indicator, kStepsMax, [&](const Definition& definition) {
    if (definition.kind != Kind::records) return;
    const std::string& name = catalog.schema->registers()[definition.register_index].name;
    if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
  });
  return out;
}

std::vector<std::string> registers_of_single(const catalog::Catalog& catalog,
                                             const indicator::Question& question) {
  bool is_single = false;
  visit_parts(*catalog.indicators, question.indicator, kStepsMax, [&](const Definition& part) {
    for (const indicator::Dimension& dimension : part.dimensions) {
      const bool is_asked = question.dimensions.contains(dimension.name);
      is_single = is_single || (is_asked && is_of_records(*catalog.schema, dimension));
    }
  });
  return is_single ? registers_of(catalog, question.indicator) : std::vector<std::string>{};
}

Rights Door::rights(const zone::View& newest) const {
  return Rights(newest.catalog->roles, *principal_, newest.catalog->zone.zone, host_->today());
}

Result<Rights> Door::enter(std::string_view zone) const {
  std::optional<Rights> found;
  auto read = host_->read(zone, [&](const zone::View& view) { found = rights(view); });
  if (principal_->is_local && !read) return fail(read.error());
  if (found && found->may_enter()) return std::move(*found);
  std::vector<std::string> names;
  for (const zone::Summary& summary : zones()) names.push_back(summary.zone);
  if (!names.empty() || principal_->is_local) return fail(zone::unknown_zone(zone, names));
  Error error = zone::unknown_zone(zone, {std::string()});
  error.zh = "没有园区“" + std::string(zone) + "”";
  error.en = "there is no zone " + std::string(zone);
  return fail(std::move(error));
}

std::vector<zone::Summary> Door::zones() const {
  std::vector<zone::Summary> out = host_->zones();
  if (principal_->is_local) return out;
  std::vector<std::string> seen;
  host_->read_all([&](std::span<const zone::View> views) {
    for (const zone::View& view : views) {
      if (rights(view).may_enter()) seen.push_back(view.catalog->zone.zone);
    }
  });
  std::erase_if(out, [&](const zone::Summary& summary) {
    return std::find(seen.begin(), seen.end(), summary.zone) == seen.end();
  });
  return out;
}

Result<void> Door::need(std::string_view zone, access::Task task) const {
  auto entered = enter(zone);
  if (!entered) return fail(entered.error());
  if (entered->may(ask_of(task))) return {};
  return fail(not_allowed());
}

Result<void> Door::need_anywhere(access::Task task) const {
  bool is_allowed = principal_->is_local;
  if (is_allowed) return {};
  host_->read_all([&](std::span<const zone::View> views) {
    for (const zone::View& view : views) {
      is_allowed = is_allowed || rights(view).may(ask_of(task));
    }
  });
  if (is_allowed) return {};
  return fail(not_allowed());
}

Result<void> Door::may_ask(const indicator::Question& question, What what) const {
  auto entered = enter(question.zone);
  if (!entered) return fail(entered.error());
  if (entered->is_local()) return {};
  bool is_allowed = false;
  auto read = host_->read(question.zone, [&](const zone::View& view) {
    if (entered->may(ask_of(what, Rows::all))) {
      is_allowed = true;
      for (const std::string& name : registers_of_single(*view.catalog, question)) {
        is_allowed = is_allowed && entered->extent(name, access::Right::read) == Rows::all;
      }
    }
    is_allowed =
        is_allowed || (entered->may(ask_of(what, Rows::own)) && may_own(view, *entered, question));
  });
  if (!read) return fail(read.error());
  if (is_allowed) return {};
  return fail(not_allowed());
}

}  // namespace wutong::answer
