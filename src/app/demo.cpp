#include "app/demo.hpp"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include "app/serve.hpp"
#include "core/catalog/catalog.hpp"
#include "demo/nanchang.hpp"
#include "surface/cli/transport.hpp"

namespace wutong::app {

namespace {

constexpr const char* kZone = "nanchang";
constexpr const char* kArticle = "demo/nanchang.zh.md";
constexpr uint64_t kSeed = 2024;

bool says_chinese(const cli::DemoOptions& options) { return options.language == cli::Language::zh; }

// Progress goes to stderr, so that stdout holds the checked page alone.
void say(const cli::DemoOptions& options, const std::string& zh, const std::string& en) {
  std::cerr << (says_chinese(options) ? zh : en) << std::endl;
}

tl::expected<void, zone::Failure> record(zone::Host& host, SimulatedClock& clock,
                                         const cli::DemoOptions& options) {
  Issues issues;
  pack::Files files = pack::read_files(options.packs_directory, issues);
  if (!issues.empty()) {
    size_t count = issues.size();
    Error first = issues.front();
    return tl::unexpected(zone::Failure{std::move(first), std::move(issues), count});
  }
  std::vector<demo::TimedRequest> acts = demo::nanchang_acts(kSeed);
  if (!acts.empty()) clock.set(acts.front().at);
  auto created = host.create_zone(kZone, HashKind::sha256, files, "demo");
  if (!created && created.error().error.kind != ErrorKind::conflict) {
    return tl::unexpected(created.error());
  }
  size_t rows = 0;
  for (size_t i = 0; i < acts.size(); ++i) {
    clock.set(acts[i].at);
    auto done = host.act(kZone, std::move(acts[i].request), "demo-" + std::to_string(i + 1));
    if (!done) return tl::unexpected(done.error());
    rows += done->rows_created + done->rows_changed;
  }
  say(options,
      "已逐件办理 " + std::to_string(acts.size()) + " 件事，写入 " + std::to_string(rows) + " 行",
      "performed " + std::to_string(acts.size()) + " acts, " + std::to_string(rows) + " rows");
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

int check_article(const zone::Host& host, const cli::DemoOptions& options,
                  const cli::Environment& environment) {
  std::string path = options.packs_directory + "/" + kArticle;
  auto article = cli::read_text_file(path, size_t{16} << 20);
  if (!article) return cli::print_failure({article.error(), {}, 1}, options.language, false);
  return cli::print_checked_page(host, kArticle, *article, environment, options.language,
                                 options.is_json);
}

// Every act has an idempotency key: what an earlier run recorded is found, what it did not finish
// is recorded now.
tl::expected<void, zone::Failure> prepare(const std::string& data, const cli::DemoOptions& options,
                                          const cli::Environment& environment) {
  SimulatedClock clock(Instant{0});
  zone::HostOptions host_options;
  host_options.data_directory = data;
  host_options.simulated_time = true;
  auto host = zone::Host::open(host_options, clock, *environment.random);
  if (!host) return tl::unexpected(zone::Failure{host.error(), {}, 1});
  return record(**host, clock, options);
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
  int code = check_article(**host, options, environment);
  auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - begin);
  say(options, "用时 " + std::to_string(spent.count()) + " 毫秒",
      "took " + std::to_string(spent.count()) + " ms");
  if (options.is_once || code > 1) return code;
  return serve_host(**host, {data, options.address, options.port, options.language});
}

}  // namespace wutong::app
