// The split of a comparable base: worked by hand, then exact sums over random histories against a
// plain reading of the records.
#include "core/indicator/split.hpp"

#include <functional>
#include <random>

#include "core/indicator/test_zone.hpp"

namespace wutong::indicator {
namespace {

using Row = TestZone::Row;

const SplitPart& part_of(const Split& split, const std::string& name) {
  for (const SplitPart& part : split.parts) {
    if (part.name == name) return part;
  }
  ADD_FAILURE() << name;
  return split.parts.front();
}

class SplitTest : public testing::Test {
 protected:
  SplitTest() : zone_(test_files()) {}
  RecordId firm(const std::string& code, bool designated, bool hightech = false) {
    return zone_.create("enterprise", {{"code", code},
                                       {"name", "企业" + code},
                                       {"designated", designated},
                                       {"sector", std::string("industry")},
                                       {"hightech", hightech},
                                       {"street", std::string("north")}});
  }
  RecordId report(RecordId firm, std::string_view when, std::string_view output) {
    return zone_.create("monthly_return", {{"enterprise", firm},
                                           {"month", month(when)},
                                           {"status", std::string("accepted")},
                                           {"output", number(output)},
                                           {"profit", Value()}});
  }
  void amend(RecordId firm, const char* field, bool value, const char* from) {
    zone_.amend("enterprise", firm, {{field, value}}, day(from));
  }
  // The base as the zone stood at a position.
  PublishedBase known_at(const std::string& text, Seq position) const {
    TestZone past(test_files());
    past.replay(zone_, position);
    auto out = past.figures().base_as_known(past.state(), *parse_identity("zone/" + text));
    EXPECT_TRUE(out) << text;
    return out ? *out : PublishedBase{};
  }
  static std::string amount(const Split& split, const std::string& name) {
    return part_of(split, name).amount.to_string_short();
  }
  TestZone zone_;
};

TEST_F(SplitTest, AddsUpFromTheBaseAsItStoodToTheComparableOne) {
  const RecordId stayed = firm("stayed", true), came = firm("came", false);
  const RecordId went = firm("went", true);
  const RecordId first = report(stayed, "2017-05", "19000.0");
  report(came, "2017-05", "3432.0");
  report(went, "2017-05", "9047.6");
  const Seq complete = zone_.position();
  zone_.amend("monthly_return", first, {{"output", number("20000.0")}});
  amend(came, "designated", true, "2018-01-01");
  amend(went, "designated", false, "2018-01-01");
  report(stayed, "2018-05", "24000.0");
  report(came, "2018-05", "3298.3");
  const std::string asked = "output/2018-01..05/yoy";
  const PublishedBase known = known_at(asked, complete);
  const auto split = *zone_.explain(asked, {0, 50}, &known).split;
  EXPECT_EQ(*split.published, number("28047.6"));
  EXPECT_EQ(split.published_at, complete);
  EXPECT_EQ(split.naive, number("29047.6"));
  EXPECT_EQ(split.comparable, number("23432.0"));
  EXPECT_EQ(amount(split, "revised"), "1000");
  EXPECT_EQ(amount(split, "entered"), "3432");
  EXPECT_EQ(amount(split, "left"), "-9047.6");
  EXPECT_EQ(amount(split, "reclassified"), "0");
  EXPECT_EQ(split.unit_register, "enterprise");
  ASSERT_EQ(part_of(split, "left").units.size(), 1U);
  EXPECT_EQ(part_of(split, "left").units[0].key, "went");
  EXPECT_EQ(part_of(split, "left").units[0].title.zh, "企业went");
  EXPECT_TRUE(split.note.zh.empty());
}

TEST_F(SplitTest, ReclassifiedUnitsMoveBetweenDimensionValues) {
  const RecordId a = firm("a", true, false), b = firm("b", true, true);
  report(a, "2023-05", "10");
  report(b, "2023-05", "3");
  report(a, "2024-05", "20");
  amend(a, "hightech", true, "2024-02-01");
  amend(b, "hightech", false, "2024-02-01");
  const Split split = *zone_.explain("output/2024-05/yoy?hightech=true").split;
  EXPECT_EQ(amount(split, "reclassified"), "7");
  ASSERT_EQ(part_of(split, "reclassified").units.size(), 2U);
  EXPECT_EQ(part_of(split, "reclassified").units[0].amount, number("10"));
  EXPECT_EQ(part_of(split, "reclassified").units[1].amount, number("-3"));
  EXPECT_EQ(split.naive, number("3"));
  EXPECT_EQ(split.comparable, number("10"));
  EXPECT_EQ(amount(*zone_.explain("output/2024-05/yoy").split, "reclassified"), "0");
  const SplitPart page =
      part_of(*zone_.explain("output/2024-05/yoy?hightech=true", {1, 1}).split, "reclassified");
  ASSERT_EQ(page.units.size(), 1U);
  EXPECT_EQ(page.units[0].key, "b");
  EXPECT_EQ(page.unit_count, 2U);
}

TEST_F(SplitTest, ABackdatedRosterIsARevision) {
  const RecordId a = firm("a", true), b = firm("b", true);
  report(a, "2023-09", "100");
  report(b, "2023-09", "50");
  const Seq complete = zone_.position();
  report(a, "2024-09", "110");
  amend(b, "designated", false, "2022-09-01");
  const std::string asked = "output/2024-09/yoy";
  const PublishedBase known = known_at(asked, complete);
  const Split split = *zone_.explain(asked, {0, 50}, &known).split;
  EXPECT_EQ(*split.published, number("150"));
  EXPECT_EQ(split.naive, number("100")) << "the roster of then, as known now";
  EXPECT_EQ(split.comparable, number("100"));
  EXPECT_EQ(amount(split, "revised"), "-50");
  EXPECT_EQ(part_of(split, "revised").units[0].key, "b");
  EXPECT_EQ(amount(split, "left"), "0");
}

TEST_F(SplitTest, SaysWhereNothingIsKnownOfThen) {
  const RecordId a = firm("a", true);
  const Seq before = zone_.position();
  report(a, "2023-09", "100");
  report(a, "2024-09", "110");
  const std::string asked = "output/2024-09/yoy";
  const Split none = *zone_.explain(asked).split;
  EXPECT_FALSE(none.published);
  EXPECT_EQ(amount(none, "revised"), "0");
  EXPECT_NE(none.note.en.find("the log began after"), std::string::npos);
  const PublishedBase empty = known_at(asked, before);
  const Split later = *zone_.explain(asked, {0, 50}, &empty).split;
  EXPECT_FALSE(later.published);
  EXPECT_EQ(amount(later, "revised"), "0");
  EXPECT_NE(later.note.en.find("none of these records"), std::string::npos);
  PublishedBase redefined = known_at(asked, zone_.position());
  redefined.position = before;
  redefined.definition_digest = Hash{};
  EXPECT_NE(zone_.explain(asked, {0, 50}, &redefined).split->note.en.find("another then"),
            std::string::npos);
  EXPECT_FALSE(zone_.explain("output/2024-09/yoy:naive").split);
  EXPECT_FALSE(zone_.explain("output/2024-09").split);
  EXPECT_FALSE(zone_.explain("all_output/2024-09/yoy").split) << "its base is naive";
  EXPECT_EQ(zone_.figures().base_known_by(*parse_identity("zone/output/2024-01..09/yoy")),
            day("2023-10-31"));
}

// What each part is, read row by row.
struct Expected {
  Decimal naive, comparable, entered, left, reclassified;
};
class Plain {
 public:
  Plain(const record::State& state, const Question& question) : state_(state), asked_(question) {}

  Expected base() const {
    const Period period = *asked_.period.years_earlier(1);
    Expected out;
    for (uint32_t i = 0; i < state_.size(*state_.schema().index_of("monthly_return")); ++i) {
      const RecordId row{i};
      const Month when = std::get<Month>(at("monthly_return", "month", row, {}));
      if (when < period.first_month() || when > period.last_month()) continue;
      if (to_string(at("monthly_return", "status", row, {})) != "accepted") continue;
      const Value value = at("monthly_return", "output", row, {});
      if (is_absent(value)) continue;
      const auto firm = std::get<RecordId>(at("monthly_return", "enterprise", row, {}));
      const Decimal amount = std::get<Decimal>(value);
      const bool was = listed(firm, period.last_day());
      const bool is = listed(firm, asked_.period.last_day());
      const bool of_then = matches(firm, period.last_day());
      const bool of_now = matches(firm, asked_.period.last_day());
      const auto into = [&](Decimal& sum, bool plus) {
        sum = plus ? *add(sum, amount) : *sub(sum, amount);
      };
      if (was && of_then) into(out.naive, true);
      if (is && of_now) into(out.comparable, true);
      if (!was && is && of_now) into(out.entered, true);
      if (was && !is && of_then) into(out.left, false);
      if (was && is && of_now && !of_then) into(out.reclassified, true);
      if (was && is && of_then && !of_now) into(out.reclassified, false);
    }
    return out;
  }

 private:
  Value at(const char* name, const std::string& field, RecordId row, std::optional<Date> on) const {
    const auto index = *state_.schema().index_of(name);
    return state_.value(index, *state_.schema().registers()[index].find(field), row, on);
  }
  bool listed(RecordId firm, Date on) const {
    return to_string(at("enterprise", "designated", firm, on)) == "true" &&
           to_string(at("enterprise", "sector", firm, on)) == "industry";
  }
  bool matches(RecordId firm, Date on) const {
    for (const auto& [name, value] : asked_.dimensions) {
      if (to_string(at("enterprise", name, firm, on)) != value) return false;
    }
    return true;
  }
  const record::State& state_;
  const Question& asked_;
};

// One act of a random history: a return, a correction, a firm that changes from some day on.
void act(TestZone& zone, std::mt19937& random, std::map<std::pair<uint32_t, int>, RecordId>& rows) {
  const auto below = [&](uint32_t bound) { return static_cast<uint32_t>(random() % bound); };
  const Month when = Month::of(2022, 1).plus(static_cast<int>(below(36)));
  const RecordId firm{below(6)};
  if (below(5) < 2) {
    const Value output = below(9) == 0 ? Value() : Value(Decimal::from_parts(below(90'000), 2));
    const std::string status = below(5) == 0 ? "draft" : "accepted";
    const auto [at, is_new] = rows.try_emplace({firm.value, when.index});
    if (!is_new)
      return zone.amend("monthly_return", at->second, {{"status", status}, {"output", output}});
    at->second = zone.create("monthly_return", {{"enterprise", firm},
                                                {"month", when},
                                                {"status", status},
                                                {"output", output},
                                                {"profit", Value()}});
    return;
  }
  const Date from = when.first_day().plus_days(static_cast<int>(below(28)));
  switch (below(3)) {
    case 0:
      return zone.amend("enterprise", firm, {{"designated", below(3) > 0}}, from);
    case 1:
      return zone.amend("enterprise", firm, {{"hightech", below(2) > 0}}, from);
    default:
      return zone.amend("enterprise", firm,
                        {{"sector", std::string(below(4) > 0 ? "industry" : "service")}}, from);
  }
}

void expect_exact(const TestZone& zone, const Question& question, const PublishedBase& known,
                  const Decimal& published) {
  const std::string text = identity(question).substr(5);
  const Explanation why = zone.explain(text, {0, 1000}, &known);
  ASSERT_TRUE(why.split) << text;
  const Split& split = *why.split;
  const Expected expected = Plain(zone.state(), question).base();
  EXPECT_EQ(split.naive, expected.naive) << text;
  EXPECT_EQ(split.comparable, expected.comparable) << text;
  EXPECT_EQ(split.comparable, why.base_total) << text;
  EXPECT_EQ(part_of(split, "entered").amount, expected.entered) << text;
  EXPECT_EQ(part_of(split, "left").amount, expected.left) << text;
  EXPECT_EQ(part_of(split, "reclassified").amount, expected.reclassified) << text;
  Decimal sum = split.published.value_or(split.naive);
  for (const SplitPart& part : split.parts) {
    sum = *add(sum, part.amount);
    Decimal units;
    for (const SplitUnit& unit : part.units) units = *add(units, unit.amount);
    EXPECT_EQ(units, part.amount) << text << " " << part.name;
    EXPECT_EQ(part.units.size(), part.unit_count);
  }
  EXPECT_EQ(sum, split.comparable) << text;
  if (split.published) {
    EXPECT_EQ(*split.published, published) << text;
  }
}

TEST_F(SplitTest, AddsUpExactlyOverRandomHistories) {
  size_t compared = 0, revised = 0;
  for (uint32_t seed = 1; seed <= 15; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    TestZone fresh(test_files());
    zone_ = std::move(fresh);
    for (int i = 0; i < 6; ++i) firm("f" + std::to_string(i), i % 3 > 0, i % 2 > 0);
    std::map<std::pair<uint32_t, int>, RecordId> rows;
    for (int step = 0; step < 150; ++step) act(zone_, random, rows);
    for (int question = 0; question < 12; ++question) {
      const int year = 2023 + static_cast<int>(random() % 2);
      const Period period = *Period::cumulative(year, 1 + static_cast<int>(random() % 12));
      Question asked{"zone", "output", period, *parse_comparison("yoy"), {}, {}, {}};
      if (random() % 2 == 0) asked.dimensions["hightech"] = random() % 2 == 0 ? "true" : "false";
      const Seq then{20 + random() % 130};
      TestZone past(test_files());
      past.replay(zone_, then);
      if (zone_.refusal(identity(asked).substr(5)) != "") continue;
      const auto known = past.figures().base_as_known(past.state(), asked);
      ASSERT_TRUE(known);
      const Decimal published = Plain(past.state(), asked).base().naive;
      expect_exact(zone_, asked, *known, published);
      ++compared;
      const Split split = *zone_.explain(identity(asked).substr(5), {0, 1}, &*known).split;
      if (!part_of(split, "revised").amount.is_zero()) ++revised;
      if (testing::Test::HasFailure()) return;
    }
  }
  EXPECT_GT(compared, 100U);
  EXPECT_GT(revised, 30U) << "histories that never revise would prove nothing";
}

}  // namespace
}  // namespace wutong::indicator
