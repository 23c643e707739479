// Lineage: the records that an explanation lists, and no others, reproduce the figure; without any
// one of them the figure changes by its amount.
#include <gtest/gtest.h>

#include <set>

#include "core/indicator/test_zone.hpp"

namespace wutong::indicator {
namespace {

using Row = TestZone::Row;

// Everything of a zone but the records of `home` that are not kept.
void copy(const TestZone& from, const std::string& home, const std::set<RecordId>& kept,
          TestZone& to) {
  const record::State& state = from.state();
  const Date early = day("1900-01-01");
  for (size_t r = 0; r < state.schema().registers().size(); ++r) {
    const record::Register& each = state.schema().registers()[r];
    for (uint32_t i = 0; i < state.size(r); ++i) {
      if (each.name == home && !kept.contains(RecordId{i})) continue;
      Row row;
      for (size_t f = 0; f < each.fields.size(); ++f) {
        if (!each.fields[f].effective) row[each.fields[f].name] = state.value(r, f, RecordId{i});
      }
      const RecordId id = to.create(each.name, row);
      for (size_t f = 0; f < each.fields.size(); ++f) {
        if (!each.fields[f].effective) continue;
        for (const auto& [since, value] : state.history(r, f, RecordId{i})) {
          to.amend(each.name, id, {{each.fields[f].name, value}}, std::max(since, early));
        }
      }
    }
  }
}

class LineageTest : public testing::Test {
 protected:
  LineageTest() : zone_(test_files()) {
    for (int i = 0; i < 4; ++i) {
      zone_.create("enterprise", {{"code", "f" + std::to_string(i)},
                                  {"name", "企业" + std::to_string(i)},
                                  {"designated", i != 1},
                                  {"sector", std::string("industry")},
                                  {"hightech", i % 2 == 0},
                                  {"street", std::string("north")}});
    }
    zone_.amend("enterprise", RecordId{1}, {{"designated", true}}, day("2024-02-10"));
    zone_.amend("enterprise", RecordId{2}, {{"designated", false}}, day("2024-01-01"));
    zone_.amend("enterprise", RecordId{3}, {{"hightech", true}}, day("2024-04-01"));
    int amount = 100;
    for (const char* when : {"2023-03", "2023-05", "2024-03", "2024-05"}) {
      for (uint32_t i = 0; i < 4; ++i) {
        amount += 37;
        const bool is_draft = amount % 5 == 0;
        zone_.create("monthly_return", {{"enterprise", RecordId{i}},
                                        {"month", month(when)},
                                        {"status", std::string(is_draft ? "draft" : "accepted")},
                                        {"output", Decimal(amount)},
                                        {"profit", Decimal(amount - 300)}});
      }
    }
    for (int i = 0; i < 5; ++i) {
      const std::string name = std::to_string(i);
      zone_.create("patent", {{"number", "p" + name},
                              {"holder", RecordId{static_cast<uint32_t>(i % 4)}},
                              {"granted_on", day("2023-0" + std::to_string(i + 1) + "-15")},
                              {"lapsed_on", i == 2 ? Value(day("2024-01-01")) : Value()}});
      zone_.create("visit", {{"number", "v" + name},
                             {"on", day("2024-05-1" + name)},
                             {"visitor", "who" + std::to_string(i % 3)},
                             {"persons", int64_t{i + 2}}});
    }
  }

  TestZone zone_;
};

struct Case {
  const char* home;
  const char* asked;
  bool adds_up;
};
constexpr Case kCases[] = {
    {"monthly_return", "output/2024-01..05", true},
    {"monthly_return", "output/2024-01..05?hightech=true", true},
    {"monthly_return", "output/2024-01..05/yoy", true},
    {"monthly_return", "output/2024-01..05/yoy:naive", true},
    {"monthly_return", "output/2024-05/two_year_average", true},
    {"monthly_return", "profit/2024/yoy?hightech=true", true},
    {"monthly_return", "average_output/2024-01..05", false},
    {"monthly_return", "largest_output/2024", false},
    {"monthly_return", "reporting/2024", false},
    {"patent", "patents/2024", true},
    {"patent", "patents/@2023-12-31?hightech=true", true},
    {"visit", "visits/2024-05", true},
    {"visit", "last_visit/2024", false},
};

TEST_F(LineageTest, TheListedRecordsAloneReproduceTheFigure) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.asked);
    const Explanation why = zone_.explain(c.asked);
    ASSERT_FALSE(why.records.empty());
    std::set<RecordId> listed;
    for (const RecordAmount& row : why.records) listed.insert(row.record);
    TestZone alone(test_files());
    copy(zone_, c.home, listed, alone);
    EXPECT_EQ(alone.value(c.asked), zone_.value(c.asked));
    EXPECT_EQ(alone.ask(c.asked).exact, why.figure.exact);
    EXPECT_EQ(alone.explain(c.asked).value_total, why.value_total);
    EXPECT_EQ(alone.explain(c.asked).base_total, why.base_total);
  }
}

TEST_F(LineageTest, WithoutAnyOneOfThemItChangesByItsAmount) {
  size_t removed = 0;
  for (const Case& c : kCases) {
    if (!c.adds_up) continue;
    const Explanation why = zone_.explain(c.asked);
    const bool is_level = why.figure.question.comparison.kind == ComparisonKind::level;
    std::set<RecordId> all;
    for (uint32_t i = 0; i < zone_.state().size(*zone_.schema().index_of(c.home)); ++i) {
      all.insert(RecordId{i});
    }
    for (const RecordAmount& row : why.records) {
      SCOPED_TRACE(std::string(c.asked) + " without " + row.key);
      std::set<RecordId> kept = all;
      kept.erase(row.record);
      TestZone without(test_files());
      copy(zone_, c.home, kept, without);
      const Explanation rest = without.explain(c.asked);
      const bool is_base = row.part == "base";
      EXPECT_EQ(*sub(why.value_total, rest.value_total), is_base ? Decimal() : row.amount);
      EXPECT_EQ(*sub(why.base_total, rest.base_total), is_base ? row.amount : Decimal());
      if (is_level) {
        EXPECT_EQ(*sub(why.figure.exact, without.ask(c.asked).exact), row.amount);
      } else if (why.figure.status == Status::value && rest.figure.status == Status::value) {
        EXPECT_NE(why.figure.exact, without.ask(c.asked).exact);
      }
      ++removed;
    }
  }
  EXPECT_GT(removed, 30U);
}

// Nothing is both counted and left out, and nothing is forgotten.
TEST_F(LineageTest, CountedAndLeftOutAreAllRecords) {
  for (const Case& c : kCases) {
    SCOPED_TRACE(c.asked);
    const Explanation why = zone_.explain(c.asked);
    size_t records = 0;
    for (const RecordAmount& row : why.records) records += row.part == "value" ? 1 : 0;
    for (const LeftOut& left : why.left_out) records += left.records;
    EXPECT_EQ(records, zone_.state().size(*zone_.schema().index_of(c.home)));
  }
}

}  // namespace
}  // namespace wutong::indicator
