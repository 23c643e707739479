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
      out.append_number(arguments[0].texts[i].ends_with(arguments[1].texts[i]) ? 1 : 0);
    }
  }
  return out;
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
