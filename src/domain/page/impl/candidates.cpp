#include "domain/page/impl/candidates.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "domain/page/impl/subjects.hpp"

namespace wutong::page {

namespace {

// Marks that part one number's words from the next one's.
constexpr std::u32string_view kMarks = U"，、。；;：:,()0123456789";

// “带动2000多人就业”, “节约了近200万元的资金”: a name that the number stands in the middle of.
std::string around_number(const Around& words) {
  constexpr std::string_view kBefore[] = {"近", "约", "超过", "超", "逾", "达到", "达", "了", "共"};
  constexpr std::string_view kAfter[] = {"的", "左右", "以上"};
  std::string_view before = words.before, after = words.after;
  for (bool is_cut = true; is_cut;) {
    is_cut = false;
    for (std::string_view word : kBefore) {
      if (!before.ends_with(word)) continue;
      before.remove_suffix(word.size());
      is_cut = true;
    }
  }
  for (std::string_view word : kAfter) {
    if (after.starts_with(word)) after.remove_prefix(word.size());
  }
  return before.empty() || after.empty() ? "" : std::string(before) + std::string(after);
}

// 帮(代)办 is one word: brackets around two characters at most part nothing.
std::u32string without_short_brackets(std::u32string text) {
  constexpr size_t kInside = 2;
  for (size_t at = text.find(U'('); at != std::u32string::npos; at = text.find(U'(', at + 1)) {
    const size_t end = text.find(U')', at);
    if (end == std::u32string::npos) break;
    if (end - at - 1 > kInside) continue;
    text.erase(end, 1);
    text.erase(at, 1);
  }
  return text;
}

}  // namespace

Around around(const Claim& claim) {
  std::u32string before = without_short_brackets(to_code_points(claim.before));
  std::u32string after = without_short_brackets(to_code_points(claim.after));
  const size_t mark = before.find_last_of(kMarks);
  if (mark != std::u32string::npos) before.erase(0, mark + 1);
  after.resize(std::min(after.size(), after.find_first_of(kMarks)));
  return {fold_words(to_utf8(before)), fold_words(to_utf8(after))};
}

// Where the name of a dimension value counts: at the number, at the indicator's own name (`own`,
// which may be empty), or behind a preposition: 为重大项目提供….
std::string Candidates::beside(const Around& words, const std::string& own) {
  constexpr char kMark = '|';
  std::string out = words.before;
  out += kMark;
  out += words.after;
  if (own.empty()) return out;
  for (size_t at = out.find(own); at != std::string::npos; at = out.find(own)) {
    out.erase(at, own.size());
    out.insert(at, 1, kMark);
  }
  return out;
}

void Candidates::add(const Claim& claim, std::string_view text, bool is_local, bool is_last_first,
                     std::vector<Candidate>& out) const {
  std::vector<FoundIndicator> found = names_.indicators_in(text);
  if (is_last_first) std::reverse(found.begin(), found.end());
  const Around words = around(claim);
  for (const FoundIndicator& each : found) {
    const bool is_known = std::any_of(out.begin(), out.end(), [&](const Candidate& known) {
      return known.definition == each.definition;
    });
    if (is_known) continue;
    const std::string own = fold_words(text).substr(each.from, each.to - each.from);
    out.push_back({each.definition, names_.values_in(*each.definition, beside(words, own)),
                   is_local, own.size()});
  }
}

std::vector<Candidate> Candidates::named(const Claim& claim) const {
  std::vector<Candidate> out;
  add_ahead(claim, out);
  add_windowed(claim, out);
  if (!claim.list_name.empty()) add(claim, claim.list_name, true, true, out);
  const Around words = around(claim);
  // What is counted follows its number: 200余家跨境电商企业.
  const bool counts = claim.measure == Measure::count || claim.measure == Measure::ordinal;
  if (counts) add(claim, words.after, true, false, out);
  if (counts || claim.measure == Measure::money) {
    add(claim, around_number(words), true, true, out);
  }
  add(claim, words.before, true, true, out);
  add(claim, claim.before, true, true, out);
  add(claim, claim.after, true, false, out);
  // A span is told before what it spans: 短短三个月，…建成并投产.
  if (claim.measure == Measure::duration && claim.against == Against::nothing) {
    const std::string& sentence = reading_.sentences[claim.sentence];
    const size_t at = sentence.find(claim.after);
    if (at != std::string::npos) add(claim, sentence.substr(at), true, false, out);
  }
  for (const std::string& clause : claim.earlier) add(claim, clause, false, true, out);
  return out;
}

// “投产后一年时间内产值达到”: the indicator of that window whose name ends as what is named here.
void Candidates::add_windowed(const Claim& claim, std::vector<Candidate>& out) const {
  std::optional<Decimal> months;
  for (const Claim& other : reading_.claims) {
    const bool is_window = other.sentence == claim.sentence && other.start < claim.start &&
                           other.measure == Measure::duration && other.value &&
                           other.interval.low == Decimal(0) && !other.interval.is_low_closed;
    if (is_window) months = mul(*other.value, Decimal(other.unit == "years" ? 12 : 1));
  }
  if (!months || claim.measure == Measure::duration) return;
  const std::string clause = fold_words(claim.before);
  for (const FoundIndicator& found : names_.indicators_in(claim.before)) {
    const std::string word = clause.substr(found.from, found.to - found.from);
    for (const indicator::Definition& definition : records_.catalog->indicators->all()) {
      if (!definition.window || *months != Decimal(definition.window->months)) continue;
      std::vector<std::string> names = definition.aliases;
      names.push_back(definition.title.zh);
      const bool is_it = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        return fold_words(name).ends_with(word);
      });
      if (is_it) out.push_back({&definition, {}, true, word.size()});
    }
  }
}

// “预计…产值将达到”: an indicator whose name is that of a forecast or target of what is named here.
void Candidates::add_ahead(const Claim& claim, std::vector<Candidate>& out) const {
  const bool is_expected = claim.qualifier == Qualifier::expected;
  if (!is_expected && claim.qualifier != Qualifier::target) return;
  constexpr std::string_view kExpected[] = {"预计", "预期"}, kTarget[] = {"目标", "计划"};
  const std::string clause = fold_words(claim.before);
  for (const indicator::Definition& definition : records_.catalog->indicators->all()) {
    std::vector<std::string> names = definition.aliases;
    names.push_back(definition.title.zh);
    const bool is_it = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      const std::string folded = fold_words(name);
      for (std::string_view word : is_expected ? kExpected : kTarget) {
        const bool has_rest = folded.starts_with(word) && folded.size() > word.size() &&
                              clause.find(folded.substr(word.size())) != std::string::npos;
        if (has_rest) return true;
      }
      return false;
    });
    if (is_it) out.push_back({&definition, {}, true, 0});
  }
}

}  // namespace wutong::page
