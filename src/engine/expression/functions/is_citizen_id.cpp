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
                   [&](size_t i) { return parse_citizen_id(arguments[0].text(i)).has_value(); });
}

}  // namespace

extern const Function kIsCitizenId = {
    "is_citizen_id",
    "是否为校验正确的公民身份号码（GB 11643-1999）。校验正确不等于身份属实。",
    "Whether a text is a citizen identity number with the right check; that proves no identity.",
    "is_citizen_id('11010519491231002X')",
    "true",
    type_of,
    apply,
};

}  // namespace wutong::expression
