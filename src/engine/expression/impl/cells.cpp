#include "engine/expression/impl/cells.hpp"

#include <algorithm>

namespace wutong::expression {

void Cells::view(const Column& column, size_t step) {
  type_ = column.type;
  scale_ = column.scale;
  step_ = step;
  present_ = column.present.data();
  if (column.numbers.is_narrow()) {
    widened_.assign(column.numbers.narrow().begin(), column.numbers.narrow().end());
    numbers_ = widened_.data();
  } else {
    numbers_ = column.numbers.wide().data();
  }
  texts_ = column.is_text() ? column.texts.data() : nullptr;
}

Cells Cells::borrow(const Column& column) {
  Cells cells;
  cells.view(column, 1);
  return cells;
}

Cells Cells::repeat(const Column& one_row) {
  Cells cells;
  cells.view(one_row, 0);
  return cells;
}

Cells Cells::own(Column column) {
  Cells cells;
  cells.owned_ = std::move(column);
  cells.owned_.numbers.widened();
  cells.view(cells.owned_, 1);
  cells.is_own_ = true;
  return cells;
}

Cells Cells::own(ValueType type, int scale, std::vector<int128> numbers,
                 std::vector<uint8_t> present) {
  Column column;
  column.type = type;
  column.scale = scale;
  column.present = std::move(present);
  bool fits = std::all_of(numbers.begin(), numbers.end(),
                          [](int128 number) { return number == static_cast<int64_t>(number); });
  if (fits) column.numbers.widened().assign(numbers.begin(), numbers.end());
  Cells cells = own(std::move(column));
  if (!fits) cells.wide_ = std::move(numbers);
  return cells;
}

Column Cells::to_column(size_t rows) && {
  if (is_own_ && !is_wide()) return std::move(owned_);
  Column out;
  out.type = type_;
  out.scale = scale_;
  out.resize_absent(rows);
  for (size_t i = 0; i < rows; ++i) {
    if (present(i) == 0) continue;
    if (is_text()) {
      out.texts[i] = text(i);
    } else if (auto number = this->number<int128>(i); number == static_cast<int64_t>(number)) {
      out.numbers.set(i, static_cast<int64_t>(number));
    } else {
      continue;
    }
    out.present[i] = 1;
  }
  return out;
}

}  // namespace wutong::expression
