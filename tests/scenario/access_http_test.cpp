// The doors of the server: nothing without a proof, sessions with their CSRF token, tokens with
// their scopes, the local key, the first set-up.
#include "tests/scenario/doors.hpp"

namespace wutong::scenario {
namespace {

TEST_F(Doors, EveryRouteIsShutWithoutAProof) {
  const std::string expected = call("GET", "v1/zones").body;
  for (const auto& [method, pattern] : server::guarded_routes()) {
    for (const char* zone : {"z", "nothing"}) {
      std::string path = pattern;
      for (size_t at = path.find("{}"); at != path.npos; at = path.find("{}")) {
        path.replace(at, 2, zone);
      }
      if (path.ends_with("*")) path.replace(path.size() - 1, 1, "output");
      for (const std::map<std::string, std::string>& headers :
           {std::map<std::string, std::string>{},
            {{"authorization", "Local wrong"}},
            {{"authorization", "Local "}},
            {{"authorization", "Bearer wt_00"}},
            {{"cookie", "wutong_session=00"}},
            {{"wutong-actor", "boss"}, {"wutong-roles", "system"}}}) {
        auto response = call(method, path, "{}", headers);
        EXPECT_EQ(response.status, 401) << method << " " << path;
        EXPECT_EQ(response.body, expected) << method << " " << path;
        EXPECT_EQ(json::parse(response.body).at("status").to_number<int>(), 401);
      }
    }
  }
  EXPECT_EQ(call("GET", "livez").status, 200);
  EXPECT_EQ(call("GET", "").body.find("甲区"), std::string::npos);
}

TEST_F(Doors, OpenAsFarAsTheRoleGoes) {
  make("firm_a", "firm", "enterprise/a");
  make("clerk", "clerk", "");
  const Signed firm = sign_in("firm_a"), clerk = sign_in("clerk");
  struct Case {
    const char* path;
    int firm, clerk;
  };
  constexpr Case kCases[] = {{"v1/me", 200, 200},
                             {"v1/zones", 200, 200},
                             {"v1/zones/z/records/monthly/a/2024-09", 200, 200},
                             {"v1/zones/z/records/monthly/b/2024-09", 404, 200},
                             {"v1/zones/z/records/monthly/zzz/2024-09", 404, 404},
                             {"v1/zones/z/records/person/p", 404, 200},
                             {"v1/zones/system/records/account", 404, 404},
                             {"v1/figures/z/output/2024-09", 403, 200},
                             {"v1/explanations/z/output/2024-09", 403, 403},
                             {"v1/zones/z/definitions", 403, 403},
                             {"v1/recomputed", 403, 403},
                             {"v1/accounts", 403, 403},
                             {"metrics", 403, 403}};
  for (const Case& c : kCases) {
    EXPECT_EQ(call("GET", c.path, "", firm.reads).status, c.firm) << c.path;
    EXPECT_EQ(call("GET", c.path, "", clerk.reads).status, c.clerk) << c.path;
  }
}

TEST_F(Doors, WritesTakeTheTokenOfTheSessionAndAreSigned) {
  make("firm_a", "firm", "enterprise/a");
  const Signed firm = sign_in("firm_a");
  const std::string amend = R"({"act":"record.amend","register":"monthly",)"
                            R"("rows":[{"enterprise":"a","month":"2024-09","output":"3"}]})";
  EXPECT_EQ(call("POST", "v1/zones/z/acts", amend, firm.reads).status, 403);
  auto headers = firm.writes;
  headers["wutong-actor"] = "boss";
  headers["wutong-roles"] = "system";
  auto done = call("POST", "v1/zones/z/acts", amend, headers);
  ASSERT_EQ(done.status, 200) << done.body;
  const uint64_t seq = json::parse(done.body).at("seq").to_number<uint64_t>();
  EXPECT_EQ(zone_.host().entry("z", Seq{seq})->actor, "firm_a");
  headers["origin"] = "http://elsewhere.example";
  EXPECT_EQ(call("POST", "v1/zones/z/acts", amend, headers).status, 403);
  auto local =
      call("POST", "v1/zones/z/acts",
           R"({"act":"record.amend","register":"enterprise","rows":[{"code":"a","label":"y"}]})",
           {{"authorization", "Local the-key"}, {"wutong-actor", "root"}});
  ASSERT_EQ(local.status, 200) << local.body;
  const uint64_t next = json::parse(local.body).at("seq").to_number<uint64_t>();
  EXPECT_EQ(zone_.host().entry("z", Seq{next})->actor, "local:root");
  EXPECT_EQ(call("DELETE", "v1/session", "", firm.writes).status, 200);
  EXPECT_EQ(call("GET", "v1/me", "", firm.reads).status, 401);
}

TEST_F(Doors, ReadingPersonalDataLeavesAnEntry) {
  make("clerk", "clerk", "");
  const Signed clerk = sign_in("clerk");
  const auto count = [&] {
    auto listed = answer::list_records(zone_.local(), "system", "personal_read", {0, 10});
    return listed->at("count").to_number<size_t>();
  };
  EXPECT_EQ(call("GET", "v1/zones/z/records/monthly", "", clerk.reads).status, 200);
  EXPECT_EQ(count(), 0u);
  auto shown = call("GET", "v1/zones/z/records/person/p", "", clerk.reads);
  EXPECT_NE(shown.body.find("甲某"), shown.body.npos);
  EXPECT_EQ(count(), 1u);
}

TEST_F(Doors, TokensReachNoFurtherThanTheirScopes) {
  make("clerk", "clerk", "");
  auto token =
      accounts_->add_token({"local:test", nullptr}, {"clerk", "", {"figures"}, "2025-01-01"});
  ASSERT_TRUE(token.has_value());
  const std::map<std::string, std::string> bearer{{"authorization", "Bearer " + token->secret}};
  EXPECT_EQ(call("GET", "v1/figures/z/output/2024-09", "", bearer).status, 200);
  EXPECT_EQ(call("POST", "v1/me/password", "{}", bearer).status, 403);
  EXPECT_NE(call("GET", "v1/zones/z/records/monthly", "", bearer).status, 200);
}

TEST_F(Doors, SetUpMakesTheFirstAdministratorOnly) {
  auto code = accounts_->setup_code();
  const std::string body =
      R"({"setup_code":")" + *code + R"(","account":"boss","password":")" + kGood + "\"}";
  EXPECT_EQ(call("POST", "v1/setup", R"({"setup_code":"x","account":"boss"})").status, 403);
  EXPECT_EQ(call("POST", "v1/setup", body).status, 200);
  EXPECT_EQ(call("POST", "v1/setup", body).status, 403);
  const Signed boss = sign_in("boss");
  // The role takes a second factor: until it is set there is nothing else to be done.
  EXPECT_EQ(call("GET", "v1/accounts", "", boss.reads).status, 403);
  EXPECT_EQ(json::parse(call("GET", "v1/me", "", boss.reads).body).at("standing").as_string(),
            "must_enrol");
  auto begun = call("POST", "v1/me/second-factor", std::string(R"({"password":")") + kGood + "\"}",
                    boss.writes);
  ASSERT_EQ(begun.status, 200) << begun.body;
  const std::string uri(json::parse(begun.body).at("uri").as_string());
  const size_t at = uri.find("secret=") + 7;
  const std::string one_time = one_time_code(*from_base32(uri.substr(at, uri.find('&') - at)),
                                             static_cast<uint64_t>(clock_.now().ms / 30000));
  auto confirmed =
      call("PUT", "v1/me/second-factor", R"({"code":")" + one_time + "\"}", boss.writes);
  ASSERT_EQ(confirmed.status, 200) << confirmed.body;
  EXPECT_EQ(call("GET", "v1/me", "", boss.reads).status, 401) << "the old session has ended";
}

TEST_F(Doors, ListensBeyondLoopbackOnlyBehindAProxyAndWithAccounts) {
  net::HttpOptions options;
  options.address = "0.0.0.0";
  options.port = 0;
  EXPECT_EQ(server::serve(*service_, options).error().kind, ErrorKind::denied);
  service_->is_behind_proxy = true;
  EXPECT_EQ(server::serve(*service_, options).error().kind, ErrorKind::denied);
  make("clerk", "clerk", "");
  EXPECT_TRUE(server::serve(*service_, options).has_value());
  service_->is_behind_proxy = false;
  EXPECT_EQ(server::serve(*service_, options).error().kind, ErrorKind::denied);
}

}  // namespace
}  // namespace wutong::scenario
