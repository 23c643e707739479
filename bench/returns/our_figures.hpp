// The ten figures as questions to Wutong, prepared once and asked as often as wanted. One thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/returns/answers.hpp"
#include "bench/returns/dataset.hpp"
#include "core/indicator/prepared.hpp"
#include "zone/host.hpp"

namespace wutong::bench {

class OurFigures {
 public:
  explicit OurFigures(const Dataset& data);

  // Reads the figures of one zone with its rank among all. Zones that have not changed since they
  // were last read (same position) are not asked again.
  Result<void> read_zone(const zone::Host& host, size_t zone);
  // Of all zones with their ranks, of all zones together, and by zone and industry.
  Result<void> read_all(const zone::Host& host);
  // The same from the records instead of the cells; only what is no sum over months (how many firms
  // are designated on a day) is read as always.
  Result<void> read_from_records(const zone::Host& host);
  // Of all zones, as they were read last, by either of the two.
  Result<void> note_answers(const zone::Host& host, std::string_view state, Answers& answers);

 private:
  struct Fraction {
    int128 part, whole;
  };
  struct Zone {
    // The ten figures; then output and its growth by industry.
    std::vector<indicator::Question> questions;
    std::vector<size_t> industries;
    std::optional<indicator::Prepared> own, all, summed;
    std::vector<size_t> other;  // questions that are not `summed`
    std::vector<indicator::Answered> answers;
    std::optional<Fraction> growth;  // of output
    Seq position;
    int64_t rank = 0;
  };
  using AskZone = Result<void> (OurFigures::*)(const zone::View&, Zone&);

  void prepare(const zone::View& view, Zone& zone) const;
  Result<void> ask_own(const zone::View& view, Zone& zone);
  Result<void> ask_all(const zone::View& view, Zone& zone);
  Result<void> ask_records(const zone::View& view, Zone& zone);
  Result<void> note_growth(const zone::View& view, Zone& zone) const;
  Result<void> add_up(const zone::View& view, const Zone& zone);
  Result<void> read_each(const zone::Host& host, AskZone ask);
  int64_t rank_of(const Zone& zone) const;

  std::vector<Zone> zones_;
  std::vector<Seq> positions_;
  int128 total_output_ = 0, total_base_ = 0;
};

}  // namespace wutong::bench
