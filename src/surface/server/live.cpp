#include "surface/server/live.hpp"

#include "surface/answer/json_out.hpp"
#include "surface/answer/live.hpp"
#include "surface/server/identify.hpp"
#include "surface/server/session_routes.hpp"

namespace wutong::server {

namespace {

using answer::failed;

constexpr std::chrono::milliseconds kLookEvery{150};
constexpr int kLooksABeat = 100;  // 15 seconds

class LiveSource final : public net::BodySource {
 public:
  LiveSource(Service& service, net::HttpRequest request, std::vector<std::string> zones,
             std::unique_ptr<LiveFeed::Place> place)
      : service_(service),
        request_(std::move(request)),
        zones_(std::move(zones)),
        told_(answer::told_from(header_of(request_, "last-event-id"))),
        place_(std::move(place)) {}

  void on_ready(std::function<void()> wake) override { place_->on_ready(std::move(wake)); }

  Piece next() override {
    const uint64_t round = service_.live->round(), beat = service_.live->beat();
    if (round == round_ && beat == beat_) return {};
    const bool is_first = round_ == 0;
    auto who = identify(service_, request_, Use::watching);
    if (!who) return {{}, true};
    Piece piece;
    if (is_first) piece.bytes = "retry: 2000\n\n";
    if (auto event = answer::live_event(who->door, zones_, told_)) piece.bytes += *event;
    if (piece.bytes.empty() && beat != beat_) piece.bytes = ":\n\n";
    round_ = round;
    beat_ = beat;
    return piece;
  }

 private:
  Service& service_;
  const net::HttpRequest request_;  // the proof of who reads
  const std::vector<std::string> zones_;
  answer::Told told_;
  std::unique_ptr<LiveFeed::Place> place_;
  uint64_t round_ = 0;
  uint64_t beat_ = 0;
};

Error too_many_streams() {
  const std::string max = std::to_string(LiveFeed::kStreamsMax);
  return Error{
      ErrorKind::unavailable,
      "live.too_many",
      {},
      "一个账户至多同时打开 " + max + " 个实时连接，请先关闭一些页面",
      "an account may have " + max + " live streams open at a time; close some pages first",
      {}};
}

Error no_feed() {
  return Error{ErrorKind::unavailable,
               "live.unavailable",
               {},
               "此服务没有实时推送，请定时查询",
               "this server has no live events; ask from time to time",
               {}};
}

}  // namespace

LiveFeed::Place::Place(LiveFeed& feed, std::string account)
    : feed_(feed), account_(std::move(account)) {}

LiveFeed::Place::~Place() {
  std::lock_guard lock(feed_.mutex_);
  feed_.places_.erase(this);
  const auto count = feed_.counts_.find(account_);
  if (--count->second == 0) feed_.counts_.erase(count);
}

void LiveFeed::Place::on_ready(std::function<void()> wake) {
  std::lock_guard lock(feed_.mutex_);
  wake_ = std::move(wake);
}

LiveFeed::LiveFeed(const zone::Host& host, bool has_thread) : host_(host) {
  if (has_thread) thread_ = std::thread([this] { run(); });
}

LiveFeed::~LiveFeed() {
  {
    std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  stopping_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void LiveFeed::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_.wait_for(lock, kLookEvery, [this] { return is_stopping_; })) {
    lock.unlock();
    look();
    lock.lock();
  }
}

void LiveFeed::look() {
  std::vector<Seq> now;
  host_.positions(now);
  const bool has_moved = now != seen_;
  const bool is_beat = ++looks_ % kLooksABeat == 0;
  seen_ = std::move(now);
  if (has_moved) ++round_;
  if (is_beat) ++beat_;
  if (!has_moved && !is_beat) return;
  std::lock_guard lock(mutex_);
  for (Place* place : places_) {
    if (place->wake_) place->wake_();
  }
}

size_t LiveFeed::streams() const {
  std::lock_guard lock(mutex_);
  return places_.size();
}

std::unique_ptr<LiveFeed::Place> LiveFeed::place(const std::string& account, bool is_limited) {
  std::lock_guard lock(mutex_);
  int& count = counts_[account];
  if (is_limited && count >= kStreamsMax) return nullptr;
  ++count;
  auto place = std::make_unique<Place>(*this, account);
  places_.insert(place.get());
  return place;
}

net::HttpResponse live_response(Service& service, const net::HttpRequest& request) {
  if (service.live == nullptr) return json_response(failed(no_feed()));
  auto who = identify(service, request);
  if (!who) return json_response(failed(who.error()));
  std::vector<std::string> zones;
  for (const auto& [name, value] : request.parameters) {
    if (name == "zone") zones.push_back(value);
  }
  if (auto checked = answer::check_live_zones(who->door, zones); !checked) {
    return json_response(failed(checked.error()));
  }
  const access::Principal& principal = who->door.principal();
  auto place = service.live->place(name_of(principal), !principal.is_local);
  if (place == nullptr) return json_response(failed(too_many_streams()));
  net::HttpResponse response;
  response.content_type = "text/event-stream; charset=utf-8";
  response.headers.emplace_back("x-accel-buffering", "no");
  response.stream =
      std::make_shared<LiveSource>(service, request, std::move(zones), std::move(place));
  return response;
}

}  // namespace wutong::server
