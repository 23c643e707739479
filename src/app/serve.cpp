#include "app/serve.hpp"

#include <csignal>
#include <iostream>
#include <thread>

#include "app/console_assets.hpp"
#include "surface/cli/transport.hpp"
#include "surface/server/server.hpp"
#include "zone/account/accounts.hpp"

namespace wutong::app {

int serve(const cli::ServeOptions& options, const cli::Environment& environment) {
  zone::HostOptions host_options;
  host_options.data_directory = options.data_directory;
  auto host = zone::Host::open(host_options, *environment.clock, *environment.random);
  if (!host) return cli::print_failure({host.error(), {}, 1}, options.language, false);
  return serve_host(**host, options, environment);
}

namespace {

// Without accounts: a code that makes the first administrator, on the terminal and nowhere else.
Result<void> offer_setup(account::Accounts& accounts, const cli::ServeOptions& options) {
  if (accounts.has_accounts()) return {};
  auto code = accounts.setup_code();
  if (!code) return fail(code.error());
  const bool is_zh = options.language == cli::Language::zh;
  std::cout << (is_zh ? "还没有账户。首位管理员的设置码（一小时内有效，只用一次）："
                      : "there are no accounts. Set-up code of the first administrator (one hour, "
                        "once): ")
            << *code << "\n"
            << "  curl -H 'content-type: application/json' http://" << options.address << ":"
            << options.port
            << "/v1/setup -d '{\"setup_code\":\"…\",\"account\":\"…\",\"password\":\"…\"}'"
            << std::endl;
  return {};
}

std::string fresh_key(Random& random) {
  Key key{};
  random.fill(key);
  return to_hex(key);
}

}  // namespace

int serve_host(zone::Host& host, const cli::ServeOptions& options,
               const cli::Environment& environment) {
  account::Accounts accounts(host, *host.credentials(), *environment.clock, *environment.random);
  auto prepared = accounts.prepare();
  if (prepared) prepared = offer_setup(accounts, options);
  if (!prepared) return cli::print_failure({prepared.error(), {}, 1}, options.language, false);
  // Blocked before the threads start, so that they inherit the mask and sigwait alone receives.
  sigset_t stop_signals;
  sigemptyset(&stop_signals);
  sigaddset(&stop_signals, SIGINT);
  sigaddset(&stop_signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop_signals, nullptr);

  server::SecurityLog log(options.data_directory);
  server::LiveFeed live(host);
  server::Service service{host,
                          &accounts,
                          fresh_key(*environment.random),
                          &log,
                          options.is_behind_proxy,
                          console_assets(),
                          &live};

  net::HttpOptions http;
  http.address = options.address;
  http.port = options.port;
  auto server = server::serve(service, http);
  if (!server) return cli::print_failure({server.error(), {}, 1}, options.language, false);
  cli::note_address(options.data_directory, options.address, (*server)->port(), service.local_key);
  std::string shown = options.address == "::1" ? "[::1]" : options.address;
  std::cout << (options.language == cli::Language::zh ? "服务已启动：" : "serving at ") << "http://"
            << shown << ":" << (*server)->port()
            << (options.language == cli::Language::zh ? "（Ctrl-C 停止）" : " (Ctrl-C stops)")
            << std::endl;
  int signal = 0;
  sigwait(&stop_signals, &signal);
  (*server)->stop();
  cli::forget_address(options.data_directory);
  return 0;
}

}  // namespace wutong::app
