#include <optional>

#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

std::optional<Period> literal_of(const Tree& tree) {
  bool is_literal = takes(tree, {Kind::text}) && tree.parts[0]->op == Operator::constant;
  return is_literal ? Period::parse(tree.parts[0]->constant.texts[0]) : std::nullopt;
}

tl::expected<Type, TypeFault> type_of(const Tree& tree) {
  if (!literal_of(tree))
    return expects("应是时期，如 period('2024-01..09')",
                   "takes a period, like period('2024-01..09')");
  return Type{Kind::period, {}, 0, {}, {}};
}

Column apply(const Tree& tree, const std::vector<Column>&, size_t rows) {
  Column out = make_column(tree.type, rows);
  for (size_t i = 0; i < rows; ++i) out.append(*literal_of(tree));
  return out;
}

}  // namespace

extern const Function kPeriod = {
    "period", "写明的时期。", "A literal period.", "period('2024-01..09')", "2024-01..09",
    type_of,  apply,
};

}  // namespace wutong::expression
