// Keys as texts: the parts joined by "/", references as the key of their target.
#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "core/record/impl/table.hpp"
#include "core/record/organisation.hpp"
#include "core/record/query.hpp"
#include "core/record/state.hpp"

namespace wutong::record {

std::string State::key_text(size_t register_index, RecordId record) const {
  const Register& home = schema().registers()[register_index];
  std::string text;
  for (size_t i = 0; i < home.key.size(); ++i) {
    const Field& field = home.fields[home.key[i]];
    const Value part = value(register_index, home.key[i], record);
    if (i > 0) text += "/";
    if (const auto* target = std::get_if<RecordId>(&part)) {
      text += key_text(*schema().index_of(field.target), *target);
    } else {
      text += to_string(part);
    }
  }
  return text;
}

namespace {

// A number only if it is printed as this text again: one value has one key.
template <typename T, typename Number>
std::optional<int64_t> exactly(const std::optional<T>& parsed, std::string_view text,
                               Number&& number) {
  if (!parsed || parsed->to_string() != text) return std::nullopt;
  return number(*parsed);
}

std::optional<int64_t> number_of(const Field& field, std::string_view text) {
  switch (field.kind) {
    case FieldKind::integer: {
      int64_t number = 0;
      const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
      const bool is_read = code == std::errc() && std::to_string(number) == text;
      return is_read ? std::optional(number) : std::nullopt;
    }
    case FieldKind::decimal: {
      const auto parsed = Decimal::parse(text);
      const auto scaled = parsed ? parsed->rescaled(field.decimals) : std::nullopt;
      return exactly(scaled, text, [](const Decimal& d) { return int64_t(d.mantissa()); });
    }
    case FieldKind::boolean:
      if (text == "true") return 1;
      return text == "false" ? std::optional<int64_t>(0) : std::nullopt;
    case FieldKind::date:
      return exactly(Date::parse(text), text, [](Date d) { return int64_t{d.days()}; });
    case FieldKind::partial_date:
      return exactly(PartialDate::parse(text), text, pack_partial_date);
    case FieldKind::month:
      return exactly(Month::parse(text), text, [](Month m) { return int64_t{m.index}; });
    case FieldKind::text:
    case FieldKind::code:
    case FieldKind::period:
    case FieldKind::text_list:
    case FieldKind::reference:
      break;
  }
  return std::nullopt;
}

// Parts of keys may hold "/" themselves: every way to cut the text is tried, the first that leads
// to a record wins.
class KeyReader {
 public:
  KeyReader(const State& state, size_t register_index)
      : state_(state),
        register_index_(register_index),
        home_(state.schema().registers()[register_index]) {}

  std::optional<RecordId> read(std::string_view text) {
    const size_t at = numbers_.size();
    if (at + 1 == home_.key.size()) {
      if (!push(text)) return std::nullopt;
      const auto found = state_.find_raw(register_index_, numbers_);
      numbers_.pop_back();
      return found;
    }
    for (size_t cut = text.find('/'); cut != std::string_view::npos;
         cut = text.find('/', cut + 1)) {
      if (!push(text.substr(0, cut))) continue;
      const auto found = read(text.substr(cut + 1));
      numbers_.pop_back();
      if (found) return found;
    }
    return std::nullopt;
  }

 private:
  bool push(std::string_view text) {
    const size_t f = home_.key[numbers_.size()];
    const Field& field = home_.fields[f];
    std::optional<int64_t> number;
    if (field.kind == FieldKind::reference) {
      const auto target = state_.find(*state_.schema().index_of(field.target), text);
      if (target) number = target->value;
    } else if (value_type(field.kind) == ValueType::text ||
               value_type(field.kind) == ValueType::period ||
               value_type(field.kind) == ValueType::text_list) {
      number = state_.find_text(register_index_, f, text);
      if (!number && field.is_code) {  // written in another way
        number = state_.find_text(register_index_, f, normal_code(text));
      }
    } else {
      number = number_of(field, text);
    }
    if (number) numbers_.push_back(*number);
    return number.has_value();
  }

  const State& state_;
  size_t register_index_;
  const Register& home_;
  std::vector<int64_t> numbers_;
};

bool is_readable(const Schema& schema, const Register& home, size_t part, std::string_view text,
                 size_t& furthest);

bool is_readable(const Schema& schema, const Field& field, std::string_view text) {
  size_t ignored = 0;
  switch (field.kind) {
    case FieldKind::reference:
      return is_readable(schema, *schema.find(field.target), 0, text, ignored);
    case FieldKind::code:
      return std::ranges::any_of(field.codes, [&](const Code& code) { return code.value == text; });
    case FieldKind::period:
      return Period::parse(text).has_value();
    case FieldKind::text:
    case FieldKind::text_list:
      return !text.empty();
    case FieldKind::integer:
    case FieldKind::decimal:
    case FieldKind::boolean:
    case FieldKind::date:
    case FieldKind::partial_date:
    case FieldKind::month:
      break;
  }
  return number_of(field, text).has_value();
}

// Parts of keys may hold "/" themselves, as below. `furthest`: the part that no way got past.
bool is_readable(const Schema& schema, const Register& home, size_t part, std::string_view text,
                 size_t& furthest) {
  furthest = std::max(furthest, part);
  const Field& field = home.fields[home.key[part]];
  if (part + 1 == home.key.size()) return is_readable(schema, field, text);
  for (size_t cut = text.find('/'); cut != std::string_view::npos; cut = text.find('/', cut + 1)) {
    if (!is_readable(schema, field, text.substr(0, cut))) continue;
    if (is_readable(schema, home, part + 1, text.substr(cut + 1), furthest)) return true;
  }
  return false;
}

}  // namespace

Result<void> readable_key(const Schema& schema, size_t register_index, std::string_view key) {
  const Register& home = schema.registers()[register_index];
  size_t furthest = 0;
  if (is_readable(schema, home, 0, key, furthest)) return {};
  const Field& field = home.fields[home.key[furthest]];
  std::vector<std::string> parts;
  for (size_t part : home.key) parts.push_back(home.fields[part].name);
  const std::string form = join(parts, "/");
  return fail(ErrorKind::invalid, "query.key",
              "主键应写成 " + form + "，其中" + field.title.zh + "（" + field.name + "）读不出来",
              "the key is written " + form + "; its " + field.title.en + " (" + field.name +
                  ") cannot be read",
              Place{{}, 0, 0, field.name});
}

std::optional<RecordId> State::find(size_t register_index, std::string_view key) const {
  return KeyReader(*this, register_index).read(key);
}

}  // namespace wutong::record
