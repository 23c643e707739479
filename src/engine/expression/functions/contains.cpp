#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (!takes(tree, {Kind::text, Kind::text})) return expects("应是两段文字", "takes two texts");
  return Type{Kind::boolean, {}, 0, {}, {}};
}

Column apply(const Tree& tree, const std::vector<Column>& arguments, size_t rows) {
  Column out = make_column(tree.type, rows);
  for (size_t i = 0; i < rows; ++i) {
    if (arguments[0].present[i] == 0 || arguments[1].present[i] == 0) {
      out.append_absent();
    } else {
      out.append_number(arguments[0].texts[i].find(arguments[1].texts[i]) != std::string::npos ? 1
                                                                                               : 0);
    }
  }
  return out;
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
