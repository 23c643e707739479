// A server that stops while its accept begins: it returns, however the threads fall.
#include <gtest/gtest.h>

#include "engine/net/http.hpp"

namespace wutong::scenario {
namespace {

TEST(ServerStop, ReturnsHoweverSoonItComes) {
  constexpr int kRounds = 2000;
  for (int i = 0; i < kRounds; ++i) {
    net::HttpOptions options;
    options.port = 0;
    auto server = net::HttpServer::listen(
        options, [](const net::HttpRequest&) { return net::HttpResponse{}; });
    ASSERT_TRUE(server.has_value());
    (*server)->stop();
  }
}

}  // namespace
}  // namespace wutong::scenario
