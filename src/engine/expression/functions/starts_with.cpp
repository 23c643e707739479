#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (!takes(tree, {Kind::text, Kind::text})) return expects("应是两段文字", "takes two texts");
  return type_of_kind(Kind::boolean);
}

Cells apply(const Tree&, std::span<const Cells> arguments, size_t rows) {
  return map_known(ValueType::boolean, arguments, rows, [&](size_t i) {
    return arguments[0].text(i).starts_with(arguments[1].text(i));
  });
}

}  // namespace

extern const Function kStartsWith = {
    "startsWith",
    "文字是否以另一段文字开头。",
    "Whether a text begins with another.",
    "'C39'.startsWith('C')",
    "true",
    type_of,
    apply,
};

}  // namespace wutong::expression
