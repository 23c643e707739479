// The command line: parses words, asks `answer`, renders its JSON for people or prints it as it is.
// Exit codes: 0 fine, 1 the answer is no, 2 usage or wrong input, 3 failure.
// Writing commands use the data directory, or send the act to the process that serves it.
#pragma once

#include <cstdio>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/crypto.hpp"
#include "zone/host.hpp"

namespace wutong::cli {

enum class Language { zh, en };

struct ServeOptions {
  std::string data_directory;
  std::string address = "127.0.0.1";
  uint16_t port = 8080;
  Language language = Language::zh;
  bool is_behind_proxy = false;  // TLS ends at a proxy; may listen beyond loopback
};

struct DemoOptions {
  std::string data_directory;   // empty: a fresh one under the system's temporary directory
  std::string packs_directory;  // holds packs/, zones/ and demo/
  std::string address = "127.0.0.1";
  uint16_t port = 8080;
  bool is_once = false;  // stop after the check
  bool is_json = false;
  Language language = Language::zh;
};

// What the program around gives: configuration, clock, and the commands that need other parts.
struct Environment {
  std::string default_data;   // from WUTONG_DATA, else ./data
  std::string default_packs;  // from WUTONG_PACKS, else .
  std::string default_actor;  // who runs the program
  bool is_terminal = false;   // stdout shows colour
  Clock* clock = nullptr;
  Random* random = nullptr;
  std::function<int(const ServeOptions&)> serve;
  std::function<int(const DemoOptions&)> demo;
};

int run(int argc, const char* const* argv, const Environment& environment);

struct Page {
  std::string file;
  std::string text;
};
// Checks a page and prints what `page check` prints; gives the exit code.
int print_checked_page(zone::Host& host, const Page& page, const Environment& environment,
                       Language language, bool is_json);
// For `demo`: one page after the other, each under the name of its file; as JSON one object with
// the list `pages`. Gives the highest exit code.
int print_checked_pages(zone::Host& host, const std::vector<Page>& pages,
                        const Environment& environment, Language language, bool is_json);
// One error on stderr, with its faults; gives its exit code.
int print_failure(const zone::Failure& failure, Language language, bool is_json);

}  // namespace wutong::cli
