#include "tests/oracle/pack_reader.hpp"

#include <yaml-cpp/yaml.h>

namespace wutong::oracle {

namespace {

std::string text_at(const YAML::Node& node, const char* key, const char* otherwise = "") {
  return node[key] ? node[key].as<std::string>() : otherwise;
}

std::map<std::string, std::string> map_at(const YAML::Node& node, const char* key) {
  std::map<std::string, std::string> out;
  if (!node[key]) return out;
  for (const auto& member : node[key]) {
    out[member.first.as<std::string>()] = member.second.as<std::string>();
  }
  return out;
}

FieldDef read_field(const std::string& name, const YAML::Node& node) {
  FieldDef out;
  out.name = name;
  out.type = text_at(node, "type");
  out.target = text_at(node, "to");
  out.unit = text_at(node, "unit", "1");
  out.is_effective = text_at(node, "effective") == "true";
  if (out.type == "money" || out.type == "decimal") {
    out.decimals = node["decimals"] ? node["decimals"].as<int>() : 2;
  }
  return out;
}

RegisterDef read_register(const YAML::Node& node) {
  RegisterDef out;
  out.name = text_at(node, "register");
  for (const auto& member : node["fields"]) {
    out.fields.push_back(read_field(member.first.as<std::string>(), member.second));
  }
  out.is_series = static_cast<bool>(node["series"]);
  out.has_lifecycle = static_cast<bool>(node["lifecycle"]);
  if (out.has_lifecycle) {
    FieldDef state;
    state.name = "state";
    state.type = "code";
    out.fields.push_back(state);
  }
  return out;
}

void read_records(const YAML::Node& node, IndicatorDef& out) {
  out.from = text_at(node, "from");
  out.measure = text_at(node, "measure");
  if (node["where"]) out.conditions.push_back(text_at(node, "where"));
  out.is_stock = node["time"].IsMap();
  out.time = out.is_stock ? text_at(node["time"], "from") : text_at(node, "time");
  if (out.is_stock) out.until = text_at(node["time"], "until");
  out.area = text_at(node, "area");
  for (const auto& [name, path] : map_at(node, "by")) out.dimensions.emplace_back(name, path);
  out.is_comparable = text_at(node, "base", "naive") == "comparable";
  out.is_at_record = text_at(node, "at", "period") == "record";
}

void read_formula(const std::string& formula, IndicatorDef& out) {
  int sign = 1;
  std::string name;
  for (char c : formula + "+") {
    if (c == ' ') continue;
    if (c != '+' && c != '-') {
      name += c;
      continue;
    }
    if (!name.empty()) out.terms.emplace_back(name, sign);
    name.clear();
    sign = c == '-' ? -1 : 1;
  }
}

IndicatorDef read_indicator(const YAML::Node& node) {
  IndicatorDef out;
  out.name = text_at(node, "indicator");
  out.unit = text_at(node, "unit");
  out.decimals = node["decimals"] ? node["decimals"].as<int>() : 2;
  out.rate_decimals = node["rate_decimals"] ? node["rate_decimals"].as<int>() : 1;
  out.is_half_even = text_at(node, "rounding") == "half_even";
  out.is_joint = text_at(node, "january_february") == "joint";
  if (node["from"]) {
    read_records(node, out);
  } else if (node["series"]) {
    out.kind = "series";
    out.has_reported_growth = text_at(node, "growth") == "reported";
  } else if (node["ratio"]) {
    out.kind = "ratio";
    const YAML::Node ratio = node["ratio"];
    out.ratio = {text_at(ratio, "of"),       text_at(ratio, "to"),
                 text_at(ratio, "per", "1"), map_at(ratio, "of_where"),
                 map_at(ratio, "to_where"),  text_at(ratio, "to_period") == "year"};
  } else {
    out.kind = "derived";
    read_formula(text_at(node, "formula"), out);
  }
  return out;
}

}  // namespace

Program read_pack(const std::vector<std::pair<std::string, std::string>>& files) {
  Program out;
  for (const auto& [path, text] : files) {
    const YAML::Node node = YAML::Load(text);
    if (node["register"]) out.registers.push_back(read_register(node));
    if (node["indicator"]) out.indicators.push_back(read_indicator(node));
  }
  return out;
}

}  // namespace wutong::oracle
