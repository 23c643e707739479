#include "engine/sheet/csv_stream.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/crypto.hpp"

namespace wutong::sheet {
namespace {

std::string faults_of(const Issues& issues) {
  std::string out;
  for (const Error& issue : issues) out += to_string(issue.place) + " " + issue.code + "\n";
  return out;
}

// A source that gives a few bytes at a time, so that rows are cut at every place.
Source trickle(std::string_view text, SeededRandom& random) {
  return [text, &random](std::span<char> out) mutable -> Result<size_t> {
    size_t size = text.copy(out.data(), std::min<size_t>(out.size(), 1 + random.below(9)));
    text.remove_prefix(size);
    return size;
  };
}

// All rows in one block; the faults, if there are any.
struct Outcome {
  Block rows;
  std::string faults;
};
Outcome read_all(Source source, std::vector<WantedColumn> wanted, HeaderLine header) {
  CsvStream stream("f.csv", std::move(source), std::move(wanted), header);
  Outcome out;
  Block block;
  while (stream.next(block)) {
    EXPECT_LE(block.lines.size(), kBlockRows);
    out.rows.columns.resize(block.columns.size());
    for (size_t c = 0; c < block.columns.size(); ++c) {
      Column& column = out.rows.columns[c];
      column.type = block.columns[c].type;
      column.scale = block.columns[c].scale;
      for (size_t i = 0; i < block.lines.size(); ++i) column.append(block.columns[c].value(i));
    }
    out.rows.lines.insert(out.rows.lines.end(), block.lines.begin(), block.lines.end());
  }
  out.faults = faults_of(stream.issues());
  return out;
}
Outcome read_all(std::string_view text, std::vector<WantedColumn> wanted,
                 HeaderLine header = HeaderLine::first) {
  return read_all(text_source(text), std::move(wanted), header);
}

TEST(CsvStream, ReadsAnyBytesAsTheSimpleReaderDoes) {
  SeededRandom random(31);
  constexpr std::string_view kPieces[] = {"a",     ",",    ",",   "\"", "\"\"",     "\n",
                                          "\n",    "\r\n", "\r",  "甲", "1",        " ",
                                          "\"x\"", "\xff", "b,c", "7",  "\"y,\n\"", "\xEF\xBB\xBF"};
  size_t good = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string text = random.below(3) == 0 ? "a,b\n" : "";
    for (uint64_t n = random.below(25); n > 0; --n) {
      text += kPieces[random.below(std::size(kPieces) - (random.below(3) == 0 ? 0 : 3))];
    }
    if (random.below(40) == 0) text += std::string_view("\0", 1);
    if (random.below(3) == 0) text += "\n";
    Issues issues;
    auto sheet = read_csv("f.csv", text, issues);
    std::vector<WantedColumn> wanted;
    if (sheet) {
      for (const std::string& name : sheet->names) wanted.push_back({name, ValueType::text, 0});
    }
    Source source = random.below(2) == 0 ? text_source(text) : trickle(text, random);
    Outcome out = read_all(std::move(source), std::move(wanted), HeaderLine::first);
    ASSERT_EQ(out.faults, faults_of(issues)) << testing::PrintToString(text);
    if (!sheet || sheet->lines.empty()) continue;
    ++good;
    EXPECT_EQ(out.rows.columns, sheet->columns) << testing::PrintToString(text);
    EXPECT_EQ(out.rows.lines, sheet->lines) << testing::PrintToString(text);
  }
  EXPECT_GT(good, 300u);
}

TEST(CsvStream, ReadsTypedColumnsByName) {
  Outcome out = read_all(
      "month,x,output,name,on,day,n\r\n"
      "2024-09,skip,12.5,\"甲,乙\",是,2024-10-28,-9223372036854775808\r\n"
      ",,,,,,\r\n"
      "2023-01,\"a\nb\",-0.05,丙,0,1969-12-31,007\r\n"
      "2023-02,,120,\"\",true,,\"8\"",
      {{"n", ValueType::integer},
       {"output", ValueType::decimal, 2},
       {"name", ValueType::text},
       {"month", ValueType::month},
       {"day", ValueType::date},
       {"on", ValueType::boolean}});
  ASSERT_EQ(out.faults, "");
  EXPECT_EQ(out.rows.lines, (std::vector<int>{2, 3, 4, 6}));
  std::string shown;
  for (size_t row = 0; row < 4; ++row) {
    for (const Column& column : out.rows.columns) shown += to_string(column.value(row)) + "|";
    shown += "\n";
  }
  EXPECT_EQ(shown,
            "-9223372036854775808|12.50|甲,乙|2024-09|2024-10-28|true|\n"
            "||||||\n"
            "7|-0.05|丙|2023-01|1969-12-31|false|\n"
            "8|120.00||2023-02||true|\n");
}

TEST(CsvStream, NamesEachWrongValueWithItsPlace) {
  Outcome out = read_all(
      "甲,n,d,m\n"
      "园区,1x,1.234,2024-13\n"
      "\"a\nb\",9223372036854775808,1.,2024-09\n"
      "x, 1,-,2024\n"
      "x,1\n",
      {{"n", ValueType::integer}, {"d", ValueType::decimal, 2}, {"m", ValueType::month}});
  EXPECT_EQ(out.faults,
            "f.csv:2:4 [n] csv.value\nf.csv:2:7 [d] csv.value\nf.csv:2:13 [m] csv.value\n"
            "f.csv:4:4 [n] csv.value\nf.csv:4:24 [d] csv.value\n"
            "f.csv:5:3 [n] csv.value\nf.csv:5:6 [d] csv.value\nf.csv:5:8 [m] csv.value\n"
            "f.csv:6 csv.cells\n");
  EXPECT_EQ(read_all("a,output\n1,2\n", {{"ouput", ValueType::integer}}).faults,
            "f.csv:1 [ouput] csv.no_column\n");
}

TEST(CsvStream, ReadsByOrderWithoutAHeaderLine) {
  Outcome out = read_all("1,x,2\n3,y,4\n",
                         {{"", ValueType::integer}, {"", std::nullopt}, {"", ValueType::integer}},
                         HeaderLine::none);
  ASSERT_EQ(out.faults, "");
  ASSERT_EQ(out.rows.columns.size(), 2u);
  EXPECT_EQ(out.rows.columns[1].numbers[1], 4);
  EXPECT_EQ(read_all("", {{"", ValueType::integer}}, HeaderLine::none).faults, "");
  EXPECT_EQ(read_all("1,2\n", {{"", ValueType::integer}}, HeaderLine::none).faults,
            "f.csv:1 csv.cells\n");
}

// Numbers of every length, over many blocks and buffers, as they were written.
TEST(CsvStream, ReadsNumbersExactlyOverManyBlocks) {
  SeededRandom random(7);
  std::string text = "n,d\n";
  std::vector<int64_t> numbers;
  std::vector<Decimal> decimals;
  for (size_t i = 0; i < 2 * kBlockRows + 77; ++i) {
    numbers.push_back(static_cast<int64_t>(random.next()) >> random.below(64));
    int64_t mantissa = static_cast<int64_t>(random.next()) >> (12 + random.below(52));
    decimals.push_back(Decimal::from_parts(mantissa, static_cast<int>(random.below(4))));
    text += std::to_string(numbers.back()) + "," + decimals.back().to_string() + "\n";
  }
  Outcome out = read_all(text, {{"n", ValueType::integer}, {"d", ValueType::decimal, 3}});
  ASSERT_EQ(out.faults, "");
  ASSERT_EQ(out.rows.lines.size(), numbers.size());
  for (size_t i = 0; i < numbers.size(); ++i) {
    ASSERT_EQ(out.rows.columns[0].numbers[i], numbers[i]);
    ASSERT_EQ(Decimal::from_parts(out.rows.columns[1].numbers[i], 3), decimals[i]);
  }
}

TEST(CsvStream, EndsAtARowThatIsTooLong) {
  std::string text = "a\n1\n\"" + std::string(2 * kRowBytesMax, 'x');
  EXPECT_EQ(read_all(text, {{"a", ValueType::text}}).faults, "f.csv:3 csv.row_too_long\n");
  std::string fits = "a\n\"" + std::string(kRowBytesMax - 100, 'x') + "\"\n";
  EXPECT_EQ(read_all(fits, {{"a", ValueType::text}}).faults, "");
}

TEST(CsvStream, ReportsAFileThatCannotBeRead) {
  auto none = file_source("/nonexistent.csv");
  ASSERT_FALSE(none.has_value());
  EXPECT_EQ(none.error().kind, ErrorKind::not_found);
  auto folder = file_source("/");
  ASSERT_TRUE(folder.has_value());
  EXPECT_EQ(read_all(std::move(*folder), {{"a", ValueType::text}}, HeaderLine::first).faults,
            "/ csv.file\n");
}

}  // namespace
}  // namespace wutong::sheet
