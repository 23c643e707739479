// What every comparison of Answering needs: units by code, questions made from questions, refusals.
#pragma once

#include <string>

#include "core/indicator/definition.hpp"
#include "core/indicator/figure.hpp"

namespace wutong::indicator {

inline Unit unit_of(std::string_view code) {
  const auto unit = Unit::from_code(code);
  CHECK(unit.has_value());
  return *unit;
}

inline Question with(const Question& question, ComparisonKind kind, const Period& period) {
  Question out = question;
  out.comparison = Comparison{};
  out.comparison.kind = kind;
  out.period = period;
  return out;
}

inline tl::unexpected<Error> does_not_fit() {
  return fail(ErrorKind::too_large, "figure.overflow", "计算结果超出 38 位数字",
              "the calculation does not fit 38 digits");
}

inline tl::unexpected<Error> unsuitable(const Definition& definition, const Question& question,
                                        std::string zh, std::string en) {
  return fail(ErrorKind::invalid, "figure.comparison_unsuitable",
              "指标“" + definition.title.zh + "”不能作“" + to_string(question.comparison) +
                  "”比较：" + std::move(zh),
              "'" + definition.name + "' cannot be compared by " + to_string(question.comparison) +
                  ": " + std::move(en));
}

}  // namespace wutong::indicator
