// PlanCells: the cells of one plan of one zone.
//
// Operation. change() adds (+1) or takes away (-1) everything that rows contribute as a state shows
// them; commit() closes what an entry did. A row adds once for each stretch of time over which its
// attributes stay the same: a change of one record touches as many cells as it has attribute
// changes within two years, whatever the size of the zone.
//   Flow without effective attributes: (group, month, day of the month, or 0 for a month field).
//   Flow with them: (group, month m, lane e - m): what holds from period end e on, for e from m to
//     December of the year after; the sum of lanes up to e - m is what belongs to the group at e.
//   Stock: changes of what is held, by day; the sum up to a day is what is held on it.
// Rows of a plan with a profile (core/indicator/profile.hpp) take the short way, others the long
// one; both give the same cells. Concurrency. As engine/cell: one writer; readers of cells ask for
// a version.
#pragma once

#include <string>
#include <vector>

#include "core/indicator/profile.hpp"
#include "core/indicator/reading.hpp"
#include "engine/cell/bag.hpp"
#include "engine/cell/groups.hpp"
#include "engine/cell/table.hpp"

namespace wutong::indicator {

class PlanCells {
 public:
  PlanCells(const std::vector<Definition>& definitions, const Plan& plan,
            const std::shared_ptr<Versions>& versions);

  void change(const record::State& state, std::span<const RecordId> rows, int sign);
  // The two halves of a change that moves amounts only (moves_amounts_only): what the rows amount
  // to before it is kept, and the difference is added after it. Nothing kept: all of it is new.
  void hold(const record::State& before, std::span<const RecordId> rows);
  void settle(const record::State& after, std::span<const RecordId> rows);
  // Records of the profile's target changed: what is known of them is worked out anew.
  void forget(std::span<const RecordId> targets) {
    if (profiles_) profiles_->forget(targets);
  }
  void commit(Seq position);

  const Reading& reading() const { return reading_; }
  const cell::Groups& groups() const { return groups_; }
  const cell::Table& table() const { return table_; }
  const cell::Bag& bag(size_t index) const { return *bags_[index]; }
  uint64_t cells_touched() const;
  uint64_t records_read() const { return records_read_.value(); }
  // Every cell that is not zero, by words that do not depend on the order of arrival.
  std::map<std::string, std::string> describe() const;

 private:
  static constexpr size_t kBatchRows = 1024;  // what they contribute stays in the cache
  // What rows contribute. Flat: rows × table measures, rows × bags.
  struct Contributions {
    std::vector<cell::Amount> amounts;
    std::vector<cell::Element> elements;
    std::vector<uint8_t> has_element;
  };
  // The same with what the day decides: accepted, and a combination of groups.
  struct Snapshot {
    std::vector<uint8_t> accepted;
    std::vector<uint32_t> combinations;
    Contributions contributions;
  };
  // A row's attributes hold from `day` on.
  struct Event {
    Date day;
    uint32_t row;
  };

  Snapshot empty(size_t rows) const;
  Snapshot evaluate(const record::State& state, std::span<const RecordId> rows,
                    std::span<const RowTime> times, std::optional<Date> day);
  void measure(const record::State& state, std::span<const RecordId> rows,
               std::span<const RowTime> times, std::optional<Date> day,
               std::span<const uint8_t> accepted, Contributions& out);
  // What one measure gives for rows.
  void contribute(const Measure& measure, const record::State::Raws& raws, int64_t factor,
                  std::span<const RecordId> rows, std::span<const RowTime> times,
                  std::span<const uint8_t> accepted, Contributions& out) const;
  void resize(Contributions& contributions, size_t rows) const;
  bool is_equal(const Snapshot& a, size_t i, const Snapshot& b, size_t j) const;
  void copy(const Snapshot& from, size_t i, Snapshot& to, size_t j) const;
  void emit(uint32_t combination, const Contributions& contributions, size_t i, Month month,
            uint8_t lane, int sign);
  void emit(const Snapshot& snapshot, size_t i, Month month, uint8_t lane, int sign);
  void change_plain_flow(const record::State& state, std::span<const RecordId> rows, int sign);
  void change_effective(const record::State& state, std::span<const RecordId> rows, int sign);
  void change_long_way(const record::State& state, std::span<const RecordId> rows, int sign);
  // Of a plan with a profile: the rows' own fields, whether and when they count, the profiles of
  // what they refer to.
  void read_rows(const record::State& state, std::span<const RecordId> rows);
  RecordId target_of(size_t row) const {  // of the rows that were read; must refer to one
    const auto& references = cells_[*plan_->profile->reference_at].numbers;
    return RecordId{static_cast<uint32_t>(references[row])};
  }
  void change_by_profile(const record::State& state, std::span<const RecordId> rows, int sign);
  void measure_rows(const record::State& state, std::span<const RecordId> rows);
  void subtract_held(size_t first, size_t rows);
  void emit_rows(size_t rows, int sign);
  void emit_profile(const ProfileStretch* stretch, size_t i, const RowTime& time, int sign);
  uint32_t combination_of(const ProfileStretch& stretch, size_t i);
  void read_own_dimensions(const record::State& state, std::span<const RecordId> rows);
  std::vector<Event> events(const record::State& state, std::span<const RecordId> rows,
                            std::span<const RowTime> times, std::span<const RowTime> ends) const;

  const Plan* plan_;
  Reading reading_;
  cell::Groups groups_;
  cell::Table table_;
  std::vector<std::unique_ptr<cell::Bag>> bags_;
  std::optional<Profiles> profiles_;
  Counter records_read_;

  // Kept from change to change for their memory.
  record::State::Raws raws_;
  std::vector<record::State::Raws> cells_, held_;  // by ProfileShape::fields
  size_t held_rows_ = 0;
  Contributions contributions_;
  std::vector<uint8_t> accepted_;
  std::vector<RowTime> times_;
  std::vector<RecordId> targets_, without_;  // without: rows that refer to nothing
  std::vector<uint32_t> own_values_;         // rows × dimensions
  std::vector<uint32_t> key_;
};

}  // namespace wutong::indicator
