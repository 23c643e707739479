// SeriesKind: what a row of a series register is. Targets and forecasts are kept under lines of
// their own in the index of series, so that no level, growth, rank or streak can read them.
#pragma once

#include <string>
#include <string_view>

#include "core/record/state.hpp"

namespace wutong::indicator {

enum class SeriesKind { actual, target, forecast };

// By the register's `series: {status: …}`; rows without a status are actual.
inline SeriesKind series_kind(const record::State& state, size_t register_index, RecordId row) {
  const record::Register& home = state.schema().registers()[register_index];
  if (!home.series || !home.series->status) return SeriesKind::actual;
  const std::string status = to_string(state.value(register_index, *home.series->status, row));
  if (status == "target") return SeriesKind::target;
  return status == "forecast" ? SeriesKind::forecast : SeriesKind::actual;
}

// The name under which the index keeps a line. U+001F stands in no indicator's name.
inline std::string series_line(std::string_view indicator, SeriesKind kind) {
  std::string out(indicator);
  switch (kind) {
    case SeriesKind::actual:
      break;
    case SeriesKind::target:
      out += "\x1ftarget";
      break;
    case SeriesKind::forecast:
      out +=
          "\x1f"
          "forecast";
      break;
  }
  return out;
}

}  // namespace wutong::indicator
