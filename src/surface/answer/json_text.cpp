#include "surface/answer/json_text.hpp"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>

#include "base/text.hpp"

namespace wutong::answer {

namespace {

namespace json = boost::json;

// Builds the tree from the parser's events. Keys, strings and numbers may come in pieces.
class Builder {
 public:
  static constexpr std::size_t max_object_size = 1'000'000;
  static constexpr std::size_t max_array_size = 10'000'000;
  static constexpr std::size_t max_key_size = 1000;
  static constexpr std::size_t max_string_size = kJsonBytesMax;

  JsonText take() { return std::move(root_); }

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) { return open(JsonText::Kind::object); }
  bool on_object_end(std::size_t, json::error_code&) { return close(); }
  bool on_array_begin(json::error_code&) { return open(JsonText::Kind::list); }
  bool on_array_end(std::size_t, json::error_code&) { return close(); }
  bool on_key_part(json::string_view part, std::size_t, json::error_code&) { return append(part); }
  bool on_key(json::string_view part, std::size_t, json::error_code&) {
    append(part);
    keys_.push_back(std::move(pending_));
    pending_.clear();
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
    return append(part);
  }
  bool on_string(json::string_view part, std::size_t, json::error_code&) {
    append(part);
    return put(JsonText::Kind::text, std::move(pending_));
  }
  bool on_number_part(json::string_view part, json::error_code&) { return append(part); }
  bool on_int64(std::int64_t, json::string_view part, json::error_code&) { return number(part); }
  bool on_uint64(std::uint64_t, json::string_view part, json::error_code&) { return number(part); }
  bool on_double(double, json::string_view part, json::error_code&) { return number(part); }
  bool on_bool(bool value, json::error_code&) {
    return put(JsonText::Kind::boolean, value ? "true" : "false");
  }
  bool on_null(json::error_code&) { return put(JsonText::Kind::null, {}); }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  bool append(json::string_view part) {
    pending_.append(part.data(), part.size());
    return true;
  }
  bool number(json::string_view part) {
    append(part);
    return put(JsonText::Kind::number, std::move(pending_));
  }
  bool put(JsonText::Kind kind, std::string text) {
    JsonText value;
    value.kind = kind;
    value.text = std::move(text);
    pending_.clear();
    place(std::move(value));
    return true;
  }
  bool open(JsonText::Kind kind) {
    JsonText value;
    value.kind = kind;
    open_.push_back(std::move(value));
    return true;
  }
  bool close() {
    JsonText value = std::move(open_.back());
    open_.pop_back();
    place(std::move(value));
    return true;
  }
  void place(JsonText value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (open_.back().kind == JsonText::Kind::list) {
      open_.back().elements.push_back(std::move(value));
    } else {
      open_.back().members.push_back({std::move(keys_.back()), std::move(value)});
      keys_.pop_back();
    }
  }

  JsonText root_;
  std::vector<JsonText> open_;
  std::vector<std::string> keys_;
  std::string pending_;
};

Place place_at(std::string_view text, size_t offset, std::string_view file) {
  std::string_view before = text.substr(0, offset);
  size_t line_start = before.rfind('\n');
  line_start = line_start == std::string_view::npos ? 0 : line_start + 1;
  Place place;
  place.file = file;
  place.line = 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  place.column = 1 + static_cast<int>(count_code_points(before.substr(line_start)));
  return place;
}

}  // namespace

const JsonText* JsonText::find(std::string_view name) const {
  for (const auto& [key, value] : members) {
    if (key == name) return &value;
  }
  return nullptr;
}

Result<JsonText> parse_json(std::string_view text, std::string_view file) {
  if (text.size() > kJsonBytesMax) {
    return fail(ErrorKind::too_large, "json.too_large", "JSON 超过 64 MiB，请分批提交",
                "the JSON is over 64 MiB; send it in parts", {std::string(file), 0, 0, {}});
  }
  json::parse_options options;
  options.max_depth = 32;
  json::basic_parser<Builder> parser(options);
  json::error_code code;
  size_t read = parser.write_some(false, text.data(), text.size(), code);
  if (!code && read < text.size() && !trim(text.substr(read)).empty()) {
    code = json::error::extra_data;
  }
  if (code) {
    return fail(ErrorKind::invalid, "json.malformed", "不是正确的 JSON：" + code.message(),
                "not well-formed JSON: " + code.message(), place_at(text, read, file));
  }
  return parser.handler().take();
}

}  // namespace wutong::answer
