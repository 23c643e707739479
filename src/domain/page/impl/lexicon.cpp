#include "domain/page/impl/lexicon.hpp"

#include <algorithm>
#include <array>

namespace wutong::page {

namespace {

using M = Measure;

// Counters whose noun says what is counted have the unit "".
constexpr auto kUnits = std::to_array<UnitWord>({
    {U"个百分点", "percentage_points", M::pp_change},
    {U"百分点", "percentage_points", M::pp_change},
    {U"万平方米", "m2", M::area},
    {U"平方公里", "km2", M::area},
    {U"平方米", "m2", M::area},
    {U"公顷", "hectare", M::area},
    {U"亩", "mu", M::area},
    {U"元", "CNY", M::money},
    {U"美元", "USD", M::money},
    {U"%", "percent", M::rate},
    {U"‰", "per_mille", M::rate},
    {U"吨标准煤", "tce", M::level},
    {U"吨", "tonnes", M::level},
    {U"公斤", "kg", M::level},
    {U"千瓦时", "kWh", M::level},
    {U"公里", "km", M::level},
    {U"倍", "times", M::multiple},
    {U"个国家和地区", "countries_and_regions", M::count},
    {U"个县区", "counties_and_districts", M::count},
    {U"人次", "person_times", M::count},
    {U"家次", "enterprise_times", M::count},
    {U"家(次)", "enterprise_times", M::count},
    {U"户次", "enterprise_times", M::count},
    {U"个月", "months", M::duration},
    {U"个工作日", "working_days", M::duration},
    {U"个年头", "years", M::ordinal},
    {U"年", "years", M::duration},
    {U"天", "days", M::duration},
    {U"小时", "hours", M::duration},
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
    {U"期", "events", M::count},
    {U"场", "events", M::count},
    {U"届", "events", M::count},
    {U"次", "times", M::count},
    {U"种", "product_kinds", M::count},
    {U"个", "", M::count},
    {U"方", "parties", M::count},
    {U"台", "items", M::count},
    {U"套", "items", M::count},
    {U"辆", "vehicles", M::count},
});

constexpr auto kNouns = std::to_array<NounWord>({
    {U"创新实践基地", "bases"},
    {U"博士工作站", "stations"},
    {U"科研工作站", "stations"},
    {U"工作站", "stations"},
    {U"企业分站", "substations"},
    {U"分站", "substations"},
    {U"国家和地区", "countries_and_regions"},
    {U"县区", "counties_and_districts"},
    {U"区县", "counties_and_districts"},
    {U"高新区", "zones"},
    {U"开发区", "zones"},
    {U"园区", "zones"},
    {U"高校", "universities"},
    {U"院校", "universities"},
    {U"大学", "universities"},
    {U"平台", "platforms"},
    {U"基地", "bases"},
    {U"项目", "projects"},
    {U"产线", "production_lines"},
    {U"生产线", "production_lines"},
    {U"企业", "enterprises"},
    {U"公司", "enterprises"},
    {U"单位", "enterprises"},
    {U"机构", "institutions"},
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
    {U"诉求", "items"},
    {U"专利", "items"},
    {U"景区", "spots"},
    {U"医院", "hospitals"},
    {U"学校", "schools"},
    {U"政策", "items"},
    {U"标准", "items"},
});

constexpr auto kBefore = std::to_array<QualifierWord>({
    {U"超过", Qualifier::more_than},  {U"高于", Qualifier::more_than},
    {U"多于", Qualifier::more_than},  {U"突破", Qualifier::over},
    {U"不低于", Qualifier::at_least}, {U"不少于", Qualifier::at_least},
    {U"至少", Qualifier::at_least},   {U"不超过", Qualifier::at_most},
    {U"至多", Qualifier::at_most},    {U"不足", Qualifier::less_than},
    {U"不到", Qualifier::less_than},  {U"低于", Qualifier::less_than},
    {U"少于", Qualifier::less_than},  {U"将近", Qualifier::nearly},
    {U"接近", Qualifier::nearly},     {U"大约", Qualifier::about},
    {U"约为", Qualifier::about},      {U"约占", Qualifier::about},
    {U"约", Qualifier::about},        {U"近", Qualifier::nearly},
    {U"超", Qualifier::more_than},    {U"逾", Qualifier::more_than},
    {U"多达", Qualifier::as_much_as}, {U"高达", Qualifier::as_much_as},
});
constexpr auto kAfter = std::to_array<QualifierWord>({
    {U"左右", Qualifier::about},
    {U"上下", Qualifier::about},
    {U"以上", Qualifier::at_least},
    {U"以下", Qualifier::at_most},
    {U"以内", Qualifier::at_most},
});

// Set phrases and names of this field whose numeral is no quantity.
constexpr auto kIdioms = std::to_array<std::u32string_view>({
    U"第一时间", U"第一线",   U"第一资源", U"第一动力", U"第一生产力", U"第三方",   U"一站式",
    U"一体化",   U"一体",     U"一流",     U"一度",     U"一定",       U"一批",     U"一系列",
    U"一些",     U"一直",     U"一般",     U"一致",     U"一起",       U"一律",     U"一旦",
    U"一切",     U"一线",     U"一带一路", U"一较高低", U"一公里",     U"一企一策", U"一网通办",
    U"一把手",   U"一方面",   U"一步",     U"一时",     U"一手",       U"一样",     U"四梁八柱",
    U"双循环",   U"千行百业", U"千方百计", U"千家万户", U"万众",       U"万物",     U"万家",
    U"百姓",     U"百强",     U"百货",     U"十四五",   U"十五五",     U"十三五",   U"四川",
    U"三农",     U"三亚",     U"九江",     U"六安",     U"百色",       U"三峡",     U"三角",
    U"五一",     U"三明",     U"四平",     U"五粮液",   U"两委",       U"两会",     U"两岸",
    U"两旺",     U"两化",     U"两个维护", U"三农",     U"七夕",       U"八一",     U"二维码",
    U"三维",     U"四维",     U"二氧化碳", U"三甲",     U"四上企业",   U"千万工程", U"百千万",
    U"万达",     U"万科",     U"万象",     U"百度",     U"千禧",       U"亿纬",     U"百威",
    U"三星",     U"三菱",     U"一汽",     U"三一",     U"九龙",       U"百花",     U"千年",
    U"百年",     U"万能",
});

bool starts(std::u32string_view text, std::u32string_view word) { return text.starts_with(word); }

}  // namespace

bool contains(std::u32string_view text, std::u32string_view word) {
  return text.find(word) != std::u32string_view::npos;
}

bool contains_any(std::u32string_view text, std::span<const std::u32string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return contains(text, word); });
}

const UnitWord* unit_at(std::u32string_view text) {
  const UnitWord* best = nullptr;
  for (const UnitWord& unit : kUnits) {
    if (starts(text, unit.word) && (best == nullptr || unit.word.size() > best->word.size())) {
      best = &unit;
    }
  }
  return best;
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

const NounWord* noun_at_or_after(std::u32string_view text) {
  const NounWord* best = nullptr;
  size_t best_at = 0;
  for (const NounWord& noun : kNouns) {
    size_t at = text.find(noun.word);
    if (at == std::u32string_view::npos) continue;
    bool is_better =
        best == nullptr || at < best_at || (at == best_at && noun.word.size() > best->word.size());
    if (is_better) best = &noun, best_at = at;
  }
  return best;
}

const QualifierWord* qualifier_before(std::u32string_view clause) {
  for (const QualifierWord& word : kBefore) {
    if (clause.ends_with(word.word)) return &word;
  }
  static constexpr QualifierWord kShare{U"约占", Qualifier::about};
  return contains(clause, kShare.word) ? &kShare : nullptr;
}

const QualifierWord* qualifier_after(std::u32string_view rest) {
  for (const QualifierWord& word : kAfter) {
    if (starts(rest, word.word)) return &word;
  }
  return nullptr;
}

size_t idiom_at(std::u32string_view text) {
  size_t longest = 0;
  for (std::u32string_view idiom : kIdioms) {
    if (starts(text, idiom)) longest = std::max(longest, idiom.size());
  }
  return longest;
}

}  // namespace wutong::page
