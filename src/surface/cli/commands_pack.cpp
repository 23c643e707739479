// Commands on packs: read from files, no data directory.
#include <algorithm>
#include <boost/json.hpp>
#include <iostream>
#include <tuple>

#include "core/catalog/catalog.hpp"
#include "surface/cli/commands.hpp"

namespace wutong::cli {

namespace json = boost::json;
using answer::Answered;

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
  std::sort(issues.begin(), issues.end(), [](const Error& a, const Error& b) {
    return std::tie(a.place.file, a.place.line, a.place.column, a.en) <
           std::tie(b.place.file, b.place.line, b.place.column, b.en);
  });
  issues.erase(std::unique(issues.begin(), issues.end()), issues.end());
  if (!issues.empty()) {
    size_t count = issues.size();
    Error first = issues.front();
    print_failure({std::move(first), std::move(issues), count}, context.look.language,
                  context.words.is_json);
    return 1;
  }
  json::object out{{"zones", json::array(zones.begin(), zones.end())}, {"issues", json::array()}};
  auto render = [](const json::value&, const Look& look) -> std::string {
    return look.pick("没有错误\n", "no faults\n");
  };
  return report(context, Answered(json::value(out)), render);
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
