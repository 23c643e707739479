// Of whom a figure speaks: zones, firms by full, short and introduced names, words that point back,
// headings and speakers; and values of codes by their aliases. Against two demo zones.
#include "demo/zones.hpp"
#include "domain/page/judge.hpp"
#include "tests/scenario/demo_zone.hpp"

namespace wutong::scenario {
namespace {

using page::Verdict;

constexpr std::string_view kFirm = "长治市卓怡恒通信息安全有限公司（演示）";

class SubjectsOfPage : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    zones_ = std::make_unique<DemoZone>(std::vector<std::string>{"changzhi", "suining"});
  }
  static void TearDownTestSuite() { zones_.reset(); }

  // The verdict on the figure quoted.
  static page::Judgement judge(const std::string& text, std::string_view quote) {
    page::Judgement out;
    const auto reading = page::read_text(text);
    EXPECT_TRUE(reading.has_value());
    bool is_found = false;
    zones_->host().read_all([&](std::span<const zone::View> views) {
      std::vector<page::ZoneRecords> zones;
      for (const zone::View& view : views) {
        zones.push_back({view.catalog, view.state, view.figures, view.entry_times});
      }
      const page::Checked checked = page::check(*reading, zones);
      for (size_t i = 0; i < reading->claims.size(); ++i) {
        if (reading->claims[i].quote != quote) continue;
        out = checked.judgements[i];
        is_found = true;
      }
    });
    EXPECT_TRUE(is_found) << quote;
    return out;
  }
  static void expect(const std::string& text, std::string_view quote, std::string_view subject,
                     Verdict verdict) {
    const page::Judgement judgement = judge(text, quote);
    EXPECT_EQ(judgement.subject, subject) << text;
    EXPECT_EQ(to_string(judgement.verdict), to_string(verdict)) << text << judgement.reason.zh;
  }

  static inline std::unique_ptr<DemoZone> zones_;
};

TEST_F(SubjectsOfPage, ZoneByNameHeadingAndPointingWord) {
  const std::string when = "2024年前三季度，", rest = "诉求满意率为85%以上。", quote = "85%以上";
  const std::string head = "# 遂宁高新区：服务\n\n", zone = "遂宁高新区";
  expect(when + "遂宁高新区" + rest, quote, zone, Verdict::verified);
  expect(when + "遂宁国家高新区" + rest, quote, zone, Verdict::verified);
  expect(head + when + rest, quote, zone, Verdict::verified);
  expect(head + when + "该区" + rest, quote, zone, Verdict::verified);
  expect(head + when + "全区" + rest, quote, zone, Verdict::verified);
  EXPECT_EQ(judge(when + rest, quote).verdict, Verdict::not_recorded);  // no zone is named
}

// A chain is named by its short name as well: 信创 of 信创相关企业.
TEST_F(SubjectsOfPage, ChainOfWhichTheFigureIsAsked) {
  expect("截至2024年9月底，长治高新区有信创相关企业15家。", "15家", "信创产业链",
         Verdict::verified);
}

TEST_F(SubjectsOfPage, EachStoryIsHeldAgainstItsOwnZone) {
  const std::string text =
      "# 长治高新区\n\n截至2024年9月底，有信创相关企业15家。\n\n"
      "# 遂宁高新区\n\n2024年前三季度，诉求满意率为85%以上。\n";
  EXPECT_EQ(judge(text, "15家").zone, "changzhi");
  EXPECT_EQ(judge(text, "85%以上").zone, "suining");
}

TEST_F(SubjectsOfPage, FirmByFullShortAndIntroducedName) {
  const std::string head = "# 长治高新区\n\n", growth = "产值同比增长54.0%。";
  for (const std::string name :
       {"长治市卓怡恒通信息安全有限公司（演示）", "卓怡恒通公司", "卓怡恒通"}) {
    expect(head + "2023年，" + name + growth, "54.0%", kFirm, Verdict::verified);
  }
  expect(head + "2021年，卓怡恒通公司（以下简称“恒通”）落户。2023年，恒通" + growth, "54.0%", kFirm,
         Verdict::verified);
  expect(head + "卓怡恒通公司2021年落户。2023年，该公司" + growth, "54.0%", kFirm,
         Verdict::verified);
  // Another digit is found for the firm as for the zone.
  expect(head + "2023年，卓怡恒通产值同比增长45.0%。", "45.0%", kFirm, Verdict::contradicted);
}

TEST_F(SubjectsOfPage, FirmThatNobodyRecordedNeverGetsTheFigureOfTheZone) {
  const std::string text = "# 长治高新区\n\n2023年，长治高新区的星河光电科技有限公司";
  const page::Judgement growth = judge(text + "产值同比增长54.0%。", "54.0%");
  EXPECT_EQ(growth.subject, "星河光电科技有限公司");
  EXPECT_EQ(growth.verdict, Verdict::not_recorded);
}

TEST_F(SubjectsOfPage, ParkByPointingWord) {
  const std::string text = "# 长治高新区\n\n信创产业园于2022年开园。2023年，园区企业产值5.02亿元。";
  const page::Judgement output = judge(text, "5.02亿元");
  EXPECT_NE(output.subject.find("信创产业园"), std::string::npos) << output.subject;
  EXPECT_EQ(output.verdict, Verdict::verified) << output.reason.zh;
}

TEST_F(SubjectsOfPage, SpeakerStandsForHisFirm) {
  const std::string text =
      "# 长治高新区\n\n“2023年产值同比增长54.0%。”卓怡恒通公司总经理李明远说。";
  expect(text, "54.0%", kFirm, Verdict::verified);
}

TEST_F(SubjectsOfPage, ValuesOfCodesByTitleAndAlias) {
  const std::string head = "# 长治高新区\n\n截至2024年9月底，信创企业的知识产权有298件，其中";
  for (const std::string name : {"软件著作权", "软著", "计算机软件著作权"}) {
    const page::Judgement judgement = judge(head + name + "252件。", "252件");
    EXPECT_EQ(judgement.verdict, Verdict::verified) << name << judgement.reason.zh;
    EXPECT_NE(judgement.figure.find("software_copyright"), std::string::npos) << name;
  }
  EXPECT_EQ(judge(head + "实用新型252件。", "252件").verdict, Verdict::contradicted);
}

}  // namespace
}  // namespace wutong::scenario
