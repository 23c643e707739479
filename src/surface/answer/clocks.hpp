// The clocks of records in JSON, and the acts on them. Internal to the surface layer.
#pragma once

#include "core/deadline/agenda.hpp"
#include "surface/answer/json_out.hpp"
#include "surface/answer/json_text.hpp"

namespace wutong::answer {

boost::json::array clocks_json(const zone::Host& host, const zone::View& view,
                               size_t register_index, RecordId record);
// Of rosters: who has to file and has not, month by month; at most `limit` of each by name.
boost::json::array unfiled_json(const zone::View& view, const access::Rights& rights,
                                const deadline::Asker& asker, Instant now, size_t limit);
bool is_clock_act(std::string_view act);
// {"act": "clock.remind", "register", "key", "note"}, {"act": "outbox.confirm", "after", "through",
// "channel", "note"}.
Answered perform_clock_act(const Door& door, std::string_view zone, const JsonText& body,
                           const Caller& caller);

}  // namespace wutong::answer
