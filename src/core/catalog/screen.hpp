// Screens: what hangs on a wall, from packs/<pack>/screens/NAME.yaml (docs/packs.md, "Screens").
// A screen is a grid of 24 columns and 12 rows; a tile shows one message. Built once with the
// catalog, checked against its indicators and registers, immutable, shared by all threads.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/indicator/definition.hpp"
#include "core/indicator/figure.hpp"
#include "core/record/schema.hpp"

namespace wutong::catalog {

constexpr int kScreenColumns = 24;
constexpr int kScreenRows = 12;

enum class Show {
  number,  // one figure, perhaps with others below it
  line,    // the last periods of one figure
  bars,    // the values of a dimension, the largest first, or in order of the values
  rows     // records
};

// Which period a tile speaks of.
enum class TilePeriod {
  now,    // as of the day: stocks
  today,  // the day itself, still running
  day,    // the newest finished one with records, as the following
  month,
  quarter,
  half,
  year,
  cumulative
};

struct Tile {
  std::string name;
  record::Title title;
  int column = 1, row = 1, columns = 1, rows = 1;
  Show show = Show::number;
  // number, line, bars
  std::string indicator;
  std::map<std::string, std::string> where;  // dimension → value
  TilePeriod period = TilePeriod::month;
  indicator::Comparison comparison;
  std::vector<indicator::Comparison> beside;
  int last = 12;             // line
  std::string by;            // bars: the dimension
  int top = 8;               // bars, rows
  bool is_by_value = false;  // bars: in the order of the values (hours), not of size
  std::string of;            // number, bars: the indicator that is the whole (capacity)
  // rows
  std::string register_name;
  std::vector<std::string> fields;
  std::vector<std::string> states;  // of the life cycle; empty: all
  // A source that has not recorded for so long is said to be silent; 0: never said.
  int silent_after_minutes = 0;
};

struct Screen {
  std::string name;
  record::Title title;
  std::string pack;
  std::vector<Tile> tiles;
};

pack::Shape screen_shape();

class Screens {
 public:
  // All faults with their places: unknown indicators, dimensions, registers, fields and states with
  // the nearest name; tiles that leave the grid or cover each other. nullopt if there is any.
  static std::optional<Screens> load(const pack::Files& files, std::span<const std::string> packs,
                                     const record::Schema& schema,
                                     const indicator::Definitions& indicators, Issues& issues);
  const std::vector<Screen>& all() const { return screens_; }
  const Screen* find(std::string_view name) const;

 private:
  std::vector<Screen> screens_;
};

}  // namespace wutong::catalog
