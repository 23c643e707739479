// Units and counters, and the nouns that say what a counter counts.
#include <array>

#include "domain/page/impl/lexicon.hpp"
#include "domain/page/impl/words.hpp"

namespace wutong::page {

namespace {

using M = Measure;

constexpr auto kUnits = std::to_array<UnitWord>({
    {U"个百分点", "percentage_points", M::pp_change},
    {U"百分点", "percentage_points", M::pp_change},
    {U"个基点", "basis_points", M::pp_change},
    {U"%", "percent", M::rate},
    {U"‰", "per_mille", M::rate},
    {U"倍", "times", M::multiple},
    // money
    {U"元", "CNY", M::money},
    {U"元人民币", "CNY", M::money},
    {U"人民币", "CNY", M::money},
    {U"美元", "USD", M::money},
    {U"欧元", "EUR", M::money},
    {U"英镑", "GBP", M::money},
    {U"港元", "HKD", M::money},
    {U"港币", "HKD", M::money},
    {U"澳门元", "MOP", M::money},
    {U"新台币", "TWD", M::money},
    {U"日元", "JPY", M::money},
    {U"卢布", "RUB", M::money},
    {U"元/人", "CNY_per_person", M::level},
    {U"元/平方米", "CNY_per_m2", M::level},
    {U"元/亩", "CNY_per_mu", M::level},
    {U"元/吨", "CNY_per_tonne", M::level},
    // area
    {U"平方公里", "km2", M::area},
    {U"平方千米", "km2", M::area},
    {U"平方米", "m2", M::area},
    {U"平米", "m2", M::area},
    {U"㎡", "m2", M::area},
    {U"公顷", "hectare", M::area},
    {U"亩", "mu", M::area},
    // other amounts
    {U"吨标准煤", "tce", M::level},
    {U"吨标煤", "tce", M::level},
    {U"吨", "tonnes", M::level},
    {U"吨公里", "tonne_km", M::level},
    {U"人公里", "person_km", M::level},
    {U"公斤", "kg", M::level},
    {U"千克", "kg", M::level},
    {U"kg", "kg", M::level},
    {U"克", "g", M::level},
    {U"毫克", "mg", M::level},
    {U"斤", "jin", M::level},
    {U"立方米", "m3", M::level},
    {U"立方", "m3", M::level},
    {U"升", "litres", M::level},
    {U"毫升", "ml", M::level},
    {U"千瓦时", "kWh", M::level},
    {U"度电", "kWh", M::level},
    {U"千瓦", "kW", M::level},
    {U"兆瓦时", "MWh", M::level},
    {U"兆瓦", "MW", M::level},
    {U"吉瓦时", "GWh", M::level},
    {U"吉瓦", "GW", M::level},
    {U"GW", "GW", M::level},
    {U"GWh", "GWh", M::level},
    {U"MW", "MW", M::level},
    {U"伏", "V", M::level},
    {U"公里", "km", M::level},
    {U"千米", "km", M::level},
    {U"海里", "nautical_miles", M::level},
    {U"米", "m", M::level},
    {U"厘米", "cm", M::level},
    {U"毫米", "mm", M::level},
    {U"mm", "mm", M::level},
    {U"微米", "um", M::level},
    {U"纳米", "nm", M::level},
    {U"nm", "nm", M::level},
    {U"微克/立方米", "ug_per_m3", M::level},
    {U"毫克/升", "mg_per_l", M::level},
    {U"摄氏度", "celsius", M::level},
    {U"℃", "celsius", M::level},
    {U"标准箱", "teu", M::level},
    {U"标箱", "teu", M::level},
    {U"TEU", "teu", M::level},
    {U"TB", "TB", M::level},
    {U"PB", "PB", M::level},
    {U"P算力", "pflops", M::level},
    {U"PFlops", "pflops", M::level},
    {U"EFLOPS", "eflops", M::level},
    {U"EFlops", "eflops", M::level},
    {U"EB", "EB", M::level},
    {U"ZB", "ZB", M::level},
    {U"GB", "GB", M::level},
    {U"Gbps", "gbps", M::level},
    {U"Mbps", "mbps", M::level},
    {U"毫秒", "milliseconds", M::duration},
    {U"微秒", "microseconds", M::duration},
    {U"载重吨", "dwt", M::level},
    {U"千伏", "kV", M::level},
    {U"PFLOPS", "pflops", M::level},
    // spans of time
    {U"个季度", "quarters", M::duration},
    {U"个月", "months", M::duration},
    {U"个星期", "weeks", M::duration},
    {U"星期", "weeks", M::duration},
    {U"个工作日", "working_days", M::duration},
    {U"工作日", "working_days", M::duration},
    {U"个小时", "hours", M::duration},
    {U"个年头", "years", M::ordinal},
    {U"年", "years", M::duration},
    {U"周", "weeks", M::duration},
    {U"周年", "years", M::duration},
    {U"天", "days", M::duration},
    {U"日内", "days", M::duration},
    {U"小时", "hours", M::duration},
    {U"分钟", "minutes", M::duration},
    {U"秒", "seconds", M::duration},
    {U"秒钟", "seconds", M::duration},
    {U"课时", "hours", M::duration},
    {U"学时", "hours", M::duration},
    // occasions
    {U"人次", "person_times", M::count},
    {U"人(次)", "person_times", M::count},
    {U"家次", "enterprise_times", M::count},
    {U"家(次)", "enterprise_times", M::count},
    {U"户次", "enterprise_times", M::count},
    {U"户(次)", "enterprise_times", M::count},
    {U"辆次", "vehicle_times", M::count},
    {U"车次", "vehicle_times", M::count},
    {U"架次", "flights", M::count},
    {U"艘次", "vessel_times", M::count},
    {U"列次", "train_times", M::count},
    {U"班次", "services", M::count},
    {U"场次", "events", M::count},
    {U"场(次)", "events", M::count},
    {U"批次", "batches", M::count},
    {U"件次", "item_times", M::count},
    {U"项次", "item_times", M::count},
    {U"期", "events", M::count},
    {U"场", "events", M::count},
    {U"届", "events", M::count},
    {U"次", "times", M::count},
    {U"轮", "times", M::count},
    {U"趟", "times", M::count},
    // things counted
    {U"个国家和地区", "countries_and_regions", M::count},
    {U"个县区", "counties_and_districts", M::count},
    {U"人", "persons", M::count},
    {U"名", "", M::count},
    {U"位", "", M::count},
    {U"家", "", M::count},
    {U"户", "", M::count},
    {U"所", "", M::count},
    {U"件", "items", M::count},
    {U"项", "items", M::count},
    {U"条", "", M::count},
    {U"篇", "papers", M::count},
    {U"种", "product_kinds", M::count},
    {U"款", "product_kinds", M::count},
    {U"个", "", M::count},
    {U"方", "parties", M::count},
    {U"台", "items", M::count},
    {U"台套", "items", M::count},
    {U"台(套)", "items", M::count},
    {U"套", "items", M::count},
    {U"辆", "vehicles", M::count},
    {U"头", "head", M::count},
    {U"只", "head", M::count},
    {U"羽", "head", M::count},
    {U"支", "teams", M::count},
    {U"分", "points", M::count},
    {U"单", "items", M::count},
    {U"票", "items", M::count},
    {U"座", "", M::count},
    {U"处", "", M::count},
    {U"间", "items", M::count},
    {U"栋", "buildings", M::count},
    {U"幢", "buildings", M::count},
    {U"张", "items", M::count},
    {U"块", "items", M::count},
    {U"片", "items", M::count},
    {U"枚", "items", M::count},
    {U"颗", "items", M::count},
    {U"部", "items", M::count},
    {U"本", "items", M::count},
    {U"册", "items", M::count},
    {U"架", "items", M::count},
    {U"艘", "vessels", M::count},
    {U"列", "items", M::count},
    {U"班", "services", M::count},
    {U"笔", "items", M::count},
    {U"宗", "items", M::count},
    {U"份", "items", M::count},
    {U"例", "items", M::count},
    {U"起", "items", M::count},
    {U"批", "batches", M::count},
    {U"组", "groups", M::count},
    {U"对", "pairs", M::count},
    {U"类", "kinds", M::count},
    {U"门", "items", M::count},
    {U"盏", "items", M::count},
    {U"棵", "items", M::count},
    {U"株", "items", M::count},
    {U"根", "items", M::count},
    {U"床", "items", M::count},
    {U"瓶", "items", M::count},
    {U"碗", "items", M::count},
    {U"杯", "items", M::count},
    {U"桌", "items", M::count},
    {U"盒", "items", M::count},
    {U"箱", "items", M::count},
    {U"包", "items", M::count},
    {U"袋", "items", M::count},
    {U"幅", "items", M::count},
});

// Words that begin like a unit and are none.
constexpr auto kNoUnits = std::to_array<UnitWord>({
    {U"年级", "", M::count}, {U"年代", "", M::count},   {U"年期", "", M::count},
    {U"年版", "", M::count}, {U"年制", "", M::count},   {U"部门", "", M::count},
    {U"部委", "", M::count}, {U"单元", "", M::count},   {U"单位", "", M::count},
    {U"人均", "", M::count}, {U"人大", "", M::count},   {U"对比", "", M::count},
    {U"起步", "", M::count}, {U"起来", "", M::count},   {U"起伏", "", M::count},
    {U"期间", "", M::count}, {U"期望", "", M::count},   {U"处于", "", M::count},
    {U"处长", "", M::count}, {U"方面军", "", M::count}, {U"方案", "", M::count},
    {U"班子", "", M::count}, {U"批发", "", M::count},   {U"批准", "", M::count},
    {U"类似", "", M::count}, {U"片区", "", M::count},   {U"包括", "", M::count},
    {U"包含", "", M::count}, {U"所有", "", M::count},   {U"名义", "", M::count},
    {U"位于", "", M::count}, {U"位居", "", M::count},   {U"位列", "", M::count},
    {U"只有", "", M::count}, {U"支持", "", M::count},   {U"支出", "", M::count},
    {U"组织", "", M::count}, {U"组建", "", M::count},   {U"套餐", "", M::count},
    {U"本地", "", M::count}, {U"本土", "", M::count},   {U"本科", "", M::count},
    {U"门户", "", M::count}, {U"分别", "", M::count},   {U"分公司", "", M::count},
    {U"分类", "", M::count}, {U"分区", "", M::count},   {U"分之", "", M::count},
    {U"列入", "", M::count}, {U"列全", "", M::count},   {U"天然气", "", M::count},
    {U"周边", "", M::count}, {U"周期", "", M::count},   {U"升级", "", M::count},
    {U"升至", "", M::count}, {U"条例", "", M::count},   {U"份额", "", M::count},
    {U"元旦", "", M::count}, {U"元素", "", M::count},   {U"场景", "", M::count},
    {U"场馆", "", M::count}, {U"家电", "", M::count},   {U"家居", "", M::count},
    {U"头部", "", M::count}, {U"座谈", "", M::count},   {U"克难", "", M::count},
    {U"件套", "", M::count}, {U"次产业", "", M::count}, {U"项目部", "", M::count},
    {U"笔试", "", M::count}, {U"例如", "", M::count},   {U"张家", "", M::count},
    {U"种植", "", M::count}, {U"种业", "", M::count},   {U"方式", "", M::count},
    {U"方向", "", M::count},
});

constexpr auto kNouns = std::to_array<NounWord>({
    {U"创新实践基地", "bases"},
    {U"工作站", "stations"},
    {U"企业分站", "substations"},
    {U"分站", "substations"},
    {U"国家和地区", "countries_and_regions"},
    {U"国家", "countries"},
    {U"县区", "counties_and_districts"},
    {U"区县", "counties_and_districts"},
    {U"县市区", "counties_and_districts"},
    {U"国家高新区", "zones"},
    {U"国家级高新区", "zones"},
    {U"国家级开发区", "zones"},
    {U"国家级", "items"},
    {U"国家重点", "platforms"},
    {U"高新区", "zones"},
    {U"开发区", "zones"},
    {U"综保区", "zones"},
    {U"园区", "zones"},
    {U"高校", "universities"},
    {U"院校", "universities"},
    {U"大学", "universities"},
    {U"平台", "platforms"},
    {U"实验室", "platforms"},
    {U"基地", "bases"},
    {U"项目", "projects"},
    {U"产线", "production_lines"},
    {U"生产线", "production_lines"},
    {U"企业", "enterprises"},
    {U"公司", "enterprises"},
    {U"单位", "enterprises"},
    {U"经营主体", "enterprises"},
    {U"个体工商户", "enterprises"},
    {U"机构", "institutions"},
    {U"部门", "institutions"},
    {U"银行", "institutions"},
    {U"博物馆", "institutions"},
    {U"产品", "product_kinds"},
    {U"毕业生", "persons"},
    {U"学生", "persons"},
    {U"人才", "persons"},
    {U"人员", "persons"},
    {U"博士后", "persons"},
    {U"博士", "persons"},
    {U"专家", "persons"},
    {U"员工", "persons"},
    {U"村民", "persons"},
    {U"团队", "teams"},
    {U"课题组", "teams"},
    {U"诉求", "items"},
    {U"专利", "items"},
    {U"岗位", "items"},
    {U"景区", "spots"},
    {U"医院", "hospitals"},
    {U"学校", "schools"},
    {U"中小学", "schools"},
    {U"政策", "items"},
    {U"标准", "items"},
    {U"事项", "items"},
    {U"问题", "items"},
    {U"行业", "industries"},
});

}  // namespace

const UnitWord* unit_at(std::u32string_view text) {
  static const WordIndex<UnitWord> units{kUnits};
  static const WordIndex<UnitWord> none{kNoUnits};
  const UnitWord* unit = units.at(text);
  const UnitWord* other = none.at(text);
  if (unit == nullptr || other == nullptr) return unit;
  return other->word.size() > unit->word.size() ? nullptr : unit;
}

const NounWord* noun_in(std::u32string_view text) {
  const NounWord* best = nullptr;
  size_t best_end = 0;
  for (const NounWord& noun : kNouns) {
    size_t at = text.rfind(noun.word);
    if (at == std::u32string_view::npos) continue;
    size_t end = at + noun.word.size();
    bool is_better = best == nullptr || end > best_end ||
                     (end == best_end && noun.word.size() > best->word.size());
    if (is_better) best = &noun, best_end = end;
  }
  return best;
}

// Of nouns that follow each other the last is the thing: 博士后科研工作站 is a station.
const NounWord* noun_at_or_after(std::u32string_view text) {
  static const WordIndex<NounWord> nouns{kNouns};
  constexpr std::u32string_view kBreaks = U"的和与及为在将在获被入到了把由对";
  constexpr size_t kGapMax = 2;
  const NounWord* found = nullptr;
  size_t end = 0;
  for (size_t at = 0; at < text.size(); ++at) {
    if (found != nullptr && (at > end + kGapMax || kBreaks.find(text[at]) != kBreaks.npos)) break;
    const NounWord* noun = nouns.at(text.substr(at));
    if (noun == nullptr) continue;
    found = noun;
    end = at + noun->word.size();
    at = end - 1;
  }
  return found;
}

}  // namespace wutong::page
