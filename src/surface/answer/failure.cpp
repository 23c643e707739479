#include "surface/answer/json_out.hpp"

namespace wutong::answer {

namespace json = boost::json;

namespace {

// One line a kind: HTTP status, exit code, title.
struct KindRow {
  ErrorKind kind;
  int http_status;
  int exit_code;
  const char* zh;
  const char* en;
};
constexpr KindRow kKinds[] = {
    {ErrorKind::invalid, 400, 2, "输入有误", "Invalid input"},
    {ErrorKind::not_found, 404, 2, "没有找到", "Not found"},
    {ErrorKind::refused, 422, 1, "规则不允许", "Refused by a rule"},
    {ErrorKind::conflict, 409, 1, "与现有记录冲突", "Conflict"},
    {ErrorKind::too_large, 413, 2, "超出限制", "Too large"},
    {ErrorKind::denied, 403, 1, "没有权限", "Denied"},
    {ErrorKind::unavailable, 503, 3, "暂不可用", "Unavailable"},
    {ErrorKind::corrupt, 500, 3, "存储内容不符", "Stored bytes do not hold"},
    {ErrorKind::io, 500, 3, "读写失败", "Input or output failed"},
};

const KindRow& row_of(ErrorKind kind) {
  for (const KindRow& row : kKinds) {
    if (row.kind == kind) return row;
  }
  return kKinds[0];
}

// Errors whose status says more than that of their kind: signing in would help, waiting would help.
struct CodeRow {
  std::string_view code;
  int http_status;
};
constexpr CodeRow kCodes[] = {{"access.no_proof", 401},
                              {"access.sign_in", 401},
                              {"access.wait", 429},
                              {"live.too_many", 429}};

void write_pretty(std::string& out, const json::value& value, size_t indent) {
  std::string pad(indent + 2, ' ');
  if (const auto* object = value.if_object(); object != nullptr && !object->empty()) {
    out += "{\n";
    bool is_first = true;
    for (const auto& member : *object) {
      if (!is_first) out += ",\n";
      is_first = false;
      out += pad + json::serialize(json::value(member.key())) + ": ";
      write_pretty(out, member.value(), indent + 2);
    }
    out += "\n" + std::string(indent, ' ') + "}";
  } else if (const auto* array = value.if_array(); array != nullptr && !array->empty()) {
    out += "[\n";
    for (size_t i = 0; i < array->size(); ++i) {
      if (i > 0) out += ",\n";
      out += pad;
      write_pretty(out, (*array)[i], indent + 2);
    }
    out += "\n" + std::string(indent, ' ') + "]";
  } else {
    out += json::serialize(value);
  }
}

}  // namespace

int http_status(ErrorKind kind) { return row_of(kind).http_status; }
int http_status(const Error& error) {
  for (const CodeRow& row : kCodes) {
    if (row.code == error.code) return row.http_status;
  }
  return http_status(error.kind);
}
int exit_code(ErrorKind kind) { return row_of(kind).exit_code; }

Json problem(const zone::Failure& failure) {
  const KindRow& row = row_of(failure.error.kind);
  json::object out{{"type", "urn:wutong:" + failure.error.code},
                   {"title", json::object{{"zh", row.zh}, {"en", row.en}}},
                   {"status", http_status(failure.error)},
                   {"code", failure.error.code},
                   {"detail", failure.error.zh},
                   {"detail_en", failure.error.en}};
  json::object place = to_json(failure.error);
  for (const char* key : {"file", "line", "column", "field"}) {
    if (const json::value* value = place.if_contains(key)) out[key] = *value;
  }
  if (!failure.faults.empty()) {
    out["faults"] = list_of(failure.faults);
    out["fault_count"] = failure.fault_count;
  }
  return out;
}

std::string to_text(const Json& value, bool is_pretty) {
  if (!is_pretty) return json::serialize(value);
  std::string out;
  write_pretty(out, value, 0);
  return out;
}

}  // namespace wutong::answer
