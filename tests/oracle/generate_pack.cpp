#include "tests/oracle/generate_pack.hpp"

#include <algorithm>

namespace wutong::oracle {

namespace {

FieldDef field(const char* name, const char* type) {
  FieldDef out;
  out.name = name;
  out.type = type;
  return out;
}
FieldDef key_field(const char* name) {
  FieldDef out = field(name, "text");
  out.is_required = true;
  return out;
}
FieldDef reference(const char* name, const char* target, bool is_effective = false) {
  FieldDef out = field(name, "ref");
  out.target = target;
  out.is_effective = is_effective;
  return out;
}
FieldDef code(const char* name, std::vector<std::string> codes, bool is_effective = false) {
  FieldDef out = field(name, "code");
  out.codes = std::move(codes);
  out.is_effective = is_effective;
  return out;
}
FieldDef whole(const char* name, const char* unit, bool is_effective = false) {
  FieldDef out = field(name, "int");
  out.unit = unit;
  out.is_effective = is_effective;
  return out;
}
FieldDef flag(const char* name, bool is_effective) {
  FieldDef out = field(name, "bool");
  out.is_effective = is_effective;
  return out;
}
FieldDef money(const char* name, Dice& dice, bool is_effective = false) {
  FieldDef out = field(name, "money");
  out.unit = "CNY";
  const int places[] = {-1, 0, 3};
  out.decimals = places[dice.below(3)];
  out.is_effective = is_effective;
  return out;
}

RegisterDef area_register() {
  return {"area",
          {"code"},
          {key_field("code"), code("level", {"nation", "city", "county"}),
           reference("parent", "area")}};
}

RegisterDef group_register(Dice& dice) {
  return {"grp",
          {"code"},
          {key_field("code"), code("tier", {"a", "b", "c"}, dice.percent(50)),
           flag("flag", dice.percent(50)), whole("weight", "1", dice.percent(30))}};
}

RegisterDef firm_register(Dice& dice, bool has_group) {
  RegisterDef out{
      "firm",
      {"code"},
      {key_field("code"), code("industry", {"x", "y", "z"}, dice.percent(60)),
       flag("designated", dice.percent(80)), whole("staff", "persons", dice.percent(50)),
       reference("area", "area", dice.percent(30))}};
  if (has_group) out.fields.push_back(reference("grp", "grp", dice.percent(40)));
  return out;
}

RegisterDef fact_register(Dice& dice) {
  RegisterDef out;
  out.name = "fact";
  const std::vector<std::string> times{"month", "month", "month", "date", "partial_date", "period"};
  FieldDef when = field("when", dice.pick(times).c_str());
  FieldDef firm = reference("firm", "firm");
  if (when.type == "month" && dice.percent(50)) {
    out.key = {"firm", "when"};
    when.is_required = firm.is_required = true;
  } else {
    out.key = {"code"};
    out.fields.push_back(key_field("code"));
  }
  out.fields.push_back(firm);
  out.fields.push_back(when);
  if (dice.percent(40)) out.fields.push_back(reference("partner", "firm", dice.percent(30)));
  out.fields.push_back(money("amount", dice, dice.percent(12)));
  out.fields.push_back(money("cost", dice));
  out.fields.push_back(whole("qty", "items"));
  out.fields.push_back(code("kind", {"p", "q"}, dice.percent(20)));
  out.has_lifecycle = dice.percent(50);
  if (!out.has_lifecycle) out.fields.push_back(code("status", {"draft", "accepted"}));
  return out;
}

RegisterDef held_register(Dice& dice) {
  RegisterDef out;
  out.name = "held";
  out.key = {"code"};
  const std::vector<std::string> times{"date", "date", "month", "partial_date"};
  const std::string type = dice.pick(times);
  out.fields = {key_field("code"),
                reference("holder", "firm", dice.percent(20)),
                field("since_on", type.c_str()),
                field("until_on", dice.percent(70) ? type.c_str() : "date"),
                code("kind", {"p", "q"}, dice.percent(20)),
                money("worth", dice, dice.percent(30))};
  return out;
}

RegisterDef series_register() {
  RegisterDef out{"obs", {"area", "indicator", "period"}, {}};
  FieldDef area = reference("area", "area");
  FieldDef indicator = field("indicator", "text");
  FieldDef period = field("period", "period");
  area.is_required = indicator.is_required = period.is_required = true;
  FieldDef value = field("value", "decimal");
  value.decimals = 4;
  FieldDef growth = field("growth", "decimal");
  growth.unit = "percent";
  growth.decimals = 2;
  out.fields = {area, indicator, period, value, growth};
  out.is_series = true;
  return out;
}

std::string number_text(Dice& dice) { return std::to_string(dice.below(12) * 50); }

std::string random_atom(const std::vector<Reached>& paths, Dice& dice) {
  const Reached& one = dice.pick(paths);
  const FieldDef& field = *one.field;
  if (field.type == "bool") return (dice.percent(70) ? "" : "!") + one.path;
  if (field.type == "code") {
    const std::string value = "'" + dice.pick(field.codes) + "'";
    if (dice.percent(20)) return one.path + " != " + value;
    if (dice.percent(30)) {
      return one.path + " in [" + value + ", '" + dice.pick(field.codes) + "']";
    }
    return one.path + " == " + value;
  }
  const std::vector<std::string> orders{">", ">=", "<", "<="};
  if (field.type == "money") {
    if (dice.percent(50)) return one.path + " " + dice.pick(orders) + " 0";
    return one.path + " " + dice.pick(orders) + " quantity(" + number_text(dice) + ", 'CNY')";
  }
  if (field.type == "int" && field.unit == "1") {
    return one.path + " " + dice.pick(orders) + " " + std::to_string(dice.below(5));
  }
  if (field.type == "int") {
    return one.path + " " + dice.pick(orders) + " quantity(" + std::to_string(dice.below(300)) +
           ", '" + field.unit + "')";
  }
  return "has(" + one.path + ")";
}

std::string random_condition(const std::vector<Reached>& paths, Dice& dice) {
  const std::string atom = random_atom(paths, dice);
  if (dice.percent(75)) return atom;
  const std::string other = random_atom(paths, dice);
  if (dice.percent(60)) return "(" + atom + " || " + other + ")";
  return "!(" + atom + " && " + other + ")";
}

void random_conditions(const Program& program, const RegisterDef& home, Dice& dice,
                       IndicatorDef& out) {
  if (home.has_lifecycle && dice.percent(80)) out.conditions.push_back("state == 'accepted'");
  if (home.find("status") != nullptr && dice.percent(60)) {
    out.conditions.push_back("status == 'accepted'");
  }
  std::vector<Reached> paths = reached_from(program, home, 3);
  std::erase_if(paths, [](const Reached& r) { return r.field->type == "text"; });
  std::vector<Reached> dated = paths;
  std::erase_if(dated, [](const Reached& r) { return !r.field->is_effective; });
  if (!dated.empty() && dice.percent(50)) {
    out.conditions.push_back(random_condition(dated, dice));
  }
  if (dice.percent(25)) out.conditions.push_back(random_condition(paths, dice));
}

void random_measure(const Program& program, const RegisterDef& home, Dice& dice,
                    IndicatorDef& out) {
  const std::vector<std::string> aggregates{"sum", "sum",  "sum", "count", "count_distinct",
                                            "avg", "last", "min", "max"};
  const std::string aggregate = dice.pick(aggregates);
  if (aggregate == "count") {
    out.measure = "count()";
    out.unit = "items";
    return;
  }
  if (aggregate == "count_distinct") {
    std::vector<std::string> fields;
    for (const FieldDef& field : home.fields) {
      if (field.type == "ref" || field.type == "code") fields.push_back(field.name);
    }
    out.measure = "count_distinct(" + dice.pick(fields) + ")";
    out.unit = "enterprises";
    return;
  }
  std::vector<Reached> numbers = reached_from(program, home, 2);
  std::erase_if(
      numbers, [](const Reached& r) { return r.field->type != "int" && r.field->type != "money"; });
  const Reached& one = dice.pick(numbers);
  out.measure = one.path;
  if (home.name == "fact" && dice.percent(20)) {
    out.measure = dice.percent(50) ? "amount - cost" : "amount + cost";
  }
  const bool is_money = one.field->type == "money" || out.measure != one.path;
  out.unit = is_money ? (dice.percent(60) ? "CNY" : "CNY_1e4") : one.field->unit;
  if (out.unit == "persons" && dice.percent(30)) out.unit = "persons_1e4";
  out.measure = aggregate + "(" + out.measure + ")";
}

void random_dimensions(const Program& program, const RegisterDef& home, Dice& dice,
                       IndicatorDef& out) {
  std::vector<Reached> paths = reached_from(program, home, 3);
  std::erase_if(paths, [](const Reached& r) {
    const std::string& type = r.field->type;
    return type != "code" && type != "bool" && !(type == "ref" && r.field->target != "area");
  });
  const int count = dice.below(3);
  for (int i = 0; i < count && !paths.empty(); ++i) {
    out.dimensions.emplace_back("d" + std::to_string(i), dice.pick(paths).path);
  }
  if (dice.percent(85)) return;
  std::vector<Reached> areas = reached_from(program, home, 3);
  std::erase_if(areas, [](const Reached& r) {
    return r.field->target != "area" || r.path.find("parent") != std::string::npos;
  });
  if (!areas.empty()) out.area = dice.pick(areas).path;
}

IndicatorDef over_records(const Program& program, const RegisterDef& home, Dice& dice) {
  IndicatorDef out;
  out.from = home.name;
  random_measure(program, home, dice, out);
  random_conditions(program, home, dice, out);
  out.is_stock = home.name == "held";
  out.time = out.is_stock ? "since_on" : "when";
  if (out.is_stock && dice.percent(80)) out.until = "until_on";
  random_dimensions(program, home, dice, out);
  out.is_comparable = dice.percent(60);
  out.is_joint = dice.percent(25);
  out.is_at_record = dice.percent(20);
  return out;
}

const char* kind_of_unit(const std::string& unit) {
  if (unit.starts_with("CNY")) return "money";
  if (unit.starts_with("persons")) return "persons";
  return unit == "items" ? "items" : unit == "enterprises" ? "enterprises" : "other";
}

std::map<std::string, std::string> random_values(const Program& program, const IndicatorDef& of,
                                                 Dice& dice) {
  std::map<std::string, std::string> out;
  if (of.kind != "records" || !dice.percent(35)) return out;
  for (const auto& [name, reached] : dimensions_of(program, of)) {
    if (reached.field->type == "bool") out[name] = dice.percent(50) ? "true" : "false";
    if (reached.field->type == "code" && !reached.field->codes.empty()) {
      out[name] = dice.pick(reached.field->codes);
    }
    break;
  }
  return out;
}

IndicatorDef ratio_of(const Program& program, Dice& dice) {
  IndicatorDef out;
  out.kind = "ratio";
  const IndicatorDef& of = dice.pick(program.indicators);
  const IndicatorDef& to = dice.pick(program.indicators);
  const bool is_alike = std::string(kind_of_unit(of.unit)) == kind_of_unit(to.unit);
  out.unit = is_alike && dice.percent(80) ? "percent" : "items_per_10k_persons";
  out.ratio = {of.name,
               to.name,
               dice.percent(60) ? "100" : "1",
               random_values(program, of, dice),
               random_values(program, to, dice),
               dice.percent(20)};
  return out;
}

std::optional<IndicatorDef> derived_of(const Program& program, Dice& dice) {
  const IndicatorDef& first = dice.pick(program.indicators);
  if (first.kind == "ratio") return std::nullopt;
  IndicatorDef out;
  out.kind = "derived";
  out.unit = first.unit;
  std::vector<std::string> alike;
  for (const IndicatorDef& each : program.indicators) {
    const bool is_alike = std::string(kind_of_unit(each.unit)) == kind_of_unit(first.unit);
    if (is_alike && each.kind != "ratio") alike.push_back(each.name);
  }
  out.terms.emplace_back(first.name, dice.percent(80) ? 1 : -1);
  const int more = 1 + dice.below(2);
  for (int i = 0; i < more; ++i) {
    out.terms.emplace_back(dice.pick(alike), dice.percent(50) ? 1 : -1);
  }
  return out;
}

}  // namespace

std::vector<Reached> reached_from(const Program& program, const RegisterDef& home, int depth) {
  std::vector<Reached> out;
  for (const FieldDef& field : home.fields) {
    out.push_back({field.name, &field});
    const RegisterDef* next =
        field.type == "ref" && depth > 1 ? program.find_register(field.target) : nullptr;
    if (next == nullptr || field.name == "parent") continue;
    for (const Reached& deeper : reached_from(program, *next, depth - 1)) {
      out.push_back({field.name + "." + deeper.path, deeper.field});
    }
  }
  return out;
}

std::map<std::string, Reached> dimensions_of(const Program& program,
                                             const IndicatorDef& indicator) {
  std::map<std::string, Reached> out;
  if (indicator.kind == "ratio") {
    return dimensions_of(program, *program.find_indicator(indicator.ratio.of));
  }
  if (indicator.kind == "derived") {
    bool is_first = true;
    for (const auto& [name, sign] : indicator.terms) {
      const auto found = dimensions_of(program, *program.find_indicator(name));
      if (is_first) out = found;
      is_first = false;
      std::erase_if(out, [&](const auto& pair) {
        const auto other = found.find(pair.first);
        return other == found.end() || other->second.field->type != pair.second.field->type ||
               other->second.field->codes != pair.second.field->codes ||
               other->second.field->target != pair.second.field->target;
      });
    }
    return out;
  }
  if (indicator.kind != "records") return out;
  const auto paths = reached_from(program, *program.find_register(indicator.from), 4);
  for (const auto& [name, path] : indicator.dimensions) {
    for (const Reached& each : paths) {
      if (each.path == path) out.emplace(name, each);
    }
  }
  return out;
}

std::vector<RegisterDef> random_registers(Dice& dice) {
  std::vector<RegisterDef> out{area_register()};
  const bool has_group = dice.percent(60);
  if (has_group) out.push_back(group_register(dice));
  out.push_back(firm_register(dice, has_group));
  const bool has_fact = dice.percent(80);
  if (has_fact) out.push_back(fact_register(dice));
  if (!has_fact || dice.percent(40)) out.push_back(held_register(dice));
  if (dice.percent(40)) out.push_back(series_register());
  return out;
}

std::vector<IndicatorDef> random_indicators(const Program& program, Dice& dice) {
  Program known = program;
  std::vector<const RegisterDef*> homes;
  for (const RegisterDef& home : known.registers) {
    if (home.name == "fact" || home.name == "held") homes.push_back(&home);
  }
  const auto add = [&](IndicatorDef indicator) {
    indicator.name = "i" + std::to_string(known.indicators.size());
    indicator.decimals = dice.below(4);
    indicator.rate_decimals = dice.percent(70) ? 1 : 2;
    indicator.is_half_even = dice.percent(15);
    known.indicators.push_back(std::move(indicator));
  };
  const int count = 2 + dice.below(3);
  for (int i = 0; i < count; ++i) add(over_records(known, *dice.pick(homes), dice));
  if (known.find_register("obs") != nullptr) {
    IndicatorDef series;
    series.kind = "series";
    series.unit = dice.percent(50) ? "CNY" : "items";
    series.has_reported_growth = dice.percent(50);
    add(series);
  }
  if (dice.percent(50)) add(ratio_of(known, dice));
  for (int i = 0; i < 2; ++i) {
    if (!dice.percent(40)) continue;
    if (auto derived = derived_of(known, dice)) add(std::move(*derived));
  }
  if (dice.percent(15)) add(ratio_of(known, dice));
  return known.indicators;
}

}  // namespace wutong::oracle
