// Commands on packs: read from files, no data directory.
#include <algorithm>
#include <boost/json.hpp>
#include <iostream>
#include <tuple>

#include "core/catalog/cases.hpp"
#include "core/catalog/catalog.hpp"
#include "engine/pack/node.hpp"
#include "surface/cli/commands.hpp"

namespace wutong::cli {

namespace json = boost::json;
using answer::Answered;

namespace {

// Each once, in order of place; the exit code.
int print_issues(const Context& context, Issues issues) {
  std::sort(issues.begin(), issues.end(), [](const Error& a, const Error& b) {
    return std::tie(a.place.file, a.place.line, a.place.column, a.en) <
           std::tie(b.place.file, b.place.line, b.place.column, b.en);
  });
  issues.erase(std::unique(issues.begin(), issues.end()), issues.end());
  size_t count = issues.size();
  Error first = issues.front();
  print_failure({std::move(first), std::move(issues), count}, context.look.language,
                context.words.is_json);
  return 1;
}

}  // namespace

int pack_check(const Context& context) {
  Issues issues;
  pack::Files files = pack::read_files(context.words.packs, issues);
  std::vector<std::string> zones = catalog::zone_names(files);
  if (issues.empty() && zones.empty()) {
    return report(context, Error{ErrorKind::not_found,
                                 "pack.no_zone",
                                 {context.words.packs, 0, 0, {}},
                                 "没有 zones/*.yaml，无从检查",
                                 "there is no zones/*.yaml to check",
                                 {}});
  }
  for (const std::string& zone : zones) catalog::load(files, zone, issues);
  if (!issues.empty()) return print_issues(context, std::move(issues));
  json::object out{{"zones", json::array(zones.begin(), zones.end())}, {"issues", json::array()}};
  auto render = [](const json::value&, const Look& look) -> std::string {
    return look.pick("没有错误\n", "no faults\n");
  };
  return report(context, Answered(json::value(out)), render);
}

int pack_test(const Context& context) {
  Issues issues;
  pack::Files files = pack::read_files(context.words.packs, issues);
  std::vector<std::string> packs = catalog::pack_names(files);
  if (!context.words.key.empty()) {
    if (std::find(packs.begin(), packs.end(), context.words.key) == packs.end()) {
      pack::report_unknown(issues, {}, "pack.unknown_pack", "能力包", "pack", context.words.key,
                           packs);
    }
    packs = {context.words.key};
  }
  std::vector<catalog::CaseCount> counts;
  if (issues.empty()) counts = catalog::run_cases(files, packs, issues);
  if (!issues.empty()) return print_issues(context, std::move(issues));
  json::array rows;
  for (const catalog::CaseCount& count : counts) {
    rows.push_back({{"pack", count.pack},
                    {"register", count.register_name},
                    {"accepted", count.accepted},
                    {"refused", count.refused}});
  }
  auto render = [](const json::value& value, const Look& look) -> std::string {
    size_t accepted = 0, refused = 0;
    const json::array& all = value.at("registers").as_array();
    for (const json::value& row : all) {
      accepted += row.at("accepted").to_number<size_t>();
      refused += row.at("refused").to_number<size_t>();
    }
    std::string numbers[] = {std::to_string(all.size()), std::to_string(accepted),
                             std::to_string(refused)};
    return numbers[0] + look.pick(" 个登记簿的示例都对：受理 ", " registers, all cases hold: ") +
           numbers[1] + look.pick(" 条，拒绝 ", " accepted, ") + numbers[2] +
           look.pick(" 条\n", " refused\n");
  };
  return report(context, Answered(json::object{{"registers", rows}}), render);
}

int pack_schema(const Context& context) {
  for (const auto& [name, text] : catalog::json_schemas()) {
    if (context.words.key == name) {
      std::cout << text << std::flush;
      return 0;
    }
  }
  std::string names;
  for (const auto& [name, text] : catalog::json_schemas()) names += " " + name;
  return report(context, Error{ErrorKind::not_found,
                               "pack.no_schema",
                               {{}, 0, 0, "kind"},
                               "文件种类有：" + names,
                               "the kinds of files are:" + names,
                               {}});
}

}  // namespace wutong::cli
