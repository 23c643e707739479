#include "surface/answer/json_out.hpp"

#include <charconv>

#include "base/codec.hpp"
#include "base/text.hpp"

namespace wutong::answer {

namespace json = boost::json;

json::object to_json(const record::Title& title) { return {{"zh", title.zh}, {"en", title.en}}; }

json::object to_json(const Error& error) {
  json::object out{{"code", error.code}, {"zh", error.zh}, {"en", error.en}};
  if (!error.place.file.empty()) out["file"] = error.place.file;
  if (error.place.line > 0) out["line"] = error.place.line;
  if (error.place.column > 0) out["column"] = error.place.column;
  if (!error.place.field.empty()) out["field"] = error.place.field;
  return out;
}

json::array list_of(const Issues& issues) {
  json::array out;
  for (const Error& issue : issues) out.push_back(to_json(issue));
  return out;
}

json::value to_json(const record::State& state, const record::Field& field, const Value& value) {
  if (is_absent(value)) return nullptr;
  if (const bool* flag = std::get_if<bool>(&value)) return *flag;
  if (const int64_t* number = std::get_if<int64_t>(&value)) return *number;
  if (const RecordId* record = std::get_if<RecordId>(&value)) {
    return json::value(state.key_text(*state.schema().index_of(field.target), *record));
  }
  if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
    return json::array(texts->begin(), texts->end());
  }
  return json::value(to_string(value));
}

json::object to_json(const indicator::Figure& figure) {
  const indicator::Question& question = figure.question;
  json::object out{
      {"figure", indicator::identity(question)},
      {"zone", question.zone},
      {"indicator", question.indicator},
      {"period", question.period.to_string()},
      {"period_title", json::object{{"zh", question.period.zh()}, {"en", question.period.en()}}},
      {"comparison", indicator::to_string(question.comparison)},
      {"status", indicator::to_string(figure.status)}};
  if (figure.status == indicator::Status::value) {
    const bool is_date = figure.unit.dimension() == "date";
    out["value"] =
        is_date ? indicator::amount_text(figure.value, figure.unit) : figure.value.to_string();
    out["exact"] = indicator::amount_text(figure.exact, figure.unit);
  } else {
    out["value"] = nullptr;
  }
  out["unit"] = figure.unit.code();
  out["unit_title"] = json::object{{"zh", figure.unit.zh()}, {"en", figure.unit.en()}};
  if (!figure.words.zh.empty()) out["words"] = to_json(figure.words);
  if (!figure.missing.zh.empty()) out["missing"] = to_json(figure.missing);
  out["synthetic"] = figure.synthetic;
  out["position"] = figure.position.value;
  return out;
}

json::object note_json(const Door& door, std::string_view zone, Seq seq) {
  auto note = door.host().entry(zone, seq);
  if (!note) return {{"seq", seq.value}};
  if (!door.need(zone, access::Task::audit)) {
    return {{"seq", seq.value}, {"at", note->at.to_string()}};
  }
  json::object out{{"seq", seq.value},          {"at", note->at.to_string()},
                   {"actor", note->actor},      {"act", note->act},
                   {"rows", note->rows},        {"simulated_time", note->simulated},
                   {"leaf", to_hex(note->leaf)}};
  if (!note->reason.empty()) out["reason"] = note->reason;
  return out;
}

tl::unexpected<zone::Failure> failed(Error error) {
  return tl::unexpected(zone::Failure{std::move(error), {}, 1});
}

zone::Failure failure_of(Issues faults) {
  Error first = faults.empty() ? Error{} : faults.front();
  const size_t count = faults.size();
  return {std::move(first), std::move(faults), count};
}

Result<Seq> position_as_of(const Door& door, std::string_view zone, std::string_view as_of) {
  if (auto day = Date::parse(as_of)) return door.host().position_on(zone, *day);
  return position_from(as_of);
}

Result<Seq> position_from(std::string_view as_of) {
  uint64_t position = 0;
  auto [end, code] = std::from_chars(as_of.data(), as_of.data() + as_of.size(), position);
  if (code == std::errc() && end == as_of.data() + as_of.size()) return Seq{position};
  return fail(
      ErrorKind::invalid, "as_of.malformed",
      "“" + std::string(as_of) + "”不是日期（如 2024-10-28）也不是位置（如 120）",
      "\"" + std::string(as_of) + "\" is neither a day (like 2024-10-28) nor a position (like 120)",
      {{}, 0, 0, "as_of"});
}

Result<zone::DefinitionsOf> definitions_of(std::string_view text) {
  if (text.empty() || text == "then") return zone::DefinitionsOf::then;
  if (text == "today") return zone::DefinitionsOf::today;
  return fail(ErrorKind::invalid, "definitions.malformed",
              "definitions 应是 then（当时的定义）或 today（今天的定义）",
              "definitions takes then (those in force then) or today (today's)",
              {{}, 0, 0, "definitions"});
}

Result<void> read_as_of(const Door& door, std::string_view zone, const AsOf& as_of,
                        const std::function<void(const zone::View&)>& f) {
  auto definitions = definitions_of(as_of.definitions);
  if (!definitions) return fail(definitions.error());
  if (as_of.when.empty()) return door.host().read(zone, f);
  auto position = position_as_of(door, zone, as_of.when);
  if (!position) return fail(position.error());
  return door.host().read_at(zone, *position, f, *definitions);
}

}  // namespace wutong::answer
