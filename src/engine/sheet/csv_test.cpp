#include "engine/sheet/csv.hpp"

#include <gtest/gtest.h>

#include "base/crypto.hpp"

namespace wutong::sheet {
namespace {

std::string faults(std::string_view text) {
  Issues issues;
  read_csv("f.csv", text, issues);
  std::string out;
  for (const Error& issue : issues) out += to_string(issue.place) + " " + issue.code + "\n";
  return out;
}

TEST(Csv, ReadsQuotedCellsWithBreaks) {
  Issues issues;
  auto sheet =
      read_csv("f.csv", "\xEF\xBB\xBF名称,output\r\n\"甲,\"\"乙\"\"\n丙\",12.5\r\n丁,\r\n", issues);
  ASSERT_TRUE(sheet.has_value());
  EXPECT_EQ(sheet->names, (std::vector<std::string>{"名称", "output"}));
  EXPECT_EQ(sheet->columns[0].texts[0], "甲,\"乙\"\n丙");
  EXPECT_EQ(sheet->columns[1].present[1], 0);
  EXPECT_EQ(sheet->lines, (std::vector<int>{2, 4}));
}

TEST(Csv, NamesEachFaultWithItsPlace) {
  EXPECT_EQ(faults(""), "f.csv:1:1 csv.empty\n");
  EXPECT_EQ(faults("a,b\n1\n1,2\n1,2,3\n"), "f.csv:2 csv.cells\nf.csv:4 csv.cells\n");
  EXPECT_EQ(faults("a,a\n"), "f.csv:1 csv.header\n");
  EXPECT_EQ(faults("a,b\n甲,\"乙\n"), "f.csv:2:3 csv.unclosed_quote\n");
  EXPECT_EQ(faults("a\n\"x\"y\n"), "f.csv:2:5 csv.after_quote\n");
  EXPECT_EQ(faults("a\n\xff\n"), "f.csv:2:2 csv.not_utf8\n");
}

TEST(Csv, ReadsBackWhatItQuotes) {
  SeededRandom random(2);
  constexpr std::string_view kPieces[] = {"甲", ",", "\"", "\n", "x", " ", "\r\n"};
  for (int i = 0; i < 2000; ++i) {
    std::string value = "v";
    for (uint64_t n = random.below(6); n > 0; --n) value += kPieces[random.below(7)];
    Issues issues;
    auto sheet = read_csv("f", "a,b\n" + csv_cell(value) + ",1\n", issues);
    ASSERT_TRUE(sheet.has_value());
    EXPECT_EQ(sheet->columns[0].texts[0], value);
  }
}

TEST(Csv, SurvivesAnyBytes) {
  SeededRandom random(9);
  for (int i = 0; i < 5000; ++i) {
    std::string text;
    for (uint64_t n = random.below(60); n > 0; --n) {
      text += static_cast<char>("a,\"\n\r\xff\x00 1"[random.below(9)]);
    }
    faults(text);
  }
}

}  // namespace
}  // namespace wutong::sheet
