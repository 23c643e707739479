#include "core/record/impl/loader.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace wutong::record {

using pack::Node;
using pack::report;
using pack::report_unknown;

namespace {

std::vector<std::string> field_names(const Register& home) {
  std::vector<std::string> names;
  for (const Field& field : home.fields) names.push_back(field.name);
  return names;
}

FieldKind kind_of(std::string_view type) {
  constexpr std::pair<std::string_view, FieldKind> kKinds[] = {
      {"text", FieldKind::text},       {"int", FieldKind::integer},
      {"decimal", FieldKind::decimal}, {"money", FieldKind::decimal},
      {"bool", FieldKind::boolean},    {"code", FieldKind::code},
      {"ref", FieldKind::reference},   {"date", FieldKind::date},
      {"month", FieldKind::month},     {"partial_date", FieldKind::partial_date},
      {"period", FieldKind::period},   {"text_list", FieldKind::text_list}};
  for (const auto& [name, kind] : kKinds) {
    if (name == type) return kind;
  }
  return FieldKind::text;
}

}  // namespace

Place expression_place(const Node& node) {
  Place place = node.place;
  if (node.is_quoted) ++place.column;
  return place;
}

Loader::Loader(const pack::Files& files, std::span<const std::string> packs, Issues& issues)
    : files_(files), packs_(packs), issues_(issues) {}

std::vector<Register> Loader::run() {
  load_codes();
  std::vector<Source> sources;
  read_folder("registers", "register", register_shape(), register_sources_);
  read_folder("checks", "check", check_shape(), check_sources_);
  for (const Source& source : register_sources_) load_register(source);
  resolve_references();
  if (!issues_.empty()) return {};
  Schema schema = Schema::from(registers_);
  for (size_t i = 0; i < registers_.size(); ++i) {
    load_moves(schema, registers_[i], register_sources_[i].node);
  }
  for (const Source& source : check_sources_) load_check(schema, source);
  return std::move(registers_);
}

void Loader::read_folder(std::string_view folder, std::string_view key, const pack::Shape& shape,
                         std::vector<Source>& out) {
  std::map<std::string, Place> places;
  for (const std::string& pack_name : packs_) {
    for (const pack::File* file : files_.in("packs/" + pack_name + "/" + std::string(folder))) {
      auto node = pack::parse(file->path, file->text, issues_);
      if (!node || !pack::check(*node, shape, issues_)) continue;
      const Node& name = *node->find(key);
      std::string expected = file->path.substr(file->path.rfind('/') + 1);
      if (name.text + ".yaml" != expected) {
        report(issues_, name.place, "pack.file_name", "名称“" + name.text + "”应与文件名相同",
               "the name " + name.text + " must be that of the file");
      }
      auto [first, is_new] = places.emplace(name.text, name.place);
      if (!is_new) {
        report(issues_, name.place, "pack.twice",
               "“" + name.text + "”已在 " + to_string(first->second) + " 定义",
               name.text + " is defined already at " + to_string(first->second));
        continue;
      }
      out.push_back({pack_name, std::move(*node)});
    }
  }
}

void Loader::load_codes() {
  std::vector<Source> sources;
  read_folder("codes", "codes", codes_shape(), sources);
  for (const Source& source : sources) {
    std::vector<Code>& codes = codes_[pack::text_at(source.node, "codes")];
    for (const Node::Member& member : source.node.find("values")->members) {
      codes.push_back({member.key,
                       {pack::text_at(member.value, "zh"), pack::text_at(member.value, "en")},
                       pack::texts_at(member.value, "aliases")});
    }
  }
}

void Loader::load_register(const Source& source) {
  const Node& node = source.node;
  Register home;
  home.name = pack::text_at(node, "register");
  home.title = pack::title_at(node, "title");
  home.help = pack::title_at(node, "help");
  home.pack = source.pack;
  home.is_person = pack::flag_at(node, "person");
  home.is_statistics = pack::text_at(node, "purpose") == "statistics";
  home.place = node.find("register")->place;
  for (const Node::Member& member : node.find("fields")->members) {
    load_field(home, member.key, member.value);
  }
  if (const Node* lifecycle = node.find("lifecycle")) load_states(home, *lifecycle);
  load_names(home, node);
  if (const Node* series = node.find("series")) load_series(home, *series);
  if (const Node* organisation = node.find("organisation")) load_organisation(home, *organisation);
  registers_.push_back(std::move(home));
}

void Loader::load_field(Register& home, const std::string& name, const Node& node) {
  Field field;
  field.name = name;
  std::string type = pack::text_at(node, "type");
  field.kind = kind_of(type);
  field.title = pack::title_at(node, "title");
  field.help = pack::title_at(node, "help");
  field.required = pack::flag_at(node, "required");
  field.personal = pack::flag_at(node, "personal");
  field.effective = pack::flag_at(node, "effective");
  field.target = pack::text_at(node, "to");
  field.place = node.place;
  if (name == kStateField) {
    report(issues_, node.place, "record.state_reserved", "state 由 lifecycle 给出，不能另设",
           "state comes from the life cycle; it cannot be a field");
  }
  if ((field.kind == FieldKind::reference) != !field.target.empty()) {
    report(issues_, node.place, "record.reference", "ref 字段须有 to，其他字段没有 to",
           "a ref has `to`, other fields have not");
  }
  if (field.personal && field.kind != FieldKind::text) {
    report(issues_, node.place, "record.personal", "personal 只用于 text 字段",
           "personal goes with text fields only");
  }
  load_unit(field, node);
  load_field_codes(field, node);
  home.fields.push_back(std::move(field));
}

void Loader::load_unit(Field& field, const Node& node) {
  bool is_number = field.kind == FieldKind::decimal || field.kind == FieldKind::integer;
  const Node* unit = node.find("unit");
  const Node* decimals = node.find("decimals");
  if (field.kind == FieldKind::decimal) {
    field.decimals = pack::whole_at(node, "decimals", 2);
    if (field.decimals < 0 || field.decimals > Decimal::kScaleMax) {
      report(issues_, decimals->place, "record.decimals", "小数位数应在 0 至 18",
             "decimals are 0 to 18");
      field.decimals = 0;
    }
  } else if (decimals != nullptr) {
    report(issues_, decimals->place, "record.decimals", "decimals 只用于 decimal 与 money",
           "decimals goes with decimal and money");
  }
  if (unit == nullptr) return;
  auto known = Unit::from_code(unit->text);
  if (!is_number) {
    report(issues_, unit->place, "record.unit", "unit 只用于 int、decimal 与 money",
           "unit goes with int, decimal and money");
  } else if (!known) {
    report_unknown(issues_, unit->place, "record.unit", "单位", "unit", unit->text, Unit::codes());
  } else {
    field.unit = *known;
  }
}

void Loader::load_field_codes(Field& field, const Node& node) {
  const Node* codes = node.find("codes");
  if ((field.kind == FieldKind::code) != (codes != nullptr)) {
    report(issues_, node.place, "record.codes", "code 字段须有 codes，其他字段没有",
           "a code field has `codes`, other fields have not");
  }
  if (codes == nullptr) return;
  if (codes->kind == Node::Kind::list) {
    for (const Node& element : codes->elements) field.codes.push_back({element.text, {}, {}});
    return;
  }
  auto found = codes_.find(codes->text);
  if (found != codes_.end()) {
    field.codes = found->second;
    return;
  }
  std::vector<std::string> known;
  for (const auto& [name, list] : codes_) known.push_back(name);
  report_unknown(issues_, codes->place, "record.codes", "代码表", "code list", codes->text, known);
}

std::optional<size_t> Loader::field_of(const Register& home, const Node& name) {
  auto field = home.find(name.text);
  if (!field) {
    report_unknown(issues_, name.place, "record.unknown_field", "字段", "field", name.text,
                   field_names(home));
  }
  return field;
}

void Loader::load_names(Register& home, const Node& node) {
  const Node& key = *node.find("key");
  if (key.elements.empty()) {
    report(issues_, key.place, "record.key", "主键至少一个字段", "a key has one field at least");
  }
  for (const Node& name : key.elements) {
    auto field = field_of(home, name);
    if (!field) continue;
    home.key.push_back(*field);
    if (!home.fields[*field].required || home.fields[*field].personal) {
      report(issues_, name.place, "record.key", "主键字段须 required: true，且不能是 personal",
             "fields of the key are required: true, and not personal");
    }
  }
  if (const Node* names = node.find("names")) {
    for (const Node& name : names->elements) {
      auto field = field_of(home, name);
      if (!field) continue;
      FieldKind kind = home.fields[*field].kind;
      home.name_fields.push_back(*field);
      if (kind != FieldKind::text && kind != FieldKind::text_list) {
        report(issues_, name.place, "record.names", "names 应是 text 或 text_list 字段",
               "names are text or text_list fields");
      }
    }
  }
  if (const Node* parties = node.find("parties")) {
    for (const Node& party : parties->elements) {
      auto field = field_of(home, party);
      if (!field) continue;
      home.parties.push_back(*field);
      if (home.fields[*field].kind == FieldKind::reference) continue;
      report(issues_, party.place, "record.parties", "parties 应是 ref 字段",
             "parties are ref fields");
    }
  }
  const Node* owner = node.find("owner");
  if (owner == nullptr) return;
  home.owner_is_self = owner->text == "self";
  if (home.owner_is_self) return;
  home.owner = field_of(home, *owner);
  if (home.owner && home.fields[*home.owner].kind != FieldKind::reference) {
    report(issues_, owner->place, "record.owner", "owner 应是 ref 字段或 self",
           "owner is a ref field or self");
  }
}

void Loader::load_series(Register& home, const Node& node) {
  SeriesFields series{};
  struct Wanted {
    const char* key;
    FieldKind kind;
    size_t* field;
  };
  size_t growth = 0, status = 0;
  const Wanted kAll[] = {{"area", FieldKind::reference, &series.area},
                         {"indicator", FieldKind::text, &series.indicator},
                         {"period", FieldKind::period, &series.period},
                         {"value", FieldKind::decimal, &series.value},
                         {"growth", FieldKind::decimal, &growth},
                         {"status", FieldKind::code, &status}};
  for (const Wanted& wanted : kAll) {
    const Node* name = node.find(wanted.key);
    if (name == nullptr) continue;
    auto field = field_of(home, *name);
    if (!field) return;
    if (home.fields[*field].kind != wanted.kind) {
      report(issues_, name->place, "record.series", "这个字段的类型不合 series 的要求",
             "the field has the wrong type for a series");
      return;
    }
    *wanted.field = *field;
    if (wanted.field == &growth) series.growth = growth;
    if (wanted.field != &status) continue;
    series.status = status;
    const auto& codes = home.fields[status].codes;
    const bool sets_apart = std::any_of(codes.begin(), codes.end(), [](const Code& code) {
      return code.value == "target" || code.value == "forecast";
    });
    if (sets_apart) continue;
    report(issues_, name->place, "record.series_status",
           "series 的 status 字段的代码中应有 target（目标）或 forecast（预测）",
           "the codes of a series' status field hold `target` or `forecast`");
  }
  home.series = series;
}

void Loader::load_states(Register& home, const Node& node) {
  Field field;
  field.name = kStateField;
  field.kind = FieldKind::code;
  field.title = {"状态", "State"};
  for (const Node::Member& member : node.find("states")->members) {
    home.states.push_back(
        {member.key, {pack::text_at(member.value, "zh"), pack::text_at(member.value, "en")}, {}});
  }
  field.codes = home.states;
  home.state_field = home.fields.size();
  home.fields.push_back(std::move(field));
  if (home.states.empty()) {
    report(issues_, node.place, "record.states", "至少一个状态", "one state at least");
  }
}

void Loader::resolve_references() {
  std::vector<std::string> known;
  for (const Register& home : registers_) known.push_back(home.name);
  for (const Register& home : registers_) {
    for (const Field& field : home.fields) {
      if (field.kind != FieldKind::reference || field.target.empty()) continue;
      if (std::find(known.begin(), known.end(), field.target) != known.end()) continue;
      report_unknown(issues_, field.place, "record.unknown_register", "登记簿", "register",
                     field.target, known);
    }
  }
}

std::optional<expression::Program> Loader::program(const Schema& schema, const Register& home,
                                                   const Node& node, std::string_view key,
                                                   expression::Kind kind) {
  const Node* text = node.find(key);
  if (text == nullptr) return std::nullopt;
  return expression::compile(text->text, RegisterScope(schema, home), expression_place(*text),
                             issues_, kind);
}

void Loader::load_moves(const Schema& schema, Register& home, const Node& node) {
  const Node* lifecycle = node.find("lifecycle");
  if (lifecycle == nullptr) return;
  std::vector<std::string> states;
  for (const Code& state : home.states) states.push_back(state.value);
  auto check_state = [&](const Node& name) {
    if (std::find(states.begin(), states.end(), name.text) != states.end()) return;
    report_unknown(issues_, name.place, "record.unknown_state", "状态", "state", name.text, states);
  };
  for (const Node::Member& member : lifecycle->find("moves")->members) {
    Move move;
    move.name = member.key;
    move.title = pack::title_at(member.value, "title");
    move.from = pack::texts_at(member.value, "from");
    move.to = pack::text_at(member.value, "to");
    move.by = pack::texts_at(member.value, "by");
    for (const Node& state : member.value.find("from")->elements) check_state(state);
    check_state(*member.value.find("to"));
    if (const Node* required = member.value.find("requires")) {
      for (const Node& name : required->elements) {
        if (auto field = field_of(home, name)) move.required_fields.push_back(*field);
      }
    }
    move.when = program(schema, home, member.value, "when", expression::Kind::boolean);
    home.moves.push_back(std::move(move));
  }
  load_deadlines(schema, home, *lifecycle);
}

void Loader::load_check(const Schema& schema, const Source& source) {
  const Node& node = source.node;
  const Node& name = *node.find("register");
  auto home = std::find_if(registers_.begin(), registers_.end(),
                           [&](const Register& r) { return r.name == name.text; });
  if (home == registers_.end()) {
    report_unknown(issues_, name.place, "record.unknown_register", "登记簿", "register", name.text,
                   schema.names());
    return;
  }
  Check check;
  check.name = pack::text_at(node, "check");
  check.title = pack::title_at(node, "title");
  check.is_hard = pack::text_at(node, "level") == "hard";
  check.unknown_passes = pack::text_at(node, "unknown", "pass") == "pass";
  check.message = pack::title_at(node, "message");
  check.when = program(schema, *home, node, "when", expression::Kind::boolean);
  check.require = program(schema, *home, node, "require", expression::Kind::boolean);
  for (const Node& field : node.find("fields")->elements) {
    if (auto index = field_of(*home, field)) check.fields.push_back(*index);
  }
  home->checks.push_back(std::move(check));
}

}  // namespace wutong::record
