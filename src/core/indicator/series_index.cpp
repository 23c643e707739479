#include "core/indicator/series_index.hpp"

#include <map>

#include "core/indicator/series_kind.hpp"

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

}  // namespace

SeriesIndex::Key SeriesIndex::key_of(RecordId area, std::string_view indicator,
                                     const Period& period) {
  const bool is_day = period.kind() == PeriodKind::as_of;
  return {area, std::string(indicator), is_day ? period.last_day() : period.first_day(),
          period.last_day()};
}

uint64_t SeriesIndex::hash_of(const Key& key) {
  uint64_t hash = mix_hash(std::hash<std::string>{}(key.indicator) ^ key.area.value);
  hash = mix_hash(hash ^ static_cast<uint64_t>(key.first.days()));
  return mix_hash(hash ^ static_cast<uint64_t>(key.last.days()));
}

const SeriesIndex::Line* SeriesIndex::find_line(RecordId area, std::string_view indicator,
                                                const Period& period) const {
  const Key key = key_of(area, indicator, period);
  const auto id = index_.find(hash_of(key), [&](uint32_t i) { return lines_[i].key == key; });
  return id ? &lines_[*id] : nullptr;
}

uint32_t SeriesIndex::line_of(const Key& key, const Period& period) {
  const uint64_t hash = hash_of(key);
  if (auto known = index_.find(hash, [&](uint32_t i) { return lines_[i].key == key; })) {
    return *known;
  }
  const uint32_t id = line_count_.load(std::memory_order_relaxed);
  Line& line = lines_.at(id);
  line.key = key;
  line.period = period;
  index_.insert(hash, id, *versions_);
  line_count_.store(id + 1, std::memory_order_release);
  return id;
}

// What stood at a position; nullptr before the first value.
const std::optional<SeriesValue>* SeriesIndex::value_at(const Line& line, Seq as_of) const {
  uint32_t node = line.newest.load(std::memory_order_acquire);
  while (node != 0 && nodes_[node - 1].position > as_of) node = nodes_[node - 1].older;
  return node == 0 ? nullptr : &nodes_[node - 1].value;
}

std::optional<SeriesValue> SeriesIndex::find(RecordId area, std::string_view indicator,
                                             const Period& period, Seq as_of) const {
  const Line* line = find_line(area, indicator, period);
  const auto* value = line == nullptr ? nullptr : value_at(*line, as_of);
  return value == nullptr ? std::nullopt : *value;
}

std::vector<Period> SeriesIndex::periods(RecordId area, std::string_view indicator, PeriodKind kind,
                                         Seq as_of) const {
  std::map<Date, Period> found;
  const uint32_t count = line_count_.load(std::memory_order_acquire);
  for (uint32_t i = 0; i < count; ++i) {
    const Line& line = lines_[i];
    if (line.key.area != area || line.key.indicator != indicator) continue;
    const auto* value = line.period.kind() == kind ? value_at(line, as_of) : nullptr;
    if (value != nullptr && *value) found.emplace(line.period.last_day(), line.period);
  }
  std::vector<Period> out;
  for (const auto& [day, period] : found) out.push_back(period);
  return out;
}

void SeriesIndex::positions(RecordId area, std::string_view indicator, const Period& period,
                            std::vector<Seq>& out) const {
  const Line* line = find_line(area, indicator, period);
  if (line == nullptr) return;
  uint32_t node = line->newest.load(std::memory_order_acquire);
  for (; node != 0; node = nodes_[node - 1].older) out.push_back(nodes_[node - 1].position);
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
        series_line(to_string(state.value(register_index, home.series->indicator, row)),
                    series_kind(state, register_index, row));
    const Key key = key_of(*area_record, indicator, *period);
    const uint32_t id = line_of(key, *period);
    Line& line = lines_.at(id);
    if (sign > 0) {
      line.rows.emplace(register_index, row);
    } else {
      line.rows.erase({register_index, row});
    }
    pending_.insert(id);
  }
}

void SeriesIndex::commit(const record::State& state, Seq position) {
  for (uint32_t id : pending_) {
    Line& line = lines_.at(id);
    std::optional<SeriesValue> now;
    if (!line.rows.empty()) {
      const auto& [register_index, record] = *line.rows.rbegin();
      now = read_value(state, register_index, record);
    }
    const uint32_t newest = line.newest.load(std::memory_order_relaxed);
    const bool is_same = newest == 0 ? !now : nodes_[newest - 1].value == now;
    if (is_same) continue;
    nodes_.at(node_count_) = {position, now, newest};
    line.newest.store(++node_count_, std::memory_order_release);
  }
  pending_.clear();
}

bool SeriesIndex::equals(const SeriesIndex& other, std::string* difference) const {
  const auto current = [](const SeriesIndex& index) {
    std::map<Key, SeriesValue> out;
    for (uint32_t i = 0; i < index.line_count_; ++i) {
      const auto* value = index.value_at(index.lines_[i], Seq{UINT64_MAX});
      if (value != nullptr && *value) out.emplace(index.lines_[i].key, **value);
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
