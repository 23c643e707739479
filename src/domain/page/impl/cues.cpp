#include "domain/page/impl/cues.hpp"

#include <array>

#include "domain/page/impl/words.hpp"

namespace wutong::page {

namespace {

struct CueWord {
  std::u32string_view word;
  Cue cue;
};

constexpr auto kCues = std::to_array<CueWord>({
    {U"增长", Cue::rise},     {U"增加", Cue::rise},        {U"上升", Cue::rise},
    {U"提高", Cue::rise},     {U"提升", Cue::rise},        {U"上涨", Cue::rise},
    {U"攀升", Cue::rise},     {U"回升", Cue::rise},        {U"加快", Cue::rise},
    {U"加速", Cue::rise},     {U"提速", Cue::rise},        {U"增产", Cue::rise},
    {U"增收", Cue::rise},     {U"增多", Cue::rise},        {U"增", Cue::rise},
    {U"涨", Cue::rise},       {U"升", Cue::rise},          {U"同比", Cue::rise},
    {U"环比", Cue::rise},     {U"年均", Cue::rise},        {U"跃升", Cue::rise},
    {U"激增", Cue::rise},     {U"递增", Cue::rise},        {U"高", Cue::rise},
    {U"快", Cue::rise},       {U"反弹", Cue::rise},        {U"拉动", Cue::rise},
    {U"下降", Cue::fall},     {U"减少", Cue::fall},        {U"降低", Cue::fall},
    {U"下跌", Cue::fall},     {U"回落", Cue::fall},        {U"下滑", Cue::fall},
    {U"负增长", Cue::fall},   {U"压缩", Cue::fall},        {U"压减", Cue::fall},
    {U"缩短", Cue::fall},     {U"缩减", Cue::fall},        {U"缩小", Cue::fall},
    {U"精简", Cue::fall},     {U"放缓", Cue::fall},        {U"减产", Cue::fall},
    {U"减亏", Cue::fall},     {U"下调", Cue::fall},        {U"降", Cue::fall},
    {U"减", Cue::fall},       {U"跌", Cue::fall},          {U"下挫", Cue::fall},
    {U"走低", Cue::fall},     {U"萎缩", Cue::fall},        {U"降本", Cue::fall},
    {U"低", Cue::fall},       {U"慢", Cue::fall},          {U"收窄", Cue::narrow},
    {U"扩大", Cue::widen},    {U"降幅", Cue::fall_amount}, {U"跌幅", Cue::fall_amount},
    {U"增速", Cue::growth},   {U"增幅", Cue::growth},      {U"涨幅", Cue::growth},
    {U"增长率", Cue::growth}, {U"增长速度", Cue::growth},  {U"升幅", Cue::growth},
    {U"占", Cue::share},      {U"占比", Cue::share},       {U"比重", Cue::share},
    {U"份额", Cue::share},    {U"比例", Cue::share},       {U"增长面", Cue::share},
    {U"亏损面", Cue::share},  {U"覆盖面", Cue::share},     {U"占有率", Cue::share},
    {U"市占率", Cue::share},  {U"率", Cue::rate},          {U"强度", Cue::rate},
    {U"程度", Cue::rate},     {U"系数", Cue::rate},        {U"利率", Cue::rate},
    {U"满意度", Cue::rate},   {U"自然增长率", Cue::rate},  {U"浓度", Cue::rate},
    {U"转化率", Cue::rate},   {U"进度", Cue::rate},        {U"毛利", Cue::rate},
    {U"净利", Cue::rate},     {U"降水", Cue::rate},        {U"的贡献", Cue::rate},
    {U"上浮", Cue::rise},     {U"上调", Cue::rise},        {U"下浮", Cue::fall},
    {U"压降", Cue::fall},     {U"便宜", Cue::fall},
});

// Words with the letters of a cue that are none, and verbs that tell a level.
constexpr auto kOther = std::to_array<CueWord>({
    {U"增加值", Cue::rise},    {U"增至", Cue::rise},     {U"增长到", Cue::rise},
    {U"增长至", Cue::rise},    {U"增加到", Cue::rise},   {U"增加至", Cue::rise},
    {U"上升到", Cue::rise},    {U"上升至", Cue::rise},   {U"升至", Cue::rise},
    {U"升到", Cue::rise},      {U"提高到", Cue::rise},   {U"提高至", Cue::rise},
    {U"提升到", Cue::rise},    {U"提升至", Cue::rise},   {U"跃升至", Cue::rise},
    {U"跃升到", Cue::rise},    {U"攀升至", Cue::rise},   {U"上涨至", Cue::rise},
    {U"上涨到", Cue::rise},    {U"扩大到", Cue::rise},   {U"扩大至", Cue::rise},
    {U"回升至", Cue::rise},    {U"回升到", Cue::rise},   {U"降至", Cue::fall},
    {U"降到", Cue::fall},      {U"下降到", Cue::fall},   {U"下降至", Cue::fall},
    {U"降低到", Cue::fall},    {U"降低至", Cue::fall},   {U"减少到", Cue::fall},
    {U"减少至", Cue::fall},    {U"减至", Cue::fall},     {U"压缩到", Cue::fall},
    {U"压缩至", Cue::fall},    {U"压减至", Cue::fall},   {U"压减到", Cue::fall},
    {U"缩短到", Cue::fall},    {U"缩短至", Cue::fall},   {U"缩小为", Cue::fall},
    {U"缩小到", Cue::fall},    {U"收窄至", Cue::fall},   {U"收窄到", Cue::fall},
    {U"回落至", Cue::fall},    {U"回落到", Cue::fall},   {U"高新", Cue::rise},
    {U"高质量", Cue::rise},    {U"高校", Cue::rise},     {U"高技术", Cue::rise},
    {U"最高", Cue::rise},      {U"高层次", Cue::rise},   {U"高级", Cue::rise},
    {U"高等", Cue::rise},      {U"高企", Cue::rise},     {U"高端", Cue::rise},
    {U"高效", Cue::rise},      {U"高速", Cue::rise},     {U"高铁", Cue::rise},
    {U"高中", Cue::rise},      {U"高达", Cue::rise},     {U"高峰", Cue::rise},
    {U"高水平", Cue::rise},    {U"高标准", Cue::rise},   {U"高价值", Cue::rise},
    {U"高成长", Cue::rise},    {U"新高", Cue::rise},     {U"快递", Cue::rise},
    {U"快速", Cue::rise},      {U"快报", Cue::rise},     {U"加快推进", Cue::rise},
    {U"加快建设", Cue::rise},  {U"提高服务", Cue::rise}, {U"升级", Cue::rise},
    {U"增值税", Cue::rise},    {U"增值", Cue::rise},     {U"增资", Cue::rise},
    {U"增持", Cue::rise},      {U"新增", Cue::rise},     {U"净增", Cue::rise},
    {U"增设", Cue::rise},      {U"增强", Cue::rise},     {U"增量", Cue::rise},
    {U"增进", Cue::rise},      {U"低碳", Cue::fall},     {U"低空", Cue::fall},
    {U"低收入", Cue::fall},    {U"低保", Cue::fall},     {U"最低", Cue::fall},
    {U"高于", Cue::rise},      {U"低于", Cue::fall},     {U"快于", Cue::rise},
    {U"慢于", Cue::fall},      {U"减免", Cue::fall},     {U"减税", Cue::fall},
    {U"减排", Cue::fall},      {U"降费", Cue::fall},     {U"降解", Cue::fall},
    {U"减负", Cue::fall},      {U"涨停", Cue::rise},     {U"占地", Cue::share},
    {U"占用", Cue::share},     {U"率先", Cue::rate},     {U"效率", Cue::rate},
    {U"率领", Cue::rate},      {U"降本增效", Cue::fall}, {U"扩大开放", Cue::widen},
    {U"由降转增", Cue::rise},  {U"由负转正", Cue::rise}, {U"由增转降", Cue::fall},
    {U"扩大内需", Cue::widen}, {U"减速", Cue::fall},     {U"减缓", Cue::fall},
    {U"下调至", Cue::fall},    {U"下调到", Cue::fall},   {U"上调至", Cue::rise},
    {U"上调到", Cue::rise},    {U"上浮至", Cue::rise},   {U"压降至", Cue::fall},
    {U"比例尺", Cue::share},   {U"降雨", Cue::fall},     {U"上升通道", Cue::rise},
});

struct MoodWord {
  std::u32string_view word;
  Mood mood;
};

constexpr auto kMoods = std::to_array<MoodWord>({
    {U"预计", Mood::expected},     {U"有望", Mood::expected},     {U"预期", Mood::expected},
    {U"预测", Mood::expected},     {U"料将", Mood::expected},     {U"将达", Mood::expected},
    {U"将超", Mood::expected},     {U"将突破", Mood::expected},   {U"将实现", Mood::expected},
    {U"将带动", Mood::expected},   {U"可实现", Mood::expected},   {U"可带动", Mood::expected},
    {U"力争", Mood::target},       {U"争取到", Mood::fact},       {U"争取新增", Mood::fact},
    {U"争取中央", Mood::fact},     {U"争取上级", Mood::fact},     {U"争取资金", Mood::fact},
    {U"争取增发", Mood::fact},     {U"争取专项", Mood::fact},     {U"争取省级", Mood::fact},
    {U"年度计划投", Mood::target}, {U"争取", Mood::target},       {U"确保", Mood::target},
    {U"目标是", Mood::target},     {U"目标为", Mood::target},     {U"目标:", Mood::target},
    {U"目标：", Mood::target},     {U"目标设定", Mood::target},   {U"目标定为", Mood::target},
    {U"计划新", Mood::target},     {U"计划建", Mood::target},     {U"计划到", Mood::target},
    {U"计划引", Mood::target},     {U"计划培", Mood::target},     {U"计划用", Mood::target},
    {U"计划在", Mood::target},     {U"计划于", Mood::target},     {U"计划将", Mood::target},
    {U"计划实", Mood::target},     {U"计划每", Mood::target},     {U"拟建", Mood::target},
    {U"拟新", Mood::target},       {U"拟引", Mood::target},       {U"将新建", Mood::target},
    {U"将建成", Mood::target},     {U"将新增", Mood::target},     {U"将引进", Mood::target},
    {U"将培育", Mood::target},     {U"努力实现", Mood::target},   {U"要达到", Mood::target},
    {U"已", Mood::fact},           {U"截至", Mood::fact},         {U"目前", Mood::fact},
    {U"今年以来", Mood::fact},     {U"超过预期", Mood::fact},     {U"好于预期", Mood::fact},
    {U"高于预期", Mood::fact},     {U"预期目标", Mood::fact},     {U"主要预期目标是", Mood::target},
    {U"预期目标是", Mood::target}, {U"预期目标为", Mood::target}, {U"预期寿命", Mood::fact},
    {U"市场预期", Mood::fact},     {U"低于预期", Mood::fact},     {U"符合预期", Mood::fact},
});

}  // namespace

namespace {

template <class Wanted>
std::optional<FoundCue> last_of(std::u32string_view text, Wanted is_wanted) {
  static const WordIndex<CueWord> cues{kCues};
  static const WordIndex<CueWord> other{kOther};
  std::optional<FoundCue> last;
  for (size_t at = 0; at < text.size();) {
    const CueWord* cue = cues.at(text.substr(at));
    const CueWord* none = other.at(text.substr(at));
    if (none != nullptr && (cue == nullptr || none->word.size() >= cue->word.size())) {
      at += none->word.size();
    } else if (cue != nullptr) {
      if (is_wanted(cue->cue)) last = FoundCue{cue->cue, at, at + cue->word.size()};
      at += cue->word.size();
    } else {
      ++at;
    }
  }
  return last;
}

}  // namespace

bool is_noun(Cue cue) { return cue == Cue::share || cue == Cue::rate || cue == Cue::growth; }

std::optional<FoundCue> last_cue(std::u32string_view text) {
  return last_of(text, [](Cue) { return true; });
}

std::optional<FoundCue> last_noun_cue(std::u32string_view text) { return last_of(text, is_noun); }

bool holds_cue(std::u32string_view text, Cue wanted) {
  for (const CueWord& word : kCues) {
    if (word.cue == wanted && text.find(word.word) != std::u32string_view::npos) return true;
  }
  return false;
}

std::vector<FoundMood> moods_in(std::u32string_view text) {
  static const WordIndex<MoodWord> moods{kMoods};
  std::vector<FoundMood> found;
  for (size_t at = 0; at < text.size();) {
    const MoodWord* word = moods.at(text.substr(at));
    if (word != nullptr) found.push_back({word->mood, at});
    at += word != nullptr ? word->word.size() : 1;
  }
  return found;
}

}  // namespace wutong::page
