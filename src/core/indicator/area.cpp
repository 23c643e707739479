#include "core/indicator/area.hpp"

#include <set>

#include "base/text.hpp"

namespace wutong::indicator {

namespace {

constexpr int kDepthMax = 16;

struct AreaRegister {
  size_t index;
  size_t level;
  size_t parent;
};

std::optional<AreaRegister> area_register(const record::State& state) {
  const auto index = state.schema().index_of("area");
  if (!index) return std::nullopt;
  const record::Register& home = state.schema().registers()[*index];
  const auto level = home.find("level");
  const auto parent = home.find("parent");
  if (!level || !parent) return std::nullopt;
  return AreaRegister{*index, *level, *parent};
}

tl::unexpected<Error> no_register() {
  return fail(ErrorKind::not_found, "figure.no_areas",
              "目录中没有带 level 和 parent 字段的登记册 area",
              "the catalog has no register `area` with the fields `level` and `parent`");
}

tl::unexpected<Error> no_level(std::string_view area, std::string_view level) {
  const std::string a(area), l(level);
  return fail(ErrorKind::not_found, "figure.no_area_level",
              "地区“" + a + "”之上没有“" + l + "”一级的地区，请在登记册 area 中补录",
              "no area at level '" + l + "' stands above '" + a + "'; record it in register area");
}

}  // namespace

std::optional<RecordId> find_area(const record::State& state, std::string_view key) {
  const auto index = state.schema().index_of("area");
  return index ? state.find(*index, key) : std::nullopt;
}

Result<RecordId> require_area(const record::State& state, std::string_view key) {
  if (const auto found = find_area(state, key)) return *found;
  const std::string name(key);
  std::string zh = "没有地区“" + name + "”";
  std::string en = "no area '" + name + "'";
  if (const auto index = state.schema().index_of("area")) {
    std::vector<std::string> keys;
    for (uint32_t i = 0; i < state.size(*index); ++i) {
      keys.push_back(state.key_text(*index, RecordId{i}));
    }
    if (const auto nearest = nearest_name(name, keys)) {
      zh += "，是否指“" + *nearest + "”";
      en += "; did you mean '" + *nearest + "'?";
    }
  }
  return fail(ErrorKind::not_found, "figure.unknown_area", zh, en);
}

Result<std::string> ancestor(const record::State& state, std::string_view area,
                             std::string_view level) {
  const auto areas = area_register(state);
  if (!areas) return no_register();
  const auto start = require_area(state, area);
  if (!start) return fail(start.error());
  RecordId at = *start;
  for (int depth = 0; depth < kDepthMax; ++depth) {
    const Value parent = state.value(areas->index, areas->parent, at);
    const auto* next = std::get_if<RecordId>(&parent);
    if (next == nullptr) break;
    at = *next;
    if (to_string(state.value(areas->index, areas->level, at)) == level) {
      return state.key_text(areas->index, at);
    }
  }
  return no_level(area, level);
}

Result<std::vector<std::string>> peers(const record::State& state, std::string_view area,
                                       std::string_view level) {
  const auto areas = area_register(state);
  if (!areas) return no_register();
  const auto own = require_area(state, area);
  if (!own) return fail(own.error());
  const Value parent = state.value(areas->index, areas->parent, *own);
  const auto* above = std::get_if<RecordId>(&parent);
  if (above == nullptr) return no_level(area, level);
  std::set<std::string> out{std::string(area)};
  for (RecordId peer : state.referring(areas->index, areas->parent, *above)) {
    if (to_string(state.value(areas->index, areas->level, peer)) == level) {
      out.insert(state.key_text(areas->index, peer));
    }
  }
  if (out.size() == 1 && to_string(state.value(areas->index, areas->level, *own)) != level) {
    return no_level(area, level);
  }
  return std::vector<std::string>(out.begin(), out.end());
}

record::Title area_title(const record::State& state, std::string_view key) {
  record::Title title{std::string(key), std::string(key)};
  const auto index = state.schema().index_of("area");
  const auto record = find_area(state, key);
  if (!index || !record) return title;
  const record::Register& home = state.schema().registers()[*index];
  if (!home.name_fields.empty()) {
    const std::string name = to_string(state.value(*index, home.name_fields[0], *record));
    if (!name.empty()) title.zh = name;
  }
  return title;
}

}  // namespace wutong::indicator
