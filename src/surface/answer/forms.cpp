// What a form, a list and a shelf of figures are drawn from: the registers and indicators of a
// zone as far as the caller may know of them; figures by the dozen; the entries of the log.
#include <algorithm>

#include "base/text.hpp"
#include "core/record/owner.hpp"
#include "surface/answer/json_out.hpp"
#include "surface/answer/json_text.hpp"

namespace wutong::answer {

namespace json = boost::json;

namespace {

constexpr size_t kFiguresMax = 240;
constexpr size_t kEntriesMax = 200;

std::string_view type_of(record::FieldKind kind) {
  switch (kind) {
    case record::FieldKind::text:
      return "text";
    case record::FieldKind::integer:
      return "int";
    case record::FieldKind::decimal:
      return "decimal";
    case record::FieldKind::boolean:
      return "bool";
    case record::FieldKind::code:
      return "code";
    case record::FieldKind::reference:
      return "ref";
    case record::FieldKind::date:
      return "date";
    case record::FieldKind::partial_date:
      return "partial_date";
    case record::FieldKind::month:
      return "month";
    case record::FieldKind::period:
      return "period";
    case record::FieldKind::text_list:
      return "text_list";
  }
  return "text";
}

json::array codes_json(const std::vector<record::Code>& codes) {
  json::array out;
  for (const record::Code& code : codes) {
    out.push_back(json::object{{"value", code.value}, {"title", to_json(code.title)}});
  }
  return out;
}

json::object field_json(const record::Field& field) {
  json::object out{{"field", field.name},           {"type", type_of(field.kind)},
                   {"title", to_json(field.title)}, {"required", field.required},
                   {"personal", field.personal},    {"effective", field.effective}};
  if (!field.help.zh.empty()) out["help"] = to_json(field.help);
  if (field.kind == record::FieldKind::decimal || field.kind == record::FieldKind::integer) {
    out["unit"] = json::object{{"zh", field.unit.zh()}, {"en", field.unit.en()}};
    out["decimals"] = field.decimals;
  }
  if (!field.target.empty()) out["target"] = field.target;
  if (!field.codes.empty()) out["codes"] = codes_json(field.codes);
  return out;
}

template <typename Items>
json::array names_of(const record::Register& home, const Items& indexes) {
  json::array out;
  for (const size_t index : indexes) out.emplace_back(home.fields[index].name);
  return out;
}

json::object reach_json(const access::Rights& rights, const record::Register& home) {
  constexpr std::pair<const char*, access::Right> kAll[] = {{"read", access::Right::read},
                                                            {"create", access::Right::create},
                                                            {"amend", access::Right::amend},
                                                            {"import", access::Right::import},
                                                            {"move", access::Right::move}};
  json::object out;
  for (const auto& [name, right] : kAll) {
    const access::Rows rows = rights.reach(home.name, right);
    if (rows != access::Rows::none) out[name] = rows == access::Rows::all ? "all" : "own";
  }
  return out;
}

json::object register_json(const access::Rights& rights, const record::Register& home) {
  json::array fields;
  for (const record::Field& field : home.fields) fields.push_back(field_json(field));
  json::array moves;
  for (const record::Move& move : home.moves) {
    moves.push_back(json::object{{"move", move.name},
                                 {"title", to_json(move.title)},
                                 {"from", json::array(move.from.begin(), move.from.end())},
                                 {"to", move.to},
                                 {"by", json::array(move.by.begin(), move.by.end())},
                                 {"requires", names_of(home, move.required_fields)}});
  }
  json::object out{{"register", home.name},
                   {"title", to_json(home.title)},
                   {"pack", home.pack},
                   {"statistics", home.is_statistics},
                   {"person", home.is_person},
                   {"key", names_of(home, home.key)},
                   {"names", names_of(home, home.name_fields)},
                   {"fields", std::move(fields)},
                   {"states", codes_json(home.states)},
                   {"moves", std::move(moves)},
                   {"may", reach_json(rights, home)}};
  if (!home.help.zh.empty()) out["help"] = to_json(home.help);
  return out;
}

json::object newest_json(const zone::View& view, const indicator::Definition& definition,
                         Date day) {
  constexpr std::pair<const char*, PeriodKind> kKinds[] = {{"cumulative", PeriodKind::cumulative},
                                                           {"month", PeriodKind::month},
                                                           {"quarter", PeriodKind::quarter},
                                                           {"year", PeriodKind::year},
                                                           {"as_of", PeriodKind::as_of}};
  json::object out;
  for (const auto& [name, kind] : kKinds) {
    const auto period = view.figures->newest(*view.state, definition.name, kind, day);
    if (period) out[name] = period->to_string();
  }
  return out;
}

const record::Field* last_of(const record::Schema& schema, const indicator::Definition& definition,
                             const indicator::Dimension& dimension) {
  const record::Register* home = &schema.registers()[definition.register_index];
  const record::Field* field = nullptr;
  for (const size_t step : dimension.path.steps) {
    field = &home->fields[step];
    if (field->target.empty()) break;
    home = schema.find(field->target);
  }
  return field;
}

json::array dimensions_json(const record::Schema& schema, const indicator::Definition& definition) {
  json::array out;
  if (definition.kind != indicator::Kind::records) return out;
  for (const indicator::Dimension& dimension : definition.dimensions) {
    json::object one{{"dimension", dimension.name}};
    if (const record::Field* field = last_of(schema, definition, dimension)) {
      one["title"] = to_json(field->title);
      one["type"] = type_of(field->kind);
      if (!field->codes.empty()) one["values"] = codes_json(field->codes);
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

Answered list_registers(const Door& door, std::string_view zone) {
  auto rights = door.enter(zone);
  if (!rights) return failed(rights.error());
  json::array registers;
  auto read = door.host().read(zone, [&](const zone::View& view) {
    for (const record::Register& home : view.catalog->schema->registers()) {
      if (!record::may_know(&*rights, home)) continue;
      registers.push_back(register_json(*rights, home));
    }
  });
  if (!read) return failed(read.error());
  return json::object{{"zone", zone}, {"registers", std::move(registers)}};
}

Answered list_indicators(const Door& door, std::string_view zone) {
  auto rights = door.enter(zone);
  if (!rights) return failed(rights.error());
  json::object out;
  auto read = door.host().read(zone, [&](const zone::View& view) {
    const Date day = door.host().now(view).day();
    json::array indicators;
    for (const indicator::Definition& definition : view.catalog->indicators->all()) {
      if (!may_list(view, *rights, definition)) continue;
      indicators.push_back(
          json::object{{"indicator", definition.name},
                       {"title", to_json(definition.title)},
                       {"pack", definition.pack},
                       {"unit", definition.unit.code()},
                       {"comparable", definition.comparable_base},
                       {"stock", definition.is_stock},
                       {"dimensions", dimensions_json(*view.catalog->schema, definition)},
                       {"newest", newest_json(view, definition, day)}});
    }
    out = {{"zone", zone},
           {"day", day.to_string()},
           {"position", view.position.value},
           {"synthetic", view.catalog->zone.synthetic},
           {"indicators", std::move(indicators)}};
  });
  if (!read) return failed(read.error());
  return out;
}

Answered show_figures(const Door& door, std::string_view body, const AsOf& as_of) {
  auto parsed = parse_json(body, "");
  if (!parsed) return failed(parsed.error());
  const JsonText* asked = parsed->find("figures");
  const bool is_list =
      asked != nullptr && asked->kind == JsonText::Kind::list &&
      asked->elements.size() <= kFiguresMax &&
      std::all_of(asked->elements.begin(), asked->elements.end(),
                  [](const JsonText& one) { return one.kind == JsonText::Kind::text; });
  if (!is_list) {
    return failed(Error{ErrorKind::invalid,
                        "figures.malformed",
                        {{}, 0, 0, "figures"},
                        "figures 应是指标标识的列表，至多 240 个",
                        "figures takes a list of identities of figures, 240 at most",
                        {}});
  }
  json::array figures;
  for (const JsonText& one : asked->elements) {
    Answered answered = show_figure(door, one.text, as_of);
    figures.push_back(
        answered ? std::move(*answered)
                 : json::object{{"figure", one.text}, {"problem", problem(answered.error())}});
  }
  return json::object{{"figures", std::move(figures)}};
}

Answered list_entries(const Door& door, std::string_view zone, size_t before, size_t limit) {
  auto rights = door.enter(zone);
  if (!rights) return failed(rights.error());
  if (!door.need(zone, access::Task::audit)) return failed(not_allowed());
  uint64_t position = 0;
  auto read =
      door.host().read(zone, [&](const zone::View& view) { position = view.position.value; });
  if (!read) return failed(read.error());
  uint64_t at = before == 0 ? position : std::min<uint64_t>(before - 1, position);
  json::array entries;
  for (; at > 0 && entries.size() < std::min(limit, kEntriesMax); --at) {
    entries.push_back(note_json(door, zone, Seq{at}));
  }
  return json::object{{"zone", zone},
                      {"position", position},
                      {"entries", std::move(entries)},
                      {"next", at == 0 ? json::value(nullptr) : json::value(at + 1)}};
}

}  // namespace wutong::answer
