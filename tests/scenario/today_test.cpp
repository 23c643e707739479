// A person's day in the demo zones: what is due and late, who has not filed, and nothing that lies
// about for years.
#include <boost/json.hpp>

#include "demo/zones.hpp"
#include "surface/answer/answer.hpp"
#include "surface/cli/render.hpp"
#include "tests/scenario/demo_zone.hpp"

namespace wutong::scenario {
namespace {

namespace json = boost::json;

class Today : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    zones_ = std::make_unique<DemoZone>(std::vector<std::string>{"nanchang", "suining"},
                                        *Date::parse("2026-11-24"));
  }
  static void TearDownTestSuite() { zones_.reset(); }

  static json::object of(const std::string& zone, const std::string& role,
                         std::optional<access::Own> own = std::nullopt) {
    access::Grant grant{role, zone, std::move(own), Date::from_days(0), std::nullopt};
    const answer::Door door(zones_->host(), {role, {grant}, std::nullopt, false});
    answer::TodayInput input;
    input.zone = zone;
    const auto answered = answer::today(door, input);
    EXPECT_TRUE(answered.has_value()) << answered.error().error.zh;
    return answered ? answered->as_object() : json::object{};
  }
  static std::string first_firm() {
    std::string key;
    (void)zones_->host().read("nanchang", [&](const zone::View& view) {
      key = view.state->key_text(*view.state->schema().index_of("enterprise"), RecordId{0});
    });
    return key;
  }

  static inline std::unique_ptr<DemoZone> zones_;
};

TEST_F(Today, TheStatisticianSeesWhoHasNotFiled) {
  const json::object day = of("nanchang", "statistician");
  const json::array& unfiled = day.at("unfiled").as_array();
  ASSERT_FALSE(unfiled.empty());
  const json::object& gap = unfiled.front().as_object();
  EXPECT_EQ(gap.at("month").as_string(), "2026-10");
  EXPECT_EQ(gap.at("due_on").as_string(), "2026-11-12");
  EXPECT_TRUE(gap.at("late").as_bool());
  const auto missing = gap.at("missing").to_number<size_t>();
  const auto expected = gap.at("expected").to_number<size_t>();
  EXPECT_GT(missing, 0u);
  EXPECT_LT(missing, 30u);
  EXPECT_GT(expected, 200u);
  EXPECT_EQ(gap.at("items").as_array().size(), missing);
  // What was sent and waits to be checked is his to do.
  EXPECT_GT(day.at("items").as_array().size(), 0u);
  const std::string text = cli::render_today(day, cli::Look{});
  EXPECT_NE(text.find("应报 " + std::to_string(expected) + " 家，未报 "), std::string::npos)
      << text;
}

TEST_F(Today, TheEnterpriseSeesItsOwnReturnAndNobodyElses) {
  const json::object day = of("nanchang", "enterprise", access::Own{"enterprise", first_firm()});
  const json::array& unfiled = day.at("unfiled").as_array();
  ASSERT_EQ(unfiled.size(), 1u);
  const json::object& gap = unfiled.front().as_object();
  EXPECT_EQ(gap.at("expected").to_number<size_t>(), 1u);
  const json::object& item = gap.at("items").as_array().front().as_object();
  EXPECT_EQ(item.at("key").as_string(), first_firm());
  EXPECT_EQ(item.at("record").at("state").at("zh").as_string(), "已退回");
  for (const json::value& each : day.at("items").as_array()) {
    EXPECT_NE(std::string(each.at("key").as_string()).find(first_firm()), std::string::npos);
  }
  EXPECT_GT(day.at("items").as_array().size(), 0u);
}

TEST_F(Today, WhoMayNotReadReturnsIsToldNothingOfThem) {
  const json::object day = of("nanchang", "officer");
  EXPECT_TRUE(day.at("unfiled").as_array().empty());
}

TEST_F(Today, NothingOfSuiningIsLateForLong) {
  const answer::Door door = zones_->door();
  answer::TodayInput input;
  input.zone = "suining";
  const auto answered = answer::today(door, input);
  ASSERT_TRUE(answered.has_value());
  size_t open = 0;
  for (const json::value& each : answered->at("items").as_array()) {
    const json::object& reading = each.at("reading").as_object();
    ++open;
    if (reading.at("due_on").is_null()) continue;
    const std::string due(reading.at("due_on").as_string());
    EXPECT_GT(due, "2026-10-20") << json::serialize(each.at("sentence"));
  }
  EXPECT_GT(open, 0u);
}

}  // namespace
}  // namespace wutong::scenario
