// The manual: what docs/expressions.md and docs/expressions.zh.md hold.
#include <array>

#include "engine/expression/impl/tree.hpp"

namespace wutong::expression {

namespace {

constexpr auto kOperators = std::to_array<OperatorLine>({
    {"&&", "都成立；一边不成立即不成立，哪怕另一边未知", "both hold; false where one side is false",
     "false && 1 / 0 > 1", "false"},
    {"||", "至少一边成立；一边成立即成立，哪怕另一边未知", "one holds; true where one side is true",
     "true || 1 / 0 > 1", "true"},
    {"!", "不成立", "does not hold", "!(1 > 2)", "true"},
    {"? :", "按条件取其一，两者同一类型与单位", "one of two, of one type and unit",
     "2 > 1 ? 'a' : 'b'", "a"},
    {"== !=", "相等、不等", "equal, not equal", "0.1 + 0.2 == 0.3", "true"},
    {"< <= > >=", "比较数、文字、日期、月份", "order of numbers, texts, dates and months",
     "date('2024-09-30') < date('2024-10-01')", "true"},
    {"in", "是否在写明的列表或列表字段中", "is an element of a list, written out or a field",
     "'C39' in ['C27', 'C39']", "true"},
    {"+ -", "同一单位的数相加减", "numbers of one unit added, subtracted",
     "quantity(1, 'CNY_1e4') - quantity(1, 'CNY')", "0.9999"},
    {"*", "至多一边带单位", "at most one side has a unit", "quantity(12, 'CNY') * 0.5", "6.0"},
    {"/", "四舍五入；同一单位相除得数", "rounded half up; a number where both have one unit",
     "2 / 3", "0.666666667"},
    {"%", "整数的余数", "remainder of whole numbers", "7 % 4", "3"},
});

constexpr const char* kChinese = R"(# 表达式

表达式用 CEL（Common Expression Language）的写法，写在一行，用于筛选、核对、条件和计算。

- **值**：真假值 `true false`、整数 `12`、小数 `1.5`（没有二进制浮点数）、文字 `'高新区'`、日期、月份、
  时期、引用、列表 `['a', 'b']`。`enterprise.industry` 取所引用记录的字段。
- **未知**：没有值、除以零、放不下的数都是未知。未知参与运算仍是未知，只有 `&&`、`||` 和 `has` 例外。
  只知道到旬、月、季、年的日期，在所有可能的日子都一致时才有结果。
- **单位**：相加、比较、二选一的数应是同一单位。写明的数在载入时准确换算；字段用 `quantity` 换算；0 不需要
  单位。带单位的数可以乘除不带单位的数，不能与带单位的数相乘。
- **精确**：中间结果有 128 位。`/` 不带单位保留 9 位小数，带单位比被除数多 4 位（至少 6 位）；结果的位数用
  `round` 写明。
- **代码**：与代码字段比较的文字应是该代码表中的代码，写错时指出最接近的一个。

最长 2000 字，最多嵌套 50 层。
)";

constexpr const char* kEnglish = R"(# Expressions

Expressions have the grammar of CEL (Common Expression Language), stand on one line and serve
filters, checks, guards and measures.

- **Values**: bools `true false`, ints `12`, decimals `1.5` (no binary floating point), texts
  `'高新区'`, dates, months, periods, references, lists `['a', 'b']`. `enterprise.industry` is a
  field of the record that is referred to.
- **Unknown**: no value, a division by zero and a number that does not fit are unknown. What has
  an unknown part is unknown, but for `&&`, `||` and `has`. A date known only to ten days, month,
  quarter or year gives an answer where all the days that it may be give the same.
- **Units**: what is added, compared or chosen between has one unit. Numbers that are written out
  are converted exactly at load, fields by `quantity`; 0 needs no unit. An amount can be
  multiplied and divided by a plain number; two numbers with units cannot be multiplied.
- **Exact**: there are 128 bits between the steps. `/` keeps 9 places without a unit, with one
  four more than the dividend (6 at least); `round` says how many the result has.
- **Codes**: a text compared with a field of codes must be one of them; the nearest is named.

At most 2000 characters and 50 levels.
)";

}  // namespace

std::span<const OperatorLine> operators() { return kOperators; }

std::string manual(bool is_chinese) {
  std::string out = is_chinese ? kChinese : kEnglish;
  auto line = [&](std::string_view text, const char* example, const char* result) {
    out += std::string(text) + "\n\n    " + example + "  →  " + result + "\n";
  };
  out += is_chinese ? "\n## 运算符\n" : "\n## Operators\n";
  for (const OperatorLine& each : kOperators) {
    out += "\n`" + std::string(each.symbol) + "` ";
    line(is_chinese ? each.zh : each.en, each.example, each.result);
  }
  out += is_chinese ? "\n## 函数\n" : "\n## Functions\n";
  for (const Function* function : functions()) {
    out += "\n### " + std::string(function->name) + "\n\n";
    line(is_chinese ? function->zh : function->en, function->example, function->result);
  }
  return out;
}

}  // namespace wutong::expression
