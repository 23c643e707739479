// The typed tree of an expression. Private to the folder.
#pragma once

#include "engine/expression/expression.hpp"

namespace wutong::expression {

struct Function;

enum class Operator {
  constant,
  input,
  call,
  conditional,
  logical_and,
  logical_or,
  logical_not,
  negate,
  add,
  subtract,
  multiply,
  divide,
  remainder,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  contained
};

struct Tree {
  Operator op = Operator::constant;
  Type type;
  size_t begin = 0;  // code points of the text
  size_t end = 0;
  std::vector<std::shared_ptr<Tree>> parts;
  Column constant;                // one row
  std::vector<std::string> list;  // constant of kind list
  size_t input = 0;
  const Function* function = nullptr;
};

Column evaluate(const Tree& tree, const Batch& batch);

// At compile time: what is wrong with the arguments, if anything.
struct TypeFault {
  std::string zh;
  std::string en;
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
  // Arguments as columns of `rows` cells each. Lists come as constants in tree.parts.
  Column (*apply)(const Tree& tree, const std::vector<Column>& arguments, size_t rows);
};
std::span<const Function* const> functions();
const Function* find_function(std::string_view name);

// For function files.
Column make_column(const Type& type, size_t rows);
tl::unexpected<TypeFault> expects(const char* zh, const char* en);
bool takes(const Tree& tree, std::initializer_list<Kind> kinds);

}  // namespace wutong::expression
