#include "tests/oracle/program.hpp"

namespace wutong::oracle {

namespace {

std::string list_of(const std::vector<std::string>& all) {
  std::string out;
  for (const std::string& one : all) out += (out.empty() ? "" : ", ") + one;
  return "[" + out + "]";
}

std::string map_of(const std::map<std::string, std::string>& all) {
  std::string out;
  for (const auto& [name, value] : all) {
    out += (out.empty() ? "" : ", ") + name + ": '" + value + "'";
  }
  return "{" + out + "}";
}

std::string title_of(const std::string& name) { return "{zh: " + name + ", en: " + name + "}"; }

std::string yaml_of(const FieldDef& field) {
  std::string out = "  " + field.name + ": {type: " + field.type;
  if (!field.target.empty()) out += ", to: " + field.target;
  if (!field.codes.empty()) out += ", codes: " + list_of(field.codes);
  if (!field.unit.empty()) out += ", unit: " + field.unit;
  if (field.decimals >= 0) out += ", decimals: " + std::to_string(field.decimals);
  if (field.is_required) out += ", required: true";
  if (field.is_effective) out += ", effective: true";
  return out + ", title: " + title_of(field.name) + "}\n";
}

constexpr const char* kLifecycle = R"(lifecycle:
  states:
    draft: {zh: 草稿, en: Draft}
    submitted: {zh: 已报, en: Submitted}
    accepted: {zh: 已收, en: Accepted}
    returned: {zh: 已退, en: Returned}
  moves:
    submit: {title: {zh: 上报, en: Submit}, from: [draft, returned], to: submitted, by: [clerk]}
    accept: {title: {zh: 验收, en: Accept}, from: [submitted], to: accepted, by: [clerk]}
    take_back: {title: {zh: 退回, en: Return}, from: [submitted, accepted], to: returned, by: [clerk]}
)";

std::string yaml_of(const RegisterDef& home) {
  std::string out = "register: " + home.name + "\ntitle: " + title_of(home.name) +
                    "\nkey: " + list_of(home.key) + "\n";
  if (home.is_series) {
    out +=
        "series: {area: area, indicator: indicator, period: period, value: value, growth: "
        "growth}\n";
  }
  out += "fields:\n";
  for (const FieldDef& field : home.fields) out += yaml_of(field);
  return out + (home.has_lifecycle ? kLifecycle : "");
}

std::string records_of(const IndicatorDef& indicator) {
  std::string out = "from: " + indicator.from + "\nmeasure: " + indicator.measure + "\n";
  std::string where;
  for (const std::string& condition : indicator.conditions) {
    where += (where.empty() ? "" : " && ") + condition;
  }
  if (!where.empty()) out += "where: \"" + where + "\"\n";
  if (!indicator.is_stock) {
    out += "time: " + indicator.time + "\n";
  } else {
    out += "time: {from: " + indicator.time;
    out += (indicator.until.empty() ? "" : ", until: " + indicator.until) + "}\n";
  }
  if (!indicator.area.empty()) out += "area: " + indicator.area + "\n";
  std::string by;
  for (const auto& [name, path] : indicator.dimensions) {
    by += (by.empty() ? "" : ", ") + name + ": " + path;
  }
  if (!by.empty()) out += "by: {" + by + "}\n";
  if (indicator.is_comparable) out += "base: comparable\n";
  if (indicator.is_at_record) out += "at: record\n";
  return out;
}

std::string yaml_of(const IndicatorDef& indicator) {
  std::string out = "indicator: " + indicator.name + "\ntitle: " + title_of(indicator.name) +
                    "\nunit: " + indicator.unit +
                    "\ndecimals: " + std::to_string(indicator.decimals) +
                    "\nrate_decimals: " + std::to_string(indicator.rate_decimals) + "\n";
  if (indicator.is_half_even) out += "rounding: half_even\n";
  if (indicator.is_joint) out += "january_february: joint\n";
  if (indicator.kind == "records") return out + records_of(indicator);
  if (indicator.kind == "series") {
    return out + "series: true\n" + (indicator.has_reported_growth ? "growth: reported\n" : "");
  }
  if (indicator.kind == "ratio") {
    const RatioDef& ratio = indicator.ratio;
    out += "ratio: {of: " + ratio.of + ", to: " + ratio.to + ", per: " + ratio.per;
    if (!ratio.of_where.empty()) out += ", of_where: " + map_of(ratio.of_where);
    if (!ratio.to_where.empty()) out += ", to_where: " + map_of(ratio.to_where);
    return out + (ratio.is_whole_year ? ", to_period: year}\n" : "}\n");
  }
  std::string formula;
  for (const auto& [name, sign] : indicator.terms) {
    formula += (formula.empty() ? (sign < 0 ? "-" : "") : sign < 0 ? " - " : " + ") + name;
  }
  return out + "formula: \"" + formula + "\"\n";
}

std::string print(const Act& act) {
  std::string out = "  " + act.day + " " + act.kind + " " + act.register_name;
  if (!act.move.empty()) out += " " + act.move;
  if (!act.valid_from.empty()) out += " valid_from " + act.valid_from;
  for (const Cells& row : act.rows) {
    std::string cells;
    for (const auto& [field, value] : row) {
      cells += (cells.empty() ? "" : ", ") + field + ": " + (value.empty() ? "''" : value);
    }
    out += "\n    {" + cells + "}";
  }
  return out + "\n";
}

}  // namespace

const FieldDef* RegisterDef::find(const std::string& field) const {
  for (const FieldDef& each : fields) {
    if (each.name == field) return &each;
  }
  return nullptr;
}

const RegisterDef* Program::find_register(const std::string& name) const {
  for (const RegisterDef& each : registers) {
    if (each.name == name) return &each;
  }
  return nullptr;
}

const IndicatorDef* Program::find_indicator(const std::string& name) const {
  for (const IndicatorDef& each : indicators) {
    if (each.name == name) return &each;
  }
  return nullptr;
}

std::vector<std::pair<std::string, std::string>> files_of(const Program& program) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const RegisterDef& home : program.registers) {
    out.emplace_back("packs/p/registers/" + home.name + ".yaml", yaml_of(home));
  }
  for (const IndicatorDef& indicator : program.indicators) {
    out.emplace_back("packs/p/indicators/" + indicator.name + ".yaml", yaml_of(indicator));
  }
  out.emplace_back("zones/z.yaml", "zone: z\nname: {zh: 园区, en: Zone}\narea: " +
                                       std::string(kOwnArea) + "\npacks: [p]\n");
  return out;
}

std::string print(const Program& program) {
  std::string out;
  for (const auto& [path, text] : files_of(program)) out += "# " + path + "\n" + text + "\n";
  out += "# history: day, act, register, rows\n";
  for (const Act& act : program.acts) out += act.rows.empty() ? "" : print(act);
  return out;
}

Question make_question(std::string indicator, std::string period, std::string comparison,
                       std::map<std::string, std::string> dimensions) {
  Question out;
  out.text = indicator + "/" + period;
  if (!comparison.empty()) out.text += "/" + comparison;
  std::string tail;
  for (const auto& [name, value] : dimensions) {
    tail += (tail.empty() ? "?" : "&") + name + "=" + value;
  }
  out.text += tail;
  out.indicator = std::move(indicator);
  out.period = std::move(period);
  out.comparison = std::move(comparison);
  out.dimensions = std::move(dimensions);
  return out;
}

}  // namespace wutong::oracle
