// Book: the histories of states of one register's records. Board: open clocks by their last day.
// Private to the folder. One writer; readers ask for a version.
#pragma once

#include "core/deadline/deadlines.hpp"

namespace wutong::deadline {

// Operation. Rows that were created together in one state stand as one run; what came after has a
// node of its own. Concurrency as Deadlines. Limitations. Nothing is ever removed.
class Deadlines::Book {
 public:
  size_t state_number(std::string_view name) {
    for (size_t i = 0; i < names_.size(); ++i) {
      if (names_[i] == name) return i;
    }
    names_.emplace_back(name);
    return names_.size() - 1;
  }
  const std::vector<std::string>& names() const { return names_; }

  void create(RecordId record, Instant at, size_t state);
  void add(RecordId record, Instant at, size_t state, Versions& versions);
  // Appends the record's events, ascending; states are numbers of names().
  void read(RecordId record, Version version, std::vector<StateEvent>& out) const;

 private:
  struct Run {  // from this record on, until the next run's first
    uint32_t first;
    uint32_t state;
    Instant at;
  };
  struct Node {
    uint32_t earlier;  // node + 1
    uint32_t state;
    Instant at;
  };
  std::vector<std::string> names_;  // the writer's
  Stable<Run> runs_;
  std::atomic<uint32_t> run_count_{0};
  Paged<uint32_t> newest_;  // by record: node + 1
  Stable<Node> nodes_;
  uint32_t node_count_ = 0;
};

class Deadlines::Board {
 public:
  static constexpr uint32_t kNone = 0, kWaiting = 1;
  static uint32_t list_of(Date day);

  void put(RecordId record, uint32_t list, Versions& versions);
  void visit(uint32_t list, Version version, const std::function<void(RecordId)>& f) const;
  void visit_days(Date from, Date until, Version version,
                  const std::function<void(RecordId)>& f) const;

 private:
  static constexpr uint32_t kBlock = 64;
  Paged<uint32_t> list_;         // by record
  Paged<uint32_t> next_, prev_;  // by record: record + 1
  Paged<uint32_t> head_;         // by list: record + 1
  Paged<uint32_t> count_;        // by block of lists: how many stand in it
};

}  // namespace wutong::deadline
