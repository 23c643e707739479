// Findings on texts of a few words, held against two demo zones: what is said in the wrong unit or
// of the wrong period, and days, months and years that cannot be meant.
#include "demo/zones.hpp"
#include "domain/page/judge.hpp"
#include "tests/scenario/demo_zone.hpp"

namespace wutong::scenario {
namespace {

class FindingsOfPage : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    zones_ = std::make_unique<DemoZone>(std::vector<std::string>{"changzhi", "network"});
  }
  static void TearDownTestSuite() { zones_.reset(); }

  // Kinds of the findings that say that something may be wrong, parted by blanks.
  static std::string accusations(const std::string& text) {
    std::string out;
    const auto reading = page::read_text(text);
    EXPECT_TRUE(reading.has_value());
    zones_->host().read_all([&](std::span<const zone::View> views) {
      std::vector<page::ZoneRecords> zones;
      for (const zone::View& view : views) {
        zones.push_back({view.catalog, view.state, view.figures, view.entry_times});
      }
      for (const page::Finding& finding : page::check(*reading, zones).findings) {
        if (finding.weight != page::Weight::note) out += (out.empty() ? "" : " ") + finding.kind;
      }
    });
    return out;
  }

  static inline std::unique_ptr<DemoZone> zones_;
};

TEST_F(FindingsOfPage, CountSaidInAUnitThatIsTakenForAnother) {
  // Zones are counted in 家 as well.
  const std::string head =
      "# 人工智能产业协同创新网络成立\n\n启动大会于2024年10月21日召开。\n\n网络由";
  EXPECT_EQ(accusations(head + "11家国家高新区共同组成。"), "");
  EXPECT_EQ(accusations(head + "11家次国家高新区共同组成。"), "other_unit");
  // Another number is no misprint of the unit: it is not recorded, and that is all.
  EXPECT_EQ(accusations(head + "87家次国家高新区共同组成。"), "");
}

TEST_F(FindingsOfPage, MonthsDaysAndYearsThatNoCalendarHas) {
  const std::string head = "# 长治高新区\n\n";
  for (const char* fine : {"10月中旬开园。", "历时18个月建成。", "满18月龄。", "第12月底完成。",
                           "2024年12月开园。", "9月30日开园。", "2821年前的遗址。"}) {
    EXPECT_EQ(accusations(head + fine), "") << fine;
  }
  for (const char* wrong :
       {"40月中旬开园。", "2024年13月开园。", "到19月底完成。", "0月份开园。"}) {
    EXPECT_EQ(accusations(head + wrong), "impossible_month") << wrong;
  }
  EXPECT_EQ(accusations(head + "9月31日开园。"), "impossible_day");
  EXPECT_EQ(accusations(head + "2821年开园。"), "unlikely_year");
}

TEST_F(FindingsOfPage, FigureOfAPeriodBeside) {
  const std::string head = "# 长治高新区\n\n", growth = "卓怡恒通产值同比增长54.0%。";
  EXPECT_EQ(accusations(head + "2023年，" + growth), "");
  EXPECT_EQ(accusations(head + "2025年，" + growth), "other_period");
}

}  // namespace
}  // namespace wutong::scenario
