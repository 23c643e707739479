// The demo zones recorded in a temporary directory, up to the day of the articles.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "demo/zones.hpp"
#include "surface/answer/door.hpp"
#include "zone/host.hpp"

namespace wutong::scenario {

inline std::string read_text_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}
inline std::string source(const std::string& path) {
  return std::string(WUTONG_SOURCE_DIR) + "/" + path;
}

class DemoZone {
 public:
  // `names` empty: all zones.
  explicit DemoZone(const std::vector<std::string>& names = {"nanchang"},
                    Date until = demo::page_day())
      : clock_(Instant{0}) {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "wutong-scenario-XXXXXX").string();
    EXPECT_NE(mkdtemp(pattern.data()), nullptr);
    path_ = pattern;
    open();
    Issues issues;
    pack::Files files = pack::read_files(WUTONG_SOURCE_DIR, issues);
    EXPECT_TRUE(issues.empty());
    for (const demo::Zone& zone : demo::zones()) {
      if (names.empty() || std::find(names.begin(), names.end(), zone.name) != names.end()) {
        record(zone, files, until);
      }
    }
  }
  ~DemoZone() {
    host_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  DemoZone(const DemoZone&) = delete;
  DemoZone& operator=(const DemoZone&) = delete;

  zone::Host& host() { return *host_; }
  answer::Door door() { return answer::Door::local(*host_, "tester"); }
  void reopen() {
    host_.reset();
    open();
  }

 private:
  void record(const demo::Zone& zone, const pack::Files& files, Date until) {
    demo::Terms terms;
    terms.until = until;
    std::vector<demo::TimedRequest> acts = zone.acts(terms);
    clock_.set(acts.front().at);
    auto created = host_->create_zone(zone.name, HashKind::sha256, files, "demo");
    if (!created) ADD_FAILURE() << zone.name << ": " << describe_en(created.error().error);
    for (demo::TimedRequest& act : acts) {
      clock_.set(act.at);
      auto done = host_->act(zone.name, std::move(act.request));
      if (!done) {
        ADD_FAILURE() << zone.name << " " << act.at.to_string() << ": "
                      << describe_en(done.error().error);
        return;
      }
    }
  }
  void open() {
    zone::HostOptions options;
    options.data_directory = path_;
    options.simulated_time = true;
    options.is_unflushed = true;
    auto host = zone::Host::open(options, clock_, random_);
    ASSERT_TRUE(host.has_value()) << describe_en(host.error());
    host_ = std::move(*host);
  }

  std::string path_;
  SimulatedClock clock_;
  SystemRandom random_;
  std::unique_ptr<zone::Host> host_;
};

}  // namespace wutong::scenario
