// Solver: intervals of unknown numbers under constraints, narrowed until nothing changes. Knows
// nothing of texts. Private to the folder; pure.
//
// Operation. Every variable has an interval with open or closed bounds; each bound remembers which
// sources it was made from. A constraint narrows each of its variables by the others. Bounds are
// rounded outwards (18 - 6 places), so that no true value is ever lost; add, subtract and compare
// are exact. An empty interval is a conflict of the sources of its two bounds.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "domain/page/claim.hpp"

namespace wutong::page {

class Solver {
 public:
  using Sources = std::set<size_t>;
  struct Variable {
    Interval interval;
    Sources low_sources, high_sources;
    bool is_whole = false;  // a number of discrete things
    bool is_given = false;  // some source states it
  };
  struct Term {
    size_t variable = 0;
    int sign = 1;
  };

  size_t add_variable(bool is_whole, bool is_positive);
  void require_not_negative(size_t variable);
  // False if that leaves nothing: a conflict.
  bool give(size_t variable, const Interval& interval, size_t source);
  // The sum of the terms is `total`.
  void add_sum(std::vector<Term> terms, const Decimal& total);
  // left × right = result × factor; all of them are positive or zero, factor over zero.
  void add_product(size_t left, size_t right, size_t result, const Decimal& factor);
  void add_at_most(size_t small, size_t large);
  void solve();

  const Variable& variable(size_t index) const { return variables_[index]; }
  struct Conflict {
    size_t variable = 0;
    Sources sources;
    bool is_not_whole = false;  // an interval without a whole number
  };
  const std::vector<Conflict>& conflicts() const { return conflicts_; }

 private:
  struct Sum {
    std::vector<Term> terms;
    Decimal total;
  };
  struct Product {
    size_t left, right, result;
    Decimal factor;
  };
  struct Bound {
    std::optional<Decimal> value;
    bool is_closed = false;
    Sources sources;
  };
  Bound low(size_t variable) const;
  Bound high(size_t variable) const;
  bool narrow(size_t variable, const Bound& low, const Bound& high);
  bool narrow_whole(size_t variable);
  bool is_empty(size_t variable) const;
  bool propagate(const Sum& sum);
  bool propagate(const Product& product);
  bool propagate_at_most(size_t small, size_t large);
  static Bound product(const Bound& a, const Bound& b, const Decimal& factor, bool upwards);
  static Bound quotient(const Bound& a, const Bound& b, const Decimal& factor, bool upwards);

  std::vector<Variable> variables_;
  std::vector<Sum> sums_;
  std::vector<Product> products_;
  std::vector<std::pair<size_t, size_t>> at_most_;
  std::vector<Conflict> conflicts_;
  std::set<size_t> in_conflict_;
};

}  // namespace wutong::page
