#include "core/record/schema.hpp"

#include <algorithm>

#include "core/record/impl/loader.hpp"

namespace wutong::record {

ValueType value_type(FieldKind kind) {
  switch (kind) {
    case FieldKind::text:
    case FieldKind::code:
      return ValueType::text;
    case FieldKind::integer:
      return ValueType::integer;
    case FieldKind::decimal:
      return ValueType::decimal;
    case FieldKind::boolean:
      return ValueType::boolean;
    case FieldKind::reference:
      return ValueType::reference;
    case FieldKind::date:
      return ValueType::date;
    case FieldKind::partial_date:
      return ValueType::partial_date;
    case FieldKind::month:
      return ValueType::month;
    case FieldKind::period:
      return ValueType::period;
    case FieldKind::text_list:
      return ValueType::text_list;
  }
  return ValueType::text;
}

expression::Type expression_type(const Field& field) {
  using expression::Kind;
  expression::Type type;
  type.unit = field.unit;
  type.scale = field.decimals;
  type.target = field.target;
  for (const Code& code : field.codes) type.codes.push_back(code.value);
  switch (field.kind) {
    case FieldKind::text:
    case FieldKind::code:
      type.kind = Kind::text;
      break;
    case FieldKind::integer:
      type.kind = Kind::integer;
      break;
    case FieldKind::decimal:
      type.kind = Kind::decimal;
      break;
    case FieldKind::boolean:
      type.kind = Kind::boolean;
      break;
    case FieldKind::reference:
      type.kind = Kind::reference;
      break;
    case FieldKind::date:
      type.kind = Kind::date;
      break;
    case FieldKind::partial_date:
      type.kind = Kind::partial_date;
      break;
    case FieldKind::month:
      type.kind = Kind::month;
      break;
    case FieldKind::period:
      type.kind = Kind::period;
      break;
    case FieldKind::text_list:
      type.kind = Kind::list;
      break;
  }
  return type;
}

std::optional<size_t> Register::find(std::string_view field) const {
  for (size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name == field) return i;
  }
  return std::nullopt;
}

const Move* Register::find_move(std::string_view move) const {
  for (const Move& each : moves) {
    if (each.name == move) return &each;
  }
  return nullptr;
}

Schema Schema::from(std::vector<Register> registers, std::shared_ptr<const WorkCalendar> calendar) {
  static const auto kPlain = std::make_shared<const WorkCalendar>();
  Schema schema;
  schema.calendar_ = calendar ? std::move(calendar) : kPlain;
  schema.registers_ = std::move(registers);
  for (size_t i = 0; i < schema.registers_.size(); ++i) {
    schema.index_.emplace(schema.registers_[i].name, i);
  }
  return schema;
}

std::optional<Schema> Schema::load(const pack::Files& files, std::span<const std::string> packs,
                                   Issues& issues) {
  Issues found;
  std::vector<Register> registers = Loader(files, packs, found).run();
  auto calendar = load_calendar(files, packs, found);
  bool is_sound = found.empty();
  issues.insert(issues.end(), found.begin(), found.end());
  if (!is_sound) return std::nullopt;
  return from(std::move(registers), std::move(calendar));
}

const Register* Schema::find(std::string_view name) const {
  auto found = index_.find(name);
  return found == index_.end() ? nullptr : &registers_[found->second];
}

std::optional<size_t> Schema::index_of(std::string_view name) const {
  auto found = index_.find(name);
  return found == index_.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> Schema::names() const {
  std::vector<std::string> names;
  for (const Register& each : registers_) names.push_back(each.name);
  return names;
}

namespace {

std::optional<expression::Type> type_in(const Register* home, std::string_view name) {
  auto field = home == nullptr ? std::nullopt : home->find(name);
  return field ? std::optional(expression_type(home->fields[*field])) : std::nullopt;
}

std::vector<std::string> names_in(const Register* home) {
  std::vector<std::string> names;
  for (size_t i = 0; home != nullptr && i < home->fields.size(); ++i) {
    names.push_back(home->fields[i].name);
  }
  return names;
}

}  // namespace

std::optional<expression::Type> RegisterScope::identifier(std::string_view name) const {
  return type_in(&home_, name);
}
std::vector<std::string> RegisterScope::identifiers() const { return names_in(&home_); }
std::optional<expression::Type> RegisterScope::member(std::string_view target,
                                                      std::string_view name) const {
  return type_in(schema_.find(target), name);
}
std::vector<std::string> RegisterScope::members(std::string_view target) const {
  return names_in(schema_.find(target));
}

}  // namespace wutong::record
