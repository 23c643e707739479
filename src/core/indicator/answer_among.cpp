// Places among the values of a dimension: the fastest firm, the first park.
#include <algorithm>
#include <set>

#include "core/indicator/answer.hpp"
#include "core/indicator/answer_parts.hpp"
#include "core/indicator/breakdown.hpp"
#include "core/indicator/plan.hpp"

namespace wutong::indicator {

namespace {

// Values of a dimension that an indicator, or what it is made of, has ever had; with the path that
// gives it.
struct Values {
  std::optional<record::Path> path;
  std::set<std::string> texts;
};

void collect(const ZoneCells& cells, const Definition& definition, const std::string& dimension,
             Values& out) {
  const Definitions& all = *cells.definitions;
  if (definition.of) collect(cells, *all.find(definition.of->indicator), dimension, out);
  for (const auto& [term, sign] : definition.terms) {
    collect(cells, *all.find(term), dimension, out);
  }
  if (definition.kind != Kind::records) return;
  const PlanCells& plan = cells.plans[all.plans().uses[*all.index_of(definition.name)]->plan];
  const auto d = plan.reading().plan().find_dimension(dimension);
  if (!d) return;
  out.path = plan.reading().plan().dimensions[*d].path;
  for (std::string& text : plan.groups().values(*d)) {
    if (!text.empty()) out.texts.insert(std::move(text));
  }
}

}  // namespace

Result<std::string> Answering::dimension_among(const Task& task) const {
  const Question& question = *task.question;
  std::string dimension = among_values(question.comparison)->dimension;
  std::vector<std::string> asked;
  for (const auto& [name, value] : question.dimensions) {
    if (name != "area") asked.push_back(name);
  }
  if (dimension.empty() && asked.size() == 1) dimension = asked.front();
  if (std::find(asked.begin(), asked.end(), dimension) != asked.end()) return dimension;
  return unsuitable(
      *task.definition, question,
      "须指明其中一个维度的取值，如 rank:by?enterprise=…，有几个维度时写 rank:by:维度名",
      "say whose place it is, like rank:by?enterprise=…; with several dimensions "
      "rank:by:DIMENSION");
}

// Those of whom nothing counts have no place.
Result<bool> Answering::has_place(const Definition& definition, const Fixed& fixed,
                                  const Period& period, const Level& level) const {
  if (level.status != Status::value) return false;
  if (!levels_.reads_records(definition, fixed)) return true;
  const Fixed values = plan_values(definition, fixed, levels_.cells().area);
  const auto sums = levels_.sums(definition, values, period, period.last_day());
  if (!sums) return fail(sums.error());
  return sums->accepted.count > 0 || sums->amount.count > 0;
}

Result<void> Answering::answer_rank_by(const Task& task) const {
  const Question& question = *task.question;
  const Definition& definition = *task.definition;
  const bool is_low_first = among_values(question.comparison)->is_low_first;
  Figure& figure = task.answer->figure;
  figure.unit = unit_of("rank");
  const auto dimension = dimension_among(task);
  if (!dimension) return fail(dimension.error());
  const auto own = levels_.level(definition, question.dimensions, question.period);
  if (!own) return fail(own.error());
  const auto counts = has_place(definition, question.dimensions, question.period, *own);
  if (!counts) return fail(counts.error());
  if (!*counts) {
    leave_open(task, *own, false);
    if (own->status == Status::value) figure.status = Status::no_records;
    return {};
  }
  Values values;
  collect(levels_.cells(), definition, *dimension, values);
  int64_t before = 0, places = 0;
  std::vector<std::pair<Exact, Part>> table;
  for (const std::string& value : values.texts) {
    Question asked = with(question, ComparisonKind::level, question.period);
    asked.dimensions[*dimension] = value;
    const auto level = levels_.level(definition, asked.dimensions, asked.period);
    if (!level) return fail(level.error());
    const auto is_in = has_place(definition, asked.dimensions, asked.period, *level);
    if (!is_in) return fail(is_in.error());
    if (!*is_in) continue;
    ++places;
    const auto order = compare(level->value, own->value);
    if (!order) return does_not_fit();
    const auto wins = is_low_first ? std::strong_ordering::less : std::strong_ordering::greater;
    if (*order == wins) ++before;
    if (with_parts_) {
      table.push_back({level->value,
                       {title_of_value(levels_.state(), *values.path, value), identity(asked),
                        level->value.to_decimal(), definition.unit}});
    }
  }
  std::stable_sort(table.begin(), table.end(), [&](const auto& a, const auto& b) {
    const auto order = compare(a.first, b.first);
    return order && (is_low_first ? *order < 0 : *order > 0);
  });
  for (auto& [value, part] : table) task.answer->parts.push_back(std::move(part));
  if (with_parts_) {
    const std::string count = std::to_string(places);
    const std::string name = *dimension;
    task.answer->formula = {
        "在有“" + definition.title.zh + "”的 " + count + " 个（" + name + "）中，由" +
            (is_low_first ? "小到大" : "大到小") + "排，其前的个数加一（并列同名次）",
        "among the " + count + " values of " + name + " that have '" + definition.title.en +
            "', the " + (is_low_first ? "lowest" : "highest") +
            " first: those before it, plus one (ties share a rank)"};
  }
  return publish(task, Exact(Decimal(before + 1)), 0, figure.unit);
}

}  // namespace wutong::indicator
