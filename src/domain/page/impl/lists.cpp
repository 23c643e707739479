// Names and values by position (分别), and what a sentence leaves to the next.
#include <algorithm>

#include "base/text.hpp"
#include "domain/page/impl/sentence.hpp"

namespace wutong::page {

namespace {

constexpr size_t kClausesMax = 12;
constexpr size_t kClauseMax = 120;

}  // namespace

// "甲、乙和丙" up to a place; without a clause of names there, the clause before it.
std::vector<std::string> SentenceReader::names_before(size_t at) const {
  std::vector<std::string> names;
  std::u32string_view list = before(at);
  size_t begin = clause_at(at).from;
  bool is_own_clause = list.empty() && begin > sentence_.from;
  if (is_own_clause) {  // 营收3亿元、利润1亿元，分别增长…
    Span earlier = clause_at(begin - 1);
    list = text(std::max(earlier.from, earlier.to > 120 ? earlier.to - 120 : 0), earlier.to - 1);
  }
  while (true) {
    size_t mark = list.find(U'、');
    std::u32string_view name = list.substr(0, mark);
    bool is_last = mark == std::u32string_view::npos;
    size_t joint = is_last && !names.empty() ? name.find_first_of(U"和及与") : mark;
    if (is_last && joint != std::u32string_view::npos && joint > 0 && joint + 1 < name.size()) {
      names.push_back(to_utf8(name.substr(0, joint)));
      name.remove_prefix(joint + 1);
    }
    names.push_back(to_utf8(name));
    if (is_last) break;
    list.remove_prefix(mark + 1);
  }
  return names;
}

// "甲、乙、丙分别…1、2、3": names and values by position.
bool SentenceReader::add_list(size_t at) {
  NameList list;
  list.names = names_before(at);
  size_t end = clause_at(at).to;
  for (size_t i = first_claim_; i < reading_.claims.size(); ++i) {
    const Claim& claim = reading_.claims[i];
    if (claim.start < place(at) || claim.end > place(end - 1) + 1) continue;
    if (claim.measure == Measure::date || claim.measure == Measure::period) continue;
    list.claims.push_back(i);
  }
  bool is_own_clause = at == clause_at(at).from;
  bool is_uneven = list.names.size() != list.claims.size();
  if (list.names.size() < 2 || list.claims.size() < 2 || (is_own_clause && is_uneven)) return false;
  for (size_t position = 0; position < list.claims.size(); ++position) {
    Claim& claim = reading_.claims[list.claims[position]];
    claim.list = reading_.lists.size();
    if (position < list.names.size()) claim.list_name = list.names[position];
  }
  reading_.lists.push_back(std::move(list));
  return true;
}

void SentenceReader::add_lists() {
  constexpr size_t kListsMax = 10;  // of one sentence
  std::u32string_view sentence = text(sentence_.from, sentence_.to);
  std::optional<size_t> named;  // the list whose names a further 分别 repeats
  size_t at = sentence.find(U"分别");
  for (size_t n = 0; at != std::u32string_view::npos && n < kListsMax; ++n) {
    size_t place = sentence_.from + at;
    if (add_list(place)) {
      named = reading_.lists.size() - 1;
    } else if (named) {
      const std::vector<std::string> names = reading_.lists[*named].names;
      size_t position = 0;
      Span clause = clause_at(place);
      for (size_t i = first_claim_; i < reading_.claims.size(); ++i) {
        Claim& claim = reading_.claims[i];
        bool is_here = claim.start >= this->place(place) &&
                       claim.end <= this->place(clause.to - 1) + 1 &&
                       claim.measure != Measure::date && claim.measure != Measure::period;
        if (is_here && position < names.size()) claim.list_name = names[position++];
      }
    }
    at = sentence.find(U"分别", at + 2);
  }
}

void SentenceReader::carry() {
  for (const TimeWord& time : times_) {
    if (time.is_baseline || time.is_date || time.is_origin || time.is_future) continue;
    carried_.period.reset();
    if (!time.has_scope_only || time.is_past_year) carried_.period = time.period;
    if (time.has_year && time.period) carried_.year = time.period->year();
  }
  for (const Span& clause : clauses_) {
    size_t begin = std::max(clause.from, clause.to > kClauseMax ? clause.to - kClauseMax : 0);
    carried_.clauses.insert(carried_.clauses.begin(), to_utf8(text(begin, clause.to)));
    if (carried_.clauses.size() > kClausesMax) carried_.clauses.pop_back();
  }
  bool goes_on = sentence_.to > sentence_.from && char_at(sentence_.to - 1) == U'；';
  carried_.mood = goes_on ? mood_at(sentence_.to) : carried_.section;
}

}  // namespace wutong::page
