#include "core/deadline/reminder.hpp"

#include <algorithm>
#include <array>

#include "core/deadline/agenda.hpp"
#include "core/deadline/wording.hpp"

namespace wutong::deadline {

namespace {

constexpr std::array<const char*, 10> kFields = {"subject",   "clock",   "run",     "stage",
                                                 "recipient", "due_on",  "text_zh", "text_en",
                                                 "given_on",  "given_by"};

tl::unexpected<record::Refusal> refused(record::RefusalCode code, std::string field, std::string zh,
                                        std::string en) {
  record::Refusal refusal;
  refusal.code = code;
  refusal.fault_count = 1;
  refusal.faults.push_back(Error{ErrorKind::refused,
                                 "record." + std::string(record::to_string(code)),
                                 {{}, 0, 0, std::move(field)},
                                 std::move(zh),
                                 std::move(en),
                                 {}});
  return tl::unexpected(std::move(refusal));
}

tl::unexpected<record::Refusal> no_register() {
  return refused(record::RefusalCode::unknown_register, "register",
                 "这个园区没有登记簿 notice（提醒），请采用含它的 core 包",
                 "this zone has no register notice; adopt the pack core that has it");
}

struct Row {
  std::array<std::string, kFields.size()> cells;
};

class Reminding {
 public:
  Reminding(const record::State& state, const Deadlines& deadlines, const RemindRequest& request,
            size_t notice)
      : state_(state), deadlines_(deadlines), request_(request), notice_(notice) {}

  void add_due(const ClockOf& clock) {
    const record::Deadline& rule = deadlines_.rule(clock);
    if (rule.remind_before.empty() && !rule.reminds_late) return;
    const Reading reading = deadlines_.read(state_, clock, request_.at);
    const std::string stage = stage_of(rule, reading, state_.schema().calendar(), request_.at);
    if (!stage.empty()) add(clock, rule, reading, stage);
  }

  // Somebody reminds of one record: at the stage it is in, or early.
  void add_record(size_t register_index, RecordId record) {
    const auto& rules = state_.schema().registers()[register_index].deadlines;
    for (size_t d = 0; d < rules.size(); ++d) {
      const ClockOf clock{register_index, record, d};
      const Reading reading = deadlines_.read(state_, clock, request_.at);
      if (!reading.is_open()) continue;
      const std::string stage =
          stage_of(rules[d], reading, state_.schema().calendar(), request_.at);
      add(clock, rules[d], reading, stage.empty() ? "early" : stage);
    }
  }

  // Of records that are not there: those of a roster for a month.
  void add_missing(const Deadlines::RosterOf& of, Month month) {
    const record::Register& home = state_.schema().registers()[of.register_index];
    const record::Deadline& rule = home.deadlines[of.deadline];
    const Reading reading = reading_of_month(state_, rule, month, request_.at);
    const std::string stage = stage_of(rule, reading, state_.schema().calendar(), request_.at);
    if (stage.empty()) return;
    const size_t members = rule.roster->register_index;
    const auto where = standing(state_, rule, reading, request_.at);
    for (const RecordId member : deadlines_.unfiled(state_, of, month, SIZE_MAX).members) {
      std::array<std::string, 2> key;
      key[rule.roster->member_key] = state_.key_text(members, member);
      key[1 - rule.roster->member_key] = month.to_string();
      const std::string joined = key[0] + "/" + key[1];
      if (state_.find(of.register_index, joined)) continue;  // begun: its own clock is due
      const std::string name = label_of(state_, members, member) + " " + month.to_string();
      const record::Title words{
          home.title.zh + "“" + name + "”" + rule.title.zh + "：" + where.zh,
          home.title.en + " \"" + name + "\", " + rule.title.en + ": " + where.en};
      for (const std::string& to : rule.remind_to) {
        const auto field = home.find(to);
        const bool is_member = field && *field == rule.roster->member;
        if (field && !is_member) continue;  // of a record that is not there nothing else is known
        const std::string recipient = is_member ? state_.schema().registers()[members].name + ":" +
                                                      state_.key_text(members, member)
                                                : "role:" + to;
        write(home.name + "/" + joined, rule, reading, stage, recipient, words);
      }
    }
  }

  std::vector<Row> take() { return std::move(rows_); }

 private:
  void write(const std::string& subject, const record::Deadline& rule, const Reading& reading,
             const std::string& stage, const std::string& recipient, const record::Title& words) {
    const std::string run = std::to_string(reading.run);
    const std::string key = subject + "/" + rule.name + "/" + run + "/" + stage + "/" + recipient;
    if (state_.find(notice_, key)) return;
    rows_.push_back(
        {{subject, rule.name, run, stage, recipient, reading.due ? reading.due->to_string() : "",
          words.zh, words.en, request_.at.day().to_string(),
          request_.actor.empty() ? "system" : request_.actor}});
  }

  void add(const ClockOf& clock, const record::Deadline& rule, const Reading& reading,
           const std::string& stage) {
    const record::Register& home = state_.schema().registers()[clock.register_index];
    const std::string subject =
        home.name + "/" + state_.key_text(clock.register_index, clock.record);
    for (const std::string& to : rule.remind_to) {
      const std::string recipient = recipient_of(clock, home, to);
      if (recipient.empty()) continue;
      write(subject, rule, reading, stage, recipient,
            sentence(state_, clock, rule, reading, request_.at));
    }
  }

  // A reference field of the record gives register:key, anything else is a role.
  std::string recipient_of(const ClockOf& clock, const record::Register& home,
                           const std::string& to) const {
    const auto field = home.find(to);
    if (!field || home.fields[*field].kind != record::FieldKind::reference) return "role:" + to;
    const Value value = state_.value(clock.register_index, *field, clock.record);
    const auto* target = std::get_if<RecordId>(&value);
    if (target == nullptr) return {};
    const std::string& name = home.fields[*field].target;
    return name + ":" + state_.key_text(*state_.schema().index_of(name), *target);
  }

  const record::State& state_;
  const Deadlines& deadlines_;
  const RemindRequest& request_;
  const size_t notice_;
  std::vector<Row> rows_;
};

}  // namespace

std::string stage_of(const record::Deadline& rule, const Reading& reading,
                     const WorkCalendar& calendar, Instant now) {
  if (!reading.is_open() || !reading.due) return {};
  if (reading.is_late) return rule.reminds_late ? "late" : "";
  const Date today = now.day();
  const bool works = rule.unit == record::DeadlineUnit::working_days ||
                     rule.unit == record::DeadlineUnit::working_hours;
  const int left =
      works ? calendar.working_days(today, *reading.due) : reading.due->days() - today.days();
  std::string stage;
  for (const int lead : rule.remind_before) {  // descending: the last that holds is the nearest
    if (left <= lead) stage = "before_" + std::to_string(lead);
  }
  return stage;
}

tl::expected<record::Decision, record::Refusal> decide_reminders(const record::State& state,
                                                                 const Deadlines& deadlines,
                                                                 const RemindRequest& request) {
  const auto notice = state.schema().index_of(kNotice);
  if (!notice) return no_register();
  Reminding reminding(state, deadlines, request, *notice);
  if (!request.register_name.empty()) {
    const auto index = state.schema().index_of(request.register_name);
    const auto record = index ? state.find(*index, request.key) : std::nullopt;
    if (!record) {
      return refused(
          record::RefusalCode::row_not_found, "key",
          "登记簿 " + request.register_name + " 中没有主键为“" + request.key + "”的记录",
          "register " + request.register_name + " has no record with key \"" + request.key + "\"");
    }
    reminding.add_record(*index, *record);
  } else {
    // No clock reminds earlier than 366 working days before.
    deadlines.due(state.version(), Date::from_days(0), request.at.day().plus_days(560),
                  [&](const ClockOf& clock) { reminding.add_due(clock); });
    for (const Deadlines::RosterOf& roster : deadlines.asked_rosters(state)) {
      for (int back = 1; back <= kMonthsBack; ++back) {
        reminding.add_missing(roster, Month::of(request.at.day()).plus(-back));
      }
    }
  }
  std::vector<Row> rows = reminding.take();
  std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.cells < b.cells; });
  if (rows.empty()) {
    return refused(record::RefusalCode::nothing_to_do, "", "现在没有要提醒的，已提醒过的不再重复",
                   "nobody is to be reminded now; what was reminded of is not repeated");
  }
  record::Request create;
  create.act = record::Act::create;
  create.at = request.at;
  create.actor = request.actor;
  create.register_name = kNotice;
  create.note = request.note;
  for (size_t f = 0; f < kFields.size(); ++f) {
    record::InputColumn column{kFields[f], {}};
    column.column.type = ValueType::text;
    for (Row& row : rows) column.column.append_text(std::move(row.cells[f]));
    create.columns.push_back(std::move(column));
  }
  return record::decide(state, create);
}

std::optional<Outbox> outbox(const record::State& state, uint64_t after, size_t limit) {
  const auto notice = state.schema().index_of(kNotice);
  if (!notice) return std::nullopt;
  const auto sent = state.schema().registers()[*notice].find("sent_on");
  if (!sent) return std::nullopt;
  Outbox out{{}, after};
  const size_t size = state.size(*notice);
  for (uint64_t i = after; i < size && out.notices.size() < limit; ++i) {
    const RecordId record{static_cast<uint32_t>(i)};
    if (is_absent(state.value(*notice, *sent, record))) out.notices.push_back(record);
    out.next = i + 1;
  }
  return out;
}

tl::expected<record::Decision, record::Refusal> decide_confirmation(const record::State& state,
                                                                    const ConfirmRequest& request) {
  const auto unsent = outbox(state, request.after, SIZE_MAX);
  if (!unsent) return no_register();
  const size_t size = state.size(*state.schema().index_of(kNotice));
  if (request.through > size || request.after >= request.through) {
    const std::string range = "1.." + std::to_string(size);
    return refused(record::RefusalCode::row_not_found, "through",
                   "没有编号到 " + std::to_string(request.through) + " 的提醒，现有 " + range +
                       "，且 through 应大于 after",
                   "there is no notice up to number " + std::to_string(request.through) +
                       "; there are " + range + ", and through is above after");
  }
  record::Request amend;
  amend.act = record::Act::amend;
  amend.at = request.at;
  amend.actor = request.actor;
  amend.register_name = kNotice;
  amend.note = request.note;
  for (RecordId record : unsent->notices) {
    if (record.value < request.through) amend.records.push_back(record);
  }
  if (amend.records.empty()) {
    return refused(record::RefusalCode::nothing_to_do, "", "这些提醒都已确认送出",
                   "these notices are confirmed already");
  }
  using Given = std::pair<const char*, std::string>;
  for (const auto& [field, text] :
       {Given{"sent_on", request.at.day().to_string()}, Given{"channel", request.channel}}) {
    record::InputColumn column{field, {}};
    column.column.type = ValueType::text;
    for (size_t i = 0; i < amend.records.size(); ++i) column.column.append_text(text);
    amend.columns.push_back(std::move(column));
  }
  return record::decide(state, amend);
}

}  // namespace wutong::deadline
