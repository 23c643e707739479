#include <gtest/gtest.h>

#include "engine/store/simulated.hpp"
#include "zone/account/accounts.hpp"
#include "zone/account/policy.hpp"

namespace wutong::account {
namespace {

constexpr const char* kGood = "Phoenix-tree 41";

class AccountsTest : public testing::Test {
 protected:
  void SetUp() override {
    auto host = zone::Host::open_on(log_, secrets_, {}, clock_, random_);
    ASSERT_TRUE(host.has_value());
    host_ = std::move(*host);
    Options options;
    options.cost = {64, 1, 1};
    accounts_ = std::make_unique<Accounts>(*host_, credentials_, clock_, random_, options);
    auto prepared = accounts_->prepare();
    ASSERT_TRUE(prepared.has_value()) << describe_en(prepared.error());
  }

  // An account whose password was changed from the one-time one.
  void make(const std::string& name, const std::string& role) {
    auto password = accounts_->add(local_, name, "");
    ASSERT_TRUE(password.has_value()) << describe_en(password.error().error);
    if (!role.empty()) {
      auto granted = accounts_->add_grant(local_, {name, role, "system", "", "", "", ""});
      ASSERT_TRUE(granted.has_value()) << describe_en(granted.error().error);
    }
    auto signed_in = accounts_->sign_in(name, *password, "");
    ASSERT_TRUE(signed_in.has_value());
    EXPECT_EQ(signed_in->standing, Standing::must_change_password);
    auto session = accounts_->session(signed_in->session);
    ASSERT_TRUE(session.has_value());
    ASSERT_TRUE(accounts_->change_password(*session, *password, kGood).has_value());
  }
  std::string sign_in(const std::string& name, std::string_view password,
                      std::string_view code = "") {
    auto done = accounts_->sign_in(name, password, code);
    return done ? std::string(to_string(done->standing)) : done.error().code;
  }

  SimulatedClock clock_{*Instant::parse("2024-10-28T09:00:00+08:00")};
  SeededRandom random_{7};
  store::SimulatedLog log_;
  store::SimulatedSecrets secrets_;
  store::SimulatedCredentials credentials_;
  std::unique_ptr<zone::Host> host_;
  std::unique_ptr<Accounts> accounts_;
  const By local_{"local:test", nullptr};
};

TEST(PasswordRules, RefuseWhatIsEasyToGuess) {
  for (const char* good : {kGood, "hollow reeds in the wind", "梧桐树上凤凰来栖息A1", "X9-vulture"}) {
    EXPECT_TRUE(check_password(good, "li").has_value()) << good;
  }
  for (const char* weak : {"", "short", "onlysmallones", "Password-41x", "aaaaaaaaaaaaaaaaaaaa",
                           "Wang_li-2024!", "My123456-abc"}) {
    EXPECT_FALSE(check_password(weak, "wang_li").has_value()) << weak;
  }
  EXPECT_FALSE(check_password(std::string(257, 'x') + "A1", "li").has_value());
  for (const char* bad : {"", "Wang", "1a", "a b", "王莉"}) {
    EXPECT_FALSE(check_account_name(bad).has_value()) << bad;
  }
}

TEST(PasswordRules, WaitLongerAfterEveryFailure) {
  EXPECT_EQ(wait_ms(4), 0);
  EXPECT_EQ(wait_ms(5), 2000);
  EXPECT_EQ(wait_ms(6), 4000);
  EXPECT_EQ(wait_ms(1000), 15 * 60 * 1000);
}

TEST_F(AccountsTest, FirstAdministratorTakesTheCodeOfTheTerminal) {
  EXPECT_FALSE(accounts_->has_accounts());
  auto code = accounts_->setup_code();
  ASSERT_TRUE(code.has_value());
  EXPECT_EQ(accounts_->set_up("wrong", "boss", "", kGood).error().code, "access.setup");
  EXPECT_EQ(accounts_->set_up(*code, "boss", "", "weak").error().code, "access.password_weak");
  ASSERT_TRUE(accounts_->set_up(*code, "boss", "", kGood).has_value());
  EXPECT_TRUE(accounts_->has_accounts());
  EXPECT_EQ(accounts_->set_up(*code, "other", "", kGood).error().code, "access.setup");
  EXPECT_EQ(sign_in("boss", kGood), "must_enrol");  // the role takes a second factor
  auto late = accounts_->setup_code();
  EXPECT_EQ(accounts_->set_up(*late, "other", "", kGood).error().code, "access.setup");
}

TEST_F(AccountsTest, SaysTheSameWhateverWasWrong) {
  make("li", "");
  EXPECT_EQ(sign_in("li", kGood), "full");
  auto wrong_password = accounts_->sign_in("li", "nope", "");
  auto wrong_name = accounts_->sign_in("nobody", "nope", "");
  ASSERT_FALSE(wrong_password || wrong_name);
  EXPECT_EQ(wrong_password.error(), wrong_name.error());
}

TEST_F(AccountsTest, MakesTheGuesserWaitAndForgetsItWhenHeIsRight) {
  make("li", "");
  for (const char* name : {"li", "nobody"}) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(sign_in(name, "nope"), "access.sign_in") << i;
    EXPECT_EQ(sign_in(name, kGood), "access.wait") << name;
  }
  clock_.advance_ms(2000);
  EXPECT_EQ(sign_in("li", kGood), "full");
  EXPECT_EQ(sign_in("li", "nope"), "access.sign_in");
  EXPECT_EQ(sign_in("li", kGood), "full");
}

TEST_F(AccountsTest, SessionsEndByIdleTimeByAgeAndBySigningOut) {
  make("li", "");
  auto idle = *accounts_->sign_in("li", kGood, "");
  clock_.advance_ms(29 * 60 * 1000);
  EXPECT_TRUE(accounts_->session(idle.session).has_value());
  clock_.advance_ms(31 * 60 * 1000);
  EXPECT_FALSE(accounts_->session(idle.session).has_value());
  auto busy = *accounts_->sign_in("li", kGood, "");
  for (int i = 0; i < 47; ++i) {
    clock_.advance_ms(15 * 60 * 1000);
    EXPECT_TRUE(accounts_->session(busy.session).has_value()) << i;
  }
  clock_.advance_ms(15 * 60 * 1000);
  EXPECT_FALSE(accounts_->session(busy.session).has_value());
  auto left = *accounts_->sign_in("li", kGood, "");
  ASSERT_TRUE(accounts_->sign_out(left.session).has_value());
  EXPECT_FALSE(accounts_->session(left.session).has_value());
  EXPECT_FALSE(accounts_->session("").has_value());
}

TEST_F(AccountsTest, LockingAndResettingEndEverySession) {
  make("li", "");
  auto session = *accounts_->sign_in("li", kGood, "");
  ASSERT_TRUE(accounts_->lock(local_, "li", true).has_value());
  EXPECT_FALSE(accounts_->session(session.session).has_value());
  EXPECT_EQ(sign_in("li", kGood), "access.sign_in");
  ASSERT_TRUE(accounts_->lock(local_, "li", false).has_value());
  EXPECT_EQ(sign_in("li", kGood), "full");
  auto fresh = accounts_->reset(local_, "li");
  ASSERT_TRUE(fresh.has_value());
  EXPECT_EQ(sign_in("li", kGood), "access.sign_in");
  EXPECT_EQ(sign_in("li", *fresh), "must_change_password");
  clock_.advance_ms(int64_t{4} * 24 * 60 * 60 * 1000);
  EXPECT_EQ(sign_in("li", *fresh), "access.sign_in")
      << "a one-time password is good for three days";
}

TEST_F(AccountsTest, SecondFactorIsAskedOnceItIsConfirmedAndWorksOnce) {
  make("li", "administrator");
  auto first = *accounts_->sign_in("li", kGood, "");
  EXPECT_EQ(first.standing, Standing::must_enrol);
  auto session = *accounts_->session(first.session);
  EXPECT_FALSE(accounts_->begin_second_factor(session, "nope").has_value());
  auto uri = accounts_->begin_second_factor(session, kGood);
  ASSERT_TRUE(uri.has_value());
  const size_t at = uri->find("secret=") + 7;
  const Bytes seed = *from_base32(uri->substr(at, uri->find('&') - at));
  const auto code = [&] {
    return one_time_code(seed, static_cast<uint64_t>(clock_.now().ms / 30000));
  };
  EXPECT_FALSE(accounts_->confirm_second_factor(session, "000000").has_value());
  EXPECT_EQ(accounts_->confirm_second_factor(session, code())->standing, Standing::full);
  EXPECT_EQ(sign_in("li", kGood, code()), "access.sign_in") << "the code was used to confirm";
  clock_.advance_ms(30'000);
  EXPECT_EQ(sign_in("li", kGood), "access.sign_in");
  EXPECT_EQ(sign_in("li", kGood, code()), "full");
  EXPECT_EQ(sign_in("li", kGood, code()), "access.sign_in") << "a code works once";
}

TEST_F(AccountsTest, TokensHaveScopesAndAnEnd) {
  make("li", "");
  auto token = accounts_->add_token(local_, {"li", "报表", {"figures"}, "2024-10-30"});
  ASSERT_TRUE(token.has_value()) << describe_en(token.error().error);
  auto principal = accounts_->token(token->secret);
  ASSERT_TRUE(principal.has_value());
  EXPECT_EQ(principal->scopes, std::set<access::Scope>{access::Scope::figures});
  EXPECT_FALSE(accounts_->token(token->secret + "0").has_value());
  clock_.advance_ms(int64_t{3} * 24 * 60 * 60 * 1000);
  EXPECT_FALSE(accounts_->token(token->secret).has_value());
  auto other = *accounts_->add_token(local_, {"li", "", {"records"}, "2025-10-30"});
  ASSERT_TRUE(accounts_->revoke_token(local_, other.code).has_value());
  EXPECT_FALSE(accounts_->token(other.secret).has_value());
  EXPECT_EQ(accounts_->add_token(local_, {"li", "", {"figurs"}, "2025-10-30"}).error().error.code,
            "access.unknown_scope");
}

TEST_F(AccountsTest, OnlyAnAdministratorChangesRights) {
  make("boss", "administrator");
  make("li", "");
  const auto by = [&](const std::string& name) {
    return By{name, std::make_shared<const access::Principal>(accounts_->principal(name))};
  };
  EXPECT_FALSE(accounts_->add(by("li"), "mole", "").has_value());
  EXPECT_FALSE(
      accounts_->add_grant(by("li"), {"li", "administrator", "*", "", "", "", ""}).has_value());
  EXPECT_FALSE(accounts_->lock(by("li"), "boss", true).has_value());
  EXPECT_FALSE(accounts_->add_token(by("li"), {"boss", "", {"write"}, "2025-01-01"}).has_value());
  EXPECT_TRUE(accounts_->add(by("boss"), "clerk", "").has_value());
  auto grant = accounts_->add_grant(by("boss"), {"clerk", "auditor", "system", "", "", "", "boss"});
  ASSERT_TRUE(grant.has_value());
  EXPECT_EQ(accounts_->principal("clerk").grants.size(), 1u);
  ASSERT_TRUE(accounts_->end_grant(by("boss"), *grant, "").has_value());
  const access::Principal clerk = accounts_->principal("clerk");
  ASSERT_TRUE(clerk.grants.front().until.has_value());
  EXPECT_LT(*clerk.grants.front().until, clock_.now().day());
}

// Neither the log nor secrets.db holds what somebody could sign in with.
TEST_F(AccountsTest, KeepsNoSecretInTheOpen) {
  make("li", "");
  auto session = *accounts_->sign_in("li", kGood, "");
  auto token = *accounts_->add_token(local_, {"li", "", {"records"}, "2025-10-30"});
  std::string all = credentials_.dump();
  (void)log_.read(kSystemZone, Seq{1}, Seq{1000}, [&](store::LogRow&& row) {
    all.append(row.bytes.begin(), row.bytes.end());
    return true;
  });
  for (const std::string& secret : {std::string(kGood), session.session, token.secret}) {
    EXPECT_EQ(all.find(secret), all.npos) << secret;
  }
}

}  // namespace
}  // namespace wutong::account
