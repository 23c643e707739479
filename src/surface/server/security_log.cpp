#include "surface/server/security_log.hpp"

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

namespace wutong::server {

namespace {

constexpr int kLinesMax = 600;  // a minute
constexpr int kDaysKept = 186;
constexpr size_t kTextMax = 200;

std::string line_of(Instant at, const SecurityEvent& event) {
  const boost::json::object line{{"at", at.to_string()},
                                 {"what", event.what},
                                 {"account", event.account.substr(0, kTextMax)},
                                 {"detail", event.detail.substr(0, kTextMax)},
                                 {"peer", event.peer}};
  return boost::json::serialize(line) + "\n";
}

}  // namespace

void SecurityLog::add(Instant at, const SecurityEvent& event) {
  std::lock_guard lock(mutex_);
  const int64_t minute = at.ms / 60'000;
  if (minute != minute_) {
    if (dropped_ > 0) {
      write(at, line_of(at, {"dropped", "", std::to_string(dropped_) + " lines", ""}));
    }
    minute_ = minute;
    lines_ = dropped_ = 0;
  }
  if (++lines_ > kLinesMax) {
    ++dropped_;
    return;
  }
  write(at, line_of(at, event));
}

void SecurityLog::write(Instant at, const std::string& line) {
  const std::string month = at.day().to_string().substr(0, 7);
  const std::string file = directory_ + "/security-" + month + ".log";
  const bool is_new = month != month_;
  std::ofstream(file, std::ios::app) << line;
  if (!is_new) return;
  month_ = month;
  std::error_code ignored;
  std::filesystem::permissions(
      file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, ignored);
  remove_old(at.day());
}

// A month's file goes when its last day is older than what is kept.
void SecurityLog::remove_old(Date today) {
  const std::string oldest = today.plus_days(-kDaysKept).to_string().substr(0, 7);
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(directory_, ignored)) {
    const std::string name = entry.path().filename().string();
    constexpr std::string_view kPrefix = "security-";
    const bool is_log = name.starts_with(kPrefix) && name.ends_with(".log");
    if (is_log && name.substr(kPrefix.size(), 7) < oldest) {
      std::filesystem::remove(entry.path(), ignored);
    }
  }
}

}  // namespace wutong::server
