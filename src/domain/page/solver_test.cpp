#include "domain/page/impl/solver.hpp"

#include <gtest/gtest.h>

namespace wutong::page {
namespace {

Decimal number(const char* text) { return *Decimal::parse(text); }

Interval between(const char* low, const char* high, bool is_high_closed = false) {
  return {number(low), number(high), true, is_high_closed};
}

std::string bounds(const Solver& solver, size_t variable) {
  const Interval& interval = solver.variable(variable).interval;
  return (interval.is_low_closed ? "[" : "(") +
         (interval.low ? interval.low->to_string_short() : "-inf") + "," +
         (interval.high ? interval.high->to_string_short() : "inf") +
         (interval.is_high_closed ? "]" : ")");
}

TEST(Solver, SubtractsGrowthExactly) {
  Solver solver;
  const size_t now = solver.add_variable(false, false), change = solver.add_variable(false, false);
  const size_t then = solver.add_variable(false, false);
  solver.give(now, between("20.05", "20.15"), 1);
  solver.give(change, between("16.25", "16.35"), 2);
  solver.add_sum({{now, 1}, {change, -1}, {then, -1}}, Decimal(0));
  solver.solve();
  EXPECT_EQ(bounds(solver, then), "(3.7,3.9)");
  EXPECT_EQ(solver.variable(then).low_sources, (Solver::Sources{1, 2}));
  EXPECT_TRUE(solver.conflicts().empty());
}

TEST(Solver, FindsTheTotalBehindACountAndItsShare) {
  Solver solver;
  const size_t part = solver.add_variable(true, true), share = solver.add_variable(false, true);
  const size_t total = solver.add_variable(true, true);
  solver.give(part, between("34", "34", true), 1);
  solver.give(share, between("22.5", "23.5"), 2);
  solver.add_product(total, share, part, Decimal(100));
  solver.solve();
  EXPECT_EQ(bounds(solver, total), "[145,151]");
}

TEST(Solver, SaysWhereNoWholeNumberIsLeft) {
  Solver solver;
  const size_t part = solver.add_variable(true, true), share = solver.add_variable(false, true);
  const size_t total = solver.add_variable(true, true);
  solver.give(part, between("3", "3", true), 1);
  solver.give(share, between("69.5", "70.5"), 2);  // 3 of 4.26 to 4.32
  solver.add_product(total, share, part, Decimal(100));
  solver.solve();
  ASSERT_EQ(solver.conflicts().size(), 1u);
  EXPECT_TRUE(solver.conflicts()[0].is_not_whole);
  EXPECT_EQ(solver.conflicts()[0].sources, (Solver::Sources{1, 2}));
}

TEST(Solver, CarriesBoundsThroughALevelAndItsBase) {
  // Imports = total - exports, this year and the year before; their growth follows.
  Solver solver;
  const auto amount = [&] { return solver.add_variable(false, true); };
  const size_t total = amount(), exports = amount(), imports = amount();
  const size_t total_then = amount(), exports_then = amount(), imports_then = amount();
  const size_t total_factor = amount(), exports_factor = amount(), imports_factor = amount();
  solver.give(total, between("316.145", "316.155"), 1);
  solver.give(total_factor, between("120.05", "120.15"), 2);
  solver.give(exports, between("214.175", "214.185"), 3);
  solver.give(exports_factor, between("125.45", "125.55"), 4);
  solver.add_sum({{total, 1}, {exports, -1}, {imports, -1}}, Decimal(0));
  solver.add_sum({{total_then, 1}, {exports_then, -1}, {imports_then, -1}}, Decimal(0));
  solver.add_product(total_then, total_factor, total, Decimal(100));
  solver.add_product(exports_then, exports_factor, exports, Decimal(100));
  solver.add_product(imports_then, imports_factor, imports, Decimal(100));
  solver.solve();
  const Interval& growth = solver.variable(imports_factor).interval;
  EXPECT_EQ(growth.low->rounded(1, Rounding::half_up), number("109.9"));
  EXPECT_EQ(growth.high->rounded(1, Rounding::half_up), number("110.4"));
  EXPECT_EQ(solver.variable(imports_factor).low_sources, (Solver::Sources{1, 2, 3, 4}));
}

TEST(Solver, KeepsBoundsOpenAndReportsWhatCannotBe) {
  Solver solver;
  const size_t part = solver.add_variable(true, true), whole = solver.add_variable(true, true);
  solver.give(part, {number("900"), {}, false, false}, 1);  // over 900
  solver.give(whole, between("800", "900"), 2);
  solver.add_at_most(part, whole);
  solver.solve();
  ASSERT_EQ(solver.conflicts().size(), 1u);
  EXPECT_EQ(solver.conflicts()[0].sources, (Solver::Sources{1, 2}));
}

TEST(Solver, AStatementAgainstItselfIsAConflict) {
  Solver solver;
  const size_t one = solver.add_variable(false, false);
  EXPECT_TRUE(solver.give(one, between("7.95", "8.05"), 1));
  EXPECT_FALSE(solver.give(one, between("8.05", "8.15"), 2)) << "8.05 is open on one side";
}

TEST(Solver, EndsAlsoWhereBoundsOnlyCreep) {
  Solver solver;
  const size_t a = solver.add_variable(false, true), b = solver.add_variable(false, true);
  solver.give(a, between("0", "1", true), 1);
  solver.add_product(a, a, b, Decimal(2));
  solver.add_sum({{a, 1}, {b, -1}}, Decimal(0));
  solver.solve();
  EXPECT_TRUE(solver.variable(a).interval.low->is_zero());
}

}  // namespace
}  // namespace wutong::page
