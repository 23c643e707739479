#include "engine/pack/node.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <unordered_map>

#include "base/text.hpp"

namespace wutong::pack {

namespace {

// Builds the tree from the parser's events, which, unlike yaml-cpp's own nodes, still show
// duplicate keys, anchors and aliases with their places.
class Builder final : public YAML::EventHandler {
 public:
  Builder(std::string_view file, std::string_view text, Issues& issues)
      : file_(file), text_(text), issues_(issues) {
    for (std::string_view line : split(text, '\n')) lines_.push_back(line);
  }

  Node take() { return std::move(root_); }

  // yaml-cpp counts bytes in a column; people count characters.
  Place place_of(const YAML::Mark& mark) const {
    if (mark.is_null()) return {file_, 1, 1, {}};
    auto bytes = static_cast<size_t>(mark.column);
    auto before = count_code_points(line_of(mark).substr(0, bytes));
    return {file_, mark.line + 1, 1 + static_cast<int>(before), {}};
  }

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
    std::string_view line = line_of(mark);
    size_t begin = std::min(static_cast<size_t>(mark.column), line.size());
    if (node.is_quoted) check_closed(mark, line.data() + begin);
    if (node.is_quoted && begin < line.size()) ++begin;
    node.is_verbatim = line.substr(begin).starts_with(value);
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
    std::unordered_map<std::string, int> lines;  // of the keys so far
  };

  std::string_view line_of(const YAML::Mark& mark) const {
    auto line = static_cast<size_t>(mark.line);
    return line < lines_.size() ? lines_[line] : text_.substr(text_.size());
  }
  void fault(const YAML::Mark& mark, const char* code, const char* zh, const char* en) {
    report(issues_, place_of(mark), code, zh, en);
  }
  // yaml-cpp 0.7 takes a quote that never ends for one that ends with the file.
  void check_closed(const YAML::Mark& mark, const char* opening) {
    std::string_view rest(opening, static_cast<size_t>(text_.data() + text_.size() - opening));
    if (rest.empty() || (rest[0] != '\'' && rest[0] != '"')) return;
    for (size_t i = 1; i < rest.size(); ++i) {
      bool has_two_strokes = rest[0] == '"';
      bool is_escape = has_two_strokes ? rest[i] == '\\' : rest.substr(i, 2) == "''";
      if (is_escape) {
        ++i;
      } else if (rest[i] == rest[0]) {
        return;
      }
    }
    fault(mark, "yaml.malformed", "YAML 写法有误：引号没有收尾",
          "malformed YAML: a quote is not closed");
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
    if (open_.size() == static_cast<size_t>(kDepthMax) && !std::exchange(is_too_deep_, true)) {
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
    } else if (auto [first, is_new] = open.lines.emplace(open.key, node.place.line); !is_new) {
      std::string line = std::to_string(first->second);
      report(issues_, node.place, "yaml.duplicate_key",
             "键“" + open.key + "”已在第 " + line + " 行写过，请留一处",
             "the key " + open.key + " stands already at line " + line + "; keep one");
    }
  }

  std::string file_;
  std::string_view text_;
  Issues& issues_;
  std::vector<std::string_view> lines_;
  int documents_ = 0;
  bool is_too_deep_ = false;
  Node root_;
  std::vector<Open> open_;
};

// What yaml-cpp says most, for people.
struct Malformed {
  std::string_view message;  // begins so
  const char* zh;
  const char* en;
};
constexpr Malformed kMalformed[] = {
    {"end of map not found", "键值表没有结束：缩进不齐，或缺少 }",
     "the map does not end: uneven indentation, or } is missing"},
    {"end of sequence not found", "列表没有结束：缩进不齐，或“-”后缺空格",
     "the list does not end: uneven indentation, or no space after -"},
    {"end of map flow not found", "{ 没有对应的 }", "{ has no }"},
    {"end of sequence flow not found", "[ 没有对应的 ]", "[ has no ]"},
    {"illegal map value", "这里不能有“:”；文字里含“: ”时请加引号",
     "no : can stand here; quote a text that holds one"},
    {"illegal map key", "这里不能写键，请检查缩进", "no key can stand here; check the indentation"},
    {"illegal block entry", "这里不能写“- ”，请检查缩进",
     "no - can stand here; check the indentation"},
    {"illegal EOF in scalar", "引号没有收尾", "a quote is not closed"},
    {"illegal document indicator in scalar", "引号没有收尾", "a quote is not closed"},
    {"unknown token", "不认识的符号；以特殊符号开头的文字请加引号",
     "an unknown sign; quote a text that begins with a special character"},
    {"unknown escape character", "双引号里有不认识的转义，请改用单引号",
     "an unknown escape inside \"…\"; use '…'"},
};

void report_malformed(Issues& issues, const Place& place, const std::string& message) {
  for (const Malformed& known : kMalformed) {
    if (!message.starts_with(known.message)) continue;
    report(issues, place, "yaml.malformed", std::string("YAML 写法有误：") + known.zh,
           std::string("malformed YAML: ") + known.en);
    return;
  }
  report(issues, place, "yaml.malformed", "YAML 写法有误：" + message,
         "malformed YAML: " + message);
}

// YAML forbids tabs in indentation and says so badly.
void report_tabs(std::string_view file, std::string_view text, Issues& issues) {
  int number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++number;
    size_t tab = line.find_first_not_of(' ');
    if (tab == std::string_view::npos || line[tab] != '\t' || trim(line).empty()) continue;
    report(issues, {std::string(file), number, static_cast<int>(tab) + 1, {}}, "yaml.tab",
           "缩进用了制表符，请改用空格", "a tab in the indentation; use spaces");
    return;
  }
}

}  // namespace

Place Node::text_place() const {
  Place start = place;
  if (is_quoted) ++start.column;
  return start;
}

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
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  report_tabs(file, text, issues);
  if (issues.size() != before) return std::nullopt;
  Builder builder(file, text, issues);
  std::istringstream stream{std::string(text)};
  try {
    YAML::Parser parser(stream);
    // Twice at most: on some broken input yaml-cpp 0.7 gives documents without end.
    bool is_any = parser.HandleNextDocument(builder);
    if (is_any) parser.HandleNextDocument(builder);
    if (!is_any) report(issues, start, "yaml.empty", "文件是空的", "the file is empty");
  } catch (const YAML::Exception& error) {
    report_malformed(issues, builder.place_of(error.mark), error.msg);
  }
  if (issues.size() != before) return std::nullopt;
  return builder.take();
}

}  // namespace wutong::pack
