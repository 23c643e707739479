#include "engine/sheet/impl/typed_cell.hpp"

#include <charconv>

#include "base/text.hpp"

namespace wutong::sheet {

namespace {

struct Expected {
  std::string zh;
  std::string en;
};

Expected expected_of(const Slot& slot) {
  std::string places = std::to_string(slot.scale);
  switch (*slot.type) {
    case ValueType::integer:
      return {"整数，如 120", "a whole number, like 120"};
    case ValueType::decimal:
      return {"数，最多 " + places + " 位小数，如 120.5",
              "a number with at most " + places + " places, like 120.5"};
    case ValueType::boolean:
      return {"true 或 false（是、否、1、0 亦可）", "true or false (or 1, 0)"};
    case ValueType::date:
      return {"存在的日期，如 2024-10-28", "a day that exists, like 2024-10-28"};
    case ValueType::month:
      return {"月份，如 2024-09", "a month, like 2024-09"};
    case ValueType::text:
    case ValueType::partial_date:
    case ValueType::period:
    case ValueType::reference:
    case ValueType::text_list:
      break;
  }
  return {"文字", "text"};
}

std::optional<int64_t> integer_of(std::string_view text) {
  int64_t number = 0;
  auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<int64_t> decimal_of(std::string_view text, int scale) {
  auto parsed = Decimal::parse(text);
  auto scaled = parsed ? parsed->rescaled(scale) : std::nullopt;
  if (!scaled || scaled->mantissa() != static_cast<int64_t>(scaled->mantissa())) {
    return std::nullopt;
  }
  return static_cast<int64_t>(scaled->mantissa());
}

std::optional<int64_t> boolean_of(std::string_view text) {
  if (text == "1" || text == "true" || text == "是") return 1;
  if (text == "0" || text == "false" || text == "否") return 0;
  return std::nullopt;
}

}  // namespace

std::optional<int64_t> number_of(const Slot& slot, std::string_view text) {
  switch (*slot.type) {
    case ValueType::integer:
      return integer_of(text);
    case ValueType::decimal:
      return decimal_of(text, slot.scale);
    case ValueType::boolean:
      return boolean_of(text);
    case ValueType::date:
      if (auto date = Date::parse(text)) return date->days();
      return std::nullopt;
    case ValueType::month:
      if (auto month = Month::parse(text)) return month->index;
      return std::nullopt;
    case ValueType::text:
    case ValueType::partial_date:
    case ValueType::period:
    case ValueType::reference:
    case ValueType::text_list:
      break;
  }
  return std::nullopt;
}

Error wrong_value(const Slot& slot, std::string_view text, Place place) {
  constexpr size_t kShown = 60;
  std::string shown(text);
  if (text.size() > kShown) shown = to_utf8(to_code_points(text).substr(0, 20)) + "…";
  Expected expected = expected_of(slot);
  return Error{ErrorKind::invalid,
               "csv.value",
               std::move(place),
               "“" + shown + "”不对，应是" + expected.zh,
               "\"" + shown + "\" is not right; expected " + expected.en,
               {}};
}

}  // namespace wutong::sheet
