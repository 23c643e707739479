#include "core/record/impl/following.hpp"

#include <algorithm>
#include <set>

#include "core/record/impl/table.hpp"

namespace wutong::record {

Value value_on(const DatedValues& values, Date day) {
  auto after = values.upper_bound(day);
  return after == values.begin() ? Value{} : std::prev(after)->second;
}

Following::Following(const State& state, size_t register_index)
    : state_(state),
      register_index_(register_index),
      home_(state.schema().registers()[register_index]) {
  for (size_t f = 0; f < home_.fields.size(); ++f) {
    const auto& names = home_.name_fields;
    const bool is_name = std::find(names.begin(), names.end(), f) != names.end();
    const auto& organisation = home_.organisation;
    const bool leads =
        organisation && (f == organisation->successor || f == organisation->successors);
    if (home_.fields[f].effective && !is_name && !leads) fields_.push_back(f);
  }
}

DatedValues& Following::values(RecordId record, size_t field) {
  auto [found, is_new] = known_.try_emplace({record.value, field});
  if (is_new && record.value < state_.size(register_index_)) {
    for (const State::Dated& each : state_.history(register_index_, field, record)) {
      found->second[each.from] = each.value;
    }
  }
  return found->second;
}

void Following::note(const ledger::Change& change) {
  for (const ledger::ChangeColumn& column : change.columns) {
    const auto field = home_.find(column.field);
    if (!field || !home_.fields[*field].effective) continue;
    for (size_t i = 0; i < change.rows.size(); ++i) {
      DatedValues& known = values(change.rows[i], *field);
      if (change.valid_from.empty()) {
        known = {{kAlways, column.column.value(i)}};
      } else {
        known[change.valid_from[i]] = column.column.value(i);
      }
    }
  }
}

void Following::set(RecordId record, size_t field, Date day, const Value& value) {
  values(record, field)[day] = value;
  set_[{record.value, day}][field] = value;
}

void Following::follow(RecordId record, RecordId survivor, Date day) {
  for (const size_t field : fields_) {
    const DatedValues theirs = values(survivor, field);
    const DatedValues own = values(record, field);
    std::set<Date> days{day};
    for (const DatedValues* each : {&theirs, &own}) {
      for (const auto& [from, value] : *each) {
        if (from > day) days.insert(from);
      }
    }
    for (const Date each : days) {
      const Value wanted = value_on(theirs, each);
      if (value_on(values(record, field), each) != wanted) set(record, field, each, wanted);
    }
  }
  follow_to(record, day);
}

void Following::follow_own(RecordId record) {
  for (const auto& [day, value] : DatedValues(values(record, home_.organisation->successor))) {
    if (const auto* to = std::get_if<RecordId>(&value)) return follow(record, *to, day);
  }
}

void Following::follow_to(RecordId survivor, Date from) {
  if (!home_.organisation || survivor.value >= state_.size(register_index_)) return;
  const size_t successor = home_.organisation->successor;
  for (RecordId record : state_.referring_ever(register_index_, successor, survivor)) {
    for (const auto& [day, value] : DatedValues(values(record, successor))) {
      const auto* to = std::get_if<RecordId>(&value);
      if (to == nullptr || *to != survivor) continue;
      follow(record, survivor, std::max(day, from));
      break;  // it never leads anywhere else
    }
  }
}

std::vector<ledger::Change> Following::take() {
  std::vector<ledger::Change> out;
  for (const auto& [where, cells] : set_) {
    ledger::Change change;
    change.register_name = home_.name;
    change.rows.push_back(RecordId{where.first});
    change.valid_from.push_back(where.second);
    for (const auto& [field, value] : cells) {
      ledger::ChangeColumn column{home_.fields[field].name, home_.fields[field].personal, {}};
      column.column.type = value_type(home_.fields[field].kind);
      column.column.scale = home_.fields[field].decimals;
      CHECK(column.column.append(value));
      change.columns.push_back(std::move(column));
    }
    out.push_back(std::move(change));
  }
  return out;
}

}  // namespace wutong::record
