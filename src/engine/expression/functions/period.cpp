#include <string>

#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  Value literal = tree.parts.size() == 1 ? constant_of(tree, 0) : Value();
  const auto* text = std::get_if<std::string>(&literal);
  if (text == nullptr || !Period::parse(*text)) {
    return expects("应是时期，如 period('2024-01..09')",
                   "takes a period, like period('2024-01..09')");
  }
  return type_of_kind(Kind::period);
}

Cells apply(const Tree& tree, std::span<const Cells> arguments, size_t rows) {
  Column out = make_column(tree.type, rows);
  for (size_t i = 0; i < rows; ++i) out.append(*Period::parse(arguments[0].text(i)));
  return Cells::own(std::move(out));
}

}  // namespace

extern const Function kPeriod = {
    "period", "写明的时期。", "A literal period.", "period('2024-01..09')", "2024-01..09",
    type_of,  apply,
};

}  // namespace wutong::expression
