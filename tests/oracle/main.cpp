// oracle --programs N --seed S: random programs whose figures must be equal three ways. The first
// that differ are shrunk and printed; exit code 1 then.
#include <charconv>
#include <chrono>
#include <iostream>
#include <string_view>

#include "tests/oracle/check.hpp"
#include "tests/oracle/generate.hpp"

namespace wutong::oracle {
namespace {

constexpr size_t kAttemptsMax = 4000;
constexpr int kFailuresMax = 3;

struct Options {
  uint64_t programs = 2000;
  uint64_t seed = 1;
  bool is_valid = true;
};

Options read_options(int argc, char** argv) {
  Options out;
  for (int i = 1; i < argc; i += 2) {
    const std::string_view name = argv[i];
    uint64_t* target = name == "--programs" ? &out.programs
                       : name == "--seed"   ? &out.seed
                                            : nullptr;
    const std::string_view value = i + 1 < argc ? argv[i + 1] : "";
    uint64_t number = 0;
    const auto [end, code] = std::from_chars(value.data(), value.data() + value.size(), number);
    const bool is_number =
        code == std::errc() && end == value.data() + value.size() && !value.empty();
    if (target == nullptr || !is_number) {
      out.is_valid = false;
      return out;
    }
    *target = number;
  }
  return out;
}

void report(uint64_t seed, const Failing& failing) {
  std::cout << "==== seed " << seed << " differs; shrunk to:\n"
            << print(failing.program) << "# question, asked after " << failing.question.after
            << " acts\n"
            << describe(failing.difference) << "# again: script/oracle --programs 1 --seed " << seed
            << "\n\n"
            << std::flush;
}

int run(const Options& options) {
  const auto start = std::chrono::steady_clock::now();
  Effort effort;
  int failures = 0;
  for (uint64_t i = 0; i < options.programs && failures < kFailuresMax; ++i) {
    const uint64_t seed = options.seed + i;
    const Program program = generate(seed);
    const auto difference = check(program, questions_for(program, seed), &effort);
    if (!difference) continue;
    ++failures;
    report(seed, shrink(program, *difference, kAttemptsMax));
  }
  const auto spent = std::chrono::steady_clock::now() - start;
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(spent).count();
  std::cout << options.programs << " programs from seed " << options.seed << ": " << effort.acts
            << " acts (" << effort.refused << " refused), " << effort.questions << " questions, "
            << effort.compared << " comparisons, " << failures << " failures, " << ms << " ms\n";
  for (const auto& [kind, count] : effort.answers) {
    std::cout << "  " << kind << " " << count << "\n";
  }
  return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace wutong::oracle

int main(int argc, char** argv) {
  const auto options = wutong::oracle::read_options(argc, argv);
  if (!options.is_valid) {
    std::cerr << "用法 / usage: oracle [--programs N] [--seed S]\n";
    return 2;
  }
  wutong::oracle::prepare_process();
  return wutong::oracle::run(options);
}
