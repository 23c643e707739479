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
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "base/text.hpp"

namespace wutong::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;
using BeastResponse = http::response<http::string_body>;

namespace {

constexpr uint32_t kHeaderBytesMax = 16 * 1024;

HttpResponse plain_problem(int status, std::string zh, std::string en) {
  HttpResponse response;
  response.status = status;
  response.content_type = "application/problem+json; charset=utf-8";
  response.body = "{\"type\":\"urn:wutong:http\",\"status\":" + std::to_string(status) +
                  ",\"detail\":\"" + zh + "\",\"detail_en\":\"" + en + "\"}";
  return response;
}

BeastResponse to_beast(HttpResponse&& from, unsigned version, bool is_keep_alive, bool is_head) {
  BeastResponse to{static_cast<http::status>(from.status), version};
  to.set(http::field::server, "wutong");
  to.set(http::field::content_type, from.content_type);
  for (const auto& [name, value] : from.headers) to.set(name, value);
  to.keep_alive(is_keep_alive);
  to.content_length(from.body.size());
  if (!is_head) to.body() = std::move(from.body);
  return to;
}

// False where the target is no valid path.
bool read_target(std::string_view target, HttpRequest& request) {
  auto url = boost::urls::parse_origin_form({target.data(), target.size()});
  if (!url) return false;
  for (auto segment : url->segments()) {
    std::string text(segment);
    if (!is_valid_utf8(text)) return false;
    if (!text.empty()) request.segments.push_back(std::move(text));
  }
  for (auto param : url->params()) {
    std::string name(param.key);
    std::string value(param.value);
    if (!is_valid_utf8(name) || !is_valid_utf8(value)) return false;
    request.query[name] = value;
    request.parameters.emplace_back(std::move(name), std::move(value));
  }
  return true;
}

HttpRequest from_beast(http::request<http::string_body>&& from) {
  HttpRequest to;
  to.method = std::string(from.method_string());
  for (const auto& field : from) {
    std::string name(field.name_string());
    for (char& c : name) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    to.headers[name] = std::string(field.value());
  }
  to.body = std::move(from.body());
  return to;
}

}  // namespace

struct HttpServer::Impl {
  HttpOptions options;
  HttpHandler handler;
  asio::io_context io;
  // On a strand with its loop and its end: an accept is never armed after it was cancelled.
  tcp::acceptor acceptor{asio::make_strand(io)};
  std::vector<std::thread> threads;
  std::atomic<int> connections{0};
  std::atomic<bool> is_stopping{false};

  std::mutex mutex;                   // idle
  std::set<beast::tcp_stream*> idle;  // connections that wait for a request

  asio::awaitable<void> accept();
  asio::awaitable<void> serve(tcp::socket socket);
  asio::awaitable<bool> exchange(beast::tcp_stream& stream, beast::flat_buffer& buffer);
  HttpResponse answer(http::request<http::string_body>&& message, std::string peer);
  bool enter_idle(beast::tcp_stream& stream);
  void leave_idle(beast::tcp_stream& stream);
};

bool HttpServer::Impl::enter_idle(beast::tcp_stream& stream) {
  std::lock_guard lock(mutex);
  if (is_stopping) return false;
  idle.insert(&stream);
  return true;
}

void HttpServer::Impl::leave_idle(beast::tcp_stream& stream) {
  std::lock_guard lock(mutex);
  idle.erase(&stream);
}

HttpResponse HttpServer::Impl::answer(http::request<http::string_body>&& message,
                                      std::string peer) {
  std::string target(message.target());
  HttpRequest request = from_beast(std::move(message));
  request.peer = std::move(peer);
  if (!read_target(target, request)) {
    return plain_problem(400, "网址路径不正确", "the path of the URL is malformed");
  }
  return handler(request);
}

// One request and its answer; false when the connection is to be closed.
asio::awaitable<bool> HttpServer::Impl::exchange(beast::tcp_stream& stream,
                                                 beast::flat_buffer& buffer) {
  http::request_parser<http::string_body> parser;
  parser.body_limit(options.body_bytes_max);
  parser.header_limit(kHeaderBytesMax);
  beast::error_code code;
  auto token = asio::redirect_error(asio::use_awaitable, code);
  stream.expires_after(std::chrono::seconds(options.read_seconds_max));
  if (!enter_idle(stream)) co_return false;
  co_await http::async_read_header(stream, buffer, parser, token);
  leave_idle(stream);
  if (!code) co_await http::async_read(stream, buffer, parser, token);
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
    beast::error_code ignored;
    const auto other = stream.socket().remote_endpoint(ignored);
    response = answer(parser.release(), ignored ? "" : other.address().to_string());
  }
  stream.expires_after(std::chrono::seconds(options.read_seconds_max));
  BeastResponse message = to_beast(std::move(response), version, is_keep_alive, is_head);
  co_await http::async_write(stream, message, asio::redirect_error(asio::use_awaitable, code));
  co_return !code && is_keep_alive;
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
    tcp::socket socket = co_await acceptor.async_accept(
        asio::make_strand(io), asio::redirect_error(asio::use_awaitable, code));
    if (code == asio::error::operation_aborted || is_stopping) co_return;
    if (code) {  // out of descriptors: wait a little, the others are still served
      asio::steady_timer pause(io, std::chrono::milliseconds(50));
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, code));
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
    for (beast::tcp_stream* stream : impl_->idle) {
      asio::post(stream->get_executor(), [this, stream] {
        std::lock_guard inner(impl_->mutex);
        if (impl_->idle.contains(stream)) stream->cancel();
      });
    }
  });
  for (std::thread& thread : impl_->threads) thread.join();
}

Result<HttpResponse> http_request(const std::string& address, uint16_t port,
                                  const std::string& method, const std::string& target,
                                  const std::string& body,
                                  const std::map<std::string, std::string>& headers) {
  asio::io_context io;
  beast::tcp_stream stream(io);
  beast::error_code code;
  auto ip = asio::ip::make_address(address, code);
  if (!code) stream.connect(tcp::endpoint(ip, port), code);
  http::request<http::string_body> request;
  request.method_string(method);
  request.target(target);
  request.version(11);
  request.set(http::field::host, address);
  request.set(http::field::content_type, "application/json");
  for (const auto& [name, value] : headers) request.set(name, value);
  request.body() = body;
  request.prepare_payload();
  if (!code) http::write(stream, request, code);
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(size_t{256} << 20);
  if (!code) http::read(stream, buffer, parser, code);
  if (code) {
    return fail(ErrorKind::unavailable, "net.no_answer",
                address + ":" + std::to_string(port) + " 没有应答：" + code.message(),
                "no answer from " + address + ":" + std::to_string(port) + ": " + code.message());
  }
  HttpResponse response;
  response.status = static_cast<int>(parser.get().result_int());
  response.content_type = std::string(parser.get()[http::field::content_type]);
  response.body = parser.get().body();
  return response;
}

}  // namespace wutong::net
