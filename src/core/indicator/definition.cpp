#include "core/indicator/definition.hpp"

#include <algorithm>

#include "base/planted.hpp"
#include "base/text.hpp"
#include "core/indicator/definition_check.hpp"
#include "core/indicator/plan.hpp"
#include "engine/pack/node.hpp"

namespace wutong::indicator {

namespace {

using pack::Node;
using pack::ShapeKind;

constexpr std::string_view kAggregates[] = {"sum", "count", "count_distinct", "avg", "min",
                                            "max", "last"};

// Reads one file into a definition.
class Loader {
 public:
  Loader(const record::Schema& schema, Issues& issues) : schema_(schema), issues_(issues) {}
  std::optional<Draft> load(const pack::File& file, const std::string& pack_name);

 private:
  void read_common(Draft& draft);
  void read_kind(Draft& draft);
  void read_records(Draft& draft);
  void leave_out_merged(const Node& node, const record::Register& home, Definition& definition);
  void read_measure(const Node& node, const record::Register& home, Definition& definition);
  void read_time(const Draft& draft, const record::Register& home, Definition& definition);
  void read_dimensions(const Draft& draft, Definition& definition);
  std::optional<size_t> read_time_field(const Node& node, const record::Register& home);
  std::optional<record::Path> read_path(const Node& node, const Definition& definition);
  std::optional<expression::Program> compile(const Node& node, std::string_view text, int skipped,
                                             const record::Register& home,
                                             std::optional<expression::Kind> expected);

  const record::Schema& schema_;
  Issues& issues_;
};

std::optional<Draft> Loader::load(const pack::File& file, const std::string& pack_name) {
  const size_t before = issues_.size();
  auto node = pack::parse(file.path, file.text, issues_);
  if (!node || !pack::check(*node, indicator_shape(), issues_)) return std::nullopt;
  Draft draft;
  draft.node = std::move(*node);
  Definition& definition = draft.definition;
  definition.pack = pack_name;
  definition.text = file.text;
  definition.digest = wutong::digest(HashKind::sha256, as_bytes(file.text));
  read_common(draft);
  const std::string stem = "/" + definition.name + ".yaml";
  if (!std::string_view(file.path).ends_with(stem)) {
    pack::report(issues_, draft.node.find("indicator")->place, "indicator.file_name",
                 "文件应以指标命名：" + definition.name + ".yaml",
                 "the file must be named after the indicator: " + definition.name + ".yaml");
  }
  read_kind(draft);
  if (issues_.size() != before) return std::nullopt;
  return draft;
}

void Loader::read_common(Draft& draft) {
  Definition& definition = draft.definition;
  const Node& node = draft.node;
  definition.name = pack::text_at(node, "indicator");
  definition.place = node.find("indicator")->place;
  const auto title = pack::title_at(node, "title");
  definition.title = {title.zh, title.en};
  definition.aliases = pack::texts_at(node, "aliases");
  const std::string code = pack::text_at(node, "unit");
  if (const auto unit = Unit::from_code(code)) {
    definition.unit = *unit;
  } else {
    pack::report_unknown(issues_, node.find("unit")->place, "indicator.unknown_unit", "单位",
                         "unit", code, Unit::codes());
  }
  for (const auto& [key, places] : {std::pair{"decimals", &definition.decimals},
                                    std::pair{"rate_decimals", &definition.rate_decimals}}) {
    *places = pack::whole_at(node, key, *places);
    if (*places >= 0 && *places <= Decimal::kScaleMax) continue;
    pack::report(issues_, node.find(key)->place, "indicator.decimals", "小数位应为 0 到 18",
                 "places are 0 to 18");
    *places = 0;
  }
  if (pack::text_at(node, "rounding") == "half_even") definition.rounding = Rounding::half_even;
  definition.growth_reported = pack::text_at(node, "growth") == "reported";
  definition.comparable_base = pack::text_at(node, "base") == "comparable";
  if (pack::text_at(node, "january_february") == "joint") {
    definition.january_february = JanuaryFebruary::joint;
  }
}

void Loader::read_kind(Draft& draft) {
  static const std::vector<std::string> kKinds{"from", "series", "ratio", "formula"};
  static const std::vector<std::string> kOfRecords{"measure", "where", "time", "area",
                                                   "by",      "base",  "at",   "window"};
  std::vector<std::string> found;
  for (const std::string& kind : kKinds) {
    if (draft.node.find(kind) != nullptr) found.push_back(kind);
  }
  if (found.size() != 1) {
    pack::report(issues_, found.empty() ? draft.node.place : draft.node.find(found[1])->place,
                 "indicator.kind", "from、series、ratio、formula 四者须有且仅有一个",
                 "exactly one of from, series, ratio and formula says the kind");
    return;
  }
  const auto refuse = [&](const std::string& key, const std::string& kind) {
    if (draft.node.find(key) == nullptr) return;
    pack::report(issues_, draft.node.find(key)->place, "indicator.key_of_other_kind",
                 "键“" + key + "”只用于 " + kind,
                 "the key " + key + " belongs to " + kind + " only");
  };
  if (found[0] != "from") {
    for (const std::string& key : kOfRecords) refuse(key, "from");
  }
  if (found[0] != "series") refuse("growth", "series");
  if (found[0] != "from" && draft.definition.is_date()) {
    pack::report(issues_, draft.node.find("unit")->place, "indicator.date",
                 "unit: date 只用于按记录（from）取日期的指标",
                 "unit date is for dates of records (from) only");
    return;
  }
  if (found[0] == "from") {
    read_records(draft);
  } else if (found[0] == "ratio") {
    draft.definition.kind = Kind::ratio;
    read_ratio(draft, issues_);
  } else if (found[0] == "formula") {
    draft.definition.kind = Kind::derived;
    read_formula(draft, issues_);
  } else {
    draft.definition.kind = Kind::series;
    const auto& registers = schema_.registers();
    const bool has_series = std::any_of(registers.begin(), registers.end(),
                                        [](const auto& r) { return r.series.has_value(); });
    if (has_series && draft.node.find("series")->text == "true") return;
    pack::report(issues_, draft.node.find("series")->place, "indicator.series",
                 "series 须为 true，且须有登记册声明 series",
                 "series is true, and a register must declare `series`");
  }
}

std::optional<expression::Program> Loader::compile(const Node& node, std::string_view text,
                                                   int skipped, const record::Register& home,
                                                   std::optional<expression::Kind> expected) {
  Place place = node.place;
  place.column += skipped + (node.is_quoted ? 1 : 0);
  const record::RegisterScope scope(schema_, home);
  return expression::compile(text, scope, place, issues_, expected);
}

void Loader::read_records(Draft& draft) {
  Definition& definition = draft.definition;
  const Node& node = draft.node;
  const Node& from = *node.find("from");
  const auto index = schema_.index_of(from.text);
  if (!index) {
    pack::report_unknown(issues_, from.place, "indicator.unknown_register", "登记册", "register",
                         from.text, schema_.names());
    return;
  }
  definition.register_index = *index;
  const record::Register& home = schema_.registers()[*index];
  for (const char* key : {"measure", "time"}) {
    if (node.find(key) != nullptr) continue;
    pack::report(issues_, node.place, "indicator.missing_key",
                 std::string("按记录计算的指标缺少键“") + key + "”",
                 std::string("an indicator over records needs the key ") + key);
  }
  if (const Node* measure = node.find("measure")) read_measure(*measure, home, definition);
  if (const Node* where = node.find("where")) {
    definition.where = compile(*where, where->text, 0, home, expression::Kind::boolean);
    definition.where_text = where->text;
  }
  read_time(draft, home, definition);
  if (home.organisation && definition.is_stock) leave_out_merged(node, home, definition);
  if (definition.where) definition.conditions = definition.where->conjuncts();
  read_dimensions(draft, definition);
  definition.at_record = pack::text_at(node, "at") == "record" && !PLANTED("record_day_ignored");
  if (const Node* window = node.find("window")) {
    if (const auto from = read_path(*window->find("from"), definition)) {
      definition.window = read_window(*window, schema_, *from, issues_);
    }
  }
}

// A stock of organisations holds those that stand for themselves: one that was merged counts in its
// survivor from that day on.
void Loader::leave_out_merged(const Node& node, const record::Register& home,
                              Definition& definition) {
  if (node.find("where") != nullptr && !definition.where) return;  // a fault of its own
  const std::string own = "!has(" + home.fields[home.organisation->successor].name + ")";
  definition.where_text = definition.where ? "(" + definition.where_text + ") && " + own : own;
  definition.where = compile(node, definition.where_text, 0, home, expression::Kind::boolean);
}

void Loader::read_measure(const Node& node, const record::Register& home, Definition& definition) {
  const std::string& text = node.text;
  const size_t open = text.find('(');
  const std::string name(trim(std::string_view(text).substr(0, open)));
  const auto found = std::find(std::begin(kAggregates), std::end(kAggregates), name);
  if (found == std::end(kAggregates) || open == std::string::npos || trim(text).back() != ')') {
    pack::report_unknown(
        issues_, node.place, "indicator.measure", "度量", "measure", text,
        {"sum(…)", "count()", "count_distinct(…)", "avg(…)", "min(…)", "max(…)", "last(…)"});
    return;
  }
  definition.aggregate = static_cast<Aggregate>(found - std::begin(kAggregates));
  definition.measure_text = text;
  definition.measure_unit = definition.unit;
  const size_t close = text.rfind(')');
  const std::string inside = text.substr(open + 1, close - open - 1);
  const auto skipped = static_cast<int>(count_code_points(text.substr(0, open + 1)));
  const bool counts =
      definition.aggregate == Aggregate::count || definition.aggregate == Aggregate::count_distinct;
  if (counts && definition.is_date()) {
    pack::report(issues_, node.place, "indicator.date", "计数的单位不是 date",
                 "what is counted has no unit date");
    return;
  }
  if (definition.aggregate == Aggregate::count) {
    if (trim(inside).empty()) return;
    pack::report(issues_, node.place, "indicator.measure", "count() 不带参数",
                 "count() takes nothing; put the condition into where");
    return;
  }
  if (definition.aggregate == Aggregate::count_distinct) {
    definition.distinct_field = home.find(trim(inside));
    if (definition.distinct_field) return;
    std::vector<std::string> names;
    for (const record::Field& field : home.fields) names.push_back(field.name);
    pack::report_unknown(issues_, node.place, "indicator.unknown_field", "字段", "field",
                         trim(inside), names);
    return;
  }
  definition.measure = compile(node, inside, skipped, home, std::nullopt);
  if (!definition.measure) return;
  const expression::Type& type = definition.measure->type();
  if (definition.is_date()) return check_date_measure(node, type, definition, issues_);
  if (type.kind != expression::Kind::integer && type.kind != expression::Kind::decimal) {
    const bool is_date = type.kind == expression::Kind::date ||
                         type.kind == expression::Kind::partial_date ||
                         type.kind == expression::Kind::month;
    pack::report(issues_, node.place, "indicator.measure",
                 is_date ? "被汇总的是日期，单位应写 unit: date" : "被汇总的应是数",
                 is_date ? "a date is measured; its unit is `unit: date`" : "a number is needed");
    return;
  }
  definition.measure_scale = type.kind == expression::Kind::decimal ? type.scale : 0;
  definition.measure_unit = type.unit;
  if (is_convertible(type.unit, definition.unit)) return;
  pack::report(issues_, node.place, "indicator.unit",
               "度量的单位 " + std::string(type.unit.code()) + " 不能换算为指标的单位 " +
                   std::string(definition.unit.code()),
               "the measured unit " + std::string(type.unit.code()) + " does not convert to " +
                   std::string(definition.unit.code()));
}

std::optional<size_t> Loader::read_time_field(const Node& node, const record::Register& home) {
  std::vector<std::string> known;
  for (const record::Field& field : home.fields) {
    switch (field.kind) {
      case record::FieldKind::date:
      case record::FieldKind::partial_date:
      case record::FieldKind::month:
      case record::FieldKind::period:
        known.push_back(field.name);
        break;
      case record::FieldKind::text:
      case record::FieldKind::integer:
      case record::FieldKind::decimal:
      case record::FieldKind::boolean:
      case record::FieldKind::code:
      case record::FieldKind::reference:
      case record::FieldKind::text_list:
        break;
    }
  }
  if (std::find(known.begin(), known.end(), node.text) != known.end()) return home.find(node.text);
  pack::report_unknown(issues_, node.place, "indicator.time", "表示日期、月份或报告期的字段",
                       "field of a date, month or period", node.text, known);
  return std::nullopt;
}

void Loader::read_time(const Draft& draft, const record::Register& home, Definition& definition) {
  const Node* time = draft.node.find("time");
  if (time == nullptr) return;
  if (time->kind == Node::Kind::scalar) {
    definition.time_field = read_time_field(*time, home);
    return;
  }
  definition.is_stock = true;
  definition.time_field = read_time_field(*time->find("from"), home);
  if (const Node* until = time->find("until")) {
    definition.until_field = read_time_field(*until, home);
  }
}

std::optional<record::Path> Loader::read_path(const Node& node, const Definition& definition) {
  std::vector<std::string> names;
  for (std::string_view step : split(node.text, '.')) names.emplace_back(step);
  size_t at = definition.register_index;
  for (size_t i = 0; i < names.size(); ++i) {
    const record::Register& home = schema_.registers()[at];
    const auto field = home.find(names[i]);
    if (!field) {
      std::vector<std::string> known;
      for (const record::Field& other : home.fields) known.push_back(other.name);
      pack::report_unknown(issues_, node.place, "indicator.unknown_field",
                           "登记册 " + home.name + " 的字段", "field of " + home.name, names[i],
                           known);
      return std::nullopt;
    }
    if (i + 1 == names.size()) break;
    const auto next = schema_.index_of(home.fields[*field].target);
    if (!next) {
      pack::report(issues_, node.place, "indicator.path",
                   "字段“" + names[i] + "”不是引用，后面不能再有字段",
                   names[i] + " is no reference, nothing can follow it");
      return std::nullopt;
    }
    at = *next;
  }
  return resolve_path(schema_, definition.register_index, names);
}

void Loader::read_dimensions(const Draft& draft, Definition& definition) {
  if (const Node* area = draft.node.find("area")) {
    definition.area = read_path(*area, definition);
    if (definition.area) {
      size_t home = definition.area->home;
      std::string target;
      for (size_t step : definition.area->steps) {
        target = schema_.registers()[home].fields[step].target;
        home = schema_.index_of(target).value_or(home);
      }
      if (target != "area") {
        pack::report(issues_, area->place, "indicator.area", "area 应是指向登记册 area 的引用",
                     "area must be a reference to the register `area`");
      }
    }
  }
  const Node* by = draft.node.find("by");
  if (by == nullptr) return;
  for (const Node::Member& member : by->members) {
    if (member.key == "area" || member.key == "as_of") {
      pack::report(issues_, member.place, "indicator.dimension", "该名称有固定含义，请改名",
                   "this name has a meaning of its own; choose another");
      continue;
    }
    if (const auto path = read_path(member.value, definition)) {
      definition.dimensions.push_back({member.key, *path});
    }
  }
}

}  // namespace

std::optional<Definitions> Definitions::load(const pack::Files& files,
                                             std::span<const std::string> packs,
                                             const record::Schema& schema, Issues& issues) {
  const size_t before = issues.size();
  std::vector<Draft> drafts;
  std::map<std::string, Place> known;
  Loader loader(schema, issues);
  for (const std::string& name : packs) {
    for (const pack::File* file : files.in("packs/" + name + "/indicators")) {
      auto draft = loader.load(*file, name);
      if (!draft) continue;
      const auto [at, is_new] = known.emplace(draft->definition.name, draft->definition.place);
      if (!is_new) {
        pack::report(issues, draft->definition.place, "indicator.twice",
                     "指标“" + at->first + "”已在 " + to_string(at->second) + " 定义",
                     at->first + " is already defined at " + to_string(at->second));
        continue;
      }
      drafts.push_back(std::move(*draft));
    }
  }
  // Only where each file is right by itself do faults between files mean anything.
  if (issues.size() == before) {
    check_references(drafts, issues);
    check_circles(drafts, issues);
  }
  if (issues.size() != before) return std::nullopt;
  Definitions out;
  for (Draft& draft : drafts) {
    out.index_.emplace(draft.definition.name, out.definitions_.size());
    out.definitions_.push_back(std::move(draft.definition));
  }
  out.plans_ = std::make_shared<const Plans>(make_plans(out.definitions_, schema));
  return out;
}

}  // namespace wutong::indicator
