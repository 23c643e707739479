#include "surface/cli/commands.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <iostream>
#include <tuple>

#include "base/text.hpp"
#include "core/catalog/catalog.hpp"
#include "surface/answer/answer.hpp"
#include "surface/cli/transport.hpp"

namespace wutong::cli {

namespace json = boost::json;
using answer::Answered;

namespace {

constexpr size_t kFileBytesMax = size_t{512} << 20;
constexpr size_t kFaultsShown = 20;

Result<std::optional<Date>> valid_from_of(const Words& words) {
  if (words.valid_from.empty()) return std::optional<Date>{};
  if (auto day = Date::parse(words.valid_from)) return day;
  return fail(ErrorKind::invalid, "act.malformed", "--valid-from 应是存在的日期，如 2024-07-01",
              "--valid-from takes a day that exists, like 2024-07-01", {{}, 0, 0, "--valid-from"});
}

answer::AsOf as_of(const Words& words) { return {words.as_of, words.definitions}; }

int write_catalog(const Context& context, bool is_new) {
  Issues issues;
  pack::Files files = pack::read_files(context.words.packs, issues);
  if (!issues.empty()) {
    size_t count = issues.size();
    Error first = issues.front();
    return print_failure({std::move(first), std::move(issues), count}, context.look.language,
                         context.words.is_json);
  }
  auto kind = hash_kind_from(context.words.hash);
  if (!kind) {
    return report(context, Error{ErrorKind::invalid,
                                 "zone.hash",
                                 {{}, 0, 0, "--hash"},
                                 "--hash 应是 sha256 或 sm3",
                                 "--hash takes sha256 or sm3",
                                 {}});
  }
  const Words& words = context.words;
  auto direct = [&](const answer::Door& door) -> Answered {
    const std::string actor = "local:" + words.actor;
    auto done = is_new ? door.host().create_zone(words.zone, *kind, files, actor)
                       : door.host().adopt(words.zone, files, actor, words.note);
    if (!done) return tl::unexpected(done.error());
    return answer::receipt(*done);
  };
  return report(context, write(words.data, context.environment, direct, {}), render_receipt);
}

std::string json_null(const json::value&, const Look&) { return {}; }

}  // namespace

int read_and_report(const Context& context, const Question& ask, Renderer render) {
  auto host = open_to_read(context.words.data, context.environment);
  if (!host) return report(context, host.error());
  return report(context, ask(answer::Door::local(**host)), render);
}

answer::Caller caller_of(const Context& context) {
  answer::Caller caller;
  caller.actor = "local:" + context.words.actor;  // whoever can open the data directory
  caller.idempotency_key = context.words.request;
  caller.is_dry_run = context.words.is_dry_run;
  for (std::string_view role : split(context.words.roles, ',')) {
    if (!trim(role).empty()) caller.roles.emplace_back(trim(role));
  }
  return caller;
}

int report(const Context& context, const Answered& answered, Renderer render) {
  if (!answered) {
    return print_failure(answered.error(), context.look.language, context.words.is_json);
  }
  std::cout << (context.words.is_json ? answer::to_text(*answered, true) + "\n"
                                      : render(*answered, context.look))
            << std::flush;
  return 0;
}

int report(const Context& context, Error error) {
  return print_failure({std::move(error), {}, 1}, context.look.language, context.words.is_json);
}

int print_failure(const zone::Failure& failure, Language language, bool is_json) {
  if (is_json) {
    std::cout << answer::to_text(answer::problem(failure), true) << std::endl;
    return answer::exit_code(failure.error.kind);
  }
  bool is_zh = language == Language::zh;
  auto describe = [&](const Error& error) {
    return is_zh ? describe_zh(error) : describe_en(error);
  };
  bool is_listed =
      !failure.faults.empty() && describe(failure.faults.front()) == describe(failure.error);
  if (!is_listed) {
    std::cerr << (is_zh ? "错误：" : "error: ") << describe(failure.error) << "\n";
  }
  size_t shown = 0;
  for (const Error& fault : failure.faults) {
    if (shown++ == kFaultsShown) break;
    std::cerr << (is_listed ? (is_zh ? "错误：" : "error: ") : "  ") << describe(fault) << "\n";
  }
  if (failure.fault_count > kFaultsShown) {
    std::string rest = std::to_string(failure.fault_count - kFaultsShown);
    std::cerr << (is_zh ? "  还有 " + rest + " 处，用 --json 看全部\n"
                        : "  " + rest + " more; --json lists them all\n");
  }
  std::cerr << std::flush;
  return answer::exit_code(failure.error.kind);
}

int zone_create(const Context& context) { return write_catalog(context, true); }
int zone_adopt(const Context& context) { return write_catalog(context, false); }

int zone_list(const Context& context) {
  return read_and_report(context, answer::list_zones, render_zones);
}

int act(const Context& context) {
  const Words& words = context.words;
  std::string body = words.body;
  if (!words.file.empty()) {
    auto content = read_text_file(words.file, kFileBytesMax);
    if (!content) return report(context, content.error());
    body = std::move(*content);
  }
  return act_and_report(context, body);
}

int act_and_report(const Context& context, const std::string& body) {
  const Words& words = context.words;
  answer::Caller caller = caller_of(context);
  std::string target = "/v1/zones/" + percent_encode(words.zone) + "/acts";
  if (words.is_dry_run) target += "?dry_run=true";
  auto direct = [&](const answer::Door& door) {
    return answer::perform_act(door, words.zone, body, caller);
  };
  return report(context, write(words.data, context.environment, direct, {target, body, caller}),
                render_receipt);
}

int import_file(const Context& context) {
  const Words& words = context.words;
  auto content = read_text_file(words.file, kFileBytesMax);
  if (!content) return report(context, content.error());
  answer::ImportInput input{words.register_name, words.file, *content, words.note, {}};
  if (auto day = valid_from_of(words)) {
    input.valid_from = *day;
  } else {
    return report(context, day.error());
  }
  input.sheet = words.sheet;
  input.heading_line = words.heading_row;
  input.reads_hidden = words.reads_hidden;
  answer::Caller caller = caller_of(context);
  std::string target =
      "/v1/zones/" + percent_encode(words.zone) + "/imports/" +
      percent_encode(words.register_name) + "?file=" + percent_encode(words.file) +
      "&note=" + percent_encode(words.note) + "&valid_from=" + percent_encode(words.valid_from) +
      "&sheet=" + percent_encode(words.sheet) + "&heading_row=" + std::to_string(words.heading_row);
  if (words.is_dry_run) target += "&dry_run=true";
  if (words.reads_hidden) target += "&hidden=read";
  auto direct = [&](const answer::Door& door) {
    return answer::import_rows(door, words.zone, input, caller);
  };
  const Answered answered =
      write(words.data, context.environment, direct, {target, *content, caller});
  if (!answered && !words.faults_file.empty()) {
    auto kept = write_faults(context, input, answered.error());
    if (!kept) return report(context, kept.error());
  }
  return report(context, answered, render_receipt);
}

int import_zones(const Context& context) {
  const Words& words = context.words;
  auto content = read_text_file(words.file, kFileBytesMax);
  if (!content) return report(context, content.error());
  auto day = valid_from_of(words);
  if (!day) return report(context, day.error());
  answer::ZonesInput input;
  input.rows = {words.register_name, words.file, std::move(*content), words.note, *day};
  input.zone_column = words.zone_column;
  input.by = words.by;
  input.zones_file = words.zones_file;
  input.is_all_or_nothing = words.is_all_or_nothing;
  answer::Caller caller = caller_of(context);
  Posting posting{{}, {}, caller};
  if (words.zones_file.empty()) {
    posting.target = "/v1/imports/" + percent_encode(words.register_name) +
                     "?file=" + percent_encode(words.file) + "&note=" + percent_encode(words.note) +
                     "&valid_from=" + percent_encode(words.valid_from) +
                     "&zone_column=" + percent_encode(words.zone_column) +
                     "&by=" + percent_encode(words.by) +
                     "&all_or_nothing=" + (words.is_all_or_nothing ? "true" : "false") +
                     "&dry_run=" + (words.is_dry_run ? "true" : "false");
    posting.body = input.rows.content;
  } else {
    auto zones = read_text_file(words.zones_file, kFileBytesMax);
    if (!zones) return report(context, zones.error());
    input.zones_content = std::move(*zones);
    if (words.by.empty()) {
      return report(context, Error{ErrorKind::invalid,
                                   "import.by_missing",
                                   {{}, 0, 0, "--by"},
                                   "用 --zones 时要用 --by 说明由哪一列查园区",
                                   "--zones needs --by: the column that leads to the zone",
                                   {}});
    }
  }
  auto direct = [&](const answer::Door& door) {
    return answer::import_zones(door, std::move(input), caller);
  };
  Answered answered = write(words.data, context.environment, direct, posting);
  const bool is_whole = answered && answered->at("refused").as_array().empty();
  const int code = report(context, answered, render_receipts);
  return code == 0 && !is_whole ? 1 : code;
}

int record_show(const Context& context) {
  const Words& words = context.words;
  return read_and_report(
      context,
      [&](const answer::Door& door) {
        return answer::show_record(door, words.zone, words.register_name, words.key, as_of(words));
      },
      render_record);
}

int record_list(const Context& context) {
  const Words& words = context.words;
  return read_and_report(
      context,
      [&](const answer::Door& door) {
        return answer::list_records(
            door, words.zone, words.register_name,
            {words.offset, words.limit, as_of(words),
             record::QueryText{words.where, words.sort, words.search, words.cursor}});
      },
      render_records);
}

int zone_definitions(const Context& context) {
  const Words& words = context.words;
  return read_and_report(
      context,
      [&](const answer::Door& door) {
        return words.key.empty()
                   ? answer::list_definitions(door, words.zone, as_of(words))
                   : answer::show_definition(door, words.zone, words.key, as_of(words));
      },
      words.key.empty() ? render_definitions : render_definition);
}

int figure(const Context& context) {
  const Words& words = context.words;
  return read_and_report(
      context,
      [&](const answer::Door& door) {
        return answer::show_figure(door, words.identity, as_of(words));
      },
      render_figure);
}

int explain(const Context& context) {
  const Words& words = context.words;
  return read_and_report(
      context,
      [&](const answer::Door& door) {
        return answer::explain_figure(door, words.identity, as_of(words),
                                      {words.offset, words.limit});
      },
      render_explanation);
}

int recompute(const Context& context) {
  auto host = open_to_read(context.words.data, context.environment);
  if (!host) return report(context, host.error());
  const std::string& zone = context.words.zone;
  const auto door = answer::Door::local(**host);
  Answered answered =
      zone.empty() ? answer::compare_all(door) : answer::compare_recomputed(door, zone);
  const bool is_equal = answered && answered->at("equal").as_bool();
  const int code = report(context, answered, render_comparison);
  return code == 0 && !is_equal ? 1 : code;
}

int project(const Context& context) {
  const Words& words = context.words;
  auto render = [](const json::value& value, const Look& look) -> std::string {
    const json::object& object = value.as_object();
    const std::string to = text_of(object, "position");
    const std::string from = text_of(object, "from");
    const bool is_zh = look.language == Language::zh;
    std::string out = (is_zh ? "已写到位置 " : "written up to position ") + to;
    if (from != "0")
      out += (is_zh ? "（接在 " : " (continued from ") + from + (is_zh ? " 之后）" : ")");
    return out + ": " + text_of(object, "file") + "\n";
  };
  return read_and_report(
      context,
      [&](const answer::Door& door) {
        return answer::project_zone(door, words.zone, words.as_of, words.file);
      },
      render);
}

int page_read(const Context& context) {
  auto content = read_text_file(context.words.file, kFileBytesMax);
  if (!content) return report(context, content.error());
  Answered answered = answer::read_page(*content);
  if (!answered || context.words.is_json) return report(context, answered, json_null);
  std::cout << render_reading(*answered, context.look) << std::flush;
  return 0;
}

int page_check(const Context& context) {
  auto content = read_text_file(context.words.file, kFileBytesMax);
  if (!content) return report(context, content.error());
  auto host = open_to_read(context.words.data, context.environment);
  if (!host) return report(context, host.error());
  return print_checked_page(**host, {context.words.file, *content}, context.environment,
                            context.look.language, context.words.is_json);
}

int serve(const Context& context) {
  const Words& words = context.words;
  return context.environment.serve(
      {words.data, words.address, words.port, context.look.language, words.is_behind_proxy});
}

int demo(const Context& context) {
  const Words& words = context.words;
  DemoOptions options;
  options.data_directory = words.data;
  options.packs_directory = words.packs;
  options.address = words.address;
  options.port = words.port;
  options.is_once = words.is_once;
  options.is_json = words.is_json;
  options.language = context.look.language;
  return context.environment.demo(options);
}

}  // namespace wutong::cli
