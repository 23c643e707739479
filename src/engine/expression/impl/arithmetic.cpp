// + - * / % and the sign. Loops over 64 bits; where a row does not fit, once more over 128.
#include <algorithm>

#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

// Each gives true where the result does not fit T.
struct Add {
  template <typename T>
  static bool fails(T a, T b, T* out) {
    return __builtin_add_overflow(a, b, out);
  }
};
struct Subtract {
  template <typename T>
  static bool fails(T a, T b, T* out) {
    return __builtin_sub_overflow(a, b, out);
  }
};
struct Multiply {
  template <typename T>
  static bool fails(T a, T b, T* out) {
    return __builtin_mul_overflow(a, b, out);
  }
};
struct Remainder {
  template <typename T>
  static bool fails(T a, T b, T* out) {
    *out = b == 0 || b == -1 ? 0 : static_cast<T>(a % b);
    return b == 0;
  }
};

struct Lifts {
  int64_t left = 1;
  int64_t right = 1;
};

// False where a known row does not fit T; that row is left absent.
template <typename Operation, typename T>
bool run(const Cells& left, const Cells& right, Lifts lifts, std::vector<T>& numbers,
         std::vector<uint8_t>& present) {
  bool all_fit = true;
  for (size_t i = 0; i < numbers.size(); ++i) {
    T a = 0, b = 0, result = 0;
    bool fails = __builtin_mul_overflow(left.number<T>(i), lifts.left, &a);
    fails |= __builtin_mul_overflow(right.number<T>(i), lifts.right, &b);
    fails |= Operation::fails(a, b, &result);
    bool is_known = (left.present(i) & right.present(i)) != 0;
    bool is_good = is_known && !fails;
    present[i] = is_good ? 1 : 0;
    numbers[i] = is_good ? result : 0;
    all_fit &= is_good || !is_known;
  }
  return all_fit;
}

template <typename Operation>
Cells run(const Tree& tree, const Cells& left, const Cells& right, Lifts lifts, size_t rows) {
  if (!left.is_wide() && !right.is_wide()) {
    Column out = make_column(tree.type, 0);
    out.resize_absent(rows);
    if (run<Operation, int64_t>(left, right, lifts, out.numbers.widened(), out.present)) {
      return Cells::own(std::move(out));
    }
  }
  std::vector<int128> numbers(rows);
  std::vector<uint8_t> present(rows);
  run<Operation, int128>(left, right, lifts, numbers, present);
  return Cells::own(column_type(tree.type.kind), tree.type.scale, std::move(numbers),
                    std::move(present));
}

Cells divide(const Tree& tree, const Cells& left, const Cells& right, size_t rows) {
  std::vector<int128> numbers(rows, 0);
  std::vector<uint8_t> present(rows, 0);
  for (size_t i = 0; i < rows; ++i) {
    if ((left.present(i) & right.present(i)) == 0) continue;
    auto quotient = div(left.decimal(i), right.decimal(i), tree.type.scale, Rounding::half_up);
    if (!quotient) continue;
    present[i] = 1;
    numbers[i] = quotient->mantissa();
  }
  return Cells::own(ValueType::decimal, tree.type.scale, std::move(numbers), std::move(present));
}

}  // namespace

Cells evaluate_arithmetic(const Tree& tree, const Cells& left, const Cells& right, size_t rows) {
  int scale = std::max(left.scale(), right.scale());
  Lifts lifts{power_of_ten(scale - left.scale()), power_of_ten(scale - right.scale())};
  switch (tree.arithmetic) {
    case Arithmetic::add:
      return run<Add>(tree, left, right, lifts, rows);
    case Arithmetic::subtract:
      return run<Subtract>(tree, left, right, lifts, rows);
    case Arithmetic::multiply:
      return run<Multiply>(tree, left, right, {}, rows);
    case Arithmetic::divide:
      return divide(tree, left, right, rows);
    case Arithmetic::remainder:
      return run<Remainder>(tree, left, right, {}, rows);
  }
  return divide(tree, left, right, rows);
}

Cells evaluate_negation(const Tree& tree, const Cells& cells, size_t rows) {
  Column zero = make_column(tree.type, 1);
  zero.append_number(0);
  return run<Subtract>(tree, Cells::repeat(zero), cells, {}, rows);
}

}  // namespace wutong::expression
