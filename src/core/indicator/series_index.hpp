// SeriesIndex: figures compiled outside the zone, found by area, indicator and period in the
// registers that declare `series`. Kept up to date like cells, with the values that stood at
// earlier positions. Of two rows that say the same area, indicator and period the newer counts.
// Concurrency. One writer; readers say the position that they look at, and never wait.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/versions.hpp"
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
  explicit SeriesIndex(std::shared_ptr<Versions> versions) : versions_(std::move(versions)) {}

  // `area` is a record of register `area`. H1 and 1–6 are the same period.
  std::optional<SeriesValue> find(RecordId area, std::string_view indicator, const Period& period,
                                  Seq as_of) const;
  // Periods of a kind recorded for it, ascending by last day.
  std::vector<Period> periods(RecordId area, std::string_view indicator, PeriodKind kind,
                              Seq as_of) const;
  void positions(RecordId area, std::string_view indicator, const Period& period,
                 std::vector<Seq>& out) const;

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
  struct Node {
    Seq position;
    std::optional<SeriesValue> value;
    uint32_t older = 0;  // node + 1
  };
  struct Line {
    Key key;
    Period period;
    std::atomic<uint32_t> newest{0};             // node + 1
    std::set<std::pair<size_t, RecordId>> rows;  // the writer's: register, record
  };
  static Key key_of(RecordId area, std::string_view indicator, const Period& period);
  static uint64_t hash_of(const Key& key);
  const Line* find_line(RecordId area, std::string_view indicator, const Period& period) const;
  uint32_t line_of(const Key& key, const Period& period);
  const std::optional<SeriesValue>* value_at(const Line& line, Seq as_of) const;

  std::shared_ptr<Versions> versions_;
  HashIndex index_;
  Stable<Line> lines_;
  std::atomic<uint32_t> line_count_{0};
  Stable<Node> nodes_;
  uint32_t node_count_ = 0;
  std::set<uint32_t> pending_;
};

}  // namespace wutong::indicator
