#include "core/indicator/explain.hpp"

#include <algorithm>

#include "core/indicator/answer.hpp"
#include "core/indicator/breakdown.hpp"
#include "core/indicator/plan.hpp"
#include "core/indicator/side.hpp"
#include "core/indicator/split.hpp"

namespace wutong::indicator {

namespace {

RecordAmount describe_record(const Levels& levels, const Definition& definition,
                             const PlanCells& cells, const Weighed& row) {
  const record::State& state = levels.state();
  const size_t home = definition.register_index;
  RecordAmount out;
  out.register_name = state.schema().registers()[home].name;
  out.record = row.record;
  out.key = state.key_text(home, row.record);
  out.title = title_of(state, home, row.record);
  out.part = row.is_base ? "base" : "value";
  const bool is_month = cells.reading().plan().time_kind == TimeKind::month;
  out.period = is_month ? Period::of_month(row.time.month) : Period::of_day(row.time.day);
  out.amount = measured(definition, row.amount.value_or(0));
  const record::Provenance provenance = state.provenance(home, row.record);
  out.created = provenance.created;
  out.changed = provenance.changed;
  return out;
}

// The base period of a comparison that grows, and the day its attributes are read on.
struct Base {
  Period period;
  Date attributes;
};
std::optional<Base> base_of(const Levels& levels, const Definition& definition,
                            const Question& question) {
  std::optional<Period> period;
  switch (question.comparison.kind) {
    case ComparisonKind::yoy:
    case ComparisonKind::yoy_naive:
    case ComparisonKind::change_pp:
    case ComparisonKind::gap_pp:
      period = question.period.years_earlier(1);
      break;
    case ComparisonKind::two_year_average:
    case ComparisonKind::cagr:
      period = question.period.years_earlier(question.comparison.years());
      break;
    case ComparisonKind::mom:
      period =
          question.period.previous(january_february_of(*levels.cells().definitions, definition));
      break;
    case ComparisonKind::level:
    case ComparisonKind::multiple:
    case ComparisonKind::share:
    case ComparisonKind::rank:
    case ComparisonKind::only_one_above:
    case ComparisonKind::minimum:
    case ComparisonKind::streak:
    case ComparisonKind::target:
    case ComparisonKind::forecast:
    case ComparisonKind::completion:
      break;
  }
  if (!period) return std::nullopt;
  const bool is_comparable =
      definition.comparable_base && question.comparison.kind != ComparisonKind::yoy_naive;
  return Base{*period, is_comparable ? question.period.last_day() : period->last_day()};
}

void add_records(const Levels& levels, const Definition& definition, const Question& question,
                 size_t offset, size_t limit, Explanation& out) {
  const Side value(levels, definition, question.dimensions, question.period,
                   question.period.last_day());
  auto rows = value.weigh(false);
  out.left_out = value.left_out(rows);
  out.value_total = measured(definition, value.total(rows));
  out.record_unit =
      definition.aggregate == Aggregate::count || definition.aggregate == Aggregate::count_distinct
          ? definition.unit
          : definition.measure_unit;
  if (const auto base = base_of(levels, definition, question)) {
    const Side side(levels, definition, question.dimensions, base->period, base->attributes);
    const auto more = side.weigh(true);
    out.base_total = measured(definition, side.total(more));
    rows.insert(rows.end(), more.begin(), more.end());
  }
  std::erase_if(rows, [](const Weighed& row) { return !row.amount; });
  const auto weight = [](const Weighed& row) {
    return *row.amount < 0 ? -*row.amount : *row.amount;
  };
  std::sort(rows.begin(), rows.end(), [&](const Weighed& a, const Weighed& b) {
    if (weight(a) != weight(b)) return weight(a) > weight(b);
    if (a.is_base != b.is_base) return b.is_base;
    return a.record < b.record;
  });
  out.record_count = rows.size();
  for (size_t i = offset; i < rows.size() && i - offset < limit; ++i) {
    out.records.push_back(describe_record(levels, definition, value.cells(), rows[i]));
  }
}

}  // namespace

record::Title title_of(const record::State& state, size_t register_index, RecordId record) {
  const record::Register& home = state.schema().registers()[register_index];
  if (!home.name_fields.empty()) {
    const std::string name = to_string(state.value(register_index, home.name_fields[0], record));
    return {name, name};
  }
  for (size_t field : home.key) {
    if (home.fields[field].kind != record::FieldKind::reference) continue;
    const Value target = state.value(register_index, field, record);
    const auto* id = std::get_if<RecordId>(&target);
    const auto next = state.schema().index_of(home.fields[field].target);
    if (id == nullptr || !next) continue;
    const record::Register& other = state.schema().registers()[*next];
    if (other.name_fields.empty()) continue;
    const std::string name = to_string(state.value(*next, other.name_fields[0], *id));
    return {name, name};
  }
  return {};
}

Result<Explanation> explain(const Levels& levels, const Question& question,
                            const PublishedBase* published, size_t offset, size_t limit) {
  auto answer = Answering(levels, true).answer(question);
  if (!answer) return fail(std::move(answer.error()));
  const Definition& definition = *levels.cells().definitions->find(question.indicator);
  const bool reads_records = levels.reads_records(definition, question.dimensions);
  if (reads_records && levels.as_of()) {
    return fail(ErrorKind::unavailable, "figure.needs_replay",
                "较早日志位置上的明细需要重放日志后再问",
                "the records as of an earlier position take a replay of the log up to it");
  }
  Explanation out;
  out.figure = std::move(answer->figure);
  out.definition = definition.name;
  out.definition_text = definition.text;
  out.definition_digest = definition.digest;
  out.formula = std::move(answer->formula);
  out.parts = std::move(answer->parts);
  if (question.comparison.kind == ComparisonKind::yoy && definition.kind != Kind::ratio) {
    Question asked = question;
    asked.comparison.kind = ComparisonKind::yoy_naive;
    auto naive = Answering(levels, false).answer(asked);
    if (naive) out.naive = std::move(naive->figure);
  }
  const bool is_stated = question.comparison.kind == ComparisonKind::target ||
                         question.comparison.kind == ComparisonKind::forecast;
  if (reads_records && !is_stated && out.figure.status != Status::not_reportable) {
    add_records(levels, definition, question, offset, limit, out);
    auto parts = split(levels, question, published, offset, limit);
    if (!parts) return fail(std::move(parts.error()));
    out.split = std::move(*parts);
  }
  auto breakdowns = break_down(levels, out.figure, offset, limit);
  if (!breakdowns) return fail(std::move(breakdowns.error()));
  out.breakdowns = std::move(*breakdowns);
  return out;
}

}  // namespace wutong::indicator
