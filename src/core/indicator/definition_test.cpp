#include "core/indicator/definition.hpp"

#include <gtest/gtest.h>

#include "core/indicator/plan.hpp"
#include "core/indicator/test_zone.hpp"

namespace wutong::indicator {
namespace {

// Faults of one indicator file beside those of the tests, as place, code and text.
std::string faults(const std::string& name, const std::string& text) {
  pack::Files files = test_files();
  files.add("packs/test/indicators/" + name + ".yaml", text);
  Issues issues;
  const std::vector<std::string> packs{"test"};
  const auto schema = record::Schema::load(files, packs, issues);
  EXPECT_TRUE(schema) << faults_of(issues);
  const auto definitions = Definitions::load(files, packs, *schema, issues);
  EXPECT_EQ(definitions.has_value(), issues.empty());
  std::string out;
  for (const Error& issue : issues) {
    EXPECT_FALSE(issue.zh.empty());
    EXPECT_GT(issue.place.line, 0);
    out += std::to_string(issue.place.line) + ":" + std::to_string(issue.place.column) + " " +
           issue.code + "\n";
  }
  return out;
}

std::string file(const std::string& name, const std::string& rest) {
  return "indicator: " + name + "\ntitle: {zh: 甲, en: A}\nunit: CNY\n" + rest;
}

TEST(Definition, LoadsEveryKind) {
  EXPECT_EQ(faults("a", file("a", "from: monthly_return\nmeasure: sum(output)\ntime: month\n")),
            "");
  EXPECT_EQ(faults("a", file("a", "formula: output - profit\n")), "");
  EXPECT_EQ(faults("a", file("a", "series: true\ngrowth: reported\n")), "");
}

TEST(Definition, IndicatorsOverTheSameRecordsShareAPlan) {
  Issues issues;
  const std::vector<std::string> packs{"test"};
  const pack::Files files = test_files();
  const auto schema = record::Schema::load(files, packs, issues);
  const auto definitions = Definitions::load(files, packs, *schema, issues);
  ASSERT_TRUE(definitions) << faults_of(issues);
  const auto use = [&](const char* name) {
    return *definitions->plans().uses[*definitions->index_of(name)];
  };
  EXPECT_EQ(use("output").plan, use("profit").plan);
  EXPECT_EQ(use("output").plan, use("average_output").plan);
  EXPECT_NE(use("output").plan, use("reporting").plan);
  const Plan& plan = definitions->plans().plans[use("output").plan];
  EXPECT_TRUE(plan.is_effective);
  ASSERT_EQ(plan.routes.size(), 1U) << "by the reference to the enterprise, once";
}

TEST(Definition, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(faults("b", file("a", "series: true\n")), "1:12 indicator.file_name\n");
  EXPECT_EQ(faults("a", file("a", "")), "1:1 indicator.kind\n");
  EXPECT_EQ(faults("a", file("a", "series: true\nformula: output\n")), "5:10 indicator.kind\n");
  EXPECT_EQ(faults("a", file("a", "formula: output\nwhere: \"true\"\n")),
            "5:8 indicator.key_of_other_kind\n");
  EXPECT_EQ(faults("a", file("a", "from: monthly_retrun\nmeasure: count()\ntime: month\n")),
            "4:7 indicator.unknown_register\n");
  EXPECT_EQ(faults("a", file("a", "from: visit\nmeasure: sum(persons)\ntime: \"on\"\n")),
            "5:10 indicator.unit\n");
  EXPECT_EQ(faults("a", file("a", "from: visit\nmeasure: median(persons)\ntime: \"on\"\n")),
            "5:10 indicator.measure\n");
  EXPECT_EQ(faults("a", file("a", "from: monthly_return\nmeasure: sum(output)\ntime: output\n")),
            "6:7 indicator.time\n");
  EXPECT_EQ(faults("a", file("a",
                             "from: monthly_return\nmeasure: sum(output)\ntime: month\n"
                             "by: {x: enterprise.sectr}\narea: enterprise\n")),
            "8:7 indicator.area\n7:9 indicator.unknown_field\n");
  EXPECT_EQ(faults("a", file("a", "decimals: 40\nseries: true\n")), "4:11 indicator.decimals\n");
  EXPECT_EQ(faults("a", "indicator: a\ntitle: {zh: 甲, en: A}\nunit: CYN\nseries: true\n"),
            "3:7 indicator.unknown_unit\n");
}

TEST(Definition, ChecksWhatOneIndicatorSaysOfAnother) {
  EXPECT_EQ(faults("a", file("a", "formula: output + profti\n")), "4:10 indicator.unknown\n");
  EXPECT_EQ(faults("a", file("a", "formula: output * 2\n")), "4:10 indicator.formula\n");
  EXPECT_EQ(faults("a", file("a", "formula: output + visits\n")), "4:10 indicator.unit\n");
  EXPECT_EQ(faults("a", file("a", "formula: output + a\n")), "1:12 indicator.circle\n");
  EXPECT_EQ(faults("a",
                   "indicator: a\ntitle: {zh: 甲, en: A}\nunit: percent\n"
                   "ratio: {of: output, to: visits, per: 100}\n"),
            "4:8 indicator.unit\n");
  EXPECT_EQ(faults("a",
                   "indicator: a\ntitle: {zh: 甲, en: A}\nunit: percent\n"
                   "ratio: {of: output, to: output, per: 100, of_where: {hitech: x}}\n"),
            "4:13 indicator.unknown_dimension\n");
}

TEST(Definition, HasAJsonSchema) {
  const std::string schema = pack::json_schema("indicator", indicator_shape());
  EXPECT_NE(schema.find("count"), 0U);
  EXPECT_NE(schema.find("\"to_period\""), std::string::npos);
}

}  // namespace
}  // namespace wutong::indicator
