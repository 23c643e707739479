#include "base/codec.hpp"
#include "surface/answer/json_out.hpp"

namespace wutong::answer {

namespace json = boost::json;

namespace {

json::object part_json(const indicator::Part& part) {
  json::object out{{"label", to_json(part.label)},
                   {"value", part.value.to_string_short()},
                   {"unit", part.unit.code()}};
  if (!part.identity.empty()) out["figure"] = part.identity;
  return out;
}

json::object amount_json(const indicator::RecordAmount& amount) {
  return {{"register", amount.register_name},    {"key", amount.key},
          {"title", to_json(amount.title)},      {"part", amount.part},
          {"period", amount.period.to_string()}, {"amount", amount.amount.to_string_short()},
          {"created", amount.created.value},     {"changed", amount.changed.value}};
}

json::object explanation_json(const indicator::Explanation& explanation) {
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
  for (const auto& amount : explanation.records) records.push_back(amount_json(amount));
  out["records"] = std::move(records);
  out["record_count"] = explanation.record_count;
  out["value_total"] = explanation.value_total.to_string_short();
  out["base_total"] = explanation.base_total.to_string_short();
  json::array left_out;
  for (const auto& left : explanation.left_out) {
    left_out.push_back(json::object{{"reason", to_json(left.reason)},
                                    {"records", left.records},
                                    {"amount", left.amount.to_string_short()}});
  }
  out["left_out"] = std::move(left_out);
  return out;
}

// The entries that the listed records name, once each: who recorded them and when.
json::array entries_of(const zone::Host& host, const indicator::Explanation& explanation) {
  std::map<uint64_t, bool> positions;
  for (const auto& amount : explanation.records) {
    positions[amount.created.value] = true;
    positions[amount.changed.value] = true;
  }
  json::array out;
  for (const auto& [seq, used] : positions) {
    out.push_back(note_json(host, explanation.figure.question.zone, Seq{seq}));
  }
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

}  // namespace

Answered show_figure(const zone::Host& host, std::string_view identity, const AsOf& as_of) {
  auto question = question_of(identity, as_of);
  if (!question) return failed(question.error());
  if (indicator::is_over_zones(question->comparison)) {
    auto across = host.across(*question);
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

Answered explain_figure(const zone::Host& host, std::string_view identity, const AsOf& as_of,
                        indicator::PageOfRecords page) {
  auto question = question_of(identity, as_of);
  if (!question) return failed(question.error());
  if (indicator::is_over_zones(question->comparison)) {
    auto across = host.across(*question);
    if (!across) return failed(across.error());
    return across_json(*across);
  }
  auto position = position_of(host, *question);
  if (!position) return failed(position.error());
  indicator::Question asked = *question;
  asked.as_of_day.reset();
  asked.as_of = *position;  // stands in the identities of the parts
  std::optional<Result<indicator::Explanation>> explanation;
  const auto explain = [&](const zone::View& view) {
    explanation = view.figures->explain(*view.state, asked, page);
  };
  auto read = *position
                  ? host.read_at(question->zone, **position, explain, definitions_of(*question))
                  : host.read(question->zone, explain);
  if (!read) return failed(read.error());
  if (!*explanation) return failed(explanation->error());
  (*explanation)->figure.question = *question;
  json::object out = explanation_json(**explanation);
  out["offset"] = page.offset;
  out["entries"] = entries_of(host, **explanation);
  return out;
}

Answered compare_recomputed(const zone::Host& host, std::string_view zone) {
  auto difference = host.compare_recomputed(zone);
  if (!difference) return failed(difference.error());
  json::object out{{"zone", zone}, {"equal", !difference->has_value()}};
  if (*difference) out["difference"] = **difference;
  return out;
}

Answered compare_all(const zone::Host& host) {
  bool is_equal = true;
  json::array zones;
  for (const zone::Summary& summary : host.zones()) {
    if (summary.position.value == 0) continue;
    Answered one = compare_recomputed(host, summary.zone);
    if (!one) return one;
    is_equal &= one->at("equal").as_bool();
    zones.push_back(std::move(*one));
  }
  return json::object{{"equal", is_equal}, {"zones", std::move(zones)}};
}

}  // namespace wutong::answer
