#include "core/deadline/wording.hpp"

#include <array>

namespace wutong::deadline {

namespace {

using record::DeadlineUnit;
using record::Title;

constexpr std::array<const char*, 7> kWeekdaysZh = {"周一", "周二", "周三", "周四",
                                                    "周五", "周六", "周日"};
constexpr std::array<const char*, 7> kWeekdaysEn = {"Mon", "Tue", "Wed", "Thu",
                                                    "Fri", "Sat", "Sun"};
constexpr int64_t kHourMs = 3'600'000, kMinuteMs = 60'000;

bool is_working(DeadlineUnit unit) {
  return unit == DeadlineUnit::working_days || unit == DeadlineUnit::working_hours;
}

Title day_words(Date day) {
  const auto at = static_cast<size_t>(day.weekday() - 1);
  return {day.to_string() + "（" + kWeekdaysZh[at] + "）",
          day.to_string() + " (" + kWeekdaysEn[at] + ")"};
}

// 3个工作日, 2 working days, 1小时30分.
Title amount_words(const record::Deadline& rule, int64_t amount) {
  const bool works = is_working(rule.unit);
  if (counts_days(rule.unit)) {
    const std::string n = std::to_string(amount);
    return {n + (works ? "个工作日" : "天"),
            n + (works ? " working day" : " day") + (amount == 1 ? "" : "s")};
  }
  const std::string hours = std::to_string(amount / kHourMs);
  const std::string minutes = std::to_string(amount % kHourMs / kMinuteMs);
  return {hours + (works ? "个工作小时" : "小时") + minutes + "分",
          hours + (works ? " working h " : " h ") + minutes + " min"};
}

// Days between two days as the clock counts them.
int64_t days_between(const record::State& state, const record::Deadline& rule, Date after,
                     Date until) {
  return is_working(rule.unit) ? state.schema().calendar().working_days(after, until)
                               : until.days() - after.days();
}

Title days_words(const record::Deadline& rule, int64_t days) {
  record::Deadline in_days = rule;
  in_days.unit = is_working(rule.unit) ? DeadlineUnit::working_days : DeadlineUnit::days;
  return amount_words(in_days, days);
}

}  // namespace

std::string label_of(const record::State& state, size_t register_index, RecordId record) {
  const record::Register& home = state.schema().registers()[register_index];
  std::vector<size_t> fields = home.name_fields;
  for (const char* name : {"title", "name", "content", "subject"}) {
    if (auto field = home.find(name)) fields.push_back(*field);
  }
  const std::string key = state.key_text(register_index, record);
  for (const size_t field : fields) {
    if (home.fields[field].kind != record::FieldKind::text || home.fields[field].personal) continue;
    const std::string text = to_string(state.value(register_index, field, record));
    if (!text.empty() && text != key) return text + "（" + key + "）";
  }
  return key;
}

Title standing(const record::State& state, const record::Deadline& rule, const Reading& reading,
               Instant now) {
  Title out;
  if (reading.status == Status::ended && reading.ended_at) {
    const Title day = day_words(reading.ended_at->day());
    out = {"已于" + day.zh + "办结", "done on " + day.en};
    if (!reading.due) return out;
    const Title due = day_words(*reading.due);
    out.zh += reading.is_late ? "，超过期限" + due.zh : "，在期限" + due.zh + "之内";
    out.en += reading.is_late ? ", after its last day " + due.en : ", in time: last day " + due.en;
    return out;
  }
  if (reading.is_late) {
    const Title due = day_words(*reading.due);
    const Title over = days_words(rule, days_between(state, rule, *reading.due, now.day()));
    out = {due.zh + "到期，已超期" + over.zh, "was due on " + due.en + ", late by " + over.en};
  } else if (reading.due) {
    const Title due = day_words(*reading.due);
    const int64_t days = days_between(state, rule, now.day(), *reading.due);
    const bool is_today = *reading.due == now.day();
    const Title left = days_words(rule, days);
    out = {due.zh + (is_today ? "到期，就是今天" : "到期，还有" + left.zh),
           "due on " + due.en + (is_today ? ", today" : ", " + left.en + " left")};
    if (!counts_days(rule.unit) && is_today) {
      const std::string clock = reading.due_at->to_string().substr(11, 5);
      out.zh += "，" + clock + "前";
      out.en += ", before " + clock;
    }
  } else {
    const Title left = amount_words(rule, reading.remaining);
    out = {"暂停中，还剩" + left.zh, "standing still, " + left.en + " left"};
  }
  if (reading.status == Status::paused && reading.paused_since) {
    const Title since = day_words(reading.paused_since->day());
    out.zh += "，自" + since.zh + "起等待";
    out.en += ", waiting since " + since.en;
  }
  if (reading.is_provisional) {
    out.zh += "（当年放假通知未发布，日期为暂定）";
    out.en += " (provisional: the year's notice of holidays is not out)";
  }
  return out;
}

Title sentence(const record::State& state, const ClockOf& clock, const record::Deadline& rule,
               const Reading& reading, Instant now) {
  const record::Register& home = state.schema().registers()[clock.register_index];
  const std::string label = label_of(state, clock.register_index, clock.record);
  const Title where = standing(state, rule, reading, now);
  return {home.title.zh + "“" + label + "”" + rule.title.zh + "：" + where.zh,
          home.title.en + " \"" + label + "\", " + rule.title.en + ": " + where.en};
}

}  // namespace wutong::deadline
