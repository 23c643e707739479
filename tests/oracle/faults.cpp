// The oracle tested: every planted fault of the engine (base/planted.hpp) must be caught within a
// few hundred random programs, and none may be reported where none is planted. Faults are found in
// the sources, so that none is forgotten here. Exit code 1 where one is missed.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <set>

#include "base/planted.hpp"
#include "tests/oracle/check.hpp"
#include "tests/oracle/generate.hpp"

namespace wutong::oracle {
namespace {

constexpr uint64_t kProgramsMax = 600;
constexpr size_t kFaultsMin = 20;
constexpr uint64_t kSoundPrograms = 40;

std::set<std::string> planted_names() {
  std::set<std::string> out;
  const std::string mark = "PLANTED(\"";
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(std::string(WUTONG_SOURCE_DIR) + "/src")) {
    if (entry.path().extension() != ".cpp") continue;
    std::ifstream file(entry.path());
    const std::string text(std::istreambuf_iterator<char>(file), {});
    for (size_t at = text.find(mark); at != text.npos; at = text.find(mark, at + 1)) {
      const size_t from = at + mark.size();
      out.insert(text.substr(from, text.find('"', from) - from));
    }
  }
  return out;
}

struct Caught {
  uint64_t seed = 0;
  Difference difference;
};

std::optional<Caught> first_difference(uint64_t programs) {
  for (uint64_t seed = 1; seed <= programs; ++seed) {
    const Program program = generate(seed);
    if (auto difference = check(program, questions_for(program, seed), nullptr)) {
      return Caught{seed, std::move(*difference)};
    }
  }
  return std::nullopt;
}

int run() {
  int missed = 0;
  if (const auto false_alarm = first_difference(kSoundPrograms)) {
    std::cout << "no fault planted, yet seed " << false_alarm->seed << ": "
              << describe(false_alarm->difference);
    ++missed;
  }
  const auto names = planted_names();
  for (const std::string& name : names) {
    planted_fault = name;
    const auto caught = first_difference(kProgramsMax);
    if (caught) {
      std::cout << "caught " << name << " at seed " << caught->seed << ", "
                << describe(caught->difference);
    } else {
      std::cout << "MISSED " << name << " in " << kProgramsMax << " programs\n";
      ++missed;
    }
  }
  planted_fault = {};
  std::cout << names.size() << " faults planted, " << missed << " missed or falsely seen\n";
  return missed == 0 && names.size() >= kFaultsMin ? 0 : 1;
}

}  // namespace
}  // namespace wutong::oracle

int main() {
  wutong::oracle::prepare_process();
  return wutong::oracle::run();
}
