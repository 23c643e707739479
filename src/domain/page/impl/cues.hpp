// The words around a number that say what kind of number it is: growth and fall, shares, rates,
// gaps, plans. Private; constant.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace wutong::page {

enum class Cue {
  rise,         // 增长, 提高, 同比 …: a change upwards
  fall,         // 下降, 减少 …: a change downwards
  narrow,       // 收窄
  widen,        // 扩大
  fall_amount,  // 降幅, 跌幅: how much it fell
  growth,       // 增速, 增幅: a rate of growth
  share,        // 占, 比重 …
  rate,         // 率, 强度 …
};

struct FoundCue {
  Cue cue = Cue::rise;
  size_t from = 0;
  size_t to = 0;
};
// The last cue of the text, the longest word at each place. Verbs with 到 or 至 (提高到, 降至) say
// where a number stands now, not by how much it changed, and are no cues.
std::optional<FoundCue> last_cue(std::u32string_view text);
std::optional<FoundCue> last_noun_cue(std::u32string_view text);
// Does a cue of this kind stand anywhere in it?
bool holds_cue(std::u32string_view text, Cue cue);
bool is_noun(Cue cue);  // what is measured (比重, 率, 增速), not how it moves

// 预计, 有望: what will be; 力争, 目标: what is wanted; 已, 截至: what is.
enum class Mood { fact, expected, target };
struct FoundMood {
  Mood mood = Mood::fact;
  size_t at = 0;
};
std::vector<FoundMood> moods_in(std::u32string_view text);  // in order

}  // namespace wutong::page
