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

}  // namespace

Answered show_figure(const zone::Host& host, std::string_view identity, std::string_view as_of) {
  auto question = indicator::parse_identity(identity);
  if (!question) return failed(question.error());
  std::string position(as_of);
  if (position.empty() && question->as_of) position = std::to_string(question->as_of->value);
  question->as_of.reset();
  std::optional<Result<indicator::Figure>> figure;
  auto read = read_as_of(host, question->zone, position, [&](const zone::View& view) {
    figure = view.figures->figure(*view.state, *question);
  });
  if (!read) return failed(read.error());
  if (!*figure) return failed(figure->error());
  return to_json(**figure);
}

Answered explain_figure(const zone::Host& host, std::string_view identity, std::string_view as_of,
                        indicator::PageOfRecords page) {
  auto question = indicator::parse_identity(identity);
  if (!question) return failed(question.error());
  std::string position(as_of);
  if (position.empty() && question->as_of) position = std::to_string(question->as_of->value);
  question->as_of.reset();
  std::optional<Result<indicator::Explanation>> explanation;
  auto read = read_as_of(host, question->zone, position, [&](const zone::View& view) {
    explanation = view.figures->explain(*view.state, *question, page);
  });
  if (!read) return failed(read.error());
  if (!*explanation) return failed(explanation->error());
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

}  // namespace wutong::answer
