#include "base/memory.hpp"
#include "bench/returns/commands.hpp"

int main(int count, char** arguments) {
  wutong::prepare_memory();
  return wutong::bench::run_command(std::vector<std::string>(arguments + 1, arguments + count));
}
