// The typed tree of an expression. Private to the folder.
#pragma once

#include "engine/expression/expression.hpp"
#include "engine/expression/impl/cells.hpp"

namespace wutong::expression {

struct Function;

enum class Operator {
  constant,
  input,
  call,
  conditional,
  logical_not,
  negate,
  logical_and,
  logical_or,
  arithmetic,
  comparison,
  contained
};
enum class Arithmetic { add, subtract, multiply, divide, remainder };
enum class Comparison { equal, not_equal, less, less_equal, greater, greater_equal };

struct Tree {
  Operator op = Operator::constant;
  Arithmetic arithmetic = Arithmetic::add;    // of op arithmetic
  Comparison comparison = Comparison::equal;  // of op comparison
  bool is_broken = false;                     // a fault was reported; only while compiling
  Type type;
  size_t begin = 0;  // code points of the text
  size_t end = 0;
  size_t at = 0;  // of the operator
  // Operands. Of `contained`: the value, then the elements or one list. Of a list in brackets: its
  // elements, which are constants.
  std::vector<std::shared_ptr<Tree>> parts;
  Column constant;  // one row
  size_t input = 0;
  const Function* function = nullptr;
};

Cells evaluate(const Tree& tree, const Batch& batch);
Cells evaluate_arithmetic(const Tree& tree, const Cells& left, const Cells& right, size_t rows);
Cells evaluate_negation(const Tree& tree, const Cells& cells, size_t rows);
Cells evaluate_comparison(const Tree& tree, const Cells& left, const Cells& right, size_t rows);
Cells evaluate_containment(const Tree& tree, const Batch& batch);

// At compile time: what is wrong with the arguments, if anything, and which argument it is.
struct TypeFault {
  std::string zh;
  std::string en;
  std::optional<size_t> part;
};

// One function: everything about it in one file under functions/.
struct Function {
  const char* name;
  const char* zh;  // what it gives
  const char* en;
  const char* example;  // an expression without names …
  const char* result;   // … and what it gives, as text; "unknown" for an absent cell
  // The result's type, or a fault. `tree` holds the arguments; constants can be read.
  tl::expected<Type, TypeFault> (*type)(const Tree& tree);
  // Never called where all arguments are constants, but once at compile time.
  Cells (*apply)(const Tree& tree, std::span<const Cells> arguments, size_t rows);
};
std::span<const Function* const> functions();

// A line of the manual; its example is run as a test, as those of functions are.
struct OperatorLine {
  const char* symbol;
  const char* zh;
  const char* en;
  const char* example;
  const char* result;
};
std::span<const OperatorLine> operators();
const Function* find_function(std::string_view name);

// For function files.
Column make_column(const Type& type, size_t rows);
Type type_of_kind(Kind kind);
tl::unexpected<TypeFault> expects(std::string zh, std::string en, std::optional<size_t> part = {});
bool takes(const Tree& tree, std::initializer_list<Kind> kinds);
// The argument's value where it is a constant; absent otherwise.
Value constant_of(const Tree& tree, size_t part);
bool is_number(const Type& type);
bool is_zero(const Tree& tree);  // a constant 0, which goes with any unit
tl::expected<Type, TypeFault> type_of_choice(const Tree& tree);  // of one of two numbers
std::optional<int128> mantissa_of(const std::optional<Decimal>& number);
// Two arguments, each a date or partial date.
bool are_days(const Tree& tree);
// Of a date or partial date; nullopt where the day is not known.
std::optional<Date> day_at(const Cells& cells, size_t row);
Month month_at(const Cells& cells, size_t row);  // of a date, partial date or month
std::string_view zh_of(Kind kind);

}  // namespace wutong::expression
