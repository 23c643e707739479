// Answers: every request of the API as a function of the host and plain input, giving the JSON that
// the server sends and the command line renders. One place, so that both say the same.
//
// Everything is asked through a Door, which knows who asks; what he may not see is answered like
// what is not there. Decimals are JSON strings. A request that fails gives a Failure; `problem`
// turns it into RFC 9457 problem details, and the tables in failure.cpp give its HTTP status and
// its exit code. Thread-safe as far as the host is.
#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/record/query.hpp"
#include "surface/answer/door.hpp"
#include "zone/host.hpp"

namespace wutong::answer {

using Json = boost::json::value;
using Answered = tl::expected<Json, zone::Failure>;

// failure.cpp
Json problem(const zone::Failure& failure);
int http_status(ErrorKind kind);
int http_status(const Error& error);  // by its code where that has one of its own, else its kind
int exit_code(ErrorKind kind);        // 1 the answer is no, 2 usage, 3 failure
std::string to_text(const Json& json, bool is_pretty);

// zones.cpp
Answered list_zones(const Door& door);
Answered show_zone(const Door& door, std::string_view zone);
Json receipt(const zone::Receipt& receipt);

// What was known when: a position, a day, or empty (now); and which definitions it is read with:
// "then" (default) or "today".
struct AsOf {
  AsOf(std::string_view when_text = {}, std::string_view definitions_text = {})
      : when(when_text), definitions(definitions_text) {}
  AsOf(const char* when_text) : when(when_text) {}
  std::string when;
  std::string definitions;
};

// forms.cpp. Registers with fields, codes, life cycle and what the caller may do; indicators with
// dimensions and the newest recorded period of each kind; up to 240 figures in one answer, each
// with its own problem where it fails; entries of the log from `before` (0: the newest) down, for
// those who may audit.
Answered list_registers(const Door& door, std::string_view zone);
Answered list_indicators(const Door& door, std::string_view zone);
Answered show_figures(const Door& door, std::string_view body, const AsOf& as_of);
Answered list_entries(const Door& door, std::string_view zone, size_t before, size_t limit);

// project.cpp. `zone` empty: the only one there is. `as_of`: a position, a day, or empty.
Answered project_zone(const Door& door, std::string_view zone, std::string_view as_of,
                      const std::string& path);

// records.cpp
Answered show_record(const Door& door, std::string_view zone, std::string_view register_name,
                     std::string_view key, const AsOf& as_of);
// Conditions, words, sorting and cursor as in core/record/query.hpp; docs/api.md. `next` of the
// answer is the cursor to go on with, or null.
struct ListInput {
  size_t offset = 0;
  size_t limit = record::Query::kLimitUsual;  // 1 … kLimitMax
  AsOf as_of = {};
  record::QueryText query = {};
  bool has_count = true;
};
Answered list_records(const Door& door, std::string_view zone, std::string_view register_name,
                      const ListInput& input);

// definitions.cpp. The catalogs of a zone and what the one in force declares; one file of it.
Answered list_definitions(const Door& door, std::string_view zone, const AsOf& as_of);
Answered show_definition(const Door& door, std::string_view zone, std::string_view name,
                         const AsOf& as_of);

// acts.cpp. The body of an act:
//   {"act": "record.create", "register": "…", "rows": [{field: value, …}, …], "valid_from": "…",
//    "move": "…", "note": "…"}
// and those of clocks.hpp. Of organisations (docs/packs.md): organisation.rename, .relocate,
// .merge, .split. Numbers are read from their text, never through binary floating point. Unknown
// keys are refused.
// `actor` and `roles` are a local caller's own word; of all others they come from the door.
struct Caller {
  std::string actor;
  std::vector<std::string> roles;
  std::string idempotency_key;
  bool is_dry_run = false;
};
Answered perform_act(const Door& door, std::string_view zone, std::string_view body,
                     const Caller& caller);

// clocks.cpp
struct TodayInput {
  std::string zone;                // empty: the only one there is
  std::vector<std::string> roles;  // none: all that the caller holds; a local caller: everything
  std::string owner;               // register/key: records of this owner only
  std::string day;                 // "": now
  size_t limit = 200;              // items a section
};
// What is late, due today and this week, and waiting for somebody with these roles: of the records
// that the caller may read.
Answered today(const Door& door, const TodayInput& input);
// Notices that no gateway has confirmed, from number after + 1 on; for gateways (task system).
Answered outbox(const Door& door, std::string_view zone, uint64_t after, size_t limit);

// imports.cpp. CSV or XLSX, told by the first bytes; both take the same way into one act. How
// headings and cells are read: docs/import.md.
struct ImportInput {
  std::string register_name;
  std::string file;  // for the places of faults
  std::string content;
  std::string note;
  std::optional<Date> valid_from;
  // Of a workbook:
  std::string sheet = {};     // empty: the first that is visible
  int heading_line = 0;       // 0: the first row that is not empty
  bool reads_hidden = false;  // hidden rows and columns too; else they are faults
};
Answered import_rows(const Door& door, std::string_view zone, const ImportInput& input,
                     const Caller& caller);

// marked.cpp. What was refused, as a workbook to correct and import again: the rows as they came,
// cells with faults on red ground with a comment, a last column with the reasons of the row (which
// an import passes over), and a second sheet that lists the faults by sheet, row and column. A file
// that could not be read as a sheet gives the list alone. `at` stands in the file's properties.
Result<std::string> marked_workbook(const ImportInput& input, const zone::Failure& failure,
                                    Instant at);
// The list as text, one line a fault, Chinese then English.
std::string fault_list(const zone::Failure& failure);

// exports.cpp. The records of a register as a file that an import takes without any change: titles
// as headings, codes by their titles, a key for a reference, dated values as of the day of the last
// entry. The same position gives the same bytes.
struct ExportInput {
  std::string register_name;
  std::string format = "csv";  // or xlsx
  AsOf as_of = {};
  bool is_english = false;
  bool has_mark = true;  // CSV begins with a byte order mark, by which spreadsheets know UTF-8
};
inline constexpr const char* kXlsxType =
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
struct Exported {
  std::string bytes;
  std::string content_type;
  size_t rows = 0;
};
tl::expected<Exported, zone::Failure> export_rows(const Door& door, std::string_view zone,
                                                  const ExportInput& input);

// screens.cpp. The big screens of a zone, and one with all its tiles, of one position. A tile that
// the caller may not see or that cannot be answered has status "failed" and an error.
Answered list_screens(const Door& door, std::string_view zone);
Answered show_screen(const Door& door, std::string_view zone, std::string_view name);

// Rows of many zones, one act a zone in one transaction. Which zone a row belongs to:
// `zone_column` names it in the row itself (and is no field); or `by` is a column whose value leads
// to it: by `zones_content`, a CSV with the values in its first column and the zone in
// `zone_column`; without that by the record that the reference field `by` names: the one zone that
// has it. Faults stand with file, line and field. Zones that are refused are listed beside the
// receipts of the others, unless is_all_or_nothing or nothing was written: then all are a Failure.
struct ZonesInput {
  ImportInput rows;
  std::string zone_column = "zone";
  std::string by;
  std::string zones_file;
  std::optional<std::string> zones_content;
  bool is_all_or_nothing = false;
};
Answered import_zones(const Door& door, ZonesInput input, const Caller& caller);

// figures.cpp
Answered show_figure(const Door& door, std::string_view identity, const AsOf& as_of);
Answered explain_figure(const Door& door, std::string_view identity, const AsOf& as_of,
                        indicator::PageOfRecords page);
Answered compare_recomputed(const Door& door, std::string_view zone);
Answered compare_all(const Door& door);  // every zone; "equal" where all are

// metrics.cpp. Prometheus text: work done for figures, by zone.
std::string metrics(const Door& door);

// pages.cpp
Answered read_page(std::string_view text);
Answered check_page(const Door& door, std::string_view text);

}  // namespace wutong::answer
