// Shape: what a file may hold, declared once; from it come the checks of every file and its JSON
// Schema. Immutable; safe to share.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/pack/node.hpp"

namespace wutong::pack {

enum class ShapeKind {
  text,        // any scalar
  identifier,  // [a-z][a-z0-9_]*
  flag,        // true or false
  whole,       // an integer
  decimal,
  date,        // YYYY-MM-DD
  expression,  // one line of CEL
  title,       // {zh: …, en: …}
  choice,      // one of `choices`
  list,        // of `element`
  record,      // a map with the keys of `keys`
  dictionary,  // a map from identifiers (any word if `is_free`) to `element`
  either       // one of `alternatives`, by the kind of node
};

struct Key;

struct Shape {
  ShapeKind kind = ShapeKind::text;
  std::vector<std::string> choices;
  std::vector<Shape> element;       // one, of list and dictionary
  std::vector<Key> keys;            // record
  std::vector<Shape> alternatives;  // either
  bool is_free = false;             // dictionary: keys of any form
};

struct Key {
  std::string name;
  Shape shape;
  bool is_required = false;
  std::string zh;  // what it is for
  std::string en;
};

Shape scalar(ShapeKind kind);
Shape choice(std::vector<std::string> choices);
Shape list_of(Shape element);
Shape dictionary_of(Shape element, bool is_free = false);
Shape record_of(std::vector<Key> keys);
Shape either_of(std::vector<Shape> alternatives);

// All faults of the node against the shape. True if there are none.
bool check(const Node& node, const Shape& shape, Issues& issues);
// JSON Schema, draft 2020-12, with a line break at the end.
std::string json_schema(std::string_view title, const Shape& shape);

// Reading a node that was checked. Absent keys give the default.
std::string text_at(const Node& node, std::string_view key, std::string otherwise = {});
bool flag_at(const Node& node, std::string_view key, bool otherwise = false);
int whole_at(const Node& node, std::string_view key, int otherwise);
struct Titles {
  std::string zh;
  std::string en;
};
Titles title_at(const Node& node, std::string_view key);
std::vector<std::string> texts_at(const Node& node, std::string_view key);

}  // namespace wutong::pack
