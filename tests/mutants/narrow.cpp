#include "tests/mutants/narrow.hpp"

namespace wutong::mutants {

namespace {

std::optional<size_t> newest_day(const page::Reading& reading) {
  std::optional<size_t> out;
  for (size_t i = 0; i < reading.claims.size(); ++i) {
    const page::Claim& claim = reading.claims[i];
    const bool is_day = claim.measure == page::Measure::date && claim.first;
    if (is_day && (!out || *claim.first > *reading.claims[*out].first)) out = i;
  }
  return out;
}

}  // namespace

page::Reading narrowed(page::Reading reading, size_t story) {
  const auto day = newest_day(reading);
  std::vector<std::optional<size_t>> places(reading.claims.size());
  std::vector<page::Claim> kept;
  for (size_t i = 0; i < reading.claims.size(); ++i) {
    if (reading.claims[i].story != story && day != i) continue;
    places[i] = kept.size();
    kept.push_back(std::move(reading.claims[i]));
  }
  reading.claims = std::move(kept);
  for (page::NameList& list : reading.lists) {
    std::vector<size_t> claims;
    for (size_t claim : list.claims) {
      if (places[claim]) claims.push_back(*places[claim]);
    }
    const bool is_gone = claims.empty();
    if (is_gone) list.names.clear();
    list.claims = std::move(claims);
  }
  for (size_t i = 0; i < reading.stories.size(); ++i) {
    if (i != story) reading.stories[i] = {};
  }
  for (size_t i = 0; i < reading.sentences.size(); ++i) {
    if (reading.sentence_places[i].story != story) reading.sentences[i].clear();
  }
  return reading;
}

}  // namespace wutong::mutants
