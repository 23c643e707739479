#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "surface/answer/clocks.hpp"

namespace wutong::answer {

namespace json = boost::json;

namespace {

constexpr std::array<std::pair<std::string_view, record::Act>, 8> kActs = {{
    {"record.create", record::Act::create},
    {"record.amend", record::Act::amend},
    {"record.move", record::Act::move},
    {"record.import", record::Act::import},
    {"organisation.rename", record::Act::rename},
    {"organisation.relocate", record::Act::relocate},
    {"organisation.merge", record::Act::merge},
    {"organisation.split", record::Act::split},
}};
constexpr std::array<std::string_view, 6> kKeys = {"act",        "register", "rows",
                                                   "valid_from", "move",     "note"};

Error bad(std::string field, std::string zh, std::string en) {
  return Error{ErrorKind::invalid, "act.malformed", {{}, 0, 0, std::move(field)},
               std::move(zh),      std::move(en),   {}};
}

// The text of a cell as the act will read it; lists are joined. Objects have no place in a cell.
Result<std::string> cell_text(const JsonText& value, std::string_view field) {
  switch (value.kind) {
    case JsonText::Kind::null:
      return std::string();
    case JsonText::Kind::boolean:
    case JsonText::Kind::number:
    case JsonText::Kind::text:
      return value.text;
    case JsonText::Kind::list: {
      std::vector<std::string> elements;
      for (const JsonText& element : value.elements) {
        if (element.kind != JsonText::Kind::text) {
          return fail(bad(std::string(field), "“" + std::string(field) + "”的列表只能含文本",
                          "the list in " + std::string(field) + " may hold texts only"));
        }
        elements.push_back(element.text);
      }
      return join_list(elements);
    }
    case JsonText::Kind::object:
      break;
  }
  return fail(
      bad(std::string(field), "“" + std::string(field) + "”应是文本、数字、真假或空，不能是对象",
          std::string(field) + " takes a text, a number, true, false or null, not an object"));
}

class Rows {
 public:
  Result<void> add(const JsonText& row, size_t number) {
    if (row.kind != JsonText::Kind::object) {
      return fail(bad("rows", "rows 的第 " + std::to_string(number) + " 项不是对象",
                      "item " + std::to_string(number) + " of rows is not an object"));
    }
    for (const auto& [field, value] : row.members) {
      auto text = cell_text(value, field);
      if (!text) return fail(text.error());
      Column& cells = column(field);
      if (cells.size() >= number) {
        return fail(
            bad(field, "“" + field + "”在同一行出现两次", field + " stands twice in a row"));
      }
      cells.resize_absent(number - 1);
      cells.append_text(std::move(*text));
    }
    return {};
  }
  std::vector<record::InputColumn> take(size_t rows) {
    for (record::InputColumn& input : columns_) input.column.resize_absent(rows);
    return std::move(columns_);
  }

 private:
  Column& column(const std::string& field) {
    for (record::InputColumn& input : columns_) {
      if (input.field == field) return input.column;
    }
    columns_.push_back({field, {}});
    columns_.back().column.type = ValueType::text;
    return columns_.back().column;
  }
  std::vector<record::InputColumn> columns_;
};

Result<void> read_keys(const JsonText& body, record::Request& request) {
  for (const auto& [key, value] : body.members) {
    if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end()) {
      std::vector<std::string> known(kKeys.begin(), kKeys.end());
      auto near = nearest_name(key, known);
      return fail(bad(key, "不认识的键“" + key + "”" + (near ? "，是否指 " + *near + "？" : ""),
                      "unknown key " + key + (near ? "; did you mean " + *near + "?" : "")));
    }
    if (key != "rows" && value.kind != JsonText::Kind::text) {
      return fail(bad(key, key + " 应是文本", key + " takes a text"));
    }
    if (key == "register") request.register_name = value.text;
    if (key == "move") request.move = value.text;
    if (key == "note") request.note = value.text;
    if (key == "valid_from") {
      request.valid_from = Date::parse(value.text);
      if (!request.valid_from) {
        return fail(bad(key, "valid_from 应是存在的日期，如 2024-07-01",
                        "valid_from takes a day that exists, like 2024-07-01"));
      }
    }
  }
  return {};
}

Result<JsonText> read_body(std::string_view text) {
  auto body = parse_json(text, "");
  if (body && body->kind != JsonText::Kind::object) {
    return fail(bad("", "请求体应是 JSON 对象", "the body takes a JSON object"));
  }
  return body;
}

Result<record::Request> read_request(const JsonText& body) {
  record::Request request;
  if (auto read = read_keys(body, request); !read) return fail(read.error());
  const JsonText* act = body.find("act");
  const JsonText* rows = body.find("rows");
  bool has_act = false;
  for (const auto& [name, kind] : kActs) {
    if (act != nullptr && act->text == name) {
      request.act = kind;
      has_act = true;
    }
  }
  if (!has_act) {
    std::vector<std::string> known{"clock.remind", "outbox.confirm"};
    for (const auto& [name, kind] : kActs) known.emplace_back(name);
    return fail(bad("act", "act 应是其中之一：" + join(known, "、"),
                    "act takes one of " + join(known, ", ")));
  }
  if (rows == nullptr || rows->kind != JsonText::Kind::list || rows->elements.empty()) {
    return fail(bad("rows", "rows 应是至少一行的列表，如 [{\"字段\": \"值\"}]",
                    "rows takes a list of at least one row, like [{\"field\": \"value\"}]"));
  }
  Rows columns;
  for (size_t i = 0; i < rows->elements.size(); ++i) {
    if (auto added = columns.add(rows->elements[i], i + 1); !added) return fail(added.error());
  }
  request.columns = columns.take(rows->elements.size());
  return request;
}

}  // namespace

Answered perform_act(const Door& door, std::string_view zone, std::string_view body,
                     const Caller& caller) {
  auto read = read_body(body);
  if (!read) return failed(read.error());
  const JsonText* act = read->find("act");
  if (act != nullptr && is_clock_act(act->text)) {
    return perform_clock_act(door, zone, *read, caller);
  }
  auto request = read_request(*read);
  if (!request) return failed(request.error());
  return perform_request(door, zone, std::move(*request), caller);
}

}  // namespace wutong::answer
