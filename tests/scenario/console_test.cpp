// What the web console asks for, and how its files are served.
#include "surface/server/console.hpp"

#include <gmock/gmock.h>

#include "surface/server/server.hpp"
#include "tests/scenario/access_zone.hpp"

namespace wutong::scenario {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

constexpr server::Asset kAssets[] = {
    {"index.html", "text/html; charset=utf-8", "\"i\"", "<html>", "", ""},
    {"assets/a-1.js", "text/javascript; charset=utf-8", "\"a\"", "plain", "gz", "br"}};

net::HttpRequest get(std::vector<std::string> segments,
                     std::map<std::string, std::string> headers = {}) {
  net::HttpRequest request;
  request.method = "GET";
  request.segments = std::move(segments);
  request.headers = std::move(headers);
  return request;
}
std::string header(const net::HttpResponse& response, const std::string& name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return "";
}

TEST(ConsoleFiles, GoOutAsTheBrowserTakesThem) {
  const auto packed = [&](const std::string& accepted) {
    return server::console_response(kAssets,
                                    get({"assets", "a-1.js"}, {{"accept-encoding", accepted}}));
  };
  EXPECT_EQ(packed("gzip, deflate, br").body, "br");
  EXPECT_EQ(header(packed("br;q=1.0"), "content-encoding"), "br");
  EXPECT_EQ(packed("gzip").body, "gz");
  EXPECT_EQ(packed("identity").body, "plain");
  EXPECT_THAT(header(packed(""), "cache-control"), HasSubstr("immutable"));
}

TEST(ConsoleFiles, APathOfAPlaceIsThePageItself) {
  const auto place = server::console_response(kAssets, get({"registers", "enterprise"}));
  EXPECT_EQ(place.body, "<html>");
  EXPECT_EQ(header(place, "cache-control"), "no-cache");
  EXPECT_EQ(header(place, "content-security-policy").find("unsafe"), std::string::npos);
  EXPECT_EQ(server::console_response(kAssets, get({"assets", "gone.js"})).status, 404);
  const auto same = server::console_response(kAssets, get({}, {{"if-none-match", "\"i\""}}));
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.body, "");
}

TEST(ConsoleFiles, TheApiIsNotTheirs) {
  EXPECT_FALSE(server::is_for_console(kAssets, get({"v1", "nothing"})));
  EXPECT_FALSE(server::is_for_console(kAssets, get({"metrics"})));
  EXPECT_FALSE(server::is_for_console({}, get({})));
  net::HttpRequest written = get({});
  written.method = "POST";
  EXPECT_FALSE(server::is_for_console(kAssets, written));
}

class ConsoleAnswers : public testing::Test {
 protected:
  void SetUp() override {
    zone_.set_roles({{"packs/p/roles/clerk.yaml",
                      "role: clerk\ntitle: {zh: 统计员, en: Clerk}\nregisters:\n"
                      "  - {of: [monthly], may: [read, move]}\nfigures: all\n"}});
  }
  access::Principal clerk() {
    access::Principal out;
    out.account = "clerk";
    out.grants = {{"clerk", "z", std::nullopt, Date::from_days(0), std::nullopt}};
    return out;
  }
  AccessZone zone_;
};

TEST_F(ConsoleAnswers, ARegisterIsToldAsFarAsItMayBeKnown) {
  const answer::Door door(zone_.host(), clerk());
  auto answered = answer::list_registers(door, "z");
  ASSERT_TRUE(answered.has_value());
  const auto& registers = answered->at("registers").as_array();
  ASSERT_EQ(registers.size(), 1U);
  EXPECT_EQ(registers[0].at("register").as_string(), "monthly");
  EXPECT_EQ(registers[0].at("may"), json::parse(R"({"read":"all","move":"all"})"));
  EXPECT_FALSE(registers[0].at("fields").as_array().empty());
  EXPECT_GT(answer::list_registers(answer::Door::local(zone_.host()), "z")
                ->at("registers")
                .as_array()
                .size(),
            1U);
  EXPECT_FALSE(answer::list_registers(door, "nothing").has_value());
}

TEST_F(ConsoleAnswers, ManyFiguresAreAskedForAtOnceAndEachMayFail) {
  const answer::Door door(zone_.host(), clerk());
  auto answered =
      answer::show_figures(door, R"({"figures":["z/output/2024-09","z/nothing/2024"]})", {});
  ASSERT_TRUE(answered.has_value());
  const auto& figures = answered->at("figures").as_array();
  EXPECT_EQ(figures[0], *answer::show_figure(door, "z/output/2024-09", {}));
  EXPECT_EQ(figures[1].at("problem").at("code").as_string(), "figure.unknown_indicator");
  EXPECT_EQ(answer::show_figures(door, R"({"figures":[1]})", {}).error().error.code,
            "figures.malformed");
}

TEST_F(ConsoleAnswers, EntriesAreForThoseWhoAudit) {
  EXPECT_EQ(
      answer::list_entries(answer::Door(zone_.host(), clerk()), "z", 0, 10).error().error.code,
      "access.denied");
  const auto local = answer::Door::local(zone_.host());
  auto newest = answer::list_entries(local, "z", 0, 2);
  ASSERT_TRUE(newest.has_value());
  EXPECT_EQ(newest->at("entries").as_array().size(), 2U);
  const auto next = newest->at("next").to_number<size_t>();
  auto older = answer::list_entries(local, "z", next, 1000);
  EXPECT_EQ(older->at("entries").as_array().size() + 2, newest->at("position").to_number<size_t>());
  EXPECT_TRUE(older->at("next").is_null());
}

TEST_F(ConsoleAnswers, IndicatorsNameTheNewestPeriodThatIsRecorded) {
  auto answered = answer::list_indicators(answer::Door(zone_.host(), clerk()), "z");
  ASSERT_TRUE(answered.has_value());
  size_t periods = 0;
  for (const auto& one : answered->at("indicators").as_array()) {
    periods += one.at("newest").as_object().size();
    for (const auto& [kind, period] : one.at("newest").as_object()) {
      const std::string identity = "z/" + std::string(one.at("indicator").as_string()) + "/" +
                                   std::string(period.as_string());
      const auto figure = answer::show_figure(answer::Door::local(zone_.host()), identity, {});
      ASSERT_TRUE(figure.has_value()) << identity;
      EXPECT_EQ(figure->at("status").as_string(), "value") << identity;
    }
  }
  EXPECT_GT(periods, 0U);
}

}  // namespace
}  // namespace wutong::scenario
