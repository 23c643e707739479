#include "base/codec.hpp"
#include "base/text.hpp"
#include "surface/answer/json_out.hpp"

namespace wutong::answer {

namespace json = boost::json;

namespace {

// "packs/economy/indicators/gdp.yaml" → "gdp"
std::string name_of(std::string_view path) {
  const size_t slash = path.rfind('/');
  std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  return std::string(name.substr(0, name.rfind('.')));
}

struct Found {
  std::vector<zone::Adoption> all;
  zone::Adoption in_force;
  Seq position;
};

// No replay is needed: adopted catalogs are kept.
Result<Found> find(const Door& door, std::string_view zone, const AsOf& as_of) {
  // Definitions are for those who may see every explanation, keep them, or audit.
  auto rights = door.enter(zone);
  if (!rights) return fail(rights.error());
  access::Ask ask;
  ask.what = access::What::explanation;
  ask.rows = access::Rows::all;
  const bool is_allowed = rights->may(ask) || door.need(zone, access::Task::catalogs) ||
                          door.need(zone, access::Task::audit);
  if (!is_allowed) return fail(not_allowed());
  std::optional<Seq> position;
  if (!as_of.when.empty()) {
    auto asked = position_as_of(door, zone, as_of.when);
    if (!asked) return fail(asked.error());
    position = *asked;
  }
  std::optional<Found> found;
  auto read = door.host().read(zone, [&](const zone::View& view) {
    if (position && *position > view.position) return;
    const zone::Adoption* adoption = zone::adoption_at(view, position.value_or(view.position));
    if (adoption == nullptr) return;
    found = Found{{view.adoptions.begin(), view.adoptions.end()},
                  *adoption,
                  position.value_or(view.position)};
  });
  if (!read) return fail(read.error());
  if (found) return std::move(*found);
  return fail(ErrorKind::not_found, "zone.position_unknown", "没有位置 " + as_of.when,
              "there is no position " + as_of.when);
}

}  // namespace

Answered list_definitions(const Door& door, std::string_view zone, const AsOf& as_of) {
  auto found = find(door, zone, as_of);
  if (!found) return failed(found.error());
  json::array catalogs;
  for (const zone::Adoption& adoption : found->all) {
    json::object one = note_json(door, zone, adoption.seq);
    one["catalog"] = to_hex(adoption.catalog->digest);
    one["in_force"] = adoption.seq == found->in_force.seq;
    catalogs.push_back(std::move(one));
  }
  json::array files;
  for (const auto& file : found->in_force.catalog->files.all()) {
    files.push_back(json::object{{"name", name_of(file.path)}, {"file", file.path}});
  }
  return json::object{{"zone", zone},
                      {"position", found->position.value},
                      {"catalog", to_hex(found->in_force.catalog->digest)},
                      {"catalogs", std::move(catalogs)},
                      {"definitions", std::move(files)}};
}

Answered show_definition(const Door& door, std::string_view zone, std::string_view name,
                         const AsOf& as_of) {
  auto found = find(door, zone, as_of);
  if (!found) return failed(found.error());
  std::vector<std::string> names;
  json::array files;
  for (const auto& file : found->in_force.catalog->files.all()) {
    names.push_back(name_of(file.path));
    if (names.back() != name && file.path != name) continue;
    files.push_back(json::object{{"file", file.path}, {"text", file.text}});
  }
  if (files.empty()) {
    const auto near = nearest_name(name, names);
    const std::string position = std::to_string(found->position.value);
    return failed(Error{ErrorKind::not_found,
                        "definition.unknown",
                        {},
                        "位置 " + position + " 上没有定义“" + std::string(name) + "”" +
                            (near ? "，是否指 " + *near + "？" : ""),
                        "no definition " + std::string(name) + " is in force at position " +
                            position + (near ? "; did you mean " + *near + "?" : ""),
                        {}});
  }
  return json::object{{"zone", zone},
                      {"name", name},
                      {"position", found->position.value},
                      {"adopted", note_json(door, zone, found->in_force.seq)},
                      {"files", std::move(files)}};
}

}  // namespace wutong::answer
