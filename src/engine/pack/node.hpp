// Node: YAML as a tree in which every part knows its place. A small, strict part of YAML: maps,
// sequences and scalars; no anchors, aliases, tags or second documents, no duplicate keys.
// Immutable once parsed; safe to share.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace wutong::pack {

struct Node {
  enum class Kind { empty, scalar, list, map };
  struct Member;
  Kind kind = Kind::empty;
  std::string text;          // scalar
  bool is_quoted = false;    // scalar: '…' or "…" or a block (|, >)
  bool is_verbatim = false;  // scalar: stands in the file as in `text`, on one line, so that
                             // text_place plus an offset in characters is a place in the file
  Place place;               // of the value; of an empty value the place of its key
  std::vector<Node> elements;
  std::vector<Member> members;  // in the order of the file

  const Node* find(std::string_view key) const;
  Place text_place() const;  // scalar: where the text begins, after the quote
};

struct Node::Member {
  std::string key;
  Place place;
  Node value;
};

constexpr size_t kFileBytesMax = size_t{4} << 20;
constexpr int kDepthMax = 32;

// nullopt where the file is broken; every fault found is in `issues` with file, line and column
// (columns count characters). Never throws.
std::optional<Node> parse(std::string_view file, std::string_view text, Issues& issues);

// Adds an issue about a place: what is wrong, what was expected, how to go on.
void report(Issues& issues, const Place& place, std::string code, std::string zh, std::string en);
// The sentence about a name that is not known, with the nearest one that is.
void report_unknown(Issues& issues, const Place& place, std::string code, std::string_view what_zh,
                    std::string_view what_en, std::string_view name,
                    const std::vector<std::string>& known);

}  // namespace wutong::pack
