// Answers: every request of the API as a function of the host and plain input, giving the JSON that
// the server sends and the command line renders. One place, so that both say the same.
//
// Decimals are JSON strings. A request that fails gives a Failure; `problem` turns it into RFC 9457
// problem details, and the tables in failure.cpp give its HTTP status and its exit code.
// Thread-safe as far as the host is.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "zone/host.hpp"

namespace wutong::answer {

using Json = boost::json::value;
using Answered = tl::expected<Json, zone::Failure>;

// failure.cpp
Json problem(const zone::Failure& failure);
int http_status(ErrorKind kind);
int exit_code(ErrorKind kind);  // 1 the answer is no, 2 usage, 3 failure
std::string to_text(const Json& json, bool is_pretty);

// zones.cpp
Answered list_zones(const zone::Host& host);
Answered show_zone(const zone::Host& host, std::string_view zone);
Json receipt(const zone::Receipt& receipt);

// project.cpp. `zone` empty: the only one there is. `as_of`: a position, a day, or empty.
Answered project_zone(const zone::Host& host, std::string_view zone, std::string_view as_of,
                      const std::string& path);

// records.cpp. `as_of`: a position, a day, or empty.
Answered show_record(const zone::Host& host, std::string_view zone, std::string_view register_name,
                     std::string_view key, std::string_view as_of);
Answered list_records(const zone::Host& host, std::string_view zone, std::string_view register_name,
                      size_t offset, size_t limit);

// acts.cpp. The body of an act:
//   {"act": "record.create", "register": "…", "rows": [{field: value, …}, …], "valid_from": "…",
//    "move": "…", "note": "…"}
// Numbers are read from their text, never through binary floating point. Unknown keys are refused.
struct Caller {
  std::string actor;
  std::vector<std::string> roles;
  std::string idempotency_key;
  bool is_dry_run = false;
};
Answered perform_act(zone::Host& host, std::string_view zone, std::string_view body,
                     const Caller& caller);
struct ImportInput {
  std::string register_name;
  std::string file;  // for the places of faults
  std::string content;
  std::string note;
  std::optional<Date> valid_from;
};
Answered import_rows(zone::Host& host, std::string_view zone, const ImportInput& input,
                     const Caller& caller);

// figures.cpp
Answered show_figure(const zone::Host& host, std::string_view identity, std::string_view as_of);
Answered explain_figure(const zone::Host& host, std::string_view identity, std::string_view as_of,
                        indicator::PageOfRecords page);
Answered compare_recomputed(const zone::Host& host, std::string_view zone);

// pages.cpp
Answered read_page(std::string_view text);
Answered check_page(const zone::Host& host, std::string_view text);

}  // namespace wutong::answer
