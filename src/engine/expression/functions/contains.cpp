#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (!takes(tree, {Kind::text, Kind::text})) return expects("应是两段文字", "takes two texts");
  return type_of_kind(Kind::boolean);
}

Cells apply(const Tree&, std::span<const Cells> arguments, size_t rows) {
  return map_known(ValueType::boolean, arguments, rows, [&](size_t i) {
    return arguments[0].text(i).find(arguments[1].text(i)) != std::string::npos;
  });
}

}  // namespace

extern const Function kContains = {
    "contains",
    "文字是否含有另一段文字。",
    "Whether a text holds another.",
    "'高新区'.contains('新')",
    "true",
    type_of,
    apply,
};

}  // namespace wutong::expression
