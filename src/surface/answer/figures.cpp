#include <map>

#include "base/codec.hpp"
#include "core/record/owner.hpp"
#include "surface/answer/json_out.hpp"

namespace wutong::answer {

namespace json = boost::json;

namespace {

json::object part_json(const indicator::Part& part) {
  json::object out{{"label", to_json(part.label)},
                   {"value", indicator::amount_text(part.value, part.unit)},
                   {"unit", part.unit.code()}};
  if (!part.identity.empty()) out["figure"] = part.identity;
  return out;
}

// The entries that the listed records name, once each: who recorded them and when.
using Notes = std::map<uint64_t, json::object>;
Notes notes_of(const Door& door, const indicator::Explanation& explanation) {
  Notes out;
  for (const auto& amount : explanation.records) {
    for (Seq seq : {amount.created, amount.changed}) {
      const auto [at, is_new] = out.try_emplace(seq.value);
      if (is_new) at->second = note_json(door, explanation.figure.question.zone, seq);
    }
  }
  return out;
}

json::value field_of(const Notes& notes, Seq seq, const char* key) {
  const json::value* value = notes.at(seq.value).if_contains(key);
  return value == nullptr ? json::value() : *value;
}

json::object amount_json(const indicator::RecordAmount& amount, Unit unit, const Notes& notes) {
  return {{"register", amount.register_name},
          {"key", amount.key},
          {"title", to_json(amount.title)},
          {"part", amount.part},
          {"period", amount.period.to_string()},
          {"amount", indicator::amount_text(amount.amount, unit)},
          {"created", amount.created.value},
          {"changed", amount.changed.value},
          {"created_by", field_of(notes, amount.created, "actor")},
          {"created_at", field_of(notes, amount.created, "at")},
          {"changed_by", field_of(notes, amount.changed, "actor")},
          {"changed_at", field_of(notes, amount.changed, "at")}};
}

json::object split_json(const indicator::Split& split) {
  json::object out{{"published", nullptr},
                   {"published_at", nullptr},
                   {"naive", split.naive.to_string_short()},
                   {"comparable", split.comparable.to_string_short()},
                   {"unit_register", split.unit_register}};
  if (split.published) out["published"] = split.published->to_string_short();
  if (split.published_at) out["published_at"] = split.published_at->value;
  if (!split.note.zh.empty()) out["note"] = to_json(split.note);
  json::array parts;
  for (const auto& part : split.parts) {
    json::array units;
    for (const auto& unit : part.units) {
      units.push_back(json::object{{"key", unit.key},
                                   {"title", to_json(unit.title)},
                                   {"amount", unit.amount.to_string_short()}});
    }
    parts.push_back(json::object{{"part", part.name},
                                 {"title", to_json(part.title)},
                                 {"amount", part.amount.to_string_short()},
                                 {"unit_count", part.unit_count},
                                 {"units", std::move(units)}});
  }
  out["parts"] = std::move(parts);
  return out;
}

json::object breakdown_json(const indicator::Breakdown& breakdown) {
  json::array parts;
  for (const auto& part : breakdown.parts) parts.push_back(part_json(part));
  json::object out{{"parts", std::move(parts)},
                   {"part_count", breakdown.part_count},
                   {"sum", breakdown.sum.to_string_short()},
                   {"difference", breakdown.difference.to_string_short()}};
  if (!breakdown.dimension.empty()) out["dimension"] = breakdown.dimension;
  return out;
}

// The base of a comparable growth as it stood when its period was first complete; nullopt where the
// log begins later. Replays the log up to there.
std::optional<indicator::PublishedBase> published_base(const zone::Host& host,
                                                       const indicator::Question& question,
                                                       std::optional<Seq> as_of) {
  std::optional<Date> by;
  Seq head;
  auto read = host.read(question.zone, [&](const zone::View& view) {
    by = view.figures->base_known_by(question);
    head = view.position;
  });
  if (!read || !by) return std::nullopt;
  auto then = host.position_on(question.zone, *by);
  if (!then) return std::nullopt;
  indicator::PublishedBase out;
  if (then->value >= as_of.value_or(head).value) {
    // Nothing was learnt since: whatever the figure is read at, this is not before it.
    out.position = Seq{UINT64_MAX};
    return out;
  }
  bool is_known = false;
  read = host.read_at(question.zone, *then, [&](const zone::View& view) {
    auto base = view.figures->base_as_known(*view.state, question);
    is_known = base.has_value();
    if (base) out = std::move(*base);
  });
  return read && is_known ? std::optional(std::move(out)) : std::nullopt;
}

json::object explanation_json(const indicator::Explanation& explanation, const Notes& notes) {
  json::object out{{"figure", to_json(explanation.figure)},
                   {"definition", json::object{{"indicator", explanation.definition},
                                               {"digest", to_hex(explanation.definition_digest)},
                                               {"text", explanation.definition_text}}},
                   {"formula", to_json(explanation.formula)}};
  json::array parts;
  for (const auto& part : explanation.parts) parts.push_back(part_json(part));
  out["parts"] = std::move(parts);
  if (explanation.naive) out["naive"] = to_json(*explanation.naive);
  json::array records;
  for (const auto& amount : explanation.records) {
    records.push_back(amount_json(amount, explanation.record_unit, notes));
  }
  out["records"] = std::move(records);
  out["record_count"] = explanation.record_count;
  out["record_unit"] = explanation.record_unit.code();
  // Dates do not add up: the total is the one that won, and nothing where there is none.
  const bool is_date = explanation.record_unit.dimension() == "date";
  const bool has_total = !is_date || explanation.record_count > 0;
  out["value_total"] =
      has_total ? indicator::amount_text(explanation.value_total, explanation.record_unit) : "";
  out["base_total"] = is_date ? "" : explanation.base_total.to_string_short();
  json::array left_out;
  for (const auto& left : explanation.left_out) {
    left_out.push_back(json::object{{"reason", to_json(left.reason)},
                                    {"records", left.records},
                                    {"amount", left.amount.to_string_short()}});
  }
  out["left_out"] = std::move(left_out);
  if (explanation.split) out["split"] = split_json(*explanation.split);
  json::array breakdowns;
  for (const auto& breakdown : explanation.breakdowns) {
    breakdowns.push_back(breakdown_json(breakdown));
  }
  out["breakdowns"] = std::move(breakdowns);
  return out;
}

json::object across_json(const zone::Across& across) {
  json::object out{{"figure", to_json(across.figure)},
                   {"definition", json::object{{"indicator", across.figure.question.indicator},
                                               {"digest", to_hex(across.definition_digest)},
                                               {"text", across.definition_text}}},
                   {"formula", to_json(across.formula)}};
  json::array parts;
  for (const auto& part : across.parts) parts.push_back(part_json(part));
  out["parts"] = std::move(parts);
  json::array left_out;
  for (const auto& zone : across.left_out) {
    left_out.push_back(json::object{
        {"zone", zone.zone}, {"name", to_json(zone.name)}, {"reason", to_json(zone.reason)}});
  }
  out["zones_left_out"] = std::move(left_out);
  json::object cut;
  for (const auto& at : across.cut) cut[at.zone] = at.position.value;
  out["cut"] = std::move(cut);
  out["other_definitions"] =
      json::array(across.other_definitions.begin(), across.other_definitions.end());
  return out;
}

// `as_of` beside the identity wins over the one in it.
Result<indicator::Question> question_of(std::string_view identity, const AsOf& as_of) {
  auto question = indicator::parse_identity(identity);
  if (!question) return question;
  auto definitions = definitions_of(as_of.definitions);
  if (!definitions) return fail(definitions.error());
  if (!as_of.definitions.empty()) {
    question->is_with_definitions_of_today = *definitions == zone::DefinitionsOf::today;
  }
  if (as_of.when.empty()) return question;
  question->as_of.reset();
  question->as_of_day = Date::parse(as_of.when);
  if (question->as_of_day) return question;
  auto position = position_from(as_of.when);
  if (!position) return fail(position.error());
  question->as_of = *position;
  return question;
}

zone::DefinitionsOf definitions_of(const indicator::Question& question) {
  return question.is_with_definitions_of_today ? zone::DefinitionsOf::today
                                               : zone::DefinitionsOf::then;
}

// nullopt: now.
Result<std::optional<Seq>> position_of(const zone::Host& host,
                                       const indicator::Question& question) {
  if (!question.as_of_day) return question.as_of;
  auto seq = host.position_on(question.zone, *question.as_of_day);
  if (!seq) return fail(seq.error());
  return std::optional(*seq);
}

// The zones whose figures the caller may compare with.
zone::MayRead readable(const Door& door) {
  if (door.principal().is_local) return [](std::string_view zone) { return zone != "system"; };
  return [&door](std::string_view zone) {
    auto rights = door.enter(zone);
    access::Ask ask;
    ask.what = access::What::figure;
    ask.rows = access::Rows::all;
    return rights && rights->may(ask);
  };
}

// Takes away what lies below the figure and may not be seen: rows of others, and what tells of
// single units without a right to all rows behind the figure.
void strip(const Door& door, const zone::View& view, const indicator::Question& question,
           indicator::Explanation& explanation) {
  auto rights = door.enter(question.zone);
  if (rights && rights->is_local()) return;
  const record::State& state = *view.state;
  std::erase_if(explanation.records, [&](const indicator::RecordAmount& amount) {
    const auto home = state.schema().index_of(amount.register_name);
    return !rights || !home || !record::may_read(&*rights, state, *home, amount.record);
  });
  bool sees_all = rights.has_value();
  for (const std::string& name : registers_of(*view.catalog, question.indicator)) {
    sees_all = sees_all && rights->reach(name, access::Right::read) == access::Rows::all;
  }
  if (sees_all) return;
  explanation.left_out.clear();
  explanation.split.reset();
  std::erase_if(explanation.breakdowns,
                [](const indicator::Breakdown& breakdown) { return !breakdown.dimension.empty(); });
}

}  // namespace

Answered show_figure(const Door& door, std::string_view identity, const AsOf& as_of) {
  auto question = question_of(identity, as_of);
  if (!question) return failed(question.error());
  if (auto allowed = door.may_ask(*question, access::What::figure); !allowed) {
    return failed(allowed.error());
  }
  const zone::Host& host = door.host();
  if (indicator::is_over_zones(question->comparison)) {
    auto across = host.across(*question, readable(door));
    if (!across) return failed(across.error());
    json::object out = to_json(across->figure);
    out["cut"] = across_json(*across)["cut"];
    return out;
  }
  auto position = position_of(host, *question);
  if (!position) return failed(position.error());
  std::optional<Result<indicator::Figure>> figure;
  if (*position) {
    figure = host.figure_at(*question, **position, definitions_of(*question));
  } else {
    auto read = host.read(question->zone, [&](const zone::View& view) {
      figure = view.figures->figure(*view.state, *question);
    });
    if (!read) return failed(read.error());
  }
  if (!*figure) return failed(figure->error());
  return to_json(**figure);
}

Answered explain_figure(const Door& door, std::string_view identity, const AsOf& as_of,
                        indicator::PageOfRecords page) {
  auto question = question_of(identity, as_of);
  if (!question) return failed(question.error());
  if (auto allowed = door.may_ask(*question, access::What::explanation); !allowed) {
    return failed(allowed.error());
  }
  const zone::Host& host = door.host();
  if (indicator::is_over_zones(question->comparison)) {
    auto across = host.across(*question, readable(door));
    if (!across) return failed(across.error());
    return across_json(*across);
  }
  auto position = position_of(host, *question);
  if (!position) return failed(position.error());
  indicator::Question asked = *question;
  asked.as_of_day.reset();
  asked.as_of = *position;  // stands in the identities of the parts
  const auto published = published_base(host, *question, *position);
  std::optional<Result<indicator::Explanation>> explanation;
  const auto explain = [&](const zone::View& view) {
    explanation =
        view.figures->explain(*view.state, asked, page, published ? &*published : nullptr);
    if (*explanation) strip(door, view, *question, **explanation);
  };
  auto read = *position
                  ? host.read_at(question->zone, **position, explain, definitions_of(*question))
                  : host.read(question->zone, explain);
  if (!read) return failed(read.error());
  if (!*explanation) return failed(explanation->error());
  (*explanation)->figure.question = *question;
  const Notes notes = notes_of(door, **explanation);
  json::object out = explanation_json(**explanation, notes);
  out["offset"] = page.offset;
  json::array entries;
  for (const auto& [seq, note] : notes) entries.push_back(note);
  out["entries"] = std::move(entries);
  return out;
}

Answered compare_recomputed(const Door& door, std::string_view zone) {
  if (auto needed = door.need(zone, access::Task::system); !needed) return failed(needed.error());
  auto difference = door.host().compare_recomputed(zone);
  if (!difference) return failed(difference.error());
  json::object out{{"zone", zone}, {"equal", !difference->has_value()}};
  if (*difference) out["difference"] = **difference;
  return out;
}

Answered compare_all(const Door& door) {
  if (auto needed = door.need_anywhere(access::Task::system); !needed) {
    return failed(needed.error());
  }
  bool is_equal = true;
  json::array zones;
  for (const zone::Summary& summary : door.zones()) {
    if (summary.position.value == 0) continue;
    if (!door.need(summary.zone, access::Task::system)) continue;
    Answered one = compare_recomputed(door, summary.zone);
    if (!one) return one;
    is_equal &= one->at("equal").as_bool();
    zones.push_back(std::move(*one));
  }
  return json::object{{"equal", is_equal}, {"zones", std::move(zones)}};
}

}  // namespace wutong::answer
