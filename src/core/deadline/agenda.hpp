// Agenda: what is late, due, and waiting for a person on a day. Pure; any thread, on a version.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "core/deadline/deadlines.hpp"

namespace wutong::deadline {

// In the order in which they are told. `week`: until Sunday; `later`: the 30 days after it.
enum class Section { late, today, week, later, waiting };
constexpr size_t kSections = 5;
std::string_view to_string(Section section);

struct Asker {
  std::vector<std::string> roles;  // none: everything
  // Records of this owner only: those that are it, or whose `owner` refers to it.
  std::optional<std::pair<size_t, RecordId>> owner;
  // Of a register: may the asker read this record? Empty: all of them.
  std::function<bool(size_t register_index, RecordId record)> may_read = {};
};

struct Item {
  ClockOf clock;
  Reading reading;
  Section section = Section::late;
  size_t state = 0;           // of the register
  std::vector<size_t> moves;  // of the register: what the asker may do with the record now
};

struct Agenda {
  std::vector<Item> items;  // by section, last day and key; at most `limit` a section
  std::array<size_t, kSections> counts{};
};

// Open clocks of which the asker's roles must act (`by`), or whose record they may move on.
Agenda agenda(const Deadlines& deadlines, const record::State& state, const Asker& asker,
              Instant now, size_t limit);
constexpr int kMonthsBack = 3;  // older gaps are history: nobody waits for them
// Of one roster and month: who has to file and has not.
struct Gap {
  Deadlines::RosterOf roster;
  Month month;
  Reading reading;  // of a record that is not begun
  Deadlines::Unfiled unfiled;
};
// Of the months that ended last, the newest first; for those of the asker's roles that must
// file, or move the register's records on. With an owner, of him alone; `may_read` is not asked.
std::vector<Gap> gaps(const Deadlines& deadlines, const record::State& state, const Asker& asker,
                      Instant now, size_t limit);
// The clock of a record that is not there yet.
Reading reading_of_month(const record::State& state, const record::Deadline& rule, Month month,
                         Instant now);
// All clocks of one record that ever started.
std::vector<Item> clocks_of(const Deadlines& deadlines, const record::State& state,
                            size_t register_index, RecordId record, Instant now);

}  // namespace wutong::deadline
