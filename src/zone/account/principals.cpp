// Who an account is now: what its grants and tokens say.
#include <algorithm>

#include "base/text.hpp"
#include "zone/account/accounts.hpp"
#include "zone/account/impl/requests.hpp"

namespace wutong::account {

namespace {

access::Grant grant_of(const record::State& state, RecordId record) {
  const auto text = [&](std::string_view field) { return cell(state, "grant", field, record); };
  access::Grant grant;
  grant.role = text("role");
  grant.zone = text("zone");
  if (std::string home = text("own_register"); !home.empty()) {
    grant.own = access::Own{std::move(home), text("own_key")};
  }
  grant.from = Date::parse(text("from_on")).value_or(Date::from_days(0));
  if (std::string until = text("until_on"); !until.empty()) grant.until = Date::parse(until);
  return grant;
}

bool is_active_in(const record::State& state, std::string_view account) {
  const auto found = state.find(*state.schema().index_of("account"), account);
  return found && cell(state, "account", "state", *found) == "active";
}

access::Principal principal_in(const record::State& state, std::string_view account) {
  access::Principal out{std::string(account), {}, std::nullopt, false};
  if (!is_active_in(state, account)) return out;
  for (RecordId record : of_account(state, "grant", account)) {
    out.grants.push_back(grant_of(state, record));
  }
  return out;
}

}  // namespace

bool Accounts::is_active(std::string_view account) const {
  bool is_active = false;
  auto read = host_.read(
      kSystemZone, [&](const zone::View& view) { is_active = is_active_in(*view.state, account); });
  return read && is_active;
}

access::Principal Accounts::principal(std::string_view account) const {
  access::Principal out{std::string(account), {}, std::nullopt, false};
  (void)host_.read(kSystemZone,
                   [&](const zone::View& view) { out = principal_in(*view.state, account); });
  return out;
}

std::optional<access::Principal> Accounts::token(std::string_view secret) const {
  const Instant now = clock_.now();
  auto found = credentials_.find("token", hashed(secret), now);
  if (!found || !*found) return std::nullopt;
  std::optional<access::Principal> out;
  (void)host_.read(kSystemZone, [&](const zone::View& view) {
    const record::State& state = *view.state;
    const auto record = state.find(*state.schema().index_of("token"), **found);
    if (!record || cell(state, "token", "state", *record) != "valid") return;
    const std::string account = cell(state, "token", "account", *record);
    if (!is_active_in(state, account)) return;
    access::Principal principal = principal_in(state, account);
    principal.scopes.emplace();
    const size_t home = *state.schema().index_of("token");
    const Value scopes =
        state.value(home, *state.schema().registers()[home].find("scopes"), *record);
    if (const auto* list = std::get_if<std::vector<std::string>>(&scopes)) {
      for (const auto& [name, scope] : access::kScopes) {
        if (std::find(list->begin(), list->end(), name) != list->end()) {
          principal.scopes->insert(scope);
        }
      }
    }
    out = std::move(principal);
  });
  return out;
}

bool Accounts::needs_second_factor(std::string_view account) const {
  const access::Principal who = principal(account);
  const Date today = clock_.now().day();
  bool needs = false;
  host_.read_all([&](std::span<const zone::View> views) {
    for (const zone::View& view : views) {
      const access::Rights rights(view.catalog->roles, who, view.catalog->zone.zone, today);
      for (const std::string& name : rights.roles()) {
        needs = needs || view.catalog->roles->find(name)->second_factor;
      }
    }
  });
  return needs;
}

std::vector<AccountRow> Accounts::list() const {
  std::vector<AccountRow> out;
  (void)host_.read(kSystemZone, [&](const zone::View& view) {
    const record::State& state = *view.state;
    const size_t size = state.size(*state.schema().index_of("account"));
    for (size_t i = 0; i < size; ++i) {
      const RecordId record{static_cast<uint32_t>(i)};
      AccountRow row;
      row.account = cell(state, "account", "account", record);
      row.shown_as = cell(state, "account", "shown_as", record);
      row.state = cell(state, "account", "state", record);
      for (RecordId grant : of_account(state, "grant", row.account)) {
        row.grants.push_back(grant_of(state, grant));
        row.grant_codes.push_back(cell(state, "grant", "code", grant));
      }
      for (RecordId token : of_account(state, "token", row.account)) {
        if (cell(state, "token", "state", token) != "valid") continue;
        row.token_codes.push_back(cell(state, "token", "code", token));
      }
      out.push_back(std::move(row));
    }
  });
  return out;
}

}  // namespace wutong::account
