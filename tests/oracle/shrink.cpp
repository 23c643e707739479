#include <algorithm>
#include <functional>
#include <set>

#include "tests/oracle/check.hpp"

namespace wutong::oracle {

namespace {

class Shrinker {
 public:
  Shrinker(Failing failing, size_t attempts) : best_(std::move(failing)), attempts_(attempts) {}

  Failing run() {
    bool is_smaller = true;
    while (is_smaller && attempts_ > 0) {
      is_smaller = drop_acts();
      is_smaller = drop_rows_and_cells() || is_smaller;
      is_smaller = drop_definitions() || is_smaller;
      is_smaller = simplify_values() || is_smaller;
    }
    return best_;
  }

 private:
  bool try_it(Program program, Question question) {
    if (attempts_ == 0) return false;
    --attempts_;
    std::vector<Question> questions;
    if (!question.text.empty()) questions.push_back(question);
    const auto difference = check(program, questions, nullptr);
    if (!difference || difference->what != best_.difference.what) return false;
    best_ = {std::move(program), std::move(question), *difference};
    return true;
  }
  bool try_change(const std::function<void(Program&)>& change) {
    Program program = best_.program;
    change(program);
    return try_it(std::move(program), best_.question);
  }

  bool drop_acts() {
    bool is_smaller = false;
    for (size_t width = std::max<size_t>(best_.program.acts.size() / 2, 1); width > 0; width /= 2) {
      for (size_t at = best_.program.acts.size(); at-- > 0;) {
        Program program = best_.program;
        if (at + width > program.acts.size()) continue;
        const auto first = program.acts.begin() + static_cast<ptrdiff_t>(at);
        program.acts.erase(first, first + static_cast<ptrdiff_t>(width));
        Question question = best_.question;
        const size_t end = at + width;
        if (question.after >= end) {
          question.after -= width;
        } else {
          question.after = std::min(question.after, at);
        }
        is_smaller = try_it(std::move(program), std::move(question)) || is_smaller;
      }
    }
    return is_smaller;
  }

  bool drop_rows_and_cells() {
    bool is_smaller = false;
    for (size_t a = 0; a < best_.program.acts.size(); ++a) {
      for (size_t r = best_.program.acts[a].rows.size(); r-- > 1;) {
        is_smaller = try_change([&](Program& program) {
                       auto& rows = program.acts[a].rows;
                       rows.erase(rows.begin() + static_cast<ptrdiff_t>(r));
                     }) ||
                     is_smaller;
      }
      if (!best_.program.acts[a].valid_from.empty()) {
        is_smaller = try_change([&](Program& p) { p.acts[a].valid_from.clear(); }) || is_smaller;
      }
      std::vector<std::string> fields;
      if (best_.program.acts[a].rows.empty()) continue;
      for (const auto& [field, unused] : best_.program.acts[a].rows.front()) {
        fields.push_back(field);
      }
      for (const std::string& field : fields) {
        if (fields.size() < 2) break;
        is_smaller = try_change([&](Program& program) {
                       for (Cells& row : program.acts[a].rows) row.erase(field);
                     }) ||
                     is_smaller;
      }
    }
    return is_smaller;
  }

  bool drop_definitions() {
    bool is_smaller = false;
    for (size_t i = best_.program.indicators.size(); i-- > 0;) {
      is_smaller =
          try_change([&](Program& program) {
            program.indicators.erase(program.indicators.begin() + static_cast<ptrdiff_t>(i));
          }) ||
          is_smaller;
    }
    for (size_t i = 0; i < best_.program.indicators.size(); ++i) {
      is_smaller = simplify_indicator(i) || is_smaller;
    }
    for (size_t r = best_.program.registers.size(); r-- > 0;) {
      is_smaller =
          try_change([&](Program& program) {
            const std::string name = program.registers[r].name;
            program.registers.erase(program.registers.begin() + static_cast<ptrdiff_t>(r));
            std::erase_if(program.acts, [&](const Act& act) { return act.register_name == name; });
          }) ||
          is_smaller;
    }
    for (size_t r = 0; r < best_.program.registers.size(); ++r) {
      is_smaller = drop_fields(r) || is_smaller;
    }
    return is_smaller;
  }

  bool simplify_indicator(size_t i) {
    bool is_smaller = false;
    const auto change = [&](const std::function<void(IndicatorDef&)>& edit) {
      is_smaller = try_change([&](Program& p) { edit(p.indicators[i]); }) || is_smaller;
    };
    for (size_t c = best_.program.indicators[i].conditions.size(); c-- > 0;) {
      change([&](IndicatorDef& d) {
        d.conditions.erase(d.conditions.begin() + static_cast<ptrdiff_t>(c));
      });
    }
    for (size_t n = best_.program.indicators[i].dimensions.size(); n-- > 0;) {
      change([&](IndicatorDef& d) {
        d.dimensions.erase(d.dimensions.begin() + static_cast<ptrdiff_t>(n));
      });
    }
    const IndicatorDef now = best_.program.indicators[i];
    if (now.is_joint) change([](IndicatorDef& d) { d.is_joint = false; });
    if (now.is_at_record) change([](IndicatorDef& d) { d.is_at_record = false; });
    if (now.is_half_even) change([](IndicatorDef& d) { d.is_half_even = false; });
    if (now.is_comparable) change([](IndicatorDef& d) { d.is_comparable = false; });
    if (!now.area.empty()) change([](IndicatorDef& d) { d.area.clear(); });
    if (now.decimals != 2) change([](IndicatorDef& d) { d.decimals = 2; });
    if (now.measure != "count()") {
      change([](IndicatorDef& d) { d.measure = "count()", d.unit = "items"; });
    }
    return is_smaller;
  }

  bool drop_fields(size_t r) {
    bool is_smaller = false;
    for (size_t f = best_.program.registers[r].fields.size(); f-- > 0;) {
      const std::string home = best_.program.registers[r].name;
      const FieldDef field = best_.program.registers[r].fields[f];
      const auto drop = [&](Program& program) {
        auto& fields = program.registers[r].fields;
        fields.erase(fields.begin() + static_cast<ptrdiff_t>(f));
        for (Act& act : program.acts) {
          if (act.register_name != home) continue;
          for (Cells& row : act.rows) row.erase(field.name);
          if (!act.rows.empty() && act.rows.front().empty()) act.rows.clear();
        }
      };
      is_smaller = try_change(drop) || is_smaller;
      if (f >= best_.program.registers[r].fields.size()) continue;
      if (!best_.program.registers[r].fields[f].is_effective) continue;
      is_smaller = try_change([&](Program& p) { p.registers[r].fields[f].is_effective = false; }) ||
                   is_smaller;
    }
    if (best_.program.registers[r].has_lifecycle) {
      is_smaller =
          try_change([&](Program& p) { p.registers[r].has_lifecycle = false; }) || is_smaller;
    }
    return is_smaller;
  }

  bool simplify_values() {
    bool is_smaller = false;
    for (size_t a = 0; a < best_.program.acts.size(); ++a) {
      for (size_t r = 0; r < best_.program.acts[a].rows.size(); ++r) {
        const Cells row = best_.program.acts[a].rows[r];
        for (const auto& [field, value] : row) {
          const bool is_amount = field == "amount" || field == "cost" || field == "worth" ||
                                 field == "qty" || field == "staff";
          if (!is_amount || value.empty() || value == "1" || value == "-1") continue;
          const std::string simple = value[0] == '-' ? "-1" : "1";
          is_smaller =
              try_change([&](Program& p) { p.acts[a].rows[r][field] = simple; }) || is_smaller;
        }
      }
    }
    return is_smaller;
  }

  Failing best_;
  size_t attempts_;
};

}  // namespace

Failing shrink(const Program& program, const Difference& difference, size_t attempts_max) {
  return Shrinker({program, difference.question, difference}, attempts_max).run();
}

}  // namespace wutong::oracle
