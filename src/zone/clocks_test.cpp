// Reminders and the outbox over a host that stops and starts again.
#include "core/deadline/agenda.hpp"
#include "zone/test_zones.hpp"

namespace wutong::zone {
namespace {

constexpr const char* kMatter = R"(register: matter
title: {zh: 事项, en: Matter}
key: [code]
fields:
  code: {type: text, required: true, title: {zh: 编号, en: Code}}
lifecycle:
  states:
    open: {zh: 办理中, en: Open}
    done: {zh: 已办结, en: Done}
  moves:
    finish: {title: {zh: 办结, en: Finish}, from: [open], to: done, by: [clerk]}
  clocks:
    reply:
      {title: {zh: 答复, en: Reply}, working_days: 5, from: open, until: done, by: [clerk],
       remind: {before: [2], late: true, to: [clerk, head]}}
)";
constexpr const char* kCalendar = R"(calendar: late
title: {zh: 通知, en: Notice}
source: test
year: 2024
off:
  节: [2024-11-04, 2024-11-05]
)";

class Clocks : public Zones {
 protected:
  void SetUp() override {
    Issues issues;
    const pack::Files all = pack::read_files(WUTONG_SOURCE_DIR, issues);
    files_ = files();
    files_.add("packs/p/registers/matter.yaml", kMatter);
    files_.add("packs/p/registers/notice.yaml", all.find("packs/core/registers/notice.yaml")->text);
    open();
    ASSERT_TRUE(host_->create_zone("z", HashKind::sm3, files_, "admin").has_value());
    record::Request request;
    request.act = record::Act::create;
    request.actor = "test";
    request.register_name = "matter";
    request.columns.push_back({"code", {}});
    request.columns.back().column.type = ValueType::text;
    request.columns.back().column.append_text("m1");
    ASSERT_TRUE(host_->act("z", request).has_value());  // Monday 28 October: due 4 November
  }
  std::string remind() {
    auto done = host_->remind("z", {});
    return done ? std::to_string(done->rows_created) : done.error().error.code;
  }
  std::string confirm(uint64_t after, uint64_t through) {
    deadline::ConfirmRequest request;
    request.after = after;
    request.through = through;
    auto done = host_->confirm_sent("z", request);
    return done ? std::to_string(done->rows_changed) : done.error().error.code;
  }
  size_t unsent(uint64_t after) const {
    size_t count = 0;
    auto read = host_->read("z", [&](const View& view) {
      count = deadline::outbox(*view.state, after, 100)->notices.size();
    });
    EXPECT_TRUE(read.has_value());
    return count;
  }
  std::string due() const {
    std::string out;
    auto read = host_->read("z", [&](const View& view) {
      const auto told = deadline::agenda(*view.deadlines, *view.state, {}, host_->now(view), 10);
      for (const auto& item : told.items) out += item.reading.due->to_string();
    });
    EXPECT_TRUE(read.has_value());
    return out;
  }
  void set(const char* day) { clock_.set(*Instant::parse(std::string(day) + "T09:00:00+08:00")); }

  pack::Files files_;
};

TEST_F(Clocks, RemindOnceAStageAndSendNothingTwice) {
  EXPECT_EQ(due(), "2024-11-04");
  EXPECT_EQ(remind(), "record.nothing_to_do");
  set("2024-10-31");
  EXPECT_EQ(remind(), "2");  // clerk and head
  EXPECT_EQ(remind(), "record.nothing_to_do");
  EXPECT_EQ(unsent(0), 2u);
  EXPECT_EQ(confirm(0, 1), "1");
  open();  // a crash: only the log is left
  EXPECT_EQ(unsent(0), 1u);
  EXPECT_EQ(unsent(1), 1u);
  EXPECT_EQ(remind(), "record.nothing_to_do");
  EXPECT_EQ(confirm(0, 1), "record.nothing_to_do");
  EXPECT_EQ(confirm(0, 9), "record.row_not_found");
  set("2024-11-06");
  EXPECT_EQ(remind(), "2");  // late
  EXPECT_EQ(confirm(0, 4), "3");
  EXPECT_EQ(unsent(0), 0u);
}

TEST_F(Clocks, ANoticeOfHolidaysThatComesLateMovesTheLastDay) {
  set("2024-10-31");
  EXPECT_EQ(remind(), "2");
  files_.add("packs/p/calendars/late.yaml", kCalendar);
  ASSERT_TRUE(host_->adopt("z", files_, "admin", "notice").has_value());
  EXPECT_EQ(due(), "2024-11-06");
  open();
  EXPECT_EQ(due(), "2024-11-06");
  // As known before the notice.
  std::string then;
  ASSERT_TRUE(host_
                  ->read_at("z", Seq{2},
                            [&](const View& view) {
                              const auto told =
                                  deadline::agenda(*view.deadlines, *view.state, {}, view.at, 10);
                              then = told.items.at(0).reading.due->to_string();
                            })
                  .has_value());
  EXPECT_EQ(then, "2024-11-04");
}

}  // namespace
}  // namespace wutong::zone
