// The demo zone recorded in a temporary directory, once a test program.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "demo/nanchang.hpp"
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
  DemoZone() : clock_(Instant{0}) {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "wutong-scenario-XXXXXX").string();
    EXPECT_NE(mkdtemp(pattern.data()), nullptr);
    path_ = pattern;
    open();
    Issues issues;
    pack::Files files = pack::read_files(WUTONG_SOURCE_DIR, issues);
    EXPECT_TRUE(issues.empty());
    std::vector<demo::TimedRequest> acts = demo::nanchang_acts(2024);
    clock_.set(acts.front().at);
    auto created = host_->create_zone("nanchang", HashKind::sha256, files, "demo");
    EXPECT_TRUE(created.has_value());
    for (demo::TimedRequest& act : acts) {
      clock_.set(act.at);
      auto done = host_->act("nanchang", std::move(act.request));
      if (!done) ADD_FAILURE() << describe_en(done.error().error);
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
  void reopen() {
    host_.reset();
    open();
  }

 private:
  void open() {
    zone::HostOptions options;
    options.data_directory = path_;
    options.simulated_time = true;
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
