#include "core/indicator/plan.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/planted.hpp"
#include "base/text.hpp"

namespace wutong::indicator {

namespace {

void add_path(const record::Schema& schema, const record::Path& path, Plan& plan) {
  const bool is_known =
      std::any_of(plan.effective_paths.begin(), plan.effective_paths.end(),
                  [&](const record::Path& known) { return known.steps == path.steps; });
  if (path.is_effective && !is_known) plan.effective_paths.push_back(path);
  Route route;
  size_t at = path.home;
  for (size_t i = 0; i + 1 < path.steps.size(); ++i) {
    route.steps.push_back({at, path.steps[i]});
    const auto next = schema.index_of(schema.registers()[at].fields[path.steps[i]].target);
    if (!next) return;
    at = *next;
    route.target = at;
    plan.routes.push_back(route);
  }
}

void add_program(const record::Schema& schema, const std::optional<expression::Program>& program,
                 Plan& plan) {
  if (!program) return;
  for (const expression::Path& names : program->inputs()) {
    if (const auto path = resolve_path(schema, plan.register_index, names.steps)) {
      add_path(schema, *path, plan);
    }
  }
}

TimeKind time_kind(record::FieldKind kind) {
  if (kind == record::FieldKind::date) return TimeKind::date;
  if (kind == record::FieldKind::partial_date) return TimeKind::partial_date;
  if (kind == record::FieldKind::period) return TimeKind::period;
  return TimeKind::month;
}

// What two definitions must have in common to share a plan.
std::string sharing_key(const Definition& definition) {
  std::string key = std::to_string(definition.register_index) + "|" + definition.where_text;
  const auto number = [&key](std::optional<size_t> field) {
    key += "|" + (field ? std::to_string(*field) : std::string("-"));
  };
  number(definition.time_field);
  number(definition.until_field);
  key += definition.is_stock ? "|stock" : "|flow";
  key += definition.at_record ? "|record" : "|period";
  if (definition.window) key += "|window " + definition.window->text;
  key += "|";
  if (definition.area) {
    for (size_t step : definition.area->steps) key += std::to_string(step) + ".";
  }
  for (const Dimension& dimension : definition.dimensions) {
    key += "|" + dimension.name + "=";
    for (size_t step : dimension.path.steps) key += std::to_string(step) + ".";
  }
  return key;
}

Plan start_plan(const Definition& definition, size_t index, const record::Schema& schema) {
  Plan plan;
  plan.register_index = definition.register_index;
  plan.definition = index;
  plan.is_stock = definition.is_stock;
  plan.at_record = definition.at_record;
  const auto& fields = schema.registers()[plan.register_index].fields;
  if (definition.time_field) plan.time_kind = time_kind(fields[*definition.time_field].kind);
  plan.has_area = definition.area.has_value();
  if (definition.area) plan.dimensions.push_back({"area", *definition.area});
  for (const Dimension& dimension : definition.dimensions) plan.dimensions.push_back(dimension);
  for (const Dimension& dimension : plan.dimensions) add_path(schema, dimension.path, plan);
  add_program(schema, definition.where, plan);
  if (definition.window) add_path(schema, definition.window->from, plan);
  return plan;
}

bool is_same_measure(const Definition& a, const Definition& b) {
  return a.aggregate == b.aggregate && a.measure_text == b.measure_text;
}

void find_field(const Definition& definition, const record::Schema& schema, Measure& measure) {
  if (definition.distinct_field) {
    const auto& home = schema.registers()[definition.register_index];
    measure.field = record::Path{definition.register_index,
                                 {*definition.distinct_field},
                                 home.fields[*definition.distinct_field].effective};
    return;
  }
  if (!definition.measure || definition.measure->inputs().size() != 1) return;
  const auto& steps = definition.measure->inputs().front().steps;
  if (join(steps, ".") != definition.measure->text()) return;
  measure.field = resolve_path(schema, definition.register_index, steps);
  const expression::Type& type = definition.measure->type();
  const int scale = type.kind == expression::Kind::decimal ? type.scale : 0;
  for (int s = scale; s < definition.measure_scale; ++s) measure.factor *= 10;
}

size_t add_measure(const std::vector<Definition>& definitions, size_t index,
                   const record::Schema& schema, Plan& plan) {
  const Definition& definition = definitions[index];
  for (size_t m = 0; m < plan.measures.size(); ++m) {
    if (is_same_measure(definitions[plan.measures[m].definition], definition)) return m;
  }
  Measure measure;
  measure.aggregate = definition.aggregate;
  measure.definition = index;
  if (is_bag(definition.aggregate)) {
    measure.bag = plan.bags++;
  } else if (definition.aggregate != Aggregate::count) {
    measure.table_slot = plan.table_measures++;
  }
  add_program(schema, definition.measure, plan);
  if (definition.distinct_field) {
    add_path(schema,
             {plan.register_index,
              {*definition.distinct_field},
              schema.registers()[plan.register_index].fields[*definition.distinct_field].effective},
             plan);
  }
  find_field(definition, schema, measure);
  plan.measures.push_back(measure);
  return plan.measures.size() - 1;
}

// Which side of a profile something reads: own fields, the target's, both or what has no profile.
enum class Reads { nothing, own, target, mixed };

Reads both(Reads a, Reads b) {
  if (a == Reads::nothing || a == b) return b;
  return b == Reads::nothing ? a : Reads::mixed;
}

Reads reads_of(const record::Path& path, const record::Schema& schema,
               std::optional<size_t>& reference) {
  const auto& first = schema.registers()[path.home].fields[path.steps.front()];
  if (first.effective) return Reads::mixed;
  if (path.steps.size() == 1) return Reads::own;
  if (reference && *reference != path.steps.front()) return Reads::mixed;
  reference = path.steps.front();
  return Reads::target;
}

std::optional<ProfileShape> profile_shape(const Plan& plan, const Definition& definition,
                                          const record::Schema& schema) {
  ProfileShape out;
  if (definition.window) return std::nullopt;  // depends on the record's own time
  if (plan.is_stock || (plan.at_record && !plan.effective_paths.empty())) return std::nullopt;
  for (const expression::Program& condition : definition.conditions) {
    Reads reads = Reads::nothing;
    for (const expression::Path& names : condition.paths()) {
      const auto path = resolve_path(schema, plan.register_index, names.steps);
      if (!path) return std::nullopt;
      if (path->steps.size() == 1) out.placing.push_back(path->steps.front());
      reads = both(reads, reads_of(*path, schema, out.reference));
    }
    if (reads == Reads::mixed) return std::nullopt;
    (reads == Reads::target ? out.target_conditions : out.own_conditions).push_back(condition);
  }
  for (const Dimension& dimension : plan.dimensions) {
    const Reads reads = reads_of(dimension.path, schema, out.reference);
    if (reads == Reads::mixed) return std::nullopt;
    out.is_own_dimension.push_back(reads == Reads::own ? 1 : 0);
    out.has_own_dimension |= reads == Reads::own;
    if (reads == Reads::own) out.placing.push_back(dimension.path.steps.front());
  }
  if (out.reference) {
    const auto& field = schema.registers()[plan.register_index].fields[*out.reference];
    out.target = *schema.index_of(field.target);
  }
  return out;
}

void find_fields(const Definition& definition, Plan& plan) {
  ProfileShape& shape = *plan.profile;
  shape.is_summed = plan.bags == 0;
  for (Measure& measure : plan.measures) {
    if (measure.aggregate == Aggregate::count) continue;
    if (measure.field && measure.field->steps.size() == 1) {
      measure.own = shape.fields.size();
      shape.fields.push_back(measure.field->steps.front());
    } else {
      shape.is_summed = false;
    }
  }
  shape.placing.push_back(*definition.time_field);
  if (plan.time_kind == TimeKind::month) {
    shape.month_at = shape.fields.size();
    shape.fields.push_back(*definition.time_field);
  }
  if (shape.reference) {
    shape.reference_at = shape.fields.size();
    shape.fields.push_back(*shape.reference);
    shape.placing.push_back(*shape.reference);
  }
  std::sort(shape.placing.begin(), shape.placing.end());
}

// A measure that reads on a day must go the long way.
bool has_dated_measure(const Plan& plan, const std::vector<Definition>& definitions,
                       const record::Schema& schema) {
  for (const Measure& measure : plan.measures) {
    const Definition& definition = definitions[measure.definition];
    const auto& fields = schema.registers()[plan.register_index].fields;
    if (definition.distinct_field && fields[*definition.distinct_field].effective) return true;
    if (!definition.measure) continue;
    for (const expression::Path& names : definition.measure->inputs()) {
      const auto path = resolve_path(schema, plan.register_index, names.steps);
      if (!path || path->is_effective) return true;
    }
  }
  return false;
}

void finish_plan(Plan& plan) {
  plan.is_effective = !plan.at_record && !plan.effective_paths.empty();
  const bool has_days =
      plan.time_kind == TimeKind::date || plan.time_kind == TimeKind::partial_date;
  plan.lanes_are_days = plan.is_stock || (has_days && !plan.is_effective);
  std::sort(plan.routes.begin(), plan.routes.end());
  plan.routes.erase(std::unique(plan.routes.begin(), plan.routes.end()), plan.routes.end());
}

}  // namespace

bool is_bag(Aggregate aggregate) {
  switch (aggregate) {
    case Aggregate::sum:
    case Aggregate::count:
    case Aggregate::avg:
      return false;
    case Aggregate::count_distinct:
    case Aggregate::min:
    case Aggregate::max:
    case Aggregate::last:
      return true;
  }
  return false;
}

std::optional<size_t> Plan::find_dimension(std::string_view name) const {
  for (size_t d = 0; d < dimensions.size(); ++d) {
    if (dimensions[d].name == name) return d;
  }
  return std::nullopt;
}

std::optional<record::Path> resolve_path(const record::Schema& schema, size_t register_index,
                                         std::span<const std::string> names) {
  record::Path path;
  path.home = register_index;
  size_t at = register_index;
  for (size_t i = 0; i < names.size(); ++i) {
    const record::Register& home = schema.registers()[at];
    const auto field = home.find(names[i]);
    if (!field) return std::nullopt;
    path.steps.push_back(*field);
    path.is_effective = path.is_effective || home.fields[*field].effective;
    if (i + 1 == names.size()) break;
    const auto next = schema.index_of(home.fields[*field].target);
    if (!next) return std::nullopt;
    at = *next;
  }
  if (path.steps.empty()) return std::nullopt;
  return path;
}

Plans make_plans(const std::vector<Definition>& definitions, const record::Schema& schema) {
  Plans out;
  out.uses.resize(definitions.size());
  std::map<std::string, size_t> known;
  for (size_t i = 0; i < definitions.size(); ++i) {
    if (definitions[i].kind != Kind::records) continue;
    const auto [at, is_new] = known.emplace(sharing_key(definitions[i]), out.plans.size());
    if (is_new) out.plans.push_back(start_plan(definitions[i], i, schema));
    Plan& plan = out.plans[at->second];
    out.uses[i] = Plans::Use{at->second, add_measure(definitions, i, schema, plan)};
  }
  for (Plan& plan : out.plans) {
    finish_plan(plan);
    if (has_dated_measure(plan, definitions, schema)) continue;
    plan.profile = profile_shape(plan, definitions[plan.definition], schema);
    if (plan.profile) find_fields(definitions[plan.definition], plan);
  }
  return out;
}

namespace {

void append_known(const record::Touched& change, const record::State& state,
                  std::vector<RecordId>& out) {
  const size_t size = state.size(change.register_index);
  for (RecordId row : change.rows) {
    if (row.value < size) out.push_back(row);
  }
}

// What reaches the changed records by the steps from the last one back to step `first`.
void append_reached(const Route& route, size_t first, const record::Touched& change,
                    const record::State& state, std::vector<RecordId>& out) {
  std::vector<RecordId> reached;
  append_known(change, state, reached);
  for (size_t i = route.steps.size(); i-- > first && !reached.empty();) {
    std::vector<RecordId> next;
    for (RecordId row : reached) {
      const Step& step = route.steps[i];
      const auto from = PLANTED("dated_reference_forgotten")
                            ? state.referring(step.register_index, step.field, row)
                            : state.referring_ever(step.register_index, step.field, row);
      next.insert(next.end(), from.begin(), from.end());
    }
    reached = std::move(next);
  }
  out.insert(out.end(), reached.begin(), reached.end());
}

void sort_once(std::vector<RecordId>& rows) {
  if (std::is_sorted(rows.begin(), rows.end(), std::less_equal<>())) return;
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
}

}  // namespace

std::vector<size_t> registers_behind(const Plan& plan) {
  std::vector<size_t> out{plan.register_index};
  if (plan.profile && plan.profile->reference) out.push_back(plan.profile->target);
  for (const Route& route : plan.routes) out.push_back(route.target);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<RecordId> dependents(const Plan& plan, const record::State& state,
                                 std::span<const record::Touched> touched) {
  std::vector<RecordId> out;
  for (const record::Touched& change : touched) {
    if (change.register_index == plan.register_index) append_known(change, state, out);
    for (const Route& route : plan.routes) {
      if (route.target == change.register_index) append_reached(route, 0, change, state, out);
    }
  }
  sort_once(out);
  return out;
}

bool moves_amounts_only(const Plan& plan, std::span<const record::Touched> touched) {
  if (!plan.profile || !plan.profile->is_summed) return false;
  const auto leads_to = [&](size_t register_index) {
    return std::any_of(plan.routes.begin(), plan.routes.end(),
                       [&](const Route& route) { return route.target == register_index; });
  };
  const std::vector<size_t>& placing = plan.profile->placing;
  size_t parts = 0;
  for (const record::Touched& part : touched) {
    if (leads_to(part.register_index)) return false;
    if (part.register_index != plan.register_index) continue;
    const bool moves = std::any_of(part.fields.begin(), part.fields.end(), [&](size_t field) {
      return std::binary_search(placing.begin(), placing.end(), field);
    });
    if (part.creates || moves) return false;
    ++parts;
  }
  return parts == 1;
}

std::vector<RecordId> profile_targets(const Plan& plan, const record::State& state,
                                      std::span<const record::Touched> touched) {
  std::vector<RecordId> out;
  if (!plan.profile->reference) return out;
  const Step first{plan.register_index, *plan.profile->reference};
  for (const record::Touched& change : touched) {
    if (change.register_index == plan.profile->target) append_known(change, state, out);
    for (const Route& route : plan.routes) {
      const bool is_through = route.steps.size() > 1 && route.steps.front() == first;
      if (is_through && route.target == change.register_index) {
        append_reached(route, 1, change, state, out);
      }
    }
  }
  return out;
}

}  // namespace wutong::indicator
