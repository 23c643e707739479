// Accounts, grants and tokens from the command line: who can open the data directory is the local
// administrator, and the entries say so.
#include <boost/json.hpp>

#include "surface/answer/accounts.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/transport.hpp"

namespace wutong::cli {

namespace json = boost::json;

namespace {

std::string render_change(const json::value& value, const Look& look) {
  const json::object& object = value.as_object();
  const bool is_zh = look.language == Language::zh;
  std::string out;
  for (const auto& [key, member] : object) {
    out += std::string(key) + ": " + text_of(object, std::string(key).c_str()) + "\n";
  }
  if (object.contains("one_time_password")) {
    out += is_zh ? "一次性口令只显示这一次，三日内有效，首次登录须修改\n"
                 : "the password is shown once, good for three days, and must be changed\n";
  }
  if (object.contains("secret")) {
    out += is_zh ? "令牌只显示这一次\n" : "the token is shown once\n";
  }
  return out;
}

std::string render_accounts(const json::value& value, const Look&) {
  std::string out;
  for (const json::value& row : value.at("accounts").as_array()) {
    const json::object& account = row.as_object();
    out += text_of(account, "account") + "  " + text_of(account, "state") + "  " +
           text_of(account, "shown_as") + "\n";
    for (const json::value& each : account.at("grants").as_array()) {
      const json::object& grant = each.as_object();
      out += "  " + text_of(grant, "code") + "  " + text_of(grant, "role") + " @ " +
             text_of(grant, "zone") + "  " + text_of(grant, "own") + "  " + text_of(grant, "from") +
             " – " + text_of(grant, "until") + "\n";
    }
  }
  return out;
}

// Over the accounts of a data directory that nobody else serves.
answer::Answered with_accounts(const Context& context, const answer::Door& door,
                               const std::function<answer::Answered(account::Accounts&)>& ask) {
  account::Accounts accounts(door.host(), *door.host().credentials(), *context.environment.clock,
                             *context.environment.random);
  if (auto prepared = accounts.prepare(); !prepared) {
    return tl::unexpected(zone::Failure{prepared.error(), {}, 1});
  }
  return ask(accounts);
}

int change(const Context& context, const char* what, const json::object& words) {
  json::object object{{"do", what}};
  for (const auto& [key, value] : words) {
    if (!value.as_string().empty()) object[key] = value;
  }
  const std::string body = json::serialize(object);
  answer::Caller caller;
  caller.actor = "local:" + context.words.actor;
  const auto direct = [&](const answer::Door& door) {
    return with_accounts(context, door, [&](account::Accounts& accounts) {
      return answer::change_accounts(door, accounts, body, caller.actor);
    });
  };
  return report(
      context,
      write(context.words.data, context.environment, direct, {"/v1/accounts", body, caller}),
      render_change);
}

}  // namespace

int account_add(const Context& context) {
  return change(context, "account.add",
                {{"account", context.words.account}, {"shown_as", context.words.shown_as}});
}
int account_lock(const Context& context) {
  return change(context, "account.lock", {{"account", context.words.account}});
}
int account_unlock(const Context& context) {
  return change(context, "account.unlock", {{"account", context.words.account}});
}
int account_reset(const Context& context) {
  return change(context, "account.reset", {{"account", context.words.account}});
}
int grant_add(const Context& context) {
  const Words& words = context.words;
  return change(context, "grant.add",
                {{"account", words.account},
                 {"role", words.role},
                 {"zone", words.zone},
                 {"own", words.own},
                 {"from", words.from},
                 {"until", words.until},
                 {"substitute_for", words.substitute_for}});
}
int grant_end(const Context& context) {
  return change(context, "grant.end",
                {{"code", context.words.code}, {"until", context.words.until}});
}
int token_add(const Context& context) {
  const Words& words = context.words;
  return change(context, "token.add",
                {{"account", words.account},
                 {"used_for", words.used_for},
                 {"scopes", words.scopes},
                 {"expires", words.expires}});
}
int token_revoke(const Context& context) {
  return change(context, "token.revoke", {{"code", context.words.code}});
}

int account_list(const Context& context) {
  auto host = open_to_read(context.words.data, context.environment);
  if (!host) return report(context, host.error());
  const auto door = answer::Door::local(**host);
  const account::Accounts accounts(**host, *(*host)->credentials(), *context.environment.clock,
                                   *context.environment.random);
  return report(context, answer::list_accounts(door, accounts), render_accounts);
}

}  // namespace wutong::cli
