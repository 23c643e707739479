// A server over the small zone, with accounts: calls without a socket.
#pragma once

#include "base/text.hpp"
#include "surface/server/server.hpp"
#include "tests/scenario/access_zone.hpp"

namespace wutong::scenario {

namespace json = boost::json;

inline constexpr const char* kGood = "Phoenix-tree 41";

class Doors : public testing::Test {
 protected:
  void SetUp() override {
    account::Options options;
    options.cost = {64, 1, 1};
    accounts_ =
        std::make_unique<account::Accounts>(zone_.host(), credentials_, clock_, random_, options);
    ASSERT_TRUE(accounts_->prepare().has_value());
    zone_.set_roles({{"packs/p/roles/firm.yaml",
                      "role: firm\ntitle: {zh: 企业, en: Firm}\nown: [enterprise]\nregisters:\n"
                      "  - {of: [monthly], rows: own, may: [read, amend]}\n"
                      "  - {of: [enterprise], rows: own, may: [read]}\nfigures: own\n"},
                     {"packs/p/roles/clerk.yaml",
                      "role: clerk\ntitle: {zh: 统计员, en: Clerk}\nregisters:\n"
                      "  - {of: [\"*\", monthly], may: [read]}\n"
                      "  - {of: [person], may: [read], personal: true}\nfigures: all\n"}});
    service_ = std::make_unique<server::Service>(
        server::Service{zone_.host(), accounts_.get(), "the-key", nullptr, false});
    live_ = std::make_unique<server::LiveFeed>(zone_.host(), false);
    service_->live = live_.get();
  }

  net::HttpResponse call(const std::string& method, const std::string& path,
                         const std::string& body = {},
                         std::map<std::string, std::string> headers = {}) {
    net::HttpRequest request;
    request.method = method;
    const size_t mark = path.find('?');
    for (size_t at = 0; at < std::min(path.size(), mark);) {
      const size_t end = std::min({path.find('/', at), mark, path.size()});
      if (end > at) request.segments.push_back(path.substr(at, end - at));
      at = end + 1;
    }
    if (mark != path.npos) {
      for (std::string_view pair : split(std::string_view(path).substr(mark + 1), '&')) {
        const size_t equals = std::min(pair.find('='), pair.size() - 1);
        request.parameters.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
        request.query[request.parameters.back().first] = request.parameters.back().second;
      }
    }
    request.headers = std::move(headers);
    request.headers.emplace("host", "127.0.0.1:8080");
    request.body = body;
    return server::respond(*service_, request);
  }
  // An account that has changed its one-time password.
  void make(const std::string& name, const std::string& role, const std::string& own) {
    const account::By by{"local:test", nullptr};
    auto password = accounts_->add(by, name, "");
    ASSERT_TRUE(password.has_value());
    ASSERT_TRUE(accounts_->add_grant(by, {name, role, "z", own, "", "", ""}).has_value());
    auto first = accounts_->sign_in(name, *password, "");
    auto session = accounts_->session(first->session);
    ASSERT_TRUE(accounts_->change_password(*session, *password, kGood).has_value());
  }
  struct Signed {
    std::map<std::string, std::string> reads;
    std::map<std::string, std::string> writes;
  };
  Signed sign_in(const std::string& name) {
    auto response =
        call("POST", "v1/session", R"({"account":")" + name + R"(","password":")" + kGood + "\"}");
    EXPECT_EQ(response.status, 200) << response.body;
    std::string cookie;
    for (const auto& [key, value] : response.headers) {
      if (key == "set-cookie") cookie = value;
    }
    EXPECT_NE(cookie.find("HttpOnly; SameSite=Strict"), cookie.npos);
    Signed out;
    out.reads["cookie"] = cookie.substr(0, cookie.find(';'));
    out.writes = out.reads;
    out.writes["x-csrf-token"] = std::string(json::parse(response.body).at("csrf").as_string());
    return out;
  }

  AccessZone zone_;
  SimulatedClock clock_{*Instant::parse("2024-10-28T09:00:00+08:00")};
  SeededRandom random_{3};
  store::SimulatedCredentials credentials_;
  std::unique_ptr<account::Accounts> accounts_;
  std::unique_ptr<server::LiveFeed> live_;
  std::unique_ptr<server::Service> service_;
};

}  // namespace wutong::scenario
