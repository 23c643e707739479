// HTTP/1.1 on Boost.Beast: a server for loopback or a network, and a small client for our own
// commands.
//
// Operation. Keep-alive and pipelined requests of one connection are answered in order. Bodies over
// the limit end with 413, slow headers and slow bodies with a closed connection. An answer may be a
// stream, made while it is sent. stop() accepts no more, ends streams, lets requests under way
// finish, then returns. Concurrency. The handler is called from `threads` threads at once.
// Limitations. No TLS yet.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace wutong::net {

struct HttpRequest {
  std::string method;                                           // "GET"
  std::vector<std::string> segments;                            // of the path, decoded
  std::map<std::string, std::string> query;                     // decoded; the last of a name wins
  std::vector<std::pair<std::string, std::string>> parameters;  // the same, all of them, in order
  std::map<std::string, std::string> headers;                   // names in lower case
  std::string body;
  std::string peer;  // address of the other end
};

// A body that is made piece by piece while it is sent. It is asked for the next piece when the
// socket has taken the one before: a slow reader is asked seldom, and nothing waits in a queue.
// Destroyed when the stream ends, for whichever reason.
class BodySource {
 public:
  struct Piece {
    std::string bytes;  // empty: nothing now
    bool is_end = false;
  };
  virtual ~BodySource() = default;
  // One thread at a time.
  virtual Piece next() = 0;
  // Called once, before the first next(). `wake` says that next() may have something; it may be
  // called from any thread, costs little, and does nothing after the stream has ended.
  virtual void on_ready(std::function<void()> wake) = 0;
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::shared_ptr<BodySource> stream = {};  // instead of `body`; the connection ends with it
};

using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

struct HttpOptions {
  std::string address = "127.0.0.1";
  uint16_t port = 8080;  // 0: any free one
  int threads = 4;
  size_t body_bytes_max = size_t{64} << 20;
  int read_seconds_max = 30;  // for a request to arrive, and idle between two
  int connections_max = 10'000;
};

class HttpServer {
 public:
  // Errors: invalid (address), unavailable (port taken), io.
  static Result<std::unique_ptr<HttpServer>> listen(const HttpOptions& options,
                                                    HttpHandler handler);
  ~HttpServer();
  uint16_t port() const;
  void stop();  // from any thread; returns when the last request is answered

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// One request on a connection of its own. Errors: unavailable where nobody answers.
Result<HttpResponse> http_request(const std::string& address, uint16_t port,
                                  const std::string& method, const std::string& target,
                                  const std::string& body,
                                  const std::map<std::string, std::string>& headers);

}  // namespace wutong::net
