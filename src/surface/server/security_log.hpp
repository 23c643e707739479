// SecurityLog: sign-ins, refusals and changes of rights as lines of JSON in files of one month
// each, DIRECTORY/security-2024-10.log (mode 0600), kept for six months. At most 600 lines a
// minute; what goes beyond is counted in one line. Never holds secrets: callers give names only.
// Thread-safe.
#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "base/clock.hpp"

namespace wutong::server {

struct SecurityEvent {
  std::string_view what;     // sign_in, sign_in_refused, refused, changed …
  std::string_view account;  // as given, or known
  std::string_view detail;   // method and path, or the code of the error
  std::string_view peer;
};

class SecurityLog {
 public:
  explicit SecurityLog(std::string directory) : directory_(std::move(directory)) {}
  void add(Instant at, const SecurityEvent& event);

 private:
  void write(Instant at, const std::string& line);
  void remove_old(Date today);

  std::mutex mutex_;
  const std::string directory_;
  int64_t minute_ = 0;
  int lines_ = 0;
  int dropped_ = 0;
  std::string month_;
};

}  // namespace wutong::server
