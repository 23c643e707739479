#include "bench/returns/commands.hpp"

#include <fmt/core.h>

#include <charconv>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "bench/returns/generator.hpp"
#include "bench/returns/measure.hpp"
#include "bench/returns/table.hpp"

namespace wutong::bench {

namespace {

template <typename Number>
Number number_or(const std::vector<std::string>& words, size_t at, Number otherwise) {
  if (at < words.size()) {
    std::from_chars(words[at].data(), words[at].data() + words[at].size(), otherwise);
  }
  return otherwise;
}

int complain(const Error& error) {
  fmt::print(stderr, "{}\n{}\n", describe_zh(error), describe_en(error));
  return 1;
}

int generate(const std::vector<std::string>& words) {
  GeneratorOptions options;
  options.seed = number_or(words, 3, options.seed);
  options.skew = number_or(words, 4, options.skew);
  const auto firms = number_or<uint32_t>(words, 1, 0);
  const int64_t returns = write_files(Generator(options), firms, words[2]);
  if (returns < 0) {
    fmt::print(stderr, "无法写入 / cannot write: {}\n", words[2]);
    return 1;
  }
  fmt::print(stderr, "{} firms, {} returns\n", firms, returns);
  return 0;
}

int tabulate(const std::vector<std::string>& words) {
  std::ifstream in(words[1], std::ios::binary);
  const std::string lines(std::istreambuf_iterator<char>(in), {});
  fmt::print("{}", comparison_table(lines, number_or<size_t>(words, 2, 0),
                                    number_or<size_t>(words, 3, 0)));
  return 0;
}

int measure(const std::vector<std::string>& words) {
  const auto data = read_dataset(words[1]);
  if (!data) return complain(data.error());
  Task task{*data, words[2], words[3]};
  task.repeat = number_or(words, 4, task.repeat);
  if (words.size() > 5) task.library = words[5];
  task.in_memory = words[0] == "ours-memory";
  Result<void> done;
  if (words[0] == "floor") {
    done = run_floor(task);
  } else if (words[0] == "sqlite") {
    done = run_sqlite(task);
  } else if (words[0] == "duckdb") {
    done = run_duckdb(task);
  } else if (words[0] == "ours" || words[0] == "ours-memory") {
    done = run_ours(task);
  } else {
    fmt::print(stderr, "没有这个引擎 / no such engine: {}\n", words[0]);
    return 2;
  }
  return done ? 0 : complain(done.error());
}

}  // namespace

int run_command(const std::vector<std::string>& words) {
  if (words.size() >= 3 && words[0] == "gen") return generate(words);
  if (words.size() >= 4 && words[0] == "table") return tabulate(words);
  if (words.size() >= 4) return measure(words);
  fmt::print(stderr,
             "returns gen FIRMS DIR [SEED [SKEW]]\n"
             "returns table FILE FIRMS SMALL_FIRMS\n"
             "returns ENGINE DIR WORK ANSWERS [REPEAT [LIBRARY]]\n");
  return 2;
}

}  // namespace wutong::bench
