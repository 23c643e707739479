// The proofs: passwords, one-time codes, sessions, tokens, in secrets.db.
#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "zone/account/accounts.hpp"
#include "zone/account/impl/requests.hpp"
#include "zone/account/policy.hpp"

namespace wutong::account {

namespace {

constexpr int64_t kFailuresKeptMs = int64_t{24} * 60 * 60 * 1000;
constexpr int64_t kTouchMs = 60 * 1000;  // how often a session notes that it is used
constexpr size_t kSeedBytes = 20;

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> out;
  for (std::string_view line : split(text, '\n')) out.emplace_back(line);
  return out;
}

int64_t number_of(std::string_view text) {
  int64_t out = 0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

Error wrong() {
  return Error{ErrorKind::denied,
               "access.sign_in",
               {},
               "账户、口令或验证码不对",
               "the account, the password or the code is not right",
               {}};
}

// account, csrf, began, used: one a line.
std::string session_text(std::string_view account, std::string_view csrf, int64_t began,
                         int64_t used) {
  return std::string(account) + "\n" + std::string(csrf) + "\n" + std::to_string(began) + "\n" +
         std::to_string(used);
}

}  // namespace

struct Accounts::Proof {
  std::string encoded;
  bool must_change = false;
  int64_t set_ms = 0;
};

std::string_view to_string(Standing standing) {
  switch (standing) {
    case Standing::full:
      return "full";
    case Standing::must_change_password:
      return "must_change_password";
    case Standing::must_enrol:
      return "must_enrol";
  }
  return "";
}

Result<std::optional<Accounts::Proof>> Accounts::proof(std::string_view account) const {
  auto found = credentials_.find("password", account, clock_.now());
  if (!found) return fail(found.error());
  if (!*found) return std::optional<Proof>{};
  const auto lines = lines_of(**found);
  if (lines.size() != 3) return std::optional<Proof>{};
  return std::optional(Proof{lines[0], lines[1] == "1", number_of(lines[2])});
}

Result<void> Accounts::keep_proof(std::string_view account, std::string_view password,
                                  bool must_change) {
  const Instant now = clock_.now();
  std::string encoded;
  {
    std::lock_guard lock(random_mutex_);
    encoded = hash_password(password, options_.cost, random_);
  }
  std::optional<Instant> expires;
  if (must_change) expires = Instant{now.ms + options_.one_time_ms};
  return credentials_.put(
      "password", account,
      encoded + "\n" + (must_change ? "1" : "0") + "\n" + std::to_string(now.ms), expires);
}

Result<std::string> Accounts::setup_code() {
  std::string code = one_time_password();
  auto kept = credentials_.put("setup", "setup", hashed(code),
                               Instant{clock_.now().ms + options_.setup_ms});
  if (!kept) return fail(kept.error());
  return code;
}

Result<void> Accounts::set_up(std::string_view code, const std::string& account,
                              const std::string& shown_as, std::string_view password) {
  std::lock_guard lock(sign_in_mutex_);
  auto expected = credentials_.find("setup", "setup", clock_.now());
  if (!expected) return fail(expected.error());
  if (has_accounts() || !*expected || !is_equal_secret(**expected, hashed(code))) {
    return fail(ErrorKind::denied, "access.setup", "设置码不对、已用过或已过期",
                "the set-up code is wrong, used or expired");
  }
  if (auto good = check_account_name(account); !good) return good;
  if (auto good = check_password(password, account); !good) return good;
  const By by{"setup", nullptr};
  auto made = act(by, creation("account", {{"account", account}, {"shown_as", shown_as}}));
  if (!made) return fail(made.error().error);
  if (auto kept = keep_proof(account, password, false); !kept) return kept;
  auto granted = add_grant(by, {account, "administrator", "*", "", "", "", ""});
  if (!granted) return fail(granted.error().error);
  return credentials_.erase("setup", "setup");
}

Result<void> Accounts::check_wait(const std::string& account) const {
  const Instant now = clock_.now();
  auto found = credentials_.find("failures", account, now);
  if (!found) return fail(found.error());
  if (!*found) return {};
  const auto lines = lines_of(**found);
  const int64_t until = number_of(lines.back()) + wait_ms(static_cast<int>(number_of(lines[0])));
  if (now.ms >= until) return {};
  const std::string seconds = std::to_string((until - now.ms + 999) / 1000);
  return fail(ErrorKind::unavailable, "access.wait", "失败次数过多，请 " + seconds + " 秒后再试",
              "too many failures; try again in " + seconds + " seconds");
}

Result<void> Accounts::note_failure(const std::string& account) {
  const Instant now = clock_.now();
  auto found = credentials_.find("failures", account, now);
  if (!found) return fail(found.error());
  const int64_t before = *found ? number_of(lines_of(**found)[0]) : 0;
  return credentials_.put("failures", account,
                          std::to_string(before + 1) + "\n" + std::to_string(now.ms),
                          Instant{now.ms + kFailuresKeptMs});
}

// Where a second factor is in force, its code must match, once.
Result<void> Accounts::check_code(const std::string& account, std::string_view code) {
  auto found = credentials_.find("totp", account, clock_.now());
  if (!found) return fail(found.error());
  if (!*found) return {};
  const auto lines = lines_of(**found);
  if (lines.size() != 3 || lines[1] != "1") return {};
  const auto seed = from_base32(lines[0]);
  if (!seed) return fail(wrong());
  const auto used = static_cast<uint64_t>(number_of(lines[2]));
  const auto counter = match_code(*seed, code, clock_.now(), used);
  if (!counter) return fail(wrong());
  return credentials_.put("totp", account, lines[0] + "\n1\n" + std::to_string(*counter), {});
}

Result<SignedIn> Accounts::sign_in(const std::string& account, std::string_view password,
                                   std::string_view code) {
  const bool has_name = check_account_name(account).has_value();
  const std::string name = has_name ? account : "-";
  {
    std::lock_guard lock(sign_in_mutex_);
    if (auto wait = check_wait(name); !wait) return fail(wait.error());
    // Counted before it is known to be one, so that tries at the same time count too.
    if (auto noted = note_failure(name); !noted) return fail(noted.error());
  }
  auto known = proof(name);
  if (!known) return fail(known.error());
  const bool is_right = verify_password(password, *known ? (*known)->encoded : dummy_);
  if (!is_right || !*known || !is_active(name)) return fail(wrong());
  std::lock_guard lock(sign_in_mutex_);
  if (auto checked = check_code(name, code); !checked) return fail(checked.error());
  if (auto erased = credentials_.erase("failures", name); !erased) return fail(erased.error());
  if (auto erased = credentials_.erase_expired(clock_.now()); !erased) return fail(erased.error());
  return begin_session(name);
}

Result<SignedIn> Accounts::begin_session(const std::string& account) {
  const Instant now = clock_.now();
  SignedIn out{fresh_hex(32), fresh_hex(16), standing(account)};
  auto kept = credentials_.put("session", hashed(out.session),
                               session_text(account, out.csrf, now.ms, now.ms),
                               Instant{now.ms + options_.session_ms});
  if (!kept) return fail(kept.error());
  return out;
}

Result<void> Accounts::sign_out(std::string_view session) {
  return credentials_.erase("session", hashed(session));
}

std::optional<Session> Accounts::session(std::string_view session, bool is_use) {
  const Instant now = clock_.now();
  const std::string id = hashed(session);
  auto found = credentials_.find("session", id, now);
  if (!found || !*found) return std::nullopt;
  const auto lines = lines_of(**found);
  if (lines.size() != 4) return std::nullopt;
  const int64_t began = number_of(lines[2]), used = number_of(lines[3]);
  if (now.ms - used > options_.idle_ms || !is_active(lines[0])) {
    (void)credentials_.erase("session", id);
    return std::nullopt;
  }
  if (is_use && now.ms - used > kTouchMs) {
    const auto touched =
        credentials_.put("session", id, session_text(lines[0], lines[1], began, now.ms),
                         Instant{began + options_.session_ms});
    if (!touched) return std::nullopt;
  }
  return Session{lines[0], lines[1], standing(lines[0])};
}

Result<SignedIn> Accounts::change_password(const Session& session, std::string_view old,
                                           std::string_view password) {
  std::lock_guard lock(sign_in_mutex_);
  if (auto wait = check_wait(session.account); !wait) return fail(wait.error());
  auto known = proof(session.account);
  if (!known) return fail(known.error());
  if (!*known || !verify_password(old, (*known)->encoded)) {
    if (auto noted = note_failure(session.account); !noted) return fail(noted.error());
    return fail(wrong());
  }
  if (auto good = check_password(password, session.account); !good) return fail(good.error());
  if (old == password) {
    return fail(ErrorKind::invalid, "access.password_same", "新口令应与旧口令不同",
                "the new password must differ from the old one", {{}, 0, 0, "password"});
  }
  if (auto kept = keep_proof(session.account, password, false); !kept) return fail(kept.error());
  auto ended = credentials_.erase_starting("session", session.account + "\n");
  if (!ended) return fail(ended.error());
  return begin_session(session.account);
}

Result<std::string> Accounts::begin_second_factor(const Session& session,
                                                  std::string_view password) {
  std::lock_guard lock(sign_in_mutex_);
  if (auto wait = check_wait(session.account); !wait) return fail(wait.error());
  auto known = proof(session.account);
  if (!known) return fail(known.error());
  if (!*known || !verify_password(password, (*known)->encoded)) {
    if (auto noted = note_failure(session.account); !noted) return fail(noted.error());
    return fail(wrong());
  }
  Bytes seed(kSeedBytes);
  {
    std::lock_guard random_lock(random_mutex_);
    random_.fill(seed);
  }
  const std::string text = to_base32(seed);
  // Kept apart until it is confirmed: the one in force goes on.
  auto kept = credentials_.put("totp_new", session.account, text,
                               Instant{clock_.now().ms + options_.setup_ms});
  if (!kept) return fail(kept.error());
  return "otpauth://totp/Wutong:" + session.account + "?secret=" + text + "&issuer=Wutong";
}

Result<SignedIn> Accounts::confirm_second_factor(const Session& session, std::string_view code) {
  std::lock_guard lock(sign_in_mutex_);
  if (auto wait = check_wait(session.account); !wait) return fail(wait.error());
  auto found = credentials_.find("totp_new", session.account, clock_.now());
  if (!found) return fail(found.error());
  const auto seed = *found ? from_base32(**found) : std::nullopt;
  const auto counter = seed ? match_code(*seed, code, clock_.now(), 0) : std::nullopt;
  if (!counter) {
    if (auto noted = note_failure(session.account); !noted) return fail(noted.error());
    return fail(wrong());
  }
  auto kept =
      credentials_.put("totp", session.account, **found + "\n1\n" + std::to_string(*counter), {});
  if (kept) kept = credentials_.erase("totp_new", session.account);
  if (kept) kept = credentials_.erase_starting("session", session.account + "\n");
  if (!kept) return fail(kept.error());
  return begin_session(session.account);
}

bool Accounts::has_second_factor(std::string_view account) const {
  auto found = credentials_.find("totp", account, clock_.now());
  return found && found->has_value();
}

Standing Accounts::standing(std::string_view account) const {
  auto known = proof(account);
  if (!known || !*known || (*known)->must_change) return Standing::must_change_password;
  if (needs_second_factor(account) && !has_second_factor(account)) return Standing::must_enrol;
  return Standing::full;
}

}  // namespace wutong::account
