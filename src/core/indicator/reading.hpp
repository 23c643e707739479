// Reading: filter, time, dimensions and measures of a plan over rows of a state, on a day. The one
// place that says what a record contributes; cells, explanations and the slow path all read through
// it. Pure functions of state and rows.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/indicator/plan.hpp"
#include "engine/cell/bag.hpp"
#include "engine/cell/table.hpp"

namespace wutong::indicator {

// When a record counts. `month` holds day.
struct RowTime {
  bool is_known = false;
  Month month;
  Date day;  // a month, quarter … counts on its last day
};

class Reading {
 public:
  Reading(const std::vector<Definition>& definitions, const Plan& plan)
      : definitions_(&definitions), plan_(&plan) {}

  const Plan& plan() const { return *plan_; }
  std::vector<RowTime> times(const record::State& state, std::span<const RecordId> rows) const;
  // Of a stock: the day from which a record is held no more; unknown: held to this day.
  std::vector<RowTime> ends(const record::State& state, std::span<const RecordId> rows) const;
  // 1 where the filter is true. Unknown is not accepted.
  std::vector<uint8_t> accepted(const record::State& state, std::span<const RecordId> rows,
                                std::optional<Date> day) const;
  // Texts of a dimension as in a figure's identity; references are keys, absent is "".
  std::vector<std::string> dimension(const record::State& state, size_t dimension,
                                     std::span<const RecordId> rows, std::optional<Date> day) const;
  // Of a sum, average, minimum …: the measured column; of count_distinct the field. Not for count.
  Column measure(const record::State& state, size_t measure, std::span<const RecordId> rows,
                 std::optional<Date> day) const;
  // The same as numbers, for work over many rows; texts as numbers of their field's pool. Gives the
  // factor to the plan's scale for the measure.
  int64_t measure_raw(const record::State& state, size_t measure, std::span<const RecordId> rows,
                      std::optional<Date> day, record::State::Raws& out) const;
  // The number of row `i` at the plan's scale for the measure; nullopt where absent.
  std::optional<int128> number(size_t measure, const Column& column, size_t i) const;
  int scale(size_t measure) const;

  // Days after which the attributes of a row may differ, ascending; rows as given.
  std::vector<std::vector<Date>> switches(const record::State& state,
                                          std::span<const RecordId> rows) const;
  // The same of records that the plan's profile refers to.
  std::vector<std::vector<Date>> target_switches(const record::State& state,
                                                 std::span<const RecordId> targets) const;
  // Cells of a path as the texts of a dimension.
  static std::vector<std::string> texts(const record::State& state, const record::Path& path,
                                        std::span<const RecordId> rows, std::optional<Date> day);

 private:
  std::vector<RowTime> read_times(const record::State& state, size_t field,
                                  std::span<const RecordId> rows) const;
  const std::vector<Definition>* definitions_;
  const Plan* plan_;
};

}  // namespace wutong::indicator
