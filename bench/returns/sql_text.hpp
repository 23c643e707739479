// The SQL that the peers share: the sixteen sums as text, and the ten figures made of them. Written
// for engines with CASE, window functions and subqueries (SQLite, DuckDB). Pure.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "bench/returns/workload.hpp"

namespace wutong::bench {

// One text an engine-specific way of adding: `before` + value + `after`, as "CAST(sum(" and
// ") AS BIGINT)".
struct Adding {
  std::string_view before = "sum(";
  std::string_view after = ")";
};

std::string field_list(std::string_view after_each = "");  // ", output, value_added, …"
std::array<const char*, kSums> each_sum_name();
std::string sum_names(std::string_view prefix = "");  // "o, o_before, …"
// Over rows of returns with their firm's columns, each with "AS name".
std::string sums_by_case(Adding adding = {});
std::string sums_by_filter(Adding adding = {});  // with FILTER (WHERE …)
std::string sums_of_sums(Adding adding = {});    // over rows that hold the sums
// "o=o+CASE … NEW.output-OLD.output …": for a trigger.
std::string sums_moved_by_trigger();
std::string cell_moved_by_trigger();
// The returns that count; names with a prefix ("NEW.").
std::string counted_rows(std::string_view prefix = "");

// From a relation of (zone, sums, n): the figures of all zones with their rank, or of the zone that
// `zone` names.
std::string figures_of_all(std::string_view relation);
std::string figures_of_one(std::string_view relation, std::string_view zone);
std::string figures_of_total(std::string_view relation);
std::string figures_of_cells(std::string_view relation);  // of (zone, industry, o, o_before)

}  // namespace wutong::bench
