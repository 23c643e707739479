// Absence: who of a roster has not filed, month by month. Private to the folder.
//
// Operation. Keeps, of the newest months, one bit for each member that has to file and one for each
// that has not; from the first time that somebody asks on, so that replay costs nothing. A row that
// an entry changes moves its own bits; the first entry of a month reads the roster once.
// Concurrency. One writer; readers ask for a version, and are told where a month is not kept.
#pragma once

#include <array>

#include "core/deadline/deadlines.hpp"

namespace wutong::deadline {

class Deadlines::Absence {
 public:
  static constexpr int kMonths = 4;
  Absence(const Deadlines& home, size_t register_index, size_t deadline)
      : home_(home), register_index_(register_index), deadline_(deadline) {}

  // The writer's: after the state took an entry of that day. `changed`: rows of the register, and
  // of the members' register.
  void apply(const record::State& state, Date day, const std::vector<RecordId>& filed,
             const std::vector<RecordId>& members);

  struct Seen {
    uint32_t expected = 0;
    uint32_t missing = 0;
  };
  // Appends at most `limit` members that have not filed, ascending. Where the month is not kept in
  // this version every member is read.
  Seen look(const record::State& state, Month month, size_t limit,
            std::vector<RecordId>& out) const;

  const record::Roster& roster() const;
  // Has this member to file for the month, and has it not?
  struct Bits {
    bool expected = false;
    bool missing = false;
  };
  std::vector<Bits> read(const record::State& state, Month month,
                         const std::vector<RecordId>& members) const;
  bool is_wanted() const { return is_wanted_.load(std::memory_order_relaxed); }

 private:
  struct Head {
    int32_t month = 0;  // index + 1; 0: none
    uint32_t expected = 0;
    uint32_t missing = 0;
  };
  struct Kept {  // by 64 members; `marks` by 64 of those: which have a bit in `missing`
    Paged<uint64_t> expected, missing, marks;
  };
  static size_t slot_of(Month month) { return static_cast<size_t>(month.index % kMonths); }
  bool is_done(const record::State& state, Month month, RecordId member) const;
  void begin(const record::State& state, Month month);
  void put(size_t slot, RecordId member, Bits bits, Versions& versions);

  const Deadlines& home_;
  const size_t register_index_, deadline_;
  mutable std::atomic<bool> is_wanted_{false};
  std::optional<Month> newest_;  // the writer's
  Paged<Head> heads_;            // by slot
  std::array<Kept, kMonths> kept_;
};

}  // namespace wutong::deadline
