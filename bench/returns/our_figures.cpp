#include "bench/returns/our_figures.hpp"

#include <algorithm>
#include <set>

#include "bench/returns/our_zones.hpp"

namespace wutong::bench {

namespace {

using indicator::ComparisonKind;
using indicator::Figure;
using indicator::Figures;
using indicator::Question;
using indicator::Status;

struct Line {
  const char* name;
  const char* indicator;
  const char* period;
  const char* comparison;
};
constexpr const char* kUpToAsked = "2024-01..09";
// Output and its growth stand first: rank and totals are made of them.
constexpr Line kLines[] = {
    {"output", "output", kUpToAsked, "level"},
    {"output_growth", "output", kUpToAsked, "yoy"},
    {"output_growth_change", "output", kUpToAsked, "change_pp:month"},
    {"quarter_revenue", "revenue", "2024-Q3", "level"},
    {"quarter_revenue_growth", "revenue", "2024-Q3", "yoy"},
    {"profit", "profit", kUpToAsked, "level"},
    {"profit_growth", "profit", kUpToAsked, "yoy"},
    {"exports", "exports", kUpToAsked, "level"},
    {"imports", "imports", kUpToAsked, "level"},
    {"trade", "trade", kUpToAsked, "level"},
    {"exports_growth", "exports", kUpToAsked, "yoy"},
    {"trade_growth", "trade", kUpToAsked, "yoy"},
    {"hightech_share", "hightech_share", kUpToAsked, "level"},
    {"rd_intensity", "rd_intensity", kUpToAsked, "level"},
    {"firms", "firms", "@2024-09-30", "level"},
};

Question question_of(size_t zone, const Line& line) {
  Question out;
  out.zone = zone_name(zone);
  out.indicator = line.indicator;
  out.period = *Period::parse(line.period);
  out.comparison = *indicator::parse_comparison(line.comparison);
  return out;
}

bool is_level_of_sum(const Line& line) {
  const std::string_view name = line.name;
  return std::string_view(line.comparison) == "level" && name != "hightech_share" &&
         name != "rd_intensity";
}

// A combination of dimension values that nothing was ever recorded for is not known: no figure.
Result<std::optional<Figure>> asked(const zone::View& view, const Figures& figures,
                                    const Question& question) {
  auto figure = figures.figure(*view.state, question);
  if (figure) return std::optional<Figure>(std::move(*figure));
  if (figure.error().kind == ErrorKind::not_found) return std::optional<Figure>();
  return fail(figure.error());
}

bool has_value(const std::optional<Figure>& figure) {
  return figure && figure->status == Status::value;
}

std::string text_of(const std::optional<Figure>& figure, bool is_rate) {
  if (!has_value(figure)) return is_rate ? "-" : "0";
  return figure->exact.to_string_short();
}

std::optional<int64_t> whole(const std::optional<Decimal>& value) {
  if (!value) return std::nullopt;
  const auto integer = value->rescaled(0);
  if (!integer) return std::nullopt;
  return static_cast<int64_t>(integer->mantissa());
}

// The base of a growth rate. Level and rate fix it: 18 places of the rate are more than the base
// has digits; where there is no rate it is asked for.
Result<int64_t> base_of(const zone::View& view, const Question& growth,
                        const std::optional<Figure>& level, const std::optional<Figure>& rate) {
  if (has_value(level) && has_value(rate) && !level->value.is_zero()) {
    const auto hundredfold = add(rate->exact, Decimal(100));
    const auto base = hundredfold
                          ? mul_div(level->value, Decimal(100), *hundredfold, 0, Rounding::half_up)
                          : std::nullopt;
    if (const auto number = whole(base)) return *number;
  }
  const auto explained = view.figures->explain(*view.state, growth, {0, 0});
  if (!explained) return fail(explained.error());
  return whole(explained->base_total).value_or(0);
}

}  // namespace

OurFigures::OurFigures(const Dataset& data) : zones_(data.zones), cells_(data.zones) {
  for (size_t zone = 0; zone < data.zones; ++zone) {
    for (const Line& line : kLines) {
      zones_[zone].asked.push_back({line.name, question_of(zone, line), !is_level_of_sum(line)});
    }
    zones_[zone].figures.resize(std::size(kLines));
  }
  std::set<std::pair<size_t, size_t>> pairs;
  for (const Firm& firm : data.firms) pairs.emplace(firm.zone, firm.industry);
  for (const auto& [zone, industry] : pairs) {
    Cell cell{zone, industry, zones_[zone].asked[0], zones_[zone].asked[1], {}, {}};
    cell.output.question.dimensions["industry"] = industry_code(industry);
    cell.growth.question.dimensions["industry"] = industry_code(industry);
    cells_[zone].push_back(std::move(cell));
  }
}

Result<void> OurFigures::ask(const zone::View& view, const Figures& figures, size_t at) {
  Zone& zone = zones_[at];
  for (size_t i = 0; i < zone.asked.size(); ++i) {
    auto figure = asked(view, figures, zone.asked[i].question);
    if (!figure) return fail(figure.error());
    zone.figures[i] = std::move(*figure);
  }
  zone.growth.reset();
  if (has_value(zone.figures[1])) zone.growth = zone.figures[1]->exact;
  zone.position = view.position;
  return {};
}

Result<void> OurFigures::ask_growth(const zone::View& view, const Figures& figures, Zone& zone) {
  auto figure = asked(view, figures, zone.asked[1].question);
  if (!figure) return fail(figure.error());
  zone.growth.reset();
  if (has_value(*figure)) zone.growth = (*figure)->exact;
  zone.position = view.position;
  return {};
}

Result<void> OurFigures::ask_cells(const zone::View& view, const Figures& figures, size_t zone) {
  for (Cell& cell : cells_[zone]) {
    auto level = asked(view, figures, cell.output.question);
    if (!level) return fail(level.error());
    auto rate = asked(view, figures, cell.growth.question);
    if (!rate) return fail(rate.error());
    cell.level = std::move(*level);
    cell.rate = std::move(*rate);
  }
  return {};
}

int64_t OurFigures::rank_of(const Zone& zone) const {
  if (!zone.growth) return 0;
  return 1 + std::count_if(zones_.begin(), zones_.end(), [&](const Zone& other) {
           return other.growth && *other.growth > *zone.growth;
         });
}

Result<void> OurFigures::read_zone(const zone::Host& host, size_t zone) {
  Result<void> done;
  host.read_all([&](std::span<const zone::View> views) {
    for (size_t i = 0; i < views.size() && done; ++i) {
      if (i == zone) {
        done = ask(views[i], *views[i].figures, i);
      } else if (zones_[i].position.value != views[i].position.value) {
        done = ask_growth(views[i], *views[i].figures, zones_[i]);
      }
    }
  });
  zones_[zone].rank = rank_of(zones_[zone]);
  return done;
}

Result<void> OurFigures::add_up(const zone::View& view, size_t at) {
  const Zone& zone = zones_[at];
  const auto base = base_of(view, zone.asked[1].question, zone.figures[0], zone.figures[1]);
  if (!base) return fail(base.error());
  total_base_ += *base;
  if (has_value(zone.figures[0])) total_output_ += whole(zone.figures[0]->value).value_or(0);
  return {};
}

Result<void> OurFigures::read_all(const zone::Host& host) {
  total_output_ = total_base_ = 0;
  Result<void> done;
  host.read_all([&](std::span<const zone::View> views) {
    for (size_t i = 0; i < views.size() && done; ++i) {
      done = ask(views[i], *views[i].figures, i);
      if (done) done = ask_cells(views[i], *views[i].figures, i);
      if (done) done = add_up(views[i], i);
    }
  });
  for (Zone& zone : zones_) zone.rank = rank_of(zone);
  return done;
}

Result<void> OurFigures::read_from_records(const zone::Host& host) {
  total_output_ = total_base_ = 0;
  Result<void> done;
  host.read_all([&](std::span<const zone::View> views) {
    for (size_t i = 0; i < views.size() && done; ++i) {
      const zone::View& view = views[i];
      Figures fresh(view.catalog->indicators, zone_name(i), view.catalog->zone.area,
                    view.catalog->zone.synthetic);
      fresh.recompute(*view.state, view.position);
      done = ask(view, fresh, i);
      if (done) done = ask_cells(view, fresh, i);
      if (done) done = add_up(view, i);
    }
  });
  for (Zone& zone : zones_) zone.rank = rank_of(zone);
  return done;
}

Result<void> OurFigures::note_answers(const zone::Host& host, std::string_view state,
                                      Answers& answers) {
  if (auto done = read_all(host); !done) return done;
  for (size_t at = 0; at < zones_.size(); ++at) {
    const Zone& zone = zones_[at];
    const std::string scope = zone_scope(at);
    for (size_t i = 0; i < zone.asked.size(); ++i) {
      answers.add(state, scope, zone.asked[i].name,
                  text_of(zone.figures[i], zone.asked[i].is_rate));
    }
    answers.add(state, scope, "rank", zone.rank == 0 ? "-" : std::to_string(zone.rank));
    for (const Cell& cell : cells_[at]) {
      const std::string output = text_of(cell.level, false), growth = text_of(cell.rate, true);
      if (output == "0" && growth == "-") continue;
      answers.add(state, cell_scope(at, cell.industry), "output", output);
      answers.add(state, cell_scope(at, cell.industry), "output_growth", growth);
    }
  }
  answers.add_totals(state, total_output_, total_base_);
  return {};
}

}  // namespace wutong::bench
