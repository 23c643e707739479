// How values stand in JSON. Internal to the surface layer.
#pragma once

#include <boost/json.hpp>

#include "surface/answer/answer.hpp"

namespace wutong::answer {

boost::json::object to_json(const record::Title& title);
boost::json::object to_json(const Error& error);
boost::json::object to_json(const Issues& issues) = delete;
boost::json::array list_of(const Issues& issues);
// Decimals as strings, references as the key of their target, dates and periods as their text.
boost::json::value to_json(const record::State& state, const record::Field& field,
                           const Value& value);
boost::json::object to_json(const indicator::Figure& figure);
boost::json::object note_json(const zone::Host& host, std::string_view zone, Seq seq);

// A position, or the last one up to a day; nullopt where `as_of` is empty.
Result<std::optional<Seq>> position_as_of(const zone::Host& host, std::string_view zone,
                                          std::string_view as_of);
// Calls f with the zone now, or as of a position or a day (`as_of` empty: now).
Result<void> read_as_of(const zone::Host& host, std::string_view zone, std::string_view as_of,
                        const std::function<void(const zone::View&)>& f);

tl::unexpected<zone::Failure> failed(Error error);

}  // namespace wutong::answer
