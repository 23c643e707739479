// Figure: a question about the cells of a zone, and its answer. One identity, the same string in
// the command line, in claims, in releases and as path of the API (docs/packs.md, "Identity of a
// figure").
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.hpp"
#include "base/crypto.hpp"
#include "base/decimal.hpp"
#include "base/error.hpp"
#include "base/id.hpp"
#include "base/period.hpp"
#include "base/unit.hpp"
#include "core/record/schema.hpp"

namespace wutong::indicator {

enum class ComparisonKind {
  level,
  yoy,
  yoy_naive,
  mom,
  two_year_average,
  cagr,
  change_pp,
  gap_pp,
  multiple,
  share,
  rank,
  only_one_above,
  minimum,
  streak,
  target,
  forecast,
  completion
};

// `argument`: cagr the number of years, 1..100; change_pp month|quarter|half; gap_pp, multiple,
// rank an area level; share an area level or `total` (all dimension values); minimum quarter;
// target and forecast nothing or yoy; completion nothing or year. only_one_above has `threshold`
// and the peers' level in `argument`. Among values of a dimension (among_values): rank by …. Over
// zones (docs/packs.md): rank zones or zones@yoy …, share zones, multiple zone@NAME.
struct Comparison {
  ComparisonKind kind = ComparisonKind::level;
  std::string argument;
  Decimal threshold;
  bool operator==(const Comparison&) const = default;
  // cagr and two_year_average: over how many years.
  int years() const;
};
std::string to_string(const Comparison& comparison);
Result<Comparison> parse_comparison(std::string_view text);
// rank:by[:DIMENSION][:low]: among the values of a dimension that is asked for, the highest or the
// lowest first. `dimension` empty: the only one asked for.
struct AmongValues {
  std::string dimension;
  bool is_low_first = false;
};
std::optional<AmongValues> among_values(const Comparison& comparison);
// Is it asked of several zones at once? `zone` answers those; a zone alone cannot.
bool is_over_zones(const Comparison& comparison);

struct Question {
  std::string zone;
  std::string indicator;
  Period period;
  Comparison comparison;
  std::map<std::string, std::string> dimensions;  // "area" among them: key of another area
  std::optional<Seq> as_of;                       // position of the log; nullopt: now
  std::optional<Date> as_of_day;                  // a day instead; `zone` turns it into a position
  bool is_with_definitions_of_today = false;      // as of then, counted as defined now
  bool operator==(const Question&) const = default;
};
// zone/indicator/period[/comparison][?dimension=value&…&as_of=…&definitions=today]: dimensions
// sorted, `level` left out. In names and values the characters % & = ? / # + and space stand
// percent-encoded.
std::string identity(const Question& question);
// Reads `level` and as_of=DAY too. Errors: invalid, naming the part and the nearest valid word.
Result<Question> parse_identity(std::string_view text);

// Why there is a word instead of a number, or nothing (domain.md 1.7).
enum class Status {
  value,
  no_records,         // nothing recorded for the period
  base_not_positive,  // growth on a zero or negative base: see `words`
  not_reportable,     // January or February alone
  incomplete          // a part (reference area, base period) is not recorded: `missing` says which
};
std::string_view to_string(Status status);

// Figures of unit `date` and their parts and amounts have a day with its precision as value: one
// number that sorts by the first day that it may be.
Decimal packed(const PartialDate& date);
PartialDate date_of(const Decimal& packed);
// An amount without zeros after the point; of unit `date` like 2024-10-23, 2024-10-D2, 2024-10,
// 2024.
std::string amount_text(const Decimal& value, Unit unit);

struct Figure {
  Question question;
  Status status = Status::no_records;
  Decimal value;  // as published: rounded by the definition's rule; percent as printed ("19.8")
  Decimal exact;  // with 18 places at most; equals the unrounded value where that is finite
  Unit unit;      // percent for growth and shares, percentage_points for change_pp and gap_pp …
  record::Title words;  // 扭亏为盈, 由盈转亏, 减亏, 增亏 …
  record::Title missing;
  bool synthetic = false;  // any record behind it is made up
  Seq position;            // the log position that it was computed at
};

// One line of the formula: another figure, or a literal amount of the accumulators.
struct Part {
  record::Title label;
  std::string identity;  // may be empty
  Decimal value;
  Unit unit;
};

struct RecordAmount {
  std::string register_name;
  RecordId record;
  std::string key;
  record::Title title;  // what the record is called, if it has a name
  std::string part;     // "value" or "base": which accumulator it adds to
  Period period;        // the month or day that it is attributed to
  // What it adds. Of count_distinct 1 for the first record of each value and 0 for the others; of
  // min, max and last its own number (the totals are then the number that won).
  Decimal amount;
  Seq created;
  Seq changed;
};

struct LeftOut {
  record::Title reason;
  size_t records = 0;
  Decimal amount;
};

// One unit (an enterprise) and what it adds to a part of the split.
struct SplitUnit {
  std::string key;  // empty: records that name no unit
  record::Title title;
  Decimal amount;
};

struct SplitPart {
  std::string name;  // entered, left, reclassified, revised
  record::Title title;
  Decimal amount;                // of all units
  size_t unit_count = 0;         // those with an amount that is not zero
  std::vector<SplitUnit> units;  // this page, the largest first
};

// Why the comparable base differs from last year's figure (core/indicator/split.hpp). In
// record_unit. published + revised = naive; naive + entered + left + reclassified = comparable.
struct Split {
  std::optional<Decimal> published;  // the base as it stood when it was first complete
  std::optional<Seq> published_at;
  Decimal naive;
  Decimal comparable;
  record::Title note;         // where `published` is not known or was defined otherwise: why
  std::string unit_register;  // of the keys of units
  std::vector<SplitPart> parts;
};

// A base as an earlier state showed it, by unit (absent: records that name none).
struct PublishedBase {
  Seq position;
  Hash definition_digest{};
  int scale = 0;
  Unit unit;
  size_t unit_register = 0;
  size_t records = 0;
  std::map<std::optional<RecordId>, int128> amounts;
};

// Published parts that should make up a published total: the terms of a formula, or the values of
// a dimension.
struct Breakdown {
  std::string dimension;    // empty: the terms of the formula
  std::vector<Part> parts;  // this page, the largest first; values as published
  size_t part_count = 0;
  Decimal sum;         // of all published parts, in the figure's unit
  Decimal difference;  // the published total - sum; not zero: for rounding
};

struct Explanation {
  Figure figure;
  std::string definition;  // name
  std::string definition_text;
  Hash definition_digest{};
  record::Title formula;  // in words, with the operation
  std::vector<Part> parts;
  std::optional<Figure> naive;  // beside comparable growth
  // Of an indicator over records; ratios and derived figures are opened through their parts.
  std::vector<RecordAmount> records;  // this page, by weight
  size_t record_count = 0;
  Unit record_unit;     // of the amounts: the measured unit
  Decimal value_total;  // of all records with part "value"; equals the accumulator exactly
  Decimal base_total;
  std::vector<LeftOut> left_out;
  std::optional<Split> split;         // of growth on a comparable base
  std::vector<Breakdown> breakdowns;  // of a level
};

}  // namespace wutong::indicator
