// Checked pages on the terminal.
#include <algorithm>
#include <boost/json.hpp>
#include <iostream>

#include "surface/cli/commands.hpp"

namespace wutong::cli {

namespace json = boost::json;
using answer::Answered;

namespace {

Answered check(zone::Host& host, const Page& page) {
  Answered answered = answer::check_page(answer::Door::local(host), page.text);
  if (!answered && answered.error().error.place.file.empty()) {
    answered.error().error.place.file = page.file;
  }
  return answered;
}

int code_of(const json::value& checked) {
  for (const json::value& claim : checked.as_object().at("claims").as_array()) {
    if (text_of(claim.as_object(), "verdict") == "contradicted") return 1;
  }
  return 0;
}

}  // namespace

int print_checked_page(zone::Host& host, const Page& page, const Environment& environment,
                       Language language, bool is_json) {
  Answered answered = check(host, page);
  if (!answered) return print_failure(answered.error(), language, is_json);
  Look look{language, environment.is_terminal};
  std::cout << (is_json ? answer::to_text(*answered, true) + "\n"
                        : render_page(*answered, page.text, look))
            << std::flush;
  return code_of(*answered);
}

int print_checked_pages(zone::Host& host, const std::vector<Page>& pages,
                        const Environment& environment, Language language, bool is_json) {
  int code = 0;
  json::array all;
  for (const Page& page : pages) {
    if (!is_json) {
      std::cout << "── " << page.file << "\n";
      code = std::max(code, print_checked_page(host, page, environment, language, false));
      std::cout << std::endl;
      continue;
    }
    Answered answered = check(host, page);
    if (!answered) return print_failure(answered.error(), language, true);
    code = std::max(code, code_of(*answered));
    json::object one{{"file", page.file}};
    for (const auto& member : answered->as_object()) one.insert(member);
    all.emplace_back(std::move(one));
  }
  if (is_json) std::cout << answer::to_text(json::object{{"pages", all}}, true) << std::endl;
  return code;
}

}  // namespace wutong::cli
