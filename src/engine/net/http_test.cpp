#include "engine/net/http.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <mutex>
#include <thread>

namespace wutong::net {
namespace {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;
using std::chrono::milliseconds;

// What a test's stream says, and how often it was asked.
struct Script {
  std::mutex mutex;
  std::vector<BodySource::Piece> pieces;
  BodySource::Piece otherwise;  // when all have been said
  std::function<void()> wake;
  std::atomic<int> asked{0};
  std::atomic<bool> is_gone{false};

  void say(BodySource::Piece piece) {
    std::lock_guard lock(mutex);
    pieces.push_back(std::move(piece));
    if (wake) wake();
  }
};

class ScriptSource final : public BodySource {
 public:
  explicit ScriptSource(Script& script) : script_(script) {}
  ~ScriptSource() override {
    std::lock_guard lock(script_.mutex);
    script_.wake = nullptr;
    script_.is_gone = true;
  }
  Piece next() override {
    std::lock_guard lock(script_.mutex);
    ++script_.asked;
    if (script_.pieces.empty()) return script_.otherwise;
    Piece piece = std::move(script_.pieces.front());
    script_.pieces.erase(script_.pieces.begin());
    return piece;
  }
  void on_ready(std::function<void()> wake) override {
    std::lock_guard lock(script_.mutex);
    script_.wake = std::move(wake);
  }

 private:
  Script& script_;
};

class Streams : public testing::Test {
 protected:
  void SetUp() override {
    HttpOptions options;
    options.port = 0;
    options.threads = 2;
    auto server = HttpServer::listen(options, [this](const HttpRequest& request) {
      HttpResponse response;
      if (request.segments.empty()) return response;
      response.content_type = "text/event-stream";
      response.stream = std::make_shared<ScriptSource>(script_);
      return response;
    });
    ASSERT_TRUE(server.has_value());
    server_ = std::move(*server);
  }

  tcp::socket ask(const std::string& text) {
    tcp::socket socket(io_);
    socket.connect(tcp::endpoint(asio::ip::make_address("127.0.0.1"), server_->port()));
    asio::write(socket, asio::buffer(text));
    return socket;
  }
  static std::string read_until(tcp::socket& socket, std::string_view end) {
    std::string out;
    char part[4096];
    boost::system::error_code code;
    while (!code && out.find(end) == out.npos) {
      out.append(part, socket.read_some(asio::buffer(part), code));
    }
    return out;
  }
  template <typename Condition>
  static bool soon(Condition holds) {
    for (int i = 0; i < 400; ++i) {
      if (holds()) return true;
      std::this_thread::sleep_for(milliseconds(5));
    }
    return false;
  }

  Script script_;
  asio::io_context io_;
  std::unique_ptr<HttpServer> server_;
};

TEST_F(Streams, GoOutInChunksAsTheyAreSaid) {
  tcp::socket socket = ask("GET /s HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string head = read_until(socket, "\r\n\r\n");
  EXPECT_NE(head.find("Transfer-Encoding: chunked"), head.npos) << head;
  script_.say({"one\n", false});
  EXPECT_EQ(read_until(socket, "one\n\r\n"), "4\r\none\n\r\n");
  script_.say({"two", false});
  EXPECT_EQ(read_until(socket, "two\r\n"), "3\r\ntwo\r\n");
  script_.say({"", true});
  EXPECT_EQ(read_until(socket, "never"), "0\r\n\r\n");
  EXPECT_TRUE(soon([&] { return script_.is_gone.load(); }));
}

TEST_F(Streams, GoOutPlainlyToAnOldClient) {
  tcp::socket socket = ask("GET /s HTTP/1.0\r\n\r\n");
  script_.say({"one\n", false});
  script_.say({"", true});
  const std::string all = read_until(socket, "never");
  EXPECT_TRUE(all.ends_with("\r\n\r\none\n")) << all;
}

TEST_F(Streams, AskASlowReaderSeldom) {
  script_.otherwise = {std::string(256 * 1024, 'x'), false};
  tcp::socket socket = ask("GET /s HTTP/1.1\r\nHost: x\r\n\r\n");
  std::this_thread::sleep_for(milliseconds(300));
  const int before = script_.asked;
  std::this_thread::sleep_for(milliseconds(300));
  EXPECT_EQ(script_.asked, before) << "the socket is full and was read by nobody";
  EXPECT_LT(before, 64);
  // Others are served meanwhile.
  tcp::socket other = ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_NE(read_until(other, "\r\n\r\n").find("200 OK"), std::string::npos);
}

TEST_F(Streams, EndWithTheReader) {
  {
    tcp::socket socket = ask("GET /s HTTP/1.1\r\nHost: x\r\n\r\n");
    read_until(socket, "\r\n\r\n");
    EXPECT_FALSE(script_.is_gone);
  }
  EXPECT_TRUE(soon([&] { return script_.is_gone.load(); }));
}

TEST_F(Streams, AreNotMadeForTheHeadAlone) {
  tcp::socket socket = ask("HEAD /s HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string both = read_until(socket, "application/json");
  EXPECT_NE(both.find("text/event-stream"), both.npos);
  EXPECT_EQ(script_.asked, 0);
}

TEST_F(Streams, EndWhenTheServerStops) {
  tcp::socket waiting = ask("GET /s HTTP/1.1\r\nHost: x\r\n\r\n");
  read_until(waiting, "\r\n\r\n");
  EXPECT_TRUE(soon([&] { return script_.asked > 0; }));
  const auto began = std::chrono::steady_clock::now();
  server_->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(2));
  EXPECT_TRUE(script_.is_gone);
}

TEST_F(Streams, OfAReaderThatReadsNothingEndWhenTheServerStops) {
  script_.otherwise = {std::string(256 * 1024, 'x'), false};
  tcp::socket stuck = ask("GET /s HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(soon([&] { return script_.asked > 4; }));
  std::this_thread::sleep_for(milliseconds(100));
  const auto began = std::chrono::steady_clock::now();
  server_->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(2));
}

}  // namespace
}  // namespace wutong::net
