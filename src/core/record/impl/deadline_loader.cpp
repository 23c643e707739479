// The clocks of a life cycle.
#include <algorithm>

#include "core/record/impl/loader.hpp"

namespace wutong::record {

using pack::Node;
using pack::report;
using pack::report_unknown;

std::string_view to_string(DeadlineUnit unit) {
  switch (unit) {
    case DeadlineUnit::working_days:
      return "working_days";
    case DeadlineUnit::days:
      return "days";
    case DeadlineUnit::working_hours:
      return "working_hours";
    case DeadlineUnit::hours:
      return "hours";
  }
  return "";
}

namespace {

constexpr int kLimitMax = 100'000;

class DeadlineLoader {
 public:
  DeadlineLoader(Register& home, const Node::Member& member, Issues& issues)
      : home_(home), member_(member), node_(member.value), issues_(issues) {}

  void load() {
    out_.name = member_.key;
    out_.title = pack::title_at(node_, "title");
    out_.effects.resize(home_.states.size());
    out_.more.resize(home_.states.size());
    out_.by = pack::texts_at(node_, "by");
    load_limit();
    load_fields();
    mark("from", ClockEffect::starts);
    mark("pause", ClockEffect::pauses);
    mark("until", ClockEffect::ends);
    load_extensions();
    const bool is_stay = pack::text_at(node_, "holiday", out_.on_field ? "stay" : "") == "stay";
    out_.moves_to_working_day = out_.unit == DeadlineUnit::days && !is_stay;
    load_office();
    load_reminders();
    home_.deadlines.push_back(std::move(out_));
  }

 private:
  void fault(const Node* node, std::string zh, std::string en) {
    report(issues_, node == nullptr ? member_.place : node->place, "record.clock", std::move(zh),
           std::move(en));
  }

  void load_limit() {
    int given = 0;
    for (const DeadlineUnit unit : {DeadlineUnit::working_days, DeadlineUnit::days,
                                    DeadlineUnit::working_hours, DeadlineUnit::hours}) {
      const Node* limit = node_.find(to_string(unit));
      if (limit == nullptr) continue;
      ++given;
      out_.unit = unit;
      out_.limit = pack::whole_at(node_, to_string(unit), 0);
      if (out_.limit < 1 || out_.limit > kLimitMax) {
        fault(limit, "时限应在 1 至 100000", "a limit is 1 to 100000");
        out_.limit = 1;
      }
    }
    const bool is_given_day = node_.find("due_field") != nullptr;
    if (is_given_day) out_.unit = DeadlineUnit::days;
    if (given + (is_given_day ? 1 : 0) == 1) return;
    fault(nullptr, "时限须写 working_days、days、working_hours、hours、due_field 中的一个",
          "a clock has one of working_days, days, working_hours, hours, due_field");
  }

  std::optional<size_t> field(const Node* name) {
    if (name == nullptr) return std::nullopt;
    const auto field = home_.find(name->text);
    if (!field) {
      std::vector<std::string> known;
      for (const Field& each : home_.fields) known.push_back(each.name);
      report_unknown(issues_, name->place, "record.unknown_field", "字段", "field", name->text,
                     known);
    }
    return field;
  }

  std::optional<size_t> field_of(const char* key, FieldKind kind, std::string zh, std::string en) {
    const Node* name = node_.find(key);
    const auto found = field(name);
    if (!found || home_.fields[*found].kind == kind) return found;
    fault(name, std::move(zh), std::move(en));
    return std::nullopt;
  }

  std::optional<size_t> day_field(const char* key) {
    const Node* name = node_.find(key);
    const auto field = this->field(name);
    if (!field) return std::nullopt;
    const FieldKind kind = home_.fields[*field].kind;
    if (kind != FieldKind::date && kind != FieldKind::partial_date && kind != FieldKind::month) {
      fault(name, "应是 date、partial_date 或 month 字段",
            "this takes a date, partial_date or month field");
      return std::nullopt;
    }
    return field;
  }

  void load_fields() {
    out_.from_field = day_field("from_field");
    out_.on_field = day_field("due_field");
    out_.until_field = day_field("until_field");
    out_.limit_field = field_of("limit_field", FieldKind::integer, "limit_field 应是 int 字段",
                                "limit_field takes an int field");
    out_.working_field =
        field_of("working_field", FieldKind::boolean, "working_field 应是 bool 字段",
                 "working_field takes a bool field");
    if (out_.working_field && out_.unit != DeadlineUnit::working_days) {
      fault(node_.find("working_field"), "working_field 只用于 working_days",
            "working_field goes with working_days");
    }
    int ways = 0;
    for (const char* key : {"from", "from_field", "due_field"})
      ways += node_.find(key) != nullptr ? 1 : 0;
    if (ways == 1) return;
    fault(nullptr, "时限须写 from（状态）、from_field（日期字段）或 due_field（末日字段）中的一个",
          "a clock has one of from (states), from_field (a date field), due_field (the last day)");
  }

  std::optional<size_t> state(const std::string& name, const Place& place) {
    for (size_t i = 0; i < home_.states.size(); ++i) {
      if (home_.states[i].value == name) return i;
    }
    std::vector<std::string> known;
    for (const Code& each : home_.states) known.push_back(each.value);
    report_unknown(issues_, place, "record.unknown_state", "状态", "state", name, known);
    return std::nullopt;
  }

  void set(const std::string& name, const Place& place, ClockEffect effect) {
    const auto index = state(name, place);
    if (!index) return;
    if (out_.effects[*index] != ClockEffect::none) {
      report(issues_, place, "record.clock",
             "状态 " + name + " 在这个时限中只能有一种作用（from、pause、until、extend）",
             "the state " + name + " has one effect on a clock (from, pause, until, extend)");
    }
    out_.effects[*index] = effect;
  }

  void mark(const char* key, ClockEffect effect) {
    const Node* states = node_.find(key);
    if (states == nullptr) return;
    if (states->kind == Node::Kind::scalar) return set(states->text, states->place, effect);
    for (const Node& each : states->elements) set(each.text, each.place, effect);
  }

  void load_extensions() {
    const Node* extend = node_.find("extend");
    if (extend == nullptr) return;
    for (const Node::Member& each : extend->members) {
      set(each.key, each.place, ClockEffect::extends);
      const auto index = state(each.key, each.place);
      const int more = pack::whole_at(*extend, each.key, 0);
      if (more < 1 || more > kLimitMax) {
        fault(&each.value, "延长应在 1 至 100000", "an extension is 1 to 100000");
      }
      if (index) out_.more[*index] = more;
    }
  }

  static std::optional<int> minutes(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return std::nullopt;
    for (size_t i : {0, 1, 3, 4}) {
      if (text[i] < '0' || text[i] > '9') return std::nullopt;
    }
    const int hour = (text[0] - '0') * 10 + text[1] - '0';
    const int minute = (text[3] - '0') * 10 + text[4] - '0';
    if (minute > 59 || hour * 60 + minute > 24 * 60) return std::nullopt;
    return hour * 60 + minute;
  }

  void load_office() {
    if (out_.unit != DeadlineUnit::working_hours) return;
    const Node* office = node_.find("office");
    if (office == nullptr) {
      out_.office = {{9 * 60, 12 * 60}, {13 * 60 + 30, 17 * 60 + 30}};
      return;
    }
    int last = 0;
    for (const Node& each : office->elements) {
      const std::string_view text = each.text;
      const int from = minutes(text.substr(0, 5)).value_or(-1);
      const int until =
          text.size() == 11 && text[5] == '-' ? minutes(text.substr(6)).value_or(-1) : -1;
      if (from < last || from >= until) {
        fault(&each, "办公时段应是依次的起止时刻，如 09:00-12:00",
              "office hours are times in order, like 09:00-12:00");
        return;
      }
      out_.office.push_back({from, until});
      last = until;
    }
    if (out_.office.empty()) fault(office, "至少一个办公时段", "office hours are needed");
  }

  void load_reminders() {
    out_.remind_to = out_.by;
    const Node* remind = node_.find("remind");
    if (remind == nullptr) return;
    out_.reminds_late = pack::flag_at(*remind, "late");
    if (const Node* before = remind->find("before")) {
      for (const Node& each : before->elements) {
        const auto days = Decimal::parse(each.text);
        const int lead = days ? static_cast<int>(days->mantissa()) : -1;
        if (lead < 0 || lead > 366) fault(&each, "提前天数应在 0 至 366", "the days are 0 to 366");
        out_.remind_before.push_back(lead);
      }
      std::sort(out_.remind_before.rbegin(), out_.remind_before.rend());
    }
    if (remind->find("to") != nullptr) out_.remind_to = pack::texts_at(*remind, "to");
    if (out_.remind_to.empty()) {
      fault(remind, "提醒须写给谁：remind.to 或 by", "a reminder needs somebody: remind.to or by");
    }
  }

  Register& home_;
  const Node::Member& member_;
  const Node& node_;
  Issues& issues_;
  Deadline out_;
};

}  // namespace

void Loader::load_deadlines(const Schema& schema, Register& home, const Node& lifecycle) {
  const Node* clocks = lifecycle.find("clocks");
  if (clocks == nullptr) return;
  for (const Node::Member& member : clocks->members) {
    DeadlineLoader(home, member, issues_).load();
    load_roster(schema, home, member.value, home.deadlines.back());
  }
}

}  // namespace wutong::record
