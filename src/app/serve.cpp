#include "app/serve.hpp"

#include <csignal>
#include <iostream>
#include <thread>

#include "surface/cli/transport.hpp"
#include "surface/server/server.hpp"

namespace wutong::app {

int serve(const cli::ServeOptions& options, const cli::Environment& environment) {
  zone::HostOptions host_options;
  host_options.data_directory = options.data_directory;
  auto host = zone::Host::open(host_options, *environment.clock, *environment.random);
  if (!host) return cli::print_failure({host.error(), {}, 1}, options.language, false);
  return serve_host(**host, options);
}

int serve_host(zone::Host& host, const cli::ServeOptions& options) {
  // Blocked before the threads start, so that they inherit the mask and sigwait alone receives.
  sigset_t stop_signals;
  sigemptyset(&stop_signals);
  sigaddset(&stop_signals, SIGINT);
  sigaddset(&stop_signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &stop_signals, nullptr);

  net::HttpOptions http;
  http.address = options.address;
  http.port = options.port;
  auto server = server::serve(host, http);
  if (!server) return cli::print_failure({server.error(), {}, 1}, options.language, false);
  cli::note_address(options.data_directory, options.address, (*server)->port());
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
