#include "core/access/role.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace wutong::access {

using pack::Node;
using pack::ShapeKind;

namespace {

constexpr std::pair<std::string_view, Rows> kRows[] = {
    {"none", Rows::none}, {"own", Rows::own}, {"all", Rows::all}};
constexpr std::pair<std::string_view, Right> kRightNames[] = {{"read", Right::read},
                                                              {"create", Right::create},
                                                              {"amend", Right::amend},
                                                              {"import", Right::import},
                                                              {"move", Right::move}};
constexpr std::pair<std::string_view, Task> kTaskNames[] = {{"pages", Task::pages},
                                                            {"audit", Task::audit},
                                                            {"accounts", Task::accounts},
                                                            {"catalogs", Task::catalogs},
                                                            {"system", Task::system}};

// The role that code inside the program acts as; nobody is granted it.
constexpr std::string_view kReserved = "system";

template <typename Table>
std::vector<std::string> words(const Table& table) {
  std::vector<std::string> out;
  for (const auto& [name, value] : table) out.emplace_back(name);
  return out;
}

Rows rows_at(const Node& node, std::string_view key, Rows otherwise) {
  const std::string text = pack::text_at(node, key);
  for (const auto& [name, rows] : kRows) {
    if (name == text) return rows;
  }
  return otherwise;
}

class RoleLoader {
 public:
  RoleLoader(std::span<const KnownRegister> known, Issues& issues)
      : known_(known), issues_(issues) {}

  void add(const pack::File& file, const Node& node);
  std::vector<Role> take() { return std::move(roles_); }

 private:
  Role& role_of(const Node& node);
  Line line_of(const Node& node);
  void resolve(const Node& target, std::vector<std::string>& out);
  void check_states(const Node& node, const Line& line);

  std::span<const KnownRegister> known_;
  Issues& issues_;
  std::vector<Role> roles_;
};

Role& RoleLoader::role_of(const Node& node) {
  const std::string name = pack::text_at(node, "role");
  for (Role& role : roles_) {
    if (role.name == name) return role;
  }
  Role& role = roles_.emplace_back();
  role.name = name;
  role.title = pack::title_at(node, "title");
  role.help = pack::title_at(node, "help");
  const Place& place = node.find("role")->place;
  if (node.find("title") == nullptr) {
    pack::report(
        issues_, place, "role.no_title",
        "角色“" + name + "”首次出现，须有 title（后面的能力包可省）",
        "role " + name + " stands here first: give a title (later packs may leave it out)");
  }
  if (name == kReserved) {
    pack::report(issues_, place, "role.reserved", "角色名 system 保留给程序自身",
                 "the role name system is kept for the program itself");
  }
  return role;
}

void RoleLoader::resolve(const Node& target, std::vector<std::string>& out) {
  const std::string& text = target.text;
  const bool is_pack = text.ends_with("/*");
  const std::string_view pack_name =
      std::string_view(text).substr(0, text.size() - (is_pack ? 2 : 0));
  const size_t before = out.size();
  for (const KnownRegister& each : known_) {
    const bool is_open = !each.is_guarded && (text == "*" || (is_pack && each.pack == pack_name));
    const bool is_named = is_open || each.name == text;
    if (is_named) out.push_back(each.name);
  }
  if (out.size() > before || text == "*") return;
  std::vector<std::string> names;
  for (const KnownRegister& each : known_) {
    names.push_back(is_pack ? each.pack + "/*" : each.name);
  }
  pack::report_unknown(issues_, target.place, "role.unknown_register",
                       is_pack ? "能力包" : "登记簿", is_pack ? "pack" : "register", text, names);
}

void RoleLoader::check_states(const Node& node, const Line& line) {
  const Node* in = node.find("in");
  if (in == nullptr) return;
  for (const Node& state : in->elements) {
    std::vector<std::string> states;
    for (const KnownRegister& each : known_) {
      const bool is_meant = std::find(line.registers.begin(), line.registers.end(), each.name) !=
                            line.registers.end();
      if (is_meant) states.insert(states.end(), each.states.begin(), each.states.end());
    }
    if (std::find(states.begin(), states.end(), state.text) != states.end()) continue;
    pack::report_unknown(issues_, state.place, "role.unknown_state", "状态", "state", state.text,
                         states);
  }
}

Line RoleLoader::line_of(const Node& node) {
  Line line;
  for (const Node& target : node.find("of")->elements) resolve(target, line.registers);
  line.rows = rows_at(node, "rows", Rows::all);
  for (const std::string& may : pack::texts_at(node, "may")) {
    for (const auto& [name, right] : kRightNames) {
      if (name == may) line.may[static_cast<size_t>(right)] = true;
    }
  }
  line.in = pack::texts_at(node, "in");
  line.personal = pack::flag_at(node, "personal");
  check_states(node, line);
  return line;
}

void RoleLoader::add(const pack::File& file, const Node& node) {
  const Node& name = *node.find("role");
  if (!file.path.ends_with("/" + name.text + ".yaml")) {
    pack::report(issues_, name.place, "pack.file_name", "名称“" + name.text + "”应与文件名相同",
                 "the name " + name.text + " must be that of the file");
  }
  Role& role = role_of(node);
  if (const Node* own = node.find("own")) {
    for (const Node& target : own->elements) resolve(target, role.own);
  }
  if (const Node* lines = node.find("registers")) {
    for (const Node& each : lines->elements) {
      role.lines.push_back(line_of(each));
      for (const std::string& home : role.lines.back().registers) {
        role.by_register[home].push_back(role.lines.size() - 1);
      }
    }
  }
  role.figures = std::max(role.figures, rows_at(node, "figures", Rows::none));
  role.explanations = std::max(role.explanations, rows_at(node, "explanations", Rows::none));
  role.exports = std::max(role.exports, rows_at(node, "exports", Rows::none));
  for (const std::string& may : pack::texts_at(node, "may")) {
    for (const auto& [task_name, task] : kTaskNames) {
      if (task_name == may) role.tasks[static_cast<size_t>(task)] = true;
    }
  }
  role.second_factor = role.second_factor || pack::flag_at(node, "second_factor");
}

}  // namespace

pack::Shape role_shape() {
  const pack::Shape name = pack::scalar(ShapeKind::identifier);
  const pack::Shape title = pack::scalar(ShapeKind::title);
  const pack::Shape rows = pack::choice(words(kRows));
  const pack::Shape line = pack::record_of({
      {"of", pack::list_of(pack::scalar(ShapeKind::text)), true,
       "登记簿名、能力包/*，或 \"*\"（统计报表与自然人登记簿须点名）",
       "names of registers, PACK/*, or \"*\" for all but statistics and persons"},
      {"rows", pack::choice({"own", "all"}), false, "哪些行：own 本人本单位的，all 全部（默认）",
       "which rows: own, or all (the default)"},
      {"may", pack::list_of(pack::choice(words(kRightNames))), true,
       "可做的事；move 指 by 中列有本角色的办理事项",
       "what; move: those that name the role in `by`"},
      {"in", pack::list_of(name), false, "只在这些状态下可改", "amended in these states only"},
      {"personal", pack::scalar(ShapeKind::flag), false, "包括个人信息字段", "personal fields too"},
  });
  return pack::record_of({
      {"role", name, true, "角色名，与文件同名", "name, as the file"},
      {"title", title, false, "名称；首次出现必填", "title; where the role stands first"},
      {"help", title, false, "说明", "help"},
      {"own", pack::list_of(name), false, "本人记录可属的登记簿",
       "registers of which the account's own record may be"},
      {"registers", pack::list_of(line), false, "对各登记簿的权限", "rights on registers"},
      {"figures", rows, false, "可查的数", "figures that may be asked for"},
      {"explanations", rows, false, "可看的数的由来", "explanations"},
      {"exports", rows, false, "可导出的行", "rows that may be exported"},
      {"may", pack::list_of(pack::choice(words(kTaskNames))), false, "其他可做的事", "what else"},
      {"second_factor", pack::scalar(ShapeKind::flag), false, "登录须两步验证",
       "signing in takes a second factor"},
  });
}

std::optional<Roles> Roles::load(const pack::Files& files, std::span<const std::string> packs,
                                 std::span<const KnownRegister> known, Issues& issues) {
  const size_t before = issues.size();
  RoleLoader loader(known, issues);
  for (const std::string& pack_name : packs) {
    for (const pack::File* file : files.in("packs/" + pack_name + "/roles")) {
      auto node = pack::parse(file->path, file->text, issues);
      if (node && pack::check(*node, role_shape(), issues)) loader.add(*file, *node);
    }
  }
  if (issues.size() != before) return std::nullopt;
  Roles out;
  out.roles_ = loader.take();
  return out;
}

const Role* Roles::find(std::string_view name) const {
  for (const Role& role : roles_) {
    if (role.name == name) return &role;
  }
  return nullptr;
}

std::vector<std::string> Roles::names() const {
  std::vector<std::string> out;
  for (const Role& role : roles_) out.push_back(role.name);
  return out;
}

}  // namespace wutong::access
