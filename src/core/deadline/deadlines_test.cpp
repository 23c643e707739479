// The open clocks by their last day, moved forward entry by entry, against reading every record.
#include "core/deadline/deadlines.hpp"

#include <algorithm>
#include <random>
#include <set>

#include "core/deadline/agenda.hpp"
#include "core/deadline/test_clocks.hpp"
#include "core/record/act.hpp"

namespace wutong::deadline {
namespace {

using record::Act;

constexpr const char* kClocks = R"(
    reply:
      {title: {zh: 答复, en: Reply}, working_days: 5, from: submitted, pause: waiting,
       until: done, extend: {extended: 10}, by: [clerk]}
    given:
      {title: {zh: 期限, en: Last day}, due_field: due_on, until: done, until_field: done_on,
       by: [head]}
)";

using Listed = std::set<std::tuple<int32_t, uint32_t, size_t>>;  // day (waiting: -1), record, clock

class Zone {
 public:
  explicit Zone(std::shared_ptr<const record::Schema> schema)
      : state_(schema), deadlines_(std::make_shared<Deadlines>(schema, state_.versions())) {}

  bool act(Act what, const Cells& cells, const std::string& move = {}) {
    const record::Request request = request_of(what, "matter", now, cells, move);
    auto decision = record::decide(state_, request);
    if (!decision) return false;
    ledger::Entry entry;
    entry.seq = Seq{state_.position().value + 1};
    entry.at = now;
    entry.changes = std::move(decision->changes);
    EXPECT_TRUE(state_.apply(entry).has_value());
    deadlines_->apply(state_, entry);
    entries.push_back(entry);
    return true;
  }
  void adopt(std::shared_ptr<const record::Schema> schema) {
    ASSERT_TRUE(state_.adopt(std::move(schema)).has_value());
    deadlines_ = deadlines_->under(state_);
  }
  void replay(const ledger::Entry& entry) {
    ASSERT_TRUE(state_.apply(entry).has_value());
    deadlines_->apply(state_, entry);
  }

  static Listed listed(const Deadlines& deadlines, const record::State& state) {
    Listed out;
    for (int32_t d = day("2024-01-01").days(); d < day("2034-01-01").days(); ++d) {
      deadlines.due(state.version(), Date::from_days(d), Date::from_days(d),
                    [&](const ClockOf& clock) {
                      out.insert({d, clock.record.value, clock.deadline});
                    });
    }
    deadlines.waiting(state.version(), [&](const ClockOf& clock) {
      out.insert({-1, clock.record.value, clock.deadline});
    });
    return out;
  }
  // The same by reading all records.
  static Listed walked(const Deadlines& deadlines, const record::State& state) {
    Listed out;
    for (uint32_t r = 0; r < state.size(0); ++r) {
      for (size_t d = 0; d < state.schema().registers()[0].deadlines.size(); ++d) {
        const Reading reading = deadlines.read(state, {0, RecordId{r}, d}, Instant{});
        if (reading.is_open()) out.insert({reading.due ? reading.due->days() : -1, r, d});
      }
    }
    return out;
  }
  Listed listed() const { return listed(*deadlines_, state_); }
  Listed walked() const { return walked(*deadlines_, state_); }

  Instant now = at("2024-06-03T09:00");
  record::State state_;
  std::shared_ptr<Deadlines> deadlines_;
  std::vector<ledger::Entry> entries;
};

class Random {
 public:
  int pick(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random_); }
  void step(Zone& zone, size_t& records) {
    zone.now.ms += pick(0, 2 * 1440) * int64_t{60'000};
    const std::string key = "m" + std::to_string(pick(0, static_cast<int>(records)));
    const std::string date = zone.now.day().plus_days(pick(-20, 40)).to_string();
    switch (pick(0, 6)) {
      case 0:
        if (zone.act(Act::create, {{"code", "m" + std::to_string(records)}, {"due_on", date}})) {
          ++records;
        }
        return;
      case 1:
        zone.act(Act::amend, {{"code", key}, {pick(0, 2) == 0 ? "done_on" : "due_on", date}});
        return;
      case 2:
        zone.act(Act::move, {{"code", key}}, "wait");
        return;
      case 3:
        zone.act(Act::move, {{"code", key}}, pick(0, 1) == 0 ? "extend" : "finish");
        return;
      default:
        zone.act(Act::move, {{"code", key}}, "submit");
    }
  }

 private:
  std::mt19937 random_{11};
};

TEST(Deadlines, TheListIsWhatReadingAllRecordsGives) {
  Random random;
  Zone zone(schema_of(kClocks));
  size_t records = 0;
  for (int n = 0; n < 1500; ++n) {
    random.step(zone, records);
    if (n % 50 != 0) continue;
    ASSERT_EQ(zone.listed(), zone.walked()) << n;
  }
  EXPECT_EQ(zone.listed(), zone.walked());
  EXPECT_GT(zone.listed().size(), 50u);
  // Replay gives the same.
  Zone again(schema_of(kClocks));
  for (const ledger::Entry& entry : zone.entries) again.replay(entry);
  EXPECT_EQ(again.listed(), zone.listed());
}

// Other terms, and a notice of holidays that comes late.
TEST(Deadlines, AnAdoptedCatalogMovesTheDays) {
  Random random;
  Zone zone(schema_of(files_of(kClocks, false)));
  size_t records = 0;
  for (int n = 0; n < 600; ++n) random.step(zone, records);
  const Listed before = zone.listed();
  zone.adopt(schema_of(kClocks));
  EXPECT_NE(zone.listed(), before);
  EXPECT_EQ(zone.listed(), zone.walked());
  zone.adopt(schema_of(
      "    reply: {title: {zh: 答复, en: Reply}, days: 9, from: submitted, until: done}\n"));
  EXPECT_EQ(zone.listed(), zone.walked());
  for (int n = 0; n < 200; ++n) random.step(zone, records);
  EXPECT_EQ(zone.listed(), zone.walked());
}

TEST(Deadlines, ReadersKeepTheirVersion) {
  Random random;
  Zone zone(schema_of(kClocks));
  size_t records = 0;
  for (int n = 0; n < 300; ++n) random.step(zone, records);
  const record::State then = zone.state_.published();
  const auto versions = zone.state_.versions();
  versions->pin(versions->close());
  const Listed before = Zone::listed(*zone.deadlines_, then);
  EXPECT_EQ(before, Zone::walked(*zone.deadlines_, then));
  for (int n = 0; n < 300; ++n) random.step(zone, records);
  EXPECT_EQ(Zone::listed(*zone.deadlines_, then), before);
  EXPECT_EQ(Zone::walked(*zone.deadlines_, then), before);
  EXPECT_NE(zone.listed(), before);
}

TEST(Agenda, TellsWhatARoleMustDo) {
  Zone zone(schema_of(kClocks));
  zone.now = at("2024-11-04T09:00");
  for (const char* code : {"a", "b", "c"}) {
    zone.act(Act::create, {{"code", code}});
    zone.act(Act::move, {{"code", code}}, "submit");
  }
  zone.act(Act::create, {{"code", "d"}, {"due_on", "2024-11-11"}});
  zone.now = at("2024-11-05T09:00");
  zone.act(Act::move, {{"code", "b"}}, "wait");
  zone.act(Act::move, {{"code", "c"}}, "finish");
  const auto sections = [&](const char* role, const char* now) {
    std::string out;
    const Agenda told = agenda(*zone.deadlines_, zone.state_, {{role}, {}}, at(now), 10);
    for (const Item& item : told.items) {
      out += std::string(to_string(item.section)) + " " +
             zone.state_.key_text(0, item.clock.record) + " " + std::to_string(item.moves.size()) +
             "; ";
    }
    return out;
  };
  EXPECT_EQ(sections("clerk", "2024-11-08T09:00"), "later a 2; later d 1; waiting b 1; ");
  EXPECT_EQ(sections("clerk", "2024-11-11T09:00"), "today a 2; today d 1; waiting b 1; ");
  EXPECT_EQ(sections("head", "2024-11-12T09:00"), "late a 1; late d 0; ");
  EXPECT_EQ(sections("nobody", "2024-11-12T09:00"), "");
}

}  // namespace
}  // namespace wutong::deadline
