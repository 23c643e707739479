#include <algorithm>

#include "base/text.hpp"
#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::boolean:
      return "bool";
    case Kind::integer:
      return "int";
    case Kind::decimal:
      return "decimal";
    case Kind::text:
      return "text";
    case Kind::date:
      return "date";
    case Kind::partial_date:
      return "partial_date";
    case Kind::month:
      return "month";
    case Kind::period:
      return "period";
    case Kind::reference:
      return "ref";
    case Kind::list:
      return "list";
  }
  return "";
}

std::string_view zh_of(Kind kind) {
  switch (kind) {
    case Kind::boolean:
      return "真假值";
    case Kind::integer:
      return "整数";
    case Kind::decimal:
      return "小数";
    case Kind::text:
      return "文字";
    case Kind::date:
      return "日期";
    case Kind::partial_date:
      return "不完整日期";
    case Kind::month:
      return "月份";
    case Kind::period:
      return "时期";
    case Kind::reference:
      return "引用";
    case Kind::list:
      return "列表";
  }
  return "";
}

ValueType column_type(Kind kind) {
  switch (kind) {
    case Kind::boolean:
      return ValueType::boolean;
    case Kind::integer:
      return ValueType::integer;
    case Kind::decimal:
      return ValueType::decimal;
    case Kind::text:
      return ValueType::text;
    case Kind::date:
      return ValueType::date;
    case Kind::partial_date:
      return ValueType::partial_date;
    case Kind::month:
      return ValueType::month;
    case Kind::period:
      return ValueType::period;
    case Kind::reference:
      return ValueType::reference;
    case Kind::list:
      return ValueType::text_list;
  }
  return ValueType::text;
}

const Type& Program::type() const { return tree_->type; }
std::span<const Path> Program::inputs() const { return *inputs_; }
Column Program::evaluate(const Batch& batch) const {
  return expression::evaluate(*tree_, batch).to_column(batch.rows());
}

std::vector<Path> Program::paths() const {
  std::vector<Path> out;
  std::vector<const Tree*> open{tree_.get()};
  while (!open.empty()) {
    const Tree& tree = *open.back();
    open.pop_back();
    for (const auto& part : tree.parts) open.push_back(part.get());
    if (tree.op != Operator::input) continue;
    const Path& path = (*inputs_)[tree.input];
    if (std::find(out.begin(), out.end(), path) == out.end()) out.push_back(path);
  }
  return out;
}

std::vector<Program> Program::conjuncts() const {
  std::vector<Program> out;
  std::vector<std::shared_ptr<const Tree>> open{tree_};
  std::u32string text = to_code_points(text_);
  while (!open.empty()) {
    std::shared_ptr<const Tree> tree = open.back();
    open.pop_back();
    if (tree->op == Operator::logical_and) {
      open.push_back(tree->parts[1]);
      open.push_back(tree->parts[0]);
      continue;
    }
    Program part = *this;
    part.tree_ = tree;
    part.text_ = to_utf8(std::u32string_view(text).substr(tree->begin, tree->end - tree->begin));
    out.push_back(std::move(part));
  }
  return out;
}

}  // namespace wutong::expression
