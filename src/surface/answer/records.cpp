#include "base/text.hpp"
#include "surface/answer/clocks.hpp"

namespace wutong::answer {

namespace json = boost::json;

namespace {

json::object row_json(const record::State& state, size_t index, RecordId record) {
  const record::Register& definition = state.schema().registers()[index];
  json::object fields;
  for (size_t i = 0; i < definition.fields.size(); ++i) {
    const record::Field& field = definition.fields[i];
    fields[field.name] = to_json(state, field, state.value(index, i, record));
  }
  return fields;
}

json::object histories_json(const record::State& state, size_t index, RecordId record) {
  json::object out;
  const record::Register& definition = state.schema().registers()[index];
  for (size_t i = 0; i < definition.fields.size(); ++i) {
    if (!definition.fields[i].effective) continue;
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

Error unknown_register(const record::Schema& schema, std::string_view name) {
  std::vector<std::string> names = schema.names();
  Error error{ErrorKind::not_found, "record.unknown_register", {}, {}, {}, {}};
  error.zh = "没有名为“" + std::string(name) + "”的登记簿";
  error.en = "there is no register " + std::string(name);
  if (auto near = nearest_name(name, names)) {
    error.zh += "，是否指 " + *near + "？";
    error.en += "; did you mean " + *near + "?";
  } else {
    error.zh += "；有：" + join(names, "、");
    error.en += "; there are: " + join(names, ", ");
  }
  return error;
}

Answered show_record(const zone::Host& host, std::string_view zone, std::string_view register_name,
                     std::string_view key, const AsOf& as_of) {
  std::optional<Error> error;
  json::object out;
  record::Provenance provenance;
  auto read = read_as_of(host, zone, as_of, [&](const zone::View& view) {
    const record::State& state = *view.state;
    auto index = state.schema().index_of(register_name);
    if (!index) {
      error = unknown_register(state.schema(), register_name);
      return;
    }
    auto record = state.find(*index, key);
    if (!record) {
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
    out = {{"zone", zone},
           {"register", register_name},
           {"title", to_json(state.schema().registers()[*index].title)},
           {"key", key},
           {"fields", row_json(state, *index, *record)},
           {"histories", histories_json(state, *index, *record)},
           {"clocks", clocks_json(host, view, *index, *record)},
           {"position", view.position.value},
           {"synthetic", view.catalog->zone.synthetic}};
  });
  if (!read) return failed(read.error());
  if (error) return failed(*error);
  out["created"] = note_json(host, zone, provenance.created);
  out["changed"] = note_json(host, zone, provenance.changed);
  return out;
}

Answered list_records(const zone::Host& host, std::string_view zone, std::string_view register_name,
                      size_t offset, size_t limit, const AsOf& as_of) {
  std::optional<Error> error;
  json::object out;
  auto read = read_as_of(host, zone, as_of, [&](const zone::View& view) {
    const record::State& state = *view.state;
    auto index = state.schema().index_of(register_name);
    if (!index) {
      error = unknown_register(state.schema(), register_name);
      return;
    }
    json::array rows;
    size_t size = state.size(*index);
    size_t end = std::min(size, offset + std::min(limit, size_t{1000}));
    for (size_t i = offset; i < end; ++i) {
      RecordId record{static_cast<uint32_t>(i)};
      rows.push_back(json::object{{"key", state.key_text(*index, record)},
                                  {"fields", row_json(state, *index, record)}});
    }
    out = {{"zone", zone},
           {"register", register_name},
           {"count", size},
           {"offset", offset},
           {"rows", std::move(rows)},
           {"position", view.position.value},
           {"synthetic", view.catalog->zone.synthetic}};
  });
  if (!read) return failed(read.error());
  if (error) return failed(*error);
  return out;
}

}  // namespace wutong::answer
