// The registers and indicators that the tests of this folder use.
#include "core/indicator/test_zone.hpp"

namespace wutong::indicator {

namespace {

struct Text {
  const char* path;
  const char* text;
};

constexpr Text kRegisters[] = {
    {"registers/area.yaml", R"(register: area
title: {zh: 地区, en: Area}
key: [code]
names: [name]
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  name: {type: text, title: {zh: 名称, en: Name}}
  level: {type: text, title: {zh: 级别, en: Level}}
  parent: {type: ref, to: area, title: {zh: 上级, en: Parent}}
)"},
    {"registers/enterprise.yaml", R"(register: enterprise
title: {zh: 企业, en: Enterprise}
key: [code]
names: [name]
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  name: {type: text, title: {zh: 名称, en: Name}}
  designated: {type: bool, effective: true, title: {zh: 在库, en: Designated}}
  sector: {type: code, codes: [industry, service], effective: true, title: {zh: 专业, en: Sector}}
  hightech: {type: bool, effective: true, title: {zh: 高技术, en: High-tech}}
  street: {type: text, title: {zh: 街道, en: Street}}
)"},
    {"registers/monthly_return.yaml", R"(register: monthly_return
title: {zh: 月报, en: Monthly return}
key: [enterprise, month]
fields:
  enterprise: {type: ref, to: enterprise, required: true, title: {zh: 企业, en: Enterprise}}
  month: {type: month, required: true, title: {zh: 月份, en: Month}}
  status: {type: code, codes: [draft, accepted], title: {zh: 状态, en: Status}}
  output: {type: money, unit: CNY, decimals: 2, title: {zh: 产值, en: Output}}
  profit: {type: money, unit: CNY, decimals: 2, title: {zh: 利润, en: Profit}}
)"},
    {"registers/patent.yaml", R"(register: patent
title: {zh: 专利, en: Patent}
key: [number]
fields:
  number: {type: text, required: true, title: {zh: 专利号, en: Number}}
  holder: {type: ref, to: enterprise, title: {zh: 权利人, en: Holder}}
  granted_on: {type: date, title: {zh: 授权日, en: Granted on}}
  lapsed_on: {type: date, title: {zh: 失效日, en: Lapsed on}}
)"},
    {"registers/visit.yaml", R"(register: visit
title: {zh: 到访, en: Visit}
key: [number]
fields:
  number: {type: text, required: true, title: {zh: 编号, en: Number}}
  on: {type: date, title: {zh: 日期, en: Day}}
  visitor: {type: text, title: {zh: 访客, en: Visitor}}
  persons: {type: int, unit: person_times, title: {zh: 人次, en: Person-times}}
)"},
    {"registers/reference.yaml", R"(register: reference
title: {zh: 参考数列, en: Reference series}
key: [area, indicator, period]
series: {area: area, indicator: indicator, period: period, value: value, growth: growth}
fields:
  area: {type: ref, to: area, required: true, title: {zh: 地区, en: Area}}
  indicator: {type: text, required: true, title: {zh: 指标, en: Indicator}}
  period: {type: period, required: true, title: {zh: 时期, en: Period}}
  value: {type: decimal, decimals: 4, title: {zh: 数值, en: Value}}
  growth: {type: decimal, decimals: 4, title: {zh: 增速, en: Growth}}
)"},
    {"registers/fiscal_month.yaml", R"(register: fiscal_month
title: {zh: 财政月报, en: Fiscal month}
key: [area, month]
fields:
  area: {type: ref, to: area, required: true, title: {zh: 地区, en: Area}}
  month: {type: month, required: true, title: {zh: 月份, en: Month}}
  tax: {type: money, unit: CNY, decimals: 2, title: {zh: 税收, en: Tax}}
  other: {type: money, unit: CNY, decimals: 2, title: {zh: 非税, en: Other}}
)"},
};

constexpr Text kIndicators[] = {
    {"output", R"(title: {zh: 规上工业总产值, en: Industrial output}
unit: CNY
from: monthly_return
measure: sum(output)
where: "status == 'accepted' && enterprise.designated && enterprise.sector == 'industry'"
time: month
base: comparable
by: {hightech: enterprise.hightech, street: enterprise.street}
)"},
    {"profit", R"(title: {zh: 规上工业利润, en: Industrial profit}
unit: CNY
from: monthly_return
measure: sum(profit)
where: "status == 'accepted' && enterprise.designated && enterprise.sector == 'industry'"
time: month
base: comparable
by: {hightech: enterprise.hightech, street: enterprise.street}
)"},
    {"average_output", R"(title: {zh: 月均产值, en: Average output}
unit: CNY
from: monthly_return
measure: avg(output)
where: "status == 'accepted' && enterprise.designated && enterprise.sector == 'industry'"
time: month
by: {hightech: enterprise.hightech, street: enterprise.street}
)"},
    {"largest_output", R"(title: {zh: 最大月产值, en: Largest output}
unit: CNY
from: monthly_return
measure: max(output)
where: "status == 'accepted' && enterprise.designated"
time: month
by: {sector: enterprise.sector}
)"},
    {"reporting", R"(title: {zh: 报送企业数, en: Reporting enterprises}
unit: enterprises
decimals: 0
from: monthly_return
measure: count_distinct(enterprise)
where: "enterprise.designated"
time: month
)"},
    {"all_output", R"(title: {zh: 全部产值, en: All output}
unit: CNY_1e4
from: monthly_return
measure: sum(output)
time: month
january_february: joint
by: {street: enterprise.street}
)"},
    {"patents", R"(title: {zh: 有效专利, en: Valid patents}
unit: items
decimals: 0
from: patent
measure: count()
time: {from: granted_on, until: lapsed_on}
by: {hightech: holder.hightech}
)"},
    {"visits", R"(title: {zh: 到访人次, en: Visits}
unit: person_times
decimals: 0
from: visit
measure: sum(persons)
time: "on"
)"},
    {"visitors", R"(title: {zh: 访客数, en: Visitors}
unit: persons
decimals: 0
from: visit
measure: count_distinct(visitor)
time: "on"
)"},
    {"last_visit", R"(title: {zh: 最近一次到访人次, en: Size of the last visit}
unit: person_times
decimals: 0
from: visit
measure: last(persons)
time: "on"
)"},
    {"tax", R"(title: {zh: 税收收入, en: Tax revenue}
unit: CNY
from: fiscal_month
measure: sum(tax)
time: month
area: area
)"},
    {"other_revenue", R"(title: {zh: 非税收入, en: Other revenue}
unit: CNY
from: fiscal_month
measure: sum(other)
time: month
area: area
)"},
    {"budget_revenue", R"(title: {zh: 一般公共预算收入, en: Budget revenue}
unit: CNY
formula: tax + other_revenue
)"},
    {"tax_share", R"(title: {zh: 税收占比, en: Tax share}
unit: percent
decimals: 1
ratio: {of: tax, to: budget_revenue, per: 100}
)"},
    {"hightech_share", R"(title: {zh: 高技术占比, en: High-tech share}
unit: percent
decimals: 1
ratio: {of: output, to: output, per: 100, of_where: {hightech: "true"}}
)"},
    {"gdp", R"(title: {zh: 地区生产总值, en: GDP}
unit: CNY
series: true
growth: reported
)"},
    {"population", R"(title: {zh: 常住人口, en: Population}
unit: persons
decimals: 0
series: true
)"},
    {"patents_per_10k", R"(title: {zh: 万人有效专利, en: Patents per 10 thousand persons}
unit: items_per_10k_persons
ratio: {of: patents, to: population, per: 10000, to_period: year}
)"},
};

}  // namespace

pack::Files test_files() {
  pack::Files files;
  for (const Text& text : kRegisters) files.add(std::string("packs/test/") + text.path, text.text);
  for (const Text& text : kIndicators) {
    files.add(std::string("packs/test/indicators/") + text.path + ".yaml",
              std::string("indicator: ") + text.path + "\n" + text.text);
  }
  return files;
}

}  // namespace wutong::indicator
