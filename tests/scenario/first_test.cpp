// “首家突破100亿元”: the first of the areas named to pass a mark, by the table of marks. Against
// Guiyang's demo records: its own zone passed in 2022-11, a second one of the city in 2023-12.
#include <boost/json.hpp>

#include "demo/zones.hpp"
#include "domain/page/judge.hpp"
#include "surface/answer/answer.hpp"
#include "tests/scenario/demo_zone.hpp"

namespace wutong::scenario {
namespace {

using page::Verdict;

constexpr const char* kWords = "作为贵州首家外贸突破100亿元的园区，贵阳综合保税区引人注目。";

// Of the first figure of a text.
page::Judgement judged(DemoZone& zones, const std::string& words) {
  page::Judgement out;
  const auto reading = page::read_text("# 贵阳综合保税区\n\n" + words);
  EXPECT_TRUE(reading.has_value());
  EXPECT_EQ(reading->claims.at(0).measure, page::Measure::ordinal) << words;
  zones.host().read_all([&](std::span<const zone::View> views) {
    const zone::View& view = views.front();
    const page::ZoneRecords records{view.catalog, view.state, view.figures, view.entry_times};
    out = page::check(*reading, std::span(&records, 1)).judgements.at(0);
  });
  return out;
}

class FirstToPassAMark : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    zones_ = std::make_unique<DemoZone>(std::vector<std::string>{"guiyang"});
  }
  static void TearDownTestSuite() { zones_.reset(); }

  static page::Judgement judge(const std::string& words) { return judged(*zones_, words); }

  static inline std::unique_ptr<DemoZone> zones_;
};

TEST_F(FirstToPassAMark, IsHeldAgainstTheTableOfMarks) {
  for (const char* words :
       {kWords, "作为贵阳市第一家进出口总额突破100亿元的园区，贵阳综合保税区引人注目。",
        "作为贵州率先让进出口总额超过100亿元的园区，贵阳综合保税区引人注目。"}) {
    const page::Judgement judgement = judge(words);
    EXPECT_EQ(to_string(judgement.verdict), "verified") << words << judgement.reason.zh;
    EXPECT_EQ(judgement.figure,
              "guiyang/mark_passed_in/@2024-10-28/rank:by:place:low"
              "?indicator=foreign_trade&mark=10000000000.00&place=guiyang_cbz")
        << judgement.figure;
  }
}

TEST_F(FirstToPassAMark, NeedsTheMarkAndTheAreasInTheTable) {
  // No month is recorded for another mark, nor for exports, nor are the nation's zones known.
  for (const char* words : {"作为贵州首家外贸突破300亿元的园区，贵阳综合保税区引人注目。",
                            "作为贵州首家出口突破100亿元的园区，贵阳综合保税区引人注目。",
                            "作为全国首家外贸突破100亿元的园区，贵阳综合保税区引人注目。",
                            "作为首家外贸突破100亿元的园区，贵阳综合保税区引人注目。",
                            "作为贵州首家开放型园区，贵阳综合保税区引人注目。"}) {
    const page::Judgement judgement = judge(words);
    EXPECT_EQ(to_string(judgement.verdict), "not_recorded") << words << judgement.reason.zh;
    EXPECT_FALSE(judgement.reason.zh.empty());
    EXPECT_FALSE(judgement.reason.en.empty());
  }
}

// Records of its own, which the test adds to.
TEST(FirstToPassAMarkAfterOthers, IsContradictedOrOpen) {
  const auto verdict = [](const char* passed_in) {
    DemoZone zones({"guiyang"});
    const std::string body =
        R"({"act": "record.create", "register": "passed_mark", "rows": [{"area": "zunyi",)"
        R"( "indicator": "foreign_trade", "mark": 10000000000, "basis": "year", "passed_in": ")" +
        std::string(passed_in) + R"("}]})";
    const auto done =
        answer::perform_act(zones.door(), "guiyang", body, {"tester", {"statistician"}, "", false});
    EXPECT_TRUE(done.has_value()) << done.error().error.zh;
    return to_string(judged(zones, kWords).verdict);
  };
  EXPECT_EQ(verdict("2024-01"), "verified");
  EXPECT_EQ(verdict("2022-11"), "ambiguous");
  EXPECT_EQ(verdict("2022-10"), "contradicted");
}

}  // namespace
}  // namespace wutong::scenario
