#include "engine/pack/shape.hpp"

#include <algorithm>

#include "base/calendar.hpp"
#include "base/decimal.hpp"
#include "base/text.hpp"

namespace wutong::pack {

Shape scalar(ShapeKind kind) {
  Shape shape;
  shape.kind = kind;
  return shape;
}

Shape choice(std::vector<std::string> choices) {
  Shape shape = scalar(ShapeKind::choice);
  shape.choices = std::move(choices);
  return shape;
}

Shape list_of(Shape element) {
  Shape shape = scalar(ShapeKind::list);
  shape.element.push_back(std::move(element));
  return shape;
}

Shape dictionary_of(Shape element, bool is_free) {
  Shape shape = scalar(ShapeKind::dictionary);
  shape.element.push_back(std::move(element));
  shape.is_free = is_free;
  return shape;
}

Shape record_of(std::vector<Key> keys) {
  Shape shape = scalar(ShapeKind::record);
  shape.keys = std::move(keys);
  return shape;
}

Shape either_of(std::vector<Shape> alternatives) {
  Shape shape = scalar(ShapeKind::either);
  shape.alternatives = std::move(alternatives);
  return shape;
}

namespace {

struct KindWords {
  const char* zh;
  const char* en;
};

KindWords words_of(const Shape& shape) {
  switch (shape.kind) {
    case ShapeKind::text:
      return {"一段文字", "a text"};
    case ShapeKind::identifier:
      return {"名称（小写字母开头，只含小写字母、数字和下划线）",
              "a name (lower-case letters, digits and _, a letter first)"};
    case ShapeKind::flag:
      return {"true 或 false", "true or false"};
    case ShapeKind::whole:
      return {"整数", "a whole number"};
    case ShapeKind::decimal:
      return {"数", "a number"};
    case ShapeKind::date:
      return {"存在的日期，如 2026-12-31", "a day that exists, like 2026-12-31"};
    case ShapeKind::expression:
      return {"写在一行、引号内不用转义的表达式", "an expression on one line, without escapes"};
    case ShapeKind::title:
      return {"{zh: …, en: …}", "{zh: …, en: …}"};
    case ShapeKind::choice:
      return {"所列值之一", "one of the listed values"};
    case ShapeKind::list:
      return {"列表 […]", "a list […]"};
    case ShapeKind::record:
      return {"键值表", "a map"};
    case ShapeKind::dictionary:
      return {"键值表", "a map"};
    case ShapeKind::either:
      break;
  }
  return {"其他形式", "another form"};
}

bool is_scalar_kind(ShapeKind kind) {
  return kind != ShapeKind::list && kind != ShapeKind::record && kind != ShapeKind::dictionary &&
         kind != ShapeKind::title && kind != ShapeKind::either;
}

Node::Kind node_kind(ShapeKind kind) {
  if (kind == ShapeKind::list) return Node::Kind::list;
  return is_scalar_kind(kind) ? Node::Kind::scalar : Node::Kind::map;
}

bool is_whole(std::string_view text) {
  auto number = Decimal::parse(text);
  return number && number->scale() == 0 && text.size() <= 9;
}

bool holds(const Shape& shape, const Node& node) {
  const std::string& text = node.text;
  switch (shape.kind) {
    case ShapeKind::identifier:
      return is_identifier(text);
    case ShapeKind::flag:
      return !node.is_quoted && (text == "true" || text == "false");
    case ShapeKind::whole:
      return is_whole(text);
    case ShapeKind::decimal:
      return Decimal::parse(text).has_value();
    case ShapeKind::date:
      return Date::parse(text).has_value();
    case ShapeKind::expression:
      return node.is_verbatim && !trim(text).empty();
    case ShapeKind::text:
      return true;
    case ShapeKind::choice:
      return std::find(shape.choices.begin(), shape.choices.end(), text) != shape.choices.end();
    case ShapeKind::title:
    case ShapeKind::list:
    case ShapeKind::record:
    case ShapeKind::dictionary:
    case ShapeKind::either:
      break;
  }
  return true;
}

const Shape& title_shape() {
  static const Shape shape = record_of({{"zh", scalar(ShapeKind::text), true, "中文", "Chinese"},
                                        {"en", scalar(ShapeKind::text), true, "英文", "English"}});
  return shape;
}

void report_expected(const Node& node, const Shape& shape, Issues& issues) {
  KindWords words = words_of(shape);
  bool is_empty = node.kind == Node::Kind::empty;
  std::string zh = std::string(is_empty ? "值是空的，应是" : "应是") + words.zh;
  std::string en = std::string(is_empty ? "the value is empty; expected " : "expected ") + words.en;
  if (shape.kind == ShapeKind::choice) {
    zh += "：" + join(shape.choices, "、");
    en += ": " + join(shape.choices, ", ");
  }
  report(issues, node.place, is_empty ? "pack.empty" : "pack.kind", std::move(zh), std::move(en));
}

void check_record(const Node& node, const Shape& shape, Issues& issues) {
  std::vector<std::string> known;
  for (const Key& key : shape.keys) known.push_back(key.name);
  for (const Node::Member& member : node.members) {
    auto key = std::find_if(shape.keys.begin(), shape.keys.end(),
                            [&](const Key& k) { return k.name == member.key; });
    if (key == shape.keys.end()) {
      report_unknown(issues, member.place, "pack.unknown_key", "键", "key", member.key, known);
    } else {
      check(member.value, key->shape, issues);
    }
  }
  for (const Key& key : shape.keys) {
    if (!key.is_required || node.find(key.name) != nullptr) continue;
    report(issues, node.place, "pack.missing_key", "缺少键“" + key.name + "”：" + key.zh,
           "the key " + key.name + " is missing: " + key.en);
  }
}

void check_either(const Node& node, const Shape& shape, Issues& issues) {
  for (const Shape& alternative : shape.alternatives) {
    if (node.kind == node_kind(alternative.kind)) {
      check(node, alternative, issues);
      return;
    }
  }
  std::string zh = "应是", en = "expected ";
  for (size_t i = 0; i < shape.alternatives.size(); ++i) {
    zh += (i > 0 ? " 或 " : "") + std::string(words_of(shape.alternatives[i]).zh);
    en += (i > 0 ? " or " : "") + std::string(words_of(shape.alternatives[i]).en);
  }
  report(issues, node.place, node.kind == Node::Kind::empty ? "pack.empty" : "pack.kind", zh, en);
}

}  // namespace

bool check(const Node& node, const Shape& shape, Issues& issues) {
  size_t before = issues.size();
  if (shape.kind == ShapeKind::either) {
    check_either(node, shape, issues);
  } else if (node.kind != node_kind(shape.kind)) {
    report_expected(node, shape, issues);
  } else if (shape.kind == ShapeKind::title) {
    check_record(node, title_shape(), issues);
  } else if (shape.kind == ShapeKind::record) {
    check_record(node, shape, issues);
  } else if (shape.kind == ShapeKind::list) {
    for (const Node& element : node.elements) check(element, shape.element.front(), issues);
  } else if (shape.kind == ShapeKind::dictionary) {
    for (const Node::Member& member : node.members) {
      if (!shape.is_free && !is_identifier(member.key)) {
        KindWords words = words_of(scalar(ShapeKind::identifier));
        report(issues, member.place, "pack.kind", std::string("键应是") + words.zh,
               std::string("a key here is ") + words.en);
      }
      check(member.value, shape.element.front(), issues);
    }
  } else if (shape.kind == ShapeKind::choice && !holds(shape, node)) {
    report_unknown(issues, node.place, "pack.choice", "选项", "choice", node.text, shape.choices);
  } else if (!holds(shape, node)) {
    report_expected(node, shape, issues);
  }
  return issues.size() == before;
}

std::string text_at(const Node& node, std::string_view key, std::string otherwise) {
  const Node* value = node.find(key);
  return value != nullptr && value->kind == Node::Kind::scalar ? value->text : otherwise;
}

bool flag_at(const Node& node, std::string_view key, bool otherwise) {
  const Node* value = node.find(key);
  return value == nullptr ? otherwise : value->text == "true";
}

int whole_at(const Node& node, std::string_view key, int otherwise) {
  const Node* value = node.find(key);
  if (value == nullptr) return otherwise;
  auto number = Decimal::parse(value->text);
  return number ? static_cast<int>(number->mantissa()) : otherwise;
}

Titles title_at(const Node& node, std::string_view key) {
  const Node* value = node.find(key);
  if (value == nullptr) return {};
  return {text_at(*value, "zh"), text_at(*value, "en")};
}

std::vector<std::string> texts_at(const Node& node, std::string_view key) {
  std::vector<std::string> texts;
  if (const Node* value = node.find(key)) {
    for (const Node& element : value->elements) texts.push_back(element.text);
  }
  return texts;
}

}  // namespace wutong::pack
