#include "base/column.hpp"

#include "base/error.hpp"
#include "base/text.hpp"

namespace wutong {

namespace {

constexpr char kListSeparator = '\x1F';

template <typename... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};
template <typename... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

}  // namespace

std::string_view to_string(ValueType type) {
  switch (type) {
    case ValueType::boolean:
      return "boolean";
    case ValueType::integer:
      return "integer";
    case ValueType::decimal:
      return "decimal";
    case ValueType::text:
      return "text";
    case ValueType::date:
      return "date";
    case ValueType::partial_date:
      return "partial_date";
    case ValueType::month:
      return "month";
    case ValueType::period:
      return "period";
    case ValueType::reference:
      return "reference";
    case ValueType::text_list:
      return "text_list";
  }
  return "";
}

std::string to_string(const Value& value) {
  return std::visit(
      Overloaded{[](std::monostate) { return std::string(); },
                 [](bool flag) { return std::string(flag ? "true" : "false"); },
                 [](int64_t number) { return std::to_string(number); },
                 [](const std::string& text) { return text; },
                 [](RecordId record) { return std::to_string(record.value); },
                 [](const std::vector<std::string>& list) { return join(list, "、"); },
                 [](const auto& other) { return other.to_string(); }},
      value);
}

void Column::reserve(size_t rows) {
  present.reserve(rows);
  if (is_text()) {
    texts.reserve(rows);
  } else {
    numbers.reserve(rows);
  }
}

void Column::append_absent() {
  present.push_back(0);
  if (is_text()) {
    texts.emplace_back();
  } else {
    numbers.push_back(0);
  }
}

void Column::append_number(int64_t number) {
  numbers.push_back(number);
  present.push_back(1);
}

void Column::append_text(std::string text) {
  texts.push_back(std::move(text));
  present.push_back(1);
}

void Column::resize_absent(size_t rows) {
  present.resize(rows, 0);
  if (is_text()) {
    texts.resize(rows);
  } else {
    numbers.resize(rows);
  }
}

namespace {

// The number of a value in a column of this type and scale, if it has one.
std::optional<int64_t> number_of(const Value& value, ValueType type, int scale) {
  if (const bool* flag = std::get_if<bool>(&value); flag && type == ValueType::boolean) {
    return *flag ? 1 : 0;
  }
  if (const auto* number = std::get_if<int64_t>(&value); number && type == ValueType::integer) {
    return *number;
  }
  if (const Decimal* decimal = std::get_if<Decimal>(&value);
      decimal && type == ValueType::decimal) {
    auto scaled = decimal->rescaled(scale);
    if (!scaled || scaled->mantissa() != static_cast<int64_t>(scaled->mantissa())) {
      return std::nullopt;
    }
    return static_cast<int64_t>(scaled->mantissa());
  }
  if (const Date* date = std::get_if<Date>(&value); date && type == ValueType::date) {
    return date->days();
  }
  if (const auto* date = std::get_if<PartialDate>(&value);
      date && type == ValueType::partial_date) {
    return pack_partial_date(*date);
  }
  if (const Month* month = std::get_if<Month>(&value); month && type == ValueType::month) {
    return month->index;
  }
  if (const auto* record = std::get_if<RecordId>(&value); record && type == ValueType::reference) {
    return record->value;
  }
  return std::nullopt;
}

std::optional<std::string> text_of(const Value& value, ValueType type) {
  if (const auto* text = std::get_if<std::string>(&value); text && type == ValueType::text) {
    return *text;
  }
  if (const auto* period = std::get_if<Period>(&value); period && type == ValueType::period) {
    return period->to_string();
  }
  if (const auto* list = std::get_if<std::vector<std::string>>(&value);
      list && type == ValueType::text_list) {
    return join_list(*list);
  }
  return std::nullopt;
}

}  // namespace

bool Column::append(const Value& value) {
  if (is_absent(value)) {
    append_absent();
    return true;
  }
  if (is_text()) {
    auto text = text_of(value, type);
    if (text) append_text(std::move(*text));
    return text.has_value();
  }
  auto number = number_of(value, type, scale);
  if (number) append_number(*number);
  return number.has_value();
}

Value Column::value(size_t row) const {
  if (present[row] == 0) return std::monostate{};
  switch (type) {
    case ValueType::boolean:
      return numbers[row] != 0;
    case ValueType::integer:
      return numbers[row];
    case ValueType::decimal:
      return Decimal::from_parts(numbers[row], scale);
    case ValueType::text:
      return texts[row];
    case ValueType::date:
      return Date::from_days(static_cast<int32_t>(numbers[row]));
    case ValueType::partial_date:
      return unpack_partial_date(numbers[row]);
    case ValueType::month:
      return Month{static_cast<int32_t>(numbers[row])};
    case ValueType::period:
      if (auto period = Period::parse(texts[row])) return *period;
      return std::monostate{};
    case ValueType::reference:
      return RecordId{static_cast<uint32_t>(numbers[row])};
    case ValueType::text_list:
      return split_list(texts[row]);
  }
  return std::monostate{};
}

bool Column::is_same_cell(size_t row, const Column& other, size_t other_row) const {
  if (present[row] != other.present[other_row]) return false;
  if (present[row] == 0) return true;
  return is_text() ? texts[row] == other.texts[other_row]
                   : numbers[row] == other.numbers[other_row];
}

Column Column::take(std::span<const size_t> rows) const {
  Column out;
  out.type = type;
  out.scale = scale;
  out.reserve(rows.size());
  for (size_t row : rows) {
    if (present[row] == 0) {
      out.append_absent();
    } else if (is_text()) {
      out.append_text(texts[row]);
    } else {
      out.append_number(numbers[row]);
    }
  }
  return out;
}

int64_t pack_partial_date(const PartialDate& date) {
  return int64_t{date.first.days()} * 8 + static_cast<int64_t>(date.precision);
}

PartialDate unpack_partial_date(int64_t number) {
  int64_t precision = number & 7;
  return {Date::from_days(static_cast<int32_t>((number - precision) / 8)),
          static_cast<DatePrecision>(precision)};
}

std::string join_list(const std::vector<std::string>& elements) {
  return join(elements, std::string_view(&kListSeparator, 1));
}

std::vector<std::string> split_list(std::string_view joined) {
  std::vector<std::string> elements;
  if (joined.empty()) return elements;
  for (std::string_view element : split(joined, kListSeparator)) elements.emplace_back(element);
  return elements;
}

}  // namespace wutong
