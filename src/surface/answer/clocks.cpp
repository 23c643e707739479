// What is due: a person's day, the clocks of a record, reminders and the outbox.
#include "surface/answer/clocks.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "core/deadline/wording.hpp"
#include "core/record/owner.hpp"

namespace wutong::answer {

namespace json = boost::json;

namespace {

constexpr size_t kItemsMax = 1000;

Error bad(std::string field, std::string zh, std::string en) {
  return Error{ErrorKind::invalid, "clock.malformed", {{}, 0, 0, std::move(field)},
               std::move(zh),      std::move(en),     {}};
}

// Milliseconds of clocks in hours are told in minutes.
json::object amounts_json(const record::Deadline& rule, const deadline::Reading& reading) {
  const bool is_days = deadline::counts_days(rule.unit);
  const int64_t scale = is_days ? 1 : 60'000;
  return {{"unit", is_days                                    ? record::to_string(rule.unit)
                   : rule.unit == record::DeadlineUnit::hours ? "minutes"
                                                              : "working_minutes"},
          {"limit", reading.limit / scale},
          {"worked", reading.worked / scale},
          {"remaining", reading.remaining / scale}};
}

json::object reading_json(const record::State& state, const record::Deadline& rule,
                          const deadline::Reading& reading, Instant now) {
  json::object out{{"clock", rule.name},
                   {"title", to_json(rule.title)},
                   {"status", deadline::to_string(reading.status)},
                   {"run", reading.run},
                   {"late", reading.is_late},
                   {"provisional", reading.is_provisional},
                   {"standing", to_json(deadline::standing(state, rule, reading, now))}};
  out["started_on"] = reading.start_day.to_string();
  out["due_on"] = reading.due ? json::value(reading.due->to_string()) : json::value(nullptr);
  if (reading.due_at) out["late_from"] = reading.due_at->to_string();
  if (reading.is_late) out["late_since"] = reading.due_at->to_string();
  if (reading.ended_at) out["ended_at"] = reading.ended_at->to_string();
  if (reading.paused_since) out["paused_since"] = reading.paused_since->to_string();
  if (rule.limit > 0) out["amounts"] = amounts_json(rule, reading);
  return out;
}

json::object item_json(const zone::View& view, const deadline::Item& item, Instant now) {
  const record::State& state = *view.state;
  const record::Register& home = state.schema().registers()[item.clock.register_index];
  const record::Deadline& rule = view.deadlines->rule(item.clock);
  json::array moves;
  for (const size_t m : item.moves) {
    moves.push_back(
        json::object{{"move", home.moves[m].name}, {"title", to_json(home.moves[m].title)}});
  }
  json::object out{
      {"register", home.name},
      {"register_title", to_json(home.title)},
      {"key", state.key_text(item.clock.register_index, item.clock.record)},
      {"label", deadline::label_of(state, item.clock.register_index, item.clock.record)},
      {"section", deadline::to_string(item.section)},
      {"sentence", to_json(deadline::sentence(state, item.clock, rule, item.reading, now))},
      {"moves", std::move(moves)},
      {"reading", reading_json(state, rule, item.reading, now)}};
  if (item.state < home.states.size()) out["state"] = to_json(home.states[item.state].title);
  return out;
}

size_t unread_of(const zone::View& view, const std::vector<std::string>& roles,
                 const std::string& owner) {
  const record::State& state = *view.state;
  const auto notice = state.schema().index_of(deadline::kNotice);
  if (!notice) return 0;
  const record::Register& home = state.schema().registers()[*notice];
  const auto recipient = home.find("recipient");
  if (!recipient || !home.state_field) return 0;
  size_t count = 0;
  for (uint32_t i = 0; i < state.size(*notice); ++i) {
    const Value who = state.value(*notice, *recipient, RecordId{i});
    const std::string name = to_string(who);
    bool is_mine = !owner.empty() && name == owner;
    for (const std::string& role : roles) is_mine |= name == "role:" + role;
    const bool is_unread =
        to_string(state.value(*notice, *home.state_field, RecordId{i})) == "unread";
    count += is_mine && is_unread ? 1 : 0;
  }
  return count;
}

// register/key
Result<std::pair<size_t, RecordId>> owner_of(const record::State& state,
                                             const access::Rights& rights,
                                             const std::string& text) {
  const size_t slash = text.find('/');
  const std::string name = text.substr(0, slash);
  const auto index = state.schema().index_of(name);
  const auto record = index && slash != std::string::npos
                          ? state.find(*index, std::string_view(text).substr(slash + 1))
                          : std::nullopt;
  if (record && record::may_read(&rights, state, *index, *record)) {
    return std::pair{*index, *record};
  }
  return fail(ErrorKind::not_found, "clock.owner",
              "没有记录“" + text + "”；owner 写作 登记簿/主键，如 enterprise/91…",
              "there is no record \"" + text + "\"; owner is register/key, like enterprise/91…",
              {{}, 0, 0, "owner"});
}

// Of a caller from outside: the roles he holds, or those of them that he names, and his own record.
// Nothing where he holds none of those named.
bool narrow(const access::Rights& rights, TodayInput& input) {
  if (rights.is_local()) return true;
  const std::vector<std::string> held = rights.roles();
  if (input.roles.empty()) input.roles = held;
  std::erase_if(input.roles, [&](const std::string& role) {
    return std::find(held.begin(), held.end(), role) == held.end();
  });
  if (input.owner.empty() && rights.own().size() == 1) {
    input.owner = rights.own().front().register_name + "/" + rights.own().front().key;
  }
  return !input.roles.empty();
}

json::object agenda_json(const zone::View& view, const deadline::Asker& asker,
                         const TodayInput& input, Instant now) {
  const auto found =
      deadline::agenda(*view.deadlines, *view.state, asker, now, std::min(input.limit, kItemsMax));
  json::object counts;
  for (size_t s = 0; s < deadline::kSections; ++s) {
    counts[deadline::to_string(static_cast<deadline::Section>(s))] = found.counts[s];
  }
  json::array items;
  for (const deadline::Item& item : found.items) items.push_back(item_json(view, item, now));
  json::array roles;
  for (const std::string& role : input.roles) roles.emplace_back(role);
  std::string owner = input.owner;
  if (size_t slash = owner.find('/'); slash != std::string::npos) owner[slash] = ':';
  const WorkCalendar& calendar = view.state->schema().calendar();
  return {{"zone", input.zone},
          {"day", now.day().to_string()},
          {"working_day", calendar.is_working(now.day())},
          {"roles", std::move(roles)},
          {"counts", std::move(counts)},
          {"unread_notices", unread_of(view, input.roles, owner)},
          {"items", std::move(items)},
          {"position", view.position.value},
          {"synthetic", view.catalog->zone.synthetic}};
}

}  // namespace

json::array clocks_json(const zone::Host& host, const zone::View& view, size_t register_index,
                        RecordId record) {
  json::array out;
  const Instant now = host.now(view);
  for (const deadline::Item& item :
       deadline::clocks_of(*view.deadlines, *view.state, register_index, record, now)) {
    out.push_back(reading_json(*view.state, view.deadlines->rule(item.clock), item.reading, now));
  }
  return out;
}

Answered today(const Door& door, const TodayInput& asked) {
  const zone::Host& host = door.host();
  TodayInput input = asked;
  if (input.zone.empty()) {
    auto only = only_zone(door);
    if (!only) return failed(only.error());
    input.zone = std::move(*only);
  }
  auto rights = door.enter(input.zone);
  if (!rights) return failed(rights.error());
  if (!narrow(*rights, input)) return failed(not_allowed());
  std::optional<Date> day;
  if (!input.day.empty()) {
    day = Date::parse(input.day);
    if (!day) {
      return failed(bad("day", "day 应是存在的日期，如 2024-10-28",
                        "day takes a day that exists, like 2024-10-28"));
    }
  }
  std::optional<Error> error;
  json::object out;
  const auto tell = [&](const zone::View& view) {
    Instant now = host.now(view);
    if (day && *day != now.day()) now = std::max(Instant::end_of(*day), view.at);
    deadline::Asker asker{input.roles, {}};
    if (!rights->is_local()) {
      asker.may_read = [&](size_t index, RecordId record) {
        return record::may_read(&*rights, *view.state, index, record);
      };
    }
    if (!input.owner.empty()) {
      auto owner = owner_of(*view.state, *rights, input.owner);
      if (!owner) {
        error = owner.error();
        return;
      }
      asker.owner = *owner;
    }
    out = agenda_json(view, asker, input, now);
    out["unfiled"] = unfiled_json(view, *rights, asker, now, std::min(input.limit, kItemsMax));
  };
  // A day that is over is told as it was known at its end.
  bool is_past = false;
  auto looked = host.read(input.zone, [&](const zone::View& view) {
    is_past = day && *day < view.at.day();
    if (!is_past) tell(view);
  });
  if (!looked) return failed(looked.error());
  if (is_past) {
    if (auto read = read_as_of(door, input.zone, AsOf(input.day), tell); !read) {
      return failed(read.error());
    }
  }
  if (error) return failed(*error);
  return out;
}

Answered outbox(const Door& door, std::string_view name, uint64_t after, size_t limit) {
  std::string zone(name);
  if (zone.empty()) {
    auto only = only_zone(door);
    if (!only) return failed(only.error());
    zone = std::move(*only);
  }
  if (auto needed = door.need(zone, access::Task::system); !needed) return failed(needed.error());
  std::optional<Error> error;
  json::object out;
  auto read = door.host().read(zone, [&](const zone::View& view) {
    const auto found = deadline::outbox(*view.state, after, std::min(limit, kItemsMax));
    if (!found) {
      error = Error{ErrorKind::not_found,
                    "clock.no_notices",
                    {},
                    "这个园区没有登记簿 notice（提醒），请采用含它的 core 包",
                    "this zone has no register notice; adopt the pack core that has it",
                    {}};
      return;
    }
    const record::State& state = *view.state;
    const size_t notice = *state.schema().index_of(deadline::kNotice);
    const record::Register& home = state.schema().registers()[notice];
    json::array notices;
    for (RecordId record : found->notices) {
      json::object fields{{"number", uint64_t{record.value} + 1}};
      for (size_t f = 0; f < home.fields.size(); ++f) {
        fields[home.fields[f].name] =
            to_json(state, home.fields[f], state.value(notice, f, record));
      }
      notices.push_back(std::move(fields));
    }
    out = {{"zone", zone},
           {"after", after},
           {"next", found->next},
           {"notices", std::move(notices)},
           {"position", view.position.value},
           {"synthetic", view.catalog->zone.synthetic}};
  });
  if (!read) return failed(read.error());
  if (error) return failed(*error);
  return out;
}

namespace {

Result<void> check_keys(const JsonText& body, std::span<const std::string> known) {
  for (const auto& [key, value] : body.members) {
    if (std::find(known.begin(), known.end(), key) != known.end()) {
      const bool is_scalar =
          value.kind == JsonText::Kind::text || value.kind == JsonText::Kind::number;
      if (is_scalar) continue;
      return fail(bad(key, key + " 应是文本或数", key + " takes a text or a number"));
    }
    const auto near = nearest_name(key, known);
    return fail(bad(key, "不认识的键“" + key + "”" + (near ? "，是否指 " + *near + "？" : ""),
                    "unknown key " + key + (near ? "; did you mean " + *near + "?" : "")));
  }
  return {};
}

std::string text_in(const JsonText& body, std::string_view key) {
  const JsonText* found = body.find(key);
  return found == nullptr ? std::string() : found->text;
}

Result<uint64_t> number_in(const JsonText& body, std::string key, bool is_needed) {
  const std::string text = text_in(body, key);
  uint64_t number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code == std::errc() && end == text.data() + text.size()) return number;
  if (text.empty() && !is_needed) return uint64_t{0};
  return fail(
      bad(key, key + " 应是提醒的编号，如 12", key + " takes the number of a notice, like 12"));
}

// Reminders of one record are for who may move it on; all others, and the outbox, for gateways.
Result<void> may_remind(const Door& door, std::string_view zone, const std::string& register_name,
                        const std::string& key) {
  auto rights = door.enter(zone);
  if (!rights) return fail(rights.error());
  if (register_name.empty()) return door.need(zone, access::Task::system);
  bool is_allowed = rights->is_local();
  auto read = door.host().read(zone, [&](const zone::View& view) {
    const auto index = find_register(*view.state, *rights, register_name);
    const auto record = index ? view.state->find(*index, key) : std::nullopt;
    is_allowed |= record && record::may_read(&*rights, *view.state, *index, *record) &&
                  rights->reach(register_name, access::Right::move) == access::Rows::all;
  });
  if (!read) return fail(read.error());
  if (is_allowed) return {};
  return fail(not_allowed());
}

}  // namespace

bool is_clock_act(std::string_view act) { return act == "clock.remind" || act == "outbox.confirm"; }

Answered perform_clock_act(const Door& door, std::string_view zone, const JsonText& body,
                           const Caller& asked) {
  const std::string act = text_in(body, "act");
  zone::Host& host = door.host();
  const Caller caller = named(door, asked);
  if (act == "clock.remind") {
    const std::string kKnown[] = {"act", "register", "key", "note"};
    if (auto checked = check_keys(body, kKnown); !checked) return failed(checked.error());
    deadline::RemindRequest request;
    request.actor = caller.actor;
    request.register_name = text_in(body, "register");
    request.key = text_in(body, "key");
    request.note = text_in(body, "note");
    if (request.register_name.empty() != request.key.empty()) {
      return failed(bad("key", "register 与 key 一起写，或都不写",
                        "register and key go together, or neither"));
    }
    auto may = may_remind(door, zone, request.register_name, request.key);
    if (!may) return failed(may.error());
    auto done = host.remind(zone, request, caller.idempotency_key, caller.is_dry_run);
    if (!done) return tl::unexpected(std::move(done.error()));
    return receipt(*done);
  }
  if (auto needed = door.need(zone, access::Task::system); !needed) return failed(needed.error());
  const std::string kKnown[] = {"act", "after", "through", "channel", "note"};
  if (auto checked = check_keys(body, kKnown); !checked) return failed(checked.error());
  const auto after = number_in(body, "after", false);
  const auto through = number_in(body, "through", true);
  if (!after) return failed(after.error());
  if (!through) return failed(through.error());
  deadline::ConfirmRequest request;
  request.actor = caller.actor;
  request.after = *after;
  request.through = *through;
  request.channel = text_in(body, "channel");
  request.note = text_in(body, "note");
  auto done = host.confirm_sent(zone, request, caller.idempotency_key, caller.is_dry_run);
  if (!done) return tl::unexpected(std::move(done.error()));
  return receipt(*done);
}

}  // namespace wutong::answer
