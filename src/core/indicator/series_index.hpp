// SeriesIndex: figures compiled outside the zone, found by area, indicator and period in the
// registers that declare `series`. Kept up to date like cells, with the values that stood at
// earlier positions. Concurrency as engine/cell. Of two rows that say the same area, indicator and
// period the newer counts.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/record/state.hpp"

namespace wutong::indicator {

struct SeriesValue {
  std::optional<Decimal> value;
  std::optional<Decimal> growth;  // percent, as reported
  Unit unit;                      // of the value's field; plain where it has none
  size_t register_index = 0;
  RecordId record;
  bool operator==(const SeriesValue&) const = default;
};

class SeriesIndex {
 public:
  // `area` is a record of register `area`. H1 and 1–6 are the same period.
  std::optional<SeriesValue> find(RecordId area, std::string_view indicator, const Period& period,
                                  std::optional<Seq> as_of) const;
  // Periods of a kind recorded for it, ascending by last day.
  std::vector<Period> periods(RecordId area, std::string_view indicator, PeriodKind kind) const;
  void positions(RecordId area, std::string_view indicator, const Period& period,
                 std::vector<Seq>& out) const;

  void clear() { lines_.clear(); }
  void change(const record::State& state, size_t register_index, std::span<const RecordId> rows,
              int sign);
  void commit(const record::State& state, Seq position);
  bool equals(const SeriesIndex& other, std::string* difference) const;

 private:
  struct Key {
    RecordId area;
    std::string indicator;
    Date first, last;
    friend auto operator<=>(const Key&, const Key&) = default;
  };
  struct Version {
    Seq position;
    std::optional<SeriesValue> value;
  };
  struct Line {
    Period period;
    std::set<std::pair<size_t, RecordId>> rows;  // register, record
    std::vector<Version> versions;               // ascending
  };
  static Key key_of(RecordId area, std::string_view indicator, const Period& period);
  const Line* find_line(RecordId area, std::string_view indicator, const Period& period) const;

  std::map<Key, Line> lines_;
  std::set<Key> pending_;
};

}  // namespace wutong::indicator
