#include "domain/page/impl/findings.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"

namespace wutong::page {

namespace {

constexpr std::string_view kMarks[] = {"、", "，", "和", "与", "及", ",", "“", "”"};

// The parts of an enumeration that ends `text`, the nearest last: 政、校、企.
std::vector<std::string> enumeration_before(std::string_view text) {
  std::vector<std::string> parts{""};
  for (size_t at = 0; at < text.size();) {
    size_t skipped = 0;
    for (std::string_view mark : kMarks) {
      if (text.compare(at, mark.size(), mark) == 0) skipped = mark.size();
    }
    if (skipped > 0) {
      parts.emplace_back();
      at += skipped;
      continue;
    }
    parts.back() += text[at++];
  }
  return parts;
}

// Of several parts the same number of characters each, and no more than four: single words in a
// row. Then the words count themselves.
size_t length_of_row(const std::vector<std::string>& parts) {
  size_t count = 0, length = 0;
  for (size_t i = parts.size(); i > 0; --i) {
    const size_t own = count_code_points(parts[i - 1]);
    if (own == 0) break;
    const bool is_first = count > 0 && own > length;  // with the words before the row: 打造政府牵头
    if (count > 0 && own < length) break;
    if (count == 0 && own > 4) break;
    ++count;
    if (is_first) break;
    length = own;
  }
  return count;
}

// Claims of one figure's digits stand for it in words: 三方, 三方面.
void find_counted_words(Findings& findings) {
  const Reading& reading = findings.reading;
  for (size_t i = 0; i < reading.claims.size(); ++i) {
    const Claim& claim = reading.claims[i];
    const bool is_counted = claim.unit == "parties" && claim.value && claim.value->is_integer();
    if (!is_counted) continue;
    const size_t named = length_of_row(enumeration_before(claim.before));
    if (named < 2 || *claim.value == Decimal(static_cast<int64_t>(named))) continue;
    const std::string said = claim.value->to_string_short(), count = std::to_string(named);
    findings.add("count_of_list", Weight::fault, {i},
                 "文中说 " + said + " 方，前面列出的是 " + count + " 方",
                 "the text says " + said + " sides, " + count + " are listed before it");
  }
}

std::vector<Subject> subject_of(const Findings& findings, size_t claim) {
  auto about = findings.subjects.of(claim);
  if (about.size() > 1) about.resize(1);
  return about;
}

// Stages of a park and of a firm in their natural order; those of one rank have none.
struct Stage {
  std::string_view word;
  int chain;
  int rank;
};
constexpr Stage kStages[] = {{"启动", 0, 0}, {"动工", 0, 1}, {"开工", 0, 1},   {"竣工", 0, 2},
                             {"建成", 0, 2}, {"开园", 0, 3}, {"意向书", 1, 0}, {"签约", 1, 1},
                             {"落户", 1, 2}, {"入驻", 1, 2}, {"投产", 1, 3},   {"进站", 2, 0},
                             {"出站", 2, 1}};

struct Staged {
  size_t claim;
  const Stage* stage;
  std::vector<Subject> subject;
};

void find_stages(Findings& findings) {
  std::vector<Staged> staged;
  for (size_t i = 0; i < findings.reading.claims.size(); ++i) {
    const Claim& claim = findings.reading.claims[i];
    if (claim.measure != Measure::date || !claim.last) continue;
    const Stage* nearest = nullptr;
    size_t best = std::string::npos;
    for (const Stage& stage : kStages) {
      const size_t at = claim.after.find(stage.word);
      if (at < best) best = at, nearest = &stage;
    }
    if (nearest != nullptr) staged.push_back({i, nearest, subject_of(findings, i)});
  }
  for (const Staged& a : staged) {
    for (const Staged& b : staged) {
      const Claim& first = findings.reading.claims[a.claim];
      const Claim& second = findings.reading.claims[b.claim];
      const bool is_pair = first.story == second.story && a.stage->chain == b.stage->chain &&
                           a.stage->rank < b.stage->rank && a.subject == b.subject;
      if (!is_pair || *first.first <= *second.last) continue;
      findings.add("date_order", Weight::fault, {a.claim, b.claim},
                   "“" + std::string(a.stage->word) + "”（" + first.quote + "）晚于“" +
                       std::string(b.stage->word) + "”（" + second.quote + "），次序不合",
                   "\"" + first.quote + "\" is later than \"" + second.quote +
                       "\", against their natural order");
    }
  }
}

// n years of growth in a row compare n + 1 yearly values. A subject whose first milestone the text
// dates has only the whole years after it.
void find_streaks(Findings& findings) {
  const Reading& reading = findings.reading;
  for (size_t i = 0; i < reading.claims.size(); ++i) {
    const Claim& claim = reading.claims[i];
    const bool is_streak = claim.against == Against::years_running && claim.value &&
                           claim.value->is_integer() && findings.day;
    if (!is_streak) continue;
    const auto about = subject_of(findings, i);
    if (about.empty() || about.front().kind == Subject::Kind::zone) continue;
    std::optional<size_t> start;
    for (size_t k = 0; k < reading.claims.size(); ++k) {
      const Claim& other = reading.claims[k];
      const bool is_start = other.story == claim.story && other.measure == Measure::date &&
                            other.first->year() < findings.day->year() &&
                            subject_of(findings, k) == about;
      if (is_start && (!start || *other.first < *reading.claims[*start].first)) start = k;
    }
    if (!start) continue;
    const int years = findings.day->year() - 1 - reading.claims[*start].first->year();
    const Decimal needed = *add(*claim.value, Decimal(1));
    if (needed <= Decimal(years)) continue;
    const std::string n = claim.value->to_string_short(), all = needed.to_string_short();
    const std::string there = std::to_string(std::max(years, 0));
    findings.add("streak_too_long", Weight::caution, {*start, i},
                 "连续 " + n + " 年增长要有 " + all + " 个年度的数；自“" +
                     reading.claims[*start].quote + "”以后只有 " + there + " 个完整年度",
                 n + " years of growth in a row need " + all + " yearly values; since \"" +
                     reading.claims[*start].quote + "\" there are " + there + " whole years");
  }
}

// Figures that are not recorded as said, right of another period or in another unit.
void find_elsewhere(Findings& findings) {
  for (size_t i = 0; i < findings.judgements.size(); ++i) {
    const Judgement& judgement = findings.judgements[i];
    if (judgement.elsewhere.empty()) continue;
    const std::string& quote = findings.reading.claims[i].quote;
    if (!judgement.other_unit.is_plain()) {
      findings.add("other_unit", Weight::caution, {i},
                   "“" + quote + "”没有记录，却与 " + judgement.elsewhere + " 相符，其单位是“" +
                       std::string(judgement.other_unit.zh()) + "”，请核对单位",
                   "\"" + quote + "\" is not recorded, and agrees with " + judgement.elsewhere +
                       ", which counts " + std::string(judgement.other_unit.en()) +
                       "; check the unit");
      continue;
    }
    if (!judgement.other_name.zh.empty()) {
      findings.add("other_name", Weight::caution, {i},
                   "“" + quote + "”没有记录，却与“" + judgement.other_name.zh + "”的 " +
                       judgement.elsewhere + " 相符，请核对名称",
                   "\"" + quote + "\" is not recorded, and agrees with " + judgement.elsewhere +
                       " (" + judgement.other_name.en + "); check the name");
      continue;
    }
    findings.add("other_period", Weight::caution, {i},
                 "“" + quote + "”在所说的时期没有记录，却与另一时期的 " + judgement.elsewhere +
                     " 相符，请核对时期",
                 "\"" + quote + "\" is not recorded for its period, and agrees with " +
                     judgement.elsewhere + "; check the period");
  }
}

// “较上月增速提升3.4%”: a rate moves by points, not by percent.
void find_percent_for_points(Findings& findings) {
  constexpr std::string_view kRates[] = {"增速", "增幅", "占比", "比重"};
  constexpr std::string_view kMoves[] = {"提升", "提高", "回落", "加快", "放缓", "收窄", "扩大"};
  const auto holds = [](std::string_view text, std::span<const std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
      return text.find(word) != std::string_view::npos;
    });
  };
  for (size_t i = 0; i < findings.reading.claims.size(); ++i) {
    const Claim& claim = findings.reading.claims[i];
    const bool is_move = claim.unit == "percent" && claim.value && holds(claim.before, kRates) &&
                         holds(claim.before, kMoves) &&
                         claim.before.find("较") != std::string::npos;
    if (!is_move || claim.before.find("提高到") != std::string::npos ||
        claim.before.find("提升至") != std::string::npos) {
      continue;
    }
    findings.add("percent_for_points", Weight::caution, {i},
                 "增速或比重的变动“" + claim.quote + "”应以个百分点表示，请核对单位",
                 "a change of a rate, \"" + claim.quote +
                     "\", is said in percentage points; check the unit");
  }
}

// The number of one or two digits that ends the text; -1: none does.
int number_before(std::string_view text) {
  size_t from = text.size();
  while (from > 0 && text[from - 1] >= '0' && text[from - 1] <= '9') --from;
  const std::string_view digits = text.substr(from);
  if (digits.empty() || digits.size() > 2) return -1;
  int number = 0;
  for (char c : digits) number = number * 10 + (c - '0');
  return number;
}

// 10月98日: a day that no calendar has.
void find_impossible_days(Findings& findings) {
  constexpr std::string_view kMonth = "月", kDay = "日";
  for (const std::string& sentence : findings.reading.sentences) {
    for (size_t at = sentence.find(kMonth); at != std::string::npos;
         at = sentence.find(kMonth, at + 1)) {
      const size_t day = sentence.find(kDay, at);
      const size_t from = at + kMonth.size();
      if (day == std::string::npos || day - from > 2) continue;
      const int month = number_before(std::string_view(sentence).substr(0, at));
      const int number = number_before(std::string_view(sentence).substr(from, day - from));
      constexpr int kLeapYear = 2024;
      const bool is_known = month >= 0 && number >= 0;
      if (!is_known || Date::from_ymd(kLeapYear, month, number)) continue;
      const std::string said = std::to_string(month) + "月" + std::to_string(number) + "日";
      findings.add("impossible_day", Weight::fault, {}, "没有“" + said + "”这一天",
                   "there is no day " + said);
    }
  }
}

// 40月中旬, 2024年13月: a month that no calendar has. A bare 18月 may be a span of months.
void find_impossible_months(Findings& findings) {
  constexpr int kMonths = 12;
  constexpr std::string_view kMonth = "月", kYear = "年";
  constexpr std::string_view kParts[] = {"上旬", "中旬", "下旬", "初",  "中",
                                         "底",   "末",   "份",   "以来"};
  for (const std::string& sentence : findings.reading.sentences) {
    for (size_t at = sentence.find(kMonth); at != std::string::npos;
         at = sentence.find(kMonth, at + 1)) {
      const std::string_view before = std::string_view(sentence).substr(0, at);
      const std::string_view after = std::string_view(sentence).substr(at + kMonth.size());
      const int month = number_before(before);
      if (month < 0 || (month >= 1 && month <= kMonths)) continue;
      const size_t from = before.find_last_not_of("0123456789") + 1;
      const bool is_month = before.substr(0, from).ends_with(kYear) ||
                            std::any_of(std::begin(kParts), std::end(kParts),
                                        [&](auto part) { return after.starts_with(part); });
      if (!is_month) continue;
      const std::string said(before.substr(from));
      findings.add("impossible_month", Weight::fault, {}, "没有“" + said + "月”这个月份",
                   "there is no month " + said);
    }
  }
}

// 2821年, 0024年: four digits before 年 that are no year of records, and no span of time.
void find_unlikely_years(Findings& findings) {
  constexpr int kFirst = 1840, kLast = 2100;
  constexpr size_t kDigits = 4;
  constexpr std::string_view kYear = "年";
  constexpr std::string_view kSpanBefore[] = {"有", "约", "近", "距今", "长达", "超过", "上下"};
  constexpr std::string_view kSpanAfter[] = {"历史", "的历史", "前", "以前", "来", "以来", "间"};
  for (const std::string& sentence : findings.reading.sentences) {
    for (size_t at = sentence.find(kYear); at != std::string::npos;
         at = sentence.find(kYear, at + 1)) {
      const std::string_view before = std::string_view(sentence).substr(0, at);
      const std::string_view after = std::string_view(sentence).substr(at + kYear.size());
      const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
      size_t from = at;
      while (from > 0 && is_digit(before[from - 1])) --from;
      if (at - from != kDigits || before.substr(0, from).ends_with(".")) continue;
      int year = 0;
      for (char c : before.substr(from)) year = year * 10 + (c - '0');
      const bool is_span =
          std::any_of(std::begin(kSpanBefore), std::end(kSpanBefore),
                      [&](auto word) { return before.substr(0, from).ends_with(word); }) ||
          std::any_of(std::begin(kSpanAfter), std::end(kSpanAfter),
                      [&](auto word) { return after.starts_with(word); });
      if (is_span || (year >= kFirst && year <= kLast)) continue;
      const std::string said(before.substr(from));
      findings.add("unlikely_year", Weight::caution, {}, "“" + said + "年”不像所说的年份，请核对",
                   said + " is hardly the year that is meant; check it");
    }
  }
}

}  // namespace

void Findings::add(std::string kind, Weight weight, std::vector<size_t> claims, std::string zh,
                   std::string en) {
  out.push_back({std::move(kind), std::move(claims), {std::move(zh), std::move(en)}, weight});
}

void find_in_lists(Findings& findings) {
  for (const NameList& list : findings.reading.lists) {
    std::set<std::string> seen;
    for (const std::string& name : list.names) {
      if (seen.insert(name).second) continue;
      findings.add("duplicate_name", Weight::fault, list.claims,
                   "“分别”之前的名称“" + name + "”出现两次，各数不能一一对应，请核对名称",
                   "the name \"" + name +
                       "\" stands twice in a list by position; the values "
                       "cannot be told apart, check the names");
    }
    if (list.names.size() == list.claims.size()) continue;
    const std::string names = std::to_string(list.names.size());
    const std::string values = std::to_string(list.claims.size());
    findings.add("list_mismatch", Weight::fault, list.claims,
                 "“分别”之前有 " + names + " 个名称，之后有 " + values + " 个数",
                 "a list by position has " + names + " names and " + values + " values");
  }
  find_counted_words(findings);
}

void find_in_times(Findings& findings) {
  find_percent_for_points(findings);
  find_impossible_days(findings);
  find_unlikely_years(findings);
  find_impossible_months(findings);
  find_elsewhere(findings);
  find_stages(findings);
  find_streaks(findings);
}

std::vector<Finding> find_findings(const Reading& reading, const std::vector<Judgement>& judgements,
                                   const Subjects& subjects, std::span<const ZoneRecords> zones,
                                   std::optional<Date> day) {
  Findings findings{reading, judgements, subjects, zones, day, {}};
  find_in_lists(findings);
  find_in_times(findings);
  find_in_counts(findings);
  find_by_solving(findings);
  return std::move(findings.out);
}

}  // namespace wutong::page
