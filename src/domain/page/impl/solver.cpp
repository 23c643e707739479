#include "domain/page/impl/solver.hpp"

#include <algorithm>

namespace wutong::page {

namespace {

constexpr int kPlaces = 12;
constexpr int kRoundsMax = 100;  // narrowing converges at once or by ever smaller steps

}  // namespace

size_t Solver::add_variable(bool is_whole, bool is_positive) {
  Variable variable;
  variable.is_whole = is_whole;
  if (is_positive) variable.interval = {Decimal(0), {}, true, false};
  variables_.push_back(std::move(variable));
  return variables_.size() - 1;
}

bool Solver::give(size_t index, const Interval& interval, size_t source) {
  variables_[index].is_given = true;
  narrow(index, {interval.low, interval.is_low_closed, {source}},
         {interval.high, interval.is_high_closed, {source}});
  return !in_conflict_.contains(index);
}

void Solver::require_not_negative(size_t variable) { narrow(variable, {Decimal(0), true, {}}, {}); }

void Solver::add_sum(std::vector<Term> terms, const Decimal& total) {
  sums_.push_back({std::move(terms), total});
}

void Solver::add_product(size_t left, size_t right, size_t result, const Decimal& factor) {
  products_.push_back({left, right, result, factor});
}

void Solver::add_at_most(size_t small, size_t large) { at_most_.emplace_back(small, large); }

Solver::Bound Solver::low(size_t index) const {
  const Variable& variable = variables_[index];
  return {variable.interval.low, variable.interval.is_low_closed, variable.low_sources};
}

Solver::Bound Solver::high(size_t index) const {
  const Variable& variable = variables_[index];
  return {variable.interval.high, variable.interval.is_high_closed, variable.high_sources};
}

bool Solver::is_empty(size_t index) const {
  const Interval& interval = variables_[index].interval;
  if (!interval.low || !interval.high) return false;
  if (*interval.low > *interval.high) return true;
  return *interval.low == *interval.high && !(interval.is_low_closed && interval.is_high_closed);
}

// True where a bound moved. What is in conflict is left alone from then on.
bool Solver::narrow(size_t index, const Bound& low, const Bound& high) {
  if (in_conflict_.contains(index)) return false;
  Variable& variable = variables_[index];
  Interval& interval = variable.interval;
  bool moved = false;
  const bool raises =
      low.value && (!interval.low || *low.value > *interval.low ||
                    (*low.value == *interval.low && interval.is_low_closed && !low.is_closed));
  if (raises) {
    interval.low = low.value;
    interval.is_low_closed = low.is_closed;
    variable.low_sources = low.sources;
    moved = true;
  }
  const bool lowers =
      high.value && (!interval.high || *high.value < *interval.high ||
                     (*high.value == *interval.high && interval.is_high_closed && !high.is_closed));
  if (lowers) {
    interval.high = high.value;
    interval.is_high_closed = high.is_closed;
    variable.high_sources = high.sources;
    moved = true;
  }
  if (!moved) return false;
  const bool is_whole_left = !variable.is_whole || narrow_whole(index);
  if (is_whole_left && !is_empty(index)) return true;
  Sources sources = variable.low_sources;
  sources.insert(variable.high_sources.begin(), variable.high_sources.end());
  in_conflict_.insert(index);
  // What cannot be shows in every figure that it bears on; the sources are named once.
  const bool is_known =
      std::any_of(conflicts_.begin(), conflicts_.end(), [&](const Conflict& known) {
        return std::includes(sources.begin(), sources.end(), known.sources.begin(),
                             known.sources.end());
      });
  if (!is_known) conflicts_.push_back({index, std::move(sources), !is_whole_left});
  return false;
}

// Bounds of a whole number move to whole numbers; false where there is none between them.
bool Solver::narrow_whole(size_t index) {
  Interval& interval = variables_[index].interval;
  const bool was_empty = is_empty(index);
  if (interval.low) {
    auto whole = interval.low->rounded(0, Rounding::up);
    if (whole && *whole == *interval.low && !interval.is_low_closed)
      whole = add(*whole, Decimal(1));
    if (whole) interval.low = whole->normalized(), interval.is_low_closed = true;
  }
  if (interval.high) {
    auto whole = interval.high->rounded(0, Rounding::down);
    if (whole && *whole == *interval.high && !interval.is_high_closed) {
      whole = sub(*whole, Decimal(1));
    }
    if (whole) interval.high = whole->normalized(), interval.is_high_closed = true;
  }
  return was_empty || !is_empty(index);
}

bool Solver::propagate(const Sum& sum) {
  bool moved = false;
  for (const Term& own : sum.terms) {
    // own = sign × (total - the others)
    Bound smallest{sum.total, true, {}}, largest{sum.total, true, {}};
    for (const Term& other : sum.terms) {
      if (other.variable == own.variable) continue;
      const Bound least = other.sign > 0 ? low(other.variable) : high(other.variable);
      const Bound most = other.sign > 0 ? high(other.variable) : low(other.variable);
      const auto take = [&](Bound& from, const Bound& what) {
        if (!from.value || !what.value) return void(from.value.reset());
        from.value = other.sign > 0 ? sub(*from.value, *what.value) : add(*from.value, *what.value);
        from.is_closed = from.is_closed && what.is_closed;
        from.sources.insert(what.sources.begin(), what.sources.end());
      };
      take(smallest, most);
      take(largest, least);
    }
    if (own.sign < 0) {
      std::swap(smallest, largest);
      if (smallest.value) smallest.value = smallest.value->negated();
      if (largest.value) largest.value = largest.value->negated();
    }
    moved = narrow(own.variable, smallest, largest) || moved;
  }
  return moved;
}

Solver::Bound Solver::product(const Bound& a, const Bound& b, const Decimal& factor, bool upwards) {
  Bound out;
  if (!a.value || !b.value) return out;
  out.value = mul_div(*a.value, *b.value, factor, kPlaces, upwards ? Rounding::up : Rounding::down);
  out.is_closed = a.is_closed && b.is_closed;
  out.sources = a.sources;
  out.sources.insert(b.sources.begin(), b.sources.end());
  return out;
}

Solver::Bound Solver::quotient(const Bound& a, const Bound& b, const Decimal& factor,
                               bool upwards) {
  Bound out;
  if (!a.value || !b.value || b.value->is_zero()) return out;
  out.value = mul_div(*a.value, factor, *b.value, kPlaces, upwards ? Rounding::up : Rounding::down);
  out.is_closed = a.is_closed && b.is_closed;
  out.sources = a.sources;
  out.sources.insert(b.sources.begin(), b.sources.end());
  return out;
}

bool Solver::propagate(const Product& each) {
  for (size_t variable : {each.left, each.right, each.result}) {
    const auto& bottom = variables_[variable].interval.low;
    if (!bottom || bottom->is_negative()) return false;
  }
  bool moved = narrow(each.result, product(low(each.left), low(each.right), each.factor, false),
                      product(high(each.left), high(each.right), each.factor, true));
  for (const auto& [own, other] : {std::pair{each.left, each.right}, {each.right, each.left}}) {
    moved = narrow(own, quotient(low(each.result), high(other), each.factor, false),
                   quotient(high(each.result), low(other), each.factor, true)) ||
            moved;
  }
  return moved;
}

bool Solver::propagate_at_most(size_t small, size_t large) {
  const bool moved = narrow(small, {}, high(large));
  return narrow(large, low(small), {}) || moved;
}

void Solver::solve() {
  for (int round = 0; round < kRoundsMax; ++round) {
    bool moved = false;
    for (const Sum& sum : sums_) moved = propagate(sum) || moved;
    for (const Product& each : products_) moved = propagate(each) || moved;
    for (const auto& [small, large] : at_most_) moved = propagate_at_most(small, large) || moved;
    if (!moved) return;
  }
}

}  // namespace wutong::page
