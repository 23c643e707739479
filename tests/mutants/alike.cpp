#include "tests/mutants/alike.hpp"

#include "base/text.hpp"

namespace wutong::mutants {

namespace {

void add_names(const zone::View& view, Alike& out) {
  constexpr size_t kNamesMax = 400;  // of one register
  const record::Schema& schema = view.state->schema();
  std::map<std::string, std::vector<std::u32string>> by_unit;
  for (const auto& definition : view.catalog->indicators->all()) {
    auto& alike = by_unit[view.catalog->zone.zone + " " + std::string(definition.unit.code()) +
                          (definition.kind == indicator::Kind::ratio ? " ratio" : "")];
    alike.push_back(to_code_points(definition.title.zh));
    for (const auto& dimension : definition.dimensions) {
      const auto target = schema.index_of(dimension.name);
      const bool is_named = target && !schema.registers()[*target].name_fields.empty();
      std::vector<std::u32string> names;
      for (uint32_t i = 0; is_named && i < std::min(view.state->size(*target), kNamesMax); ++i) {
        names.push_back(to_code_points(wutong::to_string(
            view.state->value(*target, schema.registers()[*target].name_fields[0], RecordId{i}))));
      }
      out.push_back(std::move(names));
    }
  }
  for (auto& [unit, names] : by_unit) out.push_back(std::move(names));
}

}  // namespace

Alike names_alike(std::span<const zone::View> zones) {
  Alike out;
  for (const zone::View& view : zones) add_names(view, out);
  return out;
}

}  // namespace wutong::mutants
