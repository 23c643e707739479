#include "core/indicator/split.hpp"

#include <algorithm>

#include "core/indicator/plan.hpp"
#include "core/indicator/side.hpp"

namespace wutong::indicator {

namespace {

// The field of the register that leads to the unit; nullopt: the record is the unit.
std::optional<size_t> unit_field(const Plan& plan, const record::Register& home) {
  std::vector<size_t> fields;
  for (const record::Path& path : plan.effective_paths) {
    if (path.steps.size() > 1) fields.push_back(path.steps.front());
  }
  for (size_t field : home.key) {
    if (std::find(fields.begin(), fields.end(), field) != fields.end()) return field;
  }
  return fields.empty() ? std::nullopt : std::optional(fields.front());
}

// Amounts by unit; absent: rows that name no unit.
using ByUnit = std::map<std::optional<RecordId>, int128>;

int128 total_of(const ByUnit& amounts) {
  int128 sum = 0;
  for (const auto& [unit, amount] : amounts) sum += amount;
  return sum;
}

class Splitting {
 public:
  Splitting(const Levels& levels, const Question& question)
      : levels_(levels),
        definition_(*levels.cells().definitions->find(question.indicator)),
        base_(*question.period.years_earlier(1)),
        then_(levels, definition_, question.dimensions, base_, base_.last_day()),
        now_(levels, definition_, question.dimensions, base_, question.period.last_day()),
        rows_(then_.in_period()) {
    const auto& registers = levels.state().schema().registers();
    home_ = definition_.register_index;
    field_ = unit_field(then_.cells().reading().plan(), registers[home_]);
    if (field_)
      unit_register_ = *levels.state().schema().index_of(registers[home_].fields[*field_].target);
    if (!field_) unit_register_ = home_;
  }

  // The naive base, as the state shows it, and the number of records behind it.
  ByUnit naive(size_t* records) const {
    ByUnit out;
    const auto units = units_of();
    const auto counts = both(then_);
    const auto amounts = then_.measure(rows_);
    for (size_t i = 0; i < rows_.rows.size(); ++i) {
      if (counts[i] == 0 || !amounts[i]) continue;
      out[units[i]] += *amounts[i];
      ++*records;
    }
    return out;
  }

  struct Moves {
    ByUnit entered, left, reclassified, comparable;
  };
  Moves moves() const {
    Moves out;
    const auto units = units_of();
    const auto in_then = then_.accepted(rows_), in_now = now_.accepted(rows_);
    const auto of_then = then_.matching(rows_), of_now = now_.matching(rows_);
    const auto amount_then = then_.measure(rows_), amount_now = now_.measure(rows_);
    for (size_t i = 0; i < rows_.rows.size(); ++i) {
      const bool was = in_then[i] != 0 && of_then[i] != 0;
      const bool is = in_now[i] != 0 && of_now[i] != 0;
      const int128 before = was ? amount_then[i].value_or(0) : 0;
      const int128 after = is ? amount_now[i].value_or(0) : 0;
      if (is && amount_now[i]) out.comparable[units[i]] += after;
      if (after == before) continue;
      ByUnit& part = in_then[i] == 0 ? out.entered : in_now[i] == 0 ? out.left : out.reclassified;
      part[units[i]] += after - before;
    }
    return out;
  }

  const Definition& definition() const { return definition_; }
  size_t unit_register() const { return unit_register_; }
  Decimal decimal(int128 number) const {
    return Decimal::from_parts(number, definition_.measure_scale);
  }
  SplitPart part(std::string name, record::Title title, const ByUnit& amounts, size_t offset,
                 size_t limit) const;

 private:
  std::vector<uint8_t> both(const Side& side) const {
    auto out = side.accepted(rows_);
    const auto matching = side.matching(rows_);
    for (size_t i = 0; i < out.size(); ++i) out[i] = out[i] != 0 && matching[i] != 0 ? 1 : 0;
    return out;
  }
  std::vector<std::optional<RecordId>> units_of() const {
    std::vector<std::optional<RecordId>> out(rows_.rows.begin(), rows_.rows.end());
    if (!field_) return out;
    const Column column = levels_.state().gather({home_, {*field_}, false}, rows_.rows, {});
    for (size_t i = 0; i < out.size(); ++i) {
      out[i].reset();
      if (column.present[i] != 0) out[i] = RecordId{static_cast<uint32_t>(column.numbers[i])};
    }
    return out;
  }

  const Levels& levels_;
  const Definition& definition_;
  Period base_;
  Side then_, now_;
  Counted rows_;
  size_t home_ = 0;
  std::optional<size_t> field_;
  size_t unit_register_ = 0;
};

SplitPart Splitting::part(std::string name, record::Title title, const ByUnit& amounts,
                          size_t offset, size_t limit) const {
  SplitPart out;
  out.name = std::move(name);
  out.title = std::move(title);
  out.amount = decimal(total_of(amounts));
  std::vector<std::pair<std::optional<RecordId>, int128>> units;
  for (const auto& [unit, amount] : amounts) {
    if (amount != 0) units.emplace_back(unit, amount);
  }
  std::sort(units.begin(), units.end(), [](const auto& a, const auto& b) {
    const auto size = [](int128 amount) { return amount < 0 ? -amount : amount; };
    if (size(a.second) != size(b.second)) return size(a.second) > size(b.second);
    return a.first < b.first;
  });
  out.unit_count = units.size();
  for (size_t i = offset; i < units.size() && i - offset < limit; ++i) {
    SplitUnit unit;
    if (units[i].first) {
      unit.key = levels_.state().key_text(unit_register_, *units[i].first);
      unit.title = title_of(levels_.state(), unit_register_, *units[i].first);
    }
    unit.amount = decimal(units[i].second);
    out.units.push_back(std::move(unit));
  }
  return out;
}

// What the revised part is measured against: nullopt, with the reason, where nothing is known.
std::optional<ByUnit> known_then(const Splitting& splitting, const ByUnit& naive, Seq position,
                                 const PublishedBase* published, record::Title& note) {
  if (published == nullptr) {
    note = {"基期齐全时账本尚未开始，无当时的数可比，修订记为零",
            "the log began after the base period was complete: revised is zero"};
    return std::nullopt;
  }
  if (published->position >= position) return naive;
  const Definition& definition = splitting.definition();
  if (published->records == 0) {
    note = {
        "基期齐全时账本中还没有这些记录，无当时的数可比，修订记为零",
        "the log held none of these records when the base period was complete: revised is zero"};
    return std::nullopt;
  }
  if (published->scale != definition.measure_scale || published->unit != definition.measure_unit ||
      published->unit_register != splitting.unit_register()) {
    note = {"当时的定义以别的单位计量，不能比较，修订记为零",
            "the definition then measured in other units: revised is zero"};
    return std::nullopt;
  }
  if (published->definition_digest != definition.digest) {
    note = {"当时按旧定义计算，修订含定义的变化",
            "the definition was another then: revised holds its change too"};
  }
  return published->amounts;
}

}  // namespace

bool has_split(const Definitions& definitions, const Question& question) {
  const Definition* definition = definitions.find(question.indicator);
  return definition != nullptr && definition->kind == Kind::records &&
         definition->comparable_base && question.comparison.kind == ComparisonKind::yoy &&
         question.period.years_earlier(1).has_value() &&
         (definition->aggregate == Aggregate::sum || definition->aggregate == Aggregate::count);
}

std::optional<Date> base_known_by(const Definitions& definitions, const Question& question) {
  if (!has_split(definitions, question)) return std::nullopt;
  return question.period.years_earlier(1)->last_month().plus(1).last_day();
}

Result<PublishedBase> base_as_known(const Levels& levels, const Question& question) {
  if (!has_split(*levels.cells().definitions, question)) {
    return fail(ErrorKind::not_found, "figure.no_split", "当时没有可比口径的这一指标",
                "there was no such indicator on a comparable base then");
  }
  const Splitting splitting(levels, question);
  const Definition& definition = splitting.definition();
  PublishedBase out;
  out.position = levels.state().position();
  out.definition_digest = definition.digest;
  out.scale = definition.measure_scale;
  out.unit = definition.measure_unit;
  out.unit_register = splitting.unit_register();
  out.amounts = splitting.naive(&out.records);
  return out;
}

Result<std::optional<Split>> split(const Levels& levels, const Question& question,
                                   const PublishedBase* published, size_t offset, size_t limit) {
  const Definitions& definitions = *levels.cells().definitions;
  const bool is_of_records =
      has_split(definitions, question) &&
      levels.reads_records(*definitions.find(question.indicator), question.dimensions);
  if (!is_of_records) return std::optional<Split>();
  const Splitting splitting(levels, question);
  size_t records = 0;
  const ByUnit naive = splitting.naive(&records);
  const Splitting::Moves moves = splitting.moves();
  Split out;
  const auto then = known_then(splitting, naive, levels.state().position(), published, out.note);
  ByUnit revised;
  if (then) {
    revised = naive;
    for (const auto& [unit, amount] : *then) revised[unit] -= amount;
    out.published = splitting.decimal(total_of(*then));
    out.published_at = std::min(published->position, levels.state().position());
  }
  out.naive = splitting.decimal(total_of(naive));
  out.comparable = splitting.decimal(total_of(moves.comparable));
  out.unit_register = levels.state().schema().registers()[splitting.unit_register()].name;
  const auto add = [&](const char* name, record::Title title, const ByUnit& amounts) {
    out.parts.push_back(splitting.part(name, std::move(title), amounts, offset, limit));
  };
  add("entered", {"新进：现在在库，当时不在", "entered: on the roster now, not then"},
      moves.entered);
  add("left", {"退出：当时在库，现在不在", "left: on the roster then, not now"}, moves.left);
  add("reclassified",
      {"归类改变：两时都在库，所问维度的取值不同",
       "reclassified: on both rosters, with other dimension values"},
      moves.reclassified);
  add("revised",
      {"修订：现在所知与基期齐全时所知之差",
       "revised: as known now against as known when the base period was complete"},
      revised);
  return std::optional(std::move(out));
}

}  // namespace wutong::indicator
