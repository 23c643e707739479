// The parts of the bench on a small workload: same data, same answers, faults seen.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "base/codec.hpp"
#include "base/crypto.hpp"
#include "bench/returns/generator.hpp"
#include "bench/returns/measure.hpp"
#include "bench/returns/table.hpp"

namespace wutong::bench {
namespace {

namespace fs = std::filesystem;

std::string read_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

class Returns : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "wutong-bench-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    path_ = pattern;
  }
  void TearDown() override {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  void write(const std::string& name, const std::string& text) {
    std::ofstream(path_ + "/" + name, std::ios::binary) << text;
  }
  int64_t generate(const GeneratorOptions& options, uint32_t firms = 200) {
    return write_files(Generator(options), firms, path_);
  }
  // The answers of an engine; "" where it failed.
  std::string answers(Result<void> (*run)(const Task&), bool in_memory = false) {
    const auto data = read_dataset(path_);
    if (!data) return "";
    const std::string folder = path_ + "/engine", file = path_ + "/answers";
    fs::remove_all(folder);
    fs::create_directory(folder);
    Task task{*data, folder, file};
    task.single_corrections = 40;
    task.batch_size = 300;
    task.in_memory = in_memory;
    const auto done = run(task);
    if (done) return read_text(file);
    ADD_FAILURE() << describe_en(done.error());
    return "";
  }
  std::string fault() const {
    const auto data = read_dataset(path_);
    return data ? "" : to_string(data.error().place).substr(path_.size() + 1);
  }

  std::string path_;
};

TEST_F(Returns, HaveTheSameBytesOnEveryMachine) {
  EXPECT_EQ(generate({}), 4714);
  const auto digest_of = [&](const char* name) {
    return to_hex(wutong::digest(HashKind::sha256, as_bytes(read_text(path_ + "/" + name))));
  };
  EXPECT_EQ(digest_of("ent.csv"),
            "dcff05f1d6b5047fb1a7a538a095f23c71566a05be0465679a49e4495d2ded29");
  EXPECT_EQ(digest_of("ret.csv"),
            "aface1bd2baa8beee5890d4c2393bca9787ae026107c4fd98d87eb4ac867d843");
}

TEST_F(Returns, DifferBySeedAndSkew) {
  generate({});
  const std::string first = read_text(path_ + "/ret.csv");
  generate({.seed = 7});
  EXPECT_NE(read_text(path_ + "/ret.csv"), first);
  const auto largest_zone = [&](double skew) {
    generate({.skew = skew});
    const auto data = read_dataset(path_);
    return std::count_if(data->firms.begin(), data->firms.end(),
                         [](const Firm& firm) { return firm.zone == 0; });
  };
  EXPECT_GT(largest_zone(2.0), largest_zone(1.0));
  EXPECT_GT(largest_zone(1.0), largest_zone(0.0));
}

TEST_F(Returns, AreAnsweredAlikeByAllEngines) {
  generate({.zones = 20, .industries = 9});
  const std::string floor = answers(run_floor);
  EXPECT_GT(std::count(floor.begin(), floor.end(), '\n'), 3 * 20 * 16);
  EXPECT_EQ(answers(run_sqlite), floor);
  EXPECT_EQ(answers(run_ours), floor);
  EXPECT_EQ(answers(run_ours, true), floor);
}

TEST_F(Returns, AreAnsweredOtherwiseWhereOneAmountDiffers) {
  generate({.zones = 20, .industries = 9});
  const std::string floor = answers(run_floor);
  const auto data = read_dataset(path_);
  ASSERT_TRUE(data.has_value());
  uint32_t id = 0;
  while (data->firms[id].designated_from != 0 || !data->has_return(id, 19)) ++id;
  std::string text = read_text(path_ + "/ret.csv");
  const std::string start = "\n" + std::to_string(id) + ",19,";
  char& digit = text[text.find(start) + start.size()];
  digit = digit == '9' ? '8' : '9';
  write("ret.csv", text);
  EXPECT_NE(answers(run_sqlite), floor);
}

TEST_F(Returns, AreRefusedWithTheirLine) {
  const std::string amounts = ",1,1,1,1,1,1,1,1,1,1\n";
  write("ent.csv", "0,0,0,1,0\n2,0,0,1,0\n");
  EXPECT_EQ(fault(), "ent.csv:2");
  write("ent.csv", "0,0,0,1,0\n1,0,0,1,0\n");
  write("ret.csv", "0,20" + amounts + "0,20" + amounts);
  EXPECT_EQ(fault(), "ret.csv:2");
  write("ret.csv", "0,24" + amounts);
  EXPECT_EQ(fault(), "ret.csv:1");
  write("ret.csv", "0,20,1,1\n");
  EXPECT_EQ(fault(), "ret.csv:1");
  write("ret.csv", "0,20" + amounts + "1,20" + amounts);
  EXPECT_EQ(fault(), "");
}

TEST_F(Returns, AreCorrectedOnceABatchAndOnlyWhereTheyExist) {
  generate({});
  const auto data = read_dataset(path_);
  ASSERT_TRUE(data.has_value());
  const auto list = corrections(*data, 1, 600);
  EXPECT_EQ(list.size(), 600u);
  std::set<std::pair<uint32_t, int>> seen;
  for (const Correction& one : list) {
    EXPECT_TRUE(data->has_return(one.firm, one.month));
    EXPECT_LE(one.month, kMonthAsked);
    EXPECT_TRUE(seen.emplace(one.firm, one.month).second);
  }
  EXPECT_EQ(corrections(*data, 1, 600)[5].amounts, list[5].amounts);
  EXPECT_NE(corrections(*data, 2, 600)[5].amounts, list[5].amounts);
}

TEST(Table, PutsEnginesBesideWhatIsAimedAt) {
  const std::string table = comparison_table(
      "ours\t100\tB\t150000\t400000\t1\t9\tns\nfloor\t100\tB\t100000\t200000\t1\t9\tns\n"
      "duckdb\t100\tB\t9000000\t9000000\t1\t9\tns\nduckdb\t100\tB.kept\t300000\t9000000\t1\t9\tns\n"
      "ours\t10\tB\t140000\t300000\t1\t9\tns\nfloor\t10\tB\t100000\t200000\t1\t9\tns\n",
      100, 10);
  const auto has = [&](const char* text) { return table.find(text) != table.npos; };
  EXPECT_TRUE(has("| 150 µs | 100 µs | 300 µs | –      | 1.5 ×        | 0.5 ×"));
  EXPECT_TRUE(has("1.4 × floor ✗"));
  EXPECT_TRUE(has("| 1.07 × | 1 ×"));
  EXPECT_TRUE(has("large no further than small ✗"));
}

}  // namespace
}  // namespace wutong::bench
