// Who of a roster has not filed: as far as the caller may read those records.
#include <algorithm>

#include "core/deadline/wording.hpp"
#include "surface/answer/clocks.hpp"

namespace wutong::answer {

namespace json = boost::json;

namespace {

using deadline::Gap;

std::string_view section_of(const deadline::Reading& reading, Instant now) {
  if (reading.is_late) return "late";
  const Date today = now.day();
  if (reading.due == today) return "today";
  return reading.due && *reading.due <= today.plus_days(7 - today.weekday()) ? "week" : "later";
}

// Its record, where it is begun: a draft, or sent back.
json::value begun_json(const zone::View& view, const Gap& gap, RecordId member) {
  const record::State& state = *view.state;
  const record::Register& home = state.schema().registers()[gap.roster.register_index];
  const auto record = view.deadlines->record_of(state, gap.roster, gap.month, member);
  if (!record) return nullptr;
  json::object out{{"key", state.key_text(gap.roster.register_index, *record)}};
  const std::string at =
      to_string(state.value(gap.roster.register_index, *home.state_field, *record));
  for (const record::Code& each : home.states) {
    if (each.value == at) out["state"] = to_json(each.title);
  }
  return out;
}

json::object gap_json(const zone::View& view, const Gap& gap, Instant now) {
  const record::State& state = *view.state;
  const record::Register& home = state.schema().registers()[gap.roster.register_index];
  const record::Deadline& rule = home.deadlines[gap.roster.deadline];
  const size_t members = rule.roster->register_index;
  json::array items;
  for (const RecordId member : gap.unfiled.members) {
    items.push_back(json::object{{"register", state.schema().registers()[members].name},
                                 {"key", state.key_text(members, member)},
                                 {"label", deadline::label_of(state, members, member)},
                                 {"record", begun_json(view, gap, member)}});
  }
  return {{"register", home.name},
          {"register_title", to_json(home.title)},
          {"clock", rule.name},
          {"title", to_json(rule.title)},
          {"month", gap.month.to_string()},
          {"section", section_of(gap.reading, now)},
          {"due_on", gap.reading.due->to_string()},
          {"late", gap.reading.is_late},
          {"standing", to_json(deadline::standing(state, rule, gap.reading, now))},
          {"expected", gap.unfiled.expected},
          {"missing", gap.unfiled.missing},
          {"items", std::move(items)}};
}

// May everybody's absence be told, or that of `owner`?
bool may_tell(const record::State& state, const access::Rights& rights, const Gap& gap,
              const std::optional<std::pair<size_t, RecordId>>& owner) {
  if (rights.is_local()) return true;
  const auto& registers = state.schema().registers();
  const record::Register& home = registers[gap.roster.register_index];
  const auto reach = rights.reach(home.name, access::Right::read);
  const size_t members = home.deadlines[gap.roster.deadline].roster->register_index;
  if (reach == access::Rows::all) {
    return owner || rights.reach(registers[members].name, access::Right::read) == reach;
  }
  if (!owner || reach == access::Rows::none) return false;
  const access::Own own{registers[members].name, state.key_text(owner->first, owner->second)};
  return std::find(rights.own().begin(), rights.own().end(), own) != rights.own().end();
}

}  // namespace

json::array unfiled_json(const zone::View& view, const access::Rights& rights,
                         const deadline::Asker& asker, Instant now, size_t limit) {
  std::vector<deadline::Asker> askers{asker};
  for (const access::Own& own : asker.owner ? std::vector<access::Own>{} : rights.own()) {
    const auto home = view.state->schema().index_of(own.register_name);
    const auto record = home ? view.state->find(*home, own.key) : std::nullopt;
    if (record) askers.emplace_back(asker).owner = std::pair{*home, *record};
  }
  json::array out;
  for (const deadline::Asker& each : askers) {
    for (const Gap& gap : deadline::gaps(*view.deadlines, *view.state, each, now, limit)) {
      if (may_tell(*view.state, rights, gap, each.owner)) {
        out.push_back(gap_json(view, gap, now));
      }
    }
  }
  return out;
}

}  // namespace wutong::answer
