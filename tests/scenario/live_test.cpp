// Live events: who is told what, for how long, from where on.
#include "tests/scenario/doors.hpp"

namespace wutong::scenario {
namespace {

class Live : public Doors {
 protected:
  void amend(const std::string& output) {
    const std::string body = R"({"act":"record.amend","register":"monthly","rows":[)"
                             R"({"enterprise":"a","month":"2024-09","output":")" +
                             output + "\"}]}";
    const auto done = call("POST", "v1/zones/z/acts", body, {{"authorization", "Local the-key"}});
    ASSERT_EQ(done.status, 200) << done.body;
  }
  uint64_t position(const char* zone) {
    for (const auto& summary : zone_.host().zones()) {
      if (summary.zone == zone) return summary.position.value;
    }
    return 0;
  }
  std::string at(const char* zone) {
    return std::string(zone) + ":" + std::to_string(position(zone));
  }
  // All that the stream has to say now.
  static std::string rest(net::BodySource& stream) {
    std::string out;
    while (true) {
      const auto piece = stream.next();
      out += piece.bytes;
      if (piece.is_end) return out + "END";
      if (piece.bytes.empty()) return out;
    }
  }
};

TEST_F(Live, TellsTheNewestPositionOnly) {
  make("firm_a", "firm", "enterprise/a");
  const Signed firm = sign_in("firm_a");
  auto opened = call("GET", "v1/live", "", firm.reads);
  ASSERT_EQ(opened.status, 200) << opened.body;
  EXPECT_EQ(opened.content_type, "text/event-stream; charset=utf-8");
  const std::string first = rest(*opened.stream);
  EXPECT_NE(first.find("id: " + at("z") + "\n"), first.npos) << first;
  EXPECT_EQ(first.find("system"), first.npos) << "a zone that he has no role in";
  live_->look();
  EXPECT_EQ(rest(*opened.stream), "");
  for (int i = 0; i < 1000; ++i) amend(std::to_string(i));
  live_->look();
  const std::string next = rest(*opened.stream);
  EXPECT_NE(next.find("id: " + at("z") + "\ndata: {\"zones\":[{\"zone\":\"z\""), next.npos) << next;
  EXPECT_EQ(next.find("event:", 10), next.npos) << "999 states were skipped";
}

TEST_F(Live, GoesOnWhereItWas) {
  const std::map<std::string, std::string> local{{"authorization", "Local the-key"}};
  auto headers = local;
  headers["last-event-id"] = at("system") + "," + at("z");
  EXPECT_EQ(rest(*call("GET", "v1/live", "", headers).stream), "retry: 2000\n\n");
  amend("7");
  const std::string missed = rest(*call("GET", "v1/live", "", headers).stream);
  EXPECT_NE(missed.find(R"([{"zone":"z","position":)" + std::to_string(position("z"))), missed.npos)
      << missed;
  for (const char* id : {"nonsense", "z:x", ":1", "z:99999999999999999999"}) {
    headers["last-event-id"] = id;
    const std::string all = rest(*call("GET", "v1/live", "", headers).stream);
    EXPECT_NE(all.find("\"system\""), all.npos) << id;
  }
}

TEST_F(Live, EndsWithTheSession) {
  make("firm_a", "firm", "enterprise/a");
  const Signed firm = sign_in("firm_a");
  auto opened = call("GET", "v1/live?zone=z", "", firm.reads);
  rest(*opened.stream);
  EXPECT_EQ(call("DELETE", "v1/session", "", firm.writes).status, 200);
  amend("5");
  live_->look();
  EXPECT_EQ(rest(*opened.stream), "END");
  EXPECT_EQ(call("GET", "v1/live", "", firm.reads).status, 401);
}

TEST_F(Live, SaysNothingMoreOnceTheGrantHasEnded) {
  make("firm_a", "firm", "enterprise/a");
  const Signed firm = sign_in("firm_a");
  auto opened = call("GET", "v1/live", "", firm.reads);
  rest(*opened.stream);
  const account::By by{"local:test", nullptr};
  const auto code = accounts_->list().front().grant_codes.front();
  ASSERT_TRUE(accounts_->end_grant(by, code, "2024-10-01").has_value());
  amend("5");
  live_->look();
  EXPECT_EQ(rest(*opened.stream), "");
  EXPECT_EQ(call("GET", "v1/live?zone=z", "", firm.reads).status, 404);
  EXPECT_EQ(call("GET", "v1/live?zone=z", "", firm.reads).body.size(),
            call("GET", "v1/live?zone=y", "", firm.reads).body.size());
}

TEST_F(Live, DoesNotKeepASessionFromBeingIdle) {
  make("firm_a", "firm", "enterprise/a");
  const Signed firm = sign_in("firm_a");
  auto opened = call("GET", "v1/live", "", firm.reads);
  for (int minute = 0; minute < 31; ++minute) {
    clock_.advance_ms(60'000);
    amend(std::to_string(minute));
    live_->look();
    if (minute >= 29) continue;
    EXPECT_EQ(rest(*opened.stream).find("END"), std::string::npos) << minute;
  }
  EXPECT_EQ(rest(*opened.stream), "END");
}

TEST_F(Live, TakesSoManyStreamsOfAnAccount) {
  make("firm_a", "firm", "enterprise/a");
  const Signed firm = sign_in("firm_a");
  std::vector<net::HttpResponse> open;
  for (int i = 0; i < server::LiveFeed::kStreamsMax; ++i) {
    open.push_back(call("GET", "v1/live", "", firm.reads));
    ASSERT_EQ(open.back().status, 200);
  }
  const auto refused = call("GET", "v1/live", "", firm.reads);
  EXPECT_EQ(refused.status, 429);
  EXPECT_NE(refused.body.find("\"status\":429"), refused.body.npos) << refused.body;
  EXPECT_EQ(live_->streams(), open.size());
  open.pop_back();
  EXPECT_EQ(call("GET", "v1/live", "", firm.reads).status, 200);
  open.clear();
  EXPECT_EQ(live_->streams(), 0u);
}

TEST_F(Live, SaysFromTimeToTimeThatItIsThere) {
  auto opened = call("GET", "v1/live", "", {{"authorization", "Local the-key"}});
  rest(*opened.stream);
  std::string said;
  for (int i = 0; i < 200; ++i) {
    live_->look();
    said += rest(*opened.stream);
  }
  EXPECT_EQ(said, ":\n\n:\n\n");
}

}  // namespace
}  // namespace wutong::scenario
