// The commands about what is due.
#include <boost/json.hpp>

#include "base/text.hpp"
#include "surface/cli/commands.hpp"

namespace wutong::cli {

namespace json = boost::json;

int today(const Context& context) {
  const Words& words = context.words;
  answer::TodayInput input;
  input.zone = words.zone;
  input.owner = words.owner;
  input.day = words.day;
  input.limit = words.limit;
  input.roles = caller_of(context).roles;
  return read_and_report(
      context, [&](const answer::Door& door) { return answer::today(door, input); }, render_today);
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
