// Definitions: the indicators of a catalog as loaded from packs (docs/packs.md says the keys),
// resolved against the registers. Built once, immutable, shared by all threads.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/decimal.hpp"
#include "base/period.hpp"
#include "base/unit.hpp"
#include "core/indicator/window.hpp"
#include "core/record/schema.hpp"
#include "core/record/state.hpp"
#include "engine/expression/expression.hpp"
#include "engine/pack/shape.hpp"
#include "engine/pack/source.hpp"

namespace wutong::indicator {

struct Plans;

enum class Kind { records, series, ratio, derived };
enum class Aggregate { sum, count, count_distinct, avg, min, max, last };

struct Dimension {
  std::string name;
  record::Path path;
};

// of_where / to_where fix dimension values of the part.
struct RatioPart {
  std::string indicator;
  std::map<std::string, std::string> where;
  bool whole_year = false;  // to_period: year
};

struct Definition {
  std::string name;
  record::Title title;
  std::vector<std::string> aliases;
  std::string pack;
  Kind kind = Kind::records;
  Unit unit;
  int decimals = 2;
  int rate_decimals = 1;
  Rounding rounding = Rounding::half_up;
  bool growth_reported = false;  // series
  bool comparable_base = false;
  JanuaryFebruary january_february = JanuaryFebruary::separate;

  // records
  size_t register_index = 0;
  Aggregate aggregate = Aggregate::sum;
  std::optional<expression::Program> measure;  // none for count and count_distinct
  std::string measure_text;                    // as written: sum(output)
  std::optional<size_t> distinct_field;
  std::optional<expression::Program> where;
  std::string where_text;
  std::vector<expression::Program> conditions;  // those that `where` joins by && at the top
  std::optional<size_t> time_field;             // month or date; of a stock: from
  std::optional<size_t> until_field;            // of a stock
  std::optional<Window> window;
  bool is_stock = false;
  std::optional<record::Path> area;
  std::vector<Dimension> dimensions;
  bool at_record = false;  // attributes on the record's own last day
  int measure_scale = 0;   // places of the measured numbers
  Unit measure_unit;       // converts to `unit` (sum, avg, min, max, last)

  // ratio, derived
  std::optional<RatioPart> of;
  std::optional<RatioPart> to;
  Decimal per = Decimal(1);
  std::vector<std::pair<std::string, int>> terms;  // indicator, +1 or -1

  // Its figures are days with a precision (`unit: date`): see date_of in figure.hpp.
  bool is_date() const { return unit.dimension() == "date"; }

  std::string text;  // the file as loaded, for explanations
  Hash digest{};     // of the file: the version of the definition
  Place place;
};

// What packs/<pack>/indicators/NAME.yaml may hold.
pack::Shape indicator_shape();

class Definitions {
 public:
  // Reports every fault with its place: unknown names with the nearest, wrong types and units, keys
  // that do not belong to the kind, circles of ratios and derived indicators. nullopt if there is
  // any.
  static std::optional<Definitions> load(const pack::Files& files,
                                         std::span<const std::string> packs,
                                         const record::Schema& schema, Issues& issues);
  const std::vector<Definition>& all() const { return definitions_; }
  const Definition* find(std::string_view name) const;
  std::optional<size_t> index_of(std::string_view name) const;
  std::vector<std::string> names() const;
  const Plans& plans() const { return *plans_; }  // core/indicator/plan.hpp

 private:
  std::shared_ptr<const Plans> plans_;
  std::vector<Definition> definitions_;
  std::map<std::string, size_t, std::less<>> index_;
};

}  // namespace wutong::indicator
