// Who of a roster has not filed: kept entry by entry, against reading everybody.
#include <algorithm>
#include <random>
#include <set>

#include "core/deadline/agenda.hpp"
#include "core/deadline/reminder.hpp"
#include "core/deadline/test_clocks.hpp"
#include "core/record/act.hpp"

namespace wutong::deadline {
namespace {

using record::Act;

pack::Files files_with(const std::string& roster) {
  pack::Files files;
  files.add("packs/p/registers/firm.yaml", R"(
register: firm
title: {zh: 企业, en: Firm}
key: [code]
names: [name]
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  name: {type: text, title: {zh: 名称, en: Name}}
  listed: {type: bool, effective: true, title: {zh: 在库, en: Listed}}
)");
  files.add("packs/p/registers/form.yaml", R"(
register: form
title: {zh: 月报, en: Form}
key: [firm, month]
fields:
  firm: {type: ref, to: firm, required: true, title: {zh: 企业, en: Firm}}
  month: {type: month, required: true, title: {zh: 月份, en: Month}}
lifecycle:
  states:
    draft: {zh: 草稿, en: Draft}
    sent: {zh: 已报, en: Sent}
    returned: {zh: 已退回, en: Returned}
  moves:
    send: {title: {zh: 上报, en: Send}, from: [draft, returned], to: sent, by: [firm]}
    return: {title: {zh: 退回, en: Return}, from: [sent], to: returned, by: [clerk]}
  clocks:
    file:
      {title: {zh: 报送期限, en: filing}, days: 12, from_field: month, until: [sent], by: [firm],
       remind: {late: true, to: [firm]},
       roster: )" + roster + "}\n");
  add_calendars(files);
  return files;
}

constexpr const char* kMonthly = "{where: listed, months: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]}";

class Zone {
 public:
  explicit Zone(std::shared_ptr<const record::Schema> schema)
      : state_(schema), deadlines_(std::make_shared<Deadlines>(schema, state_.versions())) {}

  bool act(Act what, const std::string& name, const Cells& cells, const std::string& move = {},
           std::optional<Date> valid_from = std::nullopt) {
    record::Request request = request_of(what, name, now, cells, move);
    request.valid_from = valid_from;
    auto decision = record::decide(state_, request);
    if (!decision) return false;
    ledger::Entry entry;
    entry.seq = Seq{state_.position().value + 1};
    entry.at = now;
    entry.changes = std::move(decision->changes);
    EXPECT_TRUE(state_.apply(entry).has_value());
    deadlines_->apply(state_, entry);
    return true;
  }

  // "expected missing: members", of a month.
  static std::string told(const Deadlines& deadlines, const record::State& state, Month month) {
    const auto roster = deadlines.rosters().front();
    const auto found = deadlines.unfiled(state, roster, month, SIZE_MAX);
    std::string out = std::to_string(found.expected) + " " + std::to_string(found.missing) + ":";
    for (RecordId member : found.members) out += " " + state.key_text(0, member);
    return out;
  }
  std::string kept(Month month) const { return told(*deadlines_, state_, month); }
  std::string read(Month month) const { return told(*deadlines_->under(state_), state_, month); }

  Instant now = at("2024-06-03T09:00");
  record::State state_;
  std::shared_ptr<Deadlines> deadlines_;
};

void step(Zone& zone, std::mt19937& random, int& firms) {
  const auto pick = [&](int from, int to) {
    return std::uniform_int_distribution<int>(from, to)(random);
  };
  zone.now.ms += pick(0, 3 * 1440) * int64_t{60'000};
  const std::string firm = "f" + std::to_string(pick(0, firms));
  const Month month = Month::of(zone.now.day()).plus(-pick(0, 4));
  const std::vector<std::pair<std::string, std::string>> form{{"firm", firm},
                                                              {"month", month.to_string()}};
  switch (pick(0, 5)) {
    case 0:
      if (zone.act(Act::create, "firm",
                   {{"code", "f" + std::to_string(firms)},
                    {"listed", pick(0, 2) != 0 ? "true" : "false"}})) {
        ++firms;
      }
      return;
    case 1:
      zone.act(Act::amend, "firm", {{"code", firm}, {"listed", pick(0, 1) == 0 ? "true" : "false"}},
               "", month.last_day().plus_days(pick(-2, 2)));
      return;
    case 2:
    case 3:
      zone.act(Act::create, "form", form);
      return;
    case 4:
      zone.act(Act::move, "form", form, "send");
      return;
    default:
      zone.act(Act::move, "form", form, pick(0, 3) == 0 ? "return" : "send");
  }
}

TEST(Rosters, WhatIsKeptIsWhatReadingEverybodyGives) {
  std::mt19937 random(5);
  Zone zone(schema_of(files_with(kMonthly)));
  int firms = 0;
  size_t told = 0;
  for (int n = 0; n < 3000; ++n) {
    step(zone, random, firms);
    if (n % 25 != 0) continue;
    for (int back = -1; back < 6; ++back) {
      const Month month = Month::of(zone.now.day()).plus(-back);
      ASSERT_EQ(zone.kept(month), zone.read(month)) << n << " " << month.to_string();
      told += zone.kept(month).size();
    }
  }
  EXPECT_GT(firms, 200);  // more than one word of bits
  EXPECT_GT(told, 100'000u);
}

TEST(Rosters, AReaderSeesItsOwnVersion) {
  Zone zone(schema_of(files_with(kMonthly)));
  const Month may = Month::of(2024, 5);
  for (int i = 0; i < 70; ++i) {
    zone.act(Act::create, "firm", {{"code", "f" + std::to_string(i)}, {"listed", "true"}});
  }
  EXPECT_EQ(zone.kept(may).substr(0, 6), "70 70:");
  zone.act(Act::create, "form", {{"firm", "f3"}, {"month", "2024-05"}});  // from here on it is kept
  const record::State before = zone.state_.published();
  zone.state_.versions()->pin(before.version());
  zone.state_.versions()->close();
  zone.act(Act::move, "form", {{"firm", "f3"}, {"month", "2024-05"}}, "send");
  EXPECT_EQ(Zone::told(*zone.deadlines_, before, may).substr(0, 6), "70 70:");
  EXPECT_EQ(zone.kept(may).substr(0, 6), "70 69:");
  zone.state_.versions()->unpin(before.version());
}

// What `today` asks: the months that ended, for those whom it concerns.
TEST(Rosters, GapsAreForThoseWhoFileAndThoseWhoCollect) {
  Zone zone(schema_of(files_with(kMonthly)));
  zone.act(Act::create, "firm", {{"code", "a"}, {"listed", "true"}});
  zone.act(Act::create, "firm", {{"code", "b"}, {"listed", "true"}});
  zone.act(Act::create, "firm", {{"code", "c"}, {"listed", "false"}});
  for (const char* month : {"2024-03", "2024-04", "2024-05"}) {
    zone.act(Act::create, "form", {{"firm", "b"}, {"month", month}});
    zone.act(Act::move, "form", {{"firm", "b"}, {"month", month}}, "send");
  }
  const auto told = [&](const Asker& asker) {
    std::string out;
    for (const Gap& gap : gaps(*zone.deadlines_, zone.state_, asker, zone.now, 10)) {
      out += gap.month.to_string() + " " + std::to_string(gap.unfiled.missing) + "/" +
             std::to_string(gap.unfiled.expected) + (gap.reading.is_late ? " late" : "") + " " +
             gap.reading.due->to_string() + "; ";
    }
    return out;
  };
  const std::string all =
      "2024-05 1/2 2024-06-12; 2024-04 1/2 late 2024-05-13; 2024-03 1/2 late 2024-04-12; ";
  EXPECT_EQ(told({{}, {}}), all);
  EXPECT_EQ(told({{"clerk"}, {}}), all);  // may send back what was sent
  EXPECT_EQ(told({{"visitor"}, {}}), "");
  const auto own = [&](const char* code) {
    return told({{"firm"}, std::pair{size_t{0}, *zone.state_.find(0, code)}});
  };
  EXPECT_EQ(own("a").substr(0, 23), "2024-05 1/1 2024-06-12;");
  EXPECT_EQ(own("b"), "");
  EXPECT_EQ(own("c"), "");
  // Sent back, it has not been filed.
  zone.act(Act::move, "form", {{"firm", "b"}, {"month", "2024-05"}}, "return");
  EXPECT_EQ(own("b"), "2024-05 1/1 2024-06-12; ");
}

TEST(Rosters, RemindersGoToThoseWhoHaveNothing) {
  pack::Files files = files_with(kMonthly);
  Issues issues;
  const pack::Files core = pack::read_files(WUTONG_SOURCE_DIR, issues);
  for (const pack::File* file : core.in("packs/core/registers")) {
    if (file->path.ends_with("/notice.yaml")) {
      files.add("packs/p/registers/notice.yaml", file->text);
    }
  }
  Zone zone(schema_of(files));
  for (const char* code : {"a", "b", "c"}) {
    zone.act(Act::create, "firm", {{"code", code}, {"listed", "true"}});
  }
  zone.now = at("2024-06-20T09:00");
  zone.act(Act::create, "form", {{"firm", "b"}, {"month", "2024-05"}});
  zone.act(Act::create, "form", {{"firm", "c"}, {"month", "2024-05"}});
  zone.act(Act::move, "form", {{"firm", "c"}, {"month", "2024-05"}}, "send");
  RemindRequest request;
  request.at = zone.now;
  request.actor = "clerk";
  const auto decided = decide_reminders(zone.state_, *zone.deadlines_, request);
  ASSERT_TRUE(decided.has_value());
  std::set<std::string> told;
  const ledger::Change& rows = decided->changes.front();
  for (size_t i = 0; i < rows.rows.size(); ++i) {
    std::string one;
    for (const ledger::ChangeColumn& column : rows.columns) {
      if (column.field == "subject" || column.field == "recipient") {
        one += column.column.texts[i] + " ";
      }
    }
    told.insert(one);
  }
  // A draft and nothing at all alike, each once; what was sent is left in peace.
  EXPECT_TRUE(told.contains("form/a/2024-05 firm:a ")) << told.size();
  EXPECT_TRUE(told.contains("form/b/2024-05 firm:b "));
  EXPECT_FALSE(told.contains("form/c/2024-05 firm:c "));
  EXPECT_TRUE(told.contains("form/c/2024-04 firm:c "));
  EXPECT_EQ(told.size(), rows.rows.size());
}

TEST(Rosters, AFaultyRosterIsToldWithItsPlace) {
  const auto told = [](const std::string& roster) {
    Issues issues;
    const std::vector<std::string> packs{"p"};
    EXPECT_FALSE(record::Schema::load(files_with(roster), packs, issues).has_value());
    return issues.empty() ? "" : describe_en(issues.front());
  };
  EXPECT_NE(told("{where: listd}").find("listed"), std::string::npos);
  EXPECT_NE(told("{where: listed, months: [13]}").find("a month is 1 to 12"), std::string::npos);
  EXPECT_NE(told("{months: [1]}").find("where"), std::string::npos);
}

}  // namespace
}  // namespace wutong::deadline
