// What reading a text gives: stories and claims. A claim is one figure (or date, or period) as a
// reader takes it: where it stands, its value and unit, the interval that the words allow, and the
// words around it from which its indicator, subject and period follow. Plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "base/error.hpp"
#include "base/period.hpp"

namespace wutong::page {

enum class Measure {
  money,
  area,
  count,
  level,
  rate,
  share,
  yoy,
  pp_change,
  pp_gap,
  multiple,
  rank,
  ordinal,
  duration,
  date,
  period
};
std::string_view to_string(Measure measure);

enum class Qualifier {
  exact,
  odd,
  more_than,
  over,
  at_least,
  at_most,
  less_than,
  nearly,
  about,
  as_much_as,
  expected,
  target,
  range
};
std::string_view to_string(Qualifier qualifier);

// What a number is compared with, as the words say.
enum class Against {
  nothing,
  month_before,
  quarter_before,
  half_before,    // 较上月, 较一季度, 较上半年
  area,           // 全国, 全省, 全市 …: see Claim::reference
  each_quarter,   // 均
  years_running,  // 连续六年
  peers,          // 第一, 唯一
  year_before     // a change in points since the same time of the year before: 同比提高
};

// What a growth (Measure::yoy) is measured from.
enum class Basis {
  none,
  year_before,      // 同比, 比上年; also where nothing is said
  period_before,    // 环比, 比上月
  annual_average,   // 年均
  two_year_average  // 两年平均
};
std::string_view to_string(Basis basis);

// A bound that is absent is open to infinity.
struct Interval {
  std::optional<Decimal> low;
  std::optional<Decimal> high;
  bool is_low_closed = false;
  bool is_high_closed = false;
  bool contains(const Decimal& value) const;
};

struct Claim {
  size_t story = 0;
  size_t start = 0;  // code points of the text
  size_t end = 0;
  std::string quote;  // as printed, without line breaks
  Measure measure = Measure::count;
  // In the base unit; percent as printed, a fall negative. Growth of 1.5倍 is 1.5 "times". Absent
  // where only an interval is said: 5%—8%, 数十.
  std::optional<Decimal> value;
  std::string unit;  // "CNY", "percent", "enterprises", …
  Qualifier qualifier = Qualifier::exact;
  Interval interval;                // of a number
  std::optional<Date> first, last;  // of a date or period
  std::vector<Period> periods;      // readings, the likelier first; empty: no date is given
  bool is_period_carried = false;   // from an earlier sentence
  // An amount by which something changed, a fall negative: 比上年减少46.3亿元. Never a level.
  bool is_change = false;
  Against against = Against::nothing;
  Basis basis = Basis::none;
  std::string when;       // the words that say when, also where they name no period: 国庆假期
  std::string reference;  // the words that name what it is compared with
  std::string before;     // the clause up to the number
  std::string after;      // the clause from the number on
  std::vector<std::string>
      earlier;                 // clauses before it, nearest first, to the paragraph's beginning
  size_t sentence = 0;         // of Reading::sentences
  std::string list_name;       // name by position in a 分别 list
  std::optional<size_t> list;  // which list it belongs to

  // Is a recorded figure what the words say? In the figure's own unit: growth is recorded in
  // percent, also where the words say 倍 (domain.md 2.4: 增长1.5倍 is 150 percent).
  bool allows(const Decimal& recorded) const;
};

struct Story {
  std::string heading;
  std::string text;  // headings and paragraphs, joined
};

struct NameList {
  std::vector<std::string> names;
  std::vector<size_t> claims;
};

struct SentencePlace {
  size_t story = 0;
  size_t paragraph = 0;  // code point of the text where it begins
  bool is_heading = false;
};

struct Reading {
  std::vector<Story> stories;
  std::vector<Claim> claims;
  std::vector<NameList> lists;  // 分别 lists
  std::vector<std::string> sentences;
  std::vector<SentencePlace> sentence_places;  // one a sentence
};

struct ReadOptions {
  std::optional<Date> published;  // where the text itself names no year
};

constexpr size_t kTextBytesMax = size_t{16} << 20;
constexpr size_t kClaimsMax = 50'000;

// Errors: too_large over kTextBytesMax or kClaimsMax. Any bytes are read; what is no UTF-8 is no
// figure. Pure; linear in the length of the text.
Result<Reading> read_text(std::string_view text, const ReadOptions& options = {});

}  // namespace wutong::page
