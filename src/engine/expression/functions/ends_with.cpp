#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (!takes(tree, {Kind::text, Kind::text})) return expects("应是两段文字", "takes two texts");
  return type_of_kind(Kind::boolean);
}

Cells apply(const Tree&, std::span<const Cells> arguments, size_t rows) {
  return map_known(ValueType::boolean, arguments, rows,
                   [&](size_t i) { return arguments[0].text(i).ends_with(arguments[1].text(i)); });
}

}  // namespace

extern const Function kEndsWith = {
    "endsWith",
    "文字是否以另一段文字结尾。",
    "Whether a text ends with another.",
    "'2024-09'.endsWith('09')",
    "true",
    type_of,
    apply,
};

}  // namespace wutong::expression
