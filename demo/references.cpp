#include "demo/references.hpp"

#include <array>

#include "demo/cast.hpp"
#include "demo/rows.hpp"

namespace wutong::demo {

namespace {

using record::Act;

constexpr const char* kOwn = "nanchang_htz";
constexpr int64_t k1e4 = 10'000;
constexpr int64_t k1e8 = 100'000'000;

struct County {
  const char* code;
  const char* name;
  int tax_per_mille;    // share of tax in budget revenue
  const char* patents;  // invention patents in force per 10,000 persons, 2023
};
constexpr County kCounties[] = {{"donghu", "东湖区", 762, "21.35"},
                                {"xihu", "西湖区", 781, "19.80"},
                                {"qingyunpu", "青云谱区", 744, "24.62"},
                                {"qingshanhu", "青山湖区", 770, "30.18"},
                                {"honggutan", "红谷滩区", 795, "27.44"},
                                {"xinjian", "新建区", 702, "9.05"},
                                {"nanchang_county", "南昌县", 729, "11.73"},
                                {"jinxian", "进贤县", 651, "4.16"},
                                {"anyi", "安义县", 618, "5.02"},
                                {"jingkai", "南昌经开区", 788, "58.91"}};

// `total` over months by weights, the last taking the remainder.
template <size_t N>
std::array<int64_t, N> spread(int64_t total, const std::array<int64_t, N>& weights) {
  int64_t sum = 0;
  for (int64_t weight : weights) sum += weight;
  std::array<int64_t, N> out{};
  int64_t left = total;
  for (size_t i = 0; i + 1 < N; ++i) {
    out[i] = static_cast<int64_t>(static_cast<int128>(total) * weights[i] / sum);
    left -= out[i];
  }
  out[N - 1] = left;
  return out;
}

constexpr std::array<int64_t, 8> kEightMonths = {118, 92, 101, 104, 98, 117, 96, 90};
constexpr std::array<int64_t, 6> kSixMonths = {97, 82, 104, 98, 101, 108};
constexpr std::array<int64_t, 3> kThreeMonths = {99, 103, 112};

}  // namespace

void add_areas(std::vector<TimedRequest>& acts) {
  const std::vector<std::string> kFields{"code", "name", "short_names", "level", "parent"};
  const std::vector<std::vector<std::string>> kAbove = {
      {"china", "全国", "我国", "nation", ""},
      {"jiangxi", "江西省", "江西\x1F全省", "province", "china"},
      {"nanchang_city", "南昌市", "南昌\x1F全市", "city", "jiangxi"}};
  int minute = 10;
  for (const auto& row : kAbove) {
    Rows one("area", kFields);
    acts.push_back(
        one.add(row).act(Act::create, "2022-01-05T09:" + std::to_string(minute++), "officer"));
  }
  Rows counties("area", kFields);
  counties.add({kOwn, "南昌高新区", "", "county", "nanchang_city"});
  for (const County& county : kCounties) {
    counties.add({county.code, county.name, "", "county", "nanchang_city"});
  }
  acts.push_back(counties.act(Act::create, "2022-01-05T09:30", "officer"));
}

void add_fiscal_months(std::vector<TimedRequest>& acts) {
  const std::vector<std::string> kFields{"area", "month", "tax_revenue", "non_tax_revenue"};
  auto before = spread(2'040'000'000, kEightMonths);
  auto now = spread(2'097'120'000, kEightMonths);
  auto tax_now = spread(1'929'600'000 - 246'000'000, kEightMonths);
  for (int month = 1; month <= 12; ++month) {
    int64_t total = month <= 8 ? before[static_cast<size_t>(month - 1)]
                               : (month == 9 ? 219'887'000 : 228'400'000 + month * 731'000);
    Rows rows("fiscal_month", kFields);
    int64_t tax = total * 788 / 1000;
    rows.add({kOwn, month_text(2023, month), std::to_string(tax), std::to_string(total - tax)});
    acts.push_back(rows.act(Act::import, after_month(2023, month, 12, "09:00"), "finance"));
  }
  for (int month = 1; month <= 9; ++month) {
    auto index = static_cast<size_t>(month - 1);
    int64_t total = month == 9 ? 302'880'000 : now[index];
    int64_t tax = month == 9 ? 246'000'000 : tax_now[index];
    // The first figure of September was twelve million short; it was corrected on the 21st.
    int64_t missing_tax = month == 9 ? 9'648'000 : 0;
    int64_t missing_other = month == 9 ? 2'352'000 : 0;
    Rows rows("fiscal_month", kFields);
    rows.add({kOwn, month_text(2024, month), std::to_string(tax - missing_tax),
              std::to_string(total - tax - missing_other)});
    for (const County& county : kCounties) {
      int64_t other = 90'000'000 + county.tax_per_mille * 150'000 + month * 1'300'000;
      int64_t other_tax = other * county.tax_per_mille / 1000;
      rows.add({county.code, month_text(2024, month), std::to_string(other_tax),
                std::to_string(other - other_tax)});
    }
    acts.push_back(rows.act(Act::import, after_month(2024, month, 12, "09:00"), "finance"));
    if (month != 9) continue;
    Rows corrected("fiscal_month", kFields);
    corrected.add(
        {kOwn, month_text(2024, month), std::to_string(tax), std::to_string(total - tax)});
    acts.push_back(corrected.act(Act::amend, "2024-10-21T16:30", "finance", "", "国库对账后补记"));
  }
}

void add_trade_months(std::vector<TimedRequest>& acts) {
  struct Flow {
    int64_t half, quarter;
  };
  auto add_year = [&](int year, Flow exports, Flow total) {
    auto export_half = spread(exports.half, kSixMonths);
    auto export_quarter = spread(exports.quarter, kThreeMonths);
    auto total_half = spread(total.half, kSixMonths);
    auto total_quarter = spread(total.quarter, kThreeMonths);
    for (int month = 1; month <= 9; ++month) {
      auto index = static_cast<size_t>(month - 1);
      int64_t out = month <= 6 ? export_half[index] : export_quarter[index - 6];
      int64_t both = month <= 6 ? total_half[index] : total_quarter[index - 6];
      Rows rows("trade_month", {"area", "month", "exports", "imports"});
      rows.add({kOwn, month_text(year, month), std::to_string(out), std::to_string(both - out)});
      acts.push_back(rows.act(Act::import, after_month(year, month, 20, "09:00"), "trade"));
    }
  };
  // First halves grow by 16.1 and 3.8 per cent, three quarters by 25.5 and 20.1.
  add_year(2023, {11'200'000'000, 5'866'135'458}, {17'600'000'000, 8'723'896'753});
  add_year(2024, {13'003'200'000, 8'414'800'000}, {18'268'800'000, 13'346'200'000});
}

void add_observations(std::vector<TimedRequest>& acts) {
  auto publish = [&](const char* at, const std::vector<std::vector<std::string>>& all) {
    Rows rows("observation",
              {"area", "indicator", "period", "value", "growth", "status", "source"});
    for (const auto& row : all) rows.add(row);
    acts.push_back(rows.act(Act::import, at, "statistician"));
  };
  std::vector<std::vector<std::string>> years;
  constexpr int64_t kGdp[] = {420, 465, 520, 575, 610, 720, 830, 950};  // 亿元, 2016 to 2023
  for (int i = 0; i < 8; ++i) {
    years.push_back({kOwn, "gdp", std::to_string(2016 + i), std::to_string(kGdp[i] * k1e8), "",
                     "final", "统计年鉴（演示）"});
  }
  publish("2024-06-28T09:00", years);
  const char* kBureau = "统计部门发布（演示）";
  publish("2024-07-25T09:00",
          {{kOwn, "gdp", "2024-01..06", std::to_string(4782 * k1e8 / 10), "7.6", "preliminary",
            kBureau},
           {"china", "industrial_value_added", "2024-01..06", "", "6.0", "preliminary", kBureau}});
  publish("2024-10-18T10:30",
          {{"china", "industrial_value_added", "2024-01..09", "", "5.8", "preliminary", kBureau}});
  publish("2024-10-25T09:00", {{kOwn, "gdp", "2024-01..09", std::to_string(7394 * k1e8 / 10), "8.0",
                                "preliminary", kBureau}});
  std::vector<std::vector<std::string>> patents{
      {"nanchang_city", "valid_invention_patents_per_10k", "2023", "23.2", "", "final", kBureau}};
  for (const County& county : kCounties) {
    patents.push_back({county.code, "valid_invention_patents_per_10k", "2023", county.patents, "",
                       "final", kBureau});
  }
  publish("2024-03-15T09:00", patents);
  publish(
      "2024-10-10T09:00",
      {{"jiangxi", "leading_enterprises", "@2024-09-30", "100", "", "final", "省级名单（演示）"},
       {"jiangxi", "little_giant_enterprises", "@2024-09-30", "200", "", "final",
        "省级名单（演示）"},
       {"jiangxi", "high_growth_sme_enterprises", "@2024-09-30", "500", "", "final",
        "省级名单（演示）"},
       {"jiangxi", "award_projects", "2022", "148", "", "final", "省级名单（演示）"}});
  Rows briefing("event", {"code", "kind", "name", "held", "place"});
  briefing.add({"2024-Q3-briefing", "press_briefing", "2024年三季度经济运行亮点新闻通气会",
                "2024-10-28", "南昌高新区"});
  acts.push_back(briefing.act(Act::create, "2024-10-27T15:00", "officer"));
}

namespace {

void add_patents(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms) {
  const std::vector<std::string> kFields{"number",     "kind",       "holder",
                                         "applied_on", "granted_on", "lapsed_on"};
  Rows old("ip_right", kFields), recent("ip_right", kFields);
  auto add = [&](Rows& rows, int kind, int serial, int granted_year, const char* lapsed) {
    std::string applied = std::to_string(granted_year - 2);
    const Firm& holder = firms[static_cast<size_t>(serial * 31 + kind) % firms.size()];
    std::string month = two(1 + serial % 9);
    rows.add(
        {patent_number(granted_year - 2, kind, serial), kind == 1 ? "invention" : "utility_model",
         holder.uscc, applied + "-" + month + "-1" + std::to_string(serial % 9),
         std::to_string(granted_year) + "-" + month + "-2" + std::to_string(serial % 8), lapsed});
  };
  constexpr int kInForce = 2844;  // at the end of 2023
  for (int i = 0; i < kInForce; ++i) add(old, 1, i, 2014 + i % 10, "");
  for (int i = 0; i < 83; ++i) add(old, 1, kInForce + i, 2013 + i % 6, "2022-06-30");
  for (int i = 0; i < 910; ++i)
    add(old, 2, 5000 + i, 2016 + i % 8, i % 11 == 0 ? "2023-03-31" : "");
  for (int i = 0; i < 214; ++i) add(recent, 1, 9000 + i, 2024, "");
  acts.push_back(old.act(Act::import, "2024-01-22T09:00", "ip_officer"));
  acts.push_back(recent.act(Act::import, "2024-10-09T09:00", "ip_officer"));
}

void add_research(std::vector<TimedRequest>& acts) {
  constexpr int64_t kGdp[] = {420, 465, 520, 575, 610, 720, 830, 950};
  constexpr int64_t kIntensity[] = {412, 402, 431, 458, 485, 510, 536, 562};  // per 10,000
  Rows rows("rd_year", {"area", "year_end", "spending", "source"});
  for (int i = 0; i < 8; ++i) {
    rows.add({kOwn, std::to_string(2016 + i) + "-12-31",
              std::to_string(kGdp[i] * kIntensity[i] * k1e4), "研发统计年报（演示）"});
  }
  acts.push_back(rows.act(Act::import, "2024-06-28T10:00", "statistician"));
  Rows people("population", {"area", "on_day", "persons", "source"});
  people.add({kOwn, "2022-12-31", "246300", "人口抽样调查（演示）"});
  people.add({kOwn, "2023-12-31", "250000", "人口抽样调查（演示）"});
  acts.push_back(people.act(Act::import, "2024-03-10T09:00", "statistician"));
}

void add_titles(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms) {
  struct Kind {
    const char* code;
    int count;
    int step;
  };
  Rows rows("enterprise_title", {"enterprise", "kind", "granted_on", "expires_on"});
  for (const Kind& kind :
       {Kind{"leading", 33, 7}, Kind{"little_giant", 47, 5}, Kind{"high_growth_sme", 61, 3}}) {
    for (int i = 0; i < kind.count; ++i) {
      const Firm& firm = firms[static_cast<size_t>(i * kind.step + 1)];
      rows.add({firm.uscc, kind.code, std::to_string(2021 + i % 3) + "-11-20", ""});
    }
  }
  acts.push_back(rows.act(Act::import, "2023-12-05T09:00", "officer"));
  Rows awards("award", {"award", "project", "title", "year_end", "grade", "status", "unit"});
  for (int i = 0; i < 34 + 5; ++i) {
    bool is_awarded = i < 34;
    awards.add({"江西省科学技术奖", "2022-" + std::to_string(101 + i),
                "演示项目" + std::to_string(1 + i), "2022-12-31",
                i < 4 ? "first" : (i < 15 ? "second" : "third"),
                is_awarded ? "awarded" : "shortlisted", firms[static_cast<size_t>(i * 6)].uscc});
  }
  acts.push_back(awards.act(Act::import, "2023-11-16T09:00", "officer"));
}

}  // namespace

void add_innovation(std::vector<TimedRequest>& acts, const std::vector<Firm>& firms) {
  add_patents(acts, firms);
  add_research(acts);
  add_titles(acts, firms);
}

}  // namespace wutong::demo
