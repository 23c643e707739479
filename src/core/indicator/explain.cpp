#include "core/indicator/explain.hpp"

#include <algorithm>
#include <set>

#include "core/indicator/answer.hpp"
#include "core/indicator/plan.hpp"

namespace wutong::indicator {

namespace {

struct Weighed {
  RecordId record;
  RowTime time;
  bool is_base = false;
  std::optional<int128> amount;
};

// One side of a figure: the records of a period with attributes read on a day.
class Side {
 public:
  Side(const Levels& levels, const Definition& definition, const Fixed& fixed, Period period,
       Date attributes)
      : levels_(levels), definition_(definition), period_(period), attributes_(attributes) {
    const Definitions& all = *levels.cells().definitions;
    const auto use = *all.plans().uses[*all.index_of(definition.name)];
    cells_ = &levels.cells().plans[use.plan];
    measure_ = use.measure;
    fixed_ = plan_values(definition, fixed, levels.cells().area);
  }

  // Records that count, with amounts; those without an amount have none.
  std::vector<Weighed> weigh(bool is_base) const {
    std::vector<Weighed> out;
    const Counted rows = counted_rows(*cells_, levels_.state(), fixed_, period_, attributes_);
    const auto amounts = measure(rows);
    for (size_t i = 0; i < rows.rows.size(); ++i) {
      out.push_back({rows.rows[i], rows.times[i], is_base, amounts[i]});
    }
    return out;
  }
  std::vector<LeftOut> left_out(const std::vector<Weighed>& counted) const;
  int128 total(const std::vector<Weighed>& counted) const;
  const PlanCells& cells() const { return *cells_; }

 private:
  std::vector<std::optional<int128>> measure(const Counted& rows) const;
  std::optional<Date> day_for(const RowTime& time) const {
    return cells_->reading().plan().at_record ? time.day : attributes_;
  }

  const Levels& levels_;
  const Definition& definition_;
  Period period_;
  Date attributes_;
  const PlanCells* cells_ = nullptr;
  size_t measure_ = 0;
  Fixed fixed_;
};

std::vector<std::optional<int128>> Side::measure(const Counted& rows) const {
  std::vector<std::optional<int128>> out(rows.rows.size());
  const Reading& reading = cells_->reading();
  if (definition_.aggregate == Aggregate::count) {
    out.assign(rows.rows.size(), int128{1});
    return out;
  }
  std::map<Date, std::vector<size_t>> by_day;
  for (size_t i = 0; i < rows.rows.size(); ++i) by_day[*day_for(rows.times[i])].push_back(i);
  std::set<std::string> seen;
  for (const auto& [day, indices] : by_day) {
    std::vector<RecordId> batch;
    for (size_t i : indices) batch.push_back(rows.rows[i]);
    const Column column = reading.measure(levels_.state(), measure_, batch, day);
    for (size_t i = 0; i < batch.size(); ++i) {
      if (definition_.aggregate != Aggregate::count_distinct) {
        out[indices[i]] = reading.number(measure_, column, i);
      } else if (column.present[i] != 0) {
        out[indices[i]] = seen.insert(to_string(column.value(i))).second ? 1 : 0;
      }
    }
  }
  return out;
}

int128 Side::total(const std::vector<Weighed>& counted) const {
  int128 sum = 0;
  const Weighed* winner = nullptr;
  for (const Weighed& row : counted) {
    if (!row.amount) continue;
    sum += *row.amount;
    bool wins = winner == nullptr;
    if (!wins && definition_.aggregate == Aggregate::min) wins = *row.amount < *winner->amount;
    if (!wins && definition_.aggregate == Aggregate::max) wins = *row.amount > *winner->amount;
    if (!wins && definition_.aggregate == Aggregate::last) {
      wins = std::pair(row.time.day, row.record) > std::pair(winner->time.day, winner->record);
    }
    if (wins) winner = &row;
  }
  const bool picks =
      is_bag(definition_.aggregate) && definition_.aggregate != Aggregate::count_distinct;
  if (!picks) return sum;
  return winner == nullptr ? 0 : *winner->amount;
}

std::vector<LeftOut> Side::left_out(const std::vector<Weighed>& counted) const {
  const record::State& state = levels_.state();
  const size_t home = definition_.register_index;
  const Counted all = rows_in_period(*cells_, state, period_);
  const auto amounts = measure(all);
  std::set<RecordId> in;
  std::vector<LeftOut> out;
  const int scale = definition_.measure_scale;
  const auto leave = [&](LeftOut& reason, std::optional<int128> amount) {
    ++reason.records;
    const auto sum = add(reason.amount, Decimal::from_parts(amount.value_or(0), scale));
    if (sum) reason.amount = *sum;
  };
  LeftOut no_amount{{"没有填报数额", "no amount is recorded"}, 0, Decimal()};
  for (const Weighed& row : counted) {
    in.insert(row.record);
    if (!row.amount) leave(no_amount, std::nullopt);
  }
  std::vector<LeftOut> by_condition;
  for (const expression::Program& condition : definition_.conditions) {
    by_condition.push_back(
        {{"不符合条件：" + condition.text(), "not accepted: " + condition.text()}, 0, Decimal()});
  }
  LeftOut other_group{
      {"不属于所问的维度取值或地区", "other values of the dimensions asked for"}, 0, Decimal()};
  std::map<Date, std::vector<size_t>> by_day;
  for (size_t i = 0; i < all.rows.size(); ++i) {
    if (!in.contains(all.rows[i])) by_day[*day_for(all.times[i])].push_back(i);
  }
  for (auto& [day, rest] : by_day) {
    for (size_t c = 0; c < by_condition.size() && !rest.empty(); ++c) {
      std::vector<RecordId> batch;
      for (size_t i : rest) batch.push_back(all.rows[i]);
      const Column column = state.evaluate(definition_.conditions[c], home, batch, day);
      std::vector<size_t> passed;
      for (size_t k = 0; k < rest.size(); ++k) {
        const bool holds = column.present[k] != 0 && column.numbers[k] != 0;
        if (holds) passed.push_back(rest[k]);
        if (!holds) leave(by_condition[c], amounts[rest[k]]);
      }
      rest = std::move(passed);
    }
    for (size_t i : rest) leave(other_group, amounts[i]);
  }
  LeftOut elsewhere{
      {"属于其他时期", "of other periods"}, state.size(home) - all.rows.size(), Decimal()};
  for (LeftOut& reason : by_condition) out.push_back(std::move(reason));
  out.push_back(other_group);
  out.push_back(no_amount);
  out.push_back(elsewhere);
  std::erase_if(out, [](const LeftOut& reason) { return reason.records == 0; });
  return out;
}

// What the record is called: its own name, or that of the first thing it refers to.
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
  out.amount = Decimal::from_parts(row.amount.value_or(0), definition.measure_scale);
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
std::optional<Base> base_of(const Definition& definition, const Question& question) {
  std::optional<Period> period;
  switch (question.comparison.kind) {
    case ComparisonKind::yoy:
    case ComparisonKind::yoy_naive:
    case ComparisonKind::change_pp:
    case ComparisonKind::gap_pp:
      period = question.period.years_earlier(1);
      break;
    case ComparisonKind::mom:
      period = question.period.previous(definition.january_february);
      break;
    case ComparisonKind::level:
    case ComparisonKind::multiple:
    case ComparisonKind::share:
    case ComparisonKind::rank:
    case ComparisonKind::only_one_above:
    case ComparisonKind::minimum:
    case ComparisonKind::streak:
      break;
  }
  if (!period) return std::nullopt;
  const bool is_comparable =
      definition.comparable_base && question.comparison.kind != ComparisonKind::yoy_naive;
  return Base{*period, is_comparable ? question.period.last_day() : period->last_day()};
}

void add_records(const Levels& levels, const Definition& definition, const Question& question,
                 size_t offset, size_t limit, Explanation& out) {
  const int scale = definition.measure_scale;
  const Side value(levels, definition, question.dimensions, question.period,
                   question.period.last_day());
  auto rows = value.weigh(false);
  out.left_out = value.left_out(rows);
  out.value_total = Decimal::from_parts(value.total(rows), scale);
  out.record_unit =
      definition.aggregate == Aggregate::count || definition.aggregate == Aggregate::count_distinct
          ? definition.unit
          : definition.measure_unit;
  if (const auto base = base_of(definition, question)) {
    const Side side(levels, definition, question.dimensions, base->period, base->attributes);
    const auto more = side.weigh(true);
    out.base_total = Decimal::from_parts(side.total(more), scale);
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

Result<Explanation> explain(const Levels& levels, const Question& question, size_t offset,
                            size_t limit) {
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
  if (reads_records && out.figure.status != Status::not_reportable) {
    add_records(levels, definition, question, offset, limit, out);
  }
  return out;
}

}  // namespace wutong::indicator
