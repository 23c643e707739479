// Random histories: figures kept up to date must equal figures recomputed, and both must equal an
// oracle that is written here over plain values of the state and shares no code with the engine.
#include <algorithm>
#include <functional>
#include <random>
#include <set>

#include "core/indicator/prepared.hpp"
#include "core/indicator/test_zone.hpp"

namespace wutong::indicator {
namespace {

using Row = TestZone::Row;
using Fixed = std::map<std::string, std::string>;

struct Asked {
  std::string indicator;
  Fixed dimensions;
  Period period;
};

// Sum and number of the contributions, and of those of all dimension values together.
struct Expected {
  Decimal sum;
  std::vector<Decimal> numbers;
  std::set<uint32_t> firms;
  size_t count = 0;
  size_t count_of_all = 0;
};

class Oracle {
 public:
  explicit Oracle(const record::State& state) : state_(state) {}

  Expected level(const Asked& asked, const Period& period, Date on) const {
    return asked.indicator == "patents" ? patents(asked, period.last_day(), on)
                                        : returns(asked, period, on);
  }

 private:
  Value at(const char* name, const char* field, RecordId row, std::optional<Date> on) const {
    const auto index = *state_.schema().index_of(name);
    return state_.value(index, *state_.schema().registers()[index].find(field), row, on);
  }
  static bool is_true(const Value& value) {
    const bool* flag = std::get_if<bool>(&value);
    return flag != nullptr && *flag;
  }
  bool has_dimensions(const Asked& asked, const Value& firm, Date on) const {
    for (const auto& [name, wanted] : asked.dimensions) {
      const auto* id = std::get_if<RecordId>(&firm);
      const std::string is =
          id == nullptr ? "" : to_string(at("enterprise", name.c_str(), *id, on));
      if (is != wanted) return false;
    }
    return true;
  }

  Expected returns(const Asked& asked, const Period& period, Date on) const {
    Expected out;
    const size_t index = *state_.schema().index_of("monthly_return");
    for (uint32_t i = 0; i < state_.size(index); ++i) {
      const RecordId row{i};
      const Value when = at("monthly_return", "month", row, std::nullopt);
      const Value firm = at("monthly_return", "enterprise", row, std::nullopt);
      const auto* month_of_row = std::get_if<Month>(&when);
      const auto* id = std::get_if<RecordId>(&firm);
      if (month_of_row == nullptr || id == nullptr) continue;
      const Date first = month_of_row->first_day();
      const Date last = month_of_row->last_day();
      const bool is_up_to = period.kind() == PeriodKind::as_of;
      if (last > period.last_day() || (!is_up_to && first < period.first_day())) continue;
      if (!counts(asked, row, *id, on)) continue;
      const char* field = asked.indicator == "profit" ? "profit" : "output";
      const Value amount = at("monthly_return", field, row, std::nullopt);
      if (asked.indicator != "reporting" && is_absent(amount)) continue;
      ++out.count_of_all;
      if (!has_dimensions(asked, firm, on)) continue;
      ++out.count;
      out.firms.insert(id->value);
      if (is_absent(amount)) continue;
      out.sum = *add(out.sum, std::get<Decimal>(amount));
      out.numbers.push_back(std::get<Decimal>(amount));
    }
    return out;
  }

  bool counts(const Asked& asked, RecordId row, RecordId firm, Date on) const {
    if (asked.indicator == "all_output") return true;
    if (!is_true(at("enterprise", "designated", firm, on))) return false;
    if (asked.indicator == "reporting") return true;
    if (to_string(at("monthly_return", "status", row, std::nullopt)) != "accepted") return false;
    if (asked.indicator == "largest_output") return true;
    return to_string(at("enterprise", "sector", firm, on)) == "industry";
  }

  Expected patents(const Asked& asked, Date held_on, Date on) const {
    Expected out;
    const size_t index = *state_.schema().index_of("patent");
    for (uint32_t i = 0; i < state_.size(index); ++i) {
      const RecordId row{i};
      const Value from = at("patent", "granted_on", row, std::nullopt);
      const Value until = at("patent", "lapsed_on", row, std::nullopt);
      if (is_absent(from) || std::get<Date>(from) > held_on) continue;
      if (!is_absent(until) && std::get<Date>(until) <= held_on) continue;
      ++out.count_of_all;
      if (!has_dimensions(asked, at("patent", "holder", row, std::nullopt), on)) continue;
      ++out.count;
      out.sum = *add(out.sum, Decimal(1));
    }
    return out;
  }

  const record::State& state_;
};

std::string published(const Asked& asked, const Expected& expected) {
  const auto round = [](const Decimal& value, int places) {
    return value.rounded(places, Rounding::half_up)->to_string();
  };
  if (asked.indicator == "patents") return std::to_string(expected.count);
  if (asked.indicator == "reporting") return std::to_string(expected.firms.size());
  if (asked.indicator == "average_output") {
    return div(expected.sum, Decimal(static_cast<int64_t>(expected.count)), 2, Rounding::half_up)
        ->to_string();
  }
  if (asked.indicator == "largest_output") {
    return round(*std::max_element(expected.numbers.begin(), expected.numbers.end()), 2);
  }
  if (asked.indicator == "all_output") {
    return div(expected.sum, Decimal(10000), 2, Rounding::half_up)->to_string();
  }
  return round(expected.sum, 2);
}

class History {
 public:
  explicit History(uint32_t seed) : random_(seed), zone_(test_files()) {
    for (int i = 0; i < 6; ++i) {
      zone_.create("enterprise", {{"code", "f" + std::to_string(i)},
                                  {"name", "企业" + std::to_string(i)},
                                  {"designated", below(3) > 0},
                                  {"sector", std::string("industry")},
                                  {"hightech", below(2) > 0},
                                  {"street", std::string(below(2) > 0 ? "north" : "south")}});
    }
  }

  void step() {
    switch (below(9)) {
      case 0:
      case 1:
      case 2:
        return create_return();
      case 3:
        return amend_return();
      case 4:
        return amend_firm();
      case 5:
        return create_patent();
      case 6:
        return amend_patent();
      case 7:
        return amend_several();
      case 8:
        return move_return();
    }
  }

  TestZone& zone() { return zone_; }
  uint32_t below(uint32_t bound) { return static_cast<uint32_t>(random_() % bound); }
  Month any_month() { return Month::of(2022, 1).plus(static_cast<int>(below(36))); }
  Period any_period(bool is_stock) {
    const int year = 2022 + static_cast<int>(below(3));
    const int number = 1 + static_cast<int>(below(4));
    switch (below(is_stock ? 6 : 7)) {
      case 0:
        return Period::of_month(any_month());
      case 1:
        return *Period::of_quarter(year, number);
      case 2:
        return *Period::of_half(year, 1 + number % 2);
      case 3:
        return Period::of_year(year);
      case 4:
        return *Period::cumulative(year, 1 + static_cast<int>(below(12)));
      case 5:
        return Period::as_of(any_day());
      default:
        return Period::since(Month::of(year, number).first_day());
    }
  }
  Asked any_question() {
    static const char* const kNames[] = {"output",    "profit",  "average_output", "largest_output",
                                         "reporting", "patents", "all_output"};
    Asked out;
    out.indicator = kNames[below(7)];
    out.period = any_period(out.indicator == "patents");
    const bool has_two =
        out.indicator == "output" || out.indicator == "profit" || out.indicator == "average_output";
    if ((has_two || out.indicator == "patents") && below(2) > 0) {
      out.dimensions["hightech"] = below(2) > 0 ? "true" : "false";
    }
    if ((has_two || out.indicator == "all_output") && below(3) == 0) {
      out.dimensions["street"] = below(2) > 0 ? "north" : "south";
    }
    return out;
  }
  static std::string text(const Asked& asked, const std::string& comparison = "",
                          std::optional<Seq> as_of = std::nullopt) {
    Question question{"zone", asked.indicator, asked.period, {}, asked.dimensions, as_of, {}};
    if (!comparison.empty()) question.comparison = *parse_comparison(comparison);
    return identity(question).substr(5);
  }

 private:
  Date any_day() { return any_month().first_day().plus_days(static_cast<int>(below(28))); }
  Value any_amount() {
    if (below(8) == 0) return {};
    return Decimal::from_parts(static_cast<int>(below(2'000'000)) - 400'000, 2);
  }
  RecordId any(const char* name) {
    const auto size = zone_.state().size(*zone_.schema().index_of(name));
    return RecordId{below(static_cast<uint32_t>(size))};
  }
  bool has(const char* name) { return zone_.state().size(*zone_.schema().index_of(name)) > 0; }
  std::string any_status() { return below(4) == 0 ? "draft" : "accepted"; }

  void create_return() {
    const RecordId firm = any("enterprise");
    const Month when = any_month();
    if (!keys_.insert({firm.value, when.index}).second) return;
    const RecordId id = zone_.create("monthly_return", {{"enterprise", firm},
                                                        {"month", when},
                                                        {"status", any_status()},
                                                        {"output", any_amount()},
                                                        {"profit", any_amount()}});
    key_of_[id.value] = {firm.value, when.index};
  }
  void amend_return() {
    if (!has("monthly_return")) return;
    zone_.amend("monthly_return", any("monthly_return"),
                {{"status", any_status()}, {"output", any_amount()}});
  }
  void move_return() {
    if (!has("monthly_return")) return;
    const RecordId row = any("monthly_return");
    const RecordId firm = any("enterprise");
    const Month when = any_month();
    if (!keys_.insert({firm.value, when.index}).second) return;
    keys_.erase(key_of_[row.value]);
    key_of_[row.value] = {firm.value, when.index};
    zone_.amend("monthly_return", row, {{"enterprise", firm}, {"month", when}});
  }
  Row any_attributes() {
    switch (below(4)) {
      case 0:
        return {{"designated", below(2) > 0}};
      case 1:
        return {{"hightech", below(2) > 0}};
      case 2:
        return {{"street", std::string(below(2) > 0 ? "north" : "south")}};
      default:
        return {{"sector", std::string(below(2) > 0 ? "industry" : "service")}};
    }
  }
  void amend_firm() { zone_.amend("enterprise", any("enterprise"), any_attributes(), any_day()); }
  void create_patent() {
    zone_.create("patent", {{"number", "p" + std::to_string(patents_++)},
                            {"holder", below(9) == 0 ? Value() : Value(any("enterprise"))},
                            {"granted_on", any_day()},
                            {"lapsed_on", below(2) > 0 ? Value() : Value(any_day())}});
  }
  void amend_patent() {
    if (!has("patent")) return;
    zone_.amend(
        "patent", any("patent"),
        {{"holder", any("enterprise")}, {"lapsed_on", below(2) > 0 ? Value() : Value(any_day())}});
  }
  // One entry over two registers: a firm is reclassified while one of its returns is corrected.
  void amend_several() {
    if (!has("monthly_return")) return;
    zone_.apply(
        {zone_.change("enterprise", false, {any("enterprise")}, {any_attributes()}, any_day()),
         zone_.change("monthly_return", false, {any("monthly_return")},
                      {{{"output", any_amount()}}}, std::nullopt)});
  }

  std::mt19937 random_;
  TestZone zone_;
  std::set<std::pair<uint32_t, int32_t>> keys_;
  std::map<uint32_t, std::pair<uint32_t, int32_t>> key_of_;
  int patents_ = 0;
};

bool is_zero_possible(const Asked& asked) {
  return asked.indicator != "average_output" && asked.indicator != "largest_output";
}

// A dimension value that no record has had yet is not known: nothing to compare.
bool is_known(History& history, const std::string& text) {
  return history.zone().refusal(text) != "figure.unknown_value";
}

void compare_level(History& history, const Asked& asked) {
  const std::string text = History::text(asked);
  if (!is_known(history, text)) return;
  const Oracle oracle(history.zone().state());
  const Expected expected = oracle.level(asked, asked.period, asked.period.last_day());
  const Figure figure = history.zone().ask(text);
  const bool adds_up = asked.indicator != "average_output" && asked.indicator != "largest_output";
  if (adds_up && figure.status != Status::not_reportable) {
    const Explanation why = history.zone().explain(text);
    Decimal total;
    for (const RecordAmount& row : why.records) total = *add(total, row.amount);
    EXPECT_EQ(total, asked.indicator == "reporting"
                         ? Decimal(static_cast<int64_t>(expected.firms.size()))
                         : expected.sum)
        << text;
    EXPECT_EQ(why.value_total, total) << text;
  }
  if (figure.status == Status::not_reportable) {
    EXPECT_FALSE(asked.period.is_reportable(JanuaryFebruary::joint)) << text;
  } else if (expected.count > 0) {
    EXPECT_EQ(history.zone().value(text), published(asked, expected)) << text;
  } else if (figure.status == Status::value) {
    EXPECT_TRUE(figure.value.is_zero() && is_zero_possible(asked)) << text;
    if (asked.indicator != "patents") {
      EXPECT_GT(expected.count_of_all, 0U) << text;
    }
  } else {
    EXPECT_EQ(figure.status, Status::no_records) << text;
    EXPECT_TRUE(expected.count_of_all == 0 || !is_zero_possible(asked)) << text;
  }
}

void compare_growth(History& history, const Asked& asked, bool is_naive) {
  const std::string text = History::text(asked, is_naive ? "yoy:naive" : "yoy");
  const auto base_period = asked.period.years_earlier(1);
  if (!base_period || !is_known(history, text)) return;
  const Oracle oracle(history.zone().state());
  const Date on = asked.period.last_day();
  const Expected now = oracle.level(asked, asked.period, on);
  const Expected then = oracle.level(asked, *base_period, is_naive ? base_period->last_day() : on);
  const Figure figure = history.zone().ask(text);
  if (now.count_of_all == 0) {
    EXPECT_EQ(figure.status, Status::no_records) << text;
  } else if (then.count_of_all == 0) {
    EXPECT_EQ(figure.status, Status::incomplete) << text;
  } else if (then.sum.is_zero() || then.sum.is_negative() || now.sum.is_negative()) {
    EXPECT_EQ(figure.status, Status::base_not_positive) << text;
    EXPECT_FALSE(figure.words.zh.empty()) << text;
  } else {
    const Decimal rate =
        *mul_div(*sub(now.sum, then.sum), Decimal(100), then.sum, 1, Rounding::half_up);
    EXPECT_EQ(history.zone().value(text), rate.to_string()) << text;
  }
  const Explanation why = history.zone().explain(text);
  Decimal value, base;
  for (const RecordAmount& row : why.records) {
    Decimal& total = row.part == "base" ? base : value;
    total = *add(total, row.amount);
  }
  EXPECT_EQ(value, now.sum) << text;
  EXPECT_EQ(base, then.sum) << text;
  EXPECT_EQ(why.value_total, now.sum) << text;
  EXPECT_EQ(why.base_total, then.sum) << text;
}

TEST(History, IncrementalFiguresEqualTheOracleAndTheRecomputation) {
  for (uint32_t seed = 1; seed <= 25; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    History history(seed);
    for (int round = 0; round < 8; ++round) {
      for (int i = 0; i < 15; ++i) history.step();
      ASSERT_EQ(history.zone().difference_to_recomputed(), "");
      for (int i = 0; i < 25; ++i) {
        Asked asked = history.any_question();
        compare_level(history, asked);
        if (asked.indicator != "output" && asked.indicator != "profit") continue;
        compare_growth(history, asked, i % 2 == 0);
      }
      if (testing::Test::HasFailure()) return;
    }
  }
}

// Prepared questions, from the cells and from the records, against the long way.
void compare_prepared(History& history, size_t& prepared_count) {
  std::vector<Question> all, prepared_only;
  for (int i = 0; i < 30; ++i) {
    const char* kComparisons[] = {"", "yoy", "yoy:naive", "change_pp:month"};
    const auto question =
        parse_identity("zone/" + History::text(history.any_question(), kComparisons[i % 4]));
    ASSERT_TRUE(question);
    if (history.zone().figures().figure(history.zone().state(), *question)) {
      all.push_back(*question);
    }
  }
  const Figures& figures = history.zone().figures();
  const record::State& state = history.zone().state();
  const auto check = [&](const std::vector<Question>& questions,
                         const std::vector<Answered>& answers, const char* way) {
    for (size_t q = 0; q < questions.size(); ++q) {
      const Figure figure = *figures.figure(state, questions[q]);
      EXPECT_EQ(answers[q].status, figure.status) << way << " " << identity(questions[q]);
      if (figure.status != Status::value) continue;
      EXPECT_EQ(answers[q].value, figure.value) << way << " " << identity(questions[q]);
    }
  };
  Prepared prepared(figures, all);
  std::vector<Answered> answers;
  for (const char* way : {"cells", "cells again"}) {
    check(all, prepared.answer(figures, state), way);
    for (int i = 0; i < 12; ++i) {  // the cells are followed
      history.step();
      const auto& followed = prepared.answer(figures, state);
      if (!followed.empty()) check(all, followed, "followed");
    }
  }
  for (size_t q = 0; q < all.size(); ++q) {
    if (prepared.is_prepared(q)) prepared_only.push_back(all[q]);
  }
  prepared_count += prepared_only.size();
  Prepared from_records(figures, prepared_only);
  for (const char* way : {"records", "records again"}) {
    ASSERT_TRUE(from_records.answer_from_records(figures, state, answers));
    check(prepared_only, answers, way);
  }
}

TEST(History, PreparedQuestionsAreAnsweredAlike) {
  size_t prepared_count = 0;
  for (uint32_t seed = 200; seed <= 220; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    History history(seed);
    for (int round = 0; round < 4; ++round) {
      for (int i = 0; i < 20; ++i) history.step();
      compare_prepared(history, prepared_count);
      if (testing::Test::HasFailure()) return;
    }
  }
  EXPECT_GT(prepared_count, 500U);
}

TEST(History, EveryEarlierPositionIsToldAsItWas) {
  for (uint32_t seed = 100; seed < 106; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    History history(seed);
    std::vector<Asked> questions;
    while (questions.size() < 25) {
      Asked asked = history.any_question();
      asked.dimensions.clear();
      const bool has_cells =
          asked.period.kind() != PeriodKind::as_of && asked.period.kind() != PeriodKind::since;
      if (has_cells || asked.indicator == "patents") questions.push_back(asked);
    }
    std::map<std::pair<size_t, uint64_t>, std::string> told;
    const uint64_t first = history.zone().position().value;
    for (int i = 0; i < 80; ++i) {
      history.step();
      for (size_t q = 0; q < questions.size(); ++q) {
        told[{q, history.zone().position().value}] =
            history.zone().value(History::text(questions[q]));
      }
    }
    for (const auto& [key, value] : told) {
      if (key.second <= first) continue;
      const Asked& asked = questions[key.first];
      if (asked.indicator == "patents" && value != history.zone().value(History::text(asked)) &&
          (value == "no_records" || value == "0")) {
        continue;  // a stock never held and one held no more are told apart for today only
      }
      EXPECT_EQ(history.zone().value(History::text(asked, "", Seq{key.second})), value)
          << History::text(asked);
    }
  }
}

}  // namespace
}  // namespace wutong::indicator
