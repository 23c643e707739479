#include "base/text.hpp"
#include "core/record/owner.hpp"
#include "surface/answer/clocks.hpp"

namespace wutong::answer {

namespace json = boost::json;

namespace {

struct Shown {
  json::object fields;
  bool has_personal = false;  // personal data is among them
};

Shown row_json(const record::State& state, const access::Rights& rights, size_t index,
               RecordId record) {
  const record::Register& definition = state.schema().registers()[index];
  Shown out;
  std::optional<bool> may_personal;
  for (size_t i = 0; i < definition.fields.size(); ++i) {
    const record::Field& field = definition.fields[i];
    if (field.personal && !may_personal) {
      may_personal =
          rights.may_read_personal(definition.name, record::owners_of(state, index, record));
    }
    if (field.personal && !*may_personal) continue;
    const Value value = state.value(index, i, record);
    out.has_personal = out.has_personal || (field.personal && !is_absent(value));
    out.fields[field.name] = to_json(state, field, value);
  }
  return out;
}

// `from` of what holds since always is null.
json::object histories_json(const record::State& state, size_t index, RecordId record) {
  json::object out;
  const record::Register& definition = state.schema().registers()[index];
  for (size_t i = 0; i < definition.fields.size(); ++i) {
    if (!definition.fields[i].effective || definition.fields[i].personal) continue;
    auto history = state.history(index, i, record);
    if (history.size() < 2) continue;
    json::array dated;
    for (const auto& version : history) {
      json::object one{{"from", nullptr},
                       {"value", to_json(state, definition.fields[i], version.value)}};
      if (!version.is_since_always()) one["from"] = version.from.to_string();
      dated.push_back(std::move(one));
    }
    out[definition.fields[i].name] = std::move(dated);
  }
  return out;
}

}  // namespace

std::optional<size_t> find_register(const record::State& state, const access::Rights& rights,
                                    std::string_view name) {
  auto index = state.schema().index_of(name);
  if (index && record::may_know(&rights, state.schema().registers()[*index])) return index;
  return std::nullopt;
}

Error unknown_register(const record::Schema& schema, const access::Rights& rights,
                       std::string_view name) {
  std::vector<std::string> names;
  for (const record::Register& home : schema.registers()) {
    if (record::may_know(&rights, home)) names.push_back(home.name);
  }
  Error error{ErrorKind::not_found, "record.unknown_register", {}, {}, {}, {}};
  error.zh = "没有名为“" + std::string(name) + "”的登记簿";
  error.en = "there is no register " + std::string(name);
  if (auto near = nearest_name(name, names)) {
    error.zh += "，是否指 " + *near + "？";
    error.en += "; did you mean " + *near + "?";
  } else if (!names.empty()) {
    error.zh += "；有：" + join(names, "、");
    error.en += "; there are: " + join(names, ", ");
  }
  return error;
}

Answered show_record(const Door& door, std::string_view zone, std::string_view register_name,
                     std::string_view key, const AsOf& as_of) {
  auto rights = door.enter(zone);
  if (!rights) return failed(rights.error());
  std::optional<Error> error;
  bool has_personal = false;
  json::object out;
  record::Provenance provenance;
  auto read = read_as_of(door, zone, as_of, [&](const zone::View& view) {
    const record::State& state = *view.state;
    auto index = find_register(state, *rights, register_name);
    if (!index) {
      error = unknown_register(state.schema(), *rights, register_name);
      return;
    }
    if (auto readable = record::readable_key(state.schema(), *index, key); !readable) {
      error = readable.error();
      return;
    }
    auto record = state.find(*index, key);
    if (!record || !record::may_read(&*rights, state, *index, *record)) {
      error = Error{
          ErrorKind::not_found,
          "record.not_found",
          {},
          "登记簿 " + std::string(register_name) + " 中没有主键为“" + std::string(key) + "”的记录",
          "register " + std::string(register_name) + " has no record with key \"" +
              std::string(key) + "\"",
          {}};
      return;
    }
    provenance = state.provenance(*index, *record);
    Shown shown = row_json(state, *rights, *index, *record);
    has_personal = shown.has_personal;
    out = {{"zone", zone},
           {"register", register_name},
           {"title", to_json(state.schema().registers()[*index].title)},
           {"key", key},
           {"fields", std::move(shown.fields)},
           {"histories", histories_json(state, *index, *record)},
           {"clocks", clocks_json(door.host(), view, *index, *record)},
           {"position", view.position.value},
           {"synthetic", view.catalog->zone.synthetic}};
  });
  if (!read) return failed(read.error());
  if (error) return failed(*error);
  if (has_personal) {
    auto noted = door.note_personal({"read", zone, register_name, key, 1});
    if (!noted) return failed(noted.error());
  }
  out["created"] = note_json(door, zone, provenance.created);
  out["changed"] = note_json(door, zone, provenance.changed);
  return out;
}

namespace {

struct ListedRows {
  json::array rows;
  size_t personal = 0;  // of them with personal data
};

ListedRows rows_json(const record::State& state, const access::Rights& rights, size_t index,
                     const std::vector<RecordId>& records) {
  ListedRows out;
  out.rows.reserve(records.size());
  for (RecordId record : records) {
    Shown shown = row_json(state, rights, index, record);
    out.personal += shown.has_personal ? 1 : 0;
    out.rows.push_back(
        json::object{{"key", state.key_text(index, record)}, {"fields", std::move(shown.fields)}});
  }
  return out;
}

Error limit_out_of_range() {
  const std::string max = std::to_string(record::Query::kLimitMax);
  return Error{ErrorKind::invalid,
               "query.limit",
               Place{{}, 0, 0, "limit"},
               "limit 应是 1 到 " + max + " 的整数",
               "limit should be a whole number from 1 to " + max,
               {}};
}

}  // namespace

Answered list_records(const Door& door, std::string_view zone, std::string_view register_name,
                      const ListInput& input) {
  if (input.limit < 1 || input.limit > record::Query::kLimitMax) {
    return failed(limit_out_of_range());
  }
  auto rights = door.enter(zone);
  if (!rights) return failed(rights.error());
  std::optional<Error> error;
  json::object out;
  size_t personal_rows = 0;
  auto read = read_as_of(door, zone, input.as_of, [&](const zone::View& view) {
    const record::State& state = *view.state;
    auto index = find_register(state, *rights, register_name);
    if (!index) {
      error = unknown_register(state.schema(), *rights, register_name);
      return;
    }
    auto query = record::read_query(state, *index, input.query);
    if (!query) {
      error = query.error();
      return;
    }
    query->offset = input.offset;
    query->limit = input.limit;
    query->visible = record::visible_rows(&*rights, state, *index);
    const record::Listed listed = record::list(state, *query);
    ListedRows shown = rows_json(state, *rights, *index, listed.rows);
    personal_rows = shown.personal;
    out = {{"zone", zone}, {"register", register_name}};
    if (input.has_count) out["count"] = listed.count;
    out["offset"] = input.offset;
    out["rows"] = std::move(shown.rows);
    out["next"] = listed.next ? json::value(*listed.next) : json::value(nullptr);
    out["position"] = view.position.value;
    out["synthetic"] = view.catalog->zone.synthetic;
  });
  if (!read) return failed(read.error());
  if (error) return failed(*error);
  if (personal_rows > 0) {
    auto noted = door.note_personal({"read", zone, register_name, {}, personal_rows});
    if (!noted) return failed(noted.error());
  }
  return out;
}

}  // namespace wutong::answer
