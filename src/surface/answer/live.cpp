#include "surface/answer/live.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "surface/answer/json_out.hpp"

namespace wutong::answer {

namespace json = boost::json;

Told told_from(std::string_view id) {
  Told out;
  for (std::string_view part : split(id, ',')) {
    const size_t colon = part.find(':');
    uint64_t position = 0;
    const char* end = part.data() + part.size();
    if (colon == part.npos || colon == 0) return {};
    const auto [read, code] = std::from_chars(part.data() + colon + 1, end, position);
    if (code != std::errc() || read != end) return {};
    out.emplace(part.substr(0, colon), position);
  }
  return out;
}

std::string id_of(const Told& told) {
  std::string out;
  for (const auto& [zone, position] : told) {
    out += (out.empty() ? "" : ",") + zone + ":" + std::to_string(position);
  }
  return out;
}

Result<void> check_live_zones(const Door& door, const std::vector<std::string>& zones) {
  for (const std::string& zone : zones) {
    if (auto entered = door.enter(zone); !entered) return fail(entered.error());
  }
  return {};
}

std::optional<std::string> live_event(const Door& door, const std::vector<std::string>& zones,
                                      Told& told) {
  json::array changed;
  Told now;
  for (const zone::Summary& summary : door.zones()) {
    const bool is_asked = zones.empty() || std::ranges::find(zones, summary.zone) != zones.end();
    if (!is_asked) continue;
    now[summary.zone] = summary.position.value;
    const auto before = told.find(summary.zone);
    if (before != told.end() && before->second == summary.position.value) continue;
    changed.push_back(json::object{{"zone", summary.zone},
                                   {"position", summary.position.value},
                                   {"at", summary.at.to_string()}});
  }
  told = std::move(now);
  if (changed.empty()) return std::nullopt;
  return "event: changed\nid: " + id_of(told) +
         "\ndata: " + json::serialize(json::object{{"zones", std::move(changed)}}) + "\n\n";
}

}  // namespace wutong::answer
