// The numbers of the newspaper page as figures of the demo zones: each must lie in the interval
// that the page's table gives it. And the zones as they go on after the page: none of these figures
// moves.
#include <boost/json.hpp>
#include <map>

#include "base/text.hpp"
#include "demo/cast.hpp"
#include "surface/answer/answer.hpp"
#include "tests/scenario/demo_zone.hpp"

namespace wutong::scenario {
namespace {

namespace json = boost::json;

struct Known {
  const char* id;      // row of the table
  const char* figure;  // FIRM stands for the leading firm of the chain
};
constexpr Known kKnown[] = {
    {"cz01", "changzhi/visit_date/@2024-10-31?enterprise=FIRM"},
    {"cz02", "changzhi/designation_batch/@2024-10-23?designation=kechuang"},
    {"cz03", "changzhi/park_launched/@2024-10-23?park=xinchuang_park"},
    {"cz04", "changzhi/park_opened/@2024-10-23?park=xinchuang_park"},
    {"cz06", "changzhi/tenant_output/2023?park=xinchuang_park"},
    {"cz07", "changzhi/expected_output/2024?park=xinchuang_park"},
    {"cz09", "changzhi/agreement_date/@2024-10-23?kind=letter_of_intent&enterprise=FIRM"},
    {"cz10", "changzhi/months_to_production/@2024-10-23?enterprise=FIRM"},
    {"cz12", "changzhi/first_year_output/@2024-10-23?enterprise=FIRM"},
    {"cz13", "changzhi/months_to_production/@2024-10-23/rank:by:low?enterprise=FIRM"},
    {"cz15", "changzhi/tenant_output/2023/yoy?enterprise=FIRM"},
    {"cz16", "changzhi/chain_enterprises/@2024-10-23?park=xinchuang_park"},
    {"cz17", "changzhi/enterprises/@2024-10-23?industry_chain=xinchuang"},
    {"cz18", "changzhi/ip_rights/@2024-10-23?industry_chain=xinchuang"},
    {"cz19", "changzhi/ip_rights/@2024-10-23?industry_chain=xinchuang&kind=invention"},
    {"cz20", "changzhi/ip_rights/@2024-10-23?industry_chain=xinchuang&kind=utility_model"},
    {"cz21", "changzhi/ip_rights/@2024-10-23?industry_chain=xinchuang&kind=software_copyright"},
    {"nw01", "network/event_date/@2024-10-31?event=launch"},
    {"nw02", "network/network_members/@2024-10-21?network=ai"},
    {"qy01", "qingyuan/event_date/@2024-10-31?event=QY-SL-08"},
    {"qy06", "qingyuan/postdoc_workstations/@2024-10-28"},
    {"qy07", "qingyuan/practice_bases/@2024-10-28"},
    {"qy08", "qingyuan/doctor_workstations/@2024-10-28"},
    {"qy09", "qingyuan/enterprise_substations/@2024-10-28?station=QY-PD-01"},
    {"qy10", "qingyuan/postdocs_recruited/@2024-10-28?station=QY-PD-01"},
    {"qy11", "qingyuan/policy_date/@2024-10-28?policy=young-talents"},
    {"qy12", "qingyuan/talent_fund_budget/2023?fund=talent-fund"},
    {"qy13", "qingyuan/postdoc_topics/@2024-10-28"},
    {"qy14", "qingyuan/papers_published/@2024-10-28"},
    {"qy15", "qingyuan/station_invention_patents/@2024-10-28"},
    {"qy16", "qingyuan/station_utility_models/@2024-10-28"},
    {"qy17", "qingyuan/cpsf_general_winners/@2024-10-28"},
    {"qy18", "qingyuan/nsfc_young_winners/@2024-10-28"},
    {"qy20", "qingyuan/enterprises/@2024-07-31"},
    {"qy21", "qingyuan/enterprises_above_size/@2024-07-31"},
    {"gy01", "guiyang/cross_border_enterprises/@2024-10-28"},
    {"gy02", "guiyang/product_kinds_exported/@2024-10-28?area_of_origin=guizhou"},
    {"gy03", "guiyang/destination_countries/@2024-10-28"},
    {"gy04",
     "guiyang/mark_passed_in/@2024-10-28/"
     "rank:by:place:low?indicator=foreign_trade&mark=10000000000.00&place=guiyang_cbz"},
    {"gy05", "guiyang/foreign_trade/2024-01..09"},
    {"gy06", "guiyang/cooperation_parties/@2024-10-28?talent_programme=sx"},
    {"gy09", "guiyang/agreement_date/@2024-10-28?kind=strategic"},
    {"gy10", "guiyang/partner_universities/2019?kind=strategic"},
    {"gy11", "guiyang/joint_training_platforms/@2024-10-28"},
    {"gy12", "guiyang/training_attendance/@2024-10-28"},
    {"gy13", "guiyang/employed_through_training/@2024-10-28"},
    {"gy14", "guiyang/cooperation_parties/@2024-10-28?talent_programme=sj"},
    {"gy15", "guiyang/rent_free_area/@2024-10-28"},
    {"gy16", "guiyang/coaching_attendance/@2024-10-28"},
    {"gy17", "guiyang/graduate_founders/@2024-10-28"},
    {"gy18", "guiyang/cooperation_parties/@2024-10-28?talent_programme=ds"},
    {"gy19", "guiyang/contest_participants/@2024-10-28"},
    {"gy20", "guiyang/persons_trained/@2024-10-28"},
    {"gy21", "guiyang/persons_employed/@2024-10-28"},
    {"nc02", "nanchang/event_date/@2024-10-31?event=2024-Q3-briefing"},
    {"nc06", "nanchang/gdp/2024-01..09"},
    {"nc07", "nanchang/gdp/2024-01..09/yoy"},
    {"nc08", "nanchang/industrial_output/2024-01..09/yoy"},
    {"nc09", "nanchang/industrial_value_added/2024-01..09/yoy"},
    {"nc10", "nanchang/industrial_value_added/2024-01..09/gap_pp:nation"},
    {"nc12", "nanchang/industrial_revenue/2024-Q3/yoy"},
    {"nc14", "nanchang/industrial_revenue/2024-01..09/minimum:quarter"},
    {"nc15", "nanchang/industrial_profit/2024-Q3/yoy"},
    {"nc17", "nanchang/general_public_budget_revenue/2024-01..09"},
    {"nc18", "nanchang/general_public_budget_revenue/2024-01..09/yoy"},
    {"nc19", "nanchang/general_public_budget_revenue/2024-01..09/change_pp:month"},
    {"nc20", "nanchang/tax_share_of_budget_revenue/2024-01..09"},
    {"nc24", "nanchang/foreign_trade/2024-01..09"},
    {"nc25", "nanchang/foreign_trade/2024-01..09/yoy"},
    {"nc26", "nanchang/foreign_trade/2024-01..09/change_pp:half"},
    {"nc27", "nanchang/exports/2024-01..09"},
    {"nc28", "nanchang/exports/2024-01..09/yoy"},
    {"nc29", "nanchang/exports/2024-01..09/change_pp:half"},
    {"nc32", "nanchang/rd_intensity/2023"},
    {"nc33", "nanchang/rd_intensity/2023/streak"},
    {"nc34", "nanchang/hightech_share_of_industrial_value_added/2024-01..09"},
    {"nc36", "nanchang/valid_invention_patents_per_10k/2023"},
    {"nc37", "nanchang/valid_invention_patents_per_10k/2023/multiple:city"},
    {"nc38", "nanchang/valid_invention_patents_per_10k/2023/rank:county"},
    {"nc39", "nanchang/leading_enterprises/@2024-09-30/share:province"},
    {"nc40", "nanchang/little_giant_enterprises/@2024-09-30/share:province"},
    {"nc41", "nanchang/high_growth_sme_enterprises/@2024-09-30/share:province"},
    {"nc43", "nanchang/award_projects/2022"},
    {"nc44", "nanchang/award_projects/2022/share:province"},
    {"sn01", "suining/running_lines/@2024-10-22"},
    {"sn02", "suining/daily_output/2024-10-22"},
    {"sn03", "suining/visit_date/@2024-10-31?kind=press"},
    {"sn04", "suining/firm_investment/2023"},
    {"sn05", "suining/automation_degree/@2024-10-22"},
    {"sn06", "suining/cost_saved/@2024-10-22?task_force=projects"},
    {"sn07", "suining/joint_guidances/@2024-10-22"},
    {"sn08", "suining/agency_services/@2024-10-22?class=major"},
    {"sn09", "suining/events/@2024-10-22?event_series=coffee"},
    {"sn10", "suining/event_attendances/@2024-10-22?event_series=coffee"},
    {"sn11", "suining/requests_closed/@2024-10-22"},
};

struct Interval {
  std::string low, high;  // with their brackets
};

std::map<std::string, Interval> gold() {
  std::map<std::string, Interval> out;
  std::string text = read_text_file(source("../shared/page/gold.tsv"));
  for (std::string_view line : split(text, '\n')) {
    std::vector<std::string_view> cells = split(line, '\t');
    if (cells.size() < 13 || line.starts_with("#")) continue;
    out[std::string(cells[0])] = {std::string(cells[11]), std::string(cells[12])};
  }
  return out;
}

// -1 under the interval, 1 over it, 0 inside; nullopt where nothing can be said.
std::optional<int> place_in(const Interval& interval, const std::string& value) {
  std::string low = interval.low.substr(1),
              high = interval.high.substr(0, interval.high.size() - 1);
  bool is_open_low = interval.low.front() == '(', is_open_high = interval.high.back() == ')';
  if (auto day = PartialDate::parse(low)) {
    auto last = PartialDate::parse(high), known = PartialDate::parse(value);
    if (!last || !known) return std::nullopt;
    if (known->first < day->first) return -1;
    return known->last() > last->last() ? 1 : 0;
  }
  auto number = Decimal::parse(value), least = Decimal::parse(low);
  if (!number || !least) return std::nullopt;
  if (*number < *least || (is_open_low && *number == *least)) return -1;
  if (high == "inf") return 0;
  auto most = Decimal::parse(high);
  if (!most) return std::nullopt;
  return *number > *most || (is_open_high && *number == *most) ? 1 : 0;
}

std::string value_of(DemoZone& zone, std::string figure) {
  if (size_t at = figure.find("FIRM"); at != std::string::npos) {
    figure.replace(at, 4, demo::credit_code("140499", 0));
  }
  auto answered = answer::show_figure(zone.door(), figure, "");
  if (!answered) return describe_en(answered.error().error);
  const json::value& value = answered->at("value");
  return value.is_string() ? std::string(value.get_string()) : json::serialize(*answered);
}

const std::vector<std::string> kZones{"changzhi", "guiyang",  "nanchang",
                                      "network",  "qingyuan", "suining"};

TEST(GoldOfTheNewspaper, LiesInTheFiguresOfTheDemo) {
  auto known = gold();
  if (known.empty()) GTEST_SKIP() << "../shared/page/gold.tsv is not there";
  DemoZone zone(kZones);
  for (const Known& row : kKnown) {
    ASSERT_TRUE(known.contains(row.id)) << row.id;
    std::string value = value_of(zone, row.figure);
    auto place = place_in(known.at(row.id), value);
    EXPECT_TRUE(place == 0) << row.id << " " << row.figure << " = " << value << " outside "
                            << known.at(row.id).low << " " << known.at(row.id).high;
  }
}

TEST(DemoZones, DoNotMoveTheirFiguresWhenTheyGoOn) {
  DemoZone then(kZones), later(kZones, *Date::from_ymd(2026, 3, 15));
  for (const Known& row : kKnown) {
    EXPECT_EQ(value_of(then, row.figure), value_of(later, row.figure)) << row.figure;
  }
  auto position = [](DemoZone& zone, size_t i) { return zone.host().zones()[i].position; };
  for (size_t i = 0; i < kZones.size(); ++i) EXPECT_GT(position(later, i), position(then, i));
}

// Each claim of an article is right or has nothing recorded for it; most are right.
TEST(ArticlesOfTheDemo, AgreeWithTheirZones) {
  struct Article {
    const char* path;
    size_t verified;  // at least
  };
  DemoZone zone({"guiyang", "qingyuan"});
  for (const Article& article :
       {Article{"demo/guiyang.zh.md", 16}, Article{"demo/qingyuan.zh.md", 18}}) {
    auto checked = answer::check_page(zone.door(), read_text_file(source(article.path)));
    ASSERT_TRUE(checked.has_value()) << article.path;
    size_t verified = 0;
    for (const json::value& claim : checked->at("claims").as_array()) {
      EXPECT_NE(claim.at("verdict").as_string(), "contradicted") << claim;
      verified += claim.at("verdict").as_string() == "verified" ? 1 : 0;
    }
    EXPECT_GE(verified, article.verified) << article.path;
  }
}

TEST(DemoZones, AreMadeTheSameWay) {
  demo::Terms terms{2024, demo::page_day()};
  for (const demo::Zone& zone : demo::zones()) {
    auto one = zone.acts(terms), other = zone.acts(terms);
    ASSERT_EQ(one.size(), other.size()) << zone.name;
    for (size_t i = 0; i < one.size(); ++i) {
      ASSERT_EQ(one[i].at, other[i].at);
      ASSERT_EQ(one[i].request.columns.size(), other[i].request.columns.size());
      for (size_t c = 0; c < one[i].request.columns.size(); ++c) {
        ASSERT_EQ(one[i].request.columns[c].column, other[i].request.columns[c].column);
      }
    }
  }
}

}  // namespace
}  // namespace wutong::scenario
