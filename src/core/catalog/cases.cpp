#include "core/catalog/cases.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/record/act.hpp"
#include "engine/pack/node.hpp"

namespace wutong::catalog {

namespace {

using pack::Key;
using pack::Node;
using pack::Shape;
using pack::ShapeKind;
using record::Act;
using record::RefusalCode;

constexpr const char* kDay = "2024-10-31T09:00:00+08:00";

std::vector<std::string> refusal_names() {
  std::vector<std::string> names;
  for (int code = 0; code <= static_cast<int>(RefusalCode::nothing_to_do); ++code) {
    names.emplace_back(to_string(static_cast<RefusalCode>(code)));
  }
  return names;
}

struct CaseFile {
  std::string pack;
  Node root;
};

// One zone in memory, and what its acts met.
class Examples {
 public:
  Examples(const std::map<std::string, CaseFile>& cases, record::Schema schema, Issues& issues)
      : cases_(cases),
        state_(std::make_shared<const record::Schema>(std::move(schema))),
        issues_(issues) {}

  // The accepted acts of what the register's examples stand on, then its own.
  CaseCount run(const std::string& name) {
    const CaseFile& file = cases_.at(name);
    CaseCount count{file.pack, name, 0, 0};
    prepare(file.root);
    for (const Node& act : file.root.find("acts")->elements) {
      bool is_refused = act.find("refused") != nullptr;
      perform(name, act, true);
      ++(is_refused ? count.refused : count.accepted);
    }
    check_reached(name, file.root, count);
    return count;
  }

 private:
  void prepare(const Node& root) {
    const Node* after = root.find("after");
    if (after == nullptr) return;
    for (const Node& element : after->elements) {
      if (!prepared_.insert(element.text).second) continue;
      auto found = cases_.find(element.text);
      if (found == cases_.end()) {
        pack::report(issues_, element.place, "pack.no_cases",
                     "登记簿“" + element.text + "”没有示例文件",
                     "register " + element.text + " has no file of cases");
        continue;
      }
      prepare(found->second.root);
      for (const Node& act : found->second.root.find("acts")->elements) {
        if (act.find("refused") == nullptr) perform(element.text, act, false);
      }
    }
  }

  void perform(const std::string& register_name, const Node& act, bool is_judged) {
    auto request = read_request(register_name, act);
    if (!request) return;
    auto decision = record::decide(state_, *request);
    if (!decision) {
      if (is_judged) judge_refusal(act, decision.error());
      return;
    }
    if (is_judged) reached_.insert(request->move);
    ledger::Entry entry;
    entry.seq = Seq{state_.position().value + 1};
    entry.at = request->at;
    entry.changes = std::move(decision->changes);
    CHECK(state_.apply(entry).has_value());
    if (is_judged) judge_acceptance(register_name, act, *request);
  }

  std::optional<record::Request> read_request(const std::string& register_name, const Node& act);
  void judge_refusal(const Node& act, const record::Refusal& refusal);
  void judge_acceptance(const std::string& register_name, const Node& act,
                        const record::Request& request);
  void check_reached(const std::string& name, const Node& root, const CaseCount& count);

  const std::map<std::string, CaseFile>& cases_;
  record::State state_;
  Issues& issues_;
  std::set<std::string> prepared_;
  std::set<std::string> reached_;   // moves that were made
  std::set<std::string> messages_;  // of checks that were broken
};

void add_cells(const Node& row, record::Request& request) {
  for (const Node::Member& member : row.members) {
    record::InputColumn column;
    column.field = member.key;
    column.column.type = ValueType::text;
    std::string text = member.value.text;
    for (size_t i = 0; i < member.value.elements.size(); ++i) {
      text += (i == 0 ? "" : "\x1F") + member.value.elements[i].text;
    }
    column.column.append_text(text);
    request.columns.push_back(std::move(column));
  }
}

std::optional<record::Request> Examples::read_request(const std::string& register_name,
                                                      const Node& act) {
  record::Request request;
  request.at = *Instant::parse(kDay);
  request.actor = "cases";
  request.register_name = register_name;
  request.note = pack::text_at(act, "note");
  request.roles = pack::texts_at(act, "by");
  if (const Node* day = act.find("valid_from")) request.valid_from = Date::parse(day->text);
  const Node* create = act.find("create");
  const Node* amend = act.find("amend");
  const Node* move = act.find("move");
  const Node* of = act.find("of");
  if ((create != nullptr) + (amend != nullptr) + (move != nullptr) != 1 ||
      (move != nullptr) != (of != nullptr)) {
    pack::report(issues_, act.place, "pack.case_act",
                 "一条示例写 create、amend 或 move 之一；move 用 of 写明主键",
                 "an example is one of create, amend and move; a move says `of` which key");
    return std::nullopt;
  }
  request.act = create != nullptr ? Act::create : (amend != nullptr ? Act::amend : Act::move);
  if (move == nullptr) {
    add_cells(create != nullptr ? *create : *amend, request);
    return request;
  }
  request.move = move->text;
  auto index = state_.schema().index_of(register_name);
  auto record = state_.find(*index, of->text);
  if (!record) {
    pack::report(issues_, of->place, "pack.case_key", "没有主键为“" + of->text + "”的记录",
                 "there is no record with the key " + of->text);
    return std::nullopt;
  }
  request.records = {*record};
  return request;
}

void Examples::judge_refusal(const Node& act, const record::Refusal& refusal) {
  std::string code(to_string(refusal.code));
  std::string met_zh = code, met_en = code;
  for (const Error& fault : refusal.faults) {
    messages_.insert(fault.zh);
    met_zh += "；" + fault.place.field + " " + fault.zh;
    met_en += "; " + fault.place.field + " " + fault.en;
  }
  const Node* refused = act.find("refused");
  if (refused == nullptr) {
    pack::report(issues_, act.place, "pack.case_refused", "应当受理，却被拒绝：" + met_zh,
                 "should be accepted, but was refused: " + met_en);
    return;
  }
  std::string field = pack::text_at(act, "field"), says = pack::text_at(act, "says");
  bool is_there =
      std::any_of(refusal.faults.begin(), refusal.faults.end(), [&](const Error& fault) {
        bool is_said =
            fault.zh.find(says) != std::string::npos || fault.en.find(says) != std::string::npos;
        return (field.empty() || fault.place.field == field) && (says.empty() || is_said);
      });
  if (refused->text == code && (is_there || (field.empty() && says.empty()))) return;
  pack::report(issues_, refused->place, "pack.case_other_refusal", "拒绝的原因不同：" + met_zh,
               "was refused for another reason: " + met_en);
}

void Examples::judge_acceptance(const std::string& register_name, const Node& act,
                                const record::Request& request) {
  if (const Node* refused = act.find("refused")) {
    pack::report(issues_, refused->place, "pack.case_accepted", "应当拒绝，却受理了",
                 "should be refused, but was accepted");
    return;
  }
  const Node* expected = act.find("state");
  if (expected == nullptr || request.records.empty()) return;
  auto index = state_.schema().index_of(register_name);
  auto field = state_.schema().registers()[*index].state_field;
  Value value;
  if (field) value = state_.value(*index, *field, request.records[0]);
  const std::string* text = std::get_if<std::string>(&value);
  std::string state = text != nullptr ? *text : "";
  if (state == expected->text) return;
  pack::report(issues_, expected->place, "pack.case_state", "状态是“" + state + "”",
               "the state is " + state);
}

void Examples::check_reached(const std::string& name, const Node& root, const CaseCount& count) {
  Place place = root.find("cases")->place;
  if (count.accepted == 0 || count.refused == 0) {
    pack::report(issues_, place, "pack.case_both", "至少各有一条受理和拒绝的示例",
                 "there must be an accepted and a refused example");
  }
  const record::Register& home = *state_.schema().find(name);
  for (const record::Move& move : home.moves) {
    if (reached_.contains(move.name)) continue;
    pack::report(issues_, place, "pack.case_move", "没有示例办理“" + move.name + "”",
                 "no example makes the move " + move.name);
  }
  for (const record::Check& check : home.checks) {
    bool is_met = std::any_of(messages_.begin(), messages_.end(), [&](const std::string& message) {
      return message.starts_with(check.message.zh);
    });
    if (is_met) continue;
    pack::report(issues_, place, "pack.case_check", "没有示例违反审核“" + check.name + "”",
                 "no example breaks the check " + check.name);
  }
}

std::map<std::string, CaseFile> read_cases(const pack::Files& files, const record::Schema& schema,
                                           Issues& issues) {
  std::map<std::string, CaseFile> cases;
  for (const std::string& pack : pack_names(files)) {
    for (const pack::File* file : files.in("packs/" + pack + "/cases")) {
      auto root = pack::parse(file->path, file->text, issues);
      if (!root || !pack::check(*root, cases_shape(), issues)) continue;
      const Node& name = *root->find("cases");
      const record::Register* home = schema.find(name.text);
      if (home == nullptr || home->pack != pack ||
          file->path != "packs/" + pack + "/cases/" + name.text + ".yaml") {
        pack::report(issues, name.place, "pack.case_register", "示例文件应与本能力包的登记簿同名",
                     "a file of cases has the name of a register of its pack");
        continue;
      }
      std::string key = name.text;
      cases.emplace(key, CaseFile{pack, std::move(*root)});
    }
  }
  return cases;
}

}  // namespace

Shape cases_shape() {
  Shape name = pack::scalar(ShapeKind::identifier);
  Shape text = pack::scalar(ShapeKind::text);
  Shape row = pack::dictionary_of(pack::either_of({text, pack::list_of(text)}));
  return pack::record_of({
      {"cases", name, true, "登记簿名，与文件同名", "the register, as the file"},
      {"after", pack::list_of(name), false, "先办这些登记簿的示例",
       "registers whose accepted examples come first"},
      {"acts",
       pack::list_of(pack::record_of(
           {{"create", row, false, "新建的一行", "a row to create"},
            {"amend", row, false, "修改的一行", "a row to amend"},
            {"move", name, false, "办理的动作", "a move"},
            {"of", text, false, "动作所及记录的主键", "key of the record that moves"},
            {"by", pack::list_of(name), false, "角色", "roles"},
            {"valid_from", pack::scalar(ShapeKind::date), false, "生效日", "valid from"},
            {"note", text, false, "说明", "reason"},
            {"state", name, false, "之后的状态", "state afterwards"},
            {"refused", pack::choice(refusal_names()), false, "拒绝的原因", "why it is refused"},
            {"field", name, false, "标出的字段", "the field that is marked"},
            {"says", text, false, "提示中的文字", "words of the message"}})),
       true, "依次办理的示例", "examples, performed in order"},
  });
}

std::vector<CaseCount> run_cases(const pack::Files& files, std::span<const std::string> packs,
                                 Issues& issues) {
  std::vector<std::string> all = pack_names(files);
  auto schema = record::Schema::load(files, all, issues);
  if (!schema) return {};
  std::map<std::string, CaseFile> cases = read_cases(files, *schema, issues);
  std::vector<CaseCount> counts;
  for (const record::Register& home : schema->registers()) {
    if (std::find(packs.begin(), packs.end(), home.pack) == packs.end()) continue;
    if (cases.contains(home.name)) {
      counts.push_back(Examples(cases, *schema, issues).run(home.name));
    } else {
      pack::report(
          issues, home.place, "pack.no_cases",
          "登记簿“" + home.name + "”没有示例：packs/" + home.pack + "/cases/" + home.name + ".yaml",
          "register " + home.name + " has no cases: packs/" + home.pack + "/cases/" + home.name +
              ".yaml");
    }
  }
  return counts;
}

}  // namespace wutong::catalog
