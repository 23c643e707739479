// Shapes as JSON Schema, so that an editor completes and checks pack files.
#include "engine/pack/shape.hpp"

namespace wutong::pack {

namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (static_cast<unsigned char>(c) < ' ') {
      constexpr char kDigits[] = "0123456789abcdef";
      out += std::string("\\u00") + kDigits[c / 16] + kDigits[c % 16];
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::string scalar_schema(const char* type, const char* more = "") {
  return std::string("{\"type\": \"") + type + "\"" + more + "}";
}

void write(std::string& out, const Shape& shape, const std::string& indent);

void write_record(std::string& out, const std::vector<Key>& keys, const std::string& indent) {
  std::string inner = indent + "  ";
  out += "{\n" + inner + "\"type\": \"object\",\n" + inner + "\"additionalProperties\": false,\n";
  std::string required;
  for (const Key& key : keys) {
    if (key.is_required) required += (required.empty() ? "" : ", ") + quoted(key.name);
  }
  if (!required.empty()) out += inner + "\"required\": [" + required + "],\n";
  out += inner + "\"properties\": {";
  for (size_t i = 0; i < keys.size(); ++i) {
    out += (i > 0 ? ",\n" : "\n") + inner + "  " + quoted(keys[i].name) +
           ": {\"description\": " + quoted(keys[i].zh + " / " + keys[i].en) + ", \"allOf\": [";
    write(out, keys[i].shape, inner + "  ");
    out += "]}";
  }
  out += "\n" + inner + "}\n" + indent + "}";
}

void write_choices(std::string& out, const std::vector<std::string>& choices) {
  out += "{\"enum\": [";
  for (size_t i = 0; i < choices.size(); ++i) out += (i > 0 ? ", " : "") + quoted(choices[i]);
  out += "]}";
}

void write_alternatives(std::string& out, const Shape& shape, const std::string& indent) {
  out += "{\"anyOf\": [";
  for (size_t i = 0; i < shape.alternatives.size(); ++i) {
    if (i > 0) out += ", ";
    write(out, shape.alternatives[i], indent);
  }
  out += "]}";
}

void write(std::string& out, const Shape& shape, const std::string& indent) {
  switch (shape.kind) {
    case ShapeKind::text:
      out += "{\"type\": [\"string\", \"number\", \"boolean\"]}";
      return;
    case ShapeKind::identifier:
      out += scalar_schema("string", ", \"pattern\": \"^[a-z][a-z0-9_]*$\"");
      return;
    case ShapeKind::flag:
      out += scalar_schema("boolean");
      return;
    case ShapeKind::whole:
      out += scalar_schema("integer");
      return;
    case ShapeKind::decimal:
      out += "{\"type\": [\"number\", \"string\"], \"pattern\": \"^[+-]?[0-9]+([.][0-9]+)?$\"}";
      return;
    case ShapeKind::date:
      out += scalar_schema("string", ", \"format\": \"date\"");
      return;
    case ShapeKind::expression:
      out += scalar_schema("string", ", \"pattern\": \"^[^\\\\n]+$\"");
      return;
    case ShapeKind::title:
      write_record(out,
                   {{"zh", scalar(ShapeKind::text), true, "中文", "Chinese"},
                    {"en", scalar(ShapeKind::text), true, "英文", "English"}},
                   indent);
      return;
    case ShapeKind::choice:
      write_choices(out, shape.choices);
      return;
    case ShapeKind::list:
      out += "{\"type\": \"array\", \"items\": ";
      write(out, shape.element.front(), indent);
      out += "}";
      return;
    case ShapeKind::record:
      write_record(out, shape.keys, indent);
      return;
    case ShapeKind::dictionary:
      out += "{\"type\": \"object\", ";
      if (!shape.is_free) out += "\"propertyNames\": {\"pattern\": \"^[a-z][a-z0-9_]*$\"}, ";
      out += "\"additionalProperties\": ";
      write(out, shape.element.front(), indent);
      out += "}";
      return;
    case ShapeKind::either:
      write_alternatives(out, shape, indent);
      return;
  }
}

}  // namespace

std::string json_schema(std::string_view title, const Shape& shape) {
  std::string out =
      "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"title\": " +
      quoted(title) + ",\n  \"allOf\": [";
  write(out, shape, "  ");
  return out + "]\n}\n";
}

}  // namespace wutong::pack
