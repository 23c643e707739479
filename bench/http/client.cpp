#include "bench/http/client.hpp"

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <chrono>
#include <memory>

namespace wutong::bench {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using SteadyClock = std::chrono::steady_clock;

namespace {

// How long an answer is, once its head is there; 0: more is needed.
size_t length_of(std::string_view text) {
  const size_t end = text.find("\r\n\r\n");
  if (end == text.npos) return 0;
  constexpr std::string_view kLength = "\r\nContent-Length: ";
  const size_t at = text.substr(0, end).find(kLength);
  size_t body = 0;
  if (at != text.npos) {
    const char* from = text.data() + at + kLength.size();
    std::from_chars(from, text.data() + end, body);
  }
  return end + 4 + body;
}

struct Load {
  LoadOptions options;
  const RequestText& request;
  asio::io_context io{1};
  SteadyClock::time_point counted_from, until;
  uint64_t next = 0;
  LoadResult result;
  boost::system::error_code failed;

  void note(SteadyClock::time_point began, std::string_view answer) {
    const auto now = SteadyClock::now();
    if (!answer.starts_with("HTTP/1.1 200")) {
      if (result.refused++ == 0) result.first_refused = answer;
    }
    if (began < counted_from || now > until) return;
    ++result.answers;
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(now - began);
    result.micros.push_back(static_cast<uint32_t>(micros.count()));
  }
};

class Connection {
 public:
  explicit Connection(Load& load) : load_(load), socket_(load.io) {}

  void start(const tcp::endpoint& endpoint) {
    socket_.connect(endpoint, load_.failed);
    if (load_.failed) return;
    socket_.set_option(tcp::no_delay(true), load_.failed);
    send();
  }

 private:
  void send() {
    began_ = SteadyClock::now();
    if (began_ >= load_.until) return;
    request_ = load_.request(load_.next++);
    got_ = 0;
    asio::async_write(socket_, asio::buffer(request_), [this](auto code, size_t) {
      if (code) return stop(code);
      receive();
    });
  }
  void receive() {
    if (buffer_.size() - got_ < 16 * 1024) buffer_.resize(buffer_.size() * 2 + 64 * 1024);
    socket_.async_read_some(asio::buffer(buffer_.data() + got_, buffer_.size() - got_),
                            [this](auto code, size_t bytes) {
                              if (code) return stop(code);
                              got_ += bytes;
                              const std::string_view text(buffer_.data(), got_);
                              const size_t length = length_of(text);
                              if (length == 0 || got_ < length) return receive();
                              load_.note(began_, text.substr(0, length));
                              send();
                            });
  }
  void stop(boost::system::error_code code) {
    load_.failed = code;
    load_.io.stop();
  }

  Load& load_;
  tcp::socket socket_;
  std::string request_;
  std::vector<char> buffer_;
  size_t got_ = 0;
  SteadyClock::time_point began_;
};

Error unavailable(uint16_t port, const boost::system::error_code& code) {
  const std::string where = "127.0.0.1:" + std::to_string(port);
  return Error{ErrorKind::unavailable,
               "bench.connection",
               {},
               where + "：" + code.message(),
               where + ": " + code.message(),
               {}};
}

}  // namespace

double LoadResult::millis_at(double share) const {
  if (micros.empty()) return 0;
  const auto at = static_cast<size_t>(share * static_cast<double>(micros.size()));
  return micros[std::min(at, micros.size() - 1)] / 1000.0;
}

Result<LoadResult> load(const LoadOptions& options, const RequestText& request) {
  Load load{options, request, {}, {}, {}, 0, {}, {}};
  const tcp::endpoint endpoint(asio::ip::make_address("127.0.0.1"), options.port);
  const auto now = SteadyClock::now();
  load.counted_from = now + std::chrono::milliseconds(options.warm_ms);
  load.until = load.counted_from + std::chrono::milliseconds(options.counted_ms);
  std::vector<std::unique_ptr<Connection>> connections;
  for (int i = 0; i < options.connections && !load.failed; ++i) {
    connections.push_back(std::make_unique<Connection>(load));
    connections.back()->start(endpoint);
  }
  if (!load.failed) load.io.run();
  if (load.failed) return fail(unavailable(options.port, load.failed));
  load.result.seconds = options.counted_ms / 1000.0;
  std::ranges::sort(load.result.micros);
  return std::move(load.result);
}

Result<std::string> ask_once(uint16_t port, const std::string& request) {
  asio::io_context io;
  tcp::socket socket(io);
  boost::system::error_code code;
  socket.connect(tcp::endpoint(asio::ip::make_address("127.0.0.1"), port), code);
  if (!code) asio::write(socket, asio::buffer(request), code);
  std::string text;
  while (!code && (length_of(text) == 0 || text.size() < length_of(text))) {
    char part[16 * 1024];
    const size_t bytes = socket.read_some(asio::buffer(part), code);
    text.append(part, bytes);
  }
  if (code) return fail(unavailable(port, code));
  if (text.starts_with("HTTP/1.1 200")) return text.substr(text.find("\r\n\r\n") + 4);
  return fail(ErrorKind::invalid, "bench.answer", text, text);
}

}  // namespace wutong::bench
