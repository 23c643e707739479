#include "core/catalog/catalog.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "core/catalog/cases.hpp"
#include "core/record/owner.hpp"
#include "engine/pack/node.hpp"
#include "engine/pack/shape.hpp"

namespace wutong::catalog {

namespace {

using pack::ShapeKind;

bool is_about(const pack::File& file, std::string_view zone,
              const std::vector<std::string>& packs) {
  if (file.path == "zones/" + std::string(zone) + ".yaml") return true;
  return std::any_of(packs.begin(), packs.end(), [&](const std::string& name) {
    std::string folder = "packs/" + name + "/";
    return file.path.starts_with(folder) && !file.path.starts_with(folder + "cases/");
  });
}

// Where the registers have faults, indicators cannot be resolved; what can be said of their files
// without the registers is said all the same, so that faults come together.
void check_indicator_files(const pack::Files& files, const std::vector<std::string>& packs,
                           Issues& issues) {
  for (const std::string& name : packs) {
    for (const pack::File* file : files.in("packs/" + name + "/indicators")) {
      auto node = pack::parse(file->path, file->text, issues);
      if (!node || !pack::check(*node, indicator::indicator_shape(), issues)) continue;
      const pack::Node& unit = *node->find("unit");
      if (Unit::from_code(unit.text)) continue;
      pack::report_unknown(issues, unit.place, "pack.unit", "单位", "unit", unit.text,
                           Unit::codes());
    }
  }
}

std::optional<ZoneFile> read_zone(const pack::File& file, std::string_view name,
                                  const pack::Files& files, Issues& issues) {
  auto node = pack::parse(file.path, file.text, issues);
  if (!node || !pack::check(*node, zone_shape(), issues)) return std::nullopt;
  ZoneFile zone;
  zone.zone = pack::text_at(*node, "zone");
  zone.name = pack::title_at(*node, "name");
  zone.aliases = pack::texts_at(*node, "aliases");
  zone.area = pack::text_at(*node, "area");
  zone.synthetic = pack::flag_at(*node, "synthetic");
  if (zone.zone != name) {
    pack::report(issues, node->find("zone")->place, "pack.file_name",
                 "名称“" + zone.zone + "”应与文件名相同",
                 "the name " + zone.zone + " must be that of the file");
  }
  std::vector<std::string> known = pack_names(files);
  for (const pack::Node& element : node->find("packs")->elements) {
    zone.packs.push_back(element.text);
    if (std::find(known.begin(), known.end(), element.text) != known.end()) continue;
    pack::report_unknown(issues, element.place, "pack.unknown_pack", "能力包", "pack", element.text,
                         known);
  }
  return zone;
}

}  // namespace

std::vector<std::string> pack_names(const pack::Files& files) {
  std::vector<std::string> names;
  for (const pack::File& file : files.all()) {
    std::vector<std::string_view> steps = split(file.path, '/');
    if (steps.size() < 3 || steps[0] != "packs") continue;
    if (steps[1] != "schema" && (names.empty() || names.back() != steps[1]))
      names.emplace_back(steps[1]);
  }
  return names;
}

pack::Shape zone_shape() {
  pack::Shape texts = pack::list_of(pack::scalar(ShapeKind::text));
  return pack::record_of({
      {"zone", pack::scalar(ShapeKind::identifier), true, "园区名，与文件同名",
       "name, as the file"},
      {"name", pack::scalar(ShapeKind::title), true, "名称", "name"},
      {"aliases", texts, false, "别称", "other names"},
      {"area", pack::scalar(ShapeKind::text), true, "本区在 area 登记簿中的代码",
       "code of the zone's own row in register area"},
      {"packs", pack::list_of(pack::scalar(ShapeKind::identifier)), true, "采用的能力包",
       "packs it runs"},
      {"synthetic", pack::scalar(ShapeKind::flag), false, "演示数据", "records are made up"},
  });
}

std::vector<std::string> zone_names(const pack::Files& files) {
  std::vector<std::string> names;
  for (const pack::File* file : files.in("zones")) {
    std::string name = file->path.substr(std::string_view("zones/").size());
    names.push_back(name.substr(0, name.size() - std::string_view(".yaml").size()));
  }
  return names;
}

std::vector<std::pair<std::string, std::string>> json_schemas() {
  const std::pair<const char*, pack::Shape> kShapes[] = {
      {"register", record::register_shape()},
      {"check", record::check_shape()},
      {"codes", record::codes_shape()},
      {"calendar", record::calendar_shape()},
      {"indicator", indicator::indicator_shape()},
      {"role", access::role_shape()},
      {"screen", screen_shape()},
      {"zone", zone_shape()},
      {"cases", cases_shape()},
  };
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& [name, shape] : kShapes) out.emplace_back(name, pack::json_schema(name, shape));
  return out;
}

std::shared_ptr<const Catalog> load(const pack::Files& files, std::string_view zone,
                                    Issues& issues) {
  size_t before = issues.size();
  std::string path = "zones/" + std::string(zone) + ".yaml";
  const pack::File* file = files.find(path);
  if (file == nullptr) {
    pack::report_unknown(issues, {path, 0, 0, {}}, "pack.no_zone", "园区文件", "zone file", zone,
                         zone_names(files));
    issues.back().kind = ErrorKind::not_found;
    return nullptr;
  }
  auto zone_file = read_zone(*file, zone, files, issues);
  if (!zone_file) return nullptr;
  auto schema = record::Schema::load(files, zone_file->packs, issues);
  if (!schema) {
    check_indicator_files(files, zone_file->packs, issues);
    return nullptr;
  }
  auto catalog = std::make_shared<Catalog>();
  catalog->schema = std::make_shared<const record::Schema>(std::move(*schema));
  auto indicators = indicator::Definitions::load(files, zone_file->packs, *catalog->schema, issues);
  auto roles = access::Roles::load(files, zone_file->packs,
                                   record::known_registers(*catalog->schema), issues);
  if (!indicators || !roles || issues.size() != before) return nullptr;
  auto screens = Screens::load(files, zone_file->packs, *catalog->schema, *indicators, issues);
  if (!screens) return nullptr;
  catalog->screens = std::make_shared<const Screens>(std::move(*screens));
  catalog->roles = std::make_shared<const access::Roles>(std::move(*roles));
  catalog->indicators = std::make_shared<const indicator::Definitions>(std::move(*indicators));
  for (const pack::File& each : files.all()) {
    if (is_about(each, zone, zone_file->packs)) catalog->files.add(each.path, each.text);
  }
  catalog->digest = catalog->files.digest();
  catalog->zone = std::move(*zone_file);
  return catalog;
}

}  // namespace wutong::catalog
