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
// An entry: when; and who, what and why for those who may audit.
boost::json::object note_json(const Door& door, std::string_view zone, Seq seq);

// The only zone there is (project.cpp); an error that names them where there are several, or none.
Result<std::string> only_zone(const Door& door);
// A position as text, or the last one of a day. Errors: invalid, not_found.
Result<Seq> position_as_of(const Door& door, std::string_view zone, std::string_view as_of);
Result<Seq> position_from(std::string_view as_of);
// "", "then", "today"; invalid.
Result<zone::DefinitionsOf> definitions_of(std::string_view text);
// Calls f with the zone now, or as of a position or a day.
Result<void> read_as_of(const Door& door, std::string_view zone, const AsOf& as_of,
                        const std::function<void(const zone::View&)>& f);
// The register, where the caller may know of it; and the error where not, naming those he may.
std::optional<size_t> find_register(const record::State& state, const access::Rights& rights,
                                    std::string_view name);
Error unknown_register(const record::Schema& schema, const access::Rights& rights,
                       std::string_view name);
// May the caller ask for figures of this indicator, of all rows or of his own? (zones.cpp)
bool may_list(const zone::View& view, const access::Rights& rights,
              const indicator::Definition& definition);
// Faults as one failure; several are counted.
zone::Failure failure_of(Issues faults);

// A local caller is whom he says; everybody else whom the door knows, his key his own.
Caller named(const Door& door, Caller caller);
// An act with the caller's name, rights, key.
Answered perform_request(const Door& door, std::string_view zone, record::Request request,
                         const Caller& caller);
tl::unexpected<zone::Failure> failed(Error error);

}  // namespace wutong::answer
