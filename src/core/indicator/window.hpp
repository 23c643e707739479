// Window: an indicator that counts only what lies within a number of months from a milestone that
// the record, or something it refers to, names: output in the first year after production began.
//
// Times known to the month are compared by months: [the milestone's month, + months). Times known
// to the day by days: [the milestone's day, the same day `months` later), or the last day of that
// month where it has no such day. A milestone known to the month, quarter or year stands for the
// (last) month of it, and opens on that month's first day. Pure functions of state and rows.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/record/state.hpp"
#include "engine/pack/node.hpp"

namespace wutong::indicator {

struct Definition;

struct Window {
  record::Path from;  // a date, partial_date or month
  int months = 12;
  std::string text;  // as an explanation says it: enterprise.production_began + 12
};

// `from` is the resolved path of the node's `from`. Reports a field of another type and months that
// are out of range; nullopt then.
std::optional<Window> read_window(const pack::Node& node, const record::Schema& schema,
                                  const record::Path& from, Issues& issues);

enum class InWindow : uint8_t { yes, no, no_milestone };
// Of each row, with the milestone read on `day`. A row without a time of its own is out.
std::vector<InWindow> in_window(const Definition& definition, const record::State& state,
                                std::span<const RecordId> rows, std::optional<Date> day);
// Closes `accepted` (one a row) where the row lies outside; nothing without a window.
void keep_in_window(const Definition& definition, const record::State& state,
                    std::span<const RecordId> rows, std::optional<Date> day,
                    std::vector<uint8_t>& accepted);

}  // namespace wutong::indicator
