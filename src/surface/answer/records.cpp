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

json::object histories_json(const record::State& state, size_t index, RecordId record) {
  json::object out;
  const record::Register& definition = state.schema().registers()[index];
  for (size_t i = 0; i < definition.fields.size(); ++i) {
    if (!definition.fields[i].effective || definition.fields[i].personal) continue;
    auto history = state.history(index, i, record);
    if (history.size() < 2) continue;
    json::array dated;
    for (const auto& version : history) {
      dated.push_back(json::object{{"from", version.from.to_string()},
                                   {"value", to_json(state, definition.fields[i], version.value)}});
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

Answered list_records(const Door& door, std::string_view zone, std::string_view register_name,
                      size_t offset, size_t limit, const AsOf& as_of) {
  auto rights = door.enter(zone);
  if (!rights) return failed(rights.error());
  std::optional<Error> error;
  json::object out;
  size_t personal_rows = 0;
  auto read = read_as_of(door, zone, as_of, [&](const zone::View& view) {
    const record::State& state = *view.state;
    auto index = find_register(state, *rights, register_name);
    if (!index) {
      error = unknown_register(state.schema(), *rights, register_name);
      return;
    }
    const bool sees_all = rights->reach(register_name, access::Right::read) == access::Rows::all;
    const size_t size = state.size(*index);
    const size_t wanted = std::min(limit, size_t{1000});
    json::array rows;
    size_t count = sees_all ? size : 0;
    for (size_t i = sees_all ? offset : 0; i < size; ++i) {
      if (sees_all && rows.size() == wanted) break;
      const RecordId record{static_cast<uint32_t>(i)};
      if (!sees_all) {
        if (!record::may_read(&*rights, state, *index, record)) continue;
        if (++count <= offset || rows.size() == wanted) continue;
      }
      Shown shown = row_json(state, *rights, *index, record);
      personal_rows += shown.has_personal ? 1 : 0;
      rows.push_back(json::object{{"key", state.key_text(*index, record)},
                                  {"fields", std::move(shown.fields)}});
    }
    out = {{"zone", zone},
           {"register", register_name},
           {"count", count},
           {"offset", offset},
           {"rows", std::move(rows)},
           {"position", view.position.value},
           {"synthetic", view.catalog->zone.synthetic}};
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
