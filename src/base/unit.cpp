#include "base/unit.hpp"

#include <array>
#include <vector>

#include "base/text.hpp"

namespace wutong {

// factor = numerator / denominator base units. `names` are what print calls it, beside zh.
struct Unit::Row {
  std::string_view code, dimension;
  int64_t numerator, denominator;
  std::string_view zh, en, names;
};

namespace {

using Row = Unit::Row;
constexpr int64_t k1e4 = 10'000;
constexpr int64_t k1e8 = 100'000'000;

// The base unit of a dimension stands first. Sources: domain.md 1.6; 亩 = 1/15 公顷.
constexpr auto kUnits = std::to_array<Row>({
    {"CNY", "money", 1, 1, "元", "yuan", "人民币元"},
    {"CNY_1e3", "money", 1000, 1, "千元", "thousand yuan", ""},
    {"CNY_1e4", "money", k1e4, 1, "万元", "10 thousand yuan", ""},
    {"CNY_1e8", "money", k1e8, 1, "亿元", "100 million yuan", ""},
    {"CNY_1e12", "money", k1e4* k1e8, 1, "万亿元", "trillion yuan", ""},
    {"USD", "money_usd", 1, 1, "美元", "US dollars", ""},
    {"USD_1e4", "money_usd", k1e4, 1, "万美元", "10 thousand US dollars", ""},
    {"USD_1e8", "money_usd", k1e8, 1, "亿美元", "100 million US dollars", ""},
    {"percent", "proportion", 1, 1, "%", "%", "％"},
    {"per_mille", "proportion", 1, 10, "‰", "per mille", ""},
    {"percentage_points", "proportion_change", 1, 1, "个百分点", "percentage points", "百分点"},
    {"times", "multiple", 1, 1, "倍", "times", ""},
    {"rank", "rank", 1, 1, "位", "rank", "名"},
    {"m2", "area", 1, 1, "平方米", "m²", "㎡ m² 平米"},
    {"hectare", "area", k1e4, 1, "公顷", "ha", ""},
    {"km2", "area", 1'000'000, 1, "平方公里", "km²", "km² 平方千米"},
    {"mu", "area", 2000, 3, "亩", "mu", ""},
    {"m2_1e4", "area", k1e4, 1, "万平方米", "10 thousand m²", ""},
    {"tonnes", "mass", 1, 1, "吨", "t", ""},
    {"kg", "mass", 1, 1000, "千克", "kg", "公斤"},
    {"tonnes_1e4", "mass", k1e4, 1, "万吨", "10 thousand t", ""},
    {"tce", "energy", 1, 1, "吨标准煤", "tce", ""},
    {"tce_1e4", "energy", k1e4, 1, "万吨标准煤", "10 thousand tce", ""},
    {"kWh", "electricity", 1, 1, "千瓦时", "kWh", "度"},
    {"kWh_1e8", "electricity", k1e8, 1, "亿千瓦时", "100 million kWh", "亿度"},
    {"km", "length", 1, 1, "公里", "km", "千米"},
    {"tonnes_per_day", "mass_rate", 1, 1, "吨/日", "t per day", "吨每日"},
    {"kg_per_day", "mass_rate", 1, 1000, "千克/日", "kg per day", "公斤/日 公斤每日"},
    {"items_per_10k_persons", "items_rate", 1, 1, "件/万人", "per 10 thousand persons", ""},
    {"years", "duration_years", 1, 1, "年", "years", ""},
    {"months", "duration_months", 1, 1, "个月", "months", ""},
    {"days", "duration_days", 1, 1, "天", "days", "日"},
    {"working_days", "duration_working_days", 1, 1, "个工作日", "working days", "工作日"},
    {"date", "date", 1, 1, "日期", "date", ""},
    {"hours", "duration_hours", 1, 1, "小时", "hours", ""},
    {"persons", "persons", 1, 1, "人", "persons", "名 位"},
    {"persons_1e4", "persons", k1e4, 1, "万人", "10 thousand persons", ""},
    {"person_times", "person_times", 1, 1, "人次", "person-times", ""},
    {"person_times_1e4", "person_times", k1e4, 1, "万人次", "10 thousand person-times", ""},
    {"enterprises", "enterprises", 1, 1, "家", "enterprises", "户"},
    {"enterprise_times", "enterprise_times", 1, 1, "家次", "enterprise-times", "家(次) 家（次）"},
    {"items", "items", 1, 1, "件", "items", "项 条"},
    {"projects", "projects", 1, 1, "个项目", "projects", ""},
    {"papers", "papers", 1, 1, "篇", "papers", ""},
    {"events", "events", 1, 1, "期", "events", "场 届"},
    {"occasions", "occasions", 1, 1, "次", "times", ""},
    {"universities", "universities", 1, 1, "所", "universities", ""},
    {"stations", "stations", 1, 1, "个站", "stations", ""},
    {"bases", "bases", 1, 1, "个基地", "bases", ""},
    {"substations", "substations", 1, 1, "家分站", "substations", ""},
    {"platforms", "platforms", 1, 1, "个平台", "platforms", ""},
    {"zones", "zones", 1, 1, "个园区", "zones", ""},
    {"parties", "parties", 1, 1, "方", "parties", ""},
    {"batch", "batch", 1, 1, "批", "batch", ""},
    {"product_kinds", "product_kinds", 1, 1, "种", "kinds of products", ""},
    {"production_lines", "production_lines", 1, 1, "条产线", "production lines", "条生产线"},
    {"countries_and_regions", "countries", 1, 1, "个国家和地区", "countries and regions", ""},
    {"counties_and_districts", "counties", 1, 1, "个县区", "counties and districts", ""},
});

}  // namespace

std::span<const Unit::Row> Unit::all() { return kUnits; }

std::optional<Unit> Unit::from_code(std::string_view code) {
  for (const Row& row : kUnits) {
    if (row.code != code) continue;
    Unit unit;
    unit.row_ = &row;
    return unit;
  }
  if (code == "1") return Unit();
  return std::nullopt;
}

std::optional<Unit> Unit::from_name(std::string_view name) {
  for (const Row& row : kUnits) {
    bool is_named = row.zh == name || row.en == name;
    for (std::string_view other : split(row.names, ' '))
      is_named |= !other.empty() && other == name;
    if (!is_named) continue;
    Unit unit;
    unit.row_ = &row;
    return unit;
  }
  return std::nullopt;
}

std::vector<std::string> Unit::codes() {
  std::vector<std::string> codes;
  for (const Row& row : kUnits) codes.emplace_back(row.code);
  return codes;
}

std::string_view Unit::code() const { return row_ ? row_->code : "1"; }
std::string_view Unit::zh() const { return row_ ? row_->zh : ""; }
std::string_view Unit::en() const { return row_ ? row_->en : ""; }
std::string_view Unit::dimension() const { return row_ ? row_->dimension : "1"; }
Decimal Unit::factor_numerator() const { return Decimal(row_ ? row_->numerator : 1); }
Decimal Unit::factor_denominator() const { return Decimal(row_ ? row_->denominator : 1); }

Unit Unit::base() const {
  for (const Row& row : kUnits) {
    if (row_ == nullptr || row.dimension != row_->dimension) continue;
    Unit unit;
    unit.row_ = &row;
    return unit;
  }
  return *this;
}

bool is_convertible(Unit from, Unit to) { return from.dimension() == to.dimension(); }

std::optional<Decimal> convert(const Decimal& value, Unit from, Unit to, int places,
                               Rounding rule) {
  if (!is_convertible(from, to)) return std::nullopt;
  auto up = mul(from.factor_numerator(), to.factor_denominator());
  auto down = mul(from.factor_denominator(), to.factor_numerator());
  if (!up || !down) return std::nullopt;
  return mul_div(value, *up, *down, places, rule);
}

std::optional<Decimal> convert(const Decimal& value, Unit from, Unit to) {
  auto low = convert(value, from, to, Decimal::kScaleMax, Rounding::down);
  auto high = convert(value, from, to, Decimal::kScaleMax, Rounding::up);
  if (low && high) return *low == *high ? std::optional(low->normalized()) : std::nullopt;
  // Too large for 18 places: exact as an integer, or not at all.
  low = convert(value, from, to, 0, Rounding::down);
  high = convert(value, from, to, 0, Rounding::up);
  return low && high && *low == *high ? low : std::nullopt;
}

}  // namespace wutong
