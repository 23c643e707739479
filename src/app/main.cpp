// Configuration and wiring. Only this folder reads the environment.
#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

#include "app/demo.hpp"
#include "app/serve.hpp"
#include "base/memory.hpp"
#include "surface/cli/cli.hpp"

namespace {

std::string variable(const char* name, std::string otherwise) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : otherwise;
}

std::string user_name() {
  const passwd* user = getpwuid(getuid());
  return user != nullptr ? user->pw_name : "local";
}

}  // namespace

int main(int argc, char** argv) {
  wutong::prepare_memory();
  wutong::SystemClock clock;
  wutong::SystemRandom random;
  wutong::cli::Environment environment;
  environment.default_data = variable("WUTONG_DATA", "data");
  environment.default_packs = variable("WUTONG_PACKS", ".");
  environment.default_actor = user_name();
  environment.is_terminal = isatty(STDOUT_FILENO) == 1 && variable("NO_COLOR", "").empty();
  environment.clock = &clock;
  environment.random = &random;
  environment.serve = [&](const wutong::cli::ServeOptions& options) {
    return wutong::app::serve(options, environment);
  };
  environment.demo = [&](const wutong::cli::DemoOptions& options) {
    return wutong::app::demo(options, environment);
  };
  return wutong::cli::run(argc, argv, environment);
}
