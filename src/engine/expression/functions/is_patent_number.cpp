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
      out.append_number(parse_patent_number(arguments[0].texts[i]).has_value() ? 1 : 0);
    }
  }
  return out;
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
