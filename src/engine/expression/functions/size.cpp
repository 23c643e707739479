#include "base/text.hpp"
#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (!takes(tree, {Kind::text}) && !takes(tree, {Kind::list})) {
    return expects("应是文字或列表", "takes a text or a list");
  }
  return Type{Kind::integer, {}, 0, {}, {}};
}

Column apply(const Tree& tree, const std::vector<Column>& arguments, size_t rows) {
  bool is_list = arguments[0].type == ValueType::text_list;
  Column out = make_column(tree.type, rows);
  for (size_t i = 0; i < rows; ++i) {
    const std::string& text = arguments[0].texts[i];
    if (arguments[0].present[i] == 0) {
      out.append_absent();
    } else {
      out.append_number(
          static_cast<int64_t>(is_list ? split_list(text).size() : count_code_points(text)));
    }
  }
  return out;
}

}  // namespace

extern const Function kSize = {
    "size",
    "文字的字数，或列表的项数。",
    "Characters of a text, or elements of a list.",
    "size('高新区')",
    "3",
    type_of,
    apply,
};

}  // namespace wutong::expression
