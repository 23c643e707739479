// == != < <= > >= and in. Unknown where a side is unknown.
#include <algorithm>
#include <functional>
#include <string_view>

#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

// Calls use with the comparison as a function of two values.
template <typename Use>
Cells with(Comparison comparison, Use&& use) {
  switch (comparison) {
    case Comparison::equal:
      return use(std::equal_to<>());
    case Comparison::not_equal:
      return use(std::not_equal_to<>());
    case Comparison::less:
      return use(std::less<>());
    case Comparison::less_equal:
      return use(std::less_equal<>());
    case Comparison::greater:
      return use(std::greater<>());
    case Comparison::greater_equal:
      break;
  }
  return use(std::greater_equal<>());
}

template <typename Give>
Cells flags(const Cells& left, const Cells& right, size_t rows, Give&& give) {
  Column out;
  out.type = ValueType::boolean;
  out.resize_absent(rows);
  std::vector<int64_t>& numbers = out.numbers.widened();
  for (size_t i = 0; i < rows; ++i) {
    if ((left.present(i) & right.present(i)) == 0) continue;
    out.present[i] = 1;
    numbers[i] = give(i) ? 1 : 0;
  }
  return Cells::own(std::move(out));
}

struct Days {
  Date first;
  Date last;
};

Days days_of(const Cells& cells, size_t row) {
  if (cells.type() == ValueType::partial_date) {
    PartialDate date = unpack_partial_date(cells.number(row));
    return {date.first, date.last()};
  }
  Date day = Date::from_days(static_cast<int32_t>(cells.number(row)));
  return {day, day};
}

Cells compare_texts(const Tree& tree, const Cells& left, const Cells& right, size_t rows) {
  bool is_equal = tree.comparison == Comparison::equal;
  if (is_equal || tree.comparison == Comparison::not_equal) {
    return flags(left, right, rows,
                 [&](size_t i) { return (left.text(i) == right.text(i)) == is_equal; });
  }
  return with(tree.comparison, [&](auto op) {
    return flags(left, right, rows,
                 [&](size_t i) { return op(left.text(i).compare(right.text(i)), 0); });
  });
}

// Dates known only in part are compared where the days that they may be leave no doubt.
std::optional<bool> compare(Comparison comparison, Days a, Days b) {
  switch (comparison) {
    case Comparison::equal:
      if (a.last < b.first || b.last < a.first) return false;
      return a.first == a.last && b.first == b.last ? std::optional(true) : std::nullopt;
    case Comparison::less:
      if (a.last < b.first) return true;
      return a.first >= b.last ? std::optional(false) : std::nullopt;
    case Comparison::less_equal:
      if (a.last <= b.first) return true;
      return a.first > b.last ? std::optional(false) : std::nullopt;
    case Comparison::greater:
      return compare(Comparison::less, b, a);
    case Comparison::greater_equal:
      return compare(Comparison::less_equal, b, a);
    case Comparison::not_equal:
      break;
  }
  auto is_equal = compare(Comparison::equal, a, b);
  return is_equal ? std::optional(!*is_equal) : std::nullopt;
}

Cells compare_dates(const Tree& tree, const Cells& left, const Cells& right, size_t rows) {
  Column out = make_column(tree.type, 0);
  out.resize_absent(rows);
  for (size_t i = 0; i < rows; ++i) {
    if ((left.present(i) & right.present(i)) == 0) continue;
    auto holds = compare(tree.comparison, days_of(left, i), days_of(right, i));
    if (!holds) continue;
    out.present[i] = 1;
    out.numbers.set(i, *holds ? 1 : 0);
  }
  return Cells::own(std::move(out));
}

// The elements in order, of one kind: texts, or numbers as decimals.
Cells contained_in_literals(const Tree& tree, const Cells& left, size_t rows) {
  if (left.is_text()) {
    std::vector<std::string_view> texts;
    for (size_t k = 1; k < tree.parts.size(); ++k) {
      texts.push_back(tree.parts[k]->constant.texts[0]);
    }
    std::sort(texts.begin(), texts.end());
    return flags(left, left, rows, [&](size_t i) {
      return std::binary_search(texts.begin(), texts.end(), std::string_view(left.text(i)));
    });
  }
  std::vector<Decimal> numbers;
  for (size_t k = 1; k < tree.parts.size(); ++k) {
    const Column& constant = tree.parts[k]->constant;
    numbers.push_back(Decimal::from_parts(constant.numbers[0], constant.scale));
  }
  std::sort(numbers.begin(), numbers.end());
  return flags(left, left, rows, [&](size_t i) {
    return std::binary_search(numbers.begin(), numbers.end(), left.decimal(i));
  });
}

bool is_element(std::string_view list, std::string_view text) {
  if (list.empty()) return false;
  constexpr char kSeparator = '\x1F';  // as in a column
  while (true) {
    size_t end = list.find(kSeparator);
    if (list.substr(0, end) == text) return true;
    if (end == std::string_view::npos) return false;
    list.remove_prefix(end + 1);
  }
}

}  // namespace

Cells evaluate_comparison(const Tree& tree, const Cells& left, const Cells& right, size_t rows) {
  if (left.is_text()) return compare_texts(tree, left, right, rows);
  if (left.type() == ValueType::partial_date || right.type() == ValueType::partial_date) {
    return compare_dates(tree, left, right, rows);
  }
  if (left.is_wide() || right.is_wide()) {
    return with(tree.comparison, [&](auto op) {
      return flags(left, right, rows,
                   [&](size_t i) { return op(left.decimal(i), right.decimal(i)); });
    });
  }
  if (left.scale() == right.scale()) {
    return with(tree.comparison, [&](auto op) {
      return flags(left, right, rows,
                   [&](size_t i) { return op(left.number(i), right.number(i)); });
    });
  }
  // 64 bits times 10^18 stay within 128
  int scale = std::max(left.scale(), right.scale());
  int128 lift_left = power_of_ten(scale - left.scale());
  int128 lift_right = power_of_ten(scale - right.scale());
  return with(tree.comparison, [&](auto op) {
    return flags(left, right, rows, [&](size_t i) {
      return op(left.number(i) * lift_left, right.number(i) * lift_right);
    });
  });
}

Cells evaluate_containment(const Tree& tree, const Batch& batch) {
  Cells left = evaluate(*tree.parts[0], batch);
  if (tree.parts[1]->type.kind != Kind::list)
    return contained_in_literals(tree, left, batch.rows());
  Cells right = evaluate(*tree.parts[1], batch);
  return flags(left, right, batch.rows(),
               [&](size_t i) { return is_element(right.text(i), left.text(i)); });
}

}  // namespace wutong::expression
