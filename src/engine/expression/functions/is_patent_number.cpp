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
                   [&](size_t i) { return parse_patent_number(arguments[0].text(i)).has_value(); });
}

}  // namespace

extern const Function kIsPatentNumber = {
    "is_patent_number",
    "是否为校验正确的专利申请号（ZC 0006-2003）。",
    "Whether a text is a patent application number with the right check.",
    "is_patent_number('200310102344.5')",
    "true",
    type_of,
    apply,
};

}  // namespace wutong::expression
