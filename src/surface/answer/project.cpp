#include "base/text.hpp"
#include "surface/answer/json_out.hpp"

namespace wutong::answer {

namespace json = boost::json;

Result<std::string> only_zone(const Door& door) {
  std::vector<std::string> names;
  for (const zone::Summary& summary : door.zones()) {
    if (summary.zone != "system") names.push_back(summary.zone);
  }
  if (names.size() == 1) return names.front();
  if (names.empty()) {
    return fail(ErrorKind::not_found, "zone.none", "此数据目录还没有园区",
                "this data directory has no zone yet", {{}, 0, 0, "--zone"});
  }
  return fail(
      ErrorKind::invalid, "zone.not_named", "有多个园区，请用 --zone 指明：" + join(names, "、"),
      "there are several zones; name one with --zone: " + join(names, ", "), {{}, 0, 0, "--zone"});
}

Answered project_zone(const Door& door, std::string_view zone, std::string_view as_of,
                      const std::string& path) {
  if (!door.principal().is_local) return failed(not_allowed());  // writes a file of this machine
  const zone::Host& host = door.host();
  std::string name(zone);
  if (name.empty()) {
    auto only = only_zone(door);
    if (!only) return failed(only.error());
    name = std::move(*only);
  }
  std::optional<Seq> position;
  if (!as_of.empty()) {
    const auto then = position_as_of(door, name, as_of);
    if (!then) return failed(then.error());
    position = *then;
  }
  auto written = host.project(name, position, path);
  if (!written) {
    Error error = written.error();
    if (error.place.file.empty() && error.kind == ErrorKind::conflict) error.place.file = path;
    return failed(std::move(error));
  }
  return json::object{{"zone", written->zone},
                      {"file", path},
                      {"from", written->from.value},
                      {"position", written->position.value},
                      {"at", written->at.to_string()}};
}

}  // namespace wutong::answer
