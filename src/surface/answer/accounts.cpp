#include "surface/answer/accounts.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "surface/answer/json_out.hpp"
#include "surface/answer/json_text.hpp"

namespace wutong::answer {

namespace json = boost::json;

namespace {

using Words = std::map<std::string, std::string, std::less<>>;

Error bad(std::string zh, std::string en, std::string field) {
  return Error{ErrorKind::invalid, "access.malformed", {{}, 0, 0, std::move(field)},
               std::move(zh),      std::move(en),      {}};
}

constexpr std::string_view kWords[] = {"do",     "account", "shown_as", "role",           "zone",
                                       "own",    "from",    "until",    "substitute_for", "code",
                                       "scopes", "expires", "used_for"};

Result<Words> words_of(std::string_view body) {
  auto parsed = parse_json(body, "");
  if (!parsed) return fail(parsed.error());
  if (parsed->kind != JsonText::Kind::object) {
    return fail(bad("请求体应是 JSON 对象", "the body takes a JSON object", ""));
  }
  Words out;
  for (const auto& [key, value] : parsed->members) {
    const bool is_known = std::find(std::begin(kWords), std::end(kWords), key) != std::end(kWords);
    if (!is_known || value.kind != JsonText::Kind::text) {
      return fail(bad("不认识的键，或其值不是文本：" + key,
                      "an unknown key, or its value is no text: " + key, key));
    }
    out[key] = value.text;
  }
  return out;
}

std::string at(const Words& words, std::string_view key) {
  auto found = words.find(key);
  return found == words.end() ? std::string() : found->second;
}

template <typename T>
Answered answered(const zone::Outcome<T>& outcome, json::object out) {
  if (!outcome) return tl::unexpected(outcome.error());
  return Json(std::move(out));
}

using Change = Answered (*)(account::Accounts&, const account::By&, const Words&);

Answered add_account(account::Accounts& accounts, const account::By& by, const Words& words) {
  auto password = accounts.add(by, at(words, "account"), at(words, "shown_as"));
  return answered(
      password, {{"account", at(words, "account")}, {"one_time_password", password.value_or("")}});
}
Answered lock_account(account::Accounts& accounts, const account::By& by, const Words& words) {
  return answered(accounts.lock(by, at(words, "account"), true),
                  {{"account", at(words, "account")}, {"state", "locked"}});
}
Answered unlock_account(account::Accounts& accounts, const account::By& by, const Words& words) {
  return answered(accounts.lock(by, at(words, "account"), false),
                  {{"account", at(words, "account")}, {"state", "active"}});
}
Answered reset_account(account::Accounts& accounts, const account::By& by, const Words& words) {
  auto password = accounts.reset(by, at(words, "account"));
  return answered(
      password, {{"account", at(words, "account")}, {"one_time_password", password.value_or("")}});
}
Answered add_grant(account::Accounts& accounts, const account::By& by, const Words& words) {
  auto code = accounts.add_grant(
      by, {at(words, "account"), at(words, "role"), at(words, "zone"), at(words, "own"),
           at(words, "from"), at(words, "until"), at(words, "substitute_for")});
  return answered(code, {{"grant", code.value_or("")}});
}
Answered end_grant(account::Accounts& accounts, const account::By& by, const Words& words) {
  return answered(accounts.end_grant(by, at(words, "code"), at(words, "until")),
                  {{"grant", at(words, "code")}});
}
Answered add_token(account::Accounts& accounts, const account::By& by, const Words& words) {
  std::vector<std::string> scopes;
  for (std::string_view scope : split(at(words, "scopes"), ',')) scopes.emplace_back(trim(scope));
  auto token = accounts.add_token(
      by, {at(words, "account"), at(words, "used_for"), std::move(scopes), at(words, "expires")});
  if (!token) return tl::unexpected(token.error());
  return json::object{{"token", token->code}, {"secret", token->secret}};
}
Answered revoke_token(account::Accounts& accounts, const account::By& by, const Words& words) {
  return answered(accounts.revoke_token(by, at(words, "code")), {{"token", at(words, "code")}});
}

constexpr std::pair<std::string_view, Change> kChanges[] = {
    {"account.add", add_account},       {"account.lock", lock_account},
    {"account.unlock", unlock_account}, {"account.reset", reset_account},
    {"grant.add", add_grant},           {"grant.end", end_grant},
    {"token.add", add_token},           {"token.revoke", revoke_token}};

json::object grant_json(const access::Grant& grant, const std::string& code) {
  json::object out{
      {"code", code}, {"role", grant.role}, {"zone", grant.zone}, {"from", grant.from.to_string()}};
  if (grant.own) out["own"] = grant.own->register_name + "/" + grant.own->key;
  if (grant.until) out["until"] = grant.until->to_string();
  return out;
}

}  // namespace

Answered list_accounts(const Door& door, const account::Accounts& accounts) {
  auto needed = door.need(account::kSystemZone, access::Task::accounts);
  if (!needed) return failed(not_allowed());
  json::array rows;
  for (const account::AccountRow& row : accounts.list()) {
    json::array grants;
    for (size_t i = 0; i < row.grants.size(); ++i) {
      grants.push_back(grant_json(row.grants[i], row.grant_codes[i]));
    }
    rows.push_back(
        json::object{{"account", row.account},
                     {"shown_as", row.shown_as},
                     {"state", row.state},
                     {"second_factor", accounts.has_second_factor(row.account)},
                     {"grants", std::move(grants)},
                     {"tokens", json::array(row.token_codes.begin(), row.token_codes.end())}});
  }
  return json::object{{"accounts", std::move(rows)}};
}

Answered change_accounts(const Door& door, account::Accounts& accounts, std::string_view body,
                         const std::string& actor) {
  if (!door.need(account::kSystemZone, access::Task::accounts)) return failed(not_allowed());
  auto words = words_of(body);
  if (!words) return failed(words.error());
  const account::By by{door.principal().is_local ? actor : door.principal().account, door.asking()};
  for (const auto& [name, change] : kChanges) {
    if (name == at(*words, "do")) return change(accounts, by, *words);
  }
  std::vector<std::string> known;
  for (const auto& [name, change] : kChanges) known.emplace_back(name);
  return failed(bad("do 应是：" + join(known, "、"), "do takes: " + join(known, ", "), "do"));
}

Answered show_me(const Door& door, std::string_view standing) {
  json::array zones;
  door.host().read_all([&](std::span<const zone::View> views) {
    for (const zone::View& view : views) {
      const access::Rights rights = door.rights(view);
      if (!rights.may_enter()) continue;
      json::object one{{"zone", view.catalog->zone.zone},
                       {"name", to_json(view.catalog->zone.name)}};
      const auto roles = rights.roles();
      one["roles"] = json::array(roles.begin(), roles.end());
      json::array own;
      for (const access::Own& each : rights.own())
        own.push_back(json::string(each.register_name + "/" + each.key));
      one["own"] = std::move(own);
      json::object registers;
      for (const record::Register& home : view.catalog->schema->registers()) {
        json::object reach;
        constexpr std::pair<const char*, access::Right> kAll[] = {{"read", access::Right::read},
                                                                  {"create", access::Right::create},
                                                                  {"amend", access::Right::amend},
                                                                  {"import", access::Right::import},
                                                                  {"move", access::Right::move}};
        for (const auto& [name, right] : kAll) {
          const access::Rows rows = rights.reach(home.name, right);
          if (rows != access::Rows::none) reach[name] = rows == access::Rows::all ? "all" : "own";
        }
        if (!reach.empty()) registers[home.name] = std::move(reach);
      }
      one["registers"] = std::move(registers);
      zones.push_back(std::move(one));
    }
  });
  return json::object{{"account", door.principal().account},
                      {"local", door.principal().is_local},
                      {"standing", standing},
                      {"zones", std::move(zones)}};
}

}  // namespace wutong::answer
