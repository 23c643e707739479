#include "core/deadline/agenda.hpp"

#include <algorithm>
#include <tuple>

namespace wutong::deadline {

std::string_view to_string(Section section) {
  switch (section) {
    case Section::late:
      return "late";
    case Section::today:
      return "today";
    case Section::week:
      return "week";
    case Section::later:
      return "later";
    case Section::waiting:
      return "waiting";
  }
  return "";
}

namespace {

constexpr int kLaterDays = 30;

bool holds_any(const std::vector<std::string>& roles, const std::vector<std::string>& wanted) {
  return std::any_of(roles.begin(), roles.end(), [&](const std::string& role) {
    return std::find(wanted.begin(), wanted.end(), role) != wanted.end();
  });
}

size_t state_of(const record::State& state, const ClockOf& clock) {
  const record::Register& home = state.schema().registers()[clock.register_index];
  const Value value = state.value(clock.register_index, *home.state_field, clock.record);
  const auto* name = std::get_if<std::string>(&value);
  for (size_t i = 0; name != nullptr && i < home.states.size(); ++i) {
    if (home.states[i].value == *name) return i;
  }
  return home.states.size();
}

class Collector {
 public:
  Collector(const Deadlines& deadlines, const record::State& state, const Asker& asker, Instant now)
      : deadlines_(deadlines), state_(state), asker_(asker), now_(now) {}

  void add(const ClockOf& clock) {
    if (!is_owned(clock)) return;
    if (asker_.may_read && !asker_.may_read(clock.register_index, clock.record)) return;
    Item item{clock, {}, Section::waiting, state_of(state_, clock), {}};
    item.moves = moves(clock, item.state);
    const bool is_for_asker = asker_.roles.empty() || !item.moves.empty() ||
                              holds_any(asker_.roles, deadlines_.rule(clock).by);
    if (!is_for_asker) return;
    item.reading = deadlines_.read(state_, clock, now_);
    item.section = section(item.reading);
    ++out_.counts[static_cast<size_t>(item.section)];
    out_.items.push_back(std::move(item));
  }

  Agenda take(size_t limit) {
    std::vector<std::string> keys;
    std::vector<size_t> order;
    for (const Item& item : out_.items) {
      keys.push_back(state_.key_text(item.clock.register_index, item.clock.record));
      order.push_back(order.size());
    }
    auto rank = [&](size_t i) {
      const Item& item = out_.items[i];
      return std::tuple(item.section, item.reading.due_at.value_or(Instant{}),
                        item.clock.register_index, std::string_view(keys[i]), item.clock.deadline);
    };
    std::sort(order.begin(), order.end(), [&](size_t a, size_t b) { return rank(a) < rank(b); });
    std::vector<Item> sorted;
    std::array<size_t, kSections> taken{};
    for (size_t i : order) {
      if (taken[static_cast<size_t>(out_.items[i].section)]++ >= limit) continue;
      sorted.push_back(std::move(out_.items[i]));
    }
    out_.items = std::move(sorted);
    return std::move(out_);
  }

 private:
  bool is_owned(const ClockOf& clock) const {
    if (!asker_.owner) return true;
    const auto& [owner_register, owner] = *asker_.owner;
    const record::Register& home = state_.schema().registers()[clock.register_index];
    if (home.owner_is_self) return clock.register_index == owner_register && clock.record == owner;
    if (!home.owner) return false;
    if (home.fields[*home.owner].target != state_.schema().registers()[owner_register].name) {
      return false;
    }
    const Value value = state_.value(clock.register_index, *home.owner, clock.record);
    const auto* named = std::get_if<RecordId>(&value);
    return named != nullptr && *named == owner;
  }

  std::vector<size_t> moves(const ClockOf& clock, size_t at) const {
    const record::Register& home = state_.schema().registers()[clock.register_index];
    std::vector<size_t> out;
    for (size_t m = 0; m < home.moves.size() && at < home.states.size(); ++m) {
      const record::Move& move = home.moves[m];
      const auto& from = move.from;
      const bool is_from = std::find(from.begin(), from.end(), home.states[at].value) != from.end();
      const bool may = asker_.roles.empty() || holds_any(asker_.roles, move.by);
      if (is_from && may) out.push_back(m);
    }
    return out;
  }

  Section section(const Reading& reading) const {
    if (reading.is_late) return Section::late;
    if (!reading.due) return Section::waiting;
    const Date today = now_.day();
    if (*reading.due <= today) return Section::today;
    return *reading.due <= today.plus_days(7 - today.weekday()) ? Section::week : Section::later;
  }

  const Deadlines& deadlines_;
  const record::State& state_;
  const Asker& asker_;
  const Instant now_;
  Agenda out_;
};

}  // namespace

Agenda agenda(const Deadlines& deadlines, const record::State& state, const Asker& asker,
              Instant now, size_t limit) {
  Collector collector(deadlines, state, asker, now);
  const auto add = [&](const ClockOf& clock) { collector.add(clock); };
  const Date today = now.day();
  const Date last = today.plus_days(7 - today.weekday() + kLaterDays);
  deadlines.due(state.version(), Date::from_days(0), last, add);
  deadlines.waiting(state.version(), add);
  return collector.take(limit);
}

Reading reading_of_month(const record::State& state, const record::Deadline& rule, Month month,
                         Instant now) {
  History history;
  history.from = month.last_day();
  return read(rule, history, state.schema().calendar(), now);
}

std::vector<Gap> gaps(const Deadlines& deadlines, const record::State& state, const Asker& asker,
                      Instant now, size_t limit) {
  std::vector<Gap> out;
  for (const Deadlines::RosterOf& roster : deadlines.asked_rosters(state)) {
    const record::Register& home = state.schema().registers()[roster.register_index];
    const record::Deadline& rule = home.deadlines[roster.deadline];
    bool is_for_asker = asker.roles.empty() || holds_any(asker.roles, rule.by);
    for (const record::Move& move : home.moves) is_for_asker |= holds_any(asker.roles, move.by);
    if (!is_for_asker) continue;
    if (asker.owner && asker.owner->first != rule.roster->register_index) continue;
    for (int back = 1; back <= kMonthsBack; ++back) {
      Gap gap{roster, Month::of(now.day()).plus(-back), {}, {}};
      if (!asker.owner) {
        gap.unfiled = deadlines.unfiled(state, roster, gap.month, limit);
      } else if (deadlines.has_not_filed(state, roster, gap.month, asker.owner->second)) {
        gap.unfiled = {1, 1, {asker.owner->second}};
      }
      if (gap.unfiled.missing == 0) continue;
      gap.reading = reading_of_month(state, rule, gap.month, now);
      out.push_back(std::move(gap));
    }
  }
  return out;
}

std::vector<Item> clocks_of(const Deadlines& deadlines, const record::State& state,
                            size_t register_index, RecordId record, Instant now) {
  std::vector<Item> out;
  const auto& rules = state.schema().registers()[register_index].deadlines;
  for (size_t d = 0; d < rules.size(); ++d) {
    Item item{{register_index, record, d}, {}, Section::later, 0, {}};
    item.reading = deadlines.read(state, item.clock, now);
    if (item.reading.run > 0) out.push_back(std::move(item));
  }
  return out;
}

}  // namespace wutong::deadline
