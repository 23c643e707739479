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
    {"nw01", "network/event_date/@2024-10-31?event=launch"},
    {"nw02", "network/network_members/@2024-10-21?network=ai"},
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
  auto answered = answer::show_figure(zone.host(), figure, "");
  if (!answered) return describe_en(answered.error().error);
  const json::value& value = answered->at("value");
  return value.is_string() ? std::string(value.get_string()) : json::serialize(*answered);
}

const std::vector<std::string> kZones{"changzhi", "suining", "network"};

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
