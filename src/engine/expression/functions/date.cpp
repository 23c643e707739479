#include <optional>

#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

std::optional<Date> literal_of(const Tree& tree) {
  bool is_literal = takes(tree, {Kind::text}) && tree.parts[0]->op == Operator::constant;
  return is_literal ? Date::parse(tree.parts[0]->constant.texts[0]) : std::nullopt;
}

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (!literal_of(tree))
    return expects("应是存在的日期，如 date('2024-10-28')",
                   "takes a day that exists, like date('2024-10-28')");
  return Type{Kind::date, {}, 0, {}, {}};
}

Column apply(const Tree& tree, const std::vector<Column>&, size_t rows) {
  Column out = make_column(tree.type, rows);
  for (size_t i = 0; i < rows; ++i) out.append(*literal_of(tree));
  return out;
}

}  // namespace

extern const Function kDate = {
    "date", "写明的日期。", "A literal date.", "date('2024-10-28')", "2024-10-28", type_of, apply,
};

}  // namespace wutong::expression
