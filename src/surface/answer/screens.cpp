// Big screens: every tile with its figures, when its source last recorded, and what is wrong with
// it. All tiles are of one position; a tile that cannot be answered says so and stops no other.
#include <algorithm>

#include "base/text.hpp"
#include "core/record/owner.hpp"
#include "core/record/query.hpp"
#include "surface/answer/json_out.hpp"

namespace wutong::answer {

namespace json = boost::json;

namespace {

using catalog::Show;
using catalog::Tile;
using catalog::TilePeriod;
using indicator::Question;

constexpr std::pair<TilePeriod, PeriodKind> kKinds[] = {
    {TilePeriod::day, PeriodKind::day},         {TilePeriod::month, PeriodKind::month},
    {TilePeriod::quarter, PeriodKind::quarter}, {TilePeriod::half, PeriodKind::half},
    {TilePeriod::year, PeriodKind::year},       {TilePeriod::cumulative, PeriodKind::cumulative}};

std::string_view name_of(Show show) {
  switch (show) {
    case Show::number:
      return "number";
    case Show::line:
      return "line";
    case Show::bars:
      return "bars";
    case Show::rows:
      return "rows";
  }
  return "";
}

class TileAnswer {
 public:
  TileAnswer(const Door& door, const access::Rights& rights, const zone::View& view, Instant now)
      : door_(door), rights_(rights), view_(view), now_(now) {}

  json::object answer(const Tile& tile) {
    json::object out{{"tile", tile.name},
                     {"title", to_json(tile.title)},
                     {"show", name_of(tile.show)},
                     {"at", json::array{tile.column, tile.row, tile.columns, tile.rows}}};
    auto filled = tile.show == Show::rows ? fill_rows(tile, out) : fill_figures(tile, out);
    out["status"] = filled ? "ok" : "failed";
    if (!filled) out["error"] = to_json(filled.error());
    if (filled) add_age(tile, out);
    return out;
  }

 private:
  Result<Period> period_of(const Tile& tile) const {
    const Date day = now_.day();
    if (tile.period == TilePeriod::now) return Period::as_of(day);
    if (tile.period == TilePeriod::today) return Period::of_day(day);
    // From January on to the newest month: a sum of months is there for longer periods too.
    if (tile.period == TilePeriod::cumulative) {
      auto month = view_.figures->newest(*view_.state, tile.indicator, PeriodKind::month, day);
      if (month) return *Period::cumulative(month->year(), month->last_day().month());
    }
    for (const auto& [period, kind] : kKinds) {
      if (period != tile.period) continue;
      auto newest = view_.figures->newest(*view_.state, tile.indicator, kind, day);
      if (newest) return *newest;
    }
    return fail(ErrorKind::not_found, "screen.nothing_recorded", "还没有记录",
                "nothing is recorded yet");
  }

  Question question(const Tile& tile, const std::string& indicator, const Period& period) const {
    Question out;
    out.zone = view_.catalog->zone.zone;
    out.indicator = indicator;
    out.period = period;
    out.comparison = tile.comparison;
    out.dimensions = tile.where;
    return out;
  }

  Result<json::object> figure(const Question& asked) const {
    if (auto may = door_.may_ask(asked, access::What::figure); !may) return fail(may.error());
    if (indicator::is_over_zones(asked.comparison)) {
      auto across = show_figure(door_, indicator::identity(asked), {});
      if (!across) return fail(across.error().error);
      return across->as_object();
    }
    auto found = view_.figures->figure(*view_.state, asked);
    if (!found) return fail(found.error());
    return to_json(*found);
  }

  Result<void> fill_figures(const Tile& tile, json::object& out) const {
    auto period = period_of(tile);
    if (!period) return fail(period.error());
    const Question asked = question(tile, tile.indicator, *period);
    auto main = figure(asked);
    if (!main) return fail(main.error());
    out["figure"] = std::move(*main);
    json::array beside;
    for (const auto& comparison : tile.beside) {
      Question other = asked;
      other.comparison = comparison;
      auto answered = figure(other);
      if (!answered) return fail(answered.error());
      beside.push_back(std::move(*answered));
    }
    out["beside"] = std::move(beside);
    if (!tile.of.empty()) {
      auto whole = figure(question(tile, tile.of, Period::as_of(now_.day())));
      if (!whole) return fail(whole.error());
      out["whole"] = std::move(*whole);
    }
    if (tile.show == Show::line) return fill_line(tile, asked, out);
    if (tile.show == Show::bars) return fill_bars(tile, asked, out);
    return {};
  }

  Result<void> fill_line(const Tile& tile, Question asked, json::object& out) const {
    const auto* definition = view_.catalog->indicators->find(tile.indicator);
    std::vector<json::value> points;
    while (static_cast<int>(points.size()) < tile.last) {
      auto point = figure(asked);
      if (!point) return fail(point.error());
      points.push_back(std::move(*point));
      auto before = asked.period.previous(definition->january_february);
      // Before January and February together comes December, not the year.
      if (tile.period == TilePeriod::month && asked.period.kind() == PeriodKind::cumulative) {
        before = Period::of_month(Month::of(asked.period.first_day().plus_days(-1)));
      }
      if (!before) break;
      asked.period = *before;
    }
    out["points"] = json::array(points.rbegin(), points.rend());
    return {};
  }

  // The largest values of the dimension by their level; then the comparison of each.
  Result<void> fill_bars(const Tile& tile, const Question& asked, json::object& out) const {
    Question level = asked;
    level.comparison = {};
    if (auto may = door_.may_ask(level, access::What::explanation); !may) return fail(may.error());
    const size_t wanted = tile.is_by_value ? size_t{64} : static_cast<size_t>(tile.top);
    auto explained = view_.figures->explain(*view_.state, level, {0, wanted});
    if (!explained) return fail(explained.error());
    std::vector<std::pair<std::string, json::value>> bars;
    for (const auto& breakdown : explained->breakdowns) {
      if (breakdown.dimension != tile.by) continue;
      out["bar_count"] = breakdown.part_count;
      for (const auto& part : breakdown.parts) {
        auto one = indicator::parse_identity(part.identity);
        if (!one) return fail(one.error());
        one->as_of.reset();
        one->comparison = tile.comparison;
        auto answered = figure(*one);
        if (!answered) return fail(answered.error());
        const std::string& key = one->dimensions[tile.by];
        bars.emplace_back(key, json::object{{"key", key},
                                            {"title", to_json(part.label)},
                                            {"figure", std::move(*answered)}});
      }
    }
    if (tile.is_by_value) {
      std::sort(bars.begin(), bars.end(), [](const auto& a, const auto& b) {
        return a.first.size() != b.first.size() ? a.first.size() < b.first.size()
                                                : a.first < b.first;
      });
    }
    json::array list;
    for (auto& [key, bar] : bars) list.push_back(std::move(bar));
    out["bars"] = std::move(list);
    return {};
  }

  Result<void> fill_rows(const Tile& tile, json::object& out) const {
    const record::State& state = *view_.state;
    const auto index = find_register(state, rights_, tile.register_name);
    if (!index) return fail(not_allowed());
    if (rights_.reach(tile.register_name, access::Right::read) != access::Rows::all) {
      return fail(not_allowed());
    }
    const record::Register& home = state.schema().registers()[*index];
    record::QueryText text;
    if (!tile.states.empty() && home.state_field) {
      text.where.push_back(home.fields[*home.state_field].name + ".in." + join(tile.states, ","));
    }
    auto query = record::read_query(state, *index, text);
    if (!query) return fail(query.error());
    query->limit = static_cast<size_t>(tile.top);
    const auto listed = record::list(state, *query);
    json::array rows;
    for (const RecordId record : listed.rows) {
      json::object fields;
      for (const std::string& name : tile.fields) {
        const size_t f = *home.find(name);
        fields[name] =
            json::object{{"title", to_json(home.fields[f].title)},
                         {"value", to_json(state, home.fields[f], state.value(*index, f, record))}};
      }
      rows.push_back(
          json::object{{"key", state.key_text(*index, record)}, {"fields", std::move(fields)}});
    }
    out["register"] = tile.register_name;
    out["rows"] = std::move(rows);
    out["count"] = listed.count;
    return {};
  }

  // When the source behind the tile last recorded something new.
  void add_age(const Tile& tile, json::object& out) const {
    std::vector<std::string> names{tile.register_name};
    if (tile.show != Show::rows) names = registers_of(*view_.catalog, tile.indicator);
    if (names.empty()) names.emplace_back("observation");  // figures compiled outside
    std::optional<Instant> last;
    for (const std::string& name : names) {
      const auto index = view_.state->schema().index_of(name);
      const size_t size = index ? view_.state->size(*index) : 0;
      if (size == 0) continue;
      const RecordId newest{static_cast<uint32_t>(size - 1)};
      const Seq created = view_.state->provenance(*index, newest).created;
      if (created.value == 0 || created.value > view_.entry_times.size()) continue;
      const Instant at = view_.entry_times[created.value - 1];
      last = last ? std::max(*last, at) : at;
    }
    if (!last) return;
    out["recorded_at"] = last->to_string();
    const int64_t minutes = (now_.ms - last->ms) / 60'000;
    out["age_minutes"] = minutes;
    out["silent"] = tile.silent_after_minutes > 0 && minutes >= tile.silent_after_minutes;
  }

  const Door& door_;
  const access::Rights& rights_;
  const zone::View& view_;
  const Instant now_;
};

}  // namespace

Answered list_screens(const Door& door, std::string_view zone) {
  auto rights = door.enter(zone);
  if (!rights) return failed(rights.error());
  json::array screens;
  auto read = door.host().read(zone, [&](const zone::View& view) {
    for (const catalog::Screen& screen : view.catalog->screens->all()) {
      screens.push_back(json::object{{"screen", screen.name},
                                     {"title", to_json(screen.title)},
                                     {"tiles", screen.tiles.size()}});
    }
  });
  if (!read) return failed(read.error());
  return json::object{{"zone", zone}, {"screens", std::move(screens)}};
}

Answered show_screen(const Door& door, std::string_view zone, std::string_view name) {
  auto rights = door.enter(zone);
  if (!rights) return failed(rights.error());
  json::object out;
  std::vector<std::string> names;
  auto read = door.host().read(zone, [&](const zone::View& view) {
    const catalog::Screen* screen = view.catalog->screens->find(name);
    for (const auto& each : view.catalog->screens->all()) names.push_back(each.name);
    if (screen == nullptr) return;
    // What runs now is told by the clock; made-up records end where they end.
    const Instant now = door.host().now(view);
    TileAnswer answer(door, *rights, view, now);
    json::array tiles;
    for (const Tile& tile : screen->tiles) tiles.push_back(answer.answer(tile));
    out = {{"zone", zone},
           {"zone_title", to_json(view.catalog->zone.name)},
           {"screen", screen->name},
           {"title", to_json(screen->title)},
           {"columns", catalog::kScreenColumns},
           {"rows", catalog::kScreenRows},
           {"tiles", std::move(tiles)},
           {"now", now.to_string()},
           {"position", view.position.value},
           {"synthetic", view.catalog->zone.synthetic}};
  });
  if (!read) return failed(read.error());
  if (!out.empty()) return out;
  Error error{ErrorKind::not_found, "screen.unknown", {}, {}, {}, {}};
  const auto near = nearest_name(name, names);
  error.zh = "没有名为“" + std::string(name) + "”的屏" +
             (near ? "，是否指 " + *near + "？" : "；有：" + join(names, "、"));
  error.en = "there is no screen " + std::string(name) +
             (near ? "; did you mean " + *near + "?" : "; there are: " + join(names, ", "));
  return failed(std::move(error));
}

}  // namespace wutong::answer
