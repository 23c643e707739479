// A page that was read, in words that a press officer knows: what each number says, what it allows,
// when it holds and what it is compared with.
#include <boost/json.hpp>

#include "base/period.hpp"
#include "base/text.hpp"
#include "surface/cli/render.hpp"

namespace wutong::cli {

namespace json = boost::json;

namespace {

struct Term {
  std::string_view code;
  const char* zh;
  const char* en;
};

constexpr Term kMeasures[] = {{"money", "金额", "amount of money"},
                              {"area", "面积", "area"},
                              {"count", "数量", "count"},
                              {"level", "实物量", "quantity"},
                              {"rate", "比率", "rate"},
                              {"share", "占比", "share"},
                              {"yoy", "同比增速", "growth, year on year"},
                              {"pp_change", "百分点变化", "change in points"},
                              {"pp_gap", "百分点差距", "gap in points"},
                              {"multiple", "倍数", "multiple"},
                              {"rank", "位次", "rank"},
                              {"ordinal", "序数", "ordinal"},
                              {"duration", "时长", "span of time"},
                              {"date", "日期", "date"},
                              {"period", "时期", "period"}};
constexpr Term kBases[] = {{"period_before", "环比增速", "growth, period on period"},
                           {"annual_average", "年均增速", "average growth a year"},
                           {"two_year_average", "两年平均增速", "two-year average growth"}};
constexpr Term kQualifiers[] = {{"exact", "", ""},
                                {"odd", "余、多", "a little over"},
                                {"more_than", "超过", "more than"},
                                {"over", "突破", "broke through"},
                                {"at_least", "不少于", "at least"},
                                {"at_most", "不超过", "at most"},
                                {"less_than", "不足", "less than"},
                                {"nearly", "近", "nearly"},
                                {"about", "约", "about"},
                                {"as_much_as", "多达", "as much as"},
                                {"expected", "预计", "expected"},
                                {"target", "目标", "target"},
                                {"range", "区间", "range"}};
constexpr Term kUnits[] = {{"percent", "%", "%"},
                           {"per_mille", "‰", "‰"},
                           {"percentage_points", " 个百分点", " percentage points"},
                           {"basis_points", " 个基点", " basis points"},
                           {"USD", " 美元", " US dollars"},
                           {"persons", " 人", " persons"},
                           {"person_times", " 人次", " visits"},
                           {"enterprises", " 家企业", " enterprises"},
                           {"enterprise_times", " 家次", " enterprise visits"},
                           {"m2", " 平方米", " m²"},
                           {"km2", " 平方公里", " km²"},
                           {"mu", " 亩", " mu"},
                           {"tonnes", " 吨", " tonnes"},
                           {"tonnes_per_day", " 吨/日", " tonnes a day"},
                           {"kWh", " 千瓦时", " kWh"},
                           {"years", " 年", " years"},
                           {"months", " 个月", " months"},
                           {"weeks", " 周", " weeks"},
                           {"days", " 天", " days"},
                           {"working_days", " 个工作日", " working days"},
                           {"hours", " 小时", " hours"},
                           {"items_per_10k_persons", " 件/万人", " per 10,000 persons"},
                           {"rank", " 位", ""},
                           {"batch", " 批", " (batch)"},
                           {"projects", " 个项目", " projects"},
                           {"items", " 项（件、个）", " items"},
                           {"stations", " 家工作站", " stations"},
                           {"substations", " 家分站", " substations"},
                           {"bases", " 个基地", " bases"},
                           {"platforms", " 个平台", " platforms"},
                           {"institutions", " 家机构", " institutions"},
                           {"universities", " 所高校", " universities"},
                           {"schools", " 所学校", " schools"},
                           {"hospitals", " 家医院", " hospitals"},
                           {"zones", " 个园区", " zones"},
                           {"spots", " 家景区", " scenic spots"},
                           {"teams", " 支（个）队伍", " teams"},
                           {"events", " 场（期、届）", " events"},
                           {"papers", " 篇", " papers"},
                           {"parties", " 方", " parties"},
                           {"kinds", " 类", " kinds"},
                           {"product_kinds", " 种", " kinds of product"},
                           {"production_lines", " 条产线", " production lines"},
                           {"vehicles", " 辆", " vehicles"},
                           {"head", " 头（只）", " head"},
                           {"km", " 公里", " km"},
                           {"countries_and_regions", " 个国家和地区", " countries and regions"}};

const Term* term_of(std::span<const Term> terms, std::string_view code) {
  for (const Term& term : terms) {
    if (term.code == code) return &term;
  }
  return nullptr;
}

std::string in_words(std::span<const Term> terms, const std::string& code, const Look& look) {
  const Term* term = term_of(terms, code);
  return term == nullptr ? code : look.pick(term->zh, term->en);
}

// A number with its unit; large plain numbers in 万 and 亿 where Chinese is asked for.
std::string number_in_words(const std::string& value, const std::string& unit,
                            const std::string& measure, const Look& look) {
  if (value.empty()) return "";
  if (unit == "CNY") return amount(value, unit, look);
  std::string tail = unit == "times"
                         ? (measure == "count" ? look.pick(" 次", " times") : look.pick(" 倍", "×"))
                         : in_words(kUnits, unit, look);
  if (term_of(kUnits, unit) == nullptr && unit != "times") tail = " " + unit;
  auto number = Decimal::parse(value);
  bool is_large = look.language == Language::zh && number && number->absolute() >= Decimal(10'000);
  if (!is_large) return value + tail;
  bool is_hundred_million = number->absolute() >= Decimal(100'000'000);
  auto shown =
      div(*number, Decimal(is_hundred_million ? 100'000'000 : 10'000), 6, Rounding::half_up);
  return shown ? shown->to_string_short() + (is_hundred_million ? " 亿" : " 万") +
                     std::string(trim(tail))
               : value + tail;
}

std::string read_as(const json::object& claim, const Look& look) {
  std::string unit = text_of(claim, "unit"), measure = text_of(claim, "measure");
  if (unit == "date" || unit == "period") {
    std::string low = text_of(claim, "low"), high = text_of(claim, "high");
    return low == high ? low : low + (high.empty() ? look.pick(" 起", " on") : " — " + high);
  }
  std::string value = number_in_words(text_of(claim, "value"), unit, measure, look);
  if (!value.empty()) return value;
  return number_in_words(text_of(claim, "low"), unit, measure, look) + " — " +
         number_in_words(text_of(claim, "high"), unit, measure, look);
}

std::string measure_in_words(const json::object& claim, const Look& look) {
  const Term* basis = term_of(kBases, text_of(claim, "basis"));
  if (basis != nullptr) return look.pick(basis->zh, basis->en);
  return in_words(kMeasures, text_of(claim, "measure"), look);
}

std::string when(const json::object& claim, const Look& look) {
  auto period = Period::parse(text_of(claim, "period"));
  if (period) return look.language == Language::zh ? period->zh() : period->en();
  return text_of(claim, "when");
}

// The last words before the number: what it is said of.
std::string said_of(const json::object& claim) {
  constexpr size_t kLengthMax = 16;
  std::u32string words = to_code_points(text_of(claim, "words"));
  size_t mark = words.find_last_of(U"、；，");
  if (mark != std::u32string::npos && mark + 1 < words.size()) words.erase(0, mark + 1);
  if (words.size() > kLengthMax) words = U"…" + words.substr(words.size() - kLengthMax);
  return to_utf8(words);
}

}  // namespace

std::string render_reading(const json::value& value, const Look& look) {
  const json::array& claims = value.as_object().at("claims").as_array();
  Table table;
  table.align_right(0);
  table.header({"#", look.pick("所说", "said of"), look.pick("原文", "text"),
                look.pick("读作", "read as"), look.pick("是什么数", "kind"),
                look.pick("分寸", "qualifier"), look.pick("时期", "period")});
  size_t number = 0;
  for (const json::value& item : claims) {
    const json::object& claim = item.as_object();
    bool is_time = text_of(claim, "unit") == "date" || text_of(claim, "unit") == "period";
    table.row({std::to_string(number++), is_time ? "" : said_of(claim), text_of(claim, "quote"),
               read_as(claim, look), measure_in_words(claim, look),
               in_words(kQualifiers, text_of(claim, "qualifier"), look),
               is_time ? "" : when(claim, look)});
  }
  return table.text() + look.pick("共 ", "") + std::to_string(claims.size()) +
         look.pick(" 处\n", " figures\n");
}

}  // namespace wutong::cli
