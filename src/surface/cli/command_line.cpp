// The words of the command line, over CLI11. Help is in Chinese and English, one line each.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

#include "base/text.hpp"
#include "surface/cli/commands.hpp"

namespace wutong::cli {

namespace {

struct Command {
  const char* group;  // "" for none
  const char* name;
  const char* help;
  int (*run)(const Context&);
  void (*add_words)(CLI::App&, Words&);
};

void data_word(CLI::App& app, Words& words) {
  app.add_option("--data", words.data, "数据目录 data directory")->capture_default_str();
}
void packs_word(CLI::App& app, Words& words) {
  app.add_option("--packs", words.packs,
                 "含 packs/ 与 zones/ 的目录 directory with packs/ and zones/")
      ->capture_default_str();
}
void actor_words(CLI::App& app, Words& words) {
  app.add_option("--actor", words.actor, "经办人 who acts")->capture_default_str();
  app.add_option("--roles", words.roles, "角色，逗号分隔 roles, by commas")->capture_default_str();
  app.add_option("--request", words.request, "幂等键 idempotency key");
  app.add_option("--note", words.note, "理由 reason");
  app.add_flag("--dry-run", words.is_dry_run, "只试算，不写入 decide, write nothing");
}
void zone_words(CLI::App& app, Words& words) {
  data_word(app, words);
  packs_word(app, words);
  app.add_option("--actor", words.actor, "经办人 who acts")->capture_default_str();
  app.add_option("--note", words.note, "理由 reason");
  app.add_option("--hash", words.hash, "sha256 | sm3")->capture_default_str();
  app.add_option("zone", words.zone, "园区 zone")->required();
}
void act_words(CLI::App& app, Words& words) {
  data_word(app, words);
  actor_words(app, words);
  app.add_option("zone", words.zone, "园区 zone")->required();
  app.add_option("body", words.body,
                 "JSON: {\"act\":\"record.amend\",\"register\":…,\"rows\":[{…}]}");
  app.add_option("--file", words.file,
                 "从文件读 JSON，- 为标准输入 read the JSON from a file, - is stdin");
}
void import_words(CLI::App& app, Words& words) {
  data_word(app, words);
  actor_words(app, words);
  app.add_option("--valid-from", words.valid_from,
                 "随时间变化的属性自何日起 day from which dated values hold");
  app.add_option("--sheet", words.sheet, "工作表，默认第一张可见的 sheet, else the first visible");
  app.add_option("--heading-row", words.heading_row,
                 "标题在第几行，默认第一个非空行 row of the headings, else the first not empty");
  app.add_flag("--hidden", words.reads_hidden, "隐藏的行列也导入 read hidden rows and columns too");
  app.add_option("--faults", words.faults_file,
                 "有错时写出标好错处的 .xlsx，或 .txt 清单 write the faults, marked, to a file");
  app.add_option("zone", words.zone, "园区 zone")->required();
  app.add_option("register", words.register_name, "登记簿 register")->required();
  app.add_option("file", words.file, "CSV 或 XLSX 文件 CSV or XLSX file")->required();
}
void import_zones_words(CLI::App& app, Words& words) {
  data_word(app, words);
  actor_words(app, words);
  app.add_option("--valid-from", words.valid_from,
                 "随时间变化的属性自何日起 day from which dated values hold");
  app.add_option("--zone-column", words.zone_column, "写明园区的列 the column that names the zone")
      ->capture_default_str();
  app.add_option("--by", words.by,
                 "由此列查出园区（引用字段，或见 --zones） the column that leads to the zone");
  app.add_option("--zones", words.zones_file,
                 "CSV：第一列是 --by 的值，另有园区列 CSV: values of --by first, and the zone");
  app.add_flag("--all-or-nothing", words.is_all_or_nothing,
               "任一园区不通过则全不写入 write no zone where one is refused");
  app.add_option("register", words.register_name, "登记簿 register")->required();
  app.add_option("file", words.file, "CSV 文件 CSV file")->required();
}
void as_of_words(CLI::App& app, Words& words) {
  app.add_option("--as-of", words.as_of, "截至某日或某位置所知 as known on a day or at a position");
  app.add_option("--definitions", words.definitions,
                 "then 当时的定义（默认） those then in force | today 今天的定义 today's");
}
void export_words(CLI::App& app, Words& words) {
  data_word(app, words);
  as_of_words(app, words);
  app.add_option("--format", words.format,
                 "csv | xlsx，默认看文件名 by default as the file's name");
  app.add_flag("--english-titles", words.has_english_titles, "英文标题 English titles");
  app.add_flag("--no-mark", words.has_no_mark, "CSV 开头不加 BOM no byte order mark in CSV");
  app.add_option("zone", words.zone, "园区 zone")->required();
  app.add_option("register", words.register_name, "登记簿 register")->required();
  app.add_option("file", words.file, "写到的文件，- 为标准输出 file to write, - is stdout")
      ->required();
}
void definitions_words(CLI::App& app, Words& words) {
  data_word(app, words);
  app.add_option("--as-of", words.as_of, "日期或位置 day or position");
  app.add_option("zone", words.zone, "园区 zone")->required();
  app.add_option("name", words.key, "指标、登记簿等的名称 an indicator, a register …");
}
void today_words(CLI::App& app, Words& words) {
  words.roles.clear();
  words.actor.clear();
  words.limit = 200;
  data_word(app, words);
  app.add_option("--actor", words.actor,
                 "哪个账户的一天：按其授权 whose day: of this account, as its grants allow");
  app.add_option("--role,--roles", words.roles, "角色，逗号分隔；不写则全部 roles; all if none");
  app.add_option("--owner", words.owner, "只看此属主的记录：登记簿/主键 register/key of the owner");
  app.add_option("--day", words.day, "哪一天，默认今天 the day, by default today");
  app.add_option("--limit", words.limit, "每栏最多几项 items a section")->capture_default_str();
  app.add_option("zone", words.zone, "园区，只有一个时可省 zone, where there are several");
}
void remind_words(CLI::App& app, Words& words) {
  data_word(app, words);
  actor_words(app, words);
  app.add_option("zone", words.zone, "园区 zone")->required();
  app.add_option("register", words.register_name,
                 "只提醒这条记录：登记簿 one record only: its register");
  app.add_option("key", words.key, "及主键 and its key");
}
void outbox_words(CLI::App& app, Words& words) {
  data_word(app, words);
  actor_words(app, words);
  words.limit = 100;
  app.add_option("--after", words.after, "从此编号之后 after this number")->capture_default_str();
  app.add_option("--limit", words.limit, "最多几条 at most")->capture_default_str();
  app.add_option("--confirm", words.through,
                 "确认到此编号为止已送出 confirm that those up to this number were sent");
  app.add_option("zone", words.zone, "园区，只有一个时可省 zone, where there are several");
}
void record_words(CLI::App& app, Words& words) {
  data_word(app, words);
  as_of_words(app, words);
  app.add_option("zone", words.zone, "园区 zone")->required();
  app.add_option("register", words.register_name, "登记簿 register")->required();
  app.add_option("key", words.key, "主键 key")->required();
}
void record_list_words(CLI::App& app, Words& words) {
  data_word(app, words);
  as_of_words(app, words);
  app.add_option("--where", words.where,
                 "条件，可多次：字段.比较.值，如 output.ge.100 condition: field.operator.value");
  app.add_option("--sort", words.sort, "排序，如 -output,month sorting, - is descending");
  app.add_option("-q,--search", words.search, "全文：中文或词首 words, by how they begin");
  app.add_option("--cursor", words.cursor, "从上次给出的游标继续 go on from a cursor");
  app.add_option("--offset", words.offset, "从第几条记录起 first record");
  app.add_option("--limit", words.limit, "最多几条记录 records at most")->capture_default_str();
  app.add_option("zone", words.zone, "园区 zone")->required();
  app.add_option("register", words.register_name, "登记簿 register")->required();
}
void figure_words(CLI::App& app, Words& words) {
  data_word(app, words);
  as_of_words(app, words);
  app.add_option("figure", words.identity, "ZONE/INDICATOR/PERIOD/COMPARISON?DIM=VALUE")
      ->required();
}
void explain_words(CLI::App& app, Words& words) {
  figure_words(app, words);
  app.add_option("--offset", words.offset, "从第几条记录起 first record");
  app.add_option("--limit", words.limit, "最多几条记录 records at most")->capture_default_str();
}
void recompute_words(CLI::App& app, Words& words) {
  data_word(app, words);
  app.add_flag("--compare", words.is_compare, "与增量结果逐项比较（默认） compare (the default)");
  app.add_option("zone", words.zone, "园区；不写则全部 zone; all where none is named");
}
void project_words(CLI::App& app, Words& words) {
  data_word(app, words);
  app.add_option("--zone", words.zone, "园区，只有一个时可省 zone, where there are several");
  app.add_option("--as-of", words.as_of, "位置或日期 position or day");
  app.add_option("file", words.file, "SQLite 文件，已有则续写 SQLite file, continued if there")
      ->required();
}
void file_words(CLI::App& app, Words& words) {
  app.add_option("file", words.file, "文本文件，- 为标准输入 text file, - is stdin")->required();
}
void check_words(CLI::App& app, Words& words) {
  data_word(app, words);
  file_words(app, words);
}
void kind_words(CLI::App& app, Words& words) {
  app.add_option("kind", words.key,
                 "register | indicator | check | codes | calendar | role | zone | cases")
      ->required();
}
void pack_test_words(CLI::App& app, Words& words) {
  app.add_option("pack", words.key, "只试这个能力包 only this pack");
  packs_word(app, words);
}
void serve_words(CLI::App& app, Words& words) {
  data_word(app, words);
  app.add_option("--address", words.address, "监听地址 address")->capture_default_str();
  app.add_option("--port", words.port, "端口 port")->capture_default_str();
  app.add_flag(
      "--behind-proxy", words.is_behind_proxy,
      "前有代理提供 TLS，可在本机以外监听 TLS ends at a proxy; may listen beyond loopback");
}
void local_words(CLI::App& app, Words& words) {
  data_word(app, words);
  app.add_option("--actor", words.actor, "经办人 who acts")->capture_default_str();
}
void account_words(CLI::App& app, Words& words) {
  local_words(app, words);
  app.add_option("--shown-as", words.shown_as, "显示名 shown as");
  app.add_option("account", words.account, "账户 account")->required();
}
void grant_add_words(CLI::App& app, Words& words) {
  local_words(app, words);
  app.add_option("--own", words.own, "本人记录 登记簿/主键 the record that it is, REGISTER/KEY");
  app.add_option("--from", words.from, "自何日起（默认今天） first day (today)");
  app.add_option("--until", words.until, "至何日 last day");
  app.add_option("--substitute-for", words.substitute_for, "代理何人 in place of whom");
  app.add_option("account", words.account, "账户 account")->required();
  app.add_option("role", words.role, "角色 role")->required();
  app.add_option("zone", words.zone, "园区，* 为全部 zone, * for all")->required();
}
void grant_end_words(CLI::App& app, Words& words) {
  local_words(app, words);
  app.add_option("--until", words.until, "至何日（默认昨天） last day (yesterday)");
  app.add_option("code", words.code, "授权编号 code of the grant")->required();
}
void token_add_words(CLI::App& app, Words& words) {
  local_words(app, words);
  app.add_option("--used-for", words.used_for, "用途 used for");
  app.add_option("--scopes", words.scopes, "records,figures,pages,write,system")->required();
  app.add_option("--expires", words.expires, "有效期至 last day")->required();
  app.add_option("account", words.account, "账户 account")->required();
}
void token_revoke_words(CLI::App& app, Words& words) {
  local_words(app, words);
  app.add_option("code", words.code, "令牌编号 code of the token")->required();
}
void demo_words(CLI::App& app, Words& words) {
  words.data.clear();
  serve_words(app, words);
  packs_word(app, words);
  app.add_flag("--once", words.is_once, "核对后即停 stop after the check");
}

constexpr Command kCommands[] = {
    {"", "demo",
     "建立演示园区、核对文章、启动服务 build the demo zones, check their articles, serve", demo,
     demo_words},
    {"", "serve", "在本机提供 HTTP 接口 serve HTTP on this machine", serve, serve_words},
    {"zone", "create", "建立园区 create a zone", zone_create, zone_words},
    {"zone", "adopt", "采用修改后的定义 adopt a changed catalog", zone_adopt, zone_words},
    {"zone", "list", "列出园区 list the zones", zone_list, data_word},
    {"zone", "import", "把多个园区的 CSV 一次导入 import a CSV of many zones in one transaction",
     import_zones, import_zones_words},
    {"zone", "definitions", "查看今天或某日的定义 the definitions now or as of a day",
     zone_definitions, definitions_words},
    {"", "act", "办理一件事 perform an act", act, act_words},
    {"", "import", "整批导入 CSV 或 XLSX import a CSV or XLSX file as one act", import_file,
     import_words},
    {"", "export", "导出登记簿为 CSV 或 XLSX export a register as CSV or XLSX", export_file,
     export_words},
    {"", "today", "今天要办的、到期的、超期的 what is due, late and to be done", today,
     today_words},
    {"", "remind", "提醒到期与超期的 remind of what is due or late", remind, remind_words},
    {"", "outbox", "待短信或邮件网关送出的提醒 notices for a gateway to send", outbox,
     outbox_words},
    {"record", "show", "查看一条记录 show a record", record_show, record_words},
    {"record", "list", "列出记录 list records", record_list, record_list_words},
    {"", "figure", "查一个数 ask for a figure", figure, figure_words},
    {"", "explain", "这个数从何而来 explain a figure down to its records", explain, explain_words},
    {"", "recompute", "重算并与增量结果比较 recompute and compare", recompute, recompute_words},
    {"", "project", "写出或续写数据表（SQLite） write or continue SQL tables", project,
     project_words},
    {"page", "read", "读出文章中的数 read the figures of an article", page_read, file_words},
    {"page", "check", "对照记录核对文章 check an article against the records", page_check,
     check_words},
    {"account", "add", "新增账户，给出一次性口令 add an account with a one-time password",
     account_add, account_words},
    {"account", "list", "列出账户与授权 list accounts and grants", account_list, data_word},
    {"account", "lock", "停用账户 lock an account", account_lock, account_words},
    {"account", "unlock", "恢复账户 unlock an account", account_unlock, account_words},
    {"account", "reset", "重置口令 a new one-time password", account_reset, account_words},
    {"grant", "add", "授予角色 give a role", grant_add, grant_add_words},
    {"grant", "end", "结束授权 end a grant", grant_end, grant_end_words},
    {"token", "add", "新增接口令牌 add an API token", token_add, token_add_words},
    {"token", "revoke", "吊销令牌 revoke a token", token_revoke, token_revoke_words},
    {"pack", "check", "检查定义文件 check the packs", pack_check, packs_word},
    {"pack", "test", "试办各登记簿的示例 perform the examples of the registers", pack_test,
     pack_test_words},
    {"pack", "schema", "输出 JSON Schema print a JSON Schema", pack_schema, kind_words},
};

const char* group_help(std::string_view group) {
  if (group == "zone") return "园区 zones";
  if (group == "record") return "记录 records";
  if (group == "page") return "文章 pages";
  if (group == "account") return "账户 accounts";
  if (group == "grant") return "授权 grants";
  if (group == "token") return "令牌 tokens";
  return "定义 packs";
}

// What is wrong with the words, in both languages, with the nearest command.
int report_usage(const CLI::ParseError& error, int argc, const char* const* argv) {
  std::cerr << "命令有误 / usage: " << error.what() << "\n";
  std::vector<std::string> known;
  for (const Command& command : kCommands) {
    known.push_back(*command.group != '\0' ? command.group : command.name);
  }
  std::string first = argc > 1 ? argv[1] : "";
  bool is_known = std::find(known.begin(), known.end(), first) != known.end();
  auto near = nearest_name(first, known);
  if (!first.empty() && !is_known) {
    std::cerr << "没有命令 / no command: " << first
              << (near ? "，是否指 / did you mean: " + *near : "") << "\n";
  }
  std::cerr << "用 wutong --help 或 wutong 命令 --help 查看 / see --help" << std::endl;
  return 2;
}

}  // namespace

int run(int argc, const char* const* argv, const Environment& environment) {
  CLI::App app(
      "梧桐 Wutong：高新区的记录、数据与核对\nrecords, figures and checked pages of a zone",
      "wutong");
  app.require_subcommand(1);
  Words words;
  words.data = environment.default_data;
  words.packs = environment.default_packs;
  words.actor = environment.default_actor;
  std::map<std::string, CLI::App*> groups{{"", &app}};
  std::vector<std::pair<CLI::App*, const Command*>> parsed;
  // Words are bound to one struct; `demo` has another default for --data, so each command has its
  // own.
  std::vector<std::unique_ptr<Words>> bound;
  for (const Command& command : kCommands) {
    CLI::App*& group = groups[command.group];
    if (group == nullptr) {
      group = app.add_subcommand(command.group, group_help(command.group));
      group->require_subcommand(1);
    }
    bound.push_back(std::make_unique<Words>(words));
    CLI::App* added = group->add_subcommand(command.name, command.help);
    command.add_words(*added, *bound.back());
    added->add_flag("--json", bound.back()->is_json, "输出 JSON print JSON");
    added->add_flag("--en", bound.back()->is_english, "英文输出 English output");
    parsed.emplace_back(added, &command);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    bool is_help = error.get_exit_code() == 0;
    return is_help ? app.exit(error) : report_usage(error, argc, argv);
  }
  for (size_t i = 0; i < parsed.size(); ++i) {
    if (!parsed[i].first->parsed()) continue;
    Context context{*bound[i], environment, {}};
    context.look.language = bound[i]->is_english ? Language::en : Language::zh;
    context.look.has_colour = environment.is_terminal;
    return parsed[i].second->run(context);
  }
  return 2;
}

}  // namespace wutong::cli
