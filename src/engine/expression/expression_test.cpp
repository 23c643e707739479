#include "engine/expression/expression.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {
namespace {

class Names final : public Scope {
 public:
  std::optional<Type> identifier(std::string_view name) const override {
    Unit yuan = *Unit::from_code("CNY");
    Unit persons = *Unit::from_code("persons");
    if (name == "output") return Type{Kind::decimal, yuan, 2, {}, {}};
    if (name == "staff") return Type{Kind::integer, persons, 0, {}, {}};
    if (name == "state") return Type{Kind::text, {}, 0, {}, {"draft", "accepted"}};
    if (name == "known") return Type{Kind::boolean, {}, 0, {}, {}};
    if (name == "enterprise") return Type{Kind::reference, {}, 0, "enterprise", {}};
    if (name == "day") return Type{Kind::date, {}, 0, {}, {}};
    if (name == "founded") return Type{Kind::partial_date, {}, 0, {}, {}};
    if (name == "month") return Type{Kind::month, {}, 0, {}, {}};
    if (name == "output_1e4") return Type{Kind::decimal, *Unit::from_code("CNY_1e4"), 2, {}, {}};
    if (name == "tags") return Type{Kind::list, {}, 0, {}, {}};
    return std::nullopt;
  }
  std::vector<std::string> identifiers() const override {
    return {"output", "staff",   "state", "known",      "enterprise",
            "day",    "founded", "month", "output_1e4", "tags"};
  }
  std::optional<Type> member(std::string_view, std::string_view name) const override {
    if (name == "industry") return Type{Kind::text, {}, 0, {}, {"C39", "C27"}};
    return std::nullopt;
  }
  std::vector<std::string> members(std::string_view) const override { return {"industry"}; }
};

// One row, from a path to a value; what is not named is absent.
class Row final : public Batch {
 public:
  Row(const Program& program, const std::map<std::string, Value>& values) {
    Names names;
    for (const Path& path : program.inputs()) {
      Type type = path.steps.size() > 1 ? *names.member("", path.steps[1])
                                        : *names.identifier(path.steps[0]);
      Column column = make_column(type, 1);
      auto found = values.find(join(path.steps, "."));
      column.append(found == values.end() ? Value{} : found->second);
      columns_.push_back(std::move(column));
    }
  }
  size_t rows() const override { return 1; }
  const Column& input(size_t index) const override { return columns_[index]; }

 private:
  std::vector<Column> columns_;
};

std::string value_of(std::string_view text, const std::map<std::string, Value>& values = {}) {
  Issues issues;
  auto program = compile(text, Names(), {"f.yaml", 3, 10, {}}, issues);
  if (!program) return "fault: " + issues.front().en;
  Column column = program->evaluate(Row(*program, values));
  return is_absent(column.value(0)) ? "unknown" : to_string(column.value(0));
}

TEST(Expression, FollowsKleene) {
  const char* kWords[] = {"false", "unknown", "true"};
  const char* kTexts[] = {"false", "known", "true"};
  for (int a = 0; a < 3; ++a) {
    for (int b = 0; b < 3; ++b) {
      std::string both = std::string(kTexts[a]) + " && " + kTexts[b];
      std::string either = std::string(kTexts[a]) + " || " + kTexts[b];
      EXPECT_EQ(value_of(both), kWords[std::min(a, b)]) << both;
      EXPECT_EQ(value_of(either), kWords[std::max(a, b)]) << either;
    }
  }
  EXPECT_EQ(value_of("!known"), "unknown");
}

struct Case {
  const char* text;
  const char* value;
};

TEST(Expression, EvaluatesExactly) {
  constexpr Case kCases[] = {
      {"1 + 2 * 3", "7"},
      {"(1 + 2) * 3", "9"},
      {"0.1 + 0.2 == 0.3", "true"},
      {"7 % 4", "3"},
      {"1 / 3", "0.333333333"},
      {"1 / 0", "unknown"},
      {"-2.5", "-2.5"},
      {"1 == 1.0", "true"},
      {"2 > 1.99", "true"},
      {"9223372036854775807 + 1", "unknown"},
      {"true ? 1 : 2", "1"},
      {"known ? 1 : 2", "unknown"},
      {"'b' > 'a'", "true"},
      {"day < date('2024-01-01')", "unknown"},
      {"output > quantity(2000, 'CNY_1e4')", "true"},
      {"output - output", "0.00"},
      {"output / output", "1.000000000"},
      {"output * 2", "50000000.50"},
      {"state == 'accepted' && enterprise.industry in ['C39', 'C27']", "true"},
      {"enterprise.industry.startsWith('C')", "true"},
      {"staff > 0", "true"},
  };
  std::map<std::string, Value> values{{"output", *Decimal::parse("25000000.25")},
                                      {"staff", int64_t{12}},
                                      {"state", std::string("accepted")},
                                      {"enterprise.industry", std::string("C39")}};
  for (const Case& c : kCases) EXPECT_EQ(value_of(c.text, values), c.value) << c.text;
}

TEST(Expression, ComputesBeyondSixtyFourBitsBetweenSteps) {
  std::map<std::string, Value> values{{"output", *Decimal::parse("90000000000000000.25")}};
  EXPECT_EQ(value_of("output / 12 > quantity(7000000000000000, 'CNY')", values), "true");
  EXPECT_EQ(value_of("round(output / 12, 2)", values), "7500000000000000.02");
  EXPECT_EQ(value_of("output * 1000 / 1000 == output", values), "true");
  EXPECT_EQ(value_of("-(output * 1000) < 0", values), "true");
  EXPECT_EQ(value_of("(9223372036854775807 + 1) - 1"), "9223372036854775807");
  EXPECT_EQ(value_of("output * 1000", values), "unknown");  // the end must fit a column
}

TEST(Expression, ConvertsUnitsExactly) {
  std::map<std::string, Value> values{{"output", *Decimal::parse("20000000.00")},
                                      {"output_1e4", *Decimal::parse("2000.00")}};
  constexpr Case kCases[] = {
      {"output == quantity(2000, 'CNY_1e4')", "true"},
      {"output_1e4 == quantity(2000, 'CNY_1e4')", "true"},
      {"output_1e4 == quantity(20000000, 'CNY')", "true"},
      {"quantity(0.2, 'CNY_1e8') == output_1e4", "true"},
      {"quantity(output_1e4, 'CNY') == output", "true"},
      {"quantity(output, 'CNY_1e4')", "2000.000000"},
      {"output + quantity(1, 'CNY_1e4')", "20010000.00"},
      {"output in [quantity(2000, 'CNY_1e4')]", "true"},
      {"quantity(3, 'mu') < quantity(0.2, 'hectare')", "false"},
      {"known ? output : quantity(1, 'CNY_1e4')", "unknown"},
      {"max(output, 0)", "20000000.00"},
      {"output > 0", "true"},
  };
  for (const Case& c : kCases) EXPECT_EQ(value_of(c.text, values), c.value) << c.text;
}

TEST(Expression, ComparesPartialDatesWhereThereIsNoDoubt) {
  constexpr Case kCases[] = {
      {"founded < date('2024-04-01')", "true"},
      {"founded < date('2024-02-10')", "unknown"},
      {"founded < date('2024-01-01')", "false"},
      {"founded == date('2024-02-10')", "unknown"},
      {"founded == date('2023-02-10')", "false"},
      {"founded != date('2023-02-10')", "true"},
      {"founded >= date('2024-01-01')", "true"},
      {"founded <= date('2024-03-31')", "true"},
      {"date('2024-01-01') > founded", "false"},
      {"year_of(founded)", "2024"},
      {"quarter_of(founded)", "1"},
      {"month_of(founded)", "unknown"},
  };
  std::map<std::string, Value> values{{"founded", *PartialDate::parse("2024-Q1")}};
  for (const Case& c : kCases) EXPECT_EQ(value_of(c.text, values), c.value) << c.text;
}

TEST(Expression, LooksIntoLists) {
  std::map<std::string, Value> values{{"tags", std::vector<std::string>{"甲", "乙"}},
                                      {"month", Month::of(2024, 9)},
                                      {"staff", int64_t{12}}};
  constexpr Case kCases[] = {
      {"'甲' in tags", "true"},
      {"'丙' in tags", "false"},
      {"tags.size()", "2"},
      {"month_of(month) in [3, 6, 9, 12]", "true"},
      {"month in [month('2024-08')]", "false"},
      {"known in [true]", "unknown"},
      {"2.0 in [1, 2]", "true"},
      {"['a', 'b'].size()", "2"},
      {"state in ['draft']", "unknown"},
      {"'a' in ['b'] || staff in [quantity(12, 'persons')]", "true"},
  };
  for (const Case& c : kCases) EXPECT_EQ(value_of(c.text, values), c.value) << c.text;
}

TEST(Expression, GivesUnknownWhereASideIsUnknown) {
  for (const char* text : {"output + output",
                           "output - output",
                           "output * 2",
                           "output / 2",
                           "staff % 2",
                           "-output",
                           "output == output",
                           "output != output",
                           "output < output",
                           "output <= output",
                           "output > output",
                           "output >= output",
                           "state == 'draft'",
                           "state in ['draft']",
                           "'a' in tags",
                           "known ? 1 : 2",
                           "true ? output : output",
                           "abs(output)",
                           "min(output, output)",
                           "max(output, 0)",
                           "round(output, 0)",
                           "quantity(output, 'CNY_1e4')",
                           "year_of(day)",
                           "month_of(month)",
                           "quarter_of(month)",
                           "days_between(day, day)",
                           "size(tags)",
                           "state.startsWith('d')",
                           "state.endsWith('d')",
                           "state.contains('d')",
                           "is_uscc(state)",
                           "is_patent_number(state)",
                           "is_citizen_id(state)",
                           "enterprise == enterprise",
                           "1 % 0",
                           "day < day",
                           "founded == founded",
                           "!known"}) {
    EXPECT_EQ(value_of(text), "unknown") << text;
  }
  EXPECT_EQ(value_of("has(output)"), "false");
}

struct Fault {
  const char* text;
  int column;  // in the file; the text starts at column 10
  const char* code;
  const char* words;  // in the English sentence
};

TEST(Expression, PointsAtEachFault) {
  constexpr Fault kFaults[] = {
      {"output + staff", 17, "unit", "decimal [CNY] and int [persons]"},
      {"output > 100", 17, "unit", "quantity(100, 'CNY')"},
      {"100 < output", 14, "unit", "quantity(100, 'CNY')"},
      {"output > output_1e4", 17, "unit", "quantity(output_1e4, 'CNY')"},
      {"output * output", 17, "unit", "cannot be multiplied"},
      {"output / staff", 17, "unit", "the units differ"},
      {"known ? output : staff", 16, "type", "of one type"},
      {"known ? output : output_1e4", 16, "unit", "to convert"},
      {"max(output, 5)", 10, "type", "of one unit"},
      {"state == 'acepted'", 19, "unknown_code", "did you mean accepted?"},
      {"state in ['draft', 'acepted']", 29, "unknown_code", "did you mean accepted?"},
      {"outptu > 0", 10, "unknown_name", "did you mean output?"},
      {"enterprise.industri == 'C39'", 21, "unknown_name", "did you mean industry?"},
      {"state.startWith('d')", 16, "unknown_function", "did you mean startsWith?"},
      {"quantity(1, 'CNX') > 0", 22, "type", "no unit CNX"},
      {"quantity(staff, 'CNY') > 0", 10, "type", "does not convert"},
      {"known && staff", 19, "type", "this is int [persons]"},
      {"'报' == '报' && outptu > 0", 24, "unknown_name", "did you mean output?"},
      {"staff + 'a'", 18, "type", "a number is needed"},
      {"day > month", 14, "type", "cannot compare date with month"},
      {"tags == tags", 15, "type", "no such comparison"},
      {"known < known", 16, "type", "no such comparison"},
      {"!staff", 11, "type", "takes a bool"},
      {"-state", 11, "type", "takes a number"},
      {"staff in []", 19, "type", "takes a list"},
      {"staff in [output]", 20, "type", "written out"},
      {"round(1.5, 19)", 21, "type", "0 to 18"},
      {"round(1.5, staff)", 10, "type", "literal number of places"},
      {"date('2024-02-30') < day", 10, "type", "a day that exists"},
      {"output * 0.12345", 10, "places", "round("},
      {"output == null", 20, "null", "has(field)"},
      {"state = 'draft'", 16, "syntax", "did you mean == ?"},
      {"known and known", 16, "syntax", "did you mean && ?"},
      {"size（state）", 14, "syntax", "did you mean ( ?"},
      {"state == ‘draft’", 19, "syntax", "did you mean ' ?"},
      {"state == 'draft", 19, "syntax", "unclosed quote"},
      {"state == 'a\\n'", 19, "syntax", "unclosed quote"},
      {"1 +", 13, "syntax", "ends too early"},
      {"(1", 12, "syntax", "expected )"},
      {"1 2", 12, "syntax", "unexpected 2"},
      {"1.5.2", 14, "syntax", "only a function"},
      {"", 10, "syntax", "ends too early"},
      {"9223372036854775808", 10, "syntax", "too large"},
  };
  for (const Fault& fault : kFaults) {
    Issues issues;
    EXPECT_FALSE(compile(fault.text, Names(), {"f.yaml", 3, 10, {}}, issues)) << fault.text;
    ASSERT_EQ(issues.size(), 1u) << fault.text;
    EXPECT_EQ(issues[0].place, (Place{"f.yaml", 3, fault.column, {}})) << fault.text;
    EXPECT_EQ(issues[0].code, std::string("expression.") + fault.code) << fault.text;
    EXPECT_NE(issues[0].en.find(fault.words), std::string::npos) << fault.text << "\n"
                                                                 << issues[0].en;
    EXPECT_FALSE(issues[0].zh.empty());
  }
}

TEST(Expression, ReportsAllFaultsAtOnce) {
  Issues issues;
  EXPECT_FALSE(compile("outptu > 0 && state == 'x' && staff + day > 1", Names(),
                       {"f.yaml", 3, 10, {}}, issues));
  ASSERT_EQ(issues.size(), 3u);
  EXPECT_EQ(issues[0].place.column, 10);
  EXPECT_EQ(issues[1].place.column, 33);
  EXPECT_EQ(issues[2].place.column, 48);
}

TEST(Expression, ChecksTheKindThatIsWanted) {
  Issues issues;
  EXPECT_FALSE(compile("staff", Names(), {}, issues, Kind::boolean));
  EXPECT_EQ(issues[0].en, "the result must be bool, this is int");
  EXPECT_TRUE(compile("staff > 0", Names(), {}, issues, Kind::boolean));
}

TEST(Expression, ReadsEachInputOnce) {
  Issues issues;
  auto program =
      compile("enterprise.industry == 'C39' || enterprise.industry == 'C27' && staff > 0", Names(),
              {}, issues);
  ASSERT_TRUE(program.has_value());
  std::vector<Path> expected{{{"enterprise", "industry"}}, {{"staff"}}};
  EXPECT_EQ(std::vector<Path>(program->inputs().begin(), program->inputs().end()), expected);
}

TEST(Expression, ShowsEveryFunctionByItsExample) {
  for (const Function* function : functions()) {
    EXPECT_EQ(value_of(function->example), function->result) << function->name;
  }
  for (const OperatorLine& line : operators()) {
    EXPECT_EQ(value_of(line.example), line.result) << line.symbol;
  }
}

TEST(Expression, CountsDaysAndMonthsBetweenDates) {
  struct Case {
    const char* text;
    const char* value;
  };
  constexpr Case kCases[] = {
      {"days_between(date('2024-03-01'), date('2024-02-28'))", "-2"},
      {"days_between(founded, day)", "9"},
      {"days_between(day, day) < quantity(3, 'days')", "true"},
      {"months_between(date('2021-11-20'), date('2022-02-20'))", "3"},
      {"months_between(date('2022-02-20'), date('2021-11-20'))", "-3"},
      {"months_between(date('2022-02-19'), date('2021-11-20'))", "-2"},
      {"months_between(date('2024-01-31'), date('2024-02-29'))", "1"},
      {"months_between(date('2024-01-31'), date('2024-02-28'))", "0"},
      {"months_between(month('2021-11'), month('2022-02'))", "3"},
      {"months_between(founded, day)", "0"},
  };
  const std::map<std::string, Value> values{{"day", *Date::parse("2024-10-30")},
                                            {"founded", *PartialDate::parse("2024-10-21")}};
  for (const Case& c : kCases) EXPECT_EQ(value_of(c.text, values), c.value) << c.text;
  for (const char* known : {"2024-10", "2024-10-D3", "2024"}) {
    const std::map<std::string, Value> partly{{"day", *Date::parse("2024-10-30")},
                                              {"founded", *PartialDate::parse(known)}};
    EXPECT_EQ(value_of("days_between(founded, day)", partly), "unknown") << known;
    EXPECT_EQ(value_of("months_between(founded, day)", partly), "unknown") << known;
  }
  const std::map<std::string, Value> months{{"founded", *PartialDate::parse("2024-10")}};
  EXPECT_EQ(value_of("months_between(founded, founded)", months), "0");
}

// With WUTONG_WRITE_DOCS set the files are written instead.
TEST(Expression, KeepsItsManual) {
  for (bool is_chinese : {false, true}) {
    std::string path = std::string(WUTONG_SOURCE_DIR) +
                       (is_chinese ? "/docs/expressions.zh.md" : "/docs/expressions.md");
    if (std::getenv("WUTONG_WRITE_DOCS") != nullptr) std::ofstream(path) << manual(is_chinese);
    std::ifstream in(path);
    std::string written(std::istreambuf_iterator<char>(in), {});
    EXPECT_EQ(written, manual(is_chinese)) << path << ": run with WUTONG_WRITE_DOCS=1";
  }
}

TEST(Expression, NamesItsConjuncts) {
  Issues issues;
  auto program = compile("known && (staff > 0 || known) && state == 'draft'", Names(), {}, issues);
  ASSERT_TRUE(program.has_value());
  auto parts = program->conjuncts();
  ASSERT_EQ(parts.size(), 3u);
  EXPECT_EQ(parts[0].text(), "known");
  EXPECT_EQ(parts[2].text(), "state == 'draft'");
  const auto paths = parts[2].paths();
  ASSERT_EQ(paths.size(), 1u);
  EXPECT_EQ(paths[0].steps, std::vector<std::string>{"state"});
  EXPECT_GT(program->paths().size(), 1u);
}

TEST(Expression, SurvivesAnyText) {
  constexpr std::string_view kPieces[] = {
      "(", ")", "output", "staff", "1.5",        "'x'",      "&&", "||", "!",
      "-", "+", "*",      "/",     ".",          "in",       "[",  "]",  ",",
      "?", ":", "has",    "round", "enterprise", "industry", "报", "\"", "=="};
  SeededRandom random(11);
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (uint64_t n = random.below(12); n > 0; --n) {
      text += std::string(kPieces[random.below(std::size(kPieces))]) + " ";
    }
    value_of(text);
  }
  value_of(std::string(1900, '('));
  value_of(std::string(1900, '-') + "1");
  value_of(std::string(1900, '!'));
}

}  // namespace
}  // namespace wutong::expression
