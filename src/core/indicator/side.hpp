// Side: the records of one period behind a figure, with the day on which their attributes are read.
// Explanations, breakdowns and the split of the two bases are made of sides; they read the records
// through the same Reading as the cells. Reads only; as Levels.
#pragma once

#include <optional>
#include <vector>

#include "core/indicator/figure.hpp"
#include "core/indicator/level.hpp"

namespace wutong::indicator {

struct Weighed {
  RecordId record;
  RowTime time;
  bool is_base = false;
  std::optional<int128> amount;
};

class Side {
 public:
  // `levels` and `definition` outlive the side.
  Side(const Levels& levels, const Definition& definition, const Fixed& fixed, Period period,
       Date attributes);

  // Records that count, with amounts; those without an amount have none.
  std::vector<Weighed> weigh(bool is_base) const;
  // Why the other records of the register do not count. `counted` as weigh gives it.
  std::vector<LeftOut> left_out(const std::vector<Weighed>& counted) const;
  // Of min, max and last the number that won.
  int128 total(const std::vector<Weighed>& counted) const;

  // All records of the period, counting or not, and of each of them: does the filter (with the
  // window) accept it, has it the dimension values asked for, and its amount.
  Counted in_period() const;
  std::vector<uint8_t> accepted(const Counted& rows) const;
  std::vector<uint8_t> matching(const Counted& rows) const;
  std::vector<std::optional<int128>> measure(const Counted& rows) const;
  // Texts of one of the plan's dimensions.
  std::vector<std::string> texts(size_t dimension, const Counted& rows) const;
  const PlanCells& cells() const { return *cells_; }

 private:
  using Batch = std::vector<size_t>;  // indices into rows that read their attributes on one day
  std::map<Date, Batch> by_day(const Counted& rows) const;
  Date day_for(const RowTime& time) const {
    return cells_->reading().plan().at_record ? time.day : attributes_;
  }

  const Levels& levels_;
  const Definition& definition_;
  Period period_;
  Date attributes_;
  const PlanCells* cells_ = nullptr;
  size_t measure_ = 0;
  Fixed fixed_;
};

}  // namespace wutong::indicator
