#include "base/check_digit.hpp"
#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (!takes(tree, {Kind::text})) return expects("应是一段文字", "takes a text");
  return type_of_kind(Kind::boolean);
}

Cells apply(const Tree&, std::span<const Cells> arguments, size_t rows) {
  return map_known(ValueType::boolean, arguments, rows,
                   [&](size_t i) { return parse_uscc(arguments[0].text(i)).has_value(); });
}

}  // namespace

extern const Function kIsUscc = {
    "is_uscc",
    "是否为校验正确的统一社会信用代码（GB 32100-2015）。",
    "Whether a text is a unified social credit code with the right check.",
    "is_uscc('91350100M000100Y43')",
    "true",
    type_of,
    apply,
};

}  // namespace wutong::expression
