#include "core/deadline/reading.hpp"

#include "core/deadline/test_clocks.hpp"

namespace wutong::deadline {
namespace {

constexpr size_t kDraft = 0, kSubmitted = 1, kWaiting = 2, kExtended = 3, kDone = 4;

const char* const kReply = R"(
    reply:
      {title: {zh: 答复, en: Reply}, working_days: 5, from: submitted, pause: waiting,
       until: done, extend: {extended: 10}}
)";

struct Clock {
  explicit Clock(const std::string& text) : schema(schema_of(text)) {}
  Reading read(const std::vector<StateEvent>& events, const std::string& now,
               History fields = {}) const {
    fields.events = events;
    return deadline::read(schema->registers()[0].deadlines[0], fields, schema->calendar(), at(now));
  }
  std::string due(const std::vector<StateEvent>& events) const {
    const Reading reading = read(events, "2026-06-01T00:00");
    return reading.due ? reading.due->to_string() : "";
  }
  std::shared_ptr<const record::Schema> schema;
};

std::string limit(int days) {
  return "    a: {title: {zh: 限, en: L}, working_days: " + std::to_string(days) +
         ", from: submitted, until: done}\n";
}

// domain.md section 12: the day of acceptance is not counted.
TEST(Reading, WorkingDaysOf2026) {
  struct Case {
    const char* accepted;
    int days;
    const char* due;
  };
  for (const auto& [accepted, days, due] :
       {Case{"2026-02-12T10:00", 5, "2026-02-26"}, Case{"2026-09-18T10:00", 7, "2026-09-29"},
        Case{"2026-09-29T10:00", 3, "2026-10-09"}}) {
    EXPECT_EQ(Clock(limit(days)).due({{at(accepted), kSubmitted}}), due);
  }
}

TEST(Reading, TheYear2026Has248WorkingDays) {
  const auto schema = schema_of(limit(1));
  const int months[] = {21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23};
  for (int m = 1; m <= 12; ++m) {
    const Month month = Month::of(2026, m);
    EXPECT_EQ(schema->calendar().working_days(month.first_day().plus_days(-1), month.last_day()),
              months[m - 1]);
  }
  EXPECT_EQ(schema->calendar().working_days(day("2025-12-31"), day("2026-12-31")), 248);
}

TEST(Reading, APauseTakesAwayTheDaysWhoseEndLiesInIt) {
  const Clock clock(kReply);
  // Monday; without a pause the following Monday.
  const StateEvent start{at("2024-11-04T09:00"), kSubmitted};
  EXPECT_EQ(clock.due({start}), "2024-11-11");
  // Within one day nothing is lost; over two midnights two days.
  EXPECT_EQ(
      clock.due({start, {at("2024-11-05T09:00"), kWaiting}, {at("2024-11-05T23:00"), kSubmitted}}),
      "2024-11-11");
  EXPECT_EQ(
      clock.due({start, {at("2024-11-05T09:00"), kWaiting}, {at("2024-11-07T09:00"), kSubmitted}}),
      "2024-11-13");
  const Reading paused =
      clock.read({start, {at("2024-11-06T09:00"), kWaiting}}, "2024-11-20T09:00");
  EXPECT_EQ(paused.status, Status::paused);
  EXPECT_FALSE(paused.due.has_value());
  EXPECT_EQ(paused.worked, 1);
  EXPECT_EQ(paused.remaining, 4);
  EXPECT_FALSE(paused.is_late);
}

TEST(Reading, AnExtensionCountsOnceAndInTime) {
  const Clock clock(kReply);
  const StateEvent start{at("2024-11-04T09:00"), kSubmitted};
  EXPECT_EQ(clock.due({start, {at("2024-11-11T17:00"), kExtended}}), "2024-11-25");
  EXPECT_EQ(
      clock.due({start, {at("2024-11-07T17:00"), kExtended}, {at("2024-11-08T17:00"), kExtended}}),
      "2024-11-25");
  EXPECT_EQ(clock.due({start, {at("2024-11-12T00:00"), kExtended}}), "2024-11-11");
}

TEST(Reading, LateFromTheEndOfTheLastDay) {
  const Clock clock(kReply);
  const StateEvent start{at("2024-11-04T09:00"), kSubmitted};
  EXPECT_FALSE(clock.read({start}, "2024-11-11T23:59").is_late);
  const Reading late = clock.read({start}, "2024-11-12T00:00");
  EXPECT_TRUE(late.is_late);
  EXPECT_EQ(late.due_at, at("2024-11-12T00:00"));
  EXPECT_EQ(late.remaining, 0);
  EXPECT_FALSE(clock.read({start, {at("2024-11-11T23:59"), kDone}}, "2024-12-01T00:00").is_late);
  const Reading ended = clock.read({start, {at("2024-11-13T08:00"), kDone}}, "2024-12-01T00:00");
  EXPECT_TRUE(ended.is_late);
  EXPECT_EQ(ended.status, Status::ended);
  EXPECT_EQ(ended.due, day("2024-11-11"));
}

TEST(Reading, StartsAgainAfterItEnded) {
  const Clock clock(kReply);
  const Reading again = clock.read({{at("2024-11-04T09:00"), kSubmitted},
                                    {at("2024-11-05T09:00"), kDone},
                                    {at("2024-11-18T09:00"), kSubmitted}},
                                   "2024-11-19T09:00");
  EXPECT_EQ(again.run, 2);
  EXPECT_EQ(again.due, day("2024-11-25"));
}

TEST(Reading, CalendarDaysThatEndOnADayOffEndOnTheNextWorkingDay) {
  const std::string head = "    a: {title: {zh: 限, en: L}, days: 7, from: submitted, until: done";
  const StateEvent start{at("2024-09-26T09:00"), kSubmitted};  // 7 days on is 3 October
  EXPECT_EQ(Clock(head + "}\n").due({start}), "2024-10-08");
  EXPECT_EQ(Clock(head + ", holiday: stay}\n").due({start}), "2024-10-03");
  const Reading reading = Clock(head + "}\n").read({start}, "2024-10-01T00:00");
  EXPECT_FALSE(reading.is_provisional);
}

TEST(Reading, HoursAndWorkingHours) {
  const StateEvent friday{at("2024-11-08T16:30"), kSubmitted};
  const Clock hours("    a: {title: {zh: 限, en: L}, hours: 2, from: submitted, until: done}\n");
  EXPECT_EQ(hours.read({friday}, "2024-11-08T17:00").due_at, at("2024-11-08T18:30"));
  const Clock office(
      "    a: {title: {zh: 限, en: L}, working_hours: 2, from: submitted, until: done}\n");
  EXPECT_EQ(office.read({friday}, "2024-11-08T17:00").due_at, at("2024-11-11T10:00"));
}

TEST(Reading, DaysOfFields) {
  const Clock given(
      "    a: {title: {zh: 限, en: L}, due_field: due_on, until: done, until_field: done_on}\n");
  const std::vector<StateEvent> events{{at("2024-11-04T09:00"), kDraft}};
  History fields;
  fields.on = day("2024-11-09");
  EXPECT_EQ(given.read(events, "2024-11-08T09:00", fields).remaining, 2);
  EXPECT_TRUE(given.read(events, "2024-11-10T09:00", fields).is_late);
  fields.until = day("2024-11-09");
  EXPECT_EQ(given.read(events, "2024-11-20T09:00", fields).status, Status::ended);
  EXPECT_FALSE(given.read(events, "2024-11-20T09:00", fields).is_late);

  const Clock from(
      "    a: {title: {zh: 限, en: L}, working_days: 5, from_field: accepted_on, until: done}\n");
  EXPECT_EQ(from.read(events, "2024-11-08T09:00").status, Status::idle);
  fields = {};
  fields.from = day("2024-11-01");
  EXPECT_EQ(from.read(events, "2024-11-08T09:00", fields).due, day("2024-11-08"));
}

TEST(Reading, SaysThatACalendarIsProvisional) {
  const Reading reading =
      Clock(limit(20)).read({{at("2026-12-20T09:00"), kSubmitted}}, "2026-12-21T09:00");
  EXPECT_TRUE(reading.is_provisional);
  EXPECT_EQ(reading.due, day("2027-01-18"));  // 1 January is off
}

TEST(Clocks, FaultsStandWithPlaceAndBothLanguages) {
  Issues issues;
  const std::vector<std::string> packs{"p"};
  const auto schema = record::Schema::load(
      files_of("    a: {title: {zh: 限, en: L}, working_days: 0, days: 5, from: gone, until: done, "
               "pause: done, until_field: code}\n"),
      packs, issues);
  EXPECT_FALSE(schema.has_value());
  EXPECT_EQ(issues.size(), 5u);
  for (const Error& each : issues) {
    EXPECT_EQ(each.place.file, "packs/p/registers/matter.yaml");
    EXPECT_GT(each.place.line, 20);
    EXPECT_FALSE(each.zh.empty() || each.en.empty());
  }
}

}  // namespace
}  // namespace wutong::deadline
