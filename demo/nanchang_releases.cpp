#include "demo/nanchang_releases.hpp"

#include <span>

#include "demo/rows.hpp"

namespace wutong::demo {

namespace {

using record::Act;

struct Pinned {
  const char* figure;
  const char* printed;
  const char* value;
};
constexpr Pinned kPinned[] = {
    {"gdp/2024-01..09", "739.4亿元", "73940000000"},
    {"gdp/2024-01..09/yoy", "8.0%", "8.0"},
    {"industrial_output/2024-01..09/yoy", "19.8%", "19.8"},
    {"industrial_value_added/2024-01..09/yoy", "14.9%", "14.9"},
    {"industrial_revenue/2024-Q3/yoy", "20.7%", "20.7"},
    {"industrial_profit/2024-Q3/yoy", "71.5%", "71.5"},
    {"general_public_budget_revenue/2024-01..09", "24.0亿元", "2400000000"},
    {"general_public_budget_revenue/2024-01..09/yoy", "6.2%", "6.2"},
    {"tax_share_of_budget_revenue/2024-01..09", "80.4%", "80.4"},
    {"foreign_trade/2024-01..09", "316.15亿元", "31615000000"},
    {"foreign_trade/2024-01..09/yoy", "20.1%", "20.1"},
    {"exports/2024-01..09", "214.18亿元", "21418000000"},
    {"exports/2024-01..09/yoy", "25.5%", "25.5"}};

void release(std::vector<TimedRequest>& acts, const std::string& code, const std::string& name,
             const std::string& event, const std::string& day, std::span<const Pinned> pinned) {
  Rows row("release", {"code", "name", "event", "published_on"});
  row.add({code, name, event, day});
  acts.push_back(row.act(Act::create, day + "T08:30", "statistician"));
  if (!pinned.empty()) {
    Rows figures("release_figure", {"release", "figure", "printed", "value"});
    for (const Pinned& one : pinned) figures.add({code, one.figure, one.printed, one.value});
    acts.push_back(figures.act(Act::create, day + "T08:40", "statistician"));
  }
  acts.push_back(row.move(day + "T09:00", "statistics_lead", "statistics_lead", "approve", 1));
  acts.push_back(row.move(day + "T10:00", "statistician", "statistician", "publish", 1));
}

}  // namespace

void add_releases(std::vector<TimedRequest>& acts) {
  release(acts, "2024-Q3", "2024年前三季度主要经济数据", "2024-Q3-briefing", "2024-10-28", kPinned);
  struct Briefing {
    const char* code;
    const char* name;
    const char* day;
  };
  // The briefings go on; their figures are pinned when their months are recorded.
  constexpr Briefing kLater[] = {{"2024", "2024年经济运行情况通气会", "2025-01-24"},
                                 {"2025-H1", "2025年上半年经济运行情况通气会", "2025-07-25"},
                                 {"2025", "2025年经济运行情况通气会", "2026-01-26"},
                                 {"2026-H1", "2026年上半年经济运行情况通气会", "2026-07-27"}};
  for (const Briefing& one : kLater) {
    std::string event = std::string(one.code) + "-briefing", day = one.day;
    Rows row("event", {"code", "kind", "name", "held", "place"});
    row.add({event, "press_briefing", one.name, day, "南昌高新区"});
    acts.push_back(row.act(Act::create, day + "T08:20", "officer"));
    release(acts, one.code, one.name, event, day, {});
  }
}

}  // namespace wutong::demo
