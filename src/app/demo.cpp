#include "app/demo.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "app/demo_accounts.hpp"
#include "app/serve.hpp"
#include "core/catalog/catalog.hpp"
#include "demo/zones.hpp"
#include "surface/cli/transport.hpp"

namespace wutong::app {

namespace {

bool says_chinese(const cli::DemoOptions& options) { return options.language == cli::Language::zh; }

// Progress goes to stderr, so that stdout holds the checked page alone.
void say(const cli::DemoOptions& options, const std::string& zh, const std::string& en) {
  std::cerr << (says_chinese(options) ? zh : en) << std::endl;
}

// Every act has an idempotency key: what an earlier run recorded is found, what it did not finish
// is recorded now.
tl::expected<void, zone::Failure> record(zone::Host& host, SimulatedClock& clock,
                                         const demo::Zone& zone, const pack::Files& files,
                                         const demo::Terms& terms,
                                         const cli::DemoOptions& options) {
  std::vector<demo::TimedRequest> acts = zone.acts(terms);
  if (!acts.empty()) clock.set(acts.front().at);
  auto created = host.create_zone(zone.name, HashKind::sha256, files, "demo");
  if (!created && created.error().error.kind != ErrorKind::conflict) {
    return tl::unexpected(created.error());
  }
  size_t rows = 0;
  for (size_t i = 0; i < acts.size(); ++i) {
    clock.set(acts[i].at);
    auto done = host.act(zone.name, std::move(acts[i].request), "demo-" + std::to_string(i + 1));
    if (!done) return tl::unexpected(done.error());
    rows += done->rows_created + done->rows_changed;
  }
  std::string name = zone.name, count = std::to_string(acts.size()),
              row_count = std::to_string(rows);
  say(options, name + "：已逐件办理 " + count + " 件事，写入 " + row_count + " 行",
      name + ": performed " + count + " acts, " + row_count + " rows");
  return {};
}

// A directory of our own, removed with the process.
class Temporary {
 public:
  Temporary() {
    std::string pattern = (std::filesystem::temp_directory_path() / "wutong-demo-XXXXXX").string();
    if (mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~Temporary() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

int check_articles(zone::Host& host, const cli::DemoOptions& options,
                   const cli::Environment& environment) {
  std::vector<cli::Page> pages;
  for (const demo::Zone& zone : demo::zones()) {
    if (zone.article == nullptr) continue;
    auto text = cli::read_text_file(options.packs_directory + "/" + zone.article, size_t{16} << 20);
    if (!text) return cli::print_failure({text.error(), {}, 1}, options.language, options.is_json);
    pages.push_back({zone.article, std::move(*text)});
  }
  return cli::print_checked_pages(host, pages, environment, options.language, options.is_json);
}

tl::expected<void, zone::Failure> prepare(const std::string& data, const cli::DemoOptions& options,
                                          const cli::Environment& environment) {
  Issues issues;
  pack::Files files = pack::read_files(options.packs_directory, issues);
  if (!issues.empty()) {
    size_t count = issues.size();
    Error first = issues.front();
    return tl::unexpected(zone::Failure{std::move(first), std::move(issues), count});
  }
  SimulatedClock clock(Instant{0});
  zone::HostOptions host_options;
  host_options.data_directory = data;
  host_options.simulated_time = true;
  host_options.is_unflushed = true;
  auto host = zone::Host::open(host_options, clock, *environment.random);
  if (!host) return tl::unexpected(zone::Failure{host.error(), {}, 1});
  demo::Terms terms;
  // Yesterday: nothing happens after now, at whatever hour the demo is started.
  terms.until = std::max(environment.clock->now().day().plus_days(-1), demo::page_day());
  for (const demo::Zone& zone : demo::zones()) {
    auto done = record(**host, clock, zone, files, terms, options);
    if (!done) return done;
  }
  return {};
}

}  // namespace

int demo(const cli::DemoOptions& options, const cli::Environment& environment) {
  std::optional<Temporary> temporary;
  std::string data = options.data_directory;
  if (data.empty()) data = temporary.emplace().path();
  auto begin = std::chrono::steady_clock::now();
  if (auto prepared = prepare(data, options, environment); !prepared) {
    return cli::print_failure(prepared.error(), options.language, options.is_json);
  }
  zone::HostOptions host_options;
  host_options.data_directory = data;
  auto host = zone::Host::open(host_options, *environment.clock, *environment.random);
  if (!host) return cli::print_failure({host.error(), {}, 1}, options.language, options.is_json);
  int code = check_articles(**host, options, environment);
  auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - begin);
  say(options, "用时 " + std::to_string(spent.count()) + " 毫秒",
      "took " + std::to_string(spent.count()) + " ms");
  if (code > 1 || (options.is_once && options.data_directory.empty())) return code;
  if (auto made = make_demo_accounts(**host, options, environment); !made) {
    return cli::print_failure({made.error(), {}, 1}, options.language, options.is_json);
  }
  if (options.is_once) return code;
  return serve_host(**host, {data, options.address, options.port, options.language, false},
                    environment);
}

}  // namespace wutong::app
