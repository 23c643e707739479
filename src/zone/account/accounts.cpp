// The records: accounts, grants, tokens, as acts on the zone `system`.
#include "zone/account/accounts.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "zone/account/impl/requests.hpp"
#include "zone/account/policy.hpp"

namespace wutong::account {

using zone::Outcome;

Accounts::Accounts(zone::Host& host, store::CredentialStore& credentials, Clock& clock,
                   Random& random, Options options)
    : host_(host),
      credentials_(credentials),
      clock_(clock),
      random_(random),
      options_(options),
      dummy_(hash_password("nobody has this", options.cost, random)) {}

std::string Accounts::fresh_hex(size_t bytes) {
  Bytes out(bytes);
  std::lock_guard lock(random_mutex_);
  random_.fill(out);
  return to_hex(out);
}

Result<void> Accounts::prepare() {
  const pack::Files files = system_files();
  Issues issues;
  const auto catalog = catalog::load(files, kSystemZone, issues);
  CHECK(catalog != nullptr);
  for (const zone::Summary& summary : host_.zones()) {
    if (summary.zone != kSystemZone || summary.position.value == 0) continue;
    if (summary.catalog == catalog->digest) return {};
    auto adopted = host_.adopt(kSystemZone, files, "wutong", "");
    if (!adopted) return fail(adopted.error().error);
    return {};
  }
  auto created = host_.create_zone(kSystemZone, HashKind::sha256, files, "wutong");
  if (!created) return fail(created.error().error);
  return {};
}

bool Accounts::has_accounts() const {
  bool has = false;
  auto read = host_.read(kSystemZone, [&](const zone::View& view) {
    has = view.state->size(*view.state->schema().index_of("account")) > 0;
  });
  return read && has;
}

Outcome<zone::Receipt> Accounts::act(const By& by, record::Request request) {
  request.actor = by.actor;
  request.principal = by.principal;
  if (by.principal == nullptr) request.roles = {"system"};
  return host_.act(kSystemZone, std::move(request));
}

Outcome<std::string> Accounts::add(const By& by, const std::string& account,
                                   const std::string& shown_as) {
  if (auto good = check_account_name(account); !good) return refusal(good.error());
  auto done = act(by, creation("account", {{"account", account}, {"shown_as", shown_as}}));
  if (!done) return tl::unexpected(std::move(done.error()));
  std::string password = one_time_password();
  if (auto kept = keep_proof(account, password, true); !kept) return refusal(kept.error());
  return password;
}

Outcome<std::string> Accounts::reset(const By& by, const std::string& account) {
  auto done = act(by, moving("account", "reset", {{"account", account}}));
  if (!done) return tl::unexpected(std::move(done.error()));
  std::string password = one_time_password();
  auto kept = keep_proof(account, password, true);
  if (kept) kept = credentials_.erase("totp", account);
  if (kept) kept = credentials_.erase("failures", account);
  if (kept) kept = credentials_.erase_starting("session", account + "\n");
  if (!kept) return refusal(kept.error());
  return password;
}

std::string Accounts::one_time_password() {
  std::lock_guard lock(random_mutex_);
  return readable_secret(5, random_);
}

Outcome<void> Accounts::lock(const By& by, const std::string& account, bool is_locked) {
  auto done = act(by, moving("account", is_locked ? "lock" : "unlock", {{"account", account}}));
  if (!done) return tl::unexpected(std::move(done.error()));
  if (auto ended = credentials_.erase_starting("session", account + "\n"); !ended) {
    return refusal(ended.error());
  }
  return {};
}

Result<void> Accounts::check_grant(const GrantInput& input) const {
  std::vector<std::string> known, zones;
  bool is_zone = input.zone == "*", is_role = false, is_own = input.own.empty();
  const size_t slash = input.own.find('/');
  host_.read_all([&](std::span<const zone::View> views) {
    for (const zone::View& view : views) {
      const std::string& name = view.catalog->zone.zone;
      zones.push_back(name);
      if (input.zone != "*" && input.zone != name) continue;
      is_zone = true;
      is_role = is_role || view.catalog->roles->find(input.role) != nullptr;
      for (std::string& role : view.catalog->roles->names()) known.push_back(std::move(role));
      if (slash == input.own.npos) continue;
      const auto home = view.state->schema().index_of(input.own.substr(0, slash));
      is_own = is_own || (home && view.state->find(*home, input.own.substr(slash + 1)));
    }
  });
  if (!is_zone) return fail(unknown("zone", "园区", input.zone, zones));
  if (!is_role) return fail(unknown("role", "角色", input.role, known));
  if (is_own) return {};
  return fail(ErrorKind::not_found, "access.own",
              "没有本人记录 " + input.own + "，应写作 登记簿/主键",
              "there is no record " + input.own + "; write REGISTER/KEY", {{}, 0, 0, "own"});
}

Outcome<std::string> Accounts::add_grant(const By& by, const GrantInput& input) {
  if (auto good = check_grant(input); !good) return refusal(good.error());
  std::string code = "g" + fresh_hex(6);
  const std::string today = clock_.now().day().to_string();
  const size_t slash = std::min(input.own.find('/'), input.own.size());
  auto done =
      act(by, creation("grant", {{"code", code},
                                 {"account", input.account},
                                 {"role", input.role},
                                 {"zone", input.zone},
                                 {"own_register", input.own.substr(0, slash)},
                                 {"own_key", input.own.empty() ? "" : input.own.substr(slash + 1)},
                                 {"from_on", input.from.empty() ? today : input.from},
                                 {"until_on", input.until},
                                 {"substitute_for", input.substitute_for}}));
  if (!done) return tl::unexpected(std::move(done.error()));
  return code;
}

Outcome<void> Accounts::end_grant(const By& by, const std::string& code, const std::string& until) {
  const std::string yesterday = clock_.now().day().plus_days(-1).to_string();
  record::Request request =
      creation("grant", {{"code", code}, {"until_on", until.empty() ? yesterday : until}});
  request.act = record::Act::amend;
  auto done = act(by, std::move(request));
  if (!done) return tl::unexpected(std::move(done.error()));
  return {};
}

Outcome<NewToken> Accounts::add_token(const By& by, const TokenInput& input) {
  for (const std::string& scope : input.scopes) {
    std::vector<std::string> known;
    for (const auto& [name, value] : access::kScopes) known.emplace_back(name);
    if (std::find(known.begin(), known.end(), scope) != known.end()) continue;
    return refusal(unknown("scope", "范围", scope, known));
  }
  auto expires = day_of(input.expires, "expires");
  if (!expires) return refusal(expires.error());
  NewToken out{"t" + fresh_hex(6), "wt_" + fresh_hex(32)};
  auto done = act(by, creation("token", {{"code", out.code},
                                         {"account", input.account},
                                         {"used_for", input.used_for},
                                         {"scopes", join_list(input.scopes)},
                                         {"expires_on", input.expires}}));
  if (!done) return tl::unexpected(std::move(done.error()));
  auto kept = credentials_.put("token", hashed(out.secret), out.code, Instant::end_of(*expires));
  if (!kept) return refusal(kept.error());
  return out;
}

Outcome<void> Accounts::revoke_token(const By& by, const std::string& code) {
  auto done = act(by, moving("token", "revoke", {{"code", code}}));
  if (!done) return tl::unexpected(std::move(done.error()));
  if (auto erased = credentials_.erase_starting("token", code); !erased) {
    return refusal(erased.error());
  }
  return {};
}

Outcome<void> Accounts::note_personal(const std::string& account, std::string_view kind,
                                      std::string_view zone, std::string_view register_name,
                                      std::string_view key, size_t rows) {
  auto done = act({account, nullptr},
                  creation("personal_read", {{"code", "p" + fresh_hex(8)},
                                             {"account", account},
                                             {"kind", std::string(kind)},
                                             {"zone", std::string(zone)},
                                             {"in_register", std::string(register_name)},
                                             {"record_key", std::string(key)},
                                             {"row_count", std::to_string(rows)}}));
  if (!done) return tl::unexpected(std::move(done.error()));
  return {};
}

}  // namespace wutong::account
