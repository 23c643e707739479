#include "core/deadline/deadlines.hpp"

#include <algorithm>

#include "core/deadline/impl/absence.hpp"
#include "core/deadline/impl/book.hpp"

namespace wutong::deadline {

namespace {

constexpr Date kFirstDay = Date::from_days(0);
constexpr int64_t kLimitMax = 100'000;

std::optional<Date> day_of(const Value& value) {
  if (const auto* day = std::get_if<Date>(&value)) return *day;
  if (const auto* part = std::get_if<PartialDate>(&value)) return part->last();
  if (const auto* month = std::get_if<Month>(&value)) return month->last_day();
  return std::nullopt;
}

std::optional<Date> day_field(const record::State& state, const ClockOf& clock,
                              std::optional<size_t> field) {
  if (!field) return std::nullopt;
  return day_of(state.value(clock.register_index, *field, clock.record));
}

// The rule with what the record itself says of its limit.
record::Deadline own_rule(const record::State& state, const ClockOf& clock,
                          const record::Deadline& rule) {
  record::Deadline out = rule;
  if (rule.limit_field) {
    const Value own = state.value(clock.register_index, *rule.limit_field, clock.record);
    const auto* number = std::get_if<int64_t>(&own);
    if (number != nullptr && *number > 0 && *number <= kLimitMax) {
      out.limit = static_cast<int>(*number);
    }
  }
  if (rule.working_field) {
    const Value own = state.value(clock.register_index, *rule.working_field, clock.record);
    const auto* is_working = std::get_if<bool>(&own);
    if (is_working != nullptr && !*is_working) {
      out.unit = record::DeadlineUnit::days;
      out.moves_to_working_day = true;
    }
  }
  return out;
}

const ledger::ChangeColumn* states_of(const ledger::Change& change) {
  for (const ledger::ChangeColumn& named : change.columns) {
    if (named.field == record::kStateField) return &named;
  }
  return nullptr;
}

}  // namespace

Deadlines::Deadlines(std::shared_ptr<const record::Schema> schema,
                     std::shared_ptr<Versions> versions)
    : Deadlines(std::move(schema), std::move(versions), {}) {}

Deadlines::Deadlines(std::shared_ptr<const record::Schema> schema,
                     std::shared_ptr<Versions> versions,
                     const std::map<std::string, std::shared_ptr<Book>>& books)
    : schema_(std::move(schema)), versions_(std::move(versions)) {
  for (const record::Register& home : schema_->registers()) {
    Shelf& shelf = shelves_.emplace_back();
    if (!home.state_field) continue;
    auto known = books.find(home.name);
    shelf.book = known == books.end() ? std::make_shared<Book>() : known->second;
    for (const record::Code& state : home.states) shelf.book->state_number(state.value);
    for (const std::string& name : shelf.book->names()) {
      const auto found = std::find_if(home.states.begin(), home.states.end(),
                                      [&](const record::Code& each) { return each.value == name; });
      shelf.states.push_back(static_cast<size_t>(found - home.states.begin()));
    }
    for (size_t i = 0; i < home.deadlines.size(); ++i) {
      shelf.boards.push_back(std::make_unique<Board>());
      const size_t register_index = shelves_.size() - 1;
      shelf.absences.push_back(
          home.deadlines[i].roster ? std::make_unique<Absence>(*this, register_index, i) : nullptr);
    }
  }
}

Deadlines::~Deadlines() = default;

std::shared_ptr<Deadlines> Deadlines::under(const record::State& state) const {
  std::map<std::string, std::shared_ptr<Book>> books;
  for (size_t i = 0; i < shelves_.size(); ++i) {
    if (shelves_[i].book) books.emplace(schema_->registers()[i].name, shelves_[i].book);
  }
  std::shared_ptr<Deadlines> next(new Deadlines(state.schema_pointer(), versions_, books));
  for (size_t i = 0; i < next->shelves_.size(); ++i) {
    if (next->shelves_[i].boards.empty()) continue;
    for (uint32_t r = 0; r < state.size(i); ++r) next->place(state, i, RecordId{r});
  }
  return next;
}

void Deadlines::note(const ledger::Change& change, Instant at, Shelf& shelf) {
  const ledger::ChangeColumn* states = states_of(change);
  if (states == nullptr) return;
  const std::string* last = nullptr;
  size_t number = 0;
  for (size_t i = 0; i < change.rows.size(); ++i) {
    const std::string& name = states->column.texts[i];
    if (last == nullptr || *last != name) number = shelf.book->state_number(name);
    last = &name;
    if (change.creates) {
      shelf.book->create(change.rows[i], at, number);
    } else {
      shelf.book->add(change.rows[i], at, number, *versions_);
    }
  }
}

void Deadlines::apply(const record::State& after, const ledger::Entry& entry) {
  for (const ledger::Change& change : entry.changes) {
    const auto index = schema_->index_of(change.register_name);
    if (!index || !shelves_[*index].book) continue;
    note(change, entry.at, shelves_[*index]);
    if (shelves_[*index].boards.empty()) continue;
    for (RecordId record : change.rows) place(after, *index, record);
  }
  note_absences(after, entry);
}

void Deadlines::note_absences(const record::State& after, const ledger::Entry& entry) {
  const auto rows_of = [&](size_t register_index) {
    std::vector<RecordId> rows;
    for (const ledger::Change& change : entry.changes) {
      if (change.register_name != schema_->registers()[register_index].name) continue;
      rows.insert(rows.end(), change.rows.begin(), change.rows.end());
    }
    return rows;
  };
  for (const RosterOf& each : rosters()) {
    Absence& absence = *shelves_[each.register_index].absences[each.deadline];
    if (!absence.is_wanted()) continue;
    absence.apply(after, entry.at.day(), rows_of(each.register_index),
                  rows_of(absence.roster().register_index));
  }
}

std::vector<Deadlines::RosterOf> Deadlines::rosters() const {
  std::vector<RosterOf> out;
  for (size_t i = 0; i < shelves_.size(); ++i) {
    for (size_t d = 0; d < shelves_[i].absences.size(); ++d) {
      if (shelves_[i].absences[d]) out.push_back({i, d});
    }
  }
  return out;
}

std::vector<Deadlines::RosterOf> Deadlines::asked_rosters(const record::State& state) const {
  std::vector<RosterOf> out = rosters();
  std::erase_if(out, [&](const RosterOf& each) { return state.size(each.register_index) == 0; });
  return out;
}

std::optional<RecordId> Deadlines::record_of(const record::State& state, const RosterOf& roster,
                                             Month month, RecordId member) const {
  const record::Register& home = schema_->registers()[roster.register_index];
  const size_t member_key = home.deadlines[roster.deadline].roster->member_key;
  std::array<int64_t, 2> key{};
  key[member_key] = member.value;
  key[1 - member_key] = month.index;
  return state.find_raw(roster.register_index, key);
}

Deadlines::Unfiled Deadlines::unfiled(const record::State& state, const RosterOf& roster,
                                      Month month, size_t limit) const {
  Unfiled out;
  const auto seen = shelves_[roster.register_index].absences[roster.deadline]->look(
      state, month, limit, out.members);
  out.expected = seen.expected;
  out.missing = seen.missing;
  return out;
}

bool Deadlines::has_not_filed(const record::State& state, const RosterOf& roster, Month month,
                              RecordId member) const {
  const Absence& absence = *shelves_[roster.register_index].absences[roster.deadline];
  return absence.read(state, month, {member}).front().missing;
}

void Deadlines::place(const record::State& state, size_t register_index, RecordId record) {
  for (size_t d = 0; d < shelves_[register_index].boards.size(); ++d) {
    const Reading reading = read(state, {register_index, record, d}, Instant{});
    uint32_t list = Board::kNone;
    if (reading.is_open()) list = reading.due ? Board::list_of(*reading.due) : Board::kWaiting;
    shelves_[register_index].boards[d]->put(record, list, *versions_);
  }
}

const record::Deadline& Deadlines::rule(const ClockOf& clock) const {
  return schema_->registers()[clock.register_index].deadlines[clock.deadline];
}

std::vector<StateEvent> Deadlines::history(size_t register_index, RecordId record,
                                           Version version) const {
  std::vector<StateEvent> events;
  const Shelf& shelf = shelves_[register_index];
  if (shelf.book) shelf.book->read(record, version, events);
  for (StateEvent& event : events) {
    event.state = event.state < shelf.states.size() ? shelf.states[event.state] : SIZE_MAX;
  }
  return events;
}

Reading Deadlines::read(const record::State& state, const ClockOf& clock, Instant now) const {
  const record::Deadline& deadline = rule(clock);
  const auto events = history(clock.register_index, clock.record, state.version());
  History history{events, day_field(state, clock, deadline.from_field),
                  day_field(state, clock, deadline.on_field),
                  day_field(state, clock, deadline.until_field)};
  const WorkCalendar& calendar = schema_->calendar();
  if (!deadline.limit_field && !deadline.working_field) {
    return deadline::read(deadline, history, calendar, now);
  }
  return deadline::read(own_rule(state, clock, deadline), history, calendar, now);
}

void Deadlines::due(Version version, Date from, Date until, const Visit& visit) const {
  for (size_t i = 0; i < shelves_.size(); ++i) {
    for (size_t d = 0; d < shelves_[i].boards.size(); ++d) {
      shelves_[i].boards[d]->visit_days(std::max(from, kFirstDay), until, version,
                                        [&](RecordId record) {
                                          visit({i, record, d});
                                        });
    }
  }
}

void Deadlines::waiting(Version version, const Visit& visit) const {
  for (size_t i = 0; i < shelves_.size(); ++i) {
    for (size_t d = 0; d < shelves_[i].boards.size(); ++d) {
      shelves_[i].boards[d]->visit(Board::kWaiting, version, [&](RecordId record) {
        visit({i, record, d});
      });
    }
  }
}

}  // namespace wutong::deadline
