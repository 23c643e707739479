// Levels: the exact value of an indicator for a period, dimension values and an area, read from the
// cells of a zone; from the records where the cells do not hold it. Every comparison is made of
// levels. Reads only; any number at once while nobody changes the zone.
#pragma once

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/indicator/exact.hpp"
#include "core/indicator/figure.hpp"
#include "core/indicator/plan_cells.hpp"
#include "core/indicator/series_index.hpp"
#include "core/indicator/series_kind.hpp"

namespace wutong::indicator {

// Everything that is computed of one zone, as Figures keeps it.
struct ZoneCells {
  explicit ZoneCells(std::shared_ptr<Versions> shared)
      : versions(std::move(shared)), series(versions) {}
  static uint64_t next_number() {
    static std::atomic<uint64_t> last{0};
    return ++last;
  }
  const uint64_t number = next_number();  // given once in a process: tells cells apart
  std::shared_ptr<const Definitions> definitions;
  std::string zone;
  std::string area;
  bool synthetic = false;
  std::shared_ptr<Versions> versions;
  std::deque<PlanCells> plans;
  SeriesIndex series;
};

using Fixed = std::map<std::string, std::string>;  // dimension values, `area` among them

struct Level {
  Status status = Status::no_records;
  Exact value;            // in the definition's unit
  record::Title missing;  // incomplete, no_records: of what
  bool is_series = false;
  std::optional<Decimal> reported_growth;  // of a series
};

// What stands behind a level of an indicator over records: exact sums.
struct Sums {
  cell::Amount amount;    // of the measure
  cell::Amount accepted;  // slot 0: records
  cell::Counts elements;  // of count_distinct, min, max, last
};

class Levels {
 public:
  // `as_of` nullopt: now. `trace` (may be null) collects positions at which what was read changed.
  Levels(const ZoneCells& cells, const record::State& state, std::optional<Seq> as_of,
         std::vector<Seq>* trace)
      : cells_(&cells), state_(&state), as_of_(as_of), trace_(trace) {}

  // `attributes`: the day on which effective-dated attributes are read; nullopt: the period's last.
  // Errors: not_found (dimension, value, area), invalid (period), too_large (does not fit 38
  // digits), unavailable (an earlier position that the cells do not hold: replay up to it and ask
  // there).
  Result<Level> level(const Definition& definition, const Fixed& fixed, const Period& period,
                      std::optional<Date> attributes = std::nullopt) const;
  // What a series register states for it: a target or a forecast, never mixed with levels. Errors
  // as level.
  Result<Level> stated(const Definition& definition, const Fixed& fixed, const Period& period,
                       SeriesKind kind) const;
  // Of kind `records` for the own area or with an `area` path.
  Result<Sums> sums(const Definition& definition, const Fixed& fixed, const Period& period,
                    Date attributes) const;
  bool reads_records(const Definition& definition, const Fixed& fixed) const;
  // Name and value of each dimension checked; errors as level.
  Result<void> check(const Definition& definition, const Fixed& fixed, const Period& period) const;

  const ZoneCells& cells() const { return *cells_; }
  const record::State& state() const { return *state_; }
  std::optional<Seq> as_of() const { return as_of_; }
  // The position that is looked at, and how cells are asked for it.
  Seq position() const { return as_of_.value_or(state_->position()); }
  cell::Table::View view() const { return {state_->version(), as_of_}; }
  std::string own_area(const Fixed& fixed) const;

 private:
  Result<Level> level_of_records(const Definition& definition, const Fixed& fixed,
                                 const Period& period, Date attributes) const;
  Result<Level> level_of_series(const Definition& definition, const Fixed& fixed,
                                const Period& period, SeriesKind kind = SeriesKind::actual) const;
  Result<Level> level_of_ratio(const Definition& definition, const Fixed& fixed,
                               const Period& period) const;
  Result<Level> level_of_terms(const Definition& definition, const Fixed& fixed,
                               const Period& period, std::optional<Date> attributes) const;
  std::optional<Sums> sums_from_cells(const Definition& definition, const Fixed& fixed,
                                      const Period& period, Date attributes) const;
  Result<Sums> sums_from_records(const Definition& definition, const Fixed& fixed,
                                 const Period& period, Date attributes) const;
  Result<bool> is_recorded(const Definition& definition, const Fixed& fixed, const Period& period,
                           Date attributes) const;

  const ZoneCells* cells_;
  const record::State* state_;
  std::optional<Seq> as_of_;
  std::vector<Seq>* trace_;
};

// Rows of a plan's register that count in a period, with their times; `fixed` and the filter are
// read on `attributes`. In the order of records.
struct Counted {
  std::vector<RecordId> rows;
  std::vector<RowTime> times;
};
Counted counted_rows(const PlanCells& cells, const record::State& state, const Fixed& fixed,
                     const Period& period, std::optional<Date> attributes);
// Every record of a register, in order.
std::vector<RecordId> all_records(const record::State& state, size_t register_index);
// Rows that count in the period by their time alone.
Counted rows_in_period(const PlanCells& cells, const record::State& state, const Period& period);
// Dimension values of a question as the plan of the definition has them (own area filled in).
Fixed plan_values(const Definition& definition, const Fixed& fixed, const std::string& own_area);
// The field that a path ends in.
const record::Field& last_field(const record::Schema& schema, const record::Path& path);
// The part of `fixed` that a definition knows; for parts of ratios and derived indicators.
Fixed known_values(const Definitions& definitions, const Definition& definition,
                   const Fixed& fixed);
record::Title describe(const Definition& definition, const record::Title& area,
                       const Period& period);
// Does the base of growth differ from the level published a year before?
bool has_comparable_base(const Definitions& definitions, const Definition& definition);
// A number as the cells hold it in the measured unit; a date as packed() gives it.
Decimal measured(const Definition& definition, int128 number);
std::optional<Exact> convert_exact(const Exact& value, Unit from, Unit to);

}  // namespace wutong::indicator
