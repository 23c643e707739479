#include "base/check_digit.hpp"
#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (!takes(tree, {Kind::text})) return expects("应是文字", "takes a text");
  return Type{Kind::boolean, {}, 0, {}, {}};
}

Column apply(const Tree& tree, const std::vector<Column>& arguments, size_t rows) {
  Column out = make_column(tree.type, rows);
  for (size_t i = 0; i < rows; ++i) {
    if (arguments[0].present[i] == 0) {
      out.append_absent();
    } else {
      out.append_number(parse_uscc(arguments[0].texts[i]).has_value() ? 1 : 0);
    }
  }
  return out;
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
