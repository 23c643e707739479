#include "core/indicator/breakdown.hpp"

#include <algorithm>

#include "core/indicator/answer_parts.hpp"
#include "core/indicator/plan.hpp"
#include "core/indicator/side.hpp"
#include "core/indicator/split.hpp"

namespace wutong::indicator {

namespace {

// Published parts with their signs, in any order.
struct Signed {
  Part part;
  int sign = 1;
};

Result<Breakdown> add_up(const Definition& definition, const Figure& figure,
                         std::vector<Signed> parts, size_t offset, size_t limit) {
  Exact sum;
  for (const Signed& row : parts) {
    const auto value = convert_exact(Exact(row.part.value), row.part.unit, definition.unit);
    const auto next = value ? add(sum, *value, row.sign) : std::nullopt;
    if (!next) return does_not_fit();
    sum = *next;
  }
  const auto difference = add(Exact(figure.value), sum, -1);
  if (!difference) return does_not_fit();
  Breakdown out;
  out.sum = sum.to_decimal();
  out.difference = difference->to_decimal();
  out.part_count = parts.size();
  std::sort(parts.begin(), parts.end(), [](const Signed& a, const Signed& b) {
    const auto order = b.part.value.absolute() <=> a.part.value.absolute();
    return order != 0 ? order < 0 : a.part.label.zh < b.part.label.zh;
  });
  for (size_t i = offset; i < parts.size() && i - offset < limit; ++i) {
    out.parts.push_back(std::move(parts[i].part));
  }
  return out;
}

Result<Breakdown> of_terms(const Levels& levels, const Definition& definition, const Figure& figure,
                           size_t offset, size_t limit) {
  std::vector<Signed> parts;
  for (const auto& [name, sign] : definition.terms) {
    const Definition& term = *levels.cells().definitions->find(name);
    Question asked = figure.question;
    asked.indicator = name;
    const auto level = levels.level(term, asked.dimensions, asked.period);
    if (!level) return fail(level.error());
    const auto value = level->value.rounded(term.decimals, term.rounding);
    if (!value) return does_not_fit();
    record::Title label = term.title;
    if (sign < 0) label = {"减：" + label.zh, "less: " + label.en};
    parts.push_back({{std::move(label), identity(asked), *value, term.unit}, sign});
  }
  return add_up(definition, figure, std::move(parts), offset, limit);
}

Result<std::vector<Breakdown>> of_dimensions(const Levels& levels, const Definition& definition,
                                             const Figure& figure, size_t offset, size_t limit) {
  const Question& question = figure.question;
  const Side side(levels, definition, question.dimensions, question.period,
                  question.period.last_day());
  Counted rows;
  std::vector<int128> amounts;
  for (const Weighed& row : side.weigh(false)) {
    if (!row.amount) continue;
    rows.rows.push_back(row.record);
    rows.times.push_back(row.time);
    amounts.push_back(*row.amount);
  }
  std::vector<Breakdown> out;
  for (const Dimension& dimension : definition.dimensions) {
    const auto d = side.cells().reading().plan().find_dimension(dimension.name);
    if (question.dimensions.contains(dimension.name) || !d) continue;
    std::map<std::string, int128> by_value;
    const auto texts = side.texts(*d, rows);
    for (size_t i = 0; i < texts.size(); ++i) by_value[texts[i]] += amounts[i];
    std::vector<Signed> parts;
    for (const auto& [value, amount] : by_value) {
      const Exact exact(Decimal::from_parts(amount, definition.measure_scale));
      const auto level = convert_exact(exact, definition.measure_unit, definition.unit);
      const auto published =
          level ? level->rounded(definition.decimals, definition.rounding) : std::nullopt;
      if (!published) return does_not_fit();
      Question asked = question;
      asked.dimensions[dimension.name] = value;
      parts.push_back({{title_of_value(levels.state(), dimension.path, value), identity(asked),
                        *published, definition.unit},
                       1});
    }
    auto breakdown = add_up(definition, figure, std::move(parts), offset, limit);
    if (!breakdown) return fail(std::move(breakdown.error()));
    breakdown->dimension = dimension.name;
    out.push_back(std::move(*breakdown));
  }
  return out;
}

}  // namespace

record::Title title_of_value(const record::State& state, const record::Path& path,
                             const std::string& value) {
  if (value.empty()) return {"（未填）", "(not recorded)"};
  const record::Field& field = last_field(state.schema(), path);
  if (const auto target = state.schema().index_of(field.target)) {
    const auto found = state.find(*target, value);
    const record::Title title = found ? title_of(state, *target, *found) : record::Title{};
    if (!title.zh.empty()) return title;
  }
  for (const record::Code& code : field.codes) {
    if (code.value == value && !code.title.zh.empty()) return code.title;
  }
  return {value, value};
}

Result<std::vector<Breakdown>> break_down(const Levels& levels, const Figure& figure, size_t offset,
                                          size_t limit) {
  const Question& question = figure.question;
  const Definition& definition = *levels.cells().definitions->find(question.indicator);
  const bool is_level =
      question.comparison.kind == ComparisonKind::level && figure.status == Status::value;
  std::vector<Breakdown> out;
  if (!is_level) return out;
  if (definition.kind == Kind::derived) {
    // Of another area the whole may be stated without its parts.
    const auto level = levels.level(definition, question.dimensions, question.period);
    if (!level || level->is_series) return out;
    auto terms = of_terms(levels, definition, figure, offset, limit);
    if (!terms) return fail(std::move(terms.error()));
    out.push_back(std::move(*terms));
    return out;
  }
  const bool adds_up =
      definition.kind == Kind::records &&
      (definition.aggregate == Aggregate::sum || definition.aggregate == Aggregate::count);
  if (!adds_up || !levels.reads_records(definition, question.dimensions)) return out;
  return of_dimensions(levels, definition, figure, offset, limit);
}

}  // namespace wutong::indicator
