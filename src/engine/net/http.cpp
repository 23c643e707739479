#include "engine/net/http.hpp"

#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <mutex>
#include <set>
#include <thread>

#include "engine/net/impl/message.hpp"

namespace wutong::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;

namespace {

constexpr uint32_t kHeaderBytesMax = 16 * 1024;

// A stream while it waits for something to send. On the strand of its connection.
struct StreamWait {
  explicit StreamWait(const asio::any_io_executor& executor) : timer(executor) {}
  void wake() {
    is_woken = true;
    timer.cancel();
  }
  void end() {
    is_ended = true;
    wake();
  }
  asio::steady_timer timer;
  bool is_woken = false;
  bool is_ended = false;  // the other end has gone, or the server stops
};

auto into(beast::error_code& code) { return asio::redirect_error(asio::use_awaitable, code); }

}  // namespace

struct HttpServer::Impl {
  // A connection that stop() must not wait for: how to end its waiting, on its strand.
  struct Waiting {
    asio::any_io_executor executor;
    std::function<void()> end;
  };

  HttpOptions options;
  HttpHandler handler;
  asio::io_context io;
  // On a strand with its loop and its end: an accept is never armed after it was cancelled.
  tcp::acceptor acceptor{asio::make_strand(io)};
  std::vector<std::thread> threads;
  std::atomic<int> connections{0};
  std::atomic<bool> is_stopping{false};

  std::mutex mutex;               // idle
  std::set<const Waiting*> idle;  // connections that wait for a request, or for something to send

  asio::awaitable<void> accept();
  asio::awaitable<void> serve(tcp::socket socket);
  asio::awaitable<bool> exchange(beast::tcp_stream& stream, beast::flat_buffer& buffer);
  asio::awaitable<void> send_stream(beast::tcp_stream& stream, const HttpResponse& response,
                                    unsigned version);
  HttpResponse answer(BeastRequest&& message, const beast::tcp_stream& stream);
  bool enter_idle(const Waiting& waiting);
  void leave_idle(const Waiting& waiting);
};

bool HttpServer::Impl::enter_idle(const Waiting& waiting) {
  std::lock_guard lock(mutex);
  if (is_stopping) return false;
  idle.insert(&waiting);
  return true;
}

void HttpServer::Impl::leave_idle(const Waiting& waiting) {
  std::lock_guard lock(mutex);
  idle.erase(&waiting);
}

HttpResponse HttpServer::Impl::answer(BeastRequest&& message, const beast::tcp_stream& stream) {
  beast::error_code code;
  const auto other = stream.socket().remote_endpoint(code);
  auto request = from_beast(std::move(message), code ? "" : other.address().to_string());
  if (!request) return plain_problem(400, "网址路径不正确", "the path of the URL is malformed");
  return handler(*request);
}

// One request and its answer; false when the connection is to be closed.
asio::awaitable<bool> HttpServer::Impl::exchange(beast::tcp_stream& stream,
                                                 beast::flat_buffer& buffer) {
  http::request_parser<http::string_body> parser;
  parser.body_limit(options.body_bytes_max);
  parser.header_limit(kHeaderBytesMax);
  beast::error_code code;
  stream.expires_after(std::chrono::seconds(options.read_seconds_max));
  const Waiting waiting{stream.get_executor(), [&stream] { stream.cancel(); }};
  if (!enter_idle(waiting)) co_return false;
  co_await http::async_read_header(stream, buffer, parser, into(code));
  leave_idle(waiting);
  if (!code) co_await http::async_read(stream, buffer, parser, into(code));
  if (code == http::error::end_of_stream || code == beast::error::timeout ||
      code == asio::error::operation_aborted) {
    co_return false;
  }
  HttpResponse response;
  bool is_keep_alive = false;
  bool is_head = false;
  unsigned version = 11;
  if (code == http::error::body_limit || code == http::error::header_limit) {
    response = plain_problem(413, "请求超过大小限制", "the request is over the size limit");
  } else if (code) {
    response = plain_problem(400, "不是正确的 HTTP 请求", "not a well-formed HTTP request");
  } else {
    is_keep_alive = parser.get().keep_alive() && !is_stopping;
    is_head = parser.get().method() == http::verb::head;
    version = parser.get().version();
    response = answer(parser.release(), stream);
  }
  if (response.stream && !is_head) {
    co_await send_stream(stream, response, version);
    co_return false;
  }
  stream.expires_after(std::chrono::seconds(options.read_seconds_max));
  BeastResponse message = to_beast(std::move(response), version, is_keep_alive, is_head);
  co_await http::async_write(stream, message, into(code));
  co_return !code && is_keep_alive;
}

// Sends pieces as the source has them, until either end has enough.
asio::awaitable<void> HttpServer::Impl::send_stream(beast::tcp_stream& stream,
                                                    const HttpResponse& response,
                                                    unsigned version) {
  const auto executor = stream.get_executor();
  const auto wait = std::make_shared<StreamWait>(executor);
  response.stream->on_ready([executor, weak = std::weak_ptr(wait)] {
    asio::post(executor, [weak] {
      if (const auto still = weak.lock()) still->wake();
    });
  });
  const Waiting waiting{executor, [wait, &stream] {
                          wait->end();
                          stream.cancel();
                        }};
  if (!enter_idle(waiting)) co_return;
  // Whatever comes from the other end now, or its going, ends the stream.
  stream.socket().async_wait(tcp::socket::wait_read,
                             [wait](const beast::error_code&) { wait->end(); });
  beast::error_code code;
  stream.expires_after(std::chrono::seconds(options.read_seconds_max));
  BeastHead head = to_beast_head(response, version);
  http::response_serializer<http::empty_body> serializer(head);
  co_await http::async_write_header(stream, serializer, into(code));
  while (!code && !wait->is_ended) {
    wait->is_woken = false;
    const BodySource::Piece piece = response.stream->next();
    if (!piece.bytes.empty()) {
      stream.expires_after(std::chrono::seconds(options.read_seconds_max));
      const auto bytes = asio::buffer(piece.bytes);
      if (version >= 11) {
        co_await asio::async_write(stream, http::make_chunk(bytes), into(code));
      } else {
        co_await asio::async_write(stream, bytes, into(code));
      }
    }
    if (piece.is_end) break;
    if (code || !piece.bytes.empty() || wait->is_woken) continue;
    stream.expires_never();
    beast::error_code woken;
    wait->timer.expires_at(asio::steady_timer::time_point::max());
    co_await wait->timer.async_wait(into(woken));
  }
  leave_idle(waiting);
  if (!code && version >= 11) {
    stream.expires_after(std::chrono::seconds(options.read_seconds_max));
    co_await asio::async_write(stream, http::make_chunk_last(), into(code));
  }
}

asio::awaitable<void> HttpServer::Impl::serve(tcp::socket socket) {
  beast::tcp_stream stream(std::move(socket));
  beast::flat_buffer buffer;
  beast::error_code ignored;
  stream.socket().set_option(tcp::no_delay(true), ignored);
  while (co_await exchange(stream, buffer)) {
  }
  stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
  --connections;
}

asio::awaitable<void> HttpServer::Impl::accept() {
  while (!is_stopping) {
    beast::error_code code;
    tcp::socket socket = co_await acceptor.async_accept(asio::make_strand(io), into(code));
    if (code == asio::error::operation_aborted || is_stopping) co_return;
    if (code) {  // out of descriptors: wait a little, the others are still served
      asio::steady_timer pause(io, std::chrono::milliseconds(50));
      co_await pause.async_wait(into(code));
      continue;
    }
    if (connections >= options.connections_max) continue;
    ++connections;
    auto executor = socket.get_executor();
    asio::co_spawn(executor, serve(std::move(socket)), asio::detached);
  }
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

HttpServer::~HttpServer() { stop(); }

Result<std::unique_ptr<HttpServer>> HttpServer::listen(const HttpOptions& options,
                                                       HttpHandler handler) {
  auto impl = std::make_unique<Impl>();
  impl->options = options;
  impl->handler = std::move(handler);
  beast::error_code code;
  auto address = asio::ip::make_address(options.address, code);
  if (code) {
    return fail(ErrorKind::invalid, "net.address", "“" + options.address + "”不是 IP 地址",
                "\"" + options.address + "\" is not an IP address");
  }
  tcp::endpoint endpoint(address, options.port);
  impl->acceptor.open(endpoint.protocol(), code);
  if (!code) impl->acceptor.set_option(tcp::acceptor::reuse_address(true), code);
  if (!code) impl->acceptor.bind(endpoint, code);
  if (!code) impl->acceptor.listen(asio::socket_base::max_listen_connections, code);
  if (code) {
    std::string port = std::to_string(options.port);
    return fail(ErrorKind::unavailable, "net.port",
                "不能在 " + options.address + ":" + port + " 监听（" + code.message() +
                    "），请用 --port 换一个端口",
                "cannot listen on " + options.address + ":" + port + " (" + code.message() +
                    "); choose another with --port");
  }
  asio::co_spawn(impl->acceptor.get_executor(), impl->accept(), asio::detached);
  for (int i = 0; i < options.threads; ++i) {
    impl->threads.emplace_back([p = impl.get()] { p->io.run(); });
  }
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

uint16_t HttpServer::port() const { return impl_->acceptor.local_endpoint().port(); }

void HttpServer::stop() {
  if (impl_->is_stopping.exchange(true)) return;
  asio::post(impl_->acceptor.get_executor(), [this] {
    beast::error_code ignored;
    impl_->acceptor.cancel(ignored);
    std::lock_guard lock(impl_->mutex);
    for (const Impl::Waiting* waiting : impl_->idle) {
      asio::post(waiting->executor, [this, waiting] {
        std::lock_guard inner(impl_->mutex);
        if (impl_->idle.contains(waiting)) waiting->end();
      });
    }
  });
  for (std::thread& thread : impl_->threads) thread.join();
}

}  // namespace wutong::net
