#include <algorithm>

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

bool may(const access::Rights& rights, access::Task task) {
  access::Ask ask;
  ask.what = access::What::task;
  ask.task = task;
  return rights.may(ask);
}

}  // namespace

bool may_list(const zone::View& view, const access::Rights& rights,
              const indicator::Definition& definition) {
  access::Ask ask;
  ask.what = access::What::figure;
  ask.rows = access::Rows::all;
  if (rights.may(ask)) return true;
  ask.rows = access::Rows::own;
  return rights.may(ask) &&
         std::any_of(rights.own().begin(), rights.own().end(), [&](const access::Own& own) {
           return is_own_figure(view, rights, definition, own.key);
         });
}

Answered list_zones(const Door& door) {
  json::array zones;
  for (const zone::Summary& summary : door.zones()) {
    json::object zone = to_json(summary);
    const bool may_see_work = door.need(summary.zone, access::Task::system).has_value();
    if (auto work = door.host().work(summary.zone); work && may_see_work) {
      zone["work"] = to_json(*work);
    }
    zones.push_back(std::move(zone));
  }
  return json::object{{"zones", std::move(zones)}};
}

Answered show_zone(const Door& door, std::string_view zone) {
  auto rights = door.enter(zone);
  if (!rights) return failed(rights.error());
  json::object out;
  auto read = door.host().read(zone, [&](const zone::View& view) {
    json::array registers;
    const record::Schema& schema = *view.catalog->schema;
    for (size_t i = 0; i < schema.registers().size(); ++i) {
      const record::Register& definition = schema.registers()[i];
      const access::Rows reach = rights->reach(definition.name, access::Right::read);
      if (reach == access::Rows::none) continue;
      json::object one{{"register", definition.name}, {"title", answer::to_json(definition.title)}};
      if (reach == access::Rows::all) one["records"] = view.state->size(i);
      registers.push_back(std::move(one));
    }
    json::array indicators;
    for (const indicator::Definition& definition : view.catalog->indicators->all()) {
      if (!may_list(view, *rights, definition)) continue;
      indicators.push_back(json::object{{"indicator", definition.name},
                                        {"title", answer::to_json(definition.title)},
                                        {"unit", definition.unit.code()}});
    }
    out = {{"zone", zone},
           {"name", answer::to_json(view.catalog->zone.name)},
           {"position", view.position.value},
           {"at", view.at.to_string()},
           {"synthetic", view.catalog->zone.synthetic},
           {"registers", std::move(registers)},
           {"indicators", std::move(indicators)}};
    if (may(*rights, access::Task::system)) out["work"] = to_json(view.figures->work());
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
