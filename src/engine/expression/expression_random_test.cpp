// Random well-typed expressions: the columns must equal a plain interpreter that goes row by row.
#include <gtest/gtest.h>

#include <cstdlib>
#include <functional>
#include <map>

#include "base/crypto.hpp"
#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {
namespace {

using Row = std::map<std::string, Value>;
using Number = std::optional<Decimal>;
using Flag = std::optional<bool>;

struct NumberPart {
  std::string text;
  bool has_unit = false;
  bool is_integer = false;
  int scale = 0;
  std::function<Number(const Row&)> value;
};
struct FlagPart {
  std::string text;
  std::function<Flag(const Row&)> value;
};

class Fields final : public Scope {
 public:
  std::optional<Type> identifier(std::string_view name) const override {
    auto found = types_.find(std::string(name));
    return found == types_.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<std::string> identifiers() const override { return {}; }
  std::optional<Type> member(std::string_view, std::string_view) const override { return {}; }
  std::vector<std::string> members(std::string_view) const override { return {}; }

 private:
  static Type of(Kind kind, int scale = 0, Unit unit = {}) {
    Type type = type_of_kind(kind);
    type.scale = scale;
    type.unit = unit;
    return type;
  }
  std::map<std::string, Type> types_ = {
      {"money", of(Kind::decimal, 2, *Unit::from_code("CNY"))},
      {"cost", of(Kind::decimal, 4, *Unit::from_code("CNY"))},
      {"rate", of(Kind::decimal, 3)},
      {"count", of(Kind::integer)},
      {"huge", of(Kind::integer)},
      {"yes", of(Kind::boolean)},
      {"word", of(Kind::text)},
  };
};

class Maker {
 public:
  explicit Maker(uint64_t seed) : random_(seed) {}

  Row row() {
    Row row;
    auto put = [&](const char* name, Value value) {
      if (random_.below(4) != 0) row[name] = std::move(value);
    };
    put("money", Decimal::from_parts(whole(100'000), 2));
    put("cost", Decimal::from_parts(whole(100'000'000), 4));
    put("rate", Decimal::from_parts(whole(3000), 3));
    put("count", whole(4));
    put("huge", INT64_MAX - static_cast<int64_t>(random_.below(3)));
    put("yes", random_.below(2) == 0);
    put("word", std::string(kWords[random_.below(3)]));
    return row;
  }

  NumberPart number(int depth, bool has_unit) {
    if (depth == 0) return leaf(has_unit);
    switch (random_.below(9)) {
      case 0:
        return sum(depth, has_unit);
      case 1:
        return product(depth, has_unit);
      case 2:
        return quotient(depth, has_unit);
      case 3:
        return choice(depth, has_unit);
      case 4:
        return extreme(depth, has_unit);
      case 5:
        return unary(depth, has_unit);
      case 6:
        return rounded(number(depth - 1, has_unit), static_cast<int>(random_.below(6)));
      default:
        return leaf(has_unit);
    }
  }

  FlagPart flag(int depth) {
    if (depth == 0) return flag_leaf();
    switch (random_.below(6)) {
      case 0:
        return logical(depth);
      case 1: {
        FlagPart a = flag(depth - 1);
        return {"!(" + a.text + ")", [a](const Row& row) {
                  Flag x = a.value(row);
                  return x ? Flag(!*x) : Flag();
                }};
      }
      case 2: {
        NumberPart a = number(depth - 1, random_.below(2) == 0);
        return {"has(" + a.text + ")",
                [a](const Row& row) { return Flag(a.value(row).has_value()); }};
      }
      case 3:
        return logical(depth);
      default:
        return comparison(depth);
    }
  }

 private:
  static constexpr const char* kWords[] = {"", "a", "高新"};

  int64_t whole(uint64_t bound) {
    auto size = static_cast<int64_t>(random_.below(bound));
    return random_.below(2) == 0 ? size : -size;
  }
  static Number field(const Row& row, const std::string& name) {
    auto found = row.find(name);
    if (found == row.end()) return std::nullopt;
    if (const auto* integer = std::get_if<int64_t>(&found->second)) return Decimal(*integer);
    return std::get<Decimal>(found->second);
  }
  static NumberPart named(const char* name, bool has_unit, bool is_integer, int scale) {
    std::string text(name);
    return {text, has_unit, is_integer, scale, [text](const Row& row) { return field(row, text); }};
  }
  NumberPart leaf(bool has_unit) {
    if (has_unit) {
      if (random_.below(2) == 0) return named("money", true, false, 2);
      if (random_.below(2) == 0) return named("cost", true, false, 4);
      int64_t amount = static_cast<int64_t>(random_.below(5));
      return {"quantity(" + std::to_string(amount) + ", 'CNY')", true, false, 0,
              [amount](const Row&) { return Number(amount); }};
    }
    switch (random_.below(5)) {
      case 0:
        return named("rate", false, false, 3);
      case 1:
        return named("count", false, true, 0);
      case 2:
        return named("huge", false, true, 0);
      case 3: {
        Decimal literal = Decimal::from_parts(static_cast<int128>(random_.below(300)), 1);
        return {literal.to_string(), false, false, 1,
                [literal](const Row&) { return Number(literal); }};
      }
      default: {
        auto literal = static_cast<int64_t>(random_.below(4));
        return {std::to_string(literal), false, true, 0,
                [literal](const Row&) { return Number(literal); }};
      }
    }
  }
  // Unknown where 128 bits do not hold the value with all its places.
  static Number at_scale(Number number, int scale) {
    return number ? number->rescaled(scale) : Number();
  }
  static NumberPart joined(NumberPart a, const char* op, NumberPart b, int scale, bool is_integer,
                           std::function<Number(Decimal, Decimal)> apply) {
    return {"(" + a.text + " " + op + " " + b.text + ")", a.has_unit, is_integer, scale,
            [a, b, apply, scale](const Row& row) {
              Number x = a.value(row), y = b.value(row);
              return x && y ? at_scale(apply(*x, *y), scale) : Number();
            }};
  }
  NumberPart sum(int depth, bool has_unit) {
    NumberPart a = number(depth - 1, has_unit), b = number(depth - 1, has_unit);
    bool is_add = random_.below(2) == 0;
    return joined(a, is_add ? "+" : "-", b, std::max(a.scale, b.scale),
                  a.is_integer && b.is_integer,
                  [is_add](Decimal x, Decimal y) { return is_add ? add(x, y) : sub(x, y); });
  }
  NumberPart product(int depth, bool has_unit) {
    NumberPart a = number(depth - 1, has_unit), b = number(depth - 1, false);
    if (a.scale + b.scale > 8) a = rounded(a, 2), b = rounded(b, 2);
    return joined(a, "*", b, a.scale + b.scale, a.is_integer && b.is_integer,
                  [](Decimal x, Decimal y) { return mul(x, y); });
  }
  NumberPart quotient(int depth, bool has_unit) {
    NumberPart a = number(depth - 1, has_unit), b = number(depth - 1, false);
    int scale = has_unit ? std::clamp(a.scale + 4, 6, 18) : 9;
    return joined(a, "/", b, scale, false,
                  [scale](Decimal x, Decimal y) { return div(x, y, scale, Rounding::half_up); });
  }
  NumberPart choice(int depth, bool has_unit) {
    FlagPart c = flag(depth - 1);
    NumberPart a = number(depth - 1, has_unit), b = number(depth - 1, has_unit);
    if (a.is_integer != b.is_integer) return a;
    int scale = std::max(a.scale, b.scale);
    return {"(" + c.text + " ? " + a.text + " : " + b.text + ")", has_unit, a.is_integer, scale,
            [a, b, c, scale](const Row& row) {
              Flag decided = c.value(row);
              return decided ? at_scale((*decided ? a : b).value(row), scale) : Number();
            }};
  }
  NumberPart extreme(int depth, bool has_unit) {
    NumberPart a = number(depth - 1, has_unit), b = number(depth - 1, has_unit);
    bool is_max = random_.below(2) == 0;
    int scale = std::max(a.scale, b.scale);
    return {std::string(is_max ? "max" : "min") + "(" + a.text + ", " + b.text + ")", has_unit,
            a.is_integer && b.is_integer, scale, [a, b, is_max, scale](const Row& row) {
              Number x = a.value(row), y = b.value(row);
              return x && y ? at_scale(is_max == (*x > *y) ? *x : *y, scale) : Number();
            }};
  }
  NumberPart unary(int depth, bool has_unit) {
    NumberPart a = number(depth - 1, has_unit);
    bool is_abs = random_.below(2) == 0;
    return {is_abs ? "abs(" + a.text + ")" : "(-" + a.text + ")", has_unit, a.is_integer, a.scale,
            [a, is_abs](const Row& row) {
              Number x = a.value(row);
              return x ? Number(is_abs ? x->absolute() : x->negated()) : Number();
            }};
  }

 public:
  static NumberPart rounded(const NumberPart& a, int places) {
    if (a.is_integer) return a;
    return {"round(" + a.text + ", " + std::to_string(places) + ")", a.has_unit, false, places,
            [a, places](const Row& row) {
              Number x = a.value(row);
              return x ? x->rounded(places, Rounding::half_up) : Number();
            }};
  }

 private:
  FlagPart flag_leaf() {
    if (random_.below(2) == 0) {
      return {"yes", [](const Row& row) {
                auto found = row.find("yes");
                return found == row.end() ? Flag() : Flag(std::get<bool>(found->second));
              }};
    }
    std::string wanted = kWords[random_.below(3)];
    bool is_list = random_.below(2) == 0;
    std::string text = is_list ? "word in ['x', '" + wanted + "']" : "word == '" + wanted + "'";
    return {text, [wanted](const Row& row) {
              auto found = row.find("word");
              return found == row.end() ? Flag()
                                        : Flag(std::get<std::string>(found->second) == wanted);
            }};
  }
  FlagPart logical(int depth) {
    FlagPart a = flag(depth - 1), b = flag(depth - 1);
    bool is_and = random_.below(2) == 0;
    return {"(" + a.text + (is_and ? " && " : " || ") + b.text + ")",
            [a, b, is_and](const Row& row) {
              Flag x = a.value(row), y = b.value(row);
              if ((x && *x != is_and) || (y && *y != is_and)) return Flag(!is_and);
              return x && y ? Flag(is_and) : Flag();
            }};
  }
  FlagPart comparison(int depth) {
    bool has_unit = random_.below(2) == 0;
    NumberPart a = number(depth - 1, has_unit), b = number(depth - 1, has_unit);
    constexpr const char* kSigns[] = {"==", "!=", "<", "<=", ">", ">="};
    uint64_t sign = random_.below(6);
    return {"(" + a.text + " " + kSigns[sign] + " " + b.text + ")", [a, b, sign](const Row& row) {
              Number x = a.value(row), y = b.value(row);
              if (!x || !y) return Flag();
              const bool holds[] = {*x == *y, *x != *y, *x<*y, *x <= *y, *x> * y, *x >= *y};
              return Flag(holds[sign]);
            }};
  }

  SeededRandom random_;
};

class Rows final : public Batch {
 public:
  Rows(const Program& program, const std::vector<Row>& rows) : rows_(rows.size()) {
    for (const Path& path : program.inputs()) {
      Column column = make_column(*Fields().identifier(path.steps[0]), rows.size());
      for (const Row& row : rows) {
        auto found = row.find(path.steps[0]);
        column.append(found == row.end() ? Value{} : found->second);
      }
      columns_.push_back(std::move(column));
    }
  }
  size_t rows() const override { return rows_; }
  const Column& input(size_t index) const override { return columns_[index]; }

 private:
  size_t rows_;
  std::vector<Column> columns_;
};

Column evaluated(const std::string& text, const std::vector<Row>& rows) {
  Issues issues;
  auto program = compile(text, Fields(), {"f.yaml", 1, 1, {}}, issues);
  if (!program) {
    ADD_FAILURE() << text << "\n" << describe_en(issues.front());
    return {};
  }
  return program->evaluate(Rows(*program, rows));
}

// WUTONG_SEEDS asks for more.
uint64_t seed_count() {
  const char* asked = std::getenv("WUTONG_SEEDS");
  return asked != nullptr ? std::strtoull(asked, nullptr, 10) : 3000;
}

// Text and depth are bounded by the language; longer ones are left out.
bool is_short(const std::string& text) { return text.size() < kLengthMax; }

TEST(Expression, EqualsAPlainInterpreterForRandomNumbers) {
  for (uint64_t seed = 0; seed < seed_count(); ++seed) {
    Maker maker(seed);
    std::vector<Row> rows(20);
    for (Row& row : rows) row = maker.row();
    NumberPart part = Maker::rounded(maker.number(3, seed % 2 == 0), 2);
    if (!is_short(part.text)) continue;
    Column column = evaluated(part.text, rows);
    ASSERT_EQ(column.size(), rows.size()) << "seed " << seed;
    for (size_t i = 0; i < rows.size(); ++i) {
      Number expected = part.value(rows[i]);
      if (expected) expected = expected->rescaled(column.scale);
      bool fits = expected && expected->mantissa() == static_cast<int64_t>(expected->mantissa());
      Value value = column.value(i);
      ASSERT_EQ(!is_absent(value), fits) << part.text << " row " << i << " seed " << seed;
      if (!fits) continue;
      EXPECT_EQ(to_string(value), expected->to_string()) << part.text << " seed " << seed;
    }
  }
}

TEST(Expression, EqualsAPlainInterpreterForRandomConditions) {
  for (uint64_t seed = 0; seed < seed_count(); ++seed) {
    Maker maker(seed + 1'000'000'000);
    std::vector<Row> rows(20);
    for (Row& row : rows) row = maker.row();
    FlagPart part = maker.flag(4);
    if (!is_short(part.text)) continue;
    Column column = evaluated(part.text, rows);
    ASSERT_EQ(column.size(), rows.size()) << "seed " << seed;
    for (size_t i = 0; i < rows.size(); ++i) {
      Flag expected = part.value(rows[i]);
      Value value = expected ? Value(*expected) : Value();
      ASSERT_EQ(to_string(column.value(i)), to_string(value)) << part.text << " row " << i;
    }
  }
}

}  // namespace
}  // namespace wutong::expression
