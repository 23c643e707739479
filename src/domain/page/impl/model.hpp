// Model: the figures that a text states as variables of a Solver, bound together by the catalog:
// formulas, ratios, growth and its base, changes and gaps in points, multiples, shares, parts of a
// whole. Private to the folder; pure.
#pragma once

#include <map>

#include "domain/page/impl/solver.hpp"
#include "domain/page/judge.hpp"

namespace wutong::page {

// A figure as a variable: a level, the growth of it, or either of another area (by its level).
struct FigureKey {
  std::string indicator;
  std::map<std::string, std::string> dimensions;
  Period period;
  std::string area;  // area level (nation, province …); empty: the own
  bool is_growth = false;
  friend bool operator<(const FigureKey& a, const FigureKey& b);
};

class Model {
 public:
  // Of the claims of one zone. `is_as_printed`: with the printed values as they stand instead of
  // the intervals that they allow, for the value in the middle.
  Model(const ZoneRecords& records, const Reading& reading, bool is_as_printed);
  // A claim with the question that it asks.
  void give(size_t claim, const indicator::Question& question);
  // Adds what the catalog says about the figures given, and solves.
  void solve();

  const Solver& solver() const { return solver_; }
  const std::map<FigureKey, size_t>& variables() const { return variables_; }
  // Of a growth, the change in points that gave it, by claim: for what is unusual.
  struct Change {
    FigureKey now, before;
    size_t claim;
  };
  const std::vector<Change>& changes() const { return changes_; }
  record::Title title(const FigureKey& key) const;
  Unit unit(const FigureKey& key) const;

 private:
  using Definition = indicator::Definition;
  const Definition* find(const std::string& name) const;
  size_t variable(const FigureKey& key);
  std::optional<size_t> known(const FigureKey& key) const;
  size_t constant(const Interval& interval, size_t claim);
  Interval interval_of(const Claim& claim) const;
  void add_growth(const FigureKey& growth);
  void add_formula(const Definition& definition);
  void add_ratio(const Definition& definition);
  void add_parts();
  bool has_plain_base(const Definition& definition) const;
  bool is_part(const Definition& part, const Definition& whole) const;

  const ZoneRecords& records_;
  const Reading& reading_;
  bool is_as_printed_;
  Solver solver_;
  std::map<FigureKey, size_t> variables_;
  std::vector<Change> changes_;
};

}  // namespace wutong::page
