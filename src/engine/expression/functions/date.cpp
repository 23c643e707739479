#include <string>

#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  Value literal = tree.parts.size() == 1 ? constant_of(tree, 0) : Value();
  const auto* text = std::get_if<std::string>(&literal);
  if (text == nullptr || !Date::parse(*text)) {
    return expects("应是存在的日期，如 date('2024-10-28')",
                   "takes a day that exists, like date('2024-10-28')");
  }
  return type_of_kind(Kind::date);
}

Cells apply(const Tree&, std::span<const Cells> arguments, size_t rows) {
  return map_known(ValueType::date, arguments, rows,
                   [&](size_t i) { return Date::parse(arguments[0].text(i))->days(); });
}

}  // namespace

extern const Function kDate = {
    "date", "写明的日期。", "A literal date.", "date('2024-10-28')", "2024-10-28", type_of, apply,
};

}  // namespace wutong::expression
