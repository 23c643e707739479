// Accounts: who may sign in, with which rights, and by what proof.
//
// Operation. Accounts, grants and tokens are records of the zone `system` (packs/system, built into
// the program); every change of rights is an entry of its log. Passwords (Argon2id), sessions,
// token secrets and seeds of one-time codes are in secrets.db alone, hashed but for the seeds; the
// log never sees them. Concurrency. Every call from any thread; a hash of a password takes tens of
// milliseconds of the caller's. Limitations. Local accounts only.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/password.hpp"
#include "core/access/rights.hpp"
#include "engine/store/log_store.hpp"
#include "zone/host.hpp"

namespace wutong::account {

constexpr std::string_view kSystemZone = "system";
// The pack of the zone `system`, as built into the program.
pack::Files system_files();

struct Options {
  PasswordCost cost;
  int64_t idle_ms = 30 * 60 * 1000;
  int64_t session_ms = int64_t{12} * 60 * 60 * 1000;       // however busy
  int64_t one_time_ms = int64_t{3} * 24 * 60 * 60 * 1000;  // a password given by an administrator
  int64_t setup_ms = 60 * 60 * 1000;
};

// What a session may be used for.
enum class Standing { full, must_change_password, must_enrol };
std::string_view to_string(Standing standing);

struct SignedIn {
  std::string session;  // the secret: for the cookie, never stored
  std::string csrf;
  Standing standing = Standing::full;
};
struct Session {
  std::string account;
  std::string csrf;
  Standing standing = Standing::full;
};

// Who changes rights: a signed-in administrator, or null: the local one.
struct By {
  std::string actor;
  std::shared_ptr<const access::Principal> principal;
};

struct GrantInput {
  std::string account;
  std::string role;
  std::string zone;
  std::string own;  // register/key, or empty
  std::string from;
  std::string until;
  std::string substitute_for;
};
struct TokenInput {
  std::string account;
  std::string used_for;
  std::vector<std::string> scopes;
  std::string expires;
};
struct NewToken {
  std::string code;
  std::string secret;  // shown once
};

struct AccountRow {
  std::string account;
  std::string shown_as;
  std::string state;
  std::vector<access::Grant> grants;
  std::vector<std::string> grant_codes;
  std::vector<std::string> token_codes;  // valid ones
};

class Accounts {
 public:
  // All outlive it.
  Accounts(zone::Host& host, store::CredentialStore& credentials, Clock& clock, Random& random,
           Options options = {});

  // Makes the zone `system`, or adopts its pack where the program brings a newer one.
  Result<void> prepare();
  bool has_accounts() const;
  std::vector<AccountRow> list() const;

  // First run: a code for the terminal; who has it makes the first administrator.
  Result<std::string> setup_code();
  Result<void> set_up(std::string_view code, const std::string& account,
                      const std::string& shown_as, std::string_view password);

  // Changes of rights, each an entry. What gives a password gives one that must be changed.
  zone::Outcome<std::string> add(const By& by, const std::string& account,
                                 const std::string& shown_as);
  zone::Outcome<std::string> reset(const By& by, const std::string& account);
  zone::Outcome<void> lock(const By& by, const std::string& account, bool is_locked);
  zone::Outcome<std::string> add_grant(const By& by, const GrantInput& input);  // its code
  zone::Outcome<void> end_grant(const By& by, const std::string& code, const std::string& until);
  zone::Outcome<NewToken> add_token(const By& by, const TokenInput& input);
  zone::Outcome<void> revoke_token(const By& by, const std::string& code);
  // Reading or exporting personal data leaves an entry.
  zone::Outcome<void> note_personal(const std::string& account, std::string_view kind,
                                    std::string_view zone, std::string_view register_name,
                                    std::string_view key, size_t rows);

  // denied, in the same words whatever was wrong, known or not; unavailable while it must wait.
  Result<SignedIn> sign_in(const std::string& account, std::string_view password,
                           std::string_view code);
  Result<void> sign_out(std::string_view session);
  // nullopt: unknown, expired, idle for too long, or the account is locked. `is_use` keeps it from
  // being idle.
  std::optional<Session> session(std::string_view session, bool is_use = true);
  // Ends the account's other sessions.
  Result<SignedIn> change_password(const Session& session, std::string_view old,
                                   std::string_view password);
  // A fresh seed as otpauth URI; in force once a code of it is confirmed.
  Result<std::string> begin_second_factor(const Session& session, std::string_view password);
  Result<SignedIn> confirm_second_factor(const Session& session, std::string_view code);
  bool has_second_factor(std::string_view account) const;

  // Rights as of now; none of an account that is not active.
  access::Principal principal(std::string_view account) const;
  std::optional<access::Principal> token(std::string_view secret) const;

 private:
  struct Proof;  // what is kept of a password
  Result<std::optional<Proof>> proof(std::string_view account) const;
  Result<void> keep_proof(std::string_view account, std::string_view password, bool must_change);
  Result<void> note_failure(const std::string& account);
  Result<void> check_wait(const std::string& account) const;
  Result<void> check_code(const std::string& account, std::string_view code);
  Result<SignedIn> begin_session(const std::string& account);
  Standing standing(std::string_view account) const;
  bool is_active(std::string_view account) const;
  bool needs_second_factor(std::string_view account) const;
  zone::Outcome<zone::Receipt> act(const By& by, record::Request request);
  std::string fresh_hex(size_t bytes);
  std::string one_time_password();
  Result<void> check_grant(const GrantInput& input) const;

  zone::Host& host_;
  store::CredentialStore& credentials_;
  Clock& clock_;
  Random& random_;
  const Options options_;
  std::mutex random_mutex_;   // random_
  std::mutex sign_in_mutex_;  // counting failures, using up one-time codes
  std::string dummy_;         // verified where there is no account: the same work either way
};

}  // namespace wutong::account
