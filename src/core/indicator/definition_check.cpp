#include "core/indicator/definition_check.hpp"

#include <algorithm>
#include <functional>
#include <set>

#include "base/text.hpp"

namespace wutong::indicator {

namespace {

using pack::Node;

const Draft* find(const std::vector<Draft>& drafts, std::string_view name) {
  for (const Draft& draft : drafts) {
    if (draft.definition.name == name) return &draft;
  }
  return nullptr;
}

std::map<std::string, std::string> where_of(const Node& node, std::string_view key) {
  std::map<std::string, std::string> out;
  const Node* values = node.find(key);
  if (values == nullptr) return out;
  for (const Node::Member& member : values->members) out[member.key] = member.value.text;
  return out;
}

// The names that a definition refers to, each with the place where it stands.
std::vector<std::pair<std::string, Place>> references(const Draft& draft) {
  std::vector<std::pair<std::string, Place>> out;
  const Definition& definition = draft.definition;
  if (const Node* ratio = draft.node.find("ratio"); ratio != nullptr && definition.of) {
    out.emplace_back(definition.of->indicator, ratio->find("of")->place);
    out.emplace_back(definition.to->indicator, ratio->find("to")->place);
  }
  for (const auto& [term, sign] : definition.terms) {
    out.emplace_back(term, draft.node.find("formula")->place);
  }
  return out;
}

void check_where(const Draft& draft, const Draft& part, const RatioPart& used, std::string_view key,
                 Issues& issues) {
  if (part.definition.kind == Kind::ratio || part.definition.kind == Kind::derived) return;
  std::vector<std::string> known{"area"};
  for (const Dimension& dimension : part.definition.dimensions) known.push_back(dimension.name);
  for (const auto& [name, value] : used.where) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    pack::report_unknown(issues, draft.node.find("ratio")->find(key)->place,
                         "indicator.unknown_dimension", "指标 " + part.definition.name + " 的维度",
                         "dimension of " + part.definition.name, name, known);
  }
}

void check_units(const Draft& draft, const std::vector<Draft>& drafts, Issues& issues) {
  const Definition& definition = draft.definition;
  for (const auto& [name, place] : references(draft)) {
    const Draft* part = find(drafts, name);
    if (part == nullptr || !part->definition.is_date()) continue;
    pack::report(issues, place, "indicator.date", "“" + name + "”是日期，不能加减乘除",
                 name + " is a date, which has no sum and no quotient");
  }
  for (const auto& [name, sign] : definition.terms) {
    const Draft* term = find(drafts, name);
    if (term == nullptr || is_convertible(term->definition.unit, definition.unit)) continue;
    pack::report(issues, draft.node.find("formula")->place, "indicator.unit",
                 "“" + name + "”的单位是 " + std::string(term->definition.unit.code()) +
                     "，不能与单位 " + std::string(definition.unit.code()) + " 相加减",
                 name + " is in " + std::string(term->definition.unit.code()) +
                     ", which does not add up to " + std::string(definition.unit.code()));
  }
  if (!definition.of) return;
  const Draft* of = find(drafts, definition.of->indicator);
  const Draft* to = find(drafts, definition.to->indicator);
  if (of == nullptr || to == nullptr) return;
  const bool is_pure = definition.unit.is_plain() || definition.unit.dimension() == "proportion" ||
                       definition.unit.dimension() == "multiple";
  if (is_pure && !is_convertible(of->definition.unit, to->definition.unit)) {
    pack::report(issues, draft.node.find("ratio")->place, "indicator.unit",
                 "单位为 " + std::string(definition.unit.code()) +
                     " 的比例，分子与分母须为同类单位，现为 " +
                     std::string(of->definition.unit.code()) + " 与 " +
                     std::string(to->definition.unit.code()),
                 "a ratio in " + std::string(definition.unit.code()) +
                     " needs parts of one kind of unit; these are in " +
                     std::string(of->definition.unit.code()) + " and " +
                     std::string(to->definition.unit.code()));
  }
  check_where(draft, *of, *definition.of, "of", issues);
  check_where(draft, *to, *definition.to, "to", issues);
}

}  // namespace

void check_date_measure(const Node& node, const expression::Type& type, Definition& definition,
                        Issues& issues) {
  const bool picks = definition.aggregate == Aggregate::min ||
                     definition.aggregate == Aggregate::max ||
                     definition.aggregate == Aggregate::last;
  const bool is_date = type.kind == expression::Kind::date ||
                       type.kind == expression::Kind::partial_date ||
                       type.kind == expression::Kind::month;
  definition.decimals = 0;
  if (picks && is_date) return;
  pack::report(issues, node.place, "indicator.date",
               "unit: date 的度量应是日期、不完整日期或月份的 min、max 或 last",
               "an indicator of unit date measures min, max or last of a date, partial date or "
               "month");
}

void read_ratio(Draft& draft, Issues& issues) {
  const Node& ratio = *draft.node.find("ratio");
  Definition& definition = draft.definition;
  definition.of = RatioPart{pack::text_at(ratio, "of"), where_of(ratio, "of_where"), false};
  definition.to = RatioPart{pack::text_at(ratio, "to"), where_of(ratio, "to_where"), false};
  definition.to->whole_year = pack::text_at(ratio, "to_period") == "year";
  if (const Node* per = ratio.find("per")) {
    definition.per = Decimal::parse(per->text)->normalized();
    if (definition.per.is_zero() || definition.per.is_negative()) {
      pack::report(issues, per->place, "indicator.per", "per 应大于零", "per must be over zero");
    }
  }
}

void read_formula(Draft& draft, Issues& issues) {
  const Node& formula = *draft.node.find("formula");
  const std::string& text = formula.text;
  const auto broken = [&] {
    pack::report(issues, formula.place, "indicator.formula",
                 "公式应是以 + 和 - 相连的指标名，如 exports + imports",
                 "a formula is names of indicators joined by + and -, like exports + imports");
    draft.definition.terms.clear();
  };
  int sign = 1;
  size_t at = 0;
  while (true) {
    const size_t end = std::min(text.find_first_of("+-", at), text.size());
    const std::string name(trim(std::string_view(text).substr(at, end - at)));
    // A sign may stand before the first name.
    if (name.empty() && at == 0 && end < text.size()) {
      sign = text[end] == '-' ? -1 : 1;
    } else if (!is_identifier(name)) {
      return broken();
    } else {
      draft.definition.terms.emplace_back(name, sign);
      if (end == text.size()) return;
      sign = text[end] == '-' ? -1 : 1;
    }
    at = end + 1;
  }
}

void check_references(const std::vector<Draft>& drafts, Issues& issues) {
  std::vector<std::string> names;
  for (const Draft& draft : drafts) names.push_back(draft.definition.name);
  for (const Draft& draft : drafts) {
    for (const auto& [name, place] : references(draft)) {
      if (find(drafts, name) != nullptr) continue;
      pack::report_unknown(issues, place, "indicator.unknown", "指标", "indicator", name, names);
    }
    check_units(draft, drafts, issues);
  }
}

void check_circles(const std::vector<Draft>& drafts, Issues& issues) {
  std::set<std::string> done;
  std::vector<std::string> trail;
  const std::function<void(const Draft&)> visit = [&](const Draft& draft) {
    const std::string& name = draft.definition.name;
    if (done.contains(name)) return;
    const auto start = std::find(trail.begin(), trail.end(), name);
    if (start != trail.end()) {
      const std::vector<std::string> circle(start, trail.end());
      const std::string shown = join(circle, " → ") + " → " + name;
      const Draft& first = *find(drafts, circle.front());
      pack::report(issues, first.definition.place, "indicator.circle", "指标互相引用成环：" + shown,
                   "the indicators refer to each other: " + shown);
      return;
    }
    trail.push_back(name);
    for (const auto& [other, place] : references(draft)) {
      if (const Draft* next = find(drafts, other)) visit(*next);
    }
    trail.pop_back();
    done.insert(name);
  };
  for (const Draft& draft : drafts) visit(draft);
}

}  // namespace wutong::indicator
