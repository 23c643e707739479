// The words of the grammar as tables: units, counted nouns, qualifiers, idioms. Private; constant.
#pragma once

#include <span>
#include <string_view>

#include "domain/page/claim.hpp"

namespace wutong::page {

struct UnitWord {
  std::u32string_view word;
  std::string_view unit;  // code in claims; empty: the noun says what is counted
  Measure measure;
  int64_t factor = 1;  // to the unit of the code
};
// The unit that stands at the beginning of `text`; nullptr if none. Longest first; words that only
// begin like a unit (成立, 年级, 部门) are none.
const UnitWord* unit_at(std::u32string_view text);

// Noun → what is counted; used after a counter (家 个 所 …) or before it.
struct NounWord {
  std::u32string_view word;
  std::string_view unit;
};
const NounWord* noun_in(std::u32string_view text);           // the last that stands in it
const NounWord* noun_at_or_after(std::u32string_view text);  // the first that stands in it

struct QualifierWord {
  std::u32string_view word;
  Qualifier qualifier;
};
// At the end of the clause, or 约占 … earlier in it.
const QualifierWord* qualifier_before(std::u32string_view clause);
const QualifierWord* qualifier_after(std::u32string_view rest);  // at its beginning

// Length of an idiom or name at the beginning of `text` whose numeral counts nothing; 0 if none.
size_t idiom_at(std::u32string_view text);

// 成 in 三成, not in 三成立.
bool is_tenth(std::u32string_view from_cheng);

// What gets past a mark: 首家突破100亿元.
constexpr std::u32string_view kPassing[] = {U"突破", U"超过", U"跨过", U"跨越", U"迈过",
                                            U"越过", U"冲破", U"达到", U"跃上", U"破"};

bool contains(std::u32string_view text, std::u32string_view word);
bool contains_any(std::u32string_view text, std::span<const std::u32string_view> words);
bool ends_with_any(std::u32string_view text, std::span<const std::u32string_view> words);
bool starts_with_any(std::u32string_view text, std::span<const std::u32string_view> words);

}  // namespace wutong::page
