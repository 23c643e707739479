// The commands as functions over their parsed words; command_line.cpp fills the words.
#pragma once

#include <functional>
#include <optional>

#include "surface/answer/answer.hpp"
#include "surface/cli/cli.hpp"
#include "surface/cli/render.hpp"

namespace wutong::cli {

struct Words {
  std::string data;
  std::string packs;
  std::string actor;
  std::string roles = "system";
  std::string zone;
  std::string hash = "sha256";
  std::string identity;
  std::string register_name;
  std::string key;
  std::string file;
  std::string body;
  std::string as_of;
  std::string definitions;
  std::string zone_column = "zone";
  std::string by;
  std::string zones_file;
  std::string note;
  std::string sheet;
  std::string faults_file;
  std::string format;
  std::string valid_from;
  std::string day;
  std::string owner;
  uint64_t after = 0;
  uint64_t through = 0;
  std::string request;
  std::string address = "127.0.0.1";
  uint16_t port = 8080;
  size_t offset = 0;
  std::vector<std::string> where;  // of record list
  std::string sort;
  std::string search;
  std::string cursor;
  size_t limit = 20;
  std::string account;
  std::string shown_as;
  std::string role;
  std::string own;
  std::string from;
  std::string until;
  std::string substitute_for;
  std::string scopes;
  std::string expires;
  std::string used_for;
  std::string code;
  bool is_behind_proxy = false;
  bool is_json = false;
  bool is_dry_run = false;
  bool is_once = false;
  bool is_english = false;
  int heading_row = 0;
  bool reads_hidden = false;
  bool has_no_mark = false;
  bool has_english_titles = false;
  bool is_all_or_nothing = false;
  bool is_compare = true;  // recompute always compares
};

struct Context {
  const Words& words;
  const Environment& environment;
  Look look;
};

// Each gives the exit code.
int zone_create(const Context& context);
int zone_adopt(const Context& context);
int zone_list(const Context& context);
int act(const Context& context);
int import_file(const Context& context);
int import_zones(const Context& context);
int export_file(const Context& context);
int zone_definitions(const Context& context);
int record_show(const Context& context);
int record_list(const Context& context);
int figure(const Context& context);
int explain(const Context& context);
int recompute(const Context& context);
int project(const Context& context);
int today(const Context& context);
int remind(const Context& context);
int outbox(const Context& context);
int page_read(const Context& context);
int page_check(const Context& context);
int pack_check(const Context& context);
int pack_test(const Context& context);
int pack_schema(const Context& context);
int account_add(const Context& context);
int account_list(const Context& context);
int account_lock(const Context& context);
int account_unlock(const Context& context);
int account_reset(const Context& context);
int grant_add(const Context& context);
int grant_end(const Context& context);
int token_add(const Context& context);
int token_revoke(const Context& context);
int serve(const Context& context);
int demo(const Context& context);

// What an import was refused for, to the file that --faults names: .xlsx marked, else a text.
Result<void> write_faults(const Context& context, const answer::ImportInput& input,
                          const zone::Failure& failure);

// Prints an answer, or why there is none; the exit code.
using Renderer = std::string (*)(const boost::json::value&, const Look&);
int report(const Context& context, const answer::Answered& answered, Renderer render);
int report(const Context& context, Error error);
using Question = std::function<answer::Answered(const answer::Door&)>;
int read_and_report(const Context& context, const Question& ask, Renderer render);
answer::Caller caller_of(const Context& context);
// Performs an act whose body is JSON, here or in the process that writes there.
int act_and_report(const Context& context, const std::string& body);

}  // namespace wutong::cli
