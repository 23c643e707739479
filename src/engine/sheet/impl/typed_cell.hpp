// One cell of text as a value of its column's type. Private to the module; pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/column.hpp"
#include "base/error.hpp"

namespace wutong::sheet {

// What a cell of a row is: no type is passed over.
struct Slot {
  std::optional<ValueType> type;
  int scale = 0;
  size_t target = 0;  // its column in the block
  std::string name;   // as the caller named it; may be empty
};

// The number of a text that is not empty in a column of this type; nullopt: it is none.
std::optional<int64_t> number_of(const Slot& slot, std::string_view text);

Error wrong_value(const Slot& slot, std::string_view text, Place place);

}  // namespace wutong::sheet
