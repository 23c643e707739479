// Expressions: a subset of CEL (Common Expression Language) over columns.
//
// Kinds: bool, int, decimal with unit, text, date, partial date, month, period, reference, list of
// texts. There is no binary floating point: 1.5 is a decimal. Where CEL has an error there is
// "unknown" (an absent cell): what has an unknown side is unknown; && and || are Kleene's; has(x)
// asks. Partial dates are compared where the days that they may be leave no doubt.
//
// Units: what is added, compared or chosen between has one unit. A constant in another unit of the
// dimension is converted exactly at load, quantity(x, 'CNY') converts a field. A plain 0 goes with
// any unit. Amount × number and amount / number are amounts, amount / amount is a number.
//
// Exact: between the steps numbers have 128 bits, and only the result must fit the 64 bits of a
// column; what does not fit is unknown. `/` rounds half up, to 9 places without a unit, else to 4
// more than the amount has (6 at least); round(…, n) says otherwise.
//
// Parsed, typed and unit-checked when loaded, all faults together; what has no names in it is
// computed then. Evaluated over batches, column by column; total, bounded, never throwing. A
// program is immutable and safe to share.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/column.hpp"
#include "base/error.hpp"
#include "base/unit.hpp"

namespace wutong::expression {

enum class Kind {
  boolean,
  integer,
  decimal,
  text,
  date,
  partial_date,
  month,
  period,
  reference,
  list
};
std::string_view to_string(Kind kind);

struct Type {
  Kind kind = Kind::boolean;
  Unit unit;                       // of integer and decimal
  int scale = 0;                   // of decimal
  std::string target;              // register of a reference
  std::vector<std::string> codes;  // what a text may be, where that is known
};
ValueType column_type(Kind kind);

// What names mean; given by the caller of compile.
class Scope {
 public:
  virtual ~Scope() = default;
  virtual std::optional<Type> identifier(std::string_view name) const = 0;
  virtual std::vector<std::string> identifiers() const = 0;
  virtual std::optional<Type> member(std::string_view target, std::string_view name) const = 0;
  virtual std::vector<std::string> members(std::string_view target) const = 0;
};

// A name as written: {"enterprise", "industry"}.
struct Path {
  std::vector<std::string> steps;
  bool operator==(const Path&) const = default;
};

// One column for each of Program::inputs(), all of rows() cells, of the types that the scope gave.
class Batch {
 public:
  virtual ~Batch() = default;
  virtual size_t rows() const = 0;
  virtual const Column& input(size_t index) const = 0;
};

struct Tree;

class Program {
 public:
  const Type& type() const;
  std::span<const Path> inputs() const;
  const std::string& text() const { return text_; }
  Column evaluate(const Batch& batch) const;
  // The parts joined by && at the top, in order; the whole alone where there is none.
  std::vector<Program> conjuncts() const;
  // The inputs that are read in fact, each once; of a conjunct fewer than inputs().
  std::vector<Path> paths() const;

 private:
  friend class Compiler;
  std::string text_;
  std::shared_ptr<const Tree> tree_;
  std::shared_ptr<const std::vector<Path>> inputs_;
};

constexpr size_t kLengthMax = 2000;  // characters
constexpr int kDepthMax = 50;

// `place` is where the text starts in its file; faults point into it. nullopt if there is a fault.
// `expected`: the kind that the result must have, if the caller needs one.
std::optional<Program> compile(std::string_view text, const Scope& scope, const Place& place,
                               Issues& issues, std::optional<Kind> expected = std::nullopt);

// The language and every operator and function with description and example, as Markdown; zh or en.
std::string manual(bool is_chinese);

}  // namespace wutong::expression
