// A correction to one firm's return changes every figure that depends on it, at once; explanations
// add up; a restart changes nothing; bad input changes nothing.
#include <boost/json.hpp>

#include "surface/answer/answer.hpp"
#include "surface/server/server.hpp"
#include "tests/scenario/demo_zone.hpp"

namespace wutong::scenario {
namespace {

namespace json = boost::json;

class Zone : public testing::Test {
 protected:
  static void SetUpTestSuite() { zone_ = std::make_unique<DemoZone>(); }
  static void TearDownTestSuite() { zone_.reset(); }

  static std::string value(const std::string& figure) {
    auto answered = answer::show_figure(zone_->door(), "nanchang/" + figure, "");
    if (!answered) return answered.error().error.code;
    const json::value& value = answered->at("value");
    return value.is_string() ? std::string(value.get_string()) : "none";
  }
  static json::value explanation(const std::string& figure, size_t limit) {
    auto answered = answer::explain_figure(zone_->door(), "nanchang/" + figure, "", {0, limit});
    EXPECT_TRUE(answered.has_value());
    return answered ? *answered : json::value();
  }
  static answer::Answered act(const std::string& body) {
    return answer::perform_act(zone_->door(), "nanchang", body,
                               {"tester", {"statistician"}, "", false});
  }
  static uint64_t position() { return zone_->host().zones().front().position.value; }

  static inline std::unique_ptr<DemoZone> zone_;
};

TEST_F(Zone, RecordsThatAFigureListsAddUpToIt) {
  json::value all = explanation("industrial_output/2024-01..09/yoy", 100'000);
  Decimal now(0), base(0);
  for (const json::value& record : all.at("records").as_array()) {
    Decimal amount = *Decimal::parse(std::string_view(record.at("amount").as_string()));
    (record.at("part").as_string() == "value" ? now : base) =
        *add(record.at("part").as_string() == "value" ? now : base, amount);
  }
  EXPECT_EQ(now.to_string_short(), all.at("value_total").as_string());
  EXPECT_EQ(base.to_string_short(), all.at("base_total").as_string());
  auto growth = mul_div(*sub(now, base), Decimal(100), base, 1, Rounding::half_up);
  EXPECT_EQ(growth->to_string(), "19.8");
  EXPECT_EQ(all.at("record_count").to_number<size_t>(), all.at("records").as_array().size());
}

TEST_F(Zone, CorrectingOneReturnChangesEveryFigureThatDependsOnIt) {
  const char* kFigures[] = {"industrial_output/2024-01..09", "industrial_output/2024-01..09/yoy",
                            "industrial_revenue/2024-Q3/yoy",
                            "industrial_value_added/2024-01..09/gap_pp:nation",
                            "hightech_share_of_industrial_value_added/2024-01..09"};
  json::value largest = explanation("industrial_output/2024-01..09", 1).at("records").as_array()[0];
  std::string key(largest.at("key").as_string());
  std::vector<std::string> before;
  for (const char* figure : kFigures) before.push_back(value(figure));
  size_t slash = key.find('/');
  auto done = act(
      R"({"act":"record.amend","register":"monthly_return","note":"更正","rows":[{"enterprise":")" +
      key.substr(0, slash) + R"(","month":"2024-09","output":"9000000000",)" +
      R"("revenue":9000000000.25,"value_added_constant":"4000000000"}]})");
  ASSERT_TRUE(done.has_value()) << describe_en(done.error().error);
  for (size_t i = 0; i < before.size(); ++i)
    EXPECT_NE(value(kFigures[i]), before[i]) << kFigures[i];
  auto equal = answer::compare_recomputed(zone_->door(), "nanchang");
  ASSERT_TRUE(equal.has_value());
  EXPECT_TRUE(equal->at("equal").as_bool()) << *equal;
  std::vector<std::string> after;
  for (const char* figure : kFigures) after.push_back(value(figure));
  zone_->reopen();
  for (size_t i = 0; i < after.size(); ++i) EXPECT_EQ(value(kFigures[i]), after[i]) << kFigures[i];
}

TEST_F(Zone, RefusesBadActsAndChangesNothing) {
  struct Case {
    const char* body;
    const char* code;
  };
  constexpr Case kCases[] = {
      {"", "json.malformed"},
      {"{\"act\":", "json.malformed"},
      {"[]", "act.malformed"},
      {R"({"act":"record.amned","register":"area","rows":[{}]})", "act.malformed"},
      {R"({"act":"record.create","register":"aera","rows":[{"code":"x"}]})",
       "record.unknown_register"},
      {R"({"act":"record.create","register":"area","rows":[]})", "act.malformed"},
      {R"({"act":"record.create","register":"area","rows":[{"cod":"x"}]})", "record.unknown_field"},
      {R"({"act":"record.create","register":"area","rows":[{"code":{"x":1}}]})", "act.malformed"},
      {R"({"act":"record.create","register":"area","rows":[{"code":"x"}],"extra":1})",
       "act.malformed"},
      {R"({"act":"record.create","register":"area","rows":[{"code":"x","name":"X"}]})",
       "record.required_missing"},
      {R"({"act":"record.create","register":"population",)"
       R"("rows":[{"area":"nanchang_htz","on_day":"2020-13-45","persons":"1"}]})",
       "record.value_malformed"},
      {R"({"act":"record.create","register":"population",)"
       R"("rows":[{"area":"nanchang_htz","on_day":"2020-01-01","persons":1.5}]})",
       "record.value_malformed"},
      {R"({"act":"record.create","register":"population",)"
       R"("rows":[{"area":"nanchang_htz","on_day":"2020-01-01","persons":99999999999999999999}]})",
       "record.value_malformed"},
  };
  uint64_t before = position();
  for (const Case& c : kCases) {
    auto done = act(c.body);
    ASSERT_FALSE(done.has_value()) << c.body;
    EXPECT_EQ(done.error().error.code, c.code) << c.body;
    EXPECT_FALSE(done.error().error.zh.empty());
  }
  EXPECT_EQ(position(), before);
}

TEST_F(Zone, AnswersUnknownNamesWithTheNearest) {
  EXPECT_EQ(value("industrial_outputs/2024-01..09"), "figure.unknown_indicator");
  auto answered = answer::show_figure(zone_->door(), "nanchagn/gdp/2024-01..09", "");
  ASSERT_FALSE(answered.has_value());
  EXPECT_NE(answered.error().error.en.find("did you mean nanchang"), std::string::npos);
  EXPECT_FALSE(answer::show_figure(zone_->door(), "nanchang/gdp/2024-13", "").has_value());
}

TEST_F(Zone, ImportsWholeOrNotAtAll) {
  std::string csv = "area,indicator,period,value\n";
  for (int i = 0; i < 10'000; ++i) {
    bool is_bad = i == 39 || i == 75 || i == 1201;
    csv += "china,bulk_" + std::to_string(i) + ",2023," + (is_bad ? "abc" : "1.5") + "\n";
  }
  uint64_t before = position();
  answer::ImportInput input{"observation", "bulk.csv", csv, "", {}};
  auto refused = answer::import_rows(zone_->door(), "nanchang", input, {"tester", {}, "", false});
  ASSERT_FALSE(refused.has_value());
  ASSERT_EQ(refused.error().faults.size(), 3u);
  EXPECT_EQ(to_string(refused.error().faults[0].place), "bulk.csv:41 [value]");
  EXPECT_EQ(position(), before);
}

TEST_F(Zone, RepeatsAnActOnlyOnce) {
  answer::Caller caller{"tester", {}, "key-1", false};
  std::string body = R"({"act":"record.create","register":"event",)"
                     R"("rows":[{"code":"e1","kind":"visit","name":"来访","held":"2024-10-D2"}]})";
  auto first = answer::perform_act(zone_->door(), "nanchang", body, caller);
  auto second = answer::perform_act(zone_->door(), "nanchang", body, caller);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->at("seq"), second->at("seq"));
  zone_->reopen();
  auto third = answer::perform_act(zone_->door(), "nanchang", body, caller);
  ASSERT_TRUE(third.has_value());
  EXPECT_EQ(first->at("seq"), third->at("seq"));
}

TEST_F(Zone, AnswersEarlierPositionsAsTheirReplayDoes) {
  const zone::Host& host = zone_->host();
  constexpr const char* kQuestions[] = {"2024-01..09", "2024-01..09/yoy", "2024-Q3",
                                        "2023",        "2024-09/mom",     "@2024-09-30"};
  const uint64_t last = position();
  for (uint64_t seq : {last, last - 1, last - 5, last / 2, last / 4, uint64_t{2}}) {
    auto read = host.read_at("nanchang", Seq{seq}, [&](const zone::View& view) {
      for (const std::string& name : view.catalog->indicators->names()) {
        for (const char* asked : kQuestions) {
          auto question = *indicator::parse_identity("nanchang/" + name + "/" + asked);
          auto replayed = view.figures->figure(*view.state, question);
          auto told = host.figure_at(question, Seq{seq}, zone::DefinitionsOf::then);
          const std::string what = identity(question) + " at " + std::to_string(seq);
          ASSERT_EQ(replayed.has_value(), told.has_value()) << what;
          if (!replayed) continue;
          EXPECT_EQ(replayed->status, told->status) << what;
          EXPECT_EQ(replayed->value, told->value) << what;
          EXPECT_EQ(replayed->exact, told->exact) << what;
        }
      }
    });
    ASSERT_TRUE(read.has_value());
  }
}

TEST_F(Zone, GivesTheSameAnswersOverHttp) {
  net::HttpOptions options;
  options.port = 0;
  server::Service service{zone_->host(), nullptr, "key", nullptr, false};
  auto server = server::serve(service, options);
  ASSERT_TRUE(server.has_value());
  auto ask = [&](const std::string& method, const std::string& target, const std::string& body) {
    auto response = net::http_request("127.0.0.1", (*server)->port(), method, target, body,
                                      {{"authorization", "Local key"}});
    return response ? std::to_string(response->status) + " " + response->body : response.error().en;
  };
  auto direct = answer::show_figure(zone_->door(), "nanchang/gdp/2024-01..09/yoy", "");
  EXPECT_EQ(ask("GET", "/v1/figures/nanchang/gdp/2024-01..09/yoy", ""),
            "200 " + answer::to_text(*direct, false));
  EXPECT_TRUE(ask("GET", "/v1/figures/nanchang/gdpp/2024-01..09", "").starts_with("404 "));
  EXPECT_TRUE(ask("GET", "/v1/nothing", "").starts_with("404 "));
  EXPECT_TRUE(ask("DELETE", "/v1/zones", "").starts_with("405 "));
  EXPECT_TRUE(ask("POST", "/v1/zones/nanchang/acts", "{").starts_with("400 "));
  EXPECT_TRUE(ask("GET", "/", "").starts_with("404 "));  // no console is handed in here
  EXPECT_TRUE(
      ask("POST", "/v1/pages/check", "南昌高新区2024年前三季度GDP达739.4亿元。").find("verified") !=
      std::string::npos);
  net::HttpOptions open;
  open.address = "0.0.0.0";
  EXPECT_EQ(server::serve(service, open).error().kind, ErrorKind::denied);
}

}  // namespace
}  // namespace wutong::scenario
