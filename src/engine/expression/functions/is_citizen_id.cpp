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
      out.append_number(parse_citizen_id(arguments[0].texts[i]).has_value() ? 1 : 0);
    }
  }
  return out;
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
