#include "core/indicator/series_index.hpp"

namespace wutong::indicator {

namespace {

std::optional<Period> period_of(const Value& value) {
  if (const auto* period = std::get_if<Period>(&value)) return *period;
  if (const auto* month = std::get_if<Month>(&value)) return Period::of_month(*month);
  if (const auto* day = std::get_if<Date>(&value)) return Period::as_of(*day);
  return std::nullopt;
}

std::optional<Decimal> decimal_of(const Value& value) {
  if (const auto* decimal = std::get_if<Decimal>(&value)) return *decimal;
  if (const auto* integer = std::get_if<int64_t>(&value)) return Decimal(*integer);
  return std::nullopt;
}

SeriesValue read_value(const record::State& state, size_t register_index, RecordId record) {
  const record::Register& home = state.schema().registers()[register_index];
  SeriesValue out;
  out.register_index = register_index;
  out.record = record;
  out.value = decimal_of(state.value(register_index, home.series->value, record));
  out.unit = home.fields[home.series->value].unit;
  if (home.series->growth) {
    out.growth = decimal_of(state.value(register_index, *home.series->growth, record));
  }
  return out;
}

bool is_same_answer(const std::optional<SeriesValue>& a, const std::optional<SeriesValue>& b) {
  if (!a || !b) return a.has_value() == b.has_value();
  return a->value == b->value && a->growth == b->growth && a->unit == b->unit;
}

}  // namespace

SeriesIndex::Key SeriesIndex::key_of(RecordId area, std::string_view indicator,
                                     const Period& period) {
  const bool is_day = period.kind() == PeriodKind::as_of;
  return {area, std::string(indicator), is_day ? period.last_day() : period.first_day(),
          period.last_day()};
}

const SeriesIndex::Line* SeriesIndex::find_line(RecordId area, std::string_view indicator,
                                                const Period& period) const {
  const auto found = lines_.find(key_of(area, indicator, period));
  return found == lines_.end() ? nullptr : &found->second;
}

std::optional<SeriesValue> SeriesIndex::find(RecordId area, std::string_view indicator,
                                             const Period& period, std::optional<Seq> as_of) const {
  const Line* line = find_line(area, indicator, period);
  if (line == nullptr || line->versions.empty()) return std::nullopt;
  if (!as_of) return line->versions.back().value;
  for (auto at = line->versions.rbegin(); at != line->versions.rend(); ++at) {
    if (at->position <= *as_of) return at->value;
  }
  return std::nullopt;
}

std::vector<Period> SeriesIndex::periods(RecordId area, std::string_view indicator,
                                         PeriodKind kind) const {
  std::map<Date, Period> found;
  const Date earliest = Date::from_days(INT32_MIN);
  auto at = lines_.lower_bound(Key{area, std::string(indicator), earliest, earliest});
  for (; at != lines_.end() && at->first.area == area && at->first.indicator == indicator; ++at) {
    const Line& line = at->second;
    if (line.rows.empty() || line.period.kind() != kind) continue;
    found.emplace(line.period.last_day(), line.period);
  }
  std::vector<Period> out;
  for (const auto& [day, period] : found) out.push_back(period);
  return out;
}

void SeriesIndex::positions(RecordId area, std::string_view indicator, const Period& period,
                            std::vector<Seq>& out) const {
  const Line* line = find_line(area, indicator, period);
  if (line == nullptr) return;
  for (const Version& version : line->versions) out.push_back(version.position);
}

void SeriesIndex::change(const record::State& state, size_t register_index,
                         std::span<const RecordId> rows, int sign) {
  const record::Register& home = state.schema().registers()[register_index];
  if (!home.series) return;
  for (RecordId row : rows) {
    if (row.value >= state.size(register_index)) continue;
    const Value area = state.value(register_index, home.series->area, row);
    const auto period = period_of(state.value(register_index, home.series->period, row));
    const auto* area_record = std::get_if<RecordId>(&area);
    if (area_record == nullptr || !period) continue;
    const std::string indicator =
        to_string(state.value(register_index, home.series->indicator, row));
    const Key key = key_of(*area_record, indicator, *period);
    Line& line = lines_[key];
    line.period = *period;
    if (sign > 0) {
      line.rows.emplace(register_index, row);
    } else {
      line.rows.erase({register_index, row});
    }
    pending_.insert(key);
  }
}

void SeriesIndex::commit(const record::State& state, Seq position) {
  for (const Key& key : pending_) {
    Line& line = lines_[key];
    std::optional<SeriesValue> now;
    if (!line.rows.empty()) {
      const auto& [register_index, record] = *line.rows.rbegin();
      now = read_value(state, register_index, record);
    }
    const bool is_new = line.versions.empty();
    if (is_new && !now) continue;
    if (!is_new && is_same_answer(line.versions.back().value, now)) {
      line.versions.back().value = now;
      continue;
    }
    line.versions.push_back({position, now});
  }
  pending_.clear();
}

bool SeriesIndex::equals(const SeriesIndex& other, std::string* difference) const {
  const auto current = [](const SeriesIndex& index) {
    std::map<Key, SeriesValue> out;
    for (const auto& [key, line] : index.lines_) {
      if (!line.versions.empty() && line.versions.back().value) {
        out.emplace(key, *line.versions.back().value);
      }
    }
    return out;
  };
  const auto mine = current(*this);
  const auto theirs = current(other);
  for (const auto& [key, value] : mine) {
    const auto found = theirs.find(key);
    if (found != theirs.end() && found->second == value) continue;
    if (difference != nullptr) {
      *difference =
          "series " + key.indicator + " " + key.first.to_string() + ".." + key.last.to_string();
    }
    return false;
  }
  if (mine.size() == theirs.size()) return true;
  if (difference != nullptr) *difference = "the other has more series values";
  return false;
}

}  // namespace wutong::indicator
