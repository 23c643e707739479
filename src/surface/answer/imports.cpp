// CSV files as acts: of one zone, and of many at once.
#include <algorithm>

#include "base/text.hpp"
#include "core/record/owner.hpp"
#include "engine/sheet/csv.hpp"
#include "surface/answer/json_out.hpp"
#include "surface/answer/sheet_map.hpp"

namespace wutong::answer {

namespace json = boost::json;

namespace {

constexpr std::string_view kSystemZone = "system";

void sign(const Door& door, const Caller& caller, record::Request& request) {
  request.principal = door.asking();
  request.actor = caller.actor;
  if (!request.principal) request.roles = caller.roles;
}

record::Request request_of(const ImportInput& input) {
  record::Request request;
  request.act = record::Act::import;
  request.register_name = input.register_name;
  request.note = input.note;
  request.valid_from = input.valid_from;
  request.file = input.file;
  return request;
}

Error fault(const std::string& file, int line, const std::string& field, std::string zh,
            std::string en) {
  return Error{ErrorKind::invalid, "import.zone", {file, line, 0, field},
               std::move(zh),      std::move(en), {}};
}

std::optional<size_t> column_of(const sheet::Sheet& sheet, std::string_view name) {
  for (size_t i = 0; i < sheet.names.size(); ++i) {
    if (sheet.names[i] == name) return i;
  }
  return std::nullopt;
}

std::string text_at(const Column& column, size_t row) {
  return column.present[row] != 0 ? to_string(column.value(row)) : std::string();
}

// Value of a row → zone; "" where several zones have it.
using ZoneOf = std::map<std::string, std::string, std::less<>>;

Issues no_column(const ImportInput& input, const sheet::Sheet& sheet, const std::string& name) {
  return {fault(input.file, 1, name,
                "没有列“" + name + "”，分不出各行属于哪个园区；有：" + join(sheet.names, "、"),
                "there is no column " + name +
                    " to tell the zone of a row; there are: " + join(sheet.names, ", "))};
}

ZoneOf zones_of_file(const ZonesInput& input, Issues& issues) {
  ZoneOf out;
  auto sheet = sheet::read_csv(input.zones_file, *input.zones_content, issues);
  if (!sheet) return out;
  const auto zones = column_of(*sheet, input.zone_column);
  if (!zones) {
    issues = no_column({{}, input.zones_file, {}, {}, {}}, *sheet, input.zone_column);
    return out;
  }
  for (size_t row = 0; row < sheet->lines.size(); ++row) {
    out[text_at(sheet->columns[0], row)] = text_at(sheet->columns[*zones], row);
  }
  return out;
}

// By the records that a reference names: which zone has the target?
ZoneOf zones_of_references(const Door& door, const ZonesInput& input, const Column& keys) {
  ZoneOf out;
  door.host().read_all([&](std::span<const zone::View> views) {
    for (const zone::View& view : views) {
      const access::Rights rights = door.rights(view);
      const record::Schema& schema = *view.catalog->schema;
      const auto home = schema.index_of(input.rows.register_name);
      if (!home) continue;
      for (const record::Field& field : schema.registers()[*home].fields) {
        const auto target = schema.index_of(field.target);
        if (field.name != input.by || !target) continue;
        std::string before;
        for (size_t row = 0; row < keys.size(); ++row) {
          const std::string key = text_at(keys, row);
          if (key == before) continue;
          const auto found_record = view.state->find(*target, key);
          if (!found_record || !record::may_read(&rights, *view.state, *target, *found_record)) {
            continue;
          }
          const std::string& zone = view.catalog->zone.zone;
          const auto [found, is_new] = out.emplace(key, zone);
          if (!is_new && found->second != zone) found->second.clear();
          before = key;
        }
      }
    }
  });
  return out;
}

// The rows of each zone, in their order; faults where a row has none.
std::map<std::string, std::vector<size_t>> rows_by_zone(const Door& door, const ZonesInput& input,
                                                        const sheet::Sheet& sheet, Issues& issues) {
  std::map<std::string, std::vector<size_t>> out;
  const std::string& name = input.by.empty() ? input.zone_column : input.by;
  const auto index = column_of(sheet, name);
  if (!index) {
    issues = no_column(input.rows, sheet, name);
    return out;
  }
  const Column& column = sheet.columns[*index];
  std::optional<ZoneOf> zone_of;
  if (input.zones_content) zone_of = zones_of_file(input, issues);
  if (!input.zones_content && !input.by.empty()) {
    zone_of = zones_of_references(door, input, column);
  }
  if (!issues.empty()) return out;
  std::vector<std::string> known;
  for (const zone::Summary& summary : door.zones()) {
    if (summary.zone != kSystemZone) known.push_back(summary.zone);
  }
  for (size_t row = 0; row < sheet.lines.size() && issues.size() < sheet::kFaultsMax; ++row) {
    const std::string value = text_at(column, row);
    std::string zone = value;
    std::string zh = "没有园区“" + value + "”";
    std::string en = "there is no zone \"" + value + "\"";
    if (zone_of) {
      const auto found = zone_of->find(value);
      zone = found == zone_of->end() ? std::string() : found->second;
      const bool is_double = found != zone_of->end() && zone.empty();
      zh = is_double ? "“" + value + "”在几个园区都有，分不出属于哪个"
                     : "查不到“" + value + "”属于哪个园区" + (zone.empty() ? "" : "：" + zone);
      en = is_double ? "several zones have \"" + value + "\": which one is meant is open"
                     : "no zone is known for \"" + value + "\"" +
                           (zone.empty() ? "" : ": there is no zone " + zone);
    }
    if (std::binary_search(known.begin(), known.end(), zone)) {
      out[zone].push_back(row);
      continue;
    }
    const auto near = nearest_name(zone, known);
    if (near && !zone.empty()) zh += "，是否指 " + *near + "？";
    if (near && !zone.empty()) en += "; did you mean " + *near + "?";
    issues.push_back(fault(input.rows.file, sheet.lines[row], name, zh, en));
  }
  return out;
}

// Column by column, so that no more than one is there twice.
std::vector<zone::ZoneAct> split_rows(const ZonesInput& input, sheet::Sheet sheet,
                                      const std::map<std::string, std::vector<size_t>>& zones,
                                      const Door& door, const Caller& caller) {
  std::vector<zone::ZoneAct> acts;
  for (const auto& [zone, rows] : zones) {
    acts.push_back({zone, request_of(input.rows), caller.idempotency_key});
    record::Request& request = acts.back().request;
    sign(door, caller, request);
    for (size_t row : rows) request.lines.push_back(sheet.lines[row]);
  }
  for (size_t i = 0; i < sheet.names.size(); ++i) {
    Column whole = std::move(sheet.columns[i]);
    if (input.by.empty() && sheet.names[i] == input.zone_column) continue;
    auto act = acts.begin();
    for (const auto& [zone, rows] : zones) {
      record::InputColumn part{sheet.names[i], {}};
      part.column.type = ValueType::text;
      part.column.reserve(rows.size());
      for (size_t row : rows) {
        if (whole.present[row] != 0) {
          part.column.append_text(text_at(whole, row));
        } else {
          part.column.append_absent();
        }
      }
      (act++)->request.columns.push_back(std::move(part));
    }
  }
  return acts;
}

// Every fault of every zone, under one error.
zone::Failure joined(const std::vector<std::pair<std::string, zone::Failure>>& refused) {
  zone::Failure out = refused.front().second;
  if (refused.size() == 1) return out;
  Issues faults;
  size_t count = 0;
  for (const auto& [zone, failure] : refused) {
    if (failure.error.code == "zone.other_part_refused") continue;
    out.error.kind = failure.error.kind;
    count += failure.faults.empty() ? 1 : failure.fault_count;
    if (failure.faults.empty()) faults.push_back(failure.error);
    faults.insert(faults.end(), failure.faults.begin(), failure.faults.end());
  }
  if (faults.size() > sheet::kFaultsMax) faults.resize(sheet::kFaultsMax);
  const std::string number = std::to_string(count);
  out.error = Error{out.error.kind,
                    "import.refused",
                    {},
                    "有 " + number + " 处错误，各园区均未写入；请改正所列各处后重新提交",
                    number +
                        " faults; nothing was written for any zone. Correct those listed and "
                        "submit again",
                    {}};
  out.faults = std::move(faults);
  out.fault_count = count;
  return out;
}

// Faults of the act at their columns, behind those of the mapping.
zone::Failure with_places(zone::Failure failure, const MappedSheet& mapped) {
  auto place = [&](Error& error) {
    const auto found = mapped.places.find(error.place.field);
    if (found != mapped.places.end() && error.place.column == 0) {
      error.place.column = found->second;
    }
  };
  place(failure.error);
  for (Error& fault : failure.faults) place(fault);
  if (mapped.faults.empty()) return failure;
  Issues faults = mapped.faults;
  const bool is_idle = failure.error.code == "record.nothing_to_do";
  if (!is_idle && !failure.error.code.empty() && failure.faults.empty()) {
    faults.push_back(failure.error);
  }
  if (!is_idle) faults.insert(faults.end(), failure.faults.begin(), failure.faults.end());
  const size_t beyond = failure.fault_count > failure.faults.size() && !failure.faults.empty()
                            ? failure.fault_count - failure.faults.size()
                            : 0;
  zone::Failure out = failure_of(std::move(faults));
  out.fault_count += beyond;
  return out;
}

}  // namespace

// One caller's keys are not another's: nobody gets a receipt that is not his.
Caller named(const Door& door, Caller caller) {
  if (door.principal().is_local) return caller;
  const std::string& account = door.principal().account;
  caller.actor = account;
  if (!caller.idempotency_key.empty()) caller.idempotency_key.insert(0, account + "\n");
  return caller;
}

Answered perform_request(const Door& door, std::string_view zone, record::Request request,
                         const Caller& asked) {
  const Caller caller = named(door, asked);
  auto entered = door.enter(zone);
  if (!entered) return failed(entered.error());
  // Accounts and rights have acts of their own, which keep the secrets in step.
  if (zone == kSystemZone) return failed(not_allowed());
  sign(door, caller, request);
  auto done = door.host().act(zone, std::move(request), caller.idempotency_key, caller.is_dry_run);
  if (!done) return tl::unexpected(std::move(done.error()));
  return receipt(*done);
}

Answered import_rows(const Door& door, std::string_view zone, const ImportInput& input,
                     const Caller& caller) {
  Issues issues;
  auto sheet = read_sheet(input, issues);
  if (!sheet) return tl::unexpected(failure_of(std::move(issues)));
  std::optional<MappedSheet> mapped;
  auto rights = door.enter(zone);
  if (!rights) return failed(rights.error());
  auto read = door.host().read(zone, [&](const zone::View& view) {
    const record::Schema& schema = *view.catalog->schema;
    const record::Register* home = schema.find(input.register_name);
    if (home != nullptr && record::may_know(&*rights, *home))
      mapped = map_sheet(*view.state, *home, input, *sheet);
  });
  if (!read) return failed(read.error());
  record::Request request = request_of(input);
  request.file = file_place(input, *sheet);
  request.lines = std::move(sheet->lines);
  if (mapped) {
    request.columns = std::move(mapped->columns);
  } else {  // the act names the register that is nearest
    for (size_t i = 0; i < sheet->names.size(); ++i) {
      request.columns.push_back({sheet->names[i], std::move(sheet->columns[i])});
    }
    mapped.emplace();
  }
  // Faults of the mapping and of the act come back together.
  Caller trying = caller;
  trying.is_dry_run = caller.is_dry_run || !mapped->faults.empty();
  auto done = perform_request(door, zone, std::move(request), trying);
  if (done && mapped->faults.empty()) {
    if (!sheet->title.empty()) done->as_object()["sheet"] = sheet->title;
    return done;
  }
  return tl::unexpected(with_places(done ? zone::Failure{} : std::move(done.error()), *mapped));
}

Answered import_zones(const Door& door, ZonesInput input, const Caller& asked) {
  const Caller caller = named(door, asked);
  Issues issues;
  auto sheet = sheet::read_csv(input.rows.file, input.rows.content, issues);
  if (!sheet) return tl::unexpected(failure_of(std::move(issues)));
  input.rows.content = {};
  const auto zones = rows_by_zone(door, input, *sheet, issues);
  if (!issues.empty()) return tl::unexpected(failure_of(std::move(issues)));
  auto acts = split_rows(input, std::move(*sheet), zones, door, caller);
  auto done = door.host().act_many(acts, {input.is_all_or_nothing, caller.is_dry_run});
  json::array receipts, refusals;
  std::vector<std::pair<std::string, zone::Failure>> refused;
  size_t created = 0, changed = 0;
  for (size_t i = 0; i < done.size(); ++i) {
    if (!done[i]) {
      json::object refusal = problem(done[i].error()).as_object();
      refusal["zone"] = acts[i].zone;
      refusals.push_back(std::move(refusal));
      refused.emplace_back(acts[i].zone, std::move(done[i].error()));
      continue;
    }
    receipts.push_back(receipt(*done[i]));
    created += done[i]->rows_created;
    changed += done[i]->rows_changed;
  }
  if (receipts.empty() && !refused.empty()) return tl::unexpected(joined(refused));
  return json::object{{"zones", std::move(receipts)},
                      {"refused", std::move(refusals)},
                      {"rows_created", created},
                      {"rows_changed", changed}};
}

}  // namespace wutong::answer
