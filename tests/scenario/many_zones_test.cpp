// Many zones in one process, through the command line and over HTTP: a file of many zones, ranks
// and shares at one cut, definitions and records as of a day, the standing comparison.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "surface/answer/answer.hpp"
#include "surface/cli/cli.hpp"
#include "surface/server/server.hpp"

namespace wutong::scenario {
namespace {

namespace json = boost::json;

constexpr const char* kFirm = R"(register: firm
title: {zh: 企业, en: Firm}
key: [code]
names: [code]
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
)";
constexpr const char* kArea = R"(register: area
title: {zh: 地区, en: Area}
key: [code]
names: [code]
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  level: {type: code, codes: [nation, county], title: {zh: 级别, en: Level}}
  parent: {type: ref, to: area, title: {zh: 上级, en: Above}}
)";
constexpr const char* kReturn = R"(register: monthly
title: {zh: 月报, en: Monthly return}
key: [firm, month]
fields:
  firm: {type: ref, to: firm, required: true, title: {zh: 企业, en: Firm}}
  month: {type: month, required: true, title: {zh: 月份, en: Month}}
  output: {type: money, unit: CNY, required: true, title: {zh: 产值, en: Output}}
)";
constexpr const char* kOutput = R"(indicator: output
title: {zh: 产值, en: Output}
unit: CNY
from: monthly
measure: sum(output)
time: month
)";

class ManyZones : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "wutong-zones-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    path_ = pattern;
    environment_.default_data = path_ + "/data";
    environment_.default_packs = path_;
    environment_.default_actor = "tester";
    environment_.clock = &clock_;
    environment_.random = &random_;
    write("packs/p/registers/firm.yaml", kFirm);
    write("packs/p/registers/area.yaml", kArea);
    write("packs/p/registers/monthly.yaml", kReturn);
    write("packs/p/indicators/output.yaml", kOutput);
    for (const char* zone : {"east", "north", "west"}) {
      write("zones/" + std::string(zone) + ".yaml", "zone: " + std::string(zone) +
                                                        "\nname: {zh: 园区" + zone + ", en: Zone " +
                                                        zone + "}\narea: own\npacks: [p]\n");
      ASSERT_EQ(run({"zone", "create", zone}), 0) << error_;
    }
    write("firms.csv", "zone,code\neast,e1\nwest,w1\nwest,w2\n");
    ASSERT_EQ(run({"zone", "import", "firm", path_ + "/firms.csv"}), 0) << error_;
  }
  void TearDown() override {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  void write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = path_ + "/" + name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
  int run(const std::vector<std::string>& words) {
    std::vector<const char*> arguments{"wutong"};
    for (const std::string& word : words) arguments.push_back(word.c_str());
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const int code = cli::run(static_cast<int>(arguments.size()), arguments.data(), environment_);
    out_ = testing::internal::GetCapturedStdout();
    error_ = testing::internal::GetCapturedStderr();
    return code;
  }
  json::value ask(std::vector<std::string> words) {
    words.emplace_back("--json");
    EXPECT_EQ(run(words), 0) << out_ << error_;
    json::error_code code;
    return json::parse(out_, code);
  }
  std::string value(const std::string& figure, std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"figure", figure});
    const json::value answer = ask(more);
    const json::value& number = answer.at("value");
    return std::string(number.is_string() ? number.as_string() : answer.at("status").as_string());
  }
  // Three firms' months, found by the firms' own zones.
  void import_months() {
    write("months.csv",
          "firm,month,output\nw1,2024-09,30\ne1,2024-09,60\nw2,2024-09,90\nw2,2024-08,5\n");
    ASSERT_EQ(run({"zone", "import", "monthly", path_ + "/months.csv", "--by", "firm"}), 0)
        << error_;
  }

  std::string path_;
  SimulatedClock clock_{*Instant::parse("2024-10-28T09:00:00+08:00")};
  SystemRandom random_;
  cli::Environment environment_;
  std::string out_, error_;
};

TEST_F(ManyZones, ImportsAFileByColumnByReferenceAndByAnotherFile) {
  import_months();
  EXPECT_NE(out_.find("合计 新增 4 行"), std::string::npos) << out_;
  EXPECT_EQ(value("west/output/2024-01..09"), "125.00");
  EXPECT_EQ(value("east/output/2024-01..09"), "60.00");
  write("zones.csv", "id,name,zone\nw1,x,west\ne1,y,east\n");
  write("more.csv", "firm,month,output\ne1,2024-10,7\nw1,2024-10,8\n");
  ASSERT_EQ(run({"zone", "import", "monthly", path_ + "/more.csv", "--by", "firm", "--zones",
                 path_ + "/zones.csv"}),
            0)
      << error_;
  EXPECT_EQ(value("west/output/2024-10") + " " + value("east/output/2024-10"), "8.00 7.00");
  EXPECT_EQ(ask({"zone", "list"}).at("zones").as_array()[0].at("position"), 4);
}

TEST_F(ManyZones, NamesFileLineAndFieldOfEveryFault) {
  write("bad.csv", "firm,month,output\ne1,2024-09,1\nzz,2024-09,1\nw1,2024-09,no\n");
  EXPECT_EQ(run({"zone", "import", "monthly", path_ + "/bad.csv", "--by", "firm"}), 2);
  EXPECT_NE(error_.find("bad.csv:3 [firm]"), std::string::npos) << error_;
  write("bad.csv", "firm,month,output\ne1,2024-09,1\nw1,2024-09,no\n");
  EXPECT_EQ(run({"zone", "import", "monthly", path_ + "/bad.csv", "--by", "firm",
                 "--all-or-nothing", "--en"}),
            1);
  EXPECT_NE(error_.find("bad.csv:3 [output]"), std::string::npos) << error_;
  EXPECT_EQ(value("east/output/2024-09"), "no_records");
  // Each zone for itself: east lands, west is named; the exit code says that not all did.
  EXPECT_EQ(run({"zone", "import", "monthly", path_ + "/bad.csv", "--by", "firm"}), 1);
  EXPECT_NE(out_.find("west  未写入"), std::string::npos) << out_;
  EXPECT_NE(out_.find("bad.csv:3 [output]"), std::string::npos) << out_;
  EXPECT_EQ(value("east/output/2024-09"), "1.00");
  write("zoned.csv", "zone,code\nwset,q\n");
  EXPECT_EQ(run({"zone", "import", "firm", path_ + "/zoned.csv", "--en"}), 2);
  EXPECT_NE(error_.find("did you mean west"), std::string::npos) << error_;
  EXPECT_EQ(run({"zone", "import", "firm", path_ + "/zoned.csv", "--zone-column", "area"}), 2);
  EXPECT_NE(error_.find("zoned.csv:1 [area]"), std::string::npos) << error_;
}

TEST_F(ManyZones, RanksAndSharesAtACutThatTheExplanationNames) {
  import_months();
  EXPECT_EQ(run({"figure", "east/output/2024-09/rank:zones"}), 0);
  // north has recorded nothing: no rank is made up without it.
  EXPECT_NE(out_.find("园区north"), std::string::npos) << out_;
  write("north.csv", "zone,code\nnorth,n1\n");
  ASSERT_EQ(run({"zone", "import", "firm", path_ + "/north.csv"}), 0);
  write("north.csv", "zone,firm,month,output\nnorth,n1,2024-09,60\n");
  ASSERT_EQ(run({"zone", "import", "monthly", path_ + "/north.csv"}), 0) << error_;
  EXPECT_EQ(value("east/output/2024-09/rank:zones"), "2");
  EXPECT_EQ(value("north/output/2024-09/rank:zones"), "2");
  EXPECT_EQ(value("west/output/2024-09/share:zones"), "50.0");
  EXPECT_EQ(value("west/output/2024-09/multiple:zone@east"), "2.0");
  const json::value explained = ask({"explain", "east/output/2024-09/rank:zones"});
  EXPECT_EQ(explained.at("cut"), json::parse(R"({"east":3,"north":3,"west":3})"));
  EXPECT_EQ(explained.at("parts").as_array().size(), 3u);
  ASSERT_EQ(run({"explain", "east/output/2024-09/rank:zones", "--en"}), 0);
  EXPECT_NE(out_.find("Cut  east=3, north=3, west=3"), std::string::npos) << out_;
}

TEST_F(ManyZones, ShowsRecordsFiguresAndDefinitionsAsOfADay) {
  import_months();
  clock_.set(*Instant::parse("2024-11-05T09:00:00+08:00"));
  write("fix.csv", "firm,month,output\nw1,2024-09,31\n");
  ASSERT_EQ(run({"zone", "import", "monthly", path_ + "/fix.csv", "--by", "firm"}), 0);
  std::string twice(kOutput);
  twice.replace(twice.find("sum(output)"), 11, "sum(output + output)");
  write("packs/p/indicators/output.yaml", twice);
  ASSERT_EQ(run({"zone", "adopt", "west"}), 0) << error_;
  EXPECT_EQ(value("west/output/2024-09"), "242.00");
  EXPECT_EQ(value("west/output/2024-09", {"--as-of", "2024-10-31"}), "120.00");
  EXPECT_EQ(value("west/output/2024-09?as_of=2024-10-31"), "120.00");
  EXPECT_EQ(value("west/output/2024-09", {"--as-of", "2024-10-31", "--definitions", "today"}),
            "240.00");
  EXPECT_EQ(value("west/output/2024-09?as_of=3&definitions=today"), "240.00");
  const json::value then =
      ask({"explain", "west/output/2024-09", "--as-of", "3", "--definitions", "today"});
  EXPECT_EQ(then.at("value_total").as_string(), "240");
  EXPECT_EQ(run({"figure", "west/output/2024-09", "--as-of", "soon"}), 2);
  EXPECT_EQ(run({"figure", "west/output/2024-09", "--as-of", "2020-01-01"}), 2);

  const auto output_of = [&](const std::vector<std::string>& words) {
    return std::string(ask(words).at("rows").as_array()[0].at("fields").at("output").as_string());
  };
  EXPECT_EQ(output_of({"record", "list", "west", "monthly"}), "31.00");
  EXPECT_EQ(output_of({"record", "list", "west", "monthly", "--as-of", "2024-10-31"}), "30.00");
  EXPECT_EQ(ask({"record", "show", "west", "monthly", "w1/2024-09", "--as-of", "3"})
                .at("fields")
                .at("output")
                .as_string(),
            "30.00");
  ASSERT_EQ(run({"zone", "definitions", "west", "output", "--as-of", "2024-10-31"}), 0);
  EXPECT_NE(out_.find("sum(output)"), std::string::npos) << out_;
  ASSERT_EQ(run({"zone", "definitions", "west", "output"}), 0);
  EXPECT_NE(out_.find("sum(output + output)"), std::string::npos) << out_;
  EXPECT_EQ(ask({"zone", "definitions", "west"}).at("catalogs").as_array().size(), 2u);
  EXPECT_EQ(run({"zone", "definitions", "west", "ouput", "--en"}), 2);
  EXPECT_NE(error_.find("did you mean output"), std::string::npos) << error_;
}

TEST_F(ManyZones, ComparesEveryZoneWithItsRecords) {
  import_months();
  EXPECT_EQ(run({"recompute", "--compare", "west"}), 0);
  const json::value all = ask({"recompute", "--compare"});
  EXPECT_TRUE(all.at("equal").as_bool());
  EXPECT_EQ(all.at("zones").as_array().size(), 3u);
  EXPECT_EQ(run({"recompute", "--compare", "wset"}), 2);
}

TEST_F(ManyZones, AnswersTheSameOverHttp) {
  import_months();
  zone::HostOptions options;
  options.data_directory = path_ + "/data";
  auto host = zone::Host::open(options, clock_, random_);
  ASSERT_TRUE(host.has_value());
  net::HttpOptions http;
  http.port = 0;
  server::Service service{**host, nullptr, "key", nullptr, false};
  auto server = server::serve(service, http);
  ASSERT_TRUE(server.has_value());
  const auto call = [&](const std::string& method, const std::string& target,
                        const std::string& body = {}) {
    auto response = net::http_request("127.0.0.1", (*server)->port(), method, target, body,
                                      {{"authorization", "Local key"}});
    return response ? std::to_string(response->status) + " " + response->body : response.error().en;
  };
  const auto has = [](const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos ? "" : text;
  };
  const std::string months = "firm,month,output\ne1,2024-07,1\nw1,2024-07,3\n";
  EXPECT_EQ(
      has(call("POST", "/v1/imports/monthly?by=firm&file=m.csv", months), "\"rows_created\":2"),
      "");
  EXPECT_EQ(
      has(call("GET", "/v1/figures/west/output/2024-07/multiple:zone@east"), "\"value\":\"3.0\""),
      "");
  EXPECT_EQ(has(call("GET", "/v1/figures/west/output/2024-07?as_of=3&definitions=today"),
                "\"no_records\""),
            "");
  EXPECT_TRUE(call("GET", "/v1/figures/west/output/2024-07?definitions=x").starts_with("400 "));
  EXPECT_EQ(has(call("GET", "/v1/zones/west/records/monthly?as_of=3"), "\"count\":3"), "");
  EXPECT_EQ(has(call("GET", "/v1/zones/west/definitions/output?as_of=1"), "sum(output)"), "");
  EXPECT_EQ(has(call("GET", "/v1/recomputed"), "\"equal\":true"), "");
  const std::string metrics = call("GET", "/metrics");
  EXPECT_EQ(has(metrics, "# TYPE wutong_cells_touched_total counter"), "");
  EXPECT_EQ(has(metrics, "wutong_records_read_total{zone=\"west\"}"), "");
  EXPECT_EQ(has(metrics, "wutong_position{zone=\"west\"} 4\n"), "");
}

}  // namespace
}  // namespace wutong::scenario
