#include "base/text.hpp"
#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (!takes(tree, {Kind::text}) && !takes(tree, {Kind::list}))
    return expects("应是文字或列表", "takes a text or a list");
  return type_of_kind(Kind::integer);
}

Cells apply(const Tree&, std::span<const Cells> arguments, size_t rows) {
  bool is_list = arguments[0].type() == ValueType::text_list;
  return map_known(ValueType::integer, arguments, rows, [&](size_t i) {
    return is_list ? split_list(arguments[0].text(i)).size()
                   : count_code_points(arguments[0].text(i));
  });
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
