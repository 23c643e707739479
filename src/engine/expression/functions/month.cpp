#include <optional>

#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

std::optional<Month> literal_of(const Tree& tree) {
  bool is_literal = takes(tree, {Kind::text}) && tree.parts[0]->op == Operator::constant;
  return is_literal ? Month::parse(tree.parts[0]->constant.texts[0]) : std::nullopt;
}

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (!literal_of(tree))
    return expects("应是月份，如 month('2024-09')", "takes a month, like month('2024-09')");
  return Type{Kind::month, {}, 0, {}, {}};
}

Column apply(const Tree& tree, const std::vector<Column>&, size_t rows) {
  Column out = make_column(tree.type, rows);
  for (size_t i = 0; i < rows; ++i) out.append(*literal_of(tree));
  return out;
}

}  // namespace

extern const Function kMonth = {
    "month", "写明的月份。", "A literal month.", "month('2024-09')", "2024-09", type_of, apply,
};

}  // namespace wutong::expression
