// Evaluation: each node gives its cells, column by column. Absent cells are unknown.
#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

// Kleene: false && unknown is false, true || unknown is true.
Cells logical(const Tree& tree, const Cells& left, const Cells& right, size_t rows) {
  int64_t decisive = tree.op == Operator::logical_or ? 1 : 0;
  Column out = make_column(tree.type, 0);
  out.resize_absent(rows);
  std::vector<int64_t>& numbers = out.numbers.widened();
  for (size_t i = 0; i < rows; ++i) {
    bool is_left = left.present(i) != 0, is_right = right.present(i) != 0;
    bool is_decided =
        (is_left && left.number(i) == decisive) || (is_right && right.number(i) == decisive);
    bool is_known = is_decided || (is_left && is_right);
    out.present[i] = is_known ? 1 : 0;
    numbers[i] = is_known && is_decided == (decisive == 1) ? 1 : 0;
  }
  return Cells::own(std::move(out));
}

Cells conditional(const Tree& tree, const Batch& batch) {
  size_t rows = batch.rows();
  Cells condition = evaluate(*tree.parts[0], batch);
  Cells yes = evaluate(*tree.parts[1], batch);
  Cells no = evaluate(*tree.parts[2], batch);
  auto branch = [&](size_t i) -> const Cells& { return condition.number(i) != 0 ? yes : no; };
  if (yes.is_text()) {
    Column out = make_column(tree.type, 0);
    out.resize_absent(rows);
    for (size_t i = 0; i < rows; ++i) {
      if ((condition.present(i) & branch(i).present(i)) == 0) continue;
      out.present[i] = 1;
      out.texts[i] = branch(i).text(i);
    }
    return Cells::own(std::move(out));
  }
  return map_wide(column_type(tree.type.kind), tree.type.scale, {&condition, 1}, rows,
                  [&](size_t i) -> std::optional<int128> {
                    if (branch(i).present(i) == 0) return std::nullopt;
                    auto number = branch(i).decimal(i).rescaled(tree.type.scale);
                    return number ? std::optional(number->mantissa()) : std::nullopt;
                  });
}

}  // namespace

Column make_column(const Type& type, size_t rows) {
  Column column;
  column.type = column_type(type.kind);
  column.scale = type.kind == Kind::decimal ? type.scale : 0;
  column.reserve(rows);
  return column;
}

Cells evaluate(const Tree& tree, const Batch& batch) {
  auto part = [&](size_t index) { return evaluate(*tree.parts[index], batch); };
  size_t rows = batch.rows();
  switch (tree.op) {
    case Operator::constant:
      return Cells::repeat(tree.constant);
    case Operator::input:
      return Cells::borrow(batch.input(tree.input));
    case Operator::conditional:
      return conditional(tree, batch);
    case Operator::logical_not: {
      Cells cells = part(0);
      return map_known(ValueType::boolean, {&cells, 1}, rows,
                       [&](size_t i) { return 1 - cells.number(i); });
    }
    case Operator::negate:
      return evaluate_negation(tree, part(0), rows);
    case Operator::contained:
      return evaluate_containment(tree, batch);
    case Operator::logical_and:
    case Operator::logical_or:
      return logical(tree, part(0), part(1), rows);
    case Operator::arithmetic:
      return evaluate_arithmetic(tree, part(0), part(1), rows);
    case Operator::comparison:
      return evaluate_comparison(tree, part(0), part(1), rows);
    case Operator::call:
      break;
  }
  std::vector<Cells> arguments;
  for (const auto& each : tree.parts) arguments.push_back(evaluate(*each, batch));
  return tree.function->apply(tree, arguments, rows);
}

}  // namespace wutong::expression
