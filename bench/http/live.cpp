#include "bench/http/live.hpp"

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <chrono>
#include <memory>

namespace wutong::bench {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using SteadyClock = std::chrono::steady_clock;
using Moment = SteadyClock::time_point;

namespace {

constexpr size_t kMillisMax = 20'000;

// The number that follows the last whole occurrence of `before`; 0: there is none.
uint64_t last_number(std::string_view text, std::string_view before) {
  const size_t at = text.rfind(before);
  if (at == text.npos) return 0;
  uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [read, code] = std::from_chars(text.data() + at + before.size(), end, number);
  return code == std::errc() && read != end ? number : 0;
}

struct Event {
  uint64_t position;
  Moment at;
};

struct Run {
  const LiveOptions& options;
  const RequestText& change;
  asio::io_context io{1};
  tcp::endpoint server{};
  Moment began{};
  uint64_t next = 0;                            // change to send
  std::vector<Moment> sent = {};                // by seq
  std::vector<std::vector<Event>> events = {};  // by stream
  uint64_t acknowledged = 0;
  uint64_t first_seq = 0;
  std::string wrong = {};

  uint64_t changes_max() const {
    return static_cast<uint64_t>(options.changes_a_second) * static_cast<uint64_t>(options.seconds);
  }
  Moment due(uint64_t number) const {
    return began + std::chrono::microseconds(number * 1'000'000 /
                                             static_cast<uint64_t>(options.changes_a_second));
  }
  void fail_with(std::string_view text) {
    if (wrong.empty()) wrong = text;
    io.stop();
  }
};

class Stream {
 public:
  Stream(Run& run, size_t number) : run_(run), number_(number), socket_(run.io) {}
  void start(const std::string& request) {
    boost::system::error_code code;
    socket_.connect(run_.server, code);
    if (!code) asio::write(socket_, asio::buffer(request), code);
    if (code) return run_.fail_with(code.message());
    read();
  }

 private:
  void read() {
    socket_.async_read_some(asio::buffer(part_), [this](auto code, size_t bytes) {
      if (code) return run_.fail_with("a stream ended: " + code.message());
      text_.append(part_, bytes);
      if (is_first_ && !text_.starts_with("HTTP/1.1 200")) return run_.fail_with(text_);
      is_first_ = false;
      const uint64_t position = last_number(text_, "\nid: " + run_.options.zone + ":");
      if (position > 0) {
        run_.events[number_].push_back({position, SteadyClock::now()});
        text_.clear();
      }
      read();
    });
  }

  Run& run_;
  const size_t number_;
  tcp::socket socket_;
  char part_[2048];
  std::string text_;
  bool is_first_ = true;
};

class Writer {
 public:
  explicit Writer(Run& run) : run_(run), socket_(run.io), timer_(run.io) {}
  void start() {
    boost::system::error_code code;
    socket_.connect(run_.server, code);
    if (code) return run_.fail_with(code.message());
    socket_.set_option(tcp::no_delay(true), code);
    wait();
  }

 private:
  void wait() {
    if (run_.next >= run_.changes_max()) return;
    number_ = run_.next++;
    timer_.expires_at(run_.due(number_));
    timer_.async_wait([this](auto) { send(); });
  }
  void send() {
    request_ = run_.change(number_);
    sent_ = SteadyClock::now();
    text_.clear();
    asio::async_write(socket_, asio::buffer(request_), [this](auto code, size_t) {
      if (code) return run_.fail_with(code.message());
      read();
    });
  }
  void read() {
    socket_.async_read_some(asio::buffer(part_), [this](auto code, size_t bytes) {
      if (code) return run_.fail_with("a writer's connection ended: " + code.message());
      text_.append(part_, bytes);
      if (!text_.starts_with("HTTP/1.1 200")) return run_.fail_with(text_);
      const uint64_t seq = last_number(text_, "\"seq\":");
      if (seq == 0 || !text_.ends_with("}")) return read();
      if (run_.sent.size() <= seq) run_.sent.resize(seq + 1);
      run_.sent[seq] = sent_;
      run_.first_seq = run_.first_seq == 0 ? seq : std::min(run_.first_seq, seq);
      ++run_.acknowledged;
      wait();
    });
  }

  Run& run_;
  tcp::socket socket_;
  asio::steady_timer timer_;
  uint64_t number_ = 0;
  Moment sent_;
  std::string request_, text_;
  char part_[4096];
};

void count(const Run& run, LiveResult& result) {
  result.by_millis.assign(kMillisMax, 0);
  const uint64_t last = run.sent.empty() ? 0 : run.sent.size() - 1;
  for (const auto& events : run.events) {
    uint64_t known = run.first_seq - 1;
    for (const Event& event : events) {
      ++result.events;
      for (uint64_t seq = known + 1; seq <= std::min(event.position, last); ++seq) {
        if (run.sent[seq] == Moment()) continue;
        const auto passed =
            std::chrono::duration_cast<std::chrono::milliseconds>(event.at - run.sent[seq]);
        const auto at = static_cast<size_t>(std::max<int64_t>(passed.count(), 0));
        ++result.by_millis[std::min(at, kMillisMax - 1)];
        ++result.told;
      }
      known = std::max(known, event.position);
    }
    result.untold += last - std::min(known, last);
  }
}

}  // namespace

double LiveResult::millis_at(double share) const {
  uint64_t passed = 0;
  for (size_t millis = 0; millis < by_millis.size(); ++millis) {
    passed += by_millis[millis];
    if (passed > 0 && static_cast<double>(passed) >= share * static_cast<double>(told)) {
      return static_cast<double>(millis);
    }
  }
  return 0;
}

Result<LiveResult> measure_live(const LiveOptions& options, const std::vector<std::string>& streams,
                                const RequestText& change) {
  Run run{options, change};
  run.server = tcp::endpoint(asio::ip::make_address("127.0.0.1"), options.port);
  run.events.resize(streams.size());
  std::vector<std::unique_ptr<Stream>> readers;
  for (size_t i = 0; i < streams.size() && run.wrong.empty(); ++i) {
    readers.push_back(std::make_unique<Stream>(run, i));
    readers.back()->start(streams[i]);
  }
  // Every stream has its first event before the first change.
  run.io.run_for(std::chrono::seconds(2));
  run.began = SteadyClock::now();
  std::vector<std::unique_ptr<Writer>> writers;
  for (int i = 0; i < options.writers && run.wrong.empty(); ++i) {
    writers.push_back(std::make_unique<Writer>(run));
    writers.back()->start();
  }
  LiveResult result;
  while (run.wrong.empty() && run.acknowledged < run.changes_max()) run.io.run_one();
  result.seconds = std::chrono::duration<double>(SteadyClock::now() - run.began).count();
  if (run.wrong.empty()) run.io.run_for(std::chrono::seconds(2));
  if (!run.wrong.empty()) return fail(ErrorKind::invalid, "bench.live", run.wrong, run.wrong);
  result.changes = run.acknowledged;
  count(run, result);
  return result;
}

}  // namespace wutong::bench
