// Reminders and the outbox. A reminder is a row of the register `notice` of the pack core: which
// record, which clock, which run and stage of it, and to whom; the five are its key, so that nobody
// is reminded twice of one stage. What a gateway has to send is what it has not confirmed.
//
// Pure acts, as core/record/act.hpp: what they give becomes one entry.
#pragma once

#include "core/deadline/deadlines.hpp"
#include "core/record/act.hpp"

namespace wutong::deadline {

constexpr std::string_view kNotice = "notice";  // the register

struct RemindRequest {
  Instant at;
  std::string actor;
  // Empty: all that is due by the rules of the clocks. Else the open clocks of one record, whatever
  // their rules say.
  std::string register_name;
  std::string key;
  std::string note;
};
// Refused: nothing_to_do where nobody is to be reminded (any more); unknown_register where the zone
// has no register `notice`.
tl::expected<record::Decision, record::Refusal> decide_reminders(const record::State& state,
                                                                 const Deadlines& deadlines,
                                                                 const RemindRequest& request);

// The stage that a clock is in on a day: "late", "before_3" …; "" where none has come yet.
std::string stage_of(const record::Deadline& rule, const Reading& reading,
                     const WorkCalendar& calendar, Instant now);

// Notices in the order in which they were made, from number `after` + 1 on, that no gateway has
// confirmed. A notice's number is that of its record.
struct Outbox {
  std::vector<RecordId> notices;
  uint64_t next = 0;  // cursor: ask again with this as `after`
};
std::optional<Outbox> outbox(const record::State& state, uint64_t after, size_t limit);

struct ConfirmRequest {
  Instant at;
  std::string actor;
  uint64_t after = 0, through = 0;  // the numbers after + 1 .. through were sent
  std::string channel;              // by which way, as the gateway calls it
  std::string note;
};
// What was confirmed before stays as it was. Refused: nothing_to_do.
tl::expected<record::Decision, record::Refusal> decide_confirmation(const record::State& state,
                                                                    const ConfirmRequest& request);

}  // namespace wutong::deadline
