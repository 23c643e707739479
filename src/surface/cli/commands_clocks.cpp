// The commands about what is due.
#include <boost/json.hpp>

#include "base/text.hpp"
#include "surface/cli/commands.hpp"
#include "surface/cli/transport.hpp"
#include "zone/account/accounts.hpp"

namespace wutong::cli {

namespace json = boost::json;

namespace {

// The account's rights, as a session of its own would have them.
Result<access::Principal> principal_of(const Context& context, zone::Host& host) {
  const std::string& name = context.words.actor;
  const account::Accounts accounts(host, *host.credentials(), *context.environment.clock,
                                   *context.environment.random);
  auto principal = accounts.principal(name);
  if (!principal.grants.empty()) return principal;
  std::vector<std::string> known;
  for (const account::AccountRow& row : accounts.list()) {
    if (!row.grants.empty()) known.push_back(row.account);
  }
  const auto near = nearest_name(name, known);
  return fail(ErrorKind::not_found, "clock.no_account",
              "没有有授权的账户“" + name + "”" + (near ? "，是否指 " + *near + "？" : "") +
                  "；--actor 应是 account list 中的账户",
              "there is no account \"" + name + "\" with a grant" +
                  (near ? "; did you mean " + *near + "?" : "") +
                  "; --actor takes one of account list",
              {{}, 0, 0, "actor"});
}

}  // namespace

int today(const Context& context) {
  const Words& words = context.words;
  answer::TodayInput input;
  input.zone = words.zone;
  input.owner = words.owner;
  input.day = words.day;
  input.limit = words.limit;
  input.roles = caller_of(context).roles;
  auto host = open_to_read(words.data, context.environment);
  if (!host) return report(context, host.error());
  auto principal =
      words.actor.empty() ? access::Principal::local("local") : principal_of(context, **host);
  if (!principal) return report(context, principal.error());
  const answer::Door door(**host, std::move(*principal));
  return report(context, answer::today(door, input), render_today);
}

int remind(const Context& context) {
  const Words& words = context.words;
  json::object body{{"act", "clock.remind"}, {"note", words.note}};
  if (!words.register_name.empty()) {
    body["register"] = words.register_name;
    body["key"] = words.key;
  }
  return act_and_report(context, json::serialize(body));
}

int outbox(const Context& context) {
  const Words& words = context.words;
  if (words.through > 0) {
    return act_and_report(context, json::serialize(json::object{{"act", "outbox.confirm"},
                                                                {"after", words.after},
                                                                {"through", words.through},
                                                                {"note", words.note}}));
  }
  return read_and_report(
      context,
      [&](const answer::Door& door) {
        return answer::outbox(door, words.zone, words.after, words.limit);
      },
      render_outbox);
}

}  // namespace wutong::cli
