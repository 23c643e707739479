#include <string>

#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  Value literal = tree.parts.size() == 1 ? constant_of(tree, 0) : Value();
  const auto* text = std::get_if<std::string>(&literal);
  if (text == nullptr || !Month::parse(*text)) {
    return expects("应是月份，如 month('2024-09')", "takes a month, like month('2024-09')");
  }
  return type_of_kind(Kind::month);
}

Cells apply(const Tree&, std::span<const Cells> arguments, size_t rows) {
  return map_known(ValueType::month, arguments, rows,
                   [&](size_t i) { return Month::parse(arguments[0].text(i))->index; });
}

}  // namespace

extern const Function kMonth = {
    "month", "写明的月份。", "A literal month.", "month('2024-09')", "2024-09", type_of, apply,
};

}  // namespace wutong::expression
