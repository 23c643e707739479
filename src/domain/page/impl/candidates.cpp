#include "domain/page/impl/candidates.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "domain/page/impl/subjects.hpp"

namespace wutong::page {

namespace {

// Marks that part one number's words from the next one's.
constexpr std::u32string_view kMarks = U"，、。；;：:,()0123456789";

}  // namespace

Around around(const Claim& claim) {
  std::u32string before = to_code_points(claim.before), after = to_code_points(claim.after);
  const size_t mark = before.find_last_of(kMarks);
  if (mark != std::u32string::npos) before.erase(0, mark + 1);
  after.resize(std::min(after.size(), after.find_first_of(kMarks)));
  return {fold_name(to_utf8(before)), fold_name(to_utf8(after))};
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
    std::string beside = words.before;
    beside += ' ';
    beside += words.after;
    // The indicator's own name names no value besides.
    const std::string own = fold_name(text).substr(each.from, each.to - each.from);
    for (size_t at = beside.find(own); at != std::string::npos; at = beside.find(own)) {
      beside.erase(at, own.size());
      beside.insert(at, 1, ' ');
    }
    out.push_back({each.definition, names_.values_in(*each.definition, beside), is_local});
  }
}

std::vector<Candidate> Candidates::named(const Claim& claim) const {
  std::vector<Candidate> out;
  if (!claim.list_name.empty()) add(claim, claim.list_name, true, true, out);
  const Around words = around(claim);
  // What is counted follows its number: 200余家跨境电商企业.
  const bool counts = claim.measure == Measure::count || claim.measure == Measure::ordinal;
  if (counts) add(claim, words.after, true, false, out);
  add(claim, words.before, true, true, out);
  add(claim, claim.before, true, true, out);
  add(claim, claim.after, true, false, out);
  for (const std::string& clause : claim.earlier) add(claim, clause, false, true, out);
  return out;
}

}  // namespace wutong::page
