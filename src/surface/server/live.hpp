// LiveFeed: streams of Server-Sent Events that tell readers when their zones have moved.
//
// Operation. One thread looks at the positions of all zones every 150 ms; where one has moved it
// wakes the streams, and every 15 seconds it wakes them for a comment that keeps the connection. A
// stream that is woken asks who its reader is now - an ended session or a revoked token ends it -
// and sends the newest positions of what he may see now. Nothing is queued: a reader that takes
// long gets the newest state when he takes it. Concurrency. Thread-safe. Limitations. 32 streams an
// account, but for the local one.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "engine/net/http.hpp"
#include "zone/host.hpp"

namespace wutong::server {

struct Service;

class LiveFeed {
 public:
  static constexpr int kStreamsMax = 32;  // of one account
  // `host` outlives it. Without a thread look() is called by hand: tests.
  explicit LiveFeed(const zone::Host& host, bool has_thread = true);
  ~LiveFeed();  // every stream has ended before

  // Looks at the positions once, and wakes what is to be woken.
  void look();
  // Counts every look that found a change: a stream that saw this round has nothing to say.
  uint64_t round() const { return round_; }
  uint64_t beat() const { return beat_; }
  size_t streams() const;

  // One place of an account, given back when it is destroyed. Null: it has as many as it may.
  class Place {
   public:
    Place(LiveFeed& feed, std::string account);
    ~Place();
    void on_ready(std::function<void()> wake);

   private:
    friend class LiveFeed;
    LiveFeed& feed_;
    const std::string account_;
    std::function<void()> wake_;  // under the feed's mutex
  };
  std::unique_ptr<Place> place(const std::string& account, bool is_limited);

 private:
  void run();

  const zone::Host& host_;
  std::vector<Seq> seen_;  // the looking thread alone
  int looks_ = 0;          // the same
  std::atomic<uint64_t> round_{1};
  std::atomic<uint64_t> beat_{1};
  mutable std::mutex mutex_;  // what follows
  std::set<Place*> places_;
  std::map<std::string, int> counts_;
  bool is_stopping_ = false;
  std::condition_variable stopping_;
  std::thread thread_;
};

// The stream of one request (GET /v1/live); zones from ?zone=, resumed by last-event-id.
net::HttpResponse live_response(Service& service, const net::HttpRequest& request);

}  // namespace wutong::server
