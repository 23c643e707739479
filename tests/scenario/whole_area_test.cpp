// What is said of the whole city or nation is never held against the zone's own figure, but against
// what is recorded of that area. Against Nanchang's demo records.
#include "demo/zones.hpp"
#include "domain/page/judge.hpp"
#include "tests/scenario/demo_zone.hpp"

namespace wutong::scenario {
namespace {

class WholeAreas : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    zones_ = std::make_unique<DemoZone>(std::vector<std::string>{"nanchang"});
  }
  static void TearDownTestSuite() { zones_.reset(); }

  // Of the last figure of the text: "verdict, subject".
  static std::string judge(const std::string& words) {
    std::string out;
    const auto reading =
        page::read_text("# 南昌高新区\n\n2024年前三季度，南昌高新区经济稳中有进。" + words);
    EXPECT_TRUE(reading.has_value());
    zones_->host().read_all([&](std::span<const zone::View> views) {
      const zone::View& view = views.front();
      const page::ZoneRecords records{view.catalog, view.state, view.figures, view.entry_times};
      const auto judgement = page::check(*reading, std::span(&records, 1)).judgements.back();
      out = std::string(to_string(judgement.verdict)) + ", " + judgement.subject;
      reason_ = judgement.reason.zh;
    });
    return out;
  }

  static inline std::unique_ptr<DemoZone> zones_;
  static inline std::string reason_;
};

TEST_F(WholeAreas, AreNotTheZone) {
  EXPECT_EQ(judge("全市共有科技企业5120家。"), "not_recorded, 南昌市");
  EXPECT_EQ(judge("前三季度，全市规上工业增加值同比增长14.9%。"), "not_recorded, 南昌市");
  EXPECT_EQ(judge("前三季度，南昌市规上工业增加值同比增长14.9%。"), "not_recorded, 南昌市");
  EXPECT_EQ(judge("前三季度，全省地区生产总值739.4亿元。"), "not_recorded, 江西省");
  EXPECT_EQ(judge("前三季度，全县地区生产总值739.4亿元。"), "not_recorded, 全县");
  // Carried on within the sentence.
  EXPECT_EQ(judge("前三季度，全市经济向好，规上工业增加值同比增长14.9%。"), "not_recorded, 南昌市");
}

TEST_F(WholeAreas, AreHeldAgainstTheirOwnRecords) {
  EXPECT_EQ(judge("前三季度，全国规上工业增加值同比增长5.8%。"), "verified, 全国") << reason_;
  EXPECT_EQ(judge("前三季度，全国规上工业增加值同比增长6.8%。"), "contradicted, 全国") << reason_;
}

TEST_F(WholeAreas, AreNoSubjectsWhereTheZoneIsComparedWithThem) {
  for (const char* words : {"前三季度，全市经济向好，高新区规上工业增加值同比增长14.9%。",
                            "前三季度，规上工业增加值同比增长14.9%，高于全国9.1个百分点。",
                            "前三季度，在全市率先发力，规上工业增加值同比增长14.9%。",
                            "前三季度，全市领先，规上工业增加值同比增长14.9%。"}) {
    EXPECT_EQ(judge(words), "verified, 南昌高新区") << words << reason_;
  }
}

TEST_F(WholeAreas, ReasonsAreInUnitsThatPeopleRead) {
  judge("前三季度，地区生产总值739.4亿元。");
  EXPECT_NE(reason_.find("739.4亿元"), std::string::npos) << reason_;
  EXPECT_EQ(reason_.find("CNY"), std::string::npos) << reason_;
}

}  // namespace
}  // namespace wutong::scenario
