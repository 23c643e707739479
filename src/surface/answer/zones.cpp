#include "base/codec.hpp"
#include "surface/answer/json_out.hpp"

namespace wutong::answer {

namespace json = boost::json;

namespace {

json::object to_json(const zone::Summary& summary) {
  json::object out{{"zone", summary.zone},
                   {"name", answer::to_json(summary.name)},
                   {"position", summary.position.value},
                   {"catalog", to_hex(summary.catalog)},
                   {"synthetic", summary.is_synthetic}};
  if (summary.position.value > 0) out["at"] = summary.at.to_string();
  return out;
}

// What keeping the figures took since this program opened the zone.
json::object to_json(const indicator::Figures::Work& work) {
  return {{"cells_touched", work.cells}, {"records_read", work.records}};
}

}  // namespace

Answered list_zones(const zone::Host& host) {
  json::array zones;
  for (const zone::Summary& summary : host.zones()) {
    json::object zone = to_json(summary);
    if (auto work = host.work(summary.zone)) zone["work"] = to_json(*work);
    zones.push_back(std::move(zone));
  }
  return json::object{{"zones", std::move(zones)}};
}

Answered show_zone(const zone::Host& host, std::string_view zone) {
  json::object out;
  auto read = host.read(zone, [&](const zone::View& view) {
    json::array registers;
    const record::Schema& schema = *view.catalog->schema;
    for (size_t i = 0; i < schema.registers().size(); ++i) {
      const record::Register& definition = schema.registers()[i];
      registers.push_back(json::object{{"register", definition.name},
                                       {"title", answer::to_json(definition.title)},
                                       {"records", view.state->size(i)}});
    }
    json::array indicators;
    for (const indicator::Definition& definition : view.catalog->indicators->all()) {
      indicators.push_back(json::object{{"indicator", definition.name},
                                        {"title", answer::to_json(definition.title)},
                                        {"unit", definition.unit.code()}});
    }
    out = {{"zone", zone},
           {"name", answer::to_json(view.catalog->zone.name)},
           {"position", view.position.value},
           {"at", view.at.to_string()},
           {"synthetic", view.catalog->zone.synthetic},
           {"work", to_json(view.figures->work())},
           {"registers", std::move(registers)},
           {"indicators", std::move(indicators)}};
  });
  if (!read) return failed(read.error());
  return out;
}

Json receipt(const zone::Receipt& receipt) {
  json::object out{{"zone", receipt.zone},
                   {"seq", receipt.seq.value},
                   {"at", receipt.at.to_string()},
                   {"rows_created", receipt.rows_created},
                   {"rows_changed", receipt.rows_changed}};
  if (receipt.is_dry_run) out["dry_run"] = true;
  if (receipt.is_repeated) out["repeated"] = true;
  if (!receipt.warnings.empty()) out["warnings"] = list_of(receipt.warnings);
  return out;
}

}  // namespace wutong::answer
