#include "engine/pack/node.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>

#include "base/text.hpp"

namespace wutong::pack {

namespace {

// Builds the tree from the parser's events, which, unlike yaml-cpp's own nodes, still show
// duplicate keys, anchors and aliases with their places.
class Builder final : public YAML::EventHandler {
 public:
  Builder(std::string_view file, std::string_view text, Issues& issues)
      : file_(file), issues_(issues) {
    for (std::string_view line : split(text, '\n')) lines_.push_back(line);
  }

  Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ > 0) {
      fault(mark, "yaml.second_document", "一个文件只写一个文档，请删去“---”后的部分",
            "one file holds one document; remove what follows ---");
    }
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    note_anchor(mark, anchor);
    Node node;
    node.place = open_.empty() || !open_.back().has_key ? place_of(mark) : open_.back().key_place;
    put(std::move(node), mark);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    fault(mark, "yaml.alias", "不用别名（*名称），请把内容写全",
          "aliases (*name) are not used; write the content out");
    put(Node{}, mark);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    note_anchor(mark, anchor);
    if (tag != "?" && tag != "!" && !tag.empty()) note_tag(mark);
    Node node;
    node.kind = Node::Kind::scalar;
    node.text = value;
    node.is_quoted = tag == "!";
    node.place = place_of(mark);
    put(std::move(node), mark);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    start(mark, tag, anchor, Node::Kind::list);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    start(mark, tag, anchor, Node::Kind::map);
  }
  void OnMapEnd() override { end(); }

 private:
  struct Open {
    Node node;
    bool has_key = false;
    std::string key;
    Place key_place;
  };

  // yaml-cpp counts bytes in a column; people count characters.
  Place place_of(const YAML::Mark& mark) const {
    Place place;
    place.file = file_;
    place.line = mark.line + 1;
    auto line = static_cast<size_t>(mark.line);
    auto bytes = static_cast<size_t>(mark.column);
    std::string_view text = line < lines_.size() ? lines_[line] : std::string_view();
    place.column =
        1 + static_cast<int>(count_code_points(text.substr(0, std::min(bytes, text.size()))));
    return place;
  }
  void fault(const YAML::Mark& mark, const char* code, const char* zh, const char* en) {
    report(issues_, place_of(mark), code, zh, en);
  }
  void note_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0) {
      fault(mark, "yaml.anchor", "不用锚点（&名称），请把内容写全",
            "anchors (&name) are not used; write the content out");
    }
  }
  void note_tag(const YAML::Mark& mark) {
    fault(mark, "yaml.tag", "不用类型标记（!…），请删去", "tags (!…) are not used; remove it");
  }
  void start(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
             Node::Kind kind) {
    note_anchor(mark, anchor);
    if (tag != "?" && !tag.empty()) note_tag(mark);
    Open open;
    open.node.kind = kind;
    open.node.place = place_of(mark);
    if (open_.size() == static_cast<size_t>(kDepthMax)) {
      fault(mark, "yaml.too_deep", "嵌套过深，最多 32 层", "nested too deeply; 32 levels at most");
    }
    open_.push_back(std::move(open));
  }
  void end() {
    Node node = std::move(open_.back().node);
    open_.pop_back();
    put(std::move(node), YAML::Mark());
  }
  void put(Node node, const YAML::Mark& mark) {
    if (open_.empty()) {
      if (root_.kind == Node::Kind::empty) root_ = std::move(node);
      return;
    }
    Open& open = open_.back();
    if (open.node.kind == Node::Kind::list) {
      open.node.elements.push_back(std::move(node));
    } else if (!open.has_key) {
      put_key(open, std::move(node), mark);
    } else {
      open.has_key = false;
      open.node.members.push_back({std::move(open.key), open.key_place, std::move(node)});
    }
  }
  void put_key(Open& open, Node node, const YAML::Mark& mark) {
    open.has_key = true;
    open.key = node.text;
    open.key_place = node.place;
    if (node.kind != Node::Kind::scalar) {
      fault(mark, "yaml.key", "键应是一个词", "a key is a word");
    } else if (const Node* first = open.node.find(open.key)) {
      std::string line = std::to_string(first->place.line);
      report(issues_, node.place, "yaml.duplicate_key",
             "键“" + open.key + "”已在第 " + line + " 行写过，请留一处",
             "the key " + open.key + " stands already at line " + line + "; keep one");
    }
  }

  std::string file_;
  Issues& issues_;
  std::vector<std::string_view> lines_;
  int documents_ = 0;
  Node root_;
  std::vector<Open> open_;
};

}  // namespace

const Node* Node::find(std::string_view key) const {
  for (const Member& member : members) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

void report(Issues& issues, const Place& place, std::string code, std::string zh, std::string en) {
  issues.push_back(
      Error{ErrorKind::invalid, std::move(code), place, std::move(zh), std::move(en), {}});
}

void report_unknown(Issues& issues, const Place& place, std::string code, std::string_view what_zh,
                    std::string_view what_en, std::string_view name,
                    const std::vector<std::string>& known) {
  std::string zh = "没有" + std::string(what_zh) + "“" + std::string(name) + "”";
  std::string en = "there is no " + std::string(what_en) + " " + std::string(name);
  constexpr size_t kListedMax = 30;
  if (auto near = nearest_name(name, known)) {
    zh += "，是否指 " + *near + "？";
    en += "; did you mean " + *near + "?";
  } else if (!known.empty()) {
    std::span<const std::string> some(known.data(), std::min(known.size(), kListedMax));
    std::string more = known.size() > kListedMax ? " …" : "";
    zh += "，可用：" + join(some, "、") + more;
    en += "; there are: " + join(some, ", ") + more;
  }
  report(issues, place, std::move(code), std::move(zh), std::move(en));
}

std::optional<Node> parse(std::string_view file, std::string_view text, Issues& issues) {
  size_t before = issues.size();
  Place start{std::string(file), 1, 1, {}};
  if (text.size() > kFileBytesMax) {
    report(issues, start, "yaml.too_large", "文件超过 4 MiB", "the file is over 4 MiB");
    return std::nullopt;
  }
  if (!is_valid_utf8(text)) {
    report(issues, start, "yaml.not_utf8", "文件不是 UTF-8 编码，请另存为 UTF-8",
           "the file is not UTF-8; save it as UTF-8");
    return std::nullopt;
  }
  Builder builder(file, text, issues);
  std::istringstream stream{std::string(text)};
  try {
    YAML::Parser parser(stream);
    // Twice at most: on some broken input yaml-cpp 0.7 gives documents without end.
    bool is_any = parser.HandleNextDocument(builder);
    if (is_any) parser.HandleNextDocument(builder);
    if (!is_any) report(issues, start, "yaml.empty", "文件是空的", "the file is empty");
  } catch (const YAML::Exception& error) {
    Place place{std::string(file), error.mark.line + 1, error.mark.column + 1, {}};
    report(issues, place, "yaml.malformed", "YAML 写法有误：" + error.msg,
           "malformed YAML: " + error.msg);
  }
  if (issues.size() != before) return std::nullopt;
  return builder.take();
}

}  // namespace wutong::pack
