#include "engine/expression/expression.hpp"

#include <gtest/gtest.h>

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
    return std::nullopt;
  }
  std::vector<std::string> identifiers() const override {
    return {"output", "staff", "state", "known", "enterprise", "day"};
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

TEST(Expression, RefusesWhatHasNoMeaning) {
  for (const char* text : {"output + staff",
                           "output > 100",
                           "output > staff",
                           "output * output",
                           "state == 'acepted'",
                           "outptu > 0",
                           "1 +",
                           "(1",
                           "1 2",
                           "known + 1",
                           "output == null",
                           "enterprise.industri == 'x'",
                           "state > 1",
                           "!1",
                           "sum(1)",
                           "'abc",
                           "1.5.2",
                           "state in ['x']",
                           "enterprise == 'x'",
                           "",
                           "quantity(1, 'CNX') > 0",
                           "date('2024-02-30') < day",
                           "#"}) {
    EXPECT_TRUE(value_of(text).starts_with("fault: ")) << text << " gave " << value_of(text);
  }
}

TEST(Expression, PointsAtTheFaultInCharacters) {
  Issues issues;
  EXPECT_FALSE(compile("state == '报' && outptu > 0", Names(), {"f.yaml", 3, 10, {}}, issues));
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(issues[0].place.column, 19);  // the first fault wins: '报' is no code
  issues.clear();
  EXPECT_FALSE(compile("'报' == '报' && outptu > 0", Names(), {"f.yaml", 3, 10, {}}, issues));
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(to_string(issues[0].place), "f.yaml:3:24");
  EXPECT_NE(issues[0].en.find("did you mean output?"), std::string::npos);
}

TEST(Expression, ShowsEveryFunctionByItsExample) {
  for (const Function* function : functions()) {
    EXPECT_EQ(value_of(function->example), function->result) << function->name;
  }
  EXPECT_NE(manual(true).find("quantity"), std::string::npos);
}

TEST(Expression, NamesItsConjuncts) {
  Issues issues;
  auto program = compile("known && (staff > 0 || known) && state == 'draft'", Names(), {}, issues);
  ASSERT_TRUE(program.has_value());
  auto parts = program->conjuncts();
  ASSERT_EQ(parts.size(), 3u);
  EXPECT_EQ(parts[0].text(), "known");
  EXPECT_EQ(parts[2].text(), "state == 'draft'");
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
