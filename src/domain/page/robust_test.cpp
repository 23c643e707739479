// Any bytes get an answer: random ones, pieces of the grammar in any order, deep brackets, lines
// without an end, texts that are too large. How fast prose is read is printed, not required.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "domain/page/claim.hpp"

namespace wutong::page {
namespace {

void expect_sound(const std::string& text) {
  auto reading = read_text(text);
  if (!reading) {
    EXPECT_TRUE(reading.error().code.starts_with("page.too_")) << reading.error().code;
    EXPECT_FALSE(reading.error().zh.empty() || reading.error().en.empty());
    return;
  }
  size_t length = count_code_points(text);
  for (const Claim& claim : reading->claims) {
    ASSERT_LT(claim.start, claim.end);
    ASSERT_LE(claim.end, length);
    ASSERT_LT(claim.sentence, reading->sentences.size());
    ASSERT_LT(claim.story, reading->stories.size());
    ASSERT_FALSE(claim.quote.empty());
    ASSERT_LT(claim.list.value_or(0), std::max<size_t>(1, reading->lists.size()));
    if (claim.interval.low && claim.interval.high) {
      ASSERT_LE(*claim.interval.low, *claim.interval.high) << claim.quote;
    }
  }
}

TEST(Robust, RandomBytesAreRead) {
  SeededRandom random(1);
  for (int run = 0; run < 2000; ++run) {
    std::string text;
    for (uint64_t i = random.below(200); i > 0; --i) text += static_cast<char>(random.below(256));
    expect_sound(text);
  }
}

TEST(Robust, PiecesOfTheGrammarInAnyOrderAreRead) {
  const std::vector<std::string> pieces = {
      "一",   "二",     "十",   "百",     "千",   "万",   "亿",     "零",       "两",   "半",
      "点",   "分之",   "成",   "番",     "翻",   "余",   "多",     "几",       "数",   "上",
      "近",   "约",     "超",   "第",     "首",   "前",   "年",     "月",       "日",   "季度",
      "1",    "9",      "2024", ".",      ",",    "，",   "%",      "‰",        "—",    "-",
      "至",   "到",     "个",   "家",     "元",   "倍",   "百分点", "人次",     "增长", "下降",
      "占",   "比",     "较",   "高于",   "降幅", "收窄", "分别",   "、",       "和",   "：",
      "；",   "。",     "“",    "”",      "《",   "》",   "〔",     "〕",       "(",    ")",
      "#",    "\n",     " ",    "截至",   "同比", "今年", "以来",   "去年同期", "内",   "力争",
      "预计", "目标",   "唯一", "两位数", "兆",   "億",   "萬",     "０",       "％",   "R&D",
      "C919", "http://"};
  SeededRandom random(2);
  for (int run = 0; run < 20'000; ++run) {
    std::string text;
    for (uint64_t i = random.below(30); i > 0; --i) text += pieces[random.below(pieces.size())];
    expect_sound(text);
    if (HasFatalFailure()) FAIL() << "run " << run << ": " << text;
  }
}

TEST(Robust, TheKeptCorpusIsRead) {
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(WUTONG_SOURCE_DIR) +
                                                               "/tests/fuzz/corpus/page")) {
    std::ifstream in(entry.path(), std::ios::binary);
    expect_sound(std::string(std::istreambuf_iterator<char>(in), {}));
    ++files;
  }
  EXPECT_GE(files, 5u);
}

TEST(Robust, LongAndDeepTextsAreRead) {
  constexpr size_t kTimes = 200'000;
  for (const char* piece :
       {"（", "(", "“", "《", "1", "一", "亿", "，", "1元", "分别", "#", "翻", "2024年"}) {
    std::string text;
    for (size_t i = 0; i < kTimes; ++i) text += piece;
    expect_sound(text);
  }
}

TEST(Robust, TextsThatAreTooLargeAreRefusedInWords) {
  auto reading = read_text(std::string(size_t{100} << 20, 'x'));
  ASSERT_FALSE(reading.has_value());
  EXPECT_EQ(reading.error().code, "page.too_large");
  EXPECT_EQ(reading.error().kind, ErrorKind::too_large);
  EXPECT_NE(reading.error().zh.find("16 MiB"), std::string::npos);
  EXPECT_NE(reading.error().en.find("16 MiB"), std::string::npos);
}

TEST(Robust, TellsHowFastAMegabyteOfProseIsRead) {
  std::string prose;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(
           std::string(WUTONG_SOURCE_DIR) + "/tests/reading")) {
    if (entry.path().extension() != ".txt") continue;
    std::ifstream in(entry.path());
    prose += std::string(std::istreambuf_iterator<char>(in), {});
  }
  std::string text;
  while (text.size() < (size_t{1} << 20)) text += prose;
  auto begin = std::chrono::steady_clock::now();
  auto reading = read_text(text);
  auto took = std::chrono::steady_clock::now() - begin;
  ASSERT_TRUE(reading.has_value());
  std::cout << text.size() << " bytes, " << reading->claims.size()
            << " claims: " << std::chrono::duration_cast<std::chrono::milliseconds>(took).count()
            << " ms\n";
}

}  // namespace
}  // namespace wutong::page
