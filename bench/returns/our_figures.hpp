// The ten figures as questions to Wutong. Prepared once, asked as often as wanted. One thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/returns/answers.hpp"
#include "bench/returns/dataset.hpp"
#include "core/indicator/figures.hpp"
#include "zone/host.hpp"

namespace wutong::bench {

class OurFigures {
 public:
  explicit OurFigures(const Dataset& data);

  // Reads the figures of one zone with its rank among all. Growth of zones that have not changed
  // since they were last read (same position) is not asked again.
  Result<void> read_zone(const zone::Host& host, size_t zone);
  // Of all zones with their ranks, of all zones together, and by zone and industry.
  Result<void> read_all(const zone::Host& host);
  // The same from cells that are computed anew from the records.
  Result<void> read_from_records(const zone::Host& host);
  // What was read last, all of it.
  Result<void> note_answers(const zone::Host& host, std::string_view state, Answers& answers);

 private:
  struct Asked {
    std::string name;  // in the answers
    indicator::Question question;
    bool is_rate = false;
  };
  struct Cell {
    size_t zone, industry;
    Asked output, growth;
    std::optional<indicator::Figure> level, rate;
  };
  struct Zone {
    std::vector<Asked> asked;
    std::vector<std::optional<indicator::Figure>> figures;  // as asked
    std::optional<Decimal> growth;                          // of output
    Seq position;
    int64_t rank = 0;
  };

  Result<void> ask(const zone::View& view, const indicator::Figures& figures, size_t zone);
  Result<void> ask_cells(const zone::View& view, const indicator::Figures& figures, size_t zone);
  Result<void> ask_growth(const zone::View& view, const indicator::Figures& figures, Zone& zone);
  Result<void> add_up(const zone::View& view, size_t zone);
  int64_t rank_of(const Zone& zone) const;

  std::vector<Zone> zones_;
  std::vector<std::vector<Cell>> cells_;  // by zone: those that have firms
  int64_t total_output_ = 0, total_base_ = 0;
};

}  // namespace wutong::bench
