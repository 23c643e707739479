// Evaluation: each node gives a column. Absent cells are unknown.
#include <algorithm>

#include "base/text.hpp"
#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

// Exact result of one operation on mantissas, or unknown where it does not fit 64 bits.
void append_checked(Column& out, int128 value) {
  auto narrow = static_cast<int64_t>(value);
  if (narrow == value) {
    out.append_number(narrow);
  } else {
    out.append_absent();
  }
}

constexpr int128 power_of_ten(int exponent) {
  int128 power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// Rows where both sides are known, with their mantissas at one scale.
template <typename Function>
Column by_rows(const Type& type, const Column& left, const Column& right, Function&& apply) {
  Column out = make_column(type, left.size());
  for (size_t i = 0; i < left.size(); ++i) {
    if (left.present[i] != 0 && right.present[i] != 0) {
      apply(out, i);
    } else {
      out.append_absent();
    }
  }
  return out;
}

Column arithmetic(const Tree& tree, const Column& left, const Column& right) {
  int scale = std::max(left.scale, right.scale);
  int128 lift_left = power_of_ten(scale - left.scale);
  int128 lift_right = power_of_ten(scale - right.scale);
  return by_rows(tree.type, left, right, [&](Column& out, size_t i) {
    int128 a = left.numbers[i], b = right.numbers[i];
    switch (tree.op) {
      case Operator::add:
        append_checked(out, a * lift_left + b * lift_right);
        return;
      case Operator::subtract:
        append_checked(out, a * lift_left - b * lift_right);
        return;
      case Operator::multiply:
        append_checked(out, a * b);
        return;
      case Operator::divide: {
        auto quotient = div(Decimal::from_parts(a, left.scale), Decimal::from_parts(b, right.scale),
                            tree.type.scale, Rounding::half_up);
        if (quotient) {
          append_checked(out, quotient->mantissa());
        } else {
          out.append_absent();
        }
        return;
      }
      case Operator::remainder:
        if (b == 0) {
          out.append_absent();
        } else {
          append_checked(out, a % b);
        }
        return;
      case Operator::constant:
      case Operator::input:
      case Operator::call:
      case Operator::conditional:
      case Operator::logical_and:
      case Operator::logical_or:
      case Operator::logical_not:
      case Operator::negate:
      case Operator::equal:
      case Operator::not_equal:
      case Operator::less:
      case Operator::less_equal:
      case Operator::greater:
      case Operator::greater_equal:
      case Operator::contained:
        out.append_absent();
    }
  });
}

bool holds(Operator op, std::strong_ordering order) {
  switch (op) {
    case Operator::equal:
      return order == 0;
    case Operator::not_equal:
      return order != 0;
    case Operator::less:
      return order < 0;
    case Operator::less_equal:
      return order <= 0;
    case Operator::greater:
      return order > 0;
    case Operator::greater_equal:
      return order >= 0;
    case Operator::constant:
    case Operator::input:
    case Operator::call:
    case Operator::conditional:
    case Operator::logical_and:
    case Operator::logical_or:
    case Operator::logical_not:
    case Operator::negate:
    case Operator::add:
    case Operator::subtract:
    case Operator::multiply:
    case Operator::divide:
    case Operator::remainder:
    case Operator::contained:
      break;
  }
  return false;
}

Column comparison(const Tree& tree, const Column& left, const Column& right) {
  if (left.is_text()) {
    return by_rows(tree.type, left, right, [&](Column& out, size_t i) {
      out.append_number(holds(tree.op, left.texts[i].compare(right.texts[i]) <=> 0) ? 1 : 0);
    });
  }
  int scale = std::max(left.scale, right.scale);
  int128 lift_left = power_of_ten(scale - left.scale);
  int128 lift_right = power_of_ten(scale - right.scale);
  return by_rows(tree.type, left, right, [&](Column& out, size_t i) {
    int128 a = left.numbers[i] * lift_left, b = right.numbers[i] * lift_right;
    auto order = a < b ? std::strong_ordering::less
                       : (a > b ? std::strong_ordering::greater : std::strong_ordering::equal);
    out.append_number(holds(tree.op, order) ? 1 : 0);
  });
}

// Kleene: false && unknown is false, true || unknown is true.
Column logical(const Tree& tree, const Column& left, const Column& right) {
  int64_t decisive = tree.op == Operator::logical_or ? 1 : 0;
  Column out = make_column(tree.type, left.size());
  for (size_t i = 0; i < left.size(); ++i) {
    bool is_left = left.present[i] != 0, is_right = right.present[i] != 0;
    bool is_decided =
        (is_left && left.numbers[i] == decisive) || (is_right && right.numbers[i] == decisive);
    if (is_decided) {
      out.append_number(decisive);
    } else if (is_left && is_right) {
      out.append_number(1 - decisive);
    } else {
      out.append_absent();
    }
  }
  return out;
}

Column unary(const Tree& tree, Column column) {
  for (size_t i = 0; i < column.size(); ++i) {
    if (column.present[i] == 0) continue;
    if (tree.op == Operator::logical_not) {
      column.numbers[i] = 1 - column.numbers[i];
    } else if (column.numbers[i] == INT64_MIN) {
      column.present[i] = 0;
      column.numbers[i] = 0;
    } else {
      column.numbers[i] = -column.numbers[i];
    }
  }
  return column;
}

Column contained(const Tree& tree, const Column& left) {
  const std::vector<std::string>& list = tree.parts[1]->list;
  Column out = make_column(tree.type, left.size());
  for (size_t i = 0; i < left.size(); ++i) {
    if (left.present[i] == 0) {
      out.append_absent();
    } else {
      out.append_number(std::find(list.begin(), list.end(), left.texts[i]) != list.end() ? 1 : 0);
    }
  }
  return out;
}

Column broadcast(const Tree& tree, size_t rows) {
  Column out = make_column(tree.type, rows);
  Value value = tree.constant.value(0);
  for (size_t i = 0; i < rows; ++i) out.append(value);
  return out;
}

Column conditional(const Tree& tree, const Batch& batch) {
  Column condition = evaluate(*tree.parts[0], batch);
  Column branches[] = {evaluate(*tree.parts[2], batch), evaluate(*tree.parts[1], batch)};
  Column out = make_column(tree.type, batch.rows());
  for (size_t i = 0; i < batch.rows(); ++i) {
    const Column& branch = branches[condition.numbers[i] != 0 ? 1 : 0];
    if (condition.present[i] == 0 || branch.present[i] == 0) {
      out.append_absent();
    } else if (out.is_text()) {
      out.append_text(branch.texts[i]);
    } else {
      append_checked(out, branch.numbers[i] * power_of_ten(out.scale - branch.scale));
    }
  }
  return out;
}

}  // namespace

Column make_column(const Type& type, size_t rows) {
  Column column;
  column.type = column_type(type.kind);
  column.scale = type.kind == Kind::decimal ? type.scale : 0;
  column.reserve(rows);
  return column;
}

Column evaluate(const Tree& tree, const Batch& batch) {
  switch (tree.op) {
    case Operator::constant:
      return broadcast(tree, batch.rows());
    case Operator::input:
      return batch.input(tree.input);
    case Operator::conditional:
      return conditional(tree, batch);
    case Operator::logical_not:
    case Operator::negate:
      return unary(tree, evaluate(*tree.parts[0], batch));
    case Operator::contained:
      return contained(tree, evaluate(*tree.parts[0], batch));
    case Operator::logical_and:
    case Operator::logical_or:
      return logical(tree, evaluate(*tree.parts[0], batch), evaluate(*tree.parts[1], batch));
    case Operator::add:
    case Operator::subtract:
    case Operator::multiply:
    case Operator::divide:
    case Operator::remainder:
      return arithmetic(tree, evaluate(*tree.parts[0], batch), evaluate(*tree.parts[1], batch));
    case Operator::equal:
    case Operator::not_equal:
    case Operator::less:
    case Operator::less_equal:
    case Operator::greater:
    case Operator::greater_equal:
      return comparison(tree, evaluate(*tree.parts[0], batch), evaluate(*tree.parts[1], batch));
    case Operator::call: {
      std::vector<Column> arguments;
      for (const auto& part : tree.parts) arguments.push_back(evaluate(*part, batch));
      return tree.function->apply(tree, arguments, batch.rows());
    }
  }
  return {};
}

}  // namespace wutong::expression
