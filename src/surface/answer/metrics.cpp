#include "surface/answer/json_out.hpp"

namespace wutong::answer {

std::string metrics(const Door& door) {
  const zone::Host& host = door.host();
  struct Counter {
    const char* name;
    const char* help;
    uint64_t indicator::Figures::Work::*count;
  };
  constexpr Counter kCounters[] = {
      {"wutong_cells_touched_total", "Cells of figures changed by entries.",
       &indicator::Figures::Work::cells},
      {"wutong_records_read_total", "Records read to change cells of figures.",
       &indicator::Figures::Work::records}};
  const auto zones = host.zones();
  std::string out;
  const auto head = [&](const std::string& name, const std::string& help, const char* type) {
    out += "# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
  };
  // Names of zones are identifiers: nothing in them needs an escape.
  const auto line = [&](const std::string& name, const std::string& zone, uint64_t number) {
    out += name + "{zone=\"" + zone + "\"} " + std::to_string(number) + "\n";
  };
  for (const Counter& counter : kCounters) {
    head(counter.name, counter.help, "counter");
    for (const zone::Summary& summary : zones) {
      const auto work = host.work(summary.zone);
      if (work) line(counter.name, summary.zone, (*work).*counter.count);
    }
  }
  head("wutong_position", "Entries in the log.", "gauge");
  for (const zone::Summary& summary : zones) {
    line("wutong_position", summary.zone, summary.position.value);
  }
  head("wutong_zone_parts_computed_total", "Parts of figures over zones that were computed.",
       "counter");
  out += "wutong_zone_parts_computed_total " + std::to_string(host.across_parts_computed()) + "\n";
  return out;
}

}  // namespace wutong::answer
