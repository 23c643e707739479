// The big screens of the demo zones, as a wall asks for them.
#include <boost/json.hpp>

#include "surface/answer/answer.hpp"
#include "tests/scenario/demo_zone.hpp"

namespace wutong::scenario {
namespace {

TEST(BigScreens, EveryTileIsAnsweredOrSaysThatNothingIsRecorded) {
  DemoZone zone({"changzhi"});
  const auto listed = answer::list_screens(zone.door(), "changzhi");
  ASSERT_TRUE(listed.has_value());
  size_t figures = 0;
  for (const auto& each : listed->at("screens").as_array()) {
    const std::string name(each.at("screen").as_string());
    const auto shown = answer::show_screen(zone.door(), "changzhi", name);
    ASSERT_TRUE(shown.has_value()) << name;
    EXPECT_TRUE(shown->at("synthetic").as_bool());
    for (const auto& tile : shown->at("tiles").as_array()) {
      const bool is_ok = tile.at("status").as_string() == "ok";
      if (!is_ok) {
        EXPECT_EQ(tile.at("error").at("code").as_string(), "screen.nothing_recorded");
      }
      if (is_ok && tile.as_object().contains("figure")) ++figures;
    }
  }
  EXPECT_EQ(figures, 11u);  // of what this zone records
  const auto unknown = answer::show_screen(zone.door(), "changzhi", "visitor");
  ASSERT_FALSE(unknown.has_value());
  EXPECT_EQ(unknown.error().error.code, "screen.unknown");
}

TEST(BigScreens, ShowNothingThatTheCallerMayNotAsk) {
  DemoZone zone({"changzhi"});
  access::Grant grant;
  grant.role = "enterprise";
  grant.zone = "changzhi";
  const answer::Door door(zone.host(), access::Principal{"somebody", {grant}, {}, false});
  const auto shown = answer::show_screen(door, "changzhi", "visitors");
  ASSERT_TRUE(shown.has_value());
  for (const auto& tile : shown->at("tiles").as_array()) {
    EXPECT_EQ(tile.at("status").as_string(), "failed");
    EXPECT_FALSE(tile.as_object().contains("figure"));
  }
}

}  // namespace
}  // namespace wutong::scenario
