#include "surface/server/handlers.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "base/text.hpp"
#include "surface/answer/accounts.hpp"
#include "surface/answer/json_out.hpp"
#include "surface/server/session_routes.hpp"

namespace wutong::server {

namespace {

using answer::Answered;
using answer::failed;
using net::HttpRequest;
using net::HttpResponse;

constexpr size_t kImportBytesMax = size_t{50} << 20;
constexpr size_t kOffsetMax = 1'000'000'000;

size_t count_of(const Call& call, const std::string& name, size_t otherwise) {
  std::string text = call.query(name);
  size_t value = otherwise;
  auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  return code == std::errc() && end == text.data() + text.size() ? value : otherwise;
}

answer::Caller caller_of(const Call& call) {
  answer::Caller caller;
  // Read of local callers alone; everybody else is who the door says.
  caller.actor = "local:" + call.door.principal().account;
  for (std::string_view role : split(call.header("wutong-roles"), ',')) {
    if (!trim(role).empty()) caller.roles.emplace_back(trim(role));
  }
  caller.idempotency_key = call.header("idempotency-key");
  caller.is_dry_run = call.query("dry_run") == "true";
  return caller;
}

std::string identity_of(const Call& call) {
  std::string identity = join(call.bound, "/");
  char separator = '?';
  for (const auto& [name, value] : call.request.query) {
    if (name == "as_of" || name == "definitions" || name == "offset" || name == "limit") continue;
    identity += separator + name + "=" + value;
    separator = '&';
  }
  return identity;
}

std::string rest_of(const Call& call, size_t from) {
  return join(std::span(call.bound).subspan(from), "/");
}

answer::AsOf as_of(const Call& call) { return {call.query("as_of"), call.query("definitions")}; }

Error malformed(const std::string& name, const std::string& zh, const std::string& en) {
  return Error{ErrorKind::invalid, "query.parameter", Place{{}, 0, 0, name}, zh, en, {}};
}

// What a list may be asked with; anything else is a slip, and is told.
Result<answer::ListInput> list_of(const Call& call) {
  static const std::vector<std::string> kNames{"where",  "sort",  "q",     "cursor",     "limit",
                                               "offset", "count", "as_of", "definitions"};
  answer::ListInput out;
  out.as_of = as_of(call);
  for (const auto& [name, value] : call.request.parameters) {
    if (name == "where") out.query.where.push_back(value);
    if (name == "sort") out.query.sort = value;
    if (name == "q") out.query.q = value;
    if (name == "cursor") out.query.cursor = value;
    if (std::ranges::find(kNames, name) == kNames.end()) {
      const auto near = nearest_name(name, kNames);
      const std::string shown = name.substr(0, 40);
      return fail(malformed(
          shown,
          "没有参数“" + shown + "”" +
              (near ? "，是否指 " + *near + "？" : "；有：" + join(kNames, "、")),
          "there is no parameter \"" + shown + "\"" +
              (near ? "; did you mean " + *near + "?" : "; there are: " + join(kNames, ", "))));
    }
    if (name == "count" && value != "true" && value != "false") {
      return fail(malformed(name, "count 应是 true 或 false", "count takes true or false"));
    }
    if (name == "count") out.has_count = value == "true";
    if (name != "limit" && name != "offset") continue;
    size_t& number = name == "limit" ? out.limit : out.offset;
    const auto [end, code] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (code != std::errc() || end != value.data() + value.size() || number > kOffsetMax) {
      return fail(malformed(name, name + " 应是整数", name + " should be a whole number"));
    }
  }
  return out;
}

Answered zones(const Call& call) { return answer::list_zones(call.door); }
Answered zone_of(const Call& call) { return answer::show_zone(call.door, call.bound[0]); }
Answered records(const Call& call) {
  auto input = list_of(call);
  if (!input) return failed(std::move(input.error()));
  return answer::list_records(call.door, call.bound[0], call.bound[1], *input);
}
Answered record(const Call& call) {
  return answer::show_record(call.door, call.bound[0], call.bound[1], rest_of(call, 2),
                             as_of(call));
}
Answered act(const Call& call) {
  return answer::perform_act(call.door, call.bound[0], call.request.body, caller_of(call));
}
Answered definitions(const Call& call) {
  return answer::list_definitions(call.door, call.bound[0], as_of(call));
}
Answered definition(const Call& call) {
  return answer::show_definition(call.door, call.bound[0], rest_of(call, 1), as_of(call));
}

Answered today_in(const Call& call, const std::string& zone) {
  answer::TodayInput input;
  input.zone = zone;
  input.roles = caller_of(call).roles;
  const std::string roles = call.query("role");
  for (std::string_view role : split(roles, ',')) {
    if (!trim(role).empty()) input.roles.emplace_back(trim(role));
  }
  input.owner = call.query("owner");
  input.day = call.query("day");
  input.limit = count_of(call, "limit", input.limit);
  return answer::today(call.door, input);
}
Answered today(const Call& call) { return today_in(call, call.query("zone")); }
Answered today_of(const Call& call) { return today_in(call, call.bound[0]); }
Answered outbox_in(const Call& call, const std::string& zone) {
  return answer::outbox(call.door, zone, count_of(call, "after", 0), count_of(call, "limit", 100));
}
Answered outbox(const Call& call) { return outbox_in(call, call.query("zone")); }
Answered outbox_of(const Call& call) { return outbox_in(call, call.bound[0]); }

tl::expected<answer::ImportInput, zone::Failure> import_of(const Call& call) {
  answer::ImportInput input;
  input.register_name = call.bound.back();
  input.file = call.query("file");
  input.content = call.request.body;
  input.note = call.query("note");
  input.sheet = call.query("sheet");
  input.heading_line = static_cast<int>(std::min<size_t>(count_of(call, "heading_row", 0), 9999));
  input.reads_hidden = call.query("hidden") == "read";
  if (input.content.size() > kImportBytesMax) {
    return failed(Error{ErrorKind::too_large,
                        "import.too_large",
                        {input.file, 0, 0, {}},
                        "文件超过 50 MiB，请分成几个文件",
                        "the file is over 50 MiB; split it",
                        {}});
  }
  if (std::string day = call.query("valid_from"); !day.empty()) {
    input.valid_from = Date::parse(day);
    if (!input.valid_from) {
      return failed(Error{ErrorKind::invalid,
                          "act.malformed",
                          {{}, 0, 0, "valid_from"},
                          "valid_from 应是存在的日期，如 2024-07-01",
                          "valid_from takes a day that exists, like 2024-07-01",
                          {}});
    }
  }
  return input;
}
Answered import_zones(const Call& call) {
  auto rows = import_of(call);
  if (!rows) return tl::unexpected(std::move(rows.error()));
  answer::ZonesInput input;
  input.rows = std::move(*rows);
  if (std::string column = call.query("zone_column"); !column.empty()) input.zone_column = column;
  input.by = call.query("by");
  input.is_all_or_nothing = call.query("all_or_nothing") == "true";
  return answer::import_zones(call.door, std::move(input), caller_of(call));
}
Answered registers(const Call& call) { return answer::list_registers(call.door, call.bound[0]); }
Answered indicators(const Call& call) { return answer::list_indicators(call.door, call.bound[0]); }
Answered entries(const Call& call) {
  return answer::list_entries(call.door, call.bound[0], count_of(call, "before", 0),
                              count_of(call, "limit", 50));
}
Answered figures(const Call& call) {
  return answer::show_figures(call.door, call.request.body, as_of(call));
}
Answered screens(const Call& call) { return answer::list_screens(call.door, call.bound[0]); }
Answered screen(const Call& call) {
  return answer::show_screen(call.door, call.bound[0], call.bound[1]);
}
Answered figure(const Call& call) {
  return answer::show_figure(call.door, identity_of(call), as_of(call));
}
Answered explanation(const Call& call) {
  return answer::explain_figure(call.door, identity_of(call), as_of(call),
                                {count_of(call, "offset", 0), count_of(call, "limit", 50)});
}
Answered read_page(const Call& call) {
  auto needed = call.door.need_anywhere(access::Task::pages);
  return needed ? answer::read_page(call.request.body) : failed(needed.error());
}
Answered check_page(const Call& call) { return answer::check_page(call.door, call.request.body); }
Answered compare(const Call& call) { return answer::compare_recomputed(call.door, call.bound[0]); }
Answered compare_all(const Call& call) { return answer::compare_all(call.door); }
Answered me(const Call& call) {
  const auto& session = call.who.session;
  Answered out = answer::show_me(
      call.door, account::to_string(session ? session->standing : account::Standing::full));
  if (out && session) out->as_object()["csrf"] = session->csrf;
  return out;
}
Answered no_accounts() {
  return failed(Error{ErrorKind::not_found,
                      "access.no_accounts",
                      {},
                      "这里没有账户",
                      "there are no accounts here",
                      {}});
}
Answered accounts(const Call& call) {
  if (call.service.accounts == nullptr) return no_accounts();
  return answer::list_accounts(call.door, *call.service.accounts);
}
Answered change_accounts(const Call& call) {
  if (call.service.accounts == nullptr) return no_accounts();
  Answered out = answer::change_accounts(call.door, *call.service.accounts, call.request.body,
                                         caller_of(call).actor);
  if (out) note(call.service, call.request, "changed", call.door.principal().account, "accounts");
  return out;
}

// A refused file goes back marked where that is asked for (?faults=xlsx or text).
HttpResponse import_file(const Call& call) {
  auto input = import_of(call);
  if (!input) return json_response(tl::unexpected(std::move(input.error())));
  Answered answered = answer::import_rows(call.door, call.bound[0], *input, caller_of(call));
  const std::string wanted = call.query("faults");
  HttpResponse response = json_response(answered);
  if (answered || (wanted != "xlsx" && wanted != "text")) return response;
  response.content_type = "text/plain; charset=utf-8";
  response.body = answer::fault_list(answered.error());
  if (wanted == "text") return response;
  Instant at{0};
  for (const zone::Summary& zone : call.door.zones()) {
    if (zone.zone == call.bound[0]) at = zone.at;
  }
  if (auto marked = answer::marked_workbook(*input, answered.error(), at)) {
    response.content_type = answer::kXlsxType;
    response.body = std::move(*marked);
  }
  return response;
}
HttpResponse export_file(const Call& call) {
  answer::ExportInput input{call.bound[1], "csv", as_of(call)};
  if (std::string format = call.query("format"); !format.empty()) input.format = format;
  input.is_english = call.query("lang") == "en";
  input.has_mark = call.query("mark") != "false";
  auto exported = answer::export_rows(call.door, call.bound[0], input);
  if (!exported) return json_response(tl::unexpected(std::move(exported.error())));
  HttpResponse response;
  response.content_type = exported->content_type;
  response.body = std::move(exported->bytes);
  return response;
}

HttpResponse live(const Call& call) { return live_response(call.service, call.request); }

template <Answered (*kHandler)(const Call&)>
HttpResponse as_json(const Call& call) {
  return json_response(kHandler(call));
}

constexpr Route kRoutes[] = {
    {"GET", "v1/zones", as_json<zones>},
    {"GET", "v1/zones/{}", as_json<zone_of>},
    {"GET", "v1/zones/{}/recomputed", as_json<compare>},
    {"GET", "v1/recomputed", as_json<compare_all>},
    {"GET", "v1/zones/{}/definitions", as_json<definitions>},
    {"GET", "v1/zones/{}/definitions/*", as_json<definition>},
    {"GET", "v1/zones/{}/registers", as_json<registers>},
    {"GET", "v1/zones/{}/indicators", as_json<indicators>},
    {"GET", "v1/zones/{}/entries", as_json<entries>},
    {"POST", "v1/zones/{}/acts", as_json<act>},
    {"POST", "v1/zones/{}/imports/{}", import_file},
    {"GET", "v1/zones/{}/exports/{}", export_file},
    {"POST", "v1/imports/{}", as_json<import_zones>},
    {"GET", "v1/zones/{}/records/{}", as_json<records>},
    {"GET", "v1/zones/{}/records/{}/*", as_json<record>},
    {"GET", "v1/today", as_json<today>},
    {"GET", "v1/zones/{}/today", as_json<today_of>},
    {"GET", "v1/outbox", as_json<outbox>},
    {"GET", "v1/zones/{}/outbox", as_json<outbox_of>},
    {"POST", "v1/figures", as_json<figures>},
    {"GET", "v1/zones/{}/screens", as_json<screens>},
    {"GET", "v1/zones/{}/screens/{}", as_json<screen>},
    {"GET", "v1/figures/*", as_json<figure>},
    {"GET", "v1/explanations/*", as_json<explanation>},
    {"POST", "v1/pages/read", as_json<read_page>},
    {"POST", "v1/pages/check", as_json<check_page>},
    {"GET", "v1/live", live},
    {"GET", "v1/me", as_json<me>},
    {"GET", "v1/accounts", as_json<accounts>},
    {"POST", "v1/accounts", as_json<change_accounts>},
};

}  // namespace

std::span<const Route> routes() { return kRoutes; }

}  // namespace wutong::server
