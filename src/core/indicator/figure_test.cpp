#include "core/indicator/figure.hpp"

#include <gtest/gtest.h>

namespace wutong::indicator {
namespace {

TEST(Identity, ComesBackAsItWas) {
  for (const char* text : {"nanchang/output/2024-01..09",
                           "nanchang/output/2024-09/yoy",
                           "z/i/2024-Q3/yoy:naive",
                           "z/i/2024/change_pp:half",
                           "z/i/2024/gap_pp:nation?hightech=true&industry=C39",
                           "z/i/@2024-07-31/rank:county",
                           "z/i/2024-01..09/only_one_above:80.5@county",
                           "z/i/2024-H1/minimum:quarter?area=city&as_of=17",
                           "z/i/2021..",
                           "z/i/2024/streak",
                           "z/i/2024/rank:zones",
                           "z/i/2024/rank:zones@yoy",
                           "z/i/2024/share:zones",
                           "z/i/2024/multiple:zone@nanchang",
                           "z/i/2024?as_of=17&definitions=today",
                           "z/i/2024/mom?as_of=2024-10-01",
                           "z/i/2024/two_year_average",
                           "z/i/2024/cagr:5",
                           "z/i/2024/target",
                           "z/i/2024/forecast:yoy?area=city",
                           "z/i/2024-01..09/completion:year",
                           "z/i/2024/completion",
                           "z/i/2024/share:total?hightech=true",
                           "z/i/2024?name=a%26b%3D%25"}) {
    const auto question = parse_identity(text);
    ASSERT_TRUE(question) << text << ": " << question.error().en;
    EXPECT_EQ(identity(*question), text);
    EXPECT_EQ(*parse_identity(identity(*question)), *question);
  }
}

TEST(Identity, SortsDimensionsAndLeavesOutTheDefault) {
  const auto question = parse_identity("z/i/2024/level?b=2&a=1");
  ASSERT_TRUE(question);
  EXPECT_EQ(identity(*question), "z/i/2024?a=1&b=2");
}

TEST(Identity, SaysWhichPartIsWrongAndWhatWasMeant) {
  for (const char* text : {"",
                           "z/i",
                           "z/i/2024/yoy/more",
                           "/i/2024",
                           "z/I!/2024",
                           "z/i/2024-13",
                           "z/i/2024/yoj",
                           "z/i/2024/change_pp:year",
                           "z/i/2024/cagr",
                           "z/i/2024/cagr:0",
                           "z/i/2024/cagr:101",
                           "z/i/2024/cagr:05",
                           "z/i/2024/target:mom",
                           "z/i/2024/target:",
                           "z/i/2024/completion:month",
                           "z/i/2024/rank",
                           "z/i/2024/only_one_above:@county",
                           "z/i/2024?a",
                           "z/i/2024?a=1&a=2",
                           "z/i/2024?as_of=soon",
                           "z/i/2024?a=%4",
                           "z/i/2024?a=%FF"}) {
    EXPECT_FALSE(parse_identity(text)) << text;
  }
  EXPECT_NE(parse_identity("z/i/2024/straek").error().en.find("streak ?"), std::string::npos);
  EXPECT_NE(parse_identity("z/i/2024-9/yoy").error().zh.find("2024-9"), std::string::npos);
}

}  // namespace
}  // namespace wutong::indicator
