#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "engine/net/http.hpp"

namespace wutong::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using tcp = asio::ip::tcp;

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
