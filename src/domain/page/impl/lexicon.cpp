// Qualifiers, and the set phrases and names whose numeral is no quantity.
#include "domain/page/impl/lexicon.hpp"

#include <array>

#include "domain/page/impl/words.hpp"

namespace wutong::page {

namespace {

constexpr auto kBefore = std::to_array<QualifierWord>({
    {U"不低于", Qualifier::at_least},    {U"不少于", Qualifier::at_least},
    {U"至少", Qualifier::at_least},      {U"不小于", Qualifier::at_least},
    {U"不超过", Qualifier::at_most},     {U"不高于", Qualifier::at_most},
    {U"不多于", Qualifier::at_most},     {U"最高", Qualifier::at_most},
    {U"最长", Qualifier::at_most},       {U"封顶", Qualifier::at_most},
    {U"最高不超过", Qualifier::at_most}, {U"不过", Qualifier::at_most},
    {U"差不多有", Qualifier::about},     {U"差不多", Qualifier::about},
    {U"不及", Qualifier::less_than},     {U"至多", Qualifier::at_most},
    {U"最多", Qualifier::at_most},       {U"超过", Qualifier::more_than},
    {U"高于", Qualifier::more_than},     {U"多于", Qualifier::more_than},
    {U"大于", Qualifier::more_than},     {U"超出", Qualifier::more_than},
    {U"突破", Qualifier::over},          {U"冲破", Qualifier::over},
    {U"不足", Qualifier::less_than},     {U"不到", Qualifier::less_than},
    {U"不满", Qualifier::less_than},     {U"未满", Qualifier::less_than},
    {U"未达", Qualifier::less_than},     {U"低于", Qualifier::less_than},
    {U"少于", Qualifier::less_than},     {U"小于", Qualifier::less_than},
    {U"将近", Qualifier::nearly},        {U"接近", Qualifier::nearly},
    {U"逼近", Qualifier::nearly},        {U"大约", Qualifier::about},
    {U"大概", Qualifier::about},         {U"约为", Qualifier::about},
    {U"约占", Qualifier::about},         {U"约有", Qualifier::about},
    {U"约合", Qualifier::about},         {U"约", Qualifier::about},
    {U"近", Qualifier::nearly},          {U"超", Qualifier::more_than},
    {U"逾", Qualifier::more_than},       {U"破", Qualifier::over},
    {U"过", Qualifier::more_than},       {U"多达", Qualifier::as_much_as},
    {U"高达", Qualifier::as_much_as},
});
constexpr auto kAfter = std::to_array<QualifierWord>({
    {U"左右", Qualifier::about},
    {U"上下", Qualifier::about},
    {U"以上", Qualifier::at_least},
    {U"及以上", Qualifier::at_least},
    {U"以下", Qualifier::at_most},
    {U"及以下", Qualifier::at_most},
    {U"以内", Qualifier::at_most},
    {U"之内", Qualifier::at_most},
    {U"有余", Qualifier::odd},
    {U"或以上", Qualifier::at_least},
    {U"出头", Qualifier::odd},
    {U"开外", Qualifier::more_than},
    {U"不到", Qualifier::less_than},
});

struct Idiom {
  std::u32string_view word;
};

// Set phrases, titles of policies and names whose numeral is no quantity.
constexpr auto kIdioms = std::to_array<Idiom>({
    {U"第一时间"},   {U"第一线"},       {U"第一资源"}, {U"第一动力"}, {U"第一生产力"},
    {U"第一梯队"},   {U"第一方阵"},     {U"第一产业"}, {U"第二产业"}, {U"第三产业"},
    {U"第三方"},     {U"第二曲线"},     {U"第一要务"}, {U"第一责任"}, {U"第一书记"},
    {U"第一步"},     {U"第一批"},       {U"一站式"},   {U"一体化"},   {U"一体"},
    {U"一流"},       {U"一度"},         {U"一定"},     {U"一批"},     {U"一系列"},
    {U"一些"},       {U"一直"},         {U"一般"},     {U"一致"},     {U"一起"},
    {U"一律"},       {U"一旦"},         {U"一切"},     {U"一线"},     {U"一带一路"},
    {U"一较高低"},   {U"一公里"},       {U"一企一策"}, {U"一网通办"}, {U"一把手"},
    {U"一方面"},     {U"一步"},         {U"一时"},     {U"一手"},     {U"一样"},
    {U"一对一"},     {U"一事一议"},     {U"一业一证"}, {U"一件事"},   {U"一枚印章"},
    {U"一次性"},     {U"一窗"},         {U"一网统管"}, {U"一企一档"}, {U"一链一策"},
    {U"一村一品"},   {U"一产"},         {U"二产"},     {U"三产"},     {U"四梁八柱"},
    {U"双循环"},     {U"千行百业"},     {U"千方百计"}, {U"千家万户"}, {U"千企"},
    {U"百企"},       {U"千城"},         {U"百城"},     {U"百校"},     {U"万众"},
    {U"万物"},       {U"万家"},         {U"百姓"},     {U"百强"},     {U"百货"},
    {U"十四五"},     {U"十五五"},       {U"十三五"},   {U"十二五"},   {U"四川"},
    {U"三农"},       {U"三亚"},         {U"九江"},     {U"六安"},     {U"百色"},
    {U"三峡"},       {U"三角"},         {U"五一"},     {U"十一假期"}, {U"十一黄金周"},
    {U"三明"},       {U"四平"},         {U"五粮液"},   {U"两委"},     {U"两会"},
    {U"两岸"},       {U"两旺"},         {U"两化"},     {U"两个维护"}, {U"两个确立"},
    {U"两山"},       {U"两新"},         {U"两重"},     {U"两江"},     {U"两湖"},
    {U"两广"},       {U"两优一先"},     {U"两不愁"},   {U"七夕"},     {U"八一"},
    {U"三八"},       {U"六一"},         {U"二维码"},   {U"三维"},     {U"四维"},
    {U"二氧化碳"},   {U"一氧化碳"},     {U"三甲"},     {U"二甲"},     {U"四上企业"},
    {U"四上"},       {U"千万工程"},     {U"百千万"},   {U"万达"},     {U"万科"},
    {U"万象"},       {U"百度"},         {U"千禧"},     {U"亿纬"},     {U"百威"},
    {U"三星"},       {U"三菱"},         {U"一汽"},     {U"三一"},     {U"九龙"},
    {U"百花"},       {U"千年"},         {U"百年"},     {U"万能"},     {U"三次产业"},
    {U"三大"},       {U"四大"},         {U"五大"},     {U"六大"},     {U"七大"},
    {U"八大"},       {U"九大"},         {U"十大"},     {U"两大"},     {U"十分"},
    {U"三七互娱"},   {U"三好"},         {U"三公经费"}, {U"三无"},     {U"三包"},
    {U"三支一扶"},   {U"三跨"},         {U"三严三实"}, {U"三会一课"}, {U"三个代表"},
    {U"三权分置"},   {U"三位一体"},     {U"三北"},     {U"三江"},     {U"三门峡"},
    {U"三沙"},       {U"三水"},         {U"三晋"},     {U"三秦"},     {U"三湘"},
    {U"三新"},       {U"三废"},         {U"三维重建"}, {U"四化"},     {U"四个自信"},
    {U"四个意识"},   {U"四个全面"},     {U"四季"},     {U"四方"},     {U"四通"},
    {U"四好农村路"}, {U"五险一金"},     {U"五位一体"}, {U"五台山"},   {U"五金"},
    {U"五华"},       {U"五指山"},       {U"五湖四海"}, {U"六稳"},     {U"六保"},
    {U"六盘水"},     {U"六合"},         {U"七台河"},   {U"七匹狼"},   {U"八仙"},
    {U"八方"},       {U"八达岭"},       {U"八里"},     {U"九三学社"}, {U"九寨沟"},
    {U"九华山"},     {U"九州"},         {U"九阳"},     {U"十堰"},     {U"十足"},
    {U"十里"},       {U"百年老店"},     {U"百舸争流"}, {U"百花齐放"}, {U"百尺竿头"},
    {U"百日攻坚"},   {U"百日"},         {U"千人计划"}, {U"千岛湖"},   {U"千里"},
    {U"千帆"},       {U"千亩方"},       {U"万里"},     {U"万无一失"}, {U"万亩方"},
    {U"万州"},       {U"万宁"},         {U"万载"},     {U"万华"},     {U"万向"},
    {U"零距离"},     {U"零跑"},         {U"零碳"},     {U"零售"},     {U"零部件"},
    {U"零工"},       {U"零接触"},       {U"零容忍"},   {U"零门槛"},   {U"零首付"},
    {U"双一流"},     {U"双百"},         {U"双十一"},   {U"双十"},     {U"7×24小时"},
    {U"7x24小时"},   {U"24小时不打烊"}, {U"两年平均"}, {U"三年行动"}, {U"五年规划"},
    {U"五年行动"},   {U"十年禁"},       {U"三年以来"}, {U"三分天下"}, {U"一分为二"},
    {U"三番五次"},   {U"三三两两"},     {U"一五一十"}, {U"五颜六色"}, {U"七上八下"},
    {U"四面八方"},   {U"五彩"},         {U"五谷"},     {U"一二三产"}, {U"二三产业"},
    {U"一二线"},     {U"三四线"},       {U"两端"},     {U"两地"},     {U"两级"},
    {U"两侧"},       {U"两翼"},         {U"两手"},     {U"两用"},     {U"三级"},
    {U"四级"},       {U"五级"},         {U"两项数据"}, {U"两项指标"}, {U"三项指标"},
    {U"双千"},       {U"千兆"},         {U"万兆"},
});

}  // namespace

bool contains(std::u32string_view text, std::u32string_view word) {
  return text.find(word) != std::u32string_view::npos;
}

bool contains_any(std::u32string_view text, std::span<const std::u32string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return contains(text, word); });
}

bool ends_with_any(std::u32string_view text, std::span<const std::u32string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return text.ends_with(word); });
}

bool starts_with_any(std::u32string_view text, std::span<const std::u32string_view> words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return text.starts_with(word); });
}

const QualifierWord* qualifier_before(std::u32string_view clause) {
  while (clause.ends_with(U"了") || clause.ends_with(U" ")) clause.remove_suffix(1);
  const QualifierWord* best = nullptr;
  for (const QualifierWord& word : kBefore) {
    bool is_longer = best == nullptr || word.word.size() > best->word.size();
    if (is_longer && clause.ends_with(word.word)) best = &word;
  }
  if (best != nullptr) return best;
  static constexpr QualifierWord kEarlier[] = {{U"约占", Qualifier::about},
                                               {U"约合", Qualifier::about}};
  for (const QualifierWord& word : kEarlier) {
    if (contains(clause, word.word)) return &word;
  }
  // 不足全市的5%, 约为全国平均水平的2.2倍
  static constexpr QualifierWord kOfWhole[] = {
      {U"约为", Qualifier::about},     {U"不足", Qualifier::less_than},
      {U"不到", Qualifier::less_than}, {U"不及", Qualifier::less_than},
      {U"接近", Qualifier::nearly},    {U"超过", Qualifier::more_than}};
  for (const QualifierWord& word : kOfWhole) {
    if (clause.ends_with(U"的") && contains(clause, word.word)) return &word;
  }
  return nullptr;
}

const QualifierWord* qualifier_after(std::u32string_view rest) {
  for (const QualifierWord& word : kAfter) {
    if (!rest.starts_with(word.word)) continue;
    // 两千元不到; but 300人不到场
    constexpr std::u32string_view kEnds = U"，。、；！？,;!?”）)";
    const std::u32string_view next = rest.substr(word.word.size());
    const bool is_end = next.empty() || kEnds.find(next.front()) != std::u32string_view::npos;
    if (word.word != U"不到" || is_end) return &word;
  }
  return nullptr;
}

size_t idiom_at(std::u32string_view text) {
  static const WordIndex<Idiom> idioms{kIdioms};
  const Idiom* idiom = idioms.at(text);
  return idiom == nullptr ? 0 : idiom->word.size();
}

bool is_tenth(std::u32string_view from_cheng) {
  constexpr std::u32string_view kOther = U"为立功果本员长交绩就都熟品效型年片套批网链势规份";
  if (!from_cheng.starts_with(U"成")) return false;
  return from_cheng.size() == 1 || kOther.find(from_cheng[1]) == std::u32string_view::npos;
}

}  // namespace wutong::page
