#include "zone/account/impl/requests.hpp"

#include "base/text.hpp"

namespace wutong::account {

record::Request creation(std::string register_name, const Cells& cells) {
  record::Request request;
  request.act = record::Act::create;
  request.register_name = std::move(register_name);
  for (const auto& [field, text] : cells) {
    record::InputColumn column{field, {}};
    column.column.type = ValueType::text;
    column.column.append_text(text);
    request.columns.push_back(std::move(column));
  }
  return request;
}

record::Request moving(std::string register_name, std::string move, const Cells& key) {
  record::Request request = creation(std::move(register_name), key);
  request.act = record::Act::move;
  request.move = std::move(move);
  return request;
}

tl::unexpected<zone::Failure> refusal(Error error) {
  return tl::unexpected(zone::Failure{std::move(error), {}, 1});
}

Error unknown(std::string_view what_en, std::string_view what_zh, const std::string& name,
              const std::vector<std::string>& known) {
  const auto near = nearest_name(name, known);
  return Error{ErrorKind::not_found,
               "access.unknown_" + std::string(what_en),
               {{}, 0, 0, std::string(what_en)},
               "没有" + std::string(what_zh) + "“" + name + "”" +
                   (near ? "，是否指 " + *near + "？" : "，有：" + join(known, "、")),
               "there is no " + std::string(what_en) + " " + name +
                   (near ? "; did you mean " + *near + "?" : "; there are: " + join(known, ", ")),
               {}};
}

std::string hashed(std::string_view secret) {
  return to_hex(digest(HashKind::sha256, as_bytes(secret)));
}

std::string cell(const record::State& state, std::string_view register_name, std::string_view field,
                 RecordId record) {
  const size_t home = *state.schema().index_of(register_name);
  const record::Register& definition = state.schema().registers()[home];
  const size_t index = *definition.find(field);
  const Value value = state.value(home, index, record);
  if (const auto* target = std::get_if<RecordId>(&value)) {
    return state.key_text(*state.schema().index_of(definition.fields[index].target), *target);
  }
  return is_absent(value) ? std::string() : to_string(value);
}

std::vector<RecordId> of_account(const record::State& state, std::string_view register_name,
                                 std::string_view account) {
  const auto target = state.find(*state.schema().index_of("account"), account);
  if (!target) return {};
  const size_t home = *state.schema().index_of(register_name);
  return state.referring(home, *state.schema().registers()[home].find("account"), *target);
}

}  // namespace wutong::account
