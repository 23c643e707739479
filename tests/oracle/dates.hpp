// Dates and periods of the oracle: its own arithmetic over YYYY-MM-DD, so that a wrong calendar of
// the engine is seen. Pure values.
#pragma once

#include <optional>
#include <string>

namespace wutong::oracle {

std::string day_text(int year, int month, int day);
int last_day_of(int year, int month);
std::string month_end(int year, int month);

// A period of an identity as first and last day. `kind` is month, quarter, half, year, cumulative,
// as_of, day or since.
struct Span {
  std::string kind;
  std::string first, last;  // of as_of the first is the day too
  int year = 0;             // of the last day
};
Span span_of(const std::string& period);
std::string year_earlier(const std::string& period);
// The period before, of the same kind (docs/packs.md, mom); nullopt where there is none.
std::optional<std::string> previous(const std::string& period, bool is_joint);
// A single January or February under `joint` is no figure.
bool is_reportable(const std::string& period, bool is_joint);

}  // namespace wutong::oracle
