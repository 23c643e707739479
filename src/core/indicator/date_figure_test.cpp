// Figures that are dates, durations between dates, and places among the values of a dimension.
#include "core/indicator/test_zone.hpp"

namespace wutong::indicator {
namespace {

struct Text {
  const char* path;
  const char* text;
};
constexpr Text kFiles[] = {
    {"registers/firm.yaml", R"(register: firm
title: {zh: 企业, en: Firm}
key: [code]
names: [name]
fields:
  code: {type: text, required: true, title: {zh: 代码, en: Code}}
  name: {type: text, title: {zh: 名称, en: Name}}
)"},
    {"registers/milestone.yaml", R"(register: milestone
title: {zh: 里程碑, en: Milestone}
key: [number]
fields:
  number: {type: text, required: true, title: {zh: 编号, en: Number}}
  firm: {type: ref, to: firm, title: {zh: 企业, en: Firm}}
  entered: {type: partial_date, title: {zh: 入驻, en: Entered}}
  produced: {type: partial_date, title: {zh: 投产, en: Produced}}
  signed: {type: date, title: {zh: 签约, en: Signed}}
  paid: {type: month, title: {zh: 付款, en: Paid}}
)"},
    {"indicators/first_signed.yaml", R"(indicator: first_signed
title: {zh: 首次签约日期, en: First signed}
unit: date
from: milestone
measure: min(signed)
time: signed
by: {firm: firm}
)"},
    {"indicators/last_produced.yaml", R"(indicator: last_produced
title: {zh: 最近投产, en: Last production}
unit: date
from: milestone
measure: max(produced)
time: produced
by: {firm: firm}
)"},
    {"indicators/newest_payment.yaml", R"(indicator: newest_payment
title: {zh: 最近付款, en: Newest payment}
unit: date
from: milestone
measure: last(paid)
time: paid
by: {firm: firm}
)"},
    {"indicators/entry_to_production.yaml", R"y(indicator: entry_to_production
title: {zh: 入驻到投产用时, en: Entry to production}
unit: days
decimals: 0
from: milestone
measure: min(days_between(entered, produced))
where: "days_between(entered, produced) >= quantity(0, 'days')"
time: produced
by: {firm: firm}
)y"},
    {"indicators/entry_to_production_months.yaml", R"(indicator: entry_to_production_months
title: {zh: 入驻到投产月数, en: Months from entry to production}
unit: months
decimals: 0
from: milestone
measure: min(months_between(entered, produced))
time: produced
by: {firm: firm}
)"},
};

pack::Files files() {
  pack::Files out;
  for (const Text& text : kFiles) out.add(std::string("packs/test/") + text.path, text.text);
  return out;
}

class DateFigureTest : public testing::Test {
 protected:
  DateFigureTest() : zone_(files()) {}
  RecordId firm(const std::string& code) {
    return zone_.create("firm", {{"code", code}, {"name", "企业" + code}});
  }
  static Value date(const std::string& text) {
    return text.empty() ? Value() : Value(*PartialDate::parse(text));
  }
  RecordId milestone(RecordId firm, const std::string& entered, const std::string& produced,
                     const std::string& on = "2021-03-02", const std::string& paid = "2021-04") {
    return zone_.create("milestone", {{"number", std::to_string(count_++)},
                                      {"firm", firm},
                                      {"entered", date(entered)},
                                      {"produced", date(produced)},
                                      {"signed", day(on)},
                                      {"paid", month(paid)}});
  }
  std::string date_of_figure(const std::string& text) const {
    const Figure figure = zone_.ask(text);
    if (figure.status != Status::value) return std::string(to_string(figure.status));
    return amount_text(figure.value, figure.unit);
  }
  std::string fault(const std::string& changed_from, const std::string& to) const {
    pack::Files out;
    for (const Text& text : kFiles) {
      std::string body = text.text;
      if (const size_t at = body.find(changed_from); at != std::string::npos) {
        body.replace(at, changed_from.size(), to);
      }
      out.add(std::string("packs/test/") + text.path, body);
    }
    Issues issues;
    const std::vector<std::string> packs{"test"};
    auto schema = record::Schema::load(out, packs, issues);
    if (schema) Definitions::load(out, packs, *schema, issues);
    return issues.empty() ? "" : issues.front().code;
  }
  TestZone zone_;
  int count_ = 0;
};

TEST_F(DateFigureTest, AreDaysWithTheirPrecision) {
  const RecordId a = firm("a"), b = firm("b");
  milestone(a, "2021-10-01", "2022-01-05", "2021-09-30", "2022-02");
  milestone(b, "2021-11", "2022-03", "2021-07-01", "2021-08");
  EXPECT_EQ(date_of_figure("first_signed/@2024-10-28"), "2021-07-01");
  EXPECT_EQ(date_of_figure("first_signed/@2024-10-28?firm=a"), "2021-09-30");
  EXPECT_EQ(date_of_figure("first_signed/2021"), "2021-07-01");
  EXPECT_EQ(date_of_figure("first_signed/2020"), "no_records");
  EXPECT_EQ(date_of_figure("last_produced/@2024-10-28"), "2022-03") << "known to the month";
  EXPECT_EQ(date_of_figure("last_produced/@2024-10-28?firm=a"), "2022-01-05");
  EXPECT_EQ(date_of_figure("newest_payment/@2024-10-28"), "2022-02");
  EXPECT_EQ(zone_.difference_to_recomputed(), "");
}

TEST_F(DateFigureTest, FollowCorrectionsAndCanBeAskedAsOfThen) {
  const RecordId a = firm("a");
  const RecordId row = milestone(a, "2021-10-01", "2022-01-05", "2021-09-30");
  const std::string then = std::to_string(zone_.position().value);
  zone_.amend("milestone", row, {{"signed", day("2021-10-08")}});
  EXPECT_EQ(date_of_figure("first_signed/@2024-10-28"), "2021-10-08");
  EXPECT_EQ(date_of_figure("first_signed/@2024-10-28?as_of=" + then), "2021-09-30");
}

TEST_F(DateFigureTest, AreExplainedAsDates) {
  const RecordId a = firm("a"), b = firm("b");
  milestone(a, "2021-10-01", "2022-01-05");
  milestone(b, "2021-11", "2022-03");
  const Explanation why = zone_.explain("last_produced/@2024-10-28");
  ASSERT_EQ(why.records.size(), 2U);
  EXPECT_EQ(amount_text(why.records[0].amount, why.record_unit), "2022-03");
  EXPECT_EQ(amount_text(why.records[1].amount, why.record_unit), "2022-01-05");
  EXPECT_EQ(amount_text(why.value_total, why.record_unit), "2022-03");
  EXPECT_TRUE(why.breakdowns.empty()) << "dates do not add up";
  const Explanation one = zone_.explain("last_produced/@2024-10-28?firm=a");
  ASSERT_EQ(one.left_out.size(), 1U);
  EXPECT_EQ(one.left_out[0].amount, Decimal());
}

TEST_F(DateFigureTest, HaveAnOrderAndNothingElse) {
  const RecordId a = firm("a"), b = firm("b");
  milestone(a, "2021-10-01", "2022-01-05", "2021-09-30");
  milestone(b, "2021-11", "2022-03", "2021-07-01");
  for (const char* comparison : {"yoy", "share:total", "multiple:city", "streak", "cagr:2"}) {
    EXPECT_EQ(zone_.refusal(std::string("first_signed/2021/") + comparison + "?firm=a"),
              "figure.comparison_unsuitable")
        << comparison;
  }
  EXPECT_EQ(zone_.value("first_signed/@2024-10-28/rank:by:low?firm=b"), "1");
  EXPECT_EQ(zone_.value("first_signed/@2024-10-28/rank:by:low?firm=a"), "2");
  EXPECT_EQ(zone_.value("first_signed/@2024-10-28/rank:by?firm=a"), "1") << "the latest first";
}

TEST_F(DateFigureTest, OfOtherKindsAreFaultsOfThePack) {
  EXPECT_EQ(fault("min(signed)", "sum(signed)"), "indicator.date");
  EXPECT_EQ(fault("min(signed)", "min(number)"), "indicator.date");
  EXPECT_EQ(fault("min(signed)", "count()"), "indicator.date");
  EXPECT_EQ(fault("unit: date\nfrom: milestone\nmeasure: min(signed)",
                  "unit: days\nfrom: milestone\nmeasure: min(signed)"),
            "indicator.measure");
  EXPECT_EQ(fault("from: milestone\nmeasure: last(paid)\ntime: paid\nby: {firm: firm}",
                  "formula: first_signed - last_produced"),
            "indicator.date");
  EXPECT_EQ(fault("unit: days\ndecimals: 0\nfrom: milestone\nmeasure: min(days_between",
                  "unit: months\ndecimals: 0\nfrom: milestone\nmeasure: min(days_between"),
            "indicator.unit");
}

TEST_F(DateFigureTest, DurationsAreWholeAndExact) {
  const RecordId a = firm("a"), b = firm("b"), c = firm("c");
  milestone(a, "2021-10-01", "2022-01-05");
  milestone(b, "2021-10-31", "2022-02-28");
  milestone(c, "2021-11", "2022-03");
  EXPECT_EQ(zone_.value("entry_to_production/@2024-10-28?firm=a"), "96");
  EXPECT_EQ(zone_.value("entry_to_production_months/@2024-10-28?firm=a"), "3");
  EXPECT_EQ(zone_.value("entry_to_production_months/@2024-10-28?firm=b"), "4")
      << "28 February is the last day of its month";
  EXPECT_EQ(zone_.value("entry_to_production_months/@2024-10-28?firm=c"), "4");
  EXPECT_EQ(zone_.value("entry_to_production/@2024-10-28?firm=c"), "no_records")
      << "known to the month only";
}

TEST_F(DateFigureTest, PlacesAmongValuesOfADimension) {
  const RecordId a = firm("a"), b = firm("b"), c = firm("c"), d = firm("d");
  firm("e");
  milestone(a, "2021-10-01", "2021-10-31");
  milestone(b, "2021-10-01", "2021-10-21");
  milestone(c, "2021-10-01", "2021-10-21");
  milestone(d, "2021-10-01", "2021-12-31");
  const auto place = [&](const std::string& code, const std::string& order) {
    return zone_.value("entry_to_production/@2024-10-28/" + order + "?firm=" + code);
  };
  EXPECT_EQ(place("b", "rank:by:low"), "1");
  EXPECT_EQ(place("c", "rank:by:low"), "1");
  EXPECT_EQ(place("a", "rank:by:low"), "3");
  EXPECT_EQ(place("a", "rank:by"), "2");
  EXPECT_EQ(place("a", "rank:by:firm:low"), "3");
  EXPECT_EQ(place("e", "rank:by:low"), "no_records");
  EXPECT_EQ(zone_.refusal("entry_to_production/@2024-10-28/rank:by"),
            "figure.comparison_unsuitable");
  EXPECT_EQ(zone_.refusal("entry_to_production/@2024-10-28/rank:by:firm:high?firm=a"),
            "figure.identity_malformed");
  const Explanation why = zone_.explain("entry_to_production/@2024-10-28/rank:by:low?firm=a");
  ASSERT_EQ(why.parts.size(), 4U);
  EXPECT_EQ(why.parts[0].label.zh, "企业b");
  EXPECT_EQ(why.parts[0].identity, "zone/entry_to_production/@2024-10-28?firm=b");
  EXPECT_EQ(why.parts[3].value, Decimal(91));
  EXPECT_NE(why.formula.en.find("among the 4 values of firm"), std::string::npos) << why.formula.en;
}

}  // namespace
}  // namespace wutong::indicator
