// Deadlines: the clocks of a zone's records. Keeps every record's history of states, and the open
// clocks by their last day; a function of the log, rebuilt by replay.
//
// Operation. apply() takes each entry after the state took it, and works on the rows of that entry
// only. Where a catalog is adopted, under() gives the clocks under the new rules and calendar: the
// histories are shared, the last days computed again. Concurrency. One thread applies. Readers ask
// for the version of the state that they read, and never wait (base/versions.hpp).
// Limitations. Last days before 1970 and after 2099 stand with the first and the last of these.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "base/versions.hpp"
#include "core/deadline/reading.hpp"
#include "core/record/state.hpp"

namespace wutong::deadline {

// A clock of a record: the n-th deadline of its register.
struct ClockOf {
  size_t register_index = 0;
  RecordId record;
  size_t deadline = 0;
};

class Deadlines {
 public:
  Deadlines(std::shared_ptr<const record::Schema> schema, std::shared_ptr<Versions> versions);
  ~Deadlines();
  Deadlines(const Deadlines&) = delete;
  Deadlines& operator=(const Deadlines&) = delete;

  // `state` has the new schema already.
  std::shared_ptr<Deadlines> under(const record::State& state) const;
  void apply(const record::State& after, const ledger::Entry& entry);

  const record::Deadline& rule(const ClockOf& clock) const;
  Reading read(const record::State& state, const ClockOf& clock, Instant now) const;
  std::vector<StateEvent> history(size_t register_index, RecordId record, Version version) const;

  using Visit = std::function<void(const ClockOf&)>;
  // Open clocks whose last day lies in from .. until, by day; within a day in no stated order.
  // Costs what it finds and a step for every 64 days of the calendar, whatever the zone holds.
  void due(Version version, Date from, Date until, const Visit& visit) const;
  // Open clocks that stand still and have no last day.
  void waiting(Version version, const Visit& visit) const;

  // A clock with a roster.
  struct RosterOf {
    size_t register_index = 0;
    size_t deadline = 0;
  };
  std::vector<RosterOf> rosters() const;
  // Those whose form is asked for: where nobody ever filed it is not.
  std::vector<RosterOf> asked_rosters(const record::State& state) const;
  // The record of a member for a month, begun or filed.
  std::optional<RecordId> record_of(const record::State& state, const RosterOf& roster, Month month,
                                    RecordId member) const;
  // Who has to file for a month and has not; `members` are at most `limit`, ascending. Kept for the
  // newest months from the first question on; before that, and for other months, every member is
  // read.
  struct Unfiled {
    size_t expected = 0;
    size_t missing = 0;
    std::vector<RecordId> members;
  };
  Unfiled unfiled(const record::State& state, const RosterOf& roster, Month month,
                  size_t limit) const;
  bool has_not_filed(const record::State& state, const RosterOf& roster, Month month,
                     RecordId member) const;

 private:
  class Book;     // histories of one register
  class Board;    // clocks of one deadline by their last day
  class Absence;  // of one deadline: who of its roster has not filed
  struct Shelf {
    std::shared_ptr<Book> book;  // none where the register has no states
    std::vector<size_t> states;  // of the book's states: those of the register
    std::vector<std::unique_ptr<Board>> boards;
    std::vector<std::unique_ptr<Absence>> absences;  // by deadline; null without a roster
  };
  Deadlines(std::shared_ptr<const record::Schema> schema, std::shared_ptr<Versions> versions,
            const std::map<std::string, std::shared_ptr<Book>>& books);
  void place(const record::State& state, size_t register_index, RecordId record);
  void note(const ledger::Change& change, Instant at, Shelf& shelf);
  void note_absences(const record::State& after, const ledger::Entry& entry);

  std::shared_ptr<const record::Schema> schema_;
  std::shared_ptr<Versions> versions_;
  std::vector<Shelf> shelves_;  // by register
};

}  // namespace wutong::deadline
