// What has changed since a reader was last told, as events of a stream (docs/api.md, "Live").
//
// Operation. A reader is told which zones that he may see stand at another position than he knows,
// always the newest one: what lies between is skipped. The id of an event holds all positions told,
// so a reader that comes again with it goes on where he was. No state but `Told`; any thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "surface/answer/door.hpp"

namespace wutong::answer {

// The position of each zone that was told.
using Told = std::map<std::string, uint64_t, std::less<>>;
// Of an event's id; empty where it is none of ours.
Told told_from(std::string_view id);
std::string id_of(const Told& told);

// Zones that were asked for and may be seen; not_found, as everywhere, of the first that may not.
Result<void> check_live_zones(const Door& door, const std::vector<std::string>& zones);

// The next event as it goes over the wire, or nullopt where nothing is new; `told` moves on. Of
// `zones` only, empty: of all that may be seen now.
std::optional<std::string> live_event(const Door& door, const std::vector<std::string>& zones,
                                      Told& told);

}  // namespace wutong::answer
